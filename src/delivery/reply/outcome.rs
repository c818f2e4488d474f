//! The outcome of an attempt.
//!
//! `classify` decides whose fault a reply is; its first digit says whether it is final (RFC 5321
//! §4.2.1).

use crate::smtp::{Reply, SessionFailure};
use crate::words::Speak as _;

use super::classify::Verdict;

/// The result of one attempt for one recipient, with the relay's reply, or ours
/// where it gave none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The relay has taken responsibility for the message.
    Accepted(Reply),
    /// It never will.
    Rejected(Reply),
    /// It may later.
    Deferred(Reply),
    /// The final dot was out and no reply came.
    InDoubt(Reply),
}

impl Outcome {
    /// The reply behind it.
    pub fn reply(&self) -> &Reply {
        match self {
            Self::Accepted(reply) | Self::Rejected(reply) | Self::Deferred(reply) | Self::InDoubt(reply) => {
                reply
            }
        }
    }

    /// Its status in the ledger.
    pub fn status(&self) -> &'static str {
        match self {
            Self::Accepted(_) => "accepted",
            Self::Rejected(_) => "rejected",
            Self::Deferred(_) => "deferred",
            Self::InDoubt(_) => "in_doubt",
        }
    }

    /// Of a refused command: what it means for the recipient, or `None` where
    /// it means the relay or the session, or may.
    pub(crate) fn of_refusal(verdict: Verdict, reply: &Reply) -> Option<Self> {
        let decided = !verdict.concerns_the_relay() && !verdict.is_to_be_weighed();
        decided.then(|| Self::of_content(verdict, reply.clone()))
    }

    /// Of the reply to the final dot. What concerns the relay defers the
    /// message, also with a 5yz: it was not taken, and may be later.
    pub(crate) fn of_content(verdict: Verdict, reply: Reply) -> Self {
        if reply.is_positive() {
            Self::Accepted(reply)
        } else if verdict.is_permanent() {
            Self::Rejected(reply)
        } else {
            Self::Deferred(reply)
        }
    }

    /// Of a session that ended between the final dot and the reply to it.
    pub(crate) fn in_doubt(failure: &SessionFailure) -> Self {
        Self::InDoubt(Reply::ours(failure.said()))
    }
}
