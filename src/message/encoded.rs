//! Text beyond ASCII as encoded words (RFC 2047).
//!
//! Every word stands for itself, and yet some readers (GMime, and with it
//! notmuch and mu) put neighbouring words together before they decode them, and
//! stop at the first padding. So a word that another one follows ends where its
//! octets are a multiple of three: only the last has padding. Where no place is
//! such, as in a digit and hanzi behind it, the odd characters make a word in Q,
//! which knows no padding.

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
    let mut wrote = false;
    while !rest.is_empty() {
        let room = LINE.saturating_sub(AROUND + "\r\n".len() + writer.line_len()) / 4 * 3;
        let fresh = !wrote && !has_spaces(writer);
        let word = match cut(rest, room) {
            Some(Cut::Whole(end)) => end,
            // All of it fits on a line of its own.
            Some(Cut::Odd(_)) if !fresh && rest.len() <= FULL => {
                next_line(writer)?;
                continue;
            }
            Some(Cut::Odd(end)) if in_q(&rest[..end]).len() <= room / 3 * 4 => {
                let (odd, behind) = rest.split_at(end);
                write!(writer, "=?utf-8?q?{}?=", in_q(odd))?;
                (rest, wrote) = (behind, true);
                next_line(writer)?;
                continue;
            }
            // Where nothing stands on the line yet, another one has no more room.
            Some(Cut::Odd(_)) | None if fresh => rest.chars().next().map_or(0, char::len_utf8),
            Some(Cut::Odd(_)) | None => {
                next_line(writer)?;
                continue;
            }
        };
        let (now, behind) = rest.split_at(word);
        write!(writer, "=?utf-8?b?{}?=", BASE64.encode(now.as_bytes()))?;
        (rest, wrote) = (behind, true);
        // Words are told apart by white space alone.
        if !rest.is_empty() {
            next_line(writer)?;
        }
    }
    Ok(())
}

/// What is written next stands on a line of its own.
fn next_line(writer: &mut EmailWriter<'_>) -> fmt::Result {
    writer.new_line()?;
    if !has_spaces(writer) {
        writer.space();
    }
    Ok(())
}

/// Where a word ends.
enum Cut {
    /// Nothing is left over for padding, or it is the last word.
    Whole(usize),
    /// Behind these characters there is such a place again.
    Odd(usize),
}

/// The end of the first word of `text` in so many octets; `None`: no place in them will do.
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
    // Three characters and up lie in a line: of the sums behind the first, one comes again.
    ends()
        .find(|odd| ends().any(|end| end > *odd && (end - odd).is_multiple_of(3)))
        .map(Cut::Odd)
}

/// The letters of Q that may stand in a name, too (RFC 2047 §5, rule 3).
fn in_q(text: &str) -> String {
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

/// White space that is written with what comes next.
fn has_spaces(writer: &EmailWriter<'_>) -> bool {
    writer.projected_line_len() > writer.line_len()
}
