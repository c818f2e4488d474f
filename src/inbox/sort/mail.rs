//! A mail as its parts, with their text decoded.
//!
//! What comes back is often damaged: cut off, with a wrong boundary, an unknown charset, a part of
//! another type than it says. So the parts are walked here, in one pass and with bounds; mail-parser
//! follows each boundary that is announced to the end of the mail, which a hostile mail can make slow,
//! and is built without the charsets of East Asia.

use memchr::{memchr, memmem};

use super::charset::{decoded, guessed};
use super::fields::Fields;
use super::markup;
use super::octets::{from_base64, from_quoted_printable, normalised};
use super::sender::Sender;

/// Parts that are read; a report has two or three, and one with pictures a dozen.
const MOST_PARTS: usize = 200;

/// Levels of multiparts and attached messages that are followed.
const DEEPEST: usize = 12;

/// Lines at the beginning of a body among which a boundary that the header does not name is looked for.
const FIRST_LINES: usize = 40;

/// A mail.
#[derive(Debug, Default)]
pub(super) struct Mail {
    pub(super) fields: Fields,
    /// Leaves and attached messages, in their order.
    pub(super) parts: Vec<Part>,
}

/// A part that is not a multipart.
#[derive(Debug)]
pub(super) struct Part {
    /// How many attached messages it is in: 0 for the mail's own.
    pub(super) level: usize,
    /// `text/plain`, in lower case.
    pub(super) kind: String,
    pub(super) fields: Fields,
    /// Its text; empty for pictures and the like.
    pub(super) text: String,
    /// The header of an attached message. Its parts follow, one level deeper.
    pub(super) message: Option<Fields>,
}

impl Mail {
    pub(super) fn read(octets: &[u8]) -> Self {
        let octets = normalised(octets);
        let (fields, body) = Fields::read(&octets);
        let sender = Sender::of(&fields);
        let mut walk = Walk {
            parts: Vec::new(),
            guesses: sender.is_daemon || sender.is_null,
        };
        walk.part(&fields, body, 0, 0);
        Self {
            fields,
            parts: walk.parts,
        }
    }

    /// The mail's own parts, without those of attached messages.
    pub(super) fn own(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|part| part.level == 0)
    }

    /// The message that is all that a mail has, with nothing said about it.
    pub(super) fn attached_alone(&self) -> Option<Mail> {
        let says = |part: &Part| part.text.chars().any(char::is_alphanumeric);
        let fields = self.own().find_map(|part| part.message.clone())?;
        if self
            .own()
            .any(|part| says(part) || (part.message.is_none() && !part.is_prose()))
        {
            return None;
        }
        let inner = self.parts.iter().filter(|part| part.level > 0);
        let parts = inner.map(|part| Part {
            level: part.level - 1,
            kind: part.kind.clone(),
            fields: part.fields.clone(),
            text: part.text.clone(),
            message: part.message.clone(),
        });
        Some(Mail {
            fields,
            parts: parts.collect(),
        })
    }

    /// The own part of one of these types.
    pub(super) fn own_of(&self, kinds: &[&str]) -> Option<&Part> {
        self.own().find(|part| kinds.contains(&part.kind.as_str()))
    }
}

impl Part {
    /// Whether people read it.
    pub(super) fn is_prose(&self) -> bool {
        self.message.is_none() && matches!(self.kind.as_str(), "text/plain" | "text/html" | "")
    }
}

struct Walk {
    parts: Vec<Part>,
    /// Whether a mail that does not say so may be a multipart: a mail system's. A person may have
    /// pasted one.
    guesses: bool,
}

impl Walk {
    fn part(&mut self, fields: &Fields, body: &[u8], level: usize, depth: usize) {
        if self.parts.len() >= MOST_PARTS || depth > DEEPEST {
            return;
        }
        let declared = fields.value_of("content-type");
        let kind = if declared.contains('/') {
            declared
        } else {
            "text/plain".to_owned()
        };
        if kind.starts_with("multipart/") || kind == "text/plain" {
            let named = fields.parameter("content-type", "boundary");
            let named = named.filter(|boundary| kind != "text/plain" && is_in(body, boundary));
            let is_sure = (depth == 0 && self.guesses) || kind.starts_with("multipart/");
            if let Some(boundary) = named.or_else(|| is_sure.then(|| unnamed_boundary(body)).flatten()) {
                self.multipart(body, &boundary, kind == "multipart/digest", level, depth);
                return;
            }
        }
        let encoding = fields.value_of("content-transfer-encoding");
        if is_message(&kind) && !matches!(encoding.as_str(), "base64" | "quoted-printable") {
            self.message(kind, fields, body, level, depth);
            return;
        }
        if is_message(&kind) {
            let body = octets_of(body, &encoding);
            self.message(kind, fields, &body, level, depth);
            return;
        }
        let octets = if is_read(&kind) {
            octets_of(body, &encoding)
        } else {
            Vec::new()
        };
        let text = text_of(&octets, fields, &kind);
        self.parts.push(Part {
            level,
            kind: if kind.starts_with("multipart/") {
                "text/plain".to_owned()
            } else {
                kind
            },
            fields: fields.clone(),
            text,
            message: None,
        });
    }

    fn multipart(&mut self, body: &[u8], boundary: &str, is_digest: bool, level: usize, depth: usize) {
        let (preamble, pieces) = split(body, boundary);
        // A report's text is sometimes before the first boundary.
        let preamble_text = guessed(preamble);
        if preamble_text.contains('@') {
            self.parts.push(Part {
                level,
                kind: "text/plain".to_owned(),
                fields: Fields::default(),
                text: preamble_text,
                message: None,
            });
        }
        for piece in pieces {
            let (mut fields, mut content) = Fields::read(piece);
            let has_header = fields.iter().any(|(name, _)| name.starts_with("content-"));
            if !has_header && !fields.is_empty() {
                // No header: a text that begins like one.
                (fields, content) = (Fields::default(), piece);
            }
            if is_digest && !has_header {
                self.message("message/rfc822".to_owned(), &fields, content, level, depth + 1);
            } else {
                self.part(&fields, content, level, depth + 1);
            }
        }
    }

    fn message(&mut self, kind: String, fields: &Fields, body: &[u8], level: usize, depth: usize) {
        let blank = body
            .iter()
            .take_while(|octet| octet.is_ascii_whitespace())
            .count();
        let (header, content) = Fields::read(body.get(blank..).unwrap_or_default());
        let inner = header.clone();
        self.parts.push(Part {
            level,
            kind,
            fields: fields.clone(),
            text: String::new(),
            message: Some(header),
        });
        self.part(&inner, content, level + 1, depth + 1);
    }
}

fn is_message(kind: &str) -> bool {
    matches!(
        kind,
        "message/rfc822" | "message/global" | "message/partial" | "message/news"
    )
}

/// Whether a part of this type may hold words. Reports come as application/octet-stream, too.
fn is_read(kind: &str) -> bool {
    let (class, name) = kind.split_once('/').unwrap_or_default();
    !matches!(class, "image" | "audio" | "video" | "font")
        && (class != "application" || matches!(name, "octet-stream" | "x-unknown" | "ms-tnef-text"))
}

fn octets_of(body: &[u8], encoding: &str) -> Vec<u8> {
    match encoding {
        "base64" => from_base64(body),
        "quoted-printable" => from_quoted_printable(body),
        _ => body.to_vec(),
    }
}

fn text_of(octets: &[u8], fields: &Fields, kind: &str) -> String {
    if octets.is_empty() || (kind.starts_with("application/") && memchr(0, octets).is_some()) {
        return String::new();
    }
    let charset = fields.parameter("content-type", "charset").unwrap_or_default();
    let text = decoded(octets, &charset);
    let text = if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    };
    if kind == "text/html" || is_page(&text) {
        markup::text_of(&text)
    } else {
        text
    }
}

/// A page that says it is plain text.
fn is_page(text: &str) -> bool {
    let head = text
        .trim_start()
        .get(..15)
        .unwrap_or_default()
        .to_ascii_lowercase();
    head.starts_with("<!doctype html") || head.starts_with("<html")
}

fn is_in(body: &[u8], boundary: &str) -> bool {
    !boundary.is_empty() && memmem::find(body, format!("--{boundary}").as_bytes()).is_some()
}

/// The boundary of a body that is a multipart without saying so: a line `--…` with a Content- field
/// right after it.
fn unnamed_boundary(body: &[u8]) -> Option<String> {
    let mut lines = body.split(|octet| *octet == b'\n').take(FIRST_LINES).peekable();
    while let Some(line) = lines.next() {
        let next = lines
            .peek()
            .map(|next| next.get(..8).unwrap_or_default().to_ascii_lowercase());
        let boundary = line.strip_prefix(b"--").unwrap_or_default().trim_ascii_end();
        if next.as_deref() == Some(b"content-") && !boundary.is_empty() && boundary.is_ascii() {
            return String::from_utf8(boundary.to_vec()).ok();
        }
    }
    None
}

/// What is before the first boundary, and the pieces between boundaries.
fn split<'a>(body: &'a [u8], boundary: &str) -> (&'a [u8], Vec<&'a [u8]>) {
    let line = format!("--{}", boundary.trim_end());
    let mut cuts: Vec<(usize, usize, bool)> = Vec::new();
    for at in memmem::find_iter(body, line.as_bytes()) {
        let is_start = at == 0 || body.get(at - 1) == Some(&b'\n');
        let after = body.get(at + line.len()..).unwrap_or_default();
        let end = memchr(b'\n', after).unwrap_or(after.len());
        let tail = after.get(..end).unwrap_or_default();
        let is_last = tail.starts_with(b"--") && tail.get(2..).unwrap_or_default().trim_ascii().is_empty();
        if is_start && (is_last || tail.trim_ascii().is_empty()) {
            cuts.push((at, (at + line.len() + end + 1).min(body.len()), is_last));
        }
        if is_start && is_last || cuts.len() > MOST_PARTS {
            break;
        }
    }
    let Some((first, ..)) = cuts.first() else {
        return (&[], vec![body]);
    };
    let preamble = body.get(..*first).unwrap_or_default();
    let mut pieces = Vec::new();
    for (number, (_, start, is_last)) in cuts.iter().enumerate() {
        if *is_last {
            // Some programs put the returned message after the end.
            let after = body.get(*start..).unwrap_or_default();
            if after.trim_ascii().len() > 40 {
                pieces.push(after);
            }
            break;
        }
        let end = cuts.get(number + 1).map_or(body.len(), |(at, ..)| *at);
        pieces.push(body.get(*start..end).unwrap_or_default());
    }
    (preamble, pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(mail: &str) -> Vec<(usize, String, String)> {
        let mail = Mail::read(mail.as_bytes());
        let each = mail.parts.iter();
        each.map(|part| (part.level, part.kind.clone(), part.text.trim().to_owned()))
            .collect()
    }

    #[test]
    fn the_parts_of_attached_messages_are_deeper() {
        let mail = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n--b\nContent-Type: message/rfc822\n\n\
                    Subject: in\nContent-Type: text/html\n\n<p>x</p>\n--b--\n";
        let expected = [
            (0, "text/plain", "text"),
            (0, "message/rfc822", ""),
            (1, "text/html", "x"),
        ];
        assert_eq!(
            kinds(mail),
            expected.map(|(level, kind, text)| (level, kind.to_owned(), text.to_owned()))
        );
    }

    #[test]
    fn a_multipart_may_be_cut_off_or_not_say_so() {
        let cut = "Content-Type: multipart/mixed; boundary=\"b\"\n\n--b\nContent-Type: text/plain\n\nte";
        assert_eq!(kinds(cut), [(0, "text/plain".to_owned(), "te".to_owned())]);
        let unsaid = "From: MAILER-DAEMON\nSubject: x\n\nThis is MIME\n\n--y\nContent-Type: text/plain\n\none\n--y\nContent-Type: text/plain\n\ntwo\n--y--\n";
        assert_eq!(kinds(unsaid).len(), 2);
        let wrong = "Content-Type: multipart/mixed; boundary=a\n\njust text";
        assert_eq!(
            kinds(wrong),
            [(0, "text/plain".to_owned(), "just text".to_owned())]
        );
    }
}
