//! What a relay means: its replies judged by code, enhanced code and, where
//! those are not enough, by the words that relays are known to use.
//!
//! Every reply gets one verdict. The first digit says whether it is final (RFC
//! 5321 §4.2.1); whom it is about, this recipient, this connection, this
//! account or everybody, is what [`judge`] finds out. The known words stand in
//! `rules.toml`, each with its source, so that one more needs no code.

use std::sync::LazyLock;
use std::time::Duration;

use serde::Deserialize;

use crate::smtp::Reply;

/// Where a reply was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum At {
    /// Greeting, EHLO, STARTTLS.
    Connect,
    /// Logging in.
    Auth,
    /// MAIL.
    Mail,
    /// RCPT.
    Rcpt,
    /// DATA.
    Data,
    /// The final dot.
    Content,
}

/// What is to be done about a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The message was taken.
    Accepted,
    /// About this recipient or this message alone.
    Recipient,
    /// The relay wants to see this recipient again, later.
    Greylisted,
    /// The relay wants less: a rest of at least `wait`, then slower.
    Throttled {
        /// The least rest.
        wait: Duration,
    },
    /// The relay wants fewer sessions.
    TooManyConnections,
    /// This connection has had enough; a new one may go on at once.
    ConnectionSpent,
    /// A limit of the account is used up.
    QuotaSpent {
        /// Until it may have room.
        wait: Duration,
    },
    /// The login is wrong. Trying it again locks accounts.
    LoginRefused,
    /// The login may be right, but not now.
    LoginThrottled {
        /// The least rest.
        wait: Duration,
    },
    /// The relay refuses the sender, the account or everybody.
    RelayRefuses,
    /// The relay is closing (421).
    Closing,
    /// Refused by policy (5.7.x): the content, the sender, or the right to send here.
    Policy,
    /// The message is too large for it.
    TooLarge,
}

impl Verdict {
    /// Whether it is about the relay or the session: then it is nobody's fault
    /// among the recipients, and costs no attempt.
    pub(super) fn concerns_the_relay(self) -> bool {
        match self {
            Self::Throttled { .. }
            | Self::TooManyConnections
            | Self::ConnectionSpent
            | Self::QuotaSpent { .. }
            | Self::LoginRefused
            | Self::LoginThrottled { .. }
            | Self::RelayRefuses
            | Self::Closing => true,
            Self::Accepted | Self::Recipient | Self::Greylisted | Self::Policy | Self::TooLarge => false,
        }
    }
}

/// Judges a reply.
pub(super) fn judge(at: At, reply: &Reply) -> Verdict {
    if reply.is_positive() {
        return Verdict::Accepted;
    }
    let text = reply.text().to_lowercase();
    match RULES.iter().find(|rule| rule.matches(at, reply, &text)) {
        Some(rule) => rule.verdict(),
        None => by_code(at, reply),
    }
}

/// What no rule knows, by where it was said and its numbers.
fn by_code(at: At, reply: &Reply) -> Verdict {
    let too_large = reply.code() == 552 || reply.enhanced() == Some((5, 3, 4));
    match at {
        _ if reply.code() == 421 => Verdict::Closing,
        At::Auth if reply.is_permanent() => Verdict::LoginRefused,
        At::Auth => Verdict::LoginThrottled { wait: Duration::ZERO },
        At::Connect if reply.is_permanent() => Verdict::RelayRefuses,
        At::Connect => Verdict::Closing,
        At::Mail | At::Data | At::Content if too_large => Verdict::TooLarge,
        // The sender, the account, the relay itself: the same for everybody.
        At::Mail => Verdict::RelayRefuses,
        // RFC 3463 §3.4, X.3.2: the system is not accepting messages.
        _ if reply.code() == 454 || reply.enhanced() == Some((4, 3, 2)) => {
            Verdict::Throttled { wait: Duration::ZERO }
        }
        _ if matches!(reply.enhanced(), Some((5, 7, _))) => Verdict::Policy,
        At::Rcpt | At::Data | At::Content => Verdict::Recipient,
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    rule: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    #[serde(default)]
    at: Vec<At>,
    #[serde(default)]
    codes: Vec<u16>,
    #[serde(default)]
    enhanced: Vec<String>,
    #[serde(default)]
    words: Vec<String>,
    verdict: Name,
    wait: Option<String>,
    /// Who says so; for people.
    #[serde(rename = "source")]
    _source: String,
}

/// A verdict's name in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Name {
    Recipient,
    Greylisted,
    Throttled,
    TooManyConnections,
    ConnectionSpent,
    QuotaSpent,
    LoginRefused,
    LoginThrottled,
    RelayRefuses,
    Closing,
    Policy,
    TooLarge,
}

/// A table that cannot be read would be seen by the tests; then the codes alone decide.
static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| read().map(|table| table.rule).unwrap_or_default());

fn read() -> Result<Table, toml::de::Error> {
    toml::from_str(include_str!("rules.toml"))
}

impl Rule {
    /// `text` in lower case.
    fn matches(&self, at: At, reply: &Reply, text: &str) -> bool {
        let here = if self.at.is_empty() {
            at != At::Auth
        } else {
            self.at.contains(&at)
        };
        let alternative = |words: &String| words.to_lowercase().split('|').any(|word| text.contains(word));
        here && (self.codes.is_empty() || self.codes.contains(&reply.code()))
            && (self.enhanced.is_empty() || self.enhanced.iter().any(|code| fits(code, reply.enhanced())))
            && self.words.iter().all(alternative)
    }

    fn wait(&self) -> Option<Duration> {
        let wait: jiff::SignedDuration = self.wait.as_ref()?.parse().ok()?;
        Duration::try_from(wait).ok()
    }

    fn verdict(&self) -> Verdict {
        let wait = self.wait().unwrap_or_default();
        match self.verdict {
            Name::Recipient => Verdict::Recipient,
            Name::Greylisted => Verdict::Greylisted,
            Name::Throttled => Verdict::Throttled { wait },
            Name::TooManyConnections => Verdict::TooManyConnections,
            Name::ConnectionSpent => Verdict::ConnectionSpent,
            Name::QuotaSpent => Verdict::QuotaSpent { wait },
            Name::LoginRefused => Verdict::LoginRefused,
            Name::LoginThrottled => Verdict::LoginThrottled { wait },
            Name::RelayRefuses => Verdict::RelayRefuses,
            Name::Closing => Verdict::Closing,
            Name::Policy => Verdict::Policy,
            Name::TooLarge => Verdict::TooLarge,
        }
    }
}

/// Whether an enhanced code fits a pattern such as `4.7.*`.
fn fits(pattern: &str, enhanced: Option<(u8, u16, u16)>) -> bool {
    let Some((class, subject, detail)) = enhanced else {
        return false;
    };
    let numbers = [u16::from(class), subject, detail];
    let mut parts = pattern.split('.');
    let all = numbers.iter().all(|number| {
        parts
            .next()
            .is_some_and(|part| part == "*" || part.parse() == Ok(*number))
    });
    all && parts.next().is_none()
}

#[cfg(test)]
mod tests;
