//! One of the sections between semicolons: which values it is for, and how they are shown.

use super::condition::Condition;
use super::tags::Tags;
use super::tokens::{Part, Token, Tokens};

/// What a section shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Digits, or nothing but text.
    Number,
    Fraction,
    Date,
    /// The text of the cell, and what stands around it.
    Text,
}

/// A section of a code.
#[derive(Debug, Clone)]
pub(super) struct Section {
    pub(super) tokens: Vec<Token>,
    pub(super) tags: Tags,
    pub(super) condition: Option<Condition>,
    pub(super) kind: Kind,
    pub(super) hijri: bool,
}

impl Section {
    pub(super) fn of(section: &str) -> Option<Self> {
        let found = Tokens::of(section)?;
        let mut tokens = found.tokens;
        let any = |tokens: &[Token], of: fn(&Token) -> bool| tokens.iter().any(of);
        let digits = any(&tokens, |token| matches!(token, Token::Digit(_)));
        let dated = any(&tokens, |token| matches!(token, Token::Date(_)));
        let kind = if any(&tokens, |token| *token == Token::At) {
            Kind::Text
        } else if dated && !digits {
            Kind::Date
        } else if fraction(&tokens) {
            Kind::Fraction
        } else {
            Kind::Number
        };
        if kind != Kind::Date {
            tokens = tokens.into_iter().map(undated).collect();
        }
        Some(Self {
            tokens,
            tags: found.tags,
            condition: found.condition,
            kind,
            hijri: found.hijri,
        })
    }

    /// Decimals of seconds that it shows.
    pub(super) fn decimals(&self) -> usize {
        let decimals = self.tokens.iter().filter_map(|token| match token.part()? {
            Part::Fraction(decimals) => Some(decimals),
            Part::Year(_)
            | Part::Month(_)
            | Part::Day(_)
            | Part::Hour(_)
            | Part::Minute(_)
            | Part::Second(_)
            | Part::Elapsed(..)
            | Part::Half
            | Part::Halves(..)
            | Part::Weekday(_)
            | Part::Era(_)
            | Part::EraYear(_)
            | Part::Buddha(_) => None,
        });
        decimals.max().unwrap_or(0)
    }

    /// Whether it shows a time of day, or how much of it has passed.
    pub(super) fn timed(&self) -> bool {
        self.tokens.iter().any(|token| {
            matches!(
                token,
                Token::Date(
                    Part::Hour(_)
                        | Part::Minute(_)
                        | Part::Second(_)
                        | Part::Fraction(_)
                        | Part::Elapsed(..)
                        | Part::Half
                        | Part::Halves(..)
                )
            )
        })
    }
}

/// Digits, perhaps with blanks, on both sides of a stroke.
fn fraction(tokens: &[Token]) -> bool {
    let Some(stroke) = tokens.iter().position(|token| *token == Token::Slash) else {
        return false;
    };
    let (before, behind) = tokens.split_at(stroke);
    // Blanks do not part it.
    let number = |token: &Token| match token.literal().map(str::trim) {
        Some("") => None,
        Some(text) => Some(text.bytes().all(|c| c.is_ascii_digit())),
        None => Some(token.is_digit()),
    };
    let before = before.iter().rev().find_map(number);
    let behind = behind.iter().skip(1).find_map(number);
    before == Some(true) && behind == Some(true)
}

/// Letters beside digits are what they look like: no spreadsheet program writes such a code.
fn undated(token: Token) -> Token {
    let Some(part) = token.part() else { return token };
    let (letter, run) = match part {
        Part::Year(run) => ("y", run),
        Part::Month(run) | Part::Minute(run) => ("m", run),
        Part::Day(run) => ("d", run),
        Part::Hour(run) => ("h", run),
        Part::Second(run) => ("s", run),
        Part::Era(run) => ("g", run),
        Part::EraYear(run) => ("e", run),
        Part::Buddha(run) => ("b", run),
        Part::Weekday(run) => ("a", run),
        Part::Fraction(_) | Part::Elapsed(..) | Part::Half | Part::Halves(..) => ("", 0),
    };
    Token::Text(letter.repeat(run))
}
