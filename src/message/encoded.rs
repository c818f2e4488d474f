//! Text beyond ASCII as encoded words (RFC 2047).
//!
//! Each word can be decoded by itself, and yet some readers (GMime, and with it notmuch and mu)
//! join neighbouring words before they decode them, and stop at the first padding. So a word that
//! another one follows ends where its octets are a multiple of three: only the last is padded. Some
//! texts have no such place, as a digit before hanzi: their first characters become a word in Q,
//! which has no padding.

use std::fmt::{self, Write};

use data_encoding::BASE64;
use email_encoding::headers::writer::EmailWriter;

/// The longest line (RFC 2047 §2).
const LINE: usize = 76;

/// What stands around a word: `=?utf-8?b?` and `?=`.
const AROUND: usize = 12;

/// Octets that a word on a line of its own has room for.
const FULL: usize = (LINE - AROUND - "\r\n".len()) / 4 * 3;

/// Writes `value` as encoded words, cut between characters.
pub(super) fn words(value: &str, writer: &mut EmailWriter<'_>) -> fmt::Result {
    let mut rest = value;
    while !rest.is_empty() {
        let room = LINE.saturating_sub(AROUND + "\r\n".len() + writer.line_len()) / 4 * 3;
        // Only where white space stands may a line end.
        let can_end = has_spaces(writer);
        let (end, in_q) = match cut(rest, room) {
            Some(Cut::Whole(end)) => (end, false),
            Some(Cut::Odd(end)) if !(can_end && rest.len() <= FULL) && fits_in_q(rest, end, room) => {
                (end, true)
            }
            Some(Cut::Odd(_)) | None if can_end => {
                next_line(writer)?;
                continue;
            }
            Some(Cut::Odd(_)) | None => (rest.chars().next().map_or(0, char::len_utf8), false),
        };
        let (word, behind) = rest.split_at(end);
        if in_q {
            write!(writer, "=?utf-8?q?{}?=", q(word))?;
        } else {
            write!(writer, "=?utf-8?b?{}?=", BASE64.encode(word.as_bytes()))?;
        }
        rest = behind;
        if !rest.is_empty() {
            next_line(writer)?;
        }
    }
    Ok(())
}

/// Whether the first octets of `text` in Q need no more room than in base64.
fn fits_in_q(text: &str, end: usize, room: usize) -> bool {
    text.get(..end).is_some_and(|odd| q(odd).len() <= room / 3 * 4)
}

/// Begins a line for the next word. White space must separate words (RFC 2047 §2).
fn next_line(writer: &mut EmailWriter<'_>) -> fmt::Result {
    writer.new_line()?;
    if !has_spaces(writer) {
        writer.space();
    }
    Ok(())
}

/// Where a word ends.
enum Cut {
    /// It is the last word, or needs no padding.
    Whole(usize),
    /// A word needs padding wherever it ends; behind these characters the next one does not.
    Odd(usize),
}

/// Where the first word of `text` ends within `room` octets; `None`: nowhere.
fn cut(text: &str, room: usize) -> Option<Cut> {
    if text.len() <= room {
        return Some(Cut::Whole(text.len()));
    }
    let ends = || {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
        ends.take_while(|end| *end <= room)
    };
    if let Some(end) = ends().filter(|end| end.is_multiple_of(3)).last() {
        return Some(Cut::Whole(end));
    }
    // Two ends with the same remainder have a multiple of three between them. There are two
    // remainders left, so three characters suffice.
    ends()
        .find(|odd| ends().any(|end| end > *odd && (end - odd).is_multiple_of(3)))
        .map(Cut::Odd)
}

/// Text in Q, with only the characters that are allowed in a display name, too (RFC 2047 §5, rule 3).
fn q(text: &str) -> String {
    let mut written = String::new();
    for octet in text.bytes() {
        if octet.is_ascii_alphanumeric() {
            written.push(char::from(octet));
        } else {
            written.push_str(&format!("={octet:02X}"));
        }
    }
    written
}

/// Whether white space waits to be written before what comes next.
fn has_spaces(writer: &EmailWriter<'_>) -> bool {
    writer.projected_line_len() > writer.line_len()
}
