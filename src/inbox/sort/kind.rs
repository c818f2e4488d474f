//! Why a message was not delivered, and what that means for the address.
//!
//! Words win over codes where they name the mailbox or a block list: systems send 550 5.1.1 for a
//! rate limit and 554 5.7.1 for a user that is not there. `reasons.toml` has the words; RFC 3463 has
//! what the codes mean.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::delivery::{Verdict, verdict_of_words};

use super::codes::Status;
use super::phrases::{Phrase, Text};
use super::sorted::{Kind, Reason};

/// What is read of the far end's words.
pub(super) const READ: usize = 1500;

/// What a refusal means, and whether its words say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Judged {
    pub(super) kind: Kind,
    pub(super) reason: Reason,
    /// How much it is based on.
    pub(super) basis: Basis,
}

/// What a judgement is based on, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Basis {
    /// Neither words nor a code that says something.
    Nothing,
    /// Only the first digit of a code.
    Class,
    /// Words that may be said with any cause.
    Hint,
    /// A code that names the cause.
    Code,
    /// Words that name it.
    Words,
}

const TABLE: &str = include_str!("reasons.toml");

/// The table. That it is in order is a test's business: at run time a broken one is an empty one.
static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| parse(TABLE).unwrap_or_default());

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    #[serde(default)]
    words: Vec<Phrase>,
    #[serde(default)]
    not: Vec<Phrase>,
    #[serde(default)]
    status: Vec<String>,
    #[serde(default)]
    code: Vec<u16>,
    reason: Reason,
    kind: Option<Kind>,
    /// Its words may be said with any cause: other words count more.
    #[serde(default)]
    weak: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    rule: Vec<Rule>,
}

fn parse(table: &str) -> Result<Vec<Rule>, toml::de::Error> {
    toml::from_str(table).map(|table: Table| table.rule)
}

/// Judges a refusal by its enhanced code, its reply code and its words.
pub(super) fn judge(status: Option<Status>, code: Option<u16>, words: &str) -> Judged {
    let text = Text::without_addresses(super::returned::bounded(words, READ));
    let rule = RULES.iter().find(|rule| rule.fits(status, code, &text));
    if let Some(rule) = rule {
        let reason = rule.reason;
        let kind = rule.kind.unwrap_or_else(|| own_kind(reason));
        let basis = match (rule.words.is_empty(), rule.weak) {
            (true, _) => Basis::Code,
            (false, true) => Basis::Hint,
            (false, false) => Basis::Words,
        };
        return Judged { kind, reason, basis };
    }
    let (kind, reason, basis) = by_replies(status, code, words)
        .or_else(|| by_status(status))
        .or_else(|| by_code(code))
        .unwrap_or((Kind::Unsure, Reason::Other, Basis::Nothing));
    Judged { kind, reason, basis }
}

impl Rule {
    fn fits(&self, status: Option<Status>, code: Option<u16>, text: &Text) -> bool {
        let by_words = !self.words.is_empty();
        // A rule with words asks for a code only where there is one.
        let status_fits = self.status.is_empty()
            || status.map_or(by_words, |status| {
                self.status.iter().any(|class| is_in(status, class))
            });
        let code_fits = self.code.is_empty() || code.is_some_and(|code| self.code.contains(&code));
        status_fits
            && code_fits
            && (!by_words || self.words.iter().any(|phrase| text.holds(phrase)))
            && !self.not.iter().any(|phrase| text.holds(phrase))
    }
}

fn is_in((class, subject, detail): Status, pattern: &str) -> bool {
    let mut parts = pattern.split('.');
    let mut is_next = |number: u16| {
        parts
            .next()
            .is_some_and(|part| part == "*" || part.parse() == Ok(number))
    };
    is_next(class.into()) && is_next(subject) && is_next(detail)
}

/// What a cause means for the address, where the table says nothing else.
fn own_kind(reason: Reason) -> Kind {
    match reason {
        Reason::NoMailbox | Reason::NoDomain | Reason::Disabled | Reason::Moved => Kind::Hard,
        Reason::Full | Reason::Unreachable | Reason::Expired | Reason::Greylisted | Reason::Loop => {
            Kind::Soft
        }
        Reason::Policy
        | Reason::BlockList
        | Reason::Spam
        | Reason::Authentication
        | Reason::Size
        | Reason::Rate
        | Reason::SenderRefused
        | Reason::Content => Kind::Sender,
        Reason::Other => Kind::Unsure,
    }
}

type Answer = Option<(Kind, Reason, Basis)>;

/// As relays answer while mail is sent: what is about the sender or its rate is said in the same words
/// in a report.
fn by_replies(status: Option<Status>, code: Option<u16>, words: &str) -> Answer {
    let class = status.map_or(5, |(class, ..)| u16::from(class));
    let code = code.unwrap_or(class * 100 + 50);
    let (kind, reason) = match verdict_of_words(code, status, words)? {
        Verdict::NoMailbox => (Kind::Hard, Reason::NoMailbox),
        Verdict::Recipient { .. } => (Kind::Soft, Reason::Full),
        Verdict::Greylisted => (Kind::Soft, Reason::Greylisted),
        Verdict::Throttled { .. }
        | Verdict::TooManyConnections
        | Verdict::ConnectionSpent
        | Verdict::QuotaSpent { .. } => (Kind::Sender, Reason::Rate),
        Verdict::LoginRefused | Verdict::LoginThrottled { .. } => (Kind::Sender, Reason::Authentication),
        Verdict::RelayRefuses { .. } | Verdict::Policy { .. } => (Kind::Sender, Reason::Policy),
        Verdict::TooLarge => (Kind::Sender, Reason::Size),
        Verdict::Accepted | Verdict::Closing => return None,
    };
    Some((kind, reason, Basis::Words))
}

/// RFC 3463 §3, for what no rule of the table knows better.
fn by_status(status: Option<Status>) -> Answer {
    let (class, subject, detail) = status?;
    let reason = match (subject, detail) {
        (4, 7) => Reason::Expired,
        (4, 4) if class == 5 => Reason::NoDomain,
        (4, 310) => Reason::NoDomain,
        (4, 300) => Reason::Expired,
        (4, 1) if class == 5 => Reason::Other,
        (4, 0) if class == 5 => return Some((Kind::Unsure, Reason::Other, Basis::Class)),
        (4, _) | (3, 2 | 5) => Reason::Unreachable,
        (7, _) => Reason::Policy,
        (6, _) => Reason::Content,
        _ if class == 4 => return Some((Kind::Soft, Reason::Unreachable, Basis::Class)),
        _ => return None,
    };
    Some((own_kind(reason), reason, Basis::Code))
}

fn by_code(code: Option<u16>) -> Answer {
    let (reason, basis) = match code? {
        511 => (Reason::NoMailbox, Basis::Code),
        512 | 521 | 556 => (Reason::NoDomain, Basis::Code),
        552 => (Reason::Full, Basis::Class),
        541 | 571 => (Reason::Policy, Basis::Code),
        400..=499 => (Reason::Unreachable, Basis::Class),
        _ => (Reason::Other, Basis::Class),
    };
    Some((own_kind(reason), reason, basis))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        let rules = parse(TABLE).expect("the table of reasons");
        for rule in rules {
            let asks = !(rule.words.is_empty() && rule.status.is_empty() && rule.code.is_empty());
            assert!(asks, "{:?} fits everything", rule.reason);
        }
    }

    #[test]
    fn words_that_name_the_mailbox_or_a_list_win_over_codes() {
        let cases = [
            (
                "5.1.1",
                550,
                "550 5.1.1 rate limit exceeded, slow down",
                Kind::Sender,
                Reason::Rate,
            ),
            (
                "5.7.1",
                554,
                "554 5.7.1 <a@b.test>: Recipient address rejected: user unknown",
                Kind::Hard,
                Reason::NoMailbox,
            ),
            (
                "5.1.0",
                550,
                "550 5.1.0 <c@d.test> sender rejected",
                Kind::Sender,
                Reason::SenderRefused,
            ),
            (
                "5.4.1",
                550,
                "550 5.4.1 Recipient address rejected: Access denied. [x.example]",
                Kind::Unsure,
                Reason::Other,
            ),
            (
                "5.7.1",
                550,
                "Service unavailable; Client host [192.0.2.1] blocked using zen",
                Kind::Sender,
                Reason::BlockList,
            ),
            (
                "5.2.2",
                552,
                "552 5.2.2 The email account that you tried to reach is over quota",
                Kind::Soft,
                Reason::Full,
            ),
            (
                "5.1.8",
                501,
                "501 5.1.8 Domain of sender address does not exist",
                Kind::Sender,
                Reason::SenderRefused,
            ),
            (
                "5.5.0",
                550,
                "550 Requested action not taken: mailbox unavailable",
                Kind::Hard,
                Reason::NoMailbox,
            ),
            (
                "4.2.1",
                450,
                "450 4.2.1 mailbox unavailable",
                Kind::Soft,
                Reason::Unreachable,
            ),
            ("5.0.0", 550, "该用户不存在", Kind::Hard, Reason::NoMailbox),
            ("5.0.0", 550, "收件人空间不足", Kind::Soft, Reason::Full),
            ("5.0.0", 550, "邮件被怀疑为垃圾邮件", Kind::Sender, Reason::Spam),
            (
                "5.4.4",
                550,
                "Host or domain name not found. Name service error for name=x.test type=A: Host not found",
                Kind::Hard,
                Reason::NoDomain,
            ),
            (
                "4.4.7",
                450,
                "delivery temporarily suspended",
                Kind::Soft,
                Reason::Expired,
            ),
            (
                "5.3.4",
                552,
                "message size exceeds fixed limit",
                Kind::Sender,
                Reason::Size,
            ),
        ];
        for (status, code, words, kind, reason) in cases {
            let judged = judge(super::super::codes::status_of(status), Some(code), words);
            assert_eq!((judged.kind, judged.reason), (kind, reason), "{words}");
        }
        let nothing = judge(None, None, "Your message was not delivered.");
        assert_eq!((nothing.kind, nothing.basis), (Kind::Unsure, Basis::Nothing));
    }
}
