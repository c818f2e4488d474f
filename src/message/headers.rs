//! Header fields as they are sent (RFC 5322 §2.2, RFC 2047).
//!
//! lettre folds text. Most fields of a mailing are plain ASCII that fits on one line, which lettre
//! leaves unchanged, so they are written here directly. Lists of mailboxes are laid out here, too.
//! A test reads all kinds of text back with a parser that is not ours.

use std::fmt::{self, Write};
use std::time::{Duration, SystemTime};

use email_encoding::headers::writer::EmailWriter;
use jiff::Timestamp;
use lettre::message::Mailbox;
use lettre::message::header::{self, Header, HeaderName, HeaderValue, Headers};

use super::encoded;

/// The longest line that is not folded (RFC 5322 §2.1.1).
pub(super) const LINE: usize = 76;

/// `Name: value`, encoded and folded so that it decodes to exactly `value`.
pub(super) fn text(name: &str, value: &str, out: &mut Vec<u8>) {
    let plain = printable(value) && !value.contains("=?");
    if plain && name.len() + 2 + value.len() <= LINE {
        return field(name, value, out);
    }
    // What is not ASCII is encoded word by word. What that cannot do is encoded
    // as a whole: what looks like an encoded word already; two spaces between
    // encoded words, of which no reader sees any (RFC 2047 §6.2); a word that no
    // fold makes fit.
    let spaces_lost = !plain && value.contains("  ");
    let too_long = !is_structured(name) && longest_word(name.len() + 1, value) > LINE;
    let encoded = if value.contains("=?") || spaces_lost || too_long {
        written(name, |writer| encoded::words(value, writer)).ok()
    } else if !plain {
        written(name, |writer| by_words(value, writer)).ok()
    } else {
        None
    };
    match encoded {
        Some(encoded) => field(name, &encoded, out),
        None => {
            let header = HeaderName::new_from_ascii(name.to_owned())
                .unwrap_or_else(|_| HeaderName::new_from_ascii_str("X-Mailshot"));
            write(HeaderValue::new(header, value.to_owned()), out);
        }
    }
}

/// ASCII words unchanged, all others encoded; several in a row are encoded together.
fn by_words(value: &str, writer: &mut EmailWriter<'_>) -> fmt::Result {
    let mut open = String::new();
    let flush = |open: &mut String, writer: &mut EmailWriter<'_>| {
        let text = open.trim_end_matches(' ');
        encoded::words(text, writer)?;
        (text.len()..open.len()).for_each(|_| writer.space());
        open.clear();
        Ok(())
    };
    for word in value.split_inclusive(' ') {
        if word.is_ascii() && printable(word) {
            flush(&mut open, writer)?;
            writer.folding().write_str(word)?;
        } else {
            open.push_str(word);
        }
    }
    flush(&mut open, writer)
}

/// If a program expects a URL, an id or an address, an encoded word is not allowed (RFC 2047 §5): a
/// long one stays unchanged while SMTP can carry it.
fn is_structured(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let kinds = [
        "list-",
        "resent-",
        "arc-",
        "archived-at",
        "references",
        "in-reply-to",
    ];
    let others = [
        "autocrypt",
        "openpgp",
        "feedback-id",
        "errors-to",
        "disposition-notification-to",
    ];
    kinds.iter().any(|kind| name.starts_with(kind)) || others.contains(&name.as_str())
}

/// The end of the longest word on a line of its own; of the first behind `column`.
fn longest_word(column: usize, value: &str) -> usize {
    let words = value.split(' ').enumerate();
    let ends = words.map(|(i, word)| word.len() + 1 + if i == 0 { column } else { 0 });
    ends.max().unwrap_or(0)
}

fn printable(text: &str) -> bool {
    text.bytes().all(|b| (0x20..0x7f).contains(&b))
}

/// What is written into a field of this name, folded on the way.
fn written(
    name: &str,
    write: impl FnOnce(&mut EmailWriter<'_>) -> fmt::Result,
) -> Result<String, fmt::Error> {
    let mut value = String::new();
    write(&mut EmailWriter::new(&mut value, name.len() + 2, 0, false))?;
    Ok(value)
}

/// `Name: mailbox, mailbox`.
pub(super) fn mailboxes(name: &str, mailboxes: &[Mailbox], out: &mut Vec<u8>) {
    if let [one] = mailboxes
        && let Some(simple) = simple(one)
        && name.len() + 2 + simple.len() <= LINE
    {
        return field(name, &simple, out);
    }
    // Writing into a String cannot fail.
    let value = written(name, |writer| write_mailboxes(writer, mailboxes));
    field(name, &value.unwrap_or_default(), out);
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

/// A mailbox that needs no encoding and no escapes: `"Ada Lovelace" <ada@example.org>`.
fn simple(mailbox: &Mailbox) -> Option<String> {
    let address: &str = mailbox.email.as_ref();
    let Some(name) = &mailbox.name else {
        return (address.is_ascii() && !address.starts_with('"')).then(|| address.to_owned());
    };
    let harmless = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b' ');
    if !address.is_ascii() || name.is_empty() || !name.bytes().all(harmless) {
        return None;
    }
    Some(if is_atom(name) {
        format!("{name} <{address}>")
    } else {
        format!("\"{name}\" <{address}>")
    })
}

/// A name that stands for itself (RFC 5322 §3.2.3).
fn is_atom(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// lettre folds neither before an address nor between two mailboxes, and
/// encodes every apostrophe; so the list is written here.
fn write_mailboxes(writer: &mut EmailWriter<'_>, mailboxes: &[Mailbox]) -> fmt::Result {
    for (i, mailbox) in mailboxes.iter().enumerate() {
        if i > 0 {
            writer.write_char(',')?;
            writer.space();
        }
        let comma = usize::from(i + 1 < mailboxes.len());
        let name = mailbox.name.as_deref().unwrap_or_default();
        if !name.is_empty() {
            write_name(name, i == 0, writer)?;
            writer.space();
        }
        // Outside of brackets, some take a quoted local part for a name.
        let address: &str = mailbox.email.as_ref();
        let address = if name.is_empty() && !address.starts_with('"') {
            address.to_owned()
        } else {
            format!("<{address}>")
        };
        let room = address.len() + comma;
        let first = i == 0 && name.is_empty();
        if !first && writer.projected_line_len() + room > LINE {
            writer.new_line()?;
        }
        writer.write_str(&address)?;
    }
    Ok(())
}

/// `Name: phrase <id>`.
pub(super) fn phrase_and_id(name: &str, phrase: &str, id: &str, out: &mut Vec<u8>) {
    // Writing into a String cannot fail.
    let value = written(name, |writer| {
        write_name(phrase, true, writer)?;
        writer.space();
        if writer.projected_line_len() + id.len() > LINE {
            writer.new_line()?;
        }
        writer.write_str(id)
    });
    field(name, &value.unwrap_or_default(), out);
}

/// As an atom or a quoted string where it is ASCII, else encoded; also where
/// it is ASCII that would not fit on a line, or looks like an encoded word.
fn write_name(name: &str, first: bool, writer: &mut EmailWriter<'_>) -> fmt::Result {
    let quoted = format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""));
    if !printable(name) || name.contains("=?") || longest_word("Reply-To:".len(), &quoted) > LINE {
        // One word on a line of its own rather than two: some show the space between.
        let length = "=?utf-8?b??=".len() + name.len().div_ceil(3) * 4;
        if !first && writer.projected_line_len() + length > LINE {
            writer.new_line()?;
        }
        encoded::words(name, writer)
    } else if is_atom(name) {
        writer.folding().write_str(name)
    } else {
        writer.folding().write_str(&quoted)
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

    /// The lines of a field are no longer than RFC 5322 and RFC 2047 want them.
    fn fits(field: &[u8]) -> String {
        let field = String::from_utf8(field.to_vec()).unwrap();
        let lines = field.strip_suffix("\r\n").unwrap().split("\r\n");
        for line in lines {
            assert!(line.len() <= 78 && !line.trim().is_empty(), "{field}");
            let words = line.split([' ', ',']).filter(|word| word.starts_with("=?"));
            for word in words {
                assert!(word.len() <= 75 && word.ends_with("?="), "{field}");
            }
        }
        field
    }

    /// As mail-parser reads a message with this field.
    fn read<T>(field: &str, what: impl FnOnce(&mail_parser::Message<'_>) -> T) -> T {
        let message = format!("{field}\r\n");
        what(
            &mail_parser::MessageParser::new()
                .parse(message.as_bytes())
                .unwrap(),
        )
    }

    fn texts() -> impl Iterator<Item = String> {
        let long = [
            "a".repeat(300),
            "\u{738b}".repeat(300),
            "Maria Nu\u{f1}ez ".repeat(25),
            "Ada Lovelace ".repeat(25),
            format!("\u{645}\u{631}\u{64a}\u{645} {}", "e\u{301}".repeat(150)),
            "O'Neil, \"Bob\" \\ ".repeat(20),
            "\u{738b}  two  \u{674e}  spaces".to_owned(),
            format!("9{}", "\u{5468}".repeat(60)),
            format!("ab{}", "\u{5468}\u{1f30e}".repeat(40)),
            "\u{e9}\u{5468}\u{5468}a\u{1f30e}".repeat(20),
            "\"".repeat(150),
        ];
        let starts = TEXTS.iter().flat_map(|text| {
            let length = text.chars().count();
            (0..=length).map(|length| text.chars().take(length).collect::<String>())
        });
        starts.chain(long).map(|text| text.trim().to_owned())
    }

    #[test]
    fn texts_are_read_as_they_were_written_and_no_line_is_long() {
        for value in texts().filter(|value| !value.contains('\t')) {
            for name in ["Subject", "X-A", "X-A-Rather-Long-Header-Name"] {
                let mut field = Vec::new();
                text(name, &value, &mut field);
                let field = fits(&field).replacen(name, "Subject", 1);
                let read = read(&field, |message| message.subject().unwrap_or_default().to_owned());
                assert_eq!(read, value, "{field}");
            }
        }
    }

    #[test]
    fn only_the_last_word_has_padding() {
        for value in texts() {
            for name in ["Subject", "X-A", "X-A-Rather-Long-Header-Name"] {
                let mut field = Vec::new();
                text(name, &value, &mut field);
                let field = fits(&field);
                assert!(!field.contains("?==?"), "{field}");
                let words: Vec<_> = field.split_ascii_whitespace().collect();
                for pair in words.windows(2) {
                    let both = pair.iter().all(|word| word.starts_with("=?"));
                    assert!(!(both && pair[0].ends_with("=?=")), "{field}");
                }
            }
        }
    }

    #[test]
    fn what_a_machine_reads_stays_as_it_is() {
        let url = format!("<https://uni.example/{}>", "a".repeat(200));
        let mut field = Vec::new();
        text("List-Archive", &url, &mut field);
        assert_eq!(
            String::from_utf8(field).unwrap(),
            format!("List-Archive: {url}\r\n")
        );
    }

    #[test]
    fn mailboxes_are_read_as_they_were_written_and_no_line_is_long() {
        let long = format!("{}@example.org", "a".repeat(60));
        for address in ["ada@example.org", "\"a b\"@example.org", &long] {
            for name in texts().filter(|name| !name.contains('\t')) {
                let given = (!name.is_empty()).then(|| name.clone());
                let mailbox = Mailbox::new(given, address.parse().unwrap());
                for count in [1, 2, 30] {
                    let mut field = Vec::new();
                    mailboxes("To", &vec![mailbox.clone(); count], &mut field);
                    let field = fits(&field);
                    let people: Vec<_> = read(&field, |message| {
                        let people = message.to().unwrap().iter();
                        people
                            .map(|one| {
                                let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
                                (text(one.name()), text(one.address()))
                            })
                            .collect()
                    });
                    let expected = (name.clone(), address.to_owned());
                    assert_eq!(people, vec![expected; count], "{field}");
                }
            }
        }
    }

    #[test]
    fn a_name_in_ascii_stays_readable() {
        for (name, written) in [
            ("Ada", "Ada"),
            ("Ada Lovelace", "\"Ada Lovelace\""),
            ("O'Neil, \"Bob\"", "\"O'Neil, \\\"Bob\\\"\""),
            ("J.R.", "\"J.R.\""),
        ] {
            let mailbox = Mailbox::new(Some(name.to_owned()), "ada@example.org".parse().unwrap());
            let mut field = Vec::new();
            mailboxes("To", &[mailbox], &mut field);
            let field = String::from_utf8(field).unwrap();
            assert_eq!(field, format!("To: {written} <ada@example.org>\r\n"));
        }
    }
}
