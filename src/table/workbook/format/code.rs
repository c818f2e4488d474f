//! A whole code: which of its sections shows a value.

use super::super::number::general;
use super::moment::Moment;
use super::section::{Kind, Section};
use super::tokens::Token;
use super::{date, figures, fraction};

/// A code, parsed.
#[derive(Debug, Clone)]
pub(in crate::table::workbook) struct Code {
    /// Those for numbers: of one, two or three sections.
    numbers: Vec<Section>,
    text: Option<Section>,
}

/// What is shown of a number.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::table::workbook) struct Outcome {
    /// `None` where nobody is certain.
    pub(in crate::table::workbook) text: Option<String>,
    /// What a date is, in ISO 8601.
    pub(in crate::table::workbook) iso: Option<String>,
}

/// What Excel shows of a number that its section cannot show: as wide as the column, whatever that is.
const NOTHING_TO_SHOW: &str = "########";

impl Code {
    /// `None` if it is not a code: quotes or brackets are never closed.
    pub(in crate::table::workbook) fn parse(code: &str) -> Option<Self> {
        let sections: Option<Vec<Section>> = split(code).into_iter().take(4).map(Section::of).collect();
        let mut numbers = sections?;
        let text = numbers.len() == 4 || numbers.last().is_some_and(|last| last.kind == Kind::Text);
        let text = if text { numbers.pop() } else { None };
        Some(Self {
            numbers,
            text: text.map(without_margin),
        })
    }

    /// What is shown of a text; `None` where that is the text.
    pub(in crate::table::workbook) fn text(&self, text: &str) -> Option<String> {
        let tokens = &self.text.as_ref()?.tokens;
        if let [Token::At | Token::General] = tokens.as_slice() {
            return None;
        }
        let mut shown = String::new();
        for token in tokens {
            match token {
                Token::At | Token::General => shown.push_str(text),
                Token::Text(literal) => shown.push_str(literal),
                Token::Blank => shown.push(' '),
                Token::Digit(character) => shown.push(*character),
                Token::Point => shown.push('.'),
                Token::Comma => shown.push(','),
                Token::Percent => shown.push('%'),
                Token::Slash => shown.push('/'),
                Token::Exponent { .. } | Token::Date(_) => {}
            }
        }
        Some(shown)
    }

    /// Whether nothing is ever shown.
    pub(in crate::table::workbook) fn hides(&self) -> bool {
        let empty = |section: &Section| section.tokens.is_empty();
        self.text.as_ref().is_some_and(empty) && self.numbers.iter().all(empty)
    }

    /// What is shown of a number; of a date, the days since 1900 (or 1904).
    pub(in crate::table::workbook) fn number(&self, number: f64, since_1904: bool) -> Outcome {
        let shown = |text: String| Outcome {
            text: Some(text),
            iso: None,
        };
        match self.section(number) {
            Choice::Section { section, signless } => match section.kind {
                Kind::Date => dated(section, number, since_1904),
                Kind::Number | Kind::Fraction | Kind::Text => {
                    let size = number.abs();
                    let written = match section.kind {
                        Kind::Fraction => fraction::write(section, size),
                        Kind::Text => Some((around(section, &general(size)), false)),
                        Kind::Number | Kind::Date => Some(figures::write(section, size)),
                    };
                    let signed = number < 0.0 && !signless && !section.tokens.is_empty();
                    let text = written.map(|(text, nothing)| match signed && !nothing {
                        true => format!("-{text}"),
                        false => text,
                    });
                    Outcome { text, iso: None }
                }
            },
            Choice::General => shown(general(number)),
            Choice::None => shown(NOTHING_TO_SHOW.to_owned()),
        }
    }

    /// The section for a number.
    fn section(&self, number: f64) -> Choice<'_> {
        let chosen = |at: usize, signless: bool| match self.numbers.get(at) {
            Some(section) => Choice::Section { section, signless },
            None => Choice::None,
        };
        let count = self.numbers.len();
        let condition = |at: usize| self.numbers.get(at).and_then(|section| section.condition);
        if count == 0 {
            return Choice::General;
        }
        match (condition(0), condition(1)) {
            (None, None) => match count {
                1 => chosen(0, false),
                _ if number < 0.0 => chosen(1, true),
                _ if number == 0.0 && count > 2 => chosen(2, false),
                _ => chosen(0, false),
            },
            (Some(first), _) if first.holds(number) => chosen(0, first.of_negative_ones()),
            (Some(_), _) if count == 1 => Choice::General,
            (_, Some(second)) if second.holds(number) => chosen(1, second.of_negative_ones()),
            (None, Some(_)) if number > 0.0 || count == 2 => chosen(0, false),
            (_, Some(_)) => chosen(2, false),
            (Some(first), None) if count == 2 => chosen(1, first.of_others()),
            (Some(_), None) if number < 0.0 => chosen(1, true),
            (Some(_), None) => chosen(2, false),
        }
    }
}

enum Choice<'c> {
    Section {
        section: &'c Section,
        /// Its numbers are negative anyway.
        signless: bool,
    },
    /// As if there were no code.
    General,
    /// No section is for this number.
    None,
}

fn dated(section: &Section, number: f64, since_1904: bool) -> Outcome {
    // With 1904 as their first year, spreadsheets show what was before with a sign.
    let before = since_1904 && number < 0.0;
    let size = if before { number.abs() } else { number };
    let timed = section.timed();
    let Some(moment) = Moment::of(size, since_1904, timed, section.decimals()) else {
        return Outcome {
            text: Some(NOTHING_TO_SHOW.to_owned()),
            iso: None,
        };
    };
    let text = date::write(section, moment);
    if before {
        return Outcome {
            text: text.map(|text| format!("-{text}")),
            iso: None,
        };
    }
    Outcome {
        text,
        iso: moment.iso(number < 1.0),
    }
}

/// A number in a section for texts that is not the last.
fn around(section: &Section, number: &str) -> String {
    let mut shown = String::new();
    for token in &section.tokens {
        match token {
            Token::At => shown.push_str(number),
            Token::Text(text) => shown.push_str(text),
            Token::Blank
            | Token::Digit(_)
            | Token::Point
            | Token::Comma
            | Token::Percent
            | Token::Exponent { .. }
            | Token::Slash
            | Token::General
            | Token::Date(_) => {}
        }
    }
    shown
}

/// Blanks beside a text only align the column.
fn without_margin(mut section: Section) -> Section {
    let blank =
        |token: &Token| *token == Token::Blank || token.literal().is_some_and(|text| text.trim().is_empty());
    while section.tokens.last().is_some_and(blank) {
        section.tokens.pop();
    }
    let margin = section.tokens.iter().take_while(|token| blank(token)).count();
    section.tokens.drain(..margin);
    section
}

/// The sections, which a semicolon within quotes or brackets does not part.
fn split(code: &str) -> Vec<&str> {
    let (mut sections, mut begin) = (Vec::new(), 0);
    let mut characters = code.char_indices();
    let (mut quoted, mut bracketed) = (false, false);
    while let Some((at, character)) = characters.next() {
        match character {
            '"' if !bracketed => quoted = !quoted,
            '[' if !quoted => bracketed = true,
            ']' if !quoted => bracketed = false,
            '\\' | '_' | '*' if !quoted && !bracketed => {
                characters.next();
            }
            ';' if !quoted && !bracketed => {
                sections.push(code.get(begin..at).unwrap_or_default());
                begin = at + 1;
            }
            _ => {}
        }
    }
    sections.push(code.get(begin..).unwrap_or_default());
    sections
}
