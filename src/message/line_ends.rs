//! Line ends as mail requires them (RFC 5322 §2.1).

/// CRLF line ends. lettre would convert them too, at a cost that grows with
/// the square of the size.
pub(super) fn crlf(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16 + 2);
    let mut from = 0;
    for end in memchr::memchr2_iter(b'\r', b'\n', text.as_bytes()) {
        // The LF of a CRLF was written with its CR.
        if end < from {
            continue;
        }
        out.push_str(&text[from..end]);
        out.push_str("\r\n");
        from = end + if text[end..].starts_with("\r\n") { 2 } else { 1 };
    }
    out.push_str(&text[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_becomes_crlf() {
        for (text, expected) in [
            ("", ""),
            ("a", "a"),
            ("a\nb\n", "a\r\nb\r\n"),
            ("a\r\nb", "a\r\nb"),
            ("a\rb\r", "a\r\nb\r\n"),
            ("\n\r\n\r\r\n", "\r\n\r\n\r\n\r\n"),
            ("\u{738b}\n\u{738b}", "\u{738b}\r\n\u{738b}"),
        ] {
            assert_eq!(crlf(text), expected, "{text:?}");
        }
    }
}
