//! Header fields as they go over the wire (RFC 5322 §2.2, RFC 2047).
//!
//! lettre encodes and folds. What most fields of a mailing are, plain ASCII
//! that fits on its line, comes out of it as it went in, and is written here
//! without the way through it; a test compares the two on all kinds of text.

use std::time::{Duration, SystemTime};

use email_encoding::headers::writer::EmailWriter;
use jiff::Timestamp;
use lettre::message::header::{self, Header, HeaderName, HeaderValue, Headers};
use lettre::message::{Mailbox, Mailboxes};

/// The longest line that is not folded (RFC 5322 §2.1.1).
const LINE: usize = 76;

/// `Name: value`, encoded and folded so that it decodes to exactly `value`.
pub(super) fn text(name: &str, value: &str, out: &mut Vec<u8>) {
    let plain = value.bytes().all(|b| (0x20..0x7f).contains(&b));
    if plain && !value.contains("=?") && name.len() + 2 + value.len() <= LINE {
        field(name, value, out);
    } else {
        write(named_value(name, value.to_owned()), out);
    }
}

/// `Name: mailbox, mailbox`.
pub(super) fn mailboxes(name: &'static str, mailboxes: &[Mailbox], out: &mut Vec<u8>) {
    if let [one] = mailboxes
        && let Some(simple) = simple(one)
        && name.len() + 2 + simple.len() <= LINE
    {
        return field(name, &simple, out);
    }
    // A name that holds `=?` would be read as an encoded word where lettre
    // writes it as it is: then all names are encoded here.
    let lookalike = |m: &Mailbox| m.name.as_deref().is_some_and(|n| n.contains("=?"));
    let encoded = if mailboxes.iter().any(lookalike) {
        encoded_mailboxes(name, mailboxes).ok()
    } else {
        None
    };
    match encoded {
        Some(encoded) => field(name, &encoded, out),
        None => write(lettres(name, mailboxes.iter().cloned().collect()), out),
    }
}

/// The Date field (RFC 5322 §3.3).
pub(super) fn date(date: Timestamp, out: &mut Vec<u8>) {
    let seconds = u64::try_from(date.as_second()).unwrap_or(0);
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    write(header::Date::from(time).display(), out);
}

pub(super) fn field(name: &str, value: &str, out: &mut Vec<u8>) {
    for part in [name, ": ", value, "\r\n"] {
        out.extend_from_slice(part.as_bytes());
    }
}

/// A field that lettre encoded.
pub(super) fn write(value: HeaderValue, out: &mut Vec<u8>) {
    let mut headers = Headers::new();
    headers.insert_raw(value);
    out.extend_from_slice(headers.to_string().as_bytes());
}

fn lettres(name: &str, mailboxes: Mailboxes) -> HeaderValue {
    match name {
        "From" => header::From::from(mailboxes).display(),
        "Sender" => match mailboxes.into_single() {
            Some(sender) => header::Sender::from(sender).display(),
            None => header::To::from(Mailboxes::new()).display(),
        },
        "Reply-To" => header::ReplyTo::from(mailboxes).display(),
        "Cc" => header::Cc::from(mailboxes).display(),
        _ => header::To::from(mailboxes).display(),
    }
}

/// A mailbox that needs no encoding and no escapes: `"Ada Lovelace" <ada@example.org>`.
fn simple(mailbox: &Mailbox) -> Option<String> {
    let address: &str = mailbox.email.as_ref();
    let Some(name) = &mailbox.name else {
        return address.is_ascii().then(|| address.to_owned());
    };
    let atom = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    if !address.is_ascii() || name.is_empty() || !name.bytes().all(|b| atom(b) || b == b' ') {
        return None;
    }
    Some(if name.bytes().all(atom) {
        format!("{name} <{address}>")
    } else {
        format!("\"{name}\" <{address}>")
    })
}

fn encoded_mailboxes(name: &str, mailboxes: &[Mailbox]) -> Result<String, std::fmt::Error> {
    let mut encoded = String::new();
    write_mailboxes(
        &mut EmailWriter::new(&mut encoded, name.len() + 2, 0, false),
        mailboxes,
    )?;
    Ok(encoded)
}

fn write_mailboxes(writer: &mut EmailWriter<'_>, mailboxes: &[Mailbox]) -> std::fmt::Result {
    use std::fmt::Write;
    for (i, mailbox) in mailboxes.iter().enumerate() {
        if i > 0 {
            writer.write_char(',')?;
            writer.space();
        }
        if let Some(name) = &mailbox.name {
            email_encoding::headers::rfc2047::encode(name, writer)?;
            writer.space();
        }
        write!(writer, "<{}>", mailbox.email)?;
    }
    Ok(())
}

/// A header value that decodes to exactly `value`: what already looks like an
/// encoded word (RFC 2047) is encoded once more.
fn named_value(name: &str, value: String) -> HeaderValue {
    let header = HeaderName::new_from_ascii(name.to_owned())
        .unwrap_or_else(|_| HeaderName::new_from_ascii_str("X-Mailshot"));
    if !value.contains("=?") {
        return HeaderValue::new(header, value);
    }
    let mut encoded = String::new();
    let written = {
        let mut writer = EmailWriter::new(&mut encoded, name.len() + 2, 0, false);
        email_encoding::headers::rfc2047::encode(&value, &mut writer)
    };
    match written {
        Ok(()) => HeaderValue::dangerous_new_pre_encoded(header, value, encoded),
        Err(_) => HeaderValue::new(header, value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [&str; 22] = [
        "",
        "a",
        "Room 101",
        "O'Neil, \"Bob\"",
        "two  spaces and a trailing one ",
        "a_b-c.d",
        "a.b c",
        "semi;colon: (comment) <angle> [bracket] @at, comma\\",
        "王小明（张三）",
        "Ünïcödé wörds and ascii ones",
        "ascii then 王",
        "emoji 🌎🌎🌎",
        "=?utf-8?q?x?=",
        "a very long subject that goes on and on and on until it does not fit on a line of 76",
        "averyverylongwordthatdoesnotfitonalineandhasnospacesinitanywhereuntiltheveryendofitall",
        "exactly as long as the line allows: 0123456789012345678901234567890123456",
        "tab\tinside",
        "日本語の長い件名がここにありますとても長いのでいくつかの行に折り返されます",
        "name with . dots. and - dashes",
        "-",
        ".",
        "x> , evil@example.net, <y",
    ];

    #[test]
    fn texts_come_out_as_lettre_writes_them() {
        for name in ["Subject", "X-A", "X-A-Rather-Long-Header-Name"] {
            for base in TEXTS {
                for length in 0..=base.chars().count() {
                    let value: String = base.chars().take(length).collect();
                    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
                    text(name, &value, &mut ours);
                    write(named_value(name, value.clone()), &mut theirs);
                    assert_eq!(
                        String::from_utf8(ours).unwrap(),
                        String::from_utf8(theirs).unwrap(),
                        "{value:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn mailboxes_come_out_as_lettre_writes_them() {
        let long = format!("{}@example.org", "a".repeat(60));
        for address in ["ada@example.org", "\"a b\"@example.org", &long] {
            for base in TEXTS.iter().filter(|text| !text.contains("=?")) {
                for length in 0..=base.chars().count() {
                    let name: String = base.chars().take(length).collect();
                    let name = (!name.is_empty()).then_some(name);
                    let mailbox = Mailbox::new(name.clone(), address.parse().unwrap());
                    for count in 1..3 {
                        let several = vec![mailbox.clone(); count];
                        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
                        mailboxes("To", &several, &mut ours);
                        write(lettres("To", several.into_iter().collect()), &mut theirs);
                        assert_eq!(ours, theirs, "{name:?} {address}");
                    }
                }
            }
        }
    }
}
