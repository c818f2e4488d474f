//! How to send.

use std::path::PathBuf;
use std::time::Duration;

use crate::campaign::Text;
use crate::check::Allowed;
use crate::ledger::InDoubt;
use crate::recipients::Key;
use crate::run::{Choice, Mode, SendOptions};

use super::stopper::Stopper;

/// Where messages go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum To {
    /// To the campaign's relay, recorded in its ledger.
    #[default]
    Relay,
    /// To a sandbox in this process that captures instead of delivering.
    Sandbox,
    /// All to this address, to look at the messages; no ledger, no report.
    Tester(lettre::Address),
}

/// How to send; `Options::default()` sends to every recipient that is left, through the campaign's
/// relay.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// Where messages go.
    pub to: To,
    /// At most this many messages; a later run continues with the rest.
    pub limit: Option<u64>,
    /// Only these recipients, by their addresses (or keys).
    pub only: Vec<String>,
    /// This many recipients, at random, but always the same ones for the same list.
    pub sample: Option<u64>,
    /// Only recipients with a row for which this Tera expression is true. Recipients that `filter`
    /// or `only` leaves out are not sent to by a later run without a choice: that run ends with an
    /// error, and the filter `true` includes them again.
    pub filter: Option<String>,
    /// Start a new mailing to everybody instead of continuing.
    pub new_mailing: bool,
    /// Give up an unfinished mailing for the new one.
    pub abandon: bool,
    /// Continue although the content changed.
    pub accept_changes: bool,
    /// Send again to recipients in doubt, who may then get the message twice.
    pub resend_in_doubt: bool,
    /// Send again to recipients that the relay rejected.
    pub retry_rejected: bool,
    /// Leave out rows without a valid recipient instead of stopping.
    pub skip_invalid: bool,
    /// If several rows have the same recipient, use the first one instead of stopping.
    pub skip_duplicates: bool,
    /// Stop after this many rejections.
    pub max_failures: Option<u64>,
    /// Wait if an hour or day limit is used up, instead of stopping.
    pub wait: bool,
    /// The time that messages in flight may take after a stop; 30 s if absent.
    pub drain: Option<Duration>,
    /// The folder of a dry run; `results/preview` of the campaign if absent.
    pub output: Option<PathBuf>,
    /// Ends the run early, from another place in the program.
    pub stopper: Stopper,
}

impl Options {
    pub(super) fn allowed(&self) -> Allowed {
        Allowed {
            skip_invalid: self.skip_invalid,
            skip_duplicates: self.skip_duplicates,
        }
    }

    pub(super) fn choice(&self) -> Choice {
        Choice {
            limit: self.limit,
            only: self.only.iter().map(|key| Key::typed(key)).collect(),
            filter: self
                .filter
                .as_ref()
                .map(|text| Text::of_flag("Options::filter", text)),
            sample: self.sample,
        }
    }

    pub(super) fn of_run(&self) -> SendOptions {
        let usual = SendOptions::default();
        SendOptions {
            mode: match &self.to {
                To::Relay => Mode::Relay,
                To::Sandbox => Mode::Sandbox,
                To::Tester(address) => Mode::TestTo(address.clone()),
            },
            allowed: self.allowed(),
            choice: self.choice(),
            new: self.new_mailing,
            abandon: self.abandon,
            accept_changes: self.accept_changes,
            in_doubt: if self.resend_in_doubt {
                InDoubt::Resend
            } else {
                InDoubt::Hold
            },
            retry_rejected: self.retry_rejected,
            max_failures: self.max_failures,
            drain: self.drain.unwrap_or(usual.drain),
            rates_by_flag: false,
            wait: self.wait,
        }
    }
}
