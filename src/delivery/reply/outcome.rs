//! What came of an attempt.
//!
//! Whose fault a reply is, is judged in `rules`; whether it is final, by its
//! first digit (RFC 5321 §4.2.1).

use crate::smtp::{Reply, Unsuitable};

use super::classify::Verdict;

/// The relay's words behind an outcome, or ours where it said nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The reply code, where there was a reply.
    pub code: Option<u16>,
    /// The enhanced status code (RFC 3463).
    pub enhanced: Option<(u8, u16, u16)>,
    /// The text.
    pub text: String,
}

impl Words {
    /// Ours.
    pub fn ours(text: impl Into<String>) -> Self {
        Self {
            code: None,
            enhanced: None,
            text: text.into(),
        }
    }

    /// As a person reads it: `550 5.1.1 User unknown`.
    pub fn shown(&self) -> String {
        let mut shown = String::new();
        if let Some(code) = self.code {
            shown.push_str(&format!("{code} "));
        }
        if let Some((class, subject, detail)) = self.enhanced {
            shown.push_str(&format!("{class}.{subject}.{detail} "));
        }
        shown.push_str(&self.text);
        shown
    }
}

impl From<&Reply> for Words {
    fn from(reply: &Reply) -> Self {
        Self {
            code: Some(reply.code()),
            enhanced: reply.enhanced(),
            text: reply.text().to_owned(),
        }
    }
}

/// What came of one attempt for one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The relay has taken responsibility for the message.
    Accepted(Words),
    /// It never will.
    Rejected(Words),
    /// It may later.
    Deferred(Words),
    /// The final dot was out and no reply came.
    InDoubt(Words),
}

impl Outcome {
    /// The words behind it.
    pub fn words(&self) -> &Words {
        match self {
            Self::Accepted(words) | Self::Rejected(words) | Self::Deferred(words) | Self::InDoubt(words) => {
                words
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
}

impl Outcome {
    /// Of a refused command: what it means for the recipient, or `None` where
    /// it means the relay or the session.
    pub(crate) fn of_refusal(verdict: Verdict, reply: &Reply) -> Option<Self> {
        if verdict.concerns_the_relay() {
            return None;
        }
        Some(if verdict.is_permanent() {
            Self::Rejected(reply.into())
        } else {
            Self::Deferred(reply.into())
        })
    }

    /// Of the reply to the final dot. What concerns the relay defers the
    /// message, also with a 5yz: it was not taken, and may be later.
    pub(crate) fn of_content(verdict: Verdict, reply: &Reply) -> Self {
        if reply.is_positive() {
            Self::Accepted(reply.into())
        } else if verdict.is_permanent() {
            Self::Rejected(reply.into())
        } else {
            Self::Deferred(reply.into())
        }
    }
}

/// Judges what the relay was not even asked.
pub(crate) fn of_unsuitable(why: &Unsuitable) -> Outcome {
    Outcome::Rejected(Words::ours(why.to_string()))
}
