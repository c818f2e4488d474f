//! mailshot sends a personal e-mail to every row of a spreadsheet: checked before, resumable during,
//! accounted for after.
//!
//! # The map
//! Modules name only modules before them in this list; `tests/it/layering.rs` sees to it.
//!
//! | module | what it is for |
//! |---|---|
//! | [`storage`] | owner-only files, replacing them as a whole, opening SQLite files |
//! | [`smtp`] | the protocol client; knows nothing of campaigns |
//! | [`sandbox`] | an SMTP server on loopback that captures instead of delivering |
//! | [`campaign`] | who gets what, through which relay: `mailshot.toml` and flags as validated plain data |
//! | [`table`] | a spreadsheet as an iterator of rows |
//! | [`render`] | Tera: templates compiled once, rendered for each row |
//! | [`recipients`] | address templates, keys, duplicates, entries of suppression lists |
//! | [`audience`] | rows to entries: which are wanted, in which order and groups, who is not to be written to |
//! | [`message`] | recipient and rendered templates to a message: parts, headers, the gate over the octets |
//! | [`delivery`] | the only place that decides when; defines the trait `Journal` |
//! | [`userdata`] | what is the user's and not a campaign's: quotas, suppression list, token key; implements `Accounts` |
//! | [`ledger`] | SQLite: the durable record of every attempt; implements `Journal` |
//! | [`report`] | the ledger folded for a person or a program |
//! | [`pass`] | reads ahead, composes on all cores, hands on in order |
//! | [`check`] | every row composed before the first mail; findings |
//! | [`import`] | other programs' campaigns: mailmerge's |
//! | [`run`] | the order of the stages: check, dry run, send |
//!
//! # One recipient's journey
//! `ada@example.org,Ada` stands in row 17. Flags and `mailshot.toml` become a [`campaign::Campaign`];
//! [`table`] yields row 17; [`recipients`] forms the address and the key. In the check pass her message is
//! rendered and composed with everybody else's, and all problems are listed at once. The ledger is asked for
//! her status in this mailing: settled means she is skipped, by key. She is *claimed* on disk, her message is
//! composed, the dispatcher hands it to a worker with a session. The worker says MAIL, RCPT, DATA; with the
//! 354 there, her *intent* is in the ledger before her content leaves; the 250 makes her *accepted*.
//!
//! # Invariants
//! - Nothing is sent to who is not claimed on disk; no content leaves before its intent is recorded.
//! - Only a complete, well-formed reply to the final dot settles a message; without one it is in doubt.
//! - A cell is a value: it can add no mailbox, no header and no template.
//! - A fault of a row is a value and the others go on; an error stops the run.
//! - Passwords are in no error, log, report or ledger.

pub mod api;
pub mod audience;
pub mod campaign;
pub mod check;
pub mod delivery;
pub mod import;
pub mod ledger;
pub mod message;
pub mod pass;
pub mod recipients;
pub mod render;
pub mod report;
pub mod run;
pub mod sandbox;
pub mod smtp;
pub mod storage;
pub mod table;
pub mod userdata;

pub use api::{
    Builder, Campaign, Checked, Error, Finding, Observer, Options, Question, Sent, Settled, Stage, Stopper,
    To,
};
pub use ledger::Status;
pub use run::{End, Environment};
