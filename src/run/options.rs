//! How to send.

use std::time::Duration;

use lettre::Address;

use crate::campaign::Text;
use crate::check::Allowed;
use crate::ledger::InDoubt;
use crate::recipients::Key;

/// Which of the recipients are meant.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// `--limit`
    pub limit: Option<u64>,
    /// `--only`, as keys.
    pub only: Vec<Key>,
    /// `--where`: those with a row for which this is true.
    pub filter: Option<Text>,
    /// `--sample`: this many of them, at random, but always the same ones for the same list.
    pub sample: Option<u64>,
}

impl Choice {
    /// The flags that leave others out permanently; batches (`--limit`, `--sample`) leave them for later.
    pub(super) fn leaving_out(&self) -> Option<String> {
        let filter = self
            .filter
            .as_ref()
            .map(|text| format!("--where \"{}\"", text.value));
        let only = (!self.only.is_empty()).then(|| "--only".to_owned());
        filter
            .into_iter()
            .chain(only)
            .reduce(|one, other| format!("{one} {other}"))
    }
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
    /// Also send to those the relay permanently refused.
    pub retry_rejected: bool,
    /// Stop after this many rejections.
    pub max_failures: Option<u64>,
    /// How long what is in flight may take after a stop.
    pub drain: Duration,
    /// The rates come from flags, so they hold for the sandbox too.
    pub rates_by_flag: bool,
    /// Wait when an hour or day limit is used up, instead of stopping.
    pub wait: bool,
}

impl Default for SendOptions {
    /// To the campaign's relay, everybody, with nothing let by.
    fn default() -> Self {
        Self {
            mode: Mode::Relay,
            allowed: Allowed::default(),
            choice: Choice::default(),
            new: false,
            abandon: false,
            accept_changes: false,
            in_doubt: InDoubt::Hold,
            retry_rejected: false,
            max_failures: None,
            drain: Duration::from_secs(30),
            rates_by_flag: false,
            wait: false,
        }
    }
}
