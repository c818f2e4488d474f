//! The statuses of recipients, and their names.

use serde::{Deserialize, Serialize};

/// The status of a recipient in a mailing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Status {
    /// Not tried yet.
    Pending,
    /// The relay has taken responsibility.
    Accepted,
    /// The relay refused permanently.
    Rejected,
    /// The relay refused temporarily, and the attempts of the run are used up.
    Deferred,
    /// The message was handed over and no reply came.
    InDoubt,
    /// The row is not a valid recipient, or its message cannot be composed.
    Invalid,
    /// On a suppression list.
    Suppressed,
    /// A row with the same recipient as an earlier one.
    Duplicate,
    /// Accepted, but bounced later.
    Bounced,
}

impl Status {
    /// Every status, in the order of the fixed list.
    pub const ALL: [Self; 9] = [
        Self::Pending,
        Self::Accepted,
        Self::Rejected,
        Self::Deferred,
        Self::InDoubt,
        Self::Invalid,
        Self::Suppressed,
        Self::Duplicate,
        Self::Bounced,
    ];

    /// Its name in the ledger and in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Deferred => "deferred",
            Self::InDoubt => "in_doubt",
            Self::Invalid => "invalid",
            Self::Suppressed => "suppressed",
            Self::Duplicate => "duplicate",
            Self::Bounced => "bounced",
        }
    }

    /// The status of that name. `intent` (content handed over, no outcome
    /// recorded) is in doubt once the run that wrote it is over.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            INTENT => Some(Self::InDoubt),
            _ => Self::ALL.into_iter().find(|s| s.name() == name),
        }
    }
}

/// What a recipient is called in the ledger whose content was handed over and
/// whose outcome is not recorded.
pub(super) const INTENT: &str = "intent";

/// Some statuses as an SQL list.
pub(super) fn listed(statuses: &[Status]) -> String {
    let names: Vec<_> = statuses
        .iter()
        .map(|status| format!("'{}'", status.name()))
        .collect();
    names.join(", ")
}
