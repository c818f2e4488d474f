//! The order of the stages: prepare, check, dry run or send.
//!
//! This is the program without its command line: a [`Campaign`] goes in,
//! mail (or files) and a report come out. What a person sees and answers on
//! the way goes through [`Front`], so that nothing here prints or asks.

mod begin;
mod connect;
mod content;
mod dns;
mod dry_run;
mod failure;
mod inputs;
mod lists;
mod mailing;
mod place;
mod prepare;
mod purge;
mod relay;
mod sample;
mod send;
mod settle;
mod signing;
mod stdin;
mod survey;
mod tokens;

use std::path::PathBuf;
use std::time::Duration;

use lettre::Address;
use secrecy::SecretString;
use tokio::sync::watch;

use crate::campaign::{Campaign, Relay, Text};
use crate::check::{Allowed, Checked};
use crate::delivery::{Event, Stop, StopRequest};
use crate::ledger::{InDoubt, Totals};
use crate::recipients::Key;
use crate::report::Summary;

pub use connect::{Reached, Tried, connect, log_in};
pub use dns::DnsServer;
pub use dry_run::{DryRun, Written, dry_run};
pub use failure::RunError;
pub use prepare::{OneMessage, Prepared, check_only, compose_row, lints, open};
pub use purge::{Old, Purged, purge};
pub use send::send;
pub use settle::{Settled, Whom, settle};
pub use survey::{Distinct, Looks, Seen, Survey, survey};
pub use tokens::{AccessTokens, TokenError};

/// Which of the recipients are meant.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// `--limit`
    pub limit: Option<u64>,
    /// `--only`, as keys.
    pub only: Vec<Key>,
    /// `--where`: those with a row for which this is true.
    pub filter: Option<Text>,
    /// `--sample`: so many of them, at random, though always the same ones of the same list.
    pub sample: Option<u64>,
}

/// Where a run's messages go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// To the campaign's relay.
    Relay,
    /// To a sandbox in this process.
    Sandbox,
    /// To one address, to look at them.
    TestTo(Address),
}

/// How to send.
#[derive(Debug, Clone)]
pub struct SendOptions {
    /// Where to.
    pub mode: Mode,
    /// What the check pass lets by.
    pub allowed: Allowed,
    /// Whom.
    pub choice: Choice,
    /// A new mailing instead of the unfinished or finished one.
    pub new: bool,
    /// Give the unfinished mailing up.
    pub abandon: bool,
    /// Go on although the content changed.
    pub accept_changes: bool,
    /// What happens to those in doubt.
    pub in_doubt: InDoubt,
    /// Also send to those the relay refused for good.
    pub retry_rejected: bool,
    /// Stop after so many rejections.
    pub max_failures: Option<u64>,
    /// How long what is in flight may take after a stop.
    pub drain: Duration,
    /// The rates come from flags, so they hold for the sandbox too.
    pub rates_by_flag: bool,
    /// Wait when an hour or day limit is used up, instead of stopping.
    pub wait: bool,
}

/// What is asked before the first mail.
#[derive(Debug)]
pub struct Question<'q> {
    /// Messages of this run.
    pub messages: u64,
    /// The relays.
    pub relays: &'q [Relay],
    /// Who is to be the sender.
    pub from: &'q str,
    /// The first recipient of the list.
    pub first: Option<&'q str>,
    /// How long it will take at least.
    pub estimate: Duration,
    /// The mailing goes on: how many have been accepted before.
    pub accepted_before: u64,
}

/// The person in front: what they see and answer.
pub trait Front: Send {
    /// A stage begins; `total` rows or messages where known.
    fn stage(&mut self, stage: Stage, total: Option<u64>);
    /// So many are done.
    fn done(&mut self, count: u64);
    /// Something to know.
    fn note(&mut self, text: &str);
    /// What the check pass found, before it counts.
    fn checked(&mut self, checked: &Checked);
    /// Whether to send; without a terminal an error.
    ///
    /// # Errors
    /// Nobody can be asked.
    fn confirm(&mut self, question: &Question<'_>) -> Result<bool, RunError>;
    /// The password of a relay that names no source.
    ///
    /// # Errors
    /// Nobody can be asked.
    fn ask_password(&mut self, relay: &Relay) -> Result<SecretString, RunError>;
    /// Something happened on the way.
    fn event(&mut self, event: &Event<'_>);
    /// A receiver of stop requests; called on the runtime that delivers.
    fn stop_requests(&mut self) -> watch::Receiver<StopRequest>;
}

/// The stages a person waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Every row is composed once.
    Checking,
    /// Messages are written to files.
    Writing,
    /// Messages are handed to the relay.
    Sending,
    /// Nothing more to wait for.
    Over,
}

/// How a run of `send` ended.
#[derive(Debug)]
pub struct Sent {
    /// The numbers, as in `summary.json`.
    pub summary: Summary,
    /// The ledger's totals.
    pub totals: Totals,
    /// Why it ended early.
    pub stop: Option<Stop>,
    /// Messages of this run.
    pub messages: u64,
    /// Where the reports are; none for a test.
    pub results: Option<PathBuf>,
    /// Those in doubt, the first few by name.
    pub in_doubt: Vec<crate::ledger::Doubt>,
    /// Recipients of earlier runs that the file does not list any more.
    pub vanished: u64,
    /// The process' exit code.
    pub exit_code: i32,
}

/// The campaign's sender as it is written, for people.
fn sender(campaign: &Campaign) -> &str {
    &campaign.message.from.value
}
