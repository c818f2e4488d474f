//! The name of a file in the header of its part, as mail programs read it.
//!
//! RFC 2231 is the rule, and many know it only in part: QQ and Sina Mail do not
//! put a name together that comes in pieces, Outlook over POP and the older
//! programs of Tencent take the encoded words of RFC 2047 in `name=` alone. So a
//! name beyond ASCII stands in both forms, and the first in one piece.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use email_encoding::headers::writer::EmailWriter;

use super::super::encoded;

/// No line is longer, but for one that is a name alone.
pub(super) const LINE: usize = 76;

/// The longest line that SMTP carries (RFC 5322 §2.1.1).
const LONGEST: usize = 998;

/// What stands for itself in an extended value (RFC 5987 §3.2.1), of which no reader makes anything else.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// Whether a name reads the same everywhere as it stands: some take a backslash, a percent sign
/// and two digits, or what looks like an encoded word, for what they stand for.
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
    // Writing into a String cannot fail; room for the quotation mark behind is left.
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
