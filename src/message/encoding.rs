//! The body of a text part in the transfer encoding that suits it (RFC 2045 §6).
//!
//! 7bit if it is ASCII in short lines; else quoted-printable while that stays readable; else
//! base64: lettre would choose the same. Most of the time of composing a message is spent here, so
//! quoted-printable copies whole lines if nothing in them has to be encoded; tests read it back
//! with two decoders.

/// The longest line in quoted-printable, and the longest left as it is (RFC 2045 §6.7).
const LINE: usize = 76;

/// A transfer encoding for text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    SevenBit,
    QuotedPrintable,
    Base64,
}

impl Encoding {
    /// For a text with CRLF line ends.
    pub(super) fn of(text: &str) -> Self {
        let mut start = 0;
        let mut short = memchr::memchr_iter(b'\n', text.as_bytes()).all(|end| {
            // With the CR of its end.
            let fits = end - start <= LINE + 1;
            start = end + 1;
            fits
        });
        short &= text.len() - start <= LINE;
        if text.is_ascii() {
            return if short {
                Self::SevenBit
            } else {
                Self::QuotedPrintable
            };
        }
        let escaped = text.bytes().filter(|b| !matches!(b, b'\t' | b' '..=b'~')).count();
        if escaped <= text.len() / 3 {
            Self::QuotedPrintable
        } else {
            Self::Base64
        }
    }

    /// The value of Content-Transfer-Encoding.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::SevenBit => "7bit",
            Self::QuotedPrintable => "quoted-printable",
            Self::Base64 => "base64",
        }
    }

    /// Appends the encoded text.
    pub(super) fn write(self, text: &str, out: &mut Vec<u8>) {
        match self {
            Self::SevenBit => out.extend_from_slice(text.as_bytes()),
            Self::QuotedPrintable => quoted_printable(text.as_bytes(), out),
            Self::Base64 => {
                let length = email_encoding::body::base64::encoded_len(text.len());
                let mut encoded = String::with_capacity(length);
                // Writing into a String cannot fail.
                let _ = email_encoding::body::base64::encode(text.as_bytes(), &mut encoded);
                out.extend_from_slice(encoded.as_bytes());
            }
        }
    }
}

fn quoted_printable(text: &[u8], out: &mut Vec<u8>) {
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text) {
        let line = text[start..end].strip_suffix(b"\r").unwrap_or(&text[start..end]);
        line_of(line, out);
        out.extend_from_slice(b"\r\n");
        start = end + 1;
    }
    line_of(&text[start..], out);
}

/// Octets that stand for themselves, except for a space or tab at the end of a line.
fn is_plain(octet: u8) -> bool {
    matches!(octet, b'\t' | b' '..=b'<' | b'>'..=b'~')
}

/// One line without its end, in as many as it takes.
fn line_of(line: &[u8], out: &mut Vec<u8>) {
    // No early exit: this way the compiler looks at many octets at once.
    let ascii = line
        .iter()
        .fold(true, |all, b| all & matches!(*b, b'\t' | b' '..=b'~'));
    let blank_at_end = matches!(line.last(), Some(b' ' | b'\t'));
    let next_escape = |from: usize| -> usize {
        let rest = &line[from..];
        let found = if ascii {
            memchr::memchr(b'=', rest)
        } else {
            rest.iter().position(|b| !is_plain(*b))
        };
        let blank = line.len() - usize::from(blank_at_end);
        found.map_or(blank, |at| (from + at).min(blank)).max(from)
    };
    let (mut at, mut column) = (0, 0);
    let mut escape = next_escape(0);
    while at < line.len() {
        let escaped = at == escape;
        let width = if escaped { 3 } else { 1 };
        // The = of a soft line break must fit, too.
        let room = |end: usize| LINE - usize::from(end < line.len());
        if column + width > room(at + 1) {
            out.extend_from_slice(b"=\r\n");
            column = 0;
        }
        if escaped {
            let digit = |n: u8| b"0123456789ABCDEF"[usize::from(n)];
            out.extend_from_slice(&[b'=', digit(line[at] >> 4), digit(line[at] & 15)]);
            at += 1;
            column += 3;
            escape = next_escape(at);
        } else {
            let fits = if line.len() - at <= LINE - column && escape == line.len() {
                line.len() - at
            } else {
                LINE - 1 - column
            };
            let run = (escape - at).min(fits.max(1));
            out.extend_from_slice(&line[at..at + run]);
            at += run;
            column += run;
        }
    }
}

#[cfg(test)]
mod tests {
    use mail_parser::decoders::quoted_printable::quoted_printable_decode;
    use proptest::prelude::*;

    use super::*;

    fn encoded(text: &str) -> String {
        let mut out = Vec::new();
        quoted_printable(text.as_bytes(), &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn short_ascii_stays_and_long_or_foreign_text_is_encoded() {
        let line = "x".repeat(LINE);
        for (text, encoding) in [
            ("", Encoding::SevenBit),
            ("a = b\r\n", Encoding::SevenBit),
            (&format!("{line}\r\n{line}"), Encoding::SevenBit),
            (&format!("{line}x\r\n"), Encoding::QuotedPrintable),
            (&format!("\r\n{line}x"), Encoding::QuotedPrintable),
            (
                "Gr\u{fc}\u{df}e an alle, die das lesen",
                Encoding::QuotedPrintable,
            ),
            ("\u{738b}\u{5c0f}\u{660e}", Encoding::Base64),
        ] {
            assert_eq!(Encoding::of(text), encoding, "{text:?}");
        }
    }

    #[test]
    fn what_has_to_be_encoded_is_and_nothing_else() {
        for (text, expected) in [
            ("a=b", "a=3Db"),
            ("a \r\nb\t\r\n", "a=20\r\nb=09\r\n"),
            ("\u{fc}\r\n", "=C3=BC\r\n"),
            (&"x".repeat(76), &"x".repeat(76)),
            (&"x".repeat(77), &format!("{}=\r\nxx", "x".repeat(75))),
            (&format!("{}=", "x".repeat(73)), &format!("{}=3D", "x".repeat(73))),
            (
                &format!("{}=", "x".repeat(74)),
                &format!("{}=\r\n=3D", "x".repeat(74)),
            ),
        ] {
            assert_eq!(encoded(text), *expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn it_reads_back_as_it_was(text in "([ -~\t\u{fc}\u{738b}=.]{0,90}\r\n){0,4}[ -~\t\u{fc}=]{0,160}") {
            let encoded = encoded(&text);
            for line in encoded.split("\r\n") {
                prop_assert!(line.len() <= LINE && !line.ends_with([' ', '\t']), "{line:?}");
            }
            let decoded = quoted_printable_decode(encoded.as_bytes()).unwrap();
            prop_assert_eq!(String::from_utf8(decoded).unwrap(), text);
        }
    }
}
