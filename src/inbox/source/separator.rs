//! The line before each mail in a mailbox file: `From ada@example.org Sat Nov 28 05:00:00 2026`.
//!
//! People write lines that begin with `From `, too, and many programs do not quote them. So there must
//! be a time in the line, and a header field in the next one.

/// Whether a line can be the one before a mail.
pub(super) fn can_be(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else {
        return false;
    };
    let words = rest
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty());
    // Some programs write no time, but then nothing else either.
    match words.clone().count() {
        0 => false,
        1 => true,
        _ => words.skip(1).any(is_time),
    }
}

/// Whether it is one whatever is before it: nobody writes such a line by hand.
pub(super) fn is_certain(line: &[u8]) -> bool {
    let words = line
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty());
    let words: Vec<&[u8]> = words.collect();
    let year = |word: &&[u8]| word.len() == 4 && word.iter().all(u8::is_ascii_digit);
    line.starts_with(b"From ") && words.iter().copied().any(is_time) && words.iter().any(year)
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
