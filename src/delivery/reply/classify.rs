//! What a relay's refusal means, and what to do about it.
//!
//! In RFC 5321, the first digit says whether a reply is final. It does not say whose fault it is,
//! and providers use the digits freely: a daily limit comes as 550 or 554, a limit per connection
//! as 450. So replies are looked up in a table, `rules.toml`, by step, code, enhanced code (RFC
//! 3463) and words. The first rule that matches decides; if none matches, the code decides.
//!
//! The order of the table separates similar words: a recipient's full mailbox and our own used-up
//! quota, an unknown user and a relay that wants us to slow down. Addresses in a reply are not read
//! as words.

use std::sync::LazyLock;
use std::time::Duration;

use jiff::SignedDuration;
use serde::Deserialize;

use crate::smtp::{Reply, Step};

use super::words::{LONGEST_WAIT, Words};

/// Where in a session a reply came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum At {
    /// The greeting, EHLO, STARTTLS.
    Connect,
    /// AUTH.
    Auth,
    /// MAIL.
    Mail,
    /// RCPT.
    Rcpt,
    /// DATA, before its 354.
    Data,
    /// After the final dot.
    Content,
}

impl From<Step> for At {
    fn from(step: Step) -> Self {
        match step {
            Step::Mail => Self::Mail,
            Step::Rcpt => Self::Rcpt,
            Step::Data => Self::Data,
        }
    }
}

/// What the dispatcher is to do. Except for [`Verdict::Accepted`] the message
/// was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The step is done; after the final dot: the relay has the message.
    Accepted,
    /// It is about this recipient: rejected, or another attempt later.
    Recipient { permanent: bool },
    /// There is no such mailbox, explicitly: rejected. A list may have many of these in a row, and
    /// that says nothing about the relay.
    NoMailbox,
    /// The relay wants to see this recipient's message again, later.
    Greylisted,
    /// Too much or too fast: the whole relay slows down, no recipient pays.
    /// The wait is the relay's wish, where it has one.
    Throttled { wait: Option<Duration> },
    /// Fewer connections at the same time; no recipient pays.
    TooManyConnections,
    /// This connection has had enough: on with the same recipient on a new
    /// one, and fewer messages a connection. Said of a connection's first
    /// message, that one has too many recipients itself.
    ConnectionSpent,
    /// The account's hour or day limit is used up: nothing more until then at
    /// the latest, and no recipient pays.
    QuotaSpent { wait: Duration },
    /// Wrong name or password, permanently: a second try may lock the account.
    LoginRefused,
    /// Not now, because there were too many logins, or the relay has a problem.
    LoginThrottled { wait: Duration },
    /// The relay, or the account on it, takes no mail from this sender at the
    /// moment or ever: nobody's fault among the recipients.
    RelayRefuses { permanent: bool },
    /// 421: the relay takes its leave.
    Closing,
    /// Refused for what it is or where it comes from (5.7.x): this recipient
    /// is rejected, or deferred, and several alike mean all will be.
    Policy { permanent: bool },
    /// The message is larger than the relay takes.
    TooLarge,
}

impl Verdict {
    /// Whether it is about the relay, the account or the session: then it is
    /// nobody's fault among the recipients, and costs no attempt.
    pub(crate) fn concerns_the_relay(self) -> bool {
        match self {
            Self::Throttled { .. }
            | Self::TooManyConnections
            | Self::ConnectionSpent
            | Self::QuotaSpent { .. }
            | Self::LoginRefused
            | Self::LoginThrottled { .. }
            | Self::RelayRefuses { .. }
            | Self::Closing => true,
            Self::Accepted
            | Self::Recipient { .. }
            | Self::NoMailbox
            | Self::Greylisted
            | Self::Policy { .. }
            | Self::TooLarge => false,
        }
    }

    /// Whether the recipient this is about is permanently refused.
    pub(crate) fn is_permanent(self) -> bool {
        self == Self::NoMailbox || self.is_to_be_weighed()
    }

    /// Whether it permanently refuses and names no mailbox: it may be meant for
    /// everybody, which shows only when others are refused alike.
    pub(crate) fn is_to_be_weighed(self) -> bool {
        matches!(
            self,
            Self::Recipient { permanent: true } | Self::Policy { permanent: true } | Self::TooLarge
        )
    }
}

const TABLE: &str = include_str!("rules.toml");

/// The table. That it is in order is a test's business: at run time a broken
/// one is an empty one.
static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| parse(TABLE).unwrap_or_default());

/// A login that was deferred, without a mention of too many logins, is tried again as soon as
/// anything else that failed.
const LOGIN_WAIT: Duration = Duration::ZERO;

/// Judges a reply.
pub(crate) fn judge(step: At, reply: &Reply) -> Verdict {
    if reply.is_positive() || (step == At::Data && reply.code() == Some(354)) {
        return Verdict::Accepted;
    }
    if reply.is_transient() || reply.is_permanent() {
        let words = Words::of_reply(reply);
        if let Some(rule) = RULES.iter().find(|rule| rule.fits(step, reply, &words)) {
            return rule.verdict(reply, words.wait());
        }
    }
    by_code(step, reply)
}

/// What the words of a refusal say that a report hands on; `None` if no rule knows them. The step is
/// not known, so only what holds at RCPT and after it counts.
pub(crate) fn verdict_of_words(code: u16, enhanced: Option<(u8, u16, u16)>, words: &str) -> Option<Verdict> {
    let reply = Reply::new(code, enhanced, words);
    let words = Words::of_reply(&reply);
    let knows = |rule: &&Rule| rule.words.is_some() && rule.fits(At::Content, &reply, &words);
    let rule = RULES.iter().find(knows)?;
    Some(rule.verdict(&reply, None))
}

/// Judges a reply on a connection that took `taken` messages before.
///
/// A first message cannot be one too many: then it is too much by itself, and a new connection
/// would end in the same way. If the relay closes connections after some messages, this connection
/// has had enough, whatever the words say: only the reply on a fresh connection is about amount and
/// speed.
pub(crate) fn judge_after(step: At, reply: &Reply, taken: u32) -> Verdict {
    let verdict = judge(step, reply);
    let leaves = reply.code() == Some(421);
    let of_the_connection = matches!(
        verdict,
        Verdict::ConnectionSpent | Verdict::Closing | Verdict::Throttled { .. } | Verdict::TooManyConnections
    );
    if leaves && taken > 0 && of_the_connection {
        return Verdict::ConnectionSpent;
    }
    if verdict == Verdict::ConnectionSpent && taken == 0 {
        return if leaves {
            Verdict::Closing
        } else {
            Verdict::Recipient { permanent: false }
        };
    }
    verdict
}

/// What RFC 5321 and 4954 say where no rule knows better.
fn by_code(step: At, reply: &Reply) -> Verdict {
    let permanent = reply.is_permanent();
    match step {
        _ if reply.code() == Some(421) => Verdict::Closing,
        At::Auth if permanent => Verdict::LoginRefused,
        At::Auth => Verdict::LoginThrottled { wait: LOGIN_WAIT },
        At::Connect | At::Mail => Verdict::RelayRefuses { permanent },
        At::Rcpt | At::Data | At::Content => Verdict::Recipient { permanent },
    }
}

/// One entry of the table. What it does not name it does not ask for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    at: Option<Vec<At>>,
    code: Option<Vec<u16>>,
    /// `5.1.1`, or a class: `4.7.*`, `*.2.2`.
    enhanced: Option<Vec<String>>,
    /// Any of these phrases.
    words: Option<Vec<String>>,
    verdict: Kind,
    /// As `15m`, `24h`; a wait that the reply itself names comes before it.
    #[serde(default, deserialize_with = "duration")]
    wait: Option<Duration>,
    /// Who answers so.
    #[expect(dead_code, reason = "it is for whoever reads the table")]
    who: Option<String>,
    /// Where it was seen, and when that was looked up.
    #[expect(dead_code, reason = "it is for whoever reads the table")]
    source: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Recipient,
    NoMailbox,
    RecipientLater,
    Greylisted,
    Throttled,
    TooManyConnections,
    ConnectionSpent,
    QuotaSpent,
    LoginRefused,
    LoginThrottled,
    RelayRefuses,
    Policy,
    TooLarge,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    rule: Vec<Rule>,
}

fn parse(table: &str) -> Result<Vec<Rule>, toml::de::Error> {
    toml::from_str(table).map(|table: Table| table.rule)
}

fn duration<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Duration>, D::Error> {
    let length: SignedDuration = String::deserialize(from)?
        .parse()
        .map_err(serde::de::Error::custom)?;
    Duration::try_from(length)
        .map(Some)
        .map_err(serde::de::Error::custom)
}

impl Rule {
    fn fits(&self, step: At, reply: &Reply, words: &Words) -> bool {
        let enhanced = |patterns: &Vec<String>| {
            words
                .enhanced
                .is_some_and(|code| patterns.iter().any(|pattern| is_in_class(code, pattern)))
        };
        self.at.as_ref().is_none_or(|steps| steps.contains(&step))
            && self
                .code
                .as_ref()
                .is_none_or(|codes| reply.code().is_some_and(|code| codes.contains(&code)))
            && self.enhanced.as_ref().is_none_or(enhanced)
            && self
                .words
                .as_ref()
                .is_none_or(|phrases| phrases.iter().any(|phrase| words.hold(phrase)))
    }

    fn verdict(&self, reply: &Reply, stated: Option<Duration>) -> Verdict {
        let permanent = reply.is_permanent();
        let wait = stated.or(self.wait);
        match self.verdict {
            Kind::NoMailbox if permanent => Verdict::NoMailbox,
            Kind::Recipient | Kind::NoMailbox => Verdict::Recipient { permanent },
            Kind::RecipientLater => Verdict::Recipient { permanent: false },
            Kind::Greylisted => Verdict::Greylisted,
            Kind::Throttled => Verdict::Throttled { wait },
            Kind::TooManyConnections => Verdict::TooManyConnections,
            Kind::ConnectionSpent => Verdict::ConnectionSpent,
            Kind::QuotaSpent => Verdict::QuotaSpent {
                wait: wait.unwrap_or(LONGEST_WAIT),
            },
            Kind::LoginRefused => Verdict::LoginRefused,
            Kind::LoginThrottled => Verdict::LoginThrottled {
                wait: wait.unwrap_or(LOGIN_WAIT),
            },
            Kind::RelayRefuses => Verdict::RelayRefuses { permanent },
            Kind::Policy => Verdict::Policy { permanent },
            Kind::TooLarge => Verdict::TooLarge,
        }
    }
}

fn is_in_class((class, subject, detail): (u8, u16, u16), pattern: &str) -> bool {
    let mut parts = pattern.split('.');
    let mut is_next = |number: u16| {
        parts
            .next()
            .is_some_and(|part| part == "*" || part.parse() == Ok(number))
    };
    is_next(class.into()) && is_next(subject) && is_next(detail)
}

#[cfg(test)]
mod tests;
