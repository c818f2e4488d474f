//! The line before each mail in a mailbox file: `From ada@example.org Sat Nov 28 05:00:00 2026`.
//!
//! People write lines that begin with `From `, too, and many programs do not quote them. So the line
//! must have a time, a year and the name of a month or a day, a blank line before it and a header field
//! behind it.

/// Whether a line can be the one before a mail.
pub(super) fn can_be(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else {
        return false;
    };
    let words = rest.split(|octet| octet.is_ascii_whitespace() || *octet == b',');
    let words: Vec<&[u8]> = words.filter(|word| !word.is_empty()).collect();
    let year = |word: &&[u8]| word.len() == 4 && word.iter().all(u8::is_ascii_digit);
    words.iter().copied().any(is_time) && words.iter().any(year) && words.iter().any(|word| is_named(word))
}

/// A month or a day of the week, as dates have them.
fn is_named(word: &[u8]) -> bool {
    const NAMES: [&[u8]; 19] = [
        b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
        b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun",
    ];
    NAMES.contains(&word)
}

/// `05:00` or `05:00:00`.
fn is_time(word: &[u8]) -> bool {
    let parts: Vec<&[u8]> = word.split(|octet| *octet == b':').collect();
    let digits = |part: &&[u8]| (1..=2).contains(&part.len()) && part.iter().all(u8::is_ascii_digit);
    (2..=3).contains(&parts.len()) && parts.iter().all(digits)
}

/// Whether a line is a header field, or the quoted separator of a mail that was passed on.
pub(super) fn is_field(line: &[u8]) -> bool {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let colon = memchr::memchr(b':', line);
    let named = colon.is_some_and(|colon| {
        let name = line.get(..colon).unwrap_or_default().trim_ascii_end();
        !name.is_empty() && name.iter().all(|octet| octet.is_ascii_graphic())
    });
    named || line.starts_with(b">From ")
}
