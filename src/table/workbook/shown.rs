//! What a cell shows, and what it is.

use super::super::cell::{FALSE, TRUE};
use super::codes::of_number;
use super::format::{Code, Moment, Outcome, serial};
use super::number::{general, plain};

/// What a cell shows, and what it is where that is something else.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) plain: Option<String>,
    /// Whether the sheet shows it in another way, of which nobody is certain.
    pub(super) unsure: bool,
}

impl Shown {
    fn new(text: String, plain: String) -> Self {
        // What is hidden is nothing.
        if text.is_empty() {
            return Self::default();
        }
        Self {
            plain: (text != plain).then_some(plain),
            text,
            unsure: false,
        }
    }

    pub(super) fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            plain: None,
            unsure: false,
        }
    }

    pub(super) fn yes_or_no(yes: bool) -> Self {
        Self::text(if yes { TRUE } else { FALSE })
    }
}

/// How the cells of one style are shown (ECMA-376 §18.8.30).
#[derive(Default)]
pub(super) struct Style {
    /// `None` shows what there is as it is.
    code: Option<Code>,
}

/// The style of a cell that has none.
pub(super) const PLAIN: Style = Style { code: None };

impl Style {
    /// The style with this code; one that nobody understands shows numbers as they are.
    pub(super) fn new(code: &str) -> Self {
        if code.is_empty() || code.eq_ignore_ascii_case("general") || code == "@" {
            return Self::default();
        }
        let lower = code.to_ascii_lowercase();
        let code = match lower.as_str() {
            // The computer's long date, whatever follows.
            long if long.starts_with("[$-f800]") || long.starts_with("[$-x-sysdate]") => of_number(14),
            _ => code,
        };
        Self {
            code: Code::parse(code),
        }
    }

    /// A number in this style; of a date, the days since 1900 (or 1904).
    pub(super) fn show(&self, number: f64, since_1904: bool) -> Shown {
        let Some(code) = self.code.as_ref().filter(|_| number.is_finite()) else {
            return Shown::new(general(number), plain(number));
        };
        let Outcome { text, iso } = code.number(number, since_1904);
        let plain = iso.unwrap_or_else(|| plain(number));
        match text {
            // Blanks around it only align the column, and a value that rounds to zero has no sign.
            Some(text) => Shown::new(unsigned_nothing(text.trim()).to_owned(), plain),
            None => Shown {
                unsure: true,
                ..Shown::text(plain)
            },
        }
    }

    /// A text in this style.
    pub(super) fn text(&self, text: &str) -> Shown {
        let shown = self.code.as_ref().and_then(|code| code.text(text));
        Shown::text(shown.unwrap_or_else(|| text.to_owned()))
    }

    /// Yes or no in this style.
    pub(super) fn yes_or_no(&self, yes: bool) -> Shown {
        if self.code.as_ref().is_some_and(Code::hides) {
            return Shown::default();
        }
        Shown::yes_or_no(yes)
    }

    /// A date that the file has as text (ISO 8601), in this style.
    pub(super) fn date(&self, text: &str, since_1904: bool) -> Shown {
        match serial(text, since_1904) {
            Some(number) if self.code.is_some() => self.show(number, since_1904),
            Some(number) => {
                let iso = Moment::of(number, since_1904, true, 0).and_then(|moment| moment.iso(number < 1.0));
                Shown::text(iso.unwrap_or_else(|| text.to_owned()))
            }
            None => self.text(text),
        }
    }
}

/// `-0.00` as `0.00`.
fn unsigned_nothing(text: &str) -> &str {
    match text.strip_prefix('-') {
        Some(rest) if rest.contains('0') && rest.chars().all(|c| matches!(c, '0' | '.' | ',' | '%')) => rest,
        Some(_) | None => text,
    }
}
