//! A relay's reply: code, enhanced status code, words.
//!
//! Replies are foreign text. Here they become safe to show: any encoding is made readable (UTF-8,
//! else GBK, which Chinese relays really send, else with replacement characters), and control
//! characters and bidi overrides are escaped, so that a reply can neither control a terminal nor
//! reverse a line of a report. Reading replies from the network and limiting their size is done in
//! `inbox`.

use std::fmt::{self, Write as _};

use crate::words::{Said, Speak};

use super::concealed::Concealed;

/// Characters of a reply that a line for a person has room for.
const SHOWN: usize = 600;

/// One complete reply of a relay (RFC 5321 §4.2), or the substitute for it, if it gave none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// `None` for our own words.
    code: Option<u16>,
    enhanced: Option<(u8, u16, u16)>,
    text: String,
    /// What `text` is the English of.
    ours: Option<Said>,
}

impl Reply {
    /// A reply from its parts; `text` is escaped as a relay's words would be.
    #[must_use]
    pub fn new(code: u16, enhanced: Option<(u8, u16, u16)>, text: &str) -> Reply {
        Reply {
            code: Some(code),
            enhanced,
            text: printable(text),
            ours: None,
        }
    }

    /// From a record: `words` is the text after the code.
    #[must_use]
    pub fn of_words(code: u16, words: &str) -> Reply {
        Self::from_wire(code, words.as_bytes(), None)
    }

    /// Our own words, where the relay gave none.
    #[must_use]
    pub fn ours(said: impl Into<Said>) -> Reply {
        let said = said.into();
        Reply {
            code: None,
            enhanced: None,
            text: said.to_string(),
            ours: Some(said),
        }
    }

    /// From the lines of a reply without their codes, joined by LF, as they came, without what is
    /// to be concealed.
    pub(super) fn from_wire(code: u16, lines: &[u8], concealed: Option<&Concealed>) -> Reply {
        let text = readable(lines);
        let first = text.split('\n').next().unwrap_or_default();
        let (enhanced, text) = match leading_enhanced_code(code, first) {
            None => (None, text),
            // Relays repeat the enhanced code on every line of a reply; it is said once here.
            Some((enhanced, marker)) => {
                let words = text.split('\n').map(|line| {
                    line.strip_prefix(marker)
                        .filter(|rest| rest.is_empty() || rest.starts_with(' '))
                        .map_or(line, str::trim_start)
                });
                (Some(enhanced), words.collect::<Vec<_>>().join("\n"))
            }
        };
        let blotted = concealed.and_then(|concealed| concealed.blotted(&text));
        Reply::new(code, enhanced, &blotted.unwrap_or(text))
    }

    /// The three-digit reply code, 200 to 599; `None` for our own words.
    #[must_use]
    pub fn code(&self) -> Option<u16> {
        self.code
    }

    /// Whether it has this code.
    pub(super) fn is(&self, code: u16) -> bool {
        self.code == Some(code)
    }

    /// Whether the first digit of its code is this one.
    fn is_of(&self, class: u16) -> bool {
        self.code.is_some_and(|code| code / 100 == class)
    }

    /// The enhanced status code (RFC 3463), such as (5, 1, 1), where the relay gave one.
    #[must_use]
    pub fn enhanced(&self) -> Option<(u8, u16, u16)> {
        self.enhanced
    }

    /// The relay's words without the codes, lines joined by LF, safe to show.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text after the code, in the relay's lines: `5.1.1 User unknown`.
    #[must_use]
    pub fn words(&self) -> String {
        match self.enhanced {
            Some((class, subject, detail)) => format!("{class}.{subject}.{detail} {}", self.text),
            None => self.text.clone(),
        }
    }

    /// For a person, on one line of a bearable length: `550 5.1.1 User unknown`. A relay's line
    /// breaks would look like lines of ours.
    #[must_use]
    pub fn shown(&self) -> String {
        let mut line = self.to_string();
        if let Some((end, _)) = line.char_indices().nth(SHOWN) {
            line.truncate(end);
            line.push_str(" ...");
        }
        line
    }

    /// 2yz: done.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        self.is_of(2)
    }

    /// 3yz: the relay waits for more.
    pub(super) fn is_intermediate(&self) -> bool {
        self.is_of(3)
    }

    /// 4yz: not now.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        self.is_of(4)
    }

    /// 5yz: no.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        self.is_of(5)
    }

    /// 421, with which a relay takes its leave at any moment (RFC 5321 §3.8).
    pub(super) fn is_farewell(&self) -> bool {
        self.is(421)
    }
}

/// For a person: our own words in their language, a relay's as they came.
impl Speak for Reply {
    fn said(&self) -> Said {
        match &self.ours {
            Some(said) => said.clone(),
            None => Said::verbatim(self.shown()),
        }
    }
}

/// The reply on one line, as in a log: `550 5.1.1 User unknown`.
impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut gap = "";
        if let Some(code) = self.code {
            write!(f, "{code}")?;
            gap = " ";
        }
        if let Some((class, subject, detail)) = self.enhanced {
            write!(f, "{gap}{class}.{subject}.{detail}")?;
            gap = " ";
        }
        for line in self.text.split('\n').filter(|line| !line.is_empty()) {
            write!(f, "{gap}{line}")?;
            gap = " ";
        }
        Ok(())
    }
}

/// `5.1.1` at the start of a line, and its text. Only with the class of the reply code itself
/// (RFC 2034 §4): `220 2.0 mail server` is words.
fn leading_enhanced_code(code: u16, line: &str) -> Option<((u8, u16, u16), &str)> {
    let marker = line.split(' ').next()?;
    let mut numbers = marker.split('.');
    let class = number(numbers.next()?)?;
    let subject = number(numbers.next()?)?;
    let detail = number(numbers.next()?)?;
    if numbers.next().is_some() || class != code / 100 || !matches!(class, 2 | 4 | 5) {
        return None;
    }
    Some(((u8::try_from(class).ok()?, subject, detail), marker))
}

/// One to three digits (RFC 3463 §2).
fn number(digits: &str) -> Option<u16> {
    let plain = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

fn readable(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    match encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => text.into_owned(),
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}

fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => shown.push(c),
            '\t' => shown.push(' '),
            c if c.is_control() || misleads(c) => {
                // Writing to a String cannot fail.
                let _ = write!(shown, "{}", c.escape_default());
            }
            c => shown.push(c),
        }
    }
    shown
}

/// What turns text around or is not seen in it: bidi controls (UAX #9), the separators that some
/// viewers take for line ends, characters without a width, fillers and tags.
pub(crate) fn misleads(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wire(code: u16, lines: &[u8]) -> Reply {
        Reply::from_wire(code, lines, None)
    }

    #[test]
    fn the_enhanced_code_is_taken_off_every_line() {
        let reply = wire(550, b"5.1.1 No such user\n5.1.1 Try again\n5.1.10 x");
        assert_eq!(reply.enhanced(), Some((5, 1, 1)));
        assert_eq!(reply.text(), "No such user\nTry again\n5.1.10 x");
        assert_eq!(reply.to_string(), "550 5.1.1 No such user Try again 5.1.10 x");
    }

    #[test]
    fn three_digit_details_are_kept() {
        let reply = wire(550, b"5.7.515 Access denied");
        assert_eq!(reply.enhanced(), Some((5, 7, 515)));
    }

    #[test]
    fn words_that_look_like_an_enhanced_code_are_words() {
        for text in [
            "2.0 server",
            "4.7.1 other class",
            "5.1.1.1 four",
            "5.1.1234 x",
            "5..1 x",
            "1.2.3 x",
        ] {
            let reply = wire(550, text.as_bytes());
            assert_eq!((reply.enhanced(), reply.text()), (None, text));
        }
        assert_eq!(wire(354, b"3.0.0 go").enhanced(), None);
    }

    #[test]
    fn gbk_is_legible_and_other_bytes_do_no_harm() {
        let gbk = [&b"5.1.1 "[..], &[0xd3, 0xca, 0xcf, 0xe4], b" full"].concat();
        assert_eq!(wire(550, &gbk).text(), "\u{90ae}\u{7bb1} full");
        assert_eq!(wire(550, b"a\xffb").text(), "a\u{fffd}b");
    }

    #[test]
    fn controls_bidi_overrides_and_what_is_not_seen_are_escaped() {
        let reply = wire(550, "a\x1b[31m\tb\r\u{9b}\u{202e}c\nd".as_bytes());
        assert_eq!(reply.text(), "a\\u{1b}[31m b\\r\\u{9b}\\u{202e}c\nd");
        let reply = wire(550, "a\u{200b}b\u{feff}\u{ad}\u{180e}\u{e0041}".as_bytes());
        assert_eq!(reply.text(), "a\\u{200b}b\\u{feff}\\u{ad}\\u{180e}\\u{e0041}");
    }

    #[test]
    fn a_person_sees_one_line_of_a_bearable_length() {
        let reply = wire(550, b"5.1.1 no\nerror: run this\n");
        assert_eq!(reply.shown(), "550 5.1.1 no error: run this");
        let long = wire(550, &b"x".repeat(5000));
        assert!(long.shown().len() < 700 && long.shown().ends_with(" ..."));
    }
}
