//! The name of a file in the header of its part, as mail programs read it.
//!
//! RFC 2231 is the rule, and many programs know only part of it. QQ and Sina Mail are reported not
//! to join a name that comes in pieces; Outlook over POP and Tencent's older programs, to read only
//! the encoded words of RFC 2047 in `name=`. So a name beyond ASCII is written in both ways, in one
//! piece if a line can hold it.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use email_encoding::headers::writer::EmailWriter;

use super::super::encoded;

/// The longest line that SMTP carries (RFC 5322 §2.1.1).
const LONGEST: usize = 998;

/// All that is escaped in an extended value: more than RFC 2231 §7 asks for.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// Whether every reader takes a quoted name literally. Some decode a backslash, a percent sign with
/// two digits, or what looks like an encoded word.
pub(super) fn is_plain(name: &str) -> bool {
    let printable = name.bytes().all(|b| (0x20..0x7f).contains(&b));
    printable && name.len() < LONGEST / 2 && !name.contains(['"', '\\', '%', '\'']) && !name.contains("=?")
}

/// `filename="map.pdf"`.
pub(super) fn quoted(name: &str) -> String {
    format!("filename=\"{name}\"")
}

/// `name="=?utf-8?b?…?="`, one word a line.
pub(super) fn in_words(name: &str) -> String {
    let mut value = "name=\"".to_owned();
    // Writing into a String cannot fail. One more column for the space in front, one for the last quotation mark.
    let begin = value.len() + 2;
    let _ = encoded::words(name, &mut EmailWriter::new(&mut value, begin, 0, false));
    value.push('"');
    value
}

/// `filename*=utf-8''…` (RFC 2231 §4), in one piece as long as a line can hold it.
pub(super) fn percent_encoded(name: &str) -> String {
    const START: &str = "utf-8''";
    let whole = format!("filename*={START}{}", utf8_percent_encode(name, ESCAPED));
    if whole.len() < LONGEST {
        return whole;
    }
    let mut pieces = vec![START.to_owned()];
    for c in name.chars() {
        let mut octets = [0; 4];
        let encoded = utf8_percent_encode(c.encode_utf8(&mut octets), ESCAPED).to_string();
        // A character stays whole: some decode each piece by itself.
        match pieces.last_mut() {
            Some(piece) if piece.len() + encoded.len() <= 60 => piece.push_str(&encoded),
            _ => pieces.push(encoded),
        }
    }
    let pieces = pieces.iter().enumerate();
    let pieces: Vec<_> = pieces
        .map(|(i, piece)| format!("filename*{i}*={piece}"))
        .collect();
    pieces.join(";\r\n ")
}
