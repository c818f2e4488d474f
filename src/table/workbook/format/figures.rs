//! A number as a section of a code writes it: its digits, and the characters between them.

use super::super::number::general;
use super::decimal::Decimal;
use super::section::Section;
use super::tokens::Token;

/// The number without its sign, and whether nothing is left of it.
pub(super) fn write(section: &Section, number: f64) -> (String, bool) {
    let tokens = &section.tokens;
    let exponent = tokens
        .iter()
        .position(|token| matches!(token, Token::Exponent { .. }));
    let end = exponent.unwrap_or(tokens.len());
    let point = tokens
        .iter()
        .take(end)
        .position(|token| *token == Token::Point)
        .unwrap_or(end);
    let whole = tokens.get(..point).unwrap_or_default();
    let behind = tokens.get(point..end).unwrap_or_default();
    let (grouped, thousands) = commas(whole);
    let thousands = thousands + commas(behind).1;
    let percents = tokens.iter().filter(|token| **token == Token::Percent).count();
    let power = i32::try_from(2 * percents).unwrap_or(0) - i32::try_from(3 * thousands).unwrap_or(0);
    let value = Decimal::of(number).shifted(power);
    let places = whole.iter().filter(|token| token.is_digit()).count();
    let decimals = behind.iter().filter(|token| token.is_digit()).count();
    let (value, exponent) = match exponent {
        Some(_) => scientific(value, places, decimals),
        None => (value.rounded(decimals), None),
    };
    let figures = Figures {
        section,
        number,
        exponent: exponent.unwrap_or_default(),
    };
    let mut written = String::new();
    figures.whole(
        whole,
        &value.whole(),
        grouped && exponent_is_none(tokens),
        &mut written,
    );
    figures.behind(behind, &value.behind(decimals), &mut written);
    figures.exponent(tokens.get(end..).unwrap_or_default(), &mut written);
    let counted = tokens.iter().any(Token::is_digit);
    (written, counted && value.is_zero())
}

fn exponent_is_none(tokens: &[Token]) -> bool {
    !tokens.iter().any(|token| matches!(token, Token::Exponent { .. }))
}

/// Whether a comma is between digits, and how many follow the last: each divides by a thousand.
fn commas(tokens: &[Token]) -> (bool, usize) {
    let first = tokens.iter().position(Token::is_digit);
    let last = tokens.iter().rposition(Token::is_digit);
    let (Some(first), Some(last)) = (first, last) else {
        return (false, 0);
    };
    let comma = |token: &&Token| **token == Token::Comma;
    let between = tokens.iter().take(last).skip(first).any(|token| comma(&token));
    let behind = tokens.iter().skip(last + 1).take_while(comma).count();
    (between, behind)
}

/// The mantissa, rounded, and the exponent: a multiple of the number of digits before the point.
fn scientific(value: Decimal, places: usize, decimals: usize) -> (Decimal, Option<i32>) {
    let step = i32::try_from(places.max(1)).unwrap_or(1);
    let power = |value: &Decimal| match value.is_zero() {
        true => 0,
        false => value.magnitude().div_euclid(step) * step,
    };
    let exponent = power(&value);
    let mantissa = value.clone().shifted(-exponent).rounded(decimals);
    // 9.995 is rounded to 10.00, which is 1.00 of the next.
    let carried = exponent + power(&mantissa);
    if carried == exponent {
        return (mantissa, Some(exponent));
    }
    (value.shifted(-carried).rounded(decimals), Some(carried))
}

struct Figures<'s> {
    section: &'s Section,
    number: f64,
    exponent: i32,
}

impl Figures<'_> {
    fn digit(&self, digit: char) -> char {
        self.section.tags.numerals.digit(digit)
    }

    /// Anything other than a digit or a comma.
    fn other(&self, token: &Token, written: &mut String) {
        match token {
            Token::Text(text) => written.push_str(text),
            Token::Blank => written.push(' '),
            Token::Percent => written.push('%'),
            Token::Slash => written.push('/'),
            Token::Point => written.push('.'),
            Token::General => {
                written.push_str(&self.section.tags.numerals.said(&general(self.number.abs())));
            }
            Token::Digit(_) | Token::Comma | Token::Exponent { .. } | Token::At | Token::Date(_) => {}
        }
    }

    /// The digits before the point, from the right; surplus digits are at the first place.
    fn whole(&self, tokens: &[Token], digits: &str, grouped: bool, written: &mut String) {
        let places = tokens.iter().filter(|token| token.is_digit()).count();
        let digits: Vec<char> = digits.chars().collect();
        let mut left = places;
        let first = tokens.iter().position(Token::is_digit);
        for (at, token) in tokens.iter().enumerate() {
            let Some(place) = token.place() else {
                // Before the first digit a comma is one.
                if *token == Token::Comma && first.is_none_or(|first| at < first) {
                    written.push(',');
                }
                self.other(token, written);
                continue;
            };
            let from = if Some(at) == first {
                digits.len().max(left)
            } else {
                left
            };
            for right in (left - 1..from).rev() {
                let digit = digits.len().checked_sub(right + 1).and_then(|at| digits.get(at));
                let shown = match (digit, place) {
                    (Some(digit), _) => Some(self.digit(*digit)),
                    (None, '0') => Some(self.digit('0')),
                    (None, '?') => Some(' '),
                    (None, _) => None,
                };
                written.extend(shown);
                if grouped && right > 0 && right % 3 == 0 && shown.is_some() {
                    written.push(if shown == Some(' ') { ' ' } else { ',' });
                }
            }
            left -= 1;
        }
        if places == 0 && self.section.tokens.iter().any(Token::is_digit) {
            written.extend(digits.iter().map(|digit| self.digit(*digit)));
        }
    }

    /// The point, and what is behind it.
    fn behind(&self, tokens: &[Token], digits: &str, written: &mut String) {
        let digits: Vec<char> = digits.chars().collect();
        let significant = digits
            .iter()
            .rposition(|digit| *digit != '0')
            .map_or(0, |at| at + 1);
        let places: Vec<char> = tokens.iter().filter_map(Token::place).collect();
        let asked = places
            .iter()
            .rposition(|place| *place == '0')
            .map_or(0, |at| at + 1);
        let mut nth = 0;
        for token in tokens {
            let Token::Digit(place) = token else {
                self.other(token, written);
                continue;
            };
            if nth < significant.max(asked) {
                written.extend(digits.get(nth).map(|digit| self.digit(*digit)));
            } else if *place == '?' {
                written.push(' ');
            }
            nth += 1;
        }
    }

    /// `E+00`, and what follows.
    fn exponent(&self, tokens: &[Token], written: &mut String) {
        let Some(Token::Exponent { letter, plus }) = tokens.first() else {
            return;
        };
        written.push(*letter);
        if self.exponent < 0 {
            written.push('-');
        } else if *plus {
            written.push('+');
        }
        let digits = self.exponent.unsigned_abs().to_string();
        let digits = if self.exponent == 0 { "" } else { &digits };
        let rest = tokens.get(1..).unwrap_or_default();
        self.whole(rest, digits, false, written);
    }
}
