//! What a file is, by its first octets.

use super::incoming::NotMail;
use super::separator::is_field;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A mailbox, one mail, or nothing.
    Mails,
    /// One mail as Apple Mail keeps it (.emlx): its length in a line, the mail, a list of properties.
    Apple,
    /// Something else.
    Not(NotMail),
}

/// How packed files begin: zip, gzip, bzip2, xz, 7z, rar.
const PACKED: [&[u8]; 6] = [
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
    b"Rar!",
];

/// What is known of a file beside its octets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// Its place or its name says that it is a mail: a Maildir, `.eml`.
    AsMail,
    /// A person named it, so there are mails in it.
    ByPerson,
    /// It is in a folder, where there are other things, too.
    InFolder,
}

/// By the first octets: what cannot be a mail is refused.
pub(super) fn kind(start: &[u8], named: Named) -> Kind {
    if start.starts_with(b"!BDN") {
        return Kind::Not(NotMail::OutlookData);
    }
    if start.starts_with(b"\xd0\xcf\x11\xe0") {
        return Kind::Not(NotMail::OutlookMessage);
    }
    if start.starts_with(b"\xcf\xad\x12\xfe") {
        return Kind::Not(NotMail::OutlookExpress);
    }
    if PACKED.iter().any(|mark| start.starts_with(mark)) {
        return Kind::Not(NotMail::Packed);
    }
    let text = start
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(start)
        .trim_ascii_start();
    let (first, rest) = line(text);
    let (second, _) = line(rest);
    let is_number = !first.trim_ascii().is_empty() && first.trim_ascii().iter().all(u8::is_ascii_digit);
    if is_number && is_field(second) {
        return Kind::Apple;
    }
    let begins = text.is_empty() || first.starts_with(b"From ") || is_field(first);
    let is_likely = match named {
        Named::AsMail => true,
        Named::ByPerson => !start.contains(&0),
        Named::InFolder => false,
    };
    if begins || is_likely {
        Kind::Mails
    } else {
        Kind::Not(NotMail::Other)
    }
}

/// The first line, and what is behind it.
fn line(text: &[u8]) -> (&[u8], &[u8]) {
    let end = memchr::memchr2(b'\n', b'\r', text).unwrap_or(text.len());
    let (line, rest) = text.split_at(end);
    (line, rest.trim_ascii_start())
}
