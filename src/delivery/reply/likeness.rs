//! Which refusals are alike: those with the same codes and the same words, apart from what differs
//! between messages.

use crate::smtp::Reply;

/// A refusal without what is one recipient's in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Likeness {
    code: Option<u16>,
    enhanced: Option<(u8, u16, u16)>,
    words: String,
}

impl Likeness {
    /// Of a reply that was given about this recipient. Addresses, digits and
    /// what holds them (queue ids, times), hosts, and the recipient's own name
    /// are taken out.
    pub(crate) fn of(reply: &Reply, recipient: &str) -> Self {
        let recipient = recipient.to_lowercase();
        let (user, domain) = recipient.rsplit_once('@').unwrap_or((&recipient, ""));
        let text = reply.text().to_lowercase();
        let words: Vec<&str> = text
            .split_whitespace()
            .map(|word| word.trim_matches(|c: char| c.is_ascii_punctuation()))
            .filter(|word| {
                let varies = |c: char| c.is_ascii_digit() || matches!(c, '@' | '.' | '/' | '=');
                !word.is_empty() && !word.contains(varies) && *word != user && *word != domain
            })
            .collect();
        Self {
            code: reply.code(),
            enhanced: reply.enhanced(),
            words: words.join(" "),
        }
    }

    /// Refused by policy (5.7.x).
    pub(crate) fn is_policy(&self) -> bool {
        matches!(self.enhanced, Some((5, 7, _)))
    }

    /// Whether another has the same codes, whatever it says.
    pub(crate) fn has_codes_of(&self, other: &Self) -> bool {
        (self.code, self.enhanced) == (other.code, other.enhanced)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_one_recipients_makes_no_difference() {
        let like = |text: &str, to: &str| Likeness::of(&Reply::new(554, Some((5, 7, 1)), text), to);
        let one = like(
            "<ada@example.org>: rejected, id 4XkT2j; see mx1.example.net",
            "ada@example.org",
        );
        assert_eq!(
            one,
            like("<p2@x.test>: rejected, id 9Zk; see\nmx2.example.net", "p2@x.test")
        );
        assert_eq!(
            like("ada: Rejected", "ada@x.test"),
            like("bob: rejected", "bob@x.test")
        );
        let other = like("no such list", "ada@example.org");
        assert!(one != other && one.has_codes_of(&other));
    }
}
