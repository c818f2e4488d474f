//! The text of a reply as the rules read it.

use std::time::Duration;

use crate::smtp::Reply;

/// No window that a reply speaks of is longer.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(86_400);

/// A reply's text as it is compared: lower case, one space between words
/// (replies are folded anywhere), and no addresses, for anything may be in
/// one.
pub(super) struct Words {
    pub(super) text: String,
    /// The enhanced code, even if it is in the text, as with qmail: `(#5.7.1)`.
    pub(super) enhanced: Option<(u8, u16, u16)>,
}

impl Words {
    pub(super) fn of_reply(reply: &Reply) -> Self {
        let class = reply.code().unwrap_or_default() / 100;
        let in_text = || {
            let mut words = reply.text().split_whitespace();
            words.find_map(|word| enhanced(word, class))
        };
        Self {
            enhanced: reply.enhanced().or_else(in_text),
            ..Self::of(reply.text())
        }
    }

    pub(super) fn of(text: &str) -> Self {
        let words: Vec<&str> = text.split_whitespace().flat_map(without_addresses).collect();
        Self {
            text: words.join(" ").to_lowercase(),
            enhanced: None,
        }
    }

    pub(super) fn hold(&self, phrase: &str) -> bool {
        self.text.contains(phrase)
    }

    /// The wait in `try again in 92 seconds`, `will reset in 21.99 hours`.
    pub(super) fn wait(&self) -> Option<Duration> {
        let words: Vec<&str> = self.text.split(' ').collect();
        words.windows(3).find_map(|three| {
            let [before, number, unit] = three else {
                return None;
            };
            let seconds = match unit.trim_end_matches(['.', ',', ';', ')']) {
                "s" | "sec" | "secs" | "second" | "seconds" => 1.0,
                "m" | "min" | "mins" | "minute" | "minutes" => 60.0,
                "h" | "hour" | "hours" => 3600.0,
                _ => return None,
            };
            let number: f64 = number.parse().ok()?;
            let wait = Duration::try_from_secs_f64(number * seconds).ok()?;
            let is_wait = matches!(*before, "in" | "after" | "for") && !wait.is_zero();
            is_wait.then(|| wait.min(LONGEST_WAIT))
        })
    }
}

/// The parts of a word that are not an address. Chinese has no spaces: there an address is between
/// other words.
fn without_addresses(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    let parts = std::iter::from_fn(move || {
        let ascii = rest.chars().next()?.is_ascii();
        let end = rest.find(|c: char| c.is_ascii() != ascii).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        rest = after;
        Some(part)
    });
    let has_address = word.contains('@');
    let whole = (!has_address).then_some(word);
    whole
        .into_iter()
        .chain(parts.filter(move |part| has_address && !part.contains('@')))
}

/// `5.7.1`, however it is set apart, of a reply of this class.
fn enhanced(word: &str, class: u16) -> Option<(u8, u16, u16)> {
    let word = word.trim_matches(|c: char| c.is_ascii_punctuation());
    let mut parts = word.split('.').map(str::parse::<u16>);
    let (first, subject, detail) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    let fits = first == class && subject < 1000 && detail < 1000 && parts.next().is_none();
    fits.then_some((u8::try_from(first).ok()?, subject, detail))
}
