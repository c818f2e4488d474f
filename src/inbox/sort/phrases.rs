//! Phrases of tables, and texts in which they are looked for.

use memchr::memmem;
use serde::Deserialize;

use super::address::addresses;

/// `a…b`: how far b is from the end of a, in octets.
const NEAR: usize = 120;

/// What one letter is written as in many ways, and the way of the tables.
const SAME: [(char, &str); 8] = [
    ('\u{2019}', "'"),
    ('\u{2018}', "'"),
    ('\u{00b4}', "'"),
    ('\u{201c}', "\""),
    ('\u{201d}', "\""),
    ('\u{ff1a}', ":"),
    ('\u{2010}', "-"),
    ('\u{2011}', "-"),
];

/// Words in lower case, with one space between them.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "String")]
pub(super) struct Phrase {
    whole: String,
    /// Before and after `…`.
    halves: Option<(String, String)>,
}

impl From<String> for Phrase {
    fn from(whole: String) -> Self {
        let halves = whole
            .split_once('…')
            .map(|(first, second)| (first.to_owned(), second.to_owned()));
        Self { whole, halves }
    }
}

impl Phrase {
    pub(super) fn shown(&self) -> &str {
        &self.whole
    }
}

/// A text as phrases are compared with it.
#[derive(Debug, Default)]
pub(super) struct Text(String);

impl Text {
    pub(super) fn of(text: &str) -> Self {
        let mut plain = String::with_capacity(text.len() + 2);
        // A phrase may ask for a word's beginning or end by a space.
        plain.push(' ');
        for letter in text.chars() {
            if letter.is_whitespace() || letter == '\u{200b}' {
                if !plain.ends_with(' ') {
                    plain.push(' ');
                }
            } else if let Some((_, same)) = SAME.iter().find(|(other, _)| *other == letter) {
                plain.push_str(same);
            } else if letter.is_ascii() {
                plain.push(letter.to_ascii_lowercase());
            } else {
                plain.extend(letter.to_lowercase());
            }
        }
        plain.push(' ');
        Self(plain)
    }

    /// Anything may be in an address, so none is left in it.
    pub(super) fn without_addresses(text: &str) -> Self {
        let mut plain = String::with_capacity(text.len());
        let mut from = 0;
        for found in addresses(text) {
            plain.push_str(text.get(from..found.start).unwrap_or_default());
            from = found.end;
        }
        plain.push_str(text.get(from..).unwrap_or_default());
        Self::of(&plain)
    }

    pub(super) fn holds(&self, phrase: &Phrase) -> bool {
        match &phrase.halves {
            None => self.has(&phrase.whole),
            Some((first, second)) => {
                let firsts = memmem::find_iter(self.0.as_bytes(), first.as_bytes()).take(8);
                firsts.into_iter().any(|at| {
                    let start = at + first.len();
                    let end = (start + NEAR).min(self.0.len());
                    let near = self.0.as_bytes().get(start..end).unwrap_or_default();
                    memmem::find(near, second.as_bytes()).is_some()
                })
            }
        }
    }

    pub(super) fn has(&self, words: &str) -> bool {
        memmem::find(self.0.as_bytes(), words.as_bytes()).is_some()
    }

    /// The first of the phrases that it holds.
    pub(super) fn first<'a>(&self, phrases: &'a [Phrase]) -> Option<&'a Phrase> {
        phrases.iter().find(|phrase| self.holds(phrase))
    }

    pub(super) fn begins(&self, words: &str) -> bool {
        self.0.trim_start().starts_with(words)
    }

    pub(super) fn as_str(&self) -> &str {
        self.0.trim()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_in_folded_text() {
        let text = Text::without_addresses("The Mailbox\n of  user.unknown@x.test\u{2019}s is FULL：");
        let holds = |phrase: &str| text.holds(&Phrase::from(phrase.to_owned()));
        assert!(holds("mailbox of 's is full:") && holds("mailbox…full"));
        assert!(!holds("unknown") && !holds("full…mailbox"));
    }
}
