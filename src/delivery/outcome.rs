//! What came of an attempt, and whose fault a reply is.
//!
//! Every reply is asked two questions: is it final, and is it about this
//! recipient? RFC 5321 §4.2.1 answers the first by the first digit; the
//! second needs the step and the enhanced code (RFC 3463).

use crate::smtp::{Reply, Step, Unsuitable};

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

/// What an envelope's refusal means.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It concerns this recipient.
    Recipient(Outcome),
    /// The relay turns everybody away at the moment: nobody's fault.
    Relay,
}

/// Judges the refusal of a command.
pub(super) fn of_refusal(step: Step, reply: &Reply) -> Refusal {
    if reply.code() == 421 {
        return Refusal::Relay;
    }
    match step {
        // The sender, the size, the account: the same for everybody.
        Step::Mail => Refusal::Relay,
        Step::Rcpt | Step::Data if is_throttle(reply) => Refusal::Relay,
        Step::Rcpt | Step::Data => Refusal::Recipient(if reply.is_permanent() {
            Outcome::Rejected(reply.into())
        } else {
            Outcome::Deferred(reply.into())
        }),
    }
}

/// Judges the reply to the final dot.
pub(super) fn of_content(reply: &Reply) -> Outcome {
    if reply.is_positive() {
        Outcome::Accepted(reply.into())
    } else if reply.is_permanent() {
        Outcome::Rejected(reply.into())
    } else {
        // A 421 here was said after the dot, and instead of a 250.
        Outcome::Deferred(reply.into())
    }
}

/// Judges what the relay was not even asked.
pub(super) fn of_unsuitable(why: &Unsuitable) -> Outcome {
    Outcome::Rejected(Words::ours(why.to_string()))
}

/// Too much, too fast, too many connections: about us, not about a mailbox.
/// 4.3.2 is "system not accepting network messages" (RFC 3463 §3.4), which
/// Exchange says for too many sessions (432).
fn is_throttle(reply: &Reply) -> bool {
    reply.is_transient() && (matches!(reply.code(), 432 | 454) || reply.enhanced() == Some((4, 3, 2)))
}

/// Whether a transient reply is greylisting (450/451 4.7.x): the relay wants
/// to see us again, later.
pub(super) fn is_greylisting(words: &Words) -> bool {
    matches!(words.code, Some(450 | 451)) && matches!(words.enhanced, Some((4, 7, _)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reply_has_one_meaning() {
        for code in 200..600 {
            let reply = Reply::new(code, None, "words");
            let content = of_content(&reply);
            let expected = match code {
                200..300 => "accepted",
                500..600 => "rejected",
                _ => "deferred",
            };
            assert_eq!(content.status(), expected, "{code}");
            for step in [Step::Mail, Step::Rcpt, Step::Data] {
                // Total: no reply is left without a verdict.
                let _ = of_refusal(step, &reply);
            }
        }
    }

    #[test]
    fn a_closing_relay_is_nobodys_fault() {
        let closing = Reply::new(421, Some((4, 7, 0)), "try later");
        for step in [Step::Mail, Step::Rcpt, Step::Data] {
            assert_eq!(of_refusal(step, &closing), Refusal::Relay);
        }
        let unknown = Reply::new(550, Some((5, 1, 1)), "no such user");
        assert!(matches!(
            of_refusal(Step::Rcpt, &unknown),
            Refusal::Recipient(Outcome::Rejected(_))
        ));
        let busy = Reply::new(432, Some((4, 3, 2)), "concurrent connections limit exceeded");
        assert_eq!(of_refusal(Step::Rcpt, &busy), Refusal::Relay);
        assert!(is_greylisting(
            &(&Reply::new(450, Some((4, 7, 1)), "greylisted")).into()
        ));
    }
}
