//! Octets of a mail before anything is read in them: line ends, and the two encodings of MIME.

use memchr::{memchr, memchr2};

/// A report is at the beginning of a mail, and what it returns may be of any size.
const READ: usize = 512 * 1024;

const BOM: &[u8] = b"\xef\xbb\xbf";

/// The beginning of a mail with LF as its only line end, from its first header field on.
///
/// CR CR LF is one end: it comes from text that was converted twice. A line `From ` before the
/// header is of an mbox.
pub(super) fn normalised(mail: &[u8]) -> Vec<u8> {
    let mail = mail.get(..READ).unwrap_or(mail);
    let mail = mail.strip_prefix(BOM).unwrap_or(mail);
    let lines = with_lf(mail);
    let blank = lines
        .iter()
        .take_while(|octet| octet.is_ascii_whitespace())
        .count();
    let mut rest = lines.get(blank..).unwrap_or_default();
    while rest.starts_with(b"From ") || rest.starts_with(b">From ") {
        let end = memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
        rest = rest.get(end..).unwrap_or_default();
    }
    rest.to_vec()
}

fn with_lf(mail: &[u8]) -> Vec<u8> {
    let mut lines = Vec::with_capacity(mail.len());
    let mut rest = mail;
    while let Some(at) = memchr(b'\r', rest) {
        let (before, after) = rest.split_at(at);
        lines.extend_from_slice(before);
        let returns = after.iter().take_while(|octet| **octet == b'\r').count();
        let is_end = after.get(returns) == Some(&b'\n');
        lines.extend(std::iter::repeat_n(b'\n', if is_end { 1 } else { returns }));
        rest = after.get(returns + usize::from(is_end)..).unwrap_or_default();
    }
    lines.extend_from_slice(rest);
    lines
}

/// Base64 as it comes: other octets are skipped, and what is incomplete at the end is left out.
pub(super) fn from_base64(encoded: &[u8]) -> Vec<u8> {
    let mut octets = Vec::with_capacity(encoded.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for octet in encoded {
        let value = match octet {
            b'A'..=b'Z' => octet - b'A',
            b'a'..=b'z' => octet - b'a' + 26,
            b'0'..=b'9' => octet - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => {
                // An encoding that goes on after its end begins anew there.
                (bits, held) = (0, 0);
                continue;
            }
            _ => continue,
        };
        held = (held << 6) | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            octets.push(u8::try_from((held >> bits) & 0xff).unwrap_or_default());
        }
    }
    octets
}

/// Quoted-printable as it comes: what is not an escape stays.
pub(super) fn from_quoted_printable(encoded: &[u8]) -> Vec<u8> {
    let mut octets = Vec::with_capacity(encoded.len());
    let mut rest = encoded;
    while let Some(at) = memchr2(b'=', b'\n', rest) {
        let (before, after) = rest.split_at(at);
        if after.first() == Some(&b'\n') {
            octets.extend_from_slice(before.trim_ascii_end());
            octets.push(b'\n');
            rest = after.get(1..).unwrap_or_default();
            continue;
        }
        octets.extend_from_slice(before);
        rest = after.get(1..).unwrap_or_default();
        if let Some(octet) = hex(rest) {
            octets.push(octet);
            rest = rest.get(2..).unwrap_or_default();
        } else if let Some(next) = soft_end(rest) {
            rest = rest.get(next..).unwrap_or_default();
        } else {
            octets.push(b'=');
        }
    }
    octets.extend_from_slice(rest);
    octets
}

/// The octet that two hexadecimal digits stand for.
pub(super) fn hex(digits: &[u8]) -> Option<u8> {
    let digit = |at: usize| {
        let digit = char::from(*digits.get(at)?).to_digit(16)?;
        u8::try_from(digit).ok()
    };
    Some(digit(0)? * 16 + digit(1)?)
}

/// Where the next line begins, if nothing but blanks is before it.
fn soft_end(rest: &[u8]) -> Option<usize> {
    let blanks = rest
        .iter()
        .take_while(|octet| matches!(octet, b' ' | b'\t'))
        .count();
    (rest.get(blanks) == Some(&b'\n')).then_some(blanks + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_are_of_one_kind() {
        let mail = b"From a@b Thu\nA: 1\nB: 2\n\nx\n\ny";
        let with = |end: &str| String::from_utf8_lossy(mail).replace('\n', end).into_bytes();
        for end in ["\n", "\r\n", "\r", "\r\r\n"] {
            assert_eq!(normalised(&with(end)), b"A: 1\nB: 2\n\nx\n\ny", "{end:?}");
        }
        assert_eq!(normalised(b"\xef\xbb\xbf\r\nA: 1"), b"A: 1");
    }

    #[test]
    fn encodings_are_read_as_far_as_they_go() {
        assert_eq!(from_base64(b"aGVs\nbG8="), b"hello");
        assert_eq!(from_base64(b"aGVsbG8"), b"hello");
        assert_eq!(from_base64(b"!!"), b"");
        assert_eq!(from_quoted_printable(b"a=3D=20b=\n c \nd=ZZ="), b"a= b c\nd=ZZ=");
    }
}
