//! What the integration tests stand on, and nothing they assert.
//!
//! - [`bench`]: a campaign in a temporary folder, and the real binary run on it
//!   ([`program`]), its words made fit for snapshots ([`redact`]);
//! - [`notice`]: the campaign that tests of sending share;
//! - [`foreign`]: English words in Chinese text;
//! - [`memory`]: how much of it a run takes; [`workbook`]: workbooks nobody's program would write;
//! - [`gate`]: where a peer waits for the test;
//! - [`peer`]: SMTP servers that misbehave by script or by a closure, in this process;
//! - [`servers`]: real servers (Postfix, chasquid, Haraka, Net::Server::Mail, smtp-sink, aiosmtpd) as child processes;
//! - [`small_disk`]: a disk to be full;
//! - [`tap`]: what goes over the line to one of them;
//! - [`terminal`]: a person who types, with a keyring or without;
//! - [`python`]: Python's `email` as the second opinion on what we compose; [`notmuch`]: GMime's.
//!
//! Everything listens on 127.0.0.1 on ports of its own and ends with the test
//! that started it. Nothing waits by sleeping for a guessed time: a test waits
//! for what it wants to see, and a bound turns a hang into a failure with words.

#![expect(clippy::expect_used, reason = "a panic with words is how a test fails")]
#![expect(dead_code, reason = "a bench offers more than today's tests use")]

pub(crate) mod bench;
pub(crate) mod dovecot;
pub(crate) mod foreign;
pub(crate) mod gate;
pub(crate) mod memory;
pub(crate) mod notice;
pub(crate) mod notmuch;
pub(crate) mod peer;
pub(crate) mod program;
pub(crate) mod python;
pub(crate) mod random;
pub(crate) mod redact;
pub(crate) mod servers;
pub(crate) mod small_disk;
pub(crate) mod tap;
pub(crate) mod terminal;
pub(crate) mod workbook;

use std::io::Write as _;

/// Says that a test did not run, and why; or fails it where everything is required.
///
/// `tests/run` sets `MAILSHOT_TEST_REQUIRE_ALL`: there, a missing server is a
/// fault of the machine, not a reason to pass.
pub(crate) fn skip(why: &str) {
    assert!(
        std::env::var_os("MAILSHOT_TEST_REQUIRE_ALL").is_none(),
        "{why}, and MAILSHOT_TEST_REQUIRE_ALL asks for every test; tests/run installs what is missing"
    );
    say(&format!("skipped: {why}; tests/run installs what is missing"));
}

/// Says that a test did not run on this machine, for something that `tests/run` does not install.
pub(crate) fn pass_over(why: &str) {
    say(&format!("skipped: {why}"));
}

/// Says what is worth reading though the test passes.
pub(crate) fn tell(words: &str) {
    say(words);
}

/// Past the test harness, which swallows what a passing test prints.
fn say(words: &str) {
    writeln!(std::io::stderr(), "{words}").ok();
}
