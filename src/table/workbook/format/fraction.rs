//! A number as a section of a code writes it as a fraction: 1 1/2.

use super::section::Section;
use super::tokens::Token;

/// The number without its sign, and whether nothing is left of it. What is whole leaves the places of
/// the fraction blank.
pub(super) fn write(section: &Section, number: f64) -> Option<(String, bool)> {
    let tokens = section.tokens.as_slice();
    let stroke = tokens.iter().position(|token| *token == Token::Slash)?;
    let blank = |token: &Token| matches!(token, Token::Text(text) if text.trim().is_empty());
    // The places next to the stroke, and the blanks between.
    let last = tokens.get(..stroke)?.iter().rposition(|token| !blank(token))?;
    let before = tokens
        .get(..last)?
        .iter()
        .rposition(|token| !token.is_digit())
        .map_or(0, |at| at + 1);
    let below = stroke + 1 + tokens.get(stroke + 1..)?.iter().position(|token| !blank(token))?;
    let digits = |text: &str| text.bytes().all(|c| c.is_ascii_digit());
    let written = |token: &Token| token.is_digit() || token.literal().is_some_and(digits);
    let length = tokens
        .get(below..)?
        .iter()
        .take_while(|token| written(token))
        .count();
    let places = tokens.get(below..below + length)?;
    let mixed = tokens.get(..before)?.iter().any(Token::is_digit);
    let fixed = fixed(places);
    let (whole, part) = if mixed {
        (number.trunc(), number.fract())
    } else {
        (0.0, number)
    };
    let (numerator, denominator) = match fixed {
        Some(denominator) => ((part * denominator as f64).round(), denominator),
        None => {
            let most = 10_u64.saturating_pow(u32::try_from(places.len().min(7)).unwrap_or(7)) - 1;
            nearest(part, most)
        }
    };
    #[expect(clippy::cast_precision_loss, reason = "it has seven digits at most")]
    let carried = mixed && numerator >= denominator as f64;
    let (whole, numerator) = if carried {
        (whole + 1.0, 0.0)
    } else {
        (whole, numerator)
    };
    let none = mixed && numerator == 0.0;
    let above: Vec<char> = tokens
        .get(before..=last)?
        .iter()
        .filter_map(Token::place)
        .collect();
    let mut shown = String::new();
    if mixed {
        integer(tokens.get(..before)?, whole, none, section, &mut shown);
    } else {
        others(tokens.get(..before)?, &mut shown);
    }
    let width = if fixed.is_some() {
        denominator.to_string().len()
    } else {
        places.len()
    };
    if none {
        let gap = above.len() + (below - last - 1) + width;
        shown.extend(std::iter::repeat_n(' ', gap));
    } else {
        let digits = format!("{numerator:.0}");
        let missing = above.len().saturating_sub(digits.len());
        shown.extend(above.iter().take(missing).filter_map(|place| pad(*place)));
        shown.push_str(&digits);
        others(tokens.get(last + 1..below)?, &mut shown);
        let digits = denominator.to_string();
        shown.push_str(&digits);
        if fixed.is_none() {
            let blanks = places.iter().skip(digits.len());
            shown.extend(blanks.filter(|place| **place != Token::Digit('#')).map(|_| ' '));
        }
    }
    others(tokens.get(below + length..)?, &mut shown);
    Some((shown, whole == 0.0 && numerator == 0.0))
}

fn pad(place: char) -> Option<char> {
    match place {
        '0' => Some('0'),
        '?' => Some(' '),
        _ => None,
    }
}

/// The denominator that the code itself names: 16 of `# ??/16`.
fn fixed(places: &[Token]) -> Option<u64> {
    let mut digits = String::new();
    for place in places {
        match place.literal() {
            Some(text) => digits.push_str(text),
            None if *place == Token::Digit('0') => digits.push('0'),
            None => return None,
        }
    }
    digits.parse().ok().filter(|denominator| *denominator > 0)
}

/// The whole number before the fraction.
fn integer(tokens: &[Token], whole: f64, alone: bool, section: &Section, shown: &mut String) {
    let places = tokens.iter().filter(|token| token.is_digit()).count();
    let first = tokens.iter().position(Token::is_digit);
    let digits: Vec<char> = match whole == 0.0 && !alone {
        true => Vec::new(),
        false => format!("{whole:.0}").chars().collect(),
    };
    let mut left = places;
    for (at, token) in tokens.iter().enumerate() {
        let Token::Digit(place) = token else {
            other(token, shown);
            continue;
        };
        let from = if Some(at) == first {
            digits.len().max(left)
        } else {
            left
        };
        for right in (left - 1..from).rev() {
            let digit = digits.len().checked_sub(right + 1).and_then(|at| digits.get(at));
            let digit = digit.copied().or_else(|| pad(*place));
            shown.extend(digit.map(|digit| section.tags.numerals.digit(digit)));
        }
        left -= 1;
    }
}

fn others(tokens: &[Token], shown: &mut String) {
    for token in tokens {
        other(token, shown);
    }
}

fn other(token: &Token, shown: &mut String) {
    match token {
        Token::Text(text) => shown.push_str(text),
        Token::Slash => shown.push('/'),
        Token::Blank => shown.push(' '),
        Token::Percent => shown.push('%'),
        Token::Point => shown.push('.'),
        Token::Digit(place) => shown.push(*place),
        Token::Comma | Token::Exponent { .. } | Token::General | Token::At | Token::Date(_) => {}
    }
}

/// The nearest fraction whose denominator is this large at most.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a continued fraction of small numbers"
)]
fn nearest(number: f64, most: u64) -> (f64, u64) {
    let (mut before, mut last) = ((0_u64, 1_u64), (1_u64, 0_u64));
    let mut rest = number;
    for _ in 0..40 {
        let whole = rest.floor();
        let step = |whole: u64| {
            let join = |before: u64, last: u64| whole.saturating_mul(last).saturating_add(before);
            (join(before.0, last.0), join(before.1, last.1))
        };
        let next = step(whole as u64);
        if next.1 > most {
            // Between both there may be a nearer one.
            let between = step((most - before.1) / last.1.max(1));
            let off = |(above, below): (u64, u64)| (above as f64 / below as f64 - number).abs();
            let nearer = off(between) < off(last);
            let (above, below) = if nearer { between } else { last };
            return (above as f64, below);
        }
        (before, last) = (last, next);
        let fraction = rest - whole;
        if fraction < 1e-9 {
            break;
        }
        rest = 1.0 / fraction;
    }
    (last.0 as f64, last.1)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn fractions_are_the_nearest() {
        for (number, most, above, below) in [
            (0.5, 9, 1.0, 2),
            (0.3, 9, 2.0, 7),
            (0.3, 99, 3.0, 10),
            (std::f64::consts::PI, 9, 22.0, 7),
            (std::f64::consts::PI, 999, 355.0, 113),
            (0.0, 9, 0.0, 1),
            (0.001, 9, 0.0, 1),
            (0.99, 9, 1.0, 1),
            (0.125, 9, 1.0, 8),
        ] {
            assert_eq!(nearest(number, most), (above, below), "{number}");
        }
    }
}
