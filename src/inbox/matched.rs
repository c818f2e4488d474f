//! Whom an answer is about, as far as that was found.

use crate::ledger::{Matched, Sent};

use super::unmatched::Unmatched;

/// A recipient whom an answer is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Which of the recipients that the answer reports it is; `None` if it is about its sender.
    pub reported: Option<usize>,
    /// The recipient in the ledger.
    pub sent: Sent,
    /// How it was found.
    pub how: Matched,
    /// Whom of those who got the message it is about.
    pub whom: Whom,
    /// The address that the answer names, if that is another: the message was forwarded.
    pub named: Option<String>,
}

/// Whom of those who got a message an answer is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// Its recipient.
    Recipient,
    /// A Cc or Bcc, by address.
    Copy(String),
    /// Another person whom the recipient's mail went to as well.
    Other,
}

/// Whom an answer is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// Those who were found.
    pub matches: Vec<Match>,
    /// Why others were not.
    pub unmatched: Vec<Unmatched>,
}

impl Match {
    pub(super) fn of(sent: Sent, how: Matched) -> Self {
        Self {
            reported: None,
            sent,
            how,
            whom: Whom::Recipient,
            named: None,
        }
    }
}
