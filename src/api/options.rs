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
    /// To the campaign's relay, accounted for in its ledger.
    #[default]
    Relay,
    /// To a sandbox in this process that captures instead of delivering.
    Sandbox,
    /// All to this address, to look at them; no ledger, no report.
    Tester(lettre::Address),
}

/// How to send; `Options::default()` sends to everybody who is left, through the campaign's relay.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// Where messages go.
    pub to: To,
    /// At most so many messages; a later run goes on with the rest.
    pub limit: Option<u64>,
    /// These recipients alone, by their addresses (or keys).
    pub only: Vec<String>,
    /// So many recipients, at random, though always the same ones of the same list.
    pub sample: Option<u64>,
    /// Those with a row for which this Tera expression is true. Whoever is left out by `filter` or `only` is not
    /// sent to by a later run that chooses nobody: that ends with an error, and `true` as the filter takes them in.
    pub filter: Option<String>,
    /// A new mailing to everybody instead of going on.
    pub new_mailing: bool,
    /// Give an unfinished mailing up for the new one.
    pub abandon: bool,
    /// Go on although the content changed.
    pub accept_changes: bool,
    /// Send again to those in doubt, who may then have the message twice.
    pub resend_in_doubt: bool,
    /// Send again to those the relay rejected.
    pub retry_rejected: bool,
    /// Leave out rows that are no recipients instead of stopping.
    pub skip_invalid: bool,
    /// Of rows with the same recipient, take the first instead of stopping.
    pub skip_duplicates: bool,
    /// Stop after so many rejections.
    pub max_failures: Option<u64>,
    /// Wait when an hour or day limit is used up, instead of stopping.
    pub wait: bool,
    /// How long what is in flight may take after a stop; 30 s when absent.
    pub drain: Option<Duration>,
    /// Where a dry run writes; `results/preview` of the campaign when absent.
    pub output: Option<PathBuf>,
    /// Ends the run early, from elsewhere.
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
