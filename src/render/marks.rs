//! Marks around the values in rendered HTML.
//!
//! The marks are control characters, which a message may not contain: the code that removes them
//! first checks that no cell brought one.

use std::borrow::Cow;
use std::io::{self, Write};

use memchr::{memchr, memchr2, memchr2_iter};

/// In front of a value, and behind it.
const OPEN: u8 = 1;
const CLOSE: u8 = 2;
/// In front of and behind the number of a value that is taken out.
const PLACE: char = '\u{3}';
const PLACED: char = '\u{4}';

/// Writes a value, escaped for HTML and marked.
pub(super) fn escape(value: &str, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(&[OPEN])?;
    // A block that was captured and is written as a value has marks inside.
    tera::escape_html(&removed(value), out)?;
    out.write_all(&[CLOSE])
}

/// The text without marks.
pub fn removed(marked: &str) -> Cow<'_, str> {
    if memchr2(OPEN, CLOSE, marked.as_bytes()).is_none() {
        return Cow::Borrowed(marked);
    }
    let mut text = String::with_capacity(marked.len());
    let mut from = 0;
    for at in memchr2_iter(OPEN, CLOSE, marked.as_bytes()) {
        text.push_str(&marked[from..at]);
        from = at + 1;
    }
    text.push_str(&marked[from..]);
    Cow::Owned(text)
}

/// Writes a value unchanged, with marks: the escaping depends on the place, and the code that reads
/// the rendered text knows the place.
pub(super) fn whole(value: &str, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(&[OPEN])?;
    // A block that was captured and is written as a value has marks inside.
    for piece in pieces(value) {
        match piece {
            Piece::Written(text) | Piece::Value(text) => out.write_all(text.as_bytes())?,
            Piece::Line { .. } => {}
        }
    }
    out.write_all(&[CLOSE])
}

/// Whether a character is one of the marks.
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{1}'..='\u{4}')
}

/// The mark before a line of a template: its name, and the octet it begins at.
pub(super) fn line(name: &str, at: usize) -> String {
    format!("{PLACE}{at}:{name}{PLACED}")
}

/// A piece of a text with values and lines marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'m> {
    /// The template's own.
    Written(&'m str),
    /// Of a value.
    Value(&'m str),
    /// Here begins the text at this octet of this template.
    Line {
        /// The template's name in the engine.
        name: &'m str,
        /// The octet in it.
        at: usize,
    },
}

/// A marked text, piece by piece. Where a filter has torn a mark from its other half, what is behind
/// it counts as a value.
pub fn pieces(marked: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = marked;
    let mut inside = false;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            match rest.find(is_mark) {
                Some(0) => {
                    let behind = rest.get(1..).unwrap_or_default();
                    let line = rest.strip_prefix(PLACE).and_then(|line| line.split_once(PLACED));
                    let place = line.and_then(|(place, after)| {
                        let (at, name) = place.split_once(':')?;
                        Some((name, at.parse().ok()?, after))
                    });
                    if let Some((name, at, after)) = place {
                        rest = after;
                        return Some(Piece::Line { name, at });
                    }
                    match rest.as_bytes().first() {
                        Some(&OPEN) => inside = true,
                        Some(&CLOSE) => inside = false,
                        Some(_) | None => {}
                    }
                    rest = behind;
                }
                found => {
                    let (text, behind) = rest.split_at(found.unwrap_or(rest.len()));
                    rest = behind;
                    return Some(if inside {
                        Piece::Value(text)
                    } else {
                        Piece::Written(text)
                    });
                }
            }
        }
        None
    })
}

/// What is between values, and the values; `None` where a filter has torn a
/// mark from its other half.
pub fn apart(marked: &str) -> Option<(Vec<&str>, Vec<&str>)> {
    let (mut between, mut values) = (Vec::new(), Vec::new());
    let mut rest = marked;
    while let Some(open) = memchr2(OPEN, CLOSE, rest.as_bytes()) {
        let inside = rest[open..].strip_prefix(char::from(OPEN))?;
        let close = memchr2(OPEN, CLOSE, inside.as_bytes())?;
        let behind = inside[close..].strip_prefix(char::from(CLOSE))?;
        between.push(&rest[..open]);
        values.push(&inside[..close]);
        rest = behind;
    }
    between.push(rest);
    Some((between, values))
}

/// What stands for the value of this number in a text without values.
pub fn place(number: usize) -> String {
    format!("{PLACE}{number}{PLACED}")
}

/// Whether a value belongs somewhere in this text.
pub fn holds_place(text: &str) -> bool {
    memchr(PLACE as u8, text.as_bytes()).is_some()
}

/// The next number of a value, with what is before and behind it.
pub fn next_place(text: &str) -> Option<(&str, usize, &str)> {
    let (before, inside) = text.split_once(PLACE)?;
    let (number, behind) = inside.split_once(PLACED)?;
    Some((before, number.parse().ok()?, behind))
}
