//! The integration tests: the real binary against real servers and scripted peers.

#![expect(clippy::expect_used, reason = "a panic with words is how a test fails")]

mod answers;
mod archive;
mod cells;
mod check_findings;
mod check_new_preview;
mod columns;
mod command_line;
mod composed;
mod content_lock;
mod databases;
mod disk_full;
mod dkim;
mod dns;
mod doubt;
mod dry_run;
mod encodings;
mod examples;
mod failover;
mod faults;
mod groups;
mod hostile;
mod in_the_way;
mod international;
mod layering;
mod leaving;
mod mailings;
mod mailmerge;
mod pipelining;
mod postfix;
mod quotas;
mod real_peers;
mod refusals;
mod relays;
mod resume;
mod row_faults;
mod same_list;
mod scale;
mod spam;
mod stops;
mod storm;
mod support;
mod suppression;
mod terminal;
mod workbooks;
