//! The order of the stages, one use case per file: check, dry run, send, look at one message,
//! settle …
//!
//! This is the program without its command line: a [`Campaign`](crate::campaign::Campaign) goes in,
//! mail (or files) and a report come out. What a person sees and answers goes through [`Front`], so
//! nothing here prints or asks.

mod account;
mod ahead;
mod begin;
mod changed;
mod check;
mod connect;
mod content;
mod copies;
mod destination;
mod dns;
mod dry_run;
mod earlier;
mod elsewhere;
mod end;
mod environment;
mod estimate;
mod failure;
mod failure_said;
mod front;
mod inbox;
mod inputs;
mod lints;
mod lists;
mod look;
mod mail;
mod mail_identity;
mod mailing;
mod options;
mod parts;
mod place;
mod prepare;
mod purge;
mod question;
mod reasons;
mod relay;
mod sample;
mod send;
mod settle;
mod signing;
mod statuses;
mod stdin;
mod steps;
mod stops;
mod survey;
mod tls;
mod tokens;
mod unfetched;

pub use account::Sent;
pub use changed::Changed;
pub use check::check_only;
pub use connect::{Reached, connect, log_in};
pub use copies::begun_in;
pub use dns::DnsServer;
pub use dry_run::{DryRun, dry_run};
pub use elsewhere::{Elsewhere, Witness};
pub use end::{End, Ended, Reason};
pub use environment::Environment;
pub use failure::RunError;
pub use front::{Front, Stage};
pub use inbox::{Collected, Collection, Decided, Line, NotMatched, confirm_answers, fetch, undo_answers};
pub use lints::lints;
pub use look::{OneMessage, compose_row};
pub use options::{Choice, Mode, SendOptions};
pub use place::place;
pub use prepare::{Prepared, open, prepared};
pub use purge::{Old, purge};
pub use question::{Copies, MANY, OwnFiles, Question, Room};
pub use reasons::of_stop;
pub use send::send;
pub use settle::{Whom, settle};
pub use survey::{Distinct, Looks, Seen, Survey, survey};
pub use tokens::TokenError;
pub use unfetched::Unfetched;
