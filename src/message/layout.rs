//! How the parts of a message lie in it (RFC 2045, 2046).
//!
//! Text alone, HTML alone, or both as multipart/alternative; attachments as
//! multipart/mixed around that. The layout is the same in every message of a
//! campaign, so its fixed lines are made once, by lettre, and each message is
//! its own values written between them. A test builds the same messages with
//! lettre's builder and compares octet by octet.

use std::borrow::Cow;

use lettre::message::MultiPart;
use lettre::message::header::{ContentTransferEncoding, ContentType, Header};

use super::content::Shared;
use super::encoding::Encoding;
use super::headers;

/// An attachment as it goes into a message.
pub(super) struct Attached<'a> {
    /// Its header fields, with the empty line behind them.
    pub(super) head: Cow<'a, [u8]>,
    /// Its body in base64.
    pub(super) body: Shared,
}

/// The fixed lines of a campaign's messages.
pub(super) struct Layout {
    plain: Vec<u8>,
    html: Vec<u8>,
    alternative: Frame,
    mixed: Frame,
}

/// A multipart's Content-Type field, around its boundary.
struct Frame {
    before: Vec<u8>,
    behind: Vec<u8>,
}

impl Frame {
    /// All boundaries of a kind are equally long, so that one folding fits all.
    fn of(multipart: MultiPart, boundary: &str) -> Self {
        let text = multipart.headers().to_string();
        let (before, behind) = text.split_once(boundary).unwrap_or((&text, ""));
        Self {
            before: before.as_bytes().to_vec(),
            behind: behind.as_bytes().to_vec(),
        }
    }

    fn write(&self, boundary: &str, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.before);
        out.extend_from_slice(boundary.as_bytes());
        out.extend_from_slice(&self.behind);
        out.extend_from_slice(b"\r\n");
    }
}

/// The boundaries of one message.
pub(super) struct Boundaries {
    pub(super) alternative: String,
    pub(super) mixed: String,
}

impl Layout {
    /// `example` has boundaries as long as every message's.
    pub(super) fn new(example: &Boundaries) -> Self {
        let type_of = |content_type: ContentType| {
            let mut field = Vec::new();
            headers::write(content_type.display(), &mut field);
            field
        };
        let alternative = MultiPart::alternative()
            .boundary(example.alternative.as_str())
            .build();
        let mixed = MultiPart::mixed().boundary(example.mixed.as_str()).build();
        Self {
            plain: type_of(ContentType::TEXT_PLAIN),
            html: type_of(ContentType::TEXT_HTML),
            alternative: Frame::of(alternative, &example.alternative),
            mixed: Frame::of(mixed, &example.mixed),
        }
    }

    /// Writes everything behind the message's own header fields; returns the
    /// shared octets and where they belong.
    pub(super) fn write(
        &self,
        text: Option<&str>,
        html: Option<&str>,
        attachments: Vec<Attached<'_>>,
        boundaries: &Boundaries,
        out: &mut Vec<u8>,
    ) -> Vec<(usize, Shared)> {
        out.extend_from_slice(b"MIME-Version: 1.0\r\n");
        if attachments.is_empty() {
            match (text, html) {
                (Some(text), Some(html)) => self.alternative(text, html, boundaries, out),
                // A body that is the whole message gets its last line end below.
                (Some(text), None) => body(&self.plain, alone(text), out),
                (None, html) => body(&self.html, alone(html.unwrap_or_default()), out),
            }
            return Vec::new();
        }
        self.mixed.write(&boundaries.mixed, out);
        delimiter(&boundaries.mixed, "\r\n", out);
        match (text, html) {
            (Some(text), Some(html)) => self.alternative(text, html, boundaries, out),
            (Some(text), None) => body(&self.plain, text, out),
            (None, html) => body(&self.html, html.unwrap_or_default(), out),
        }
        let mut shared = Vec::with_capacity(attachments.len());
        for attached in attachments {
            delimiter(&boundaries.mixed, "\r\n", out);
            out.extend_from_slice(&attached.head);
            shared.push((out.len(), attached.body));
            out.extend_from_slice(b"\r\n");
        }
        delimiter(&boundaries.mixed, "--\r\n", out);
        shared
    }

    fn alternative(&self, text: &str, html: &str, boundaries: &Boundaries, out: &mut Vec<u8>) {
        self.alternative.write(&boundaries.alternative, out);
        delimiter(&boundaries.alternative, "\r\n", out);
        body(&self.plain, text, out);
        delimiter(&boundaries.alternative, "\r\n", out);
        body(&self.html, html, out);
        delimiter(&boundaries.alternative, "--\r\n", out);
    }
}

fn alone(body: &str) -> &str {
    body.strip_suffix("\r\n").unwrap_or(body)
}

fn delimiter(boundary: &str, end: &str, out: &mut Vec<u8>) {
    for part in ["--", boundary, end] {
        out.extend_from_slice(part.as_bytes());
    }
}

/// A part with a text.
fn body(content_type: &[u8], text: &str, out: &mut Vec<u8>) {
    let encoding = Encoding::of(text);
    out.extend_from_slice(content_type);
    headers::field("Content-Transfer-Encoding", encoding.name(), out);
    out.extend_from_slice(b"\r\n");
    encoding.write(text, out);
    out.extend_from_slice(b"\r\n");
}

/// The header fields of an attachment, with the empty line behind them.
pub(super) fn attachment_head(content_type: &ContentType, file_name: &str) -> Vec<u8> {
    let mut head = Vec::new();
    headers::write(content_type.display(), &mut head);
    let disposition = lettre::message::header::ContentDisposition::attachment(file_name);
    headers::write(disposition.display(), &mut head);
    headers::write(ContentTransferEncoding::Base64.display(), &mut head);
    head.extend_from_slice(b"\r\n");
    head
}

#[cfg(test)]
mod tests {
    use lettre::message::header::ContentDisposition;
    use lettre::message::{Body, Message, SinglePart};

    use super::*;

    const BODIES: [Option<&str>; 8] = [
        None,
        Some(""),
        Some("Hello\r\n"),
        Some("Hello,\r\n\r\n.a line with a dot\r\nno end"),
        Some(
            "one line that is much longer than seventy-six octets, so that it has to be encoded somehow\r\n",
        ),
        Some("Gr\u{fc}\u{df}e an alle und noch ein wenig mehr Text, der ASCII ist\r\n"),
        Some(
            "\u{738b}\u{5c0f}\u{660e}\u{ff0c}\u{4f60}\u{597d}\u{ff1a}\r\n\r\n\u{6539}\u{5230}\u{6559}\u{4e8c}\u{697c}\r\n",
        ),
        Some("= equals\r\n"),
    ];

    fn boundaries() -> Boundaries {
        Boundaries {
            alternative: "alternative-72ja6vufbgzilbbcxeh3ncwhpv".to_owned(),
            mixed: "mixed-wnsrovc3b5zbalwxryznpbxldc".to_owned(),
        }
    }

    /// As lettre's own builder lays it out, from the MIME-Version on.
    fn by_lettre(text: Option<&str>, html: Option<&str>, attachments: &[(&str, &str)]) -> String {
        let plain = |t: &str| {
            SinglePart::builder()
                .header(ContentType::TEXT_PLAIN)
                .body(t.to_owned())
        };
        let rich = |t: &str| {
            SinglePart::builder()
                .header(ContentType::TEXT_HTML)
                .body(t.to_owned())
        };
        let both = |text: &str, html: &str| {
            MultiPart::alternative()
                .boundary(boundaries().alternative)
                .singlepart(plain(text))
                .singlepart(rich(html))
        };
        let mailbox: lettre::message::Mailbox = "a@x.test".parse().unwrap();
        let builder = Message::builder()
            .from(mailbox.clone())
            .to(mailbox)
            .date(std::time::SystemTime::UNIX_EPOCH);
        let message = if attachments.is_empty() {
            match (text, html) {
                (Some(text), Some(html)) => builder.multipart(both(text, html)),
                (Some(text), None) => builder.singlepart(plain(alone(text))),
                (None, html) => builder.singlepart(rich(alone(html.unwrap_or_default()))),
            }
        } else {
            let mixed = MultiPart::mixed().boundary(boundaries().mixed);
            let mixed = match (text, html) {
                (Some(text), Some(html)) => mixed.multipart(both(text, html)),
                (Some(text), None) => mixed.singlepart(plain(text)),
                (None, html) => mixed.singlepart(rich(html.unwrap_or_default())),
            };
            let all = attachments.iter().map(|(name, body)| {
                SinglePart::builder()
                    .header(ContentType::parse("text/csv; charset=utf-8").unwrap())
                    .header(ContentDisposition::attachment(name))
                    .body(Body::dangerous_pre_encoded(
                        body.as_bytes().to_vec(),
                        ContentTransferEncoding::Base64,
                    ))
            });
            builder.multipart(all.fold(mixed, MultiPart::singlepart))
        };
        let formatted = String::from_utf8(message.unwrap().formatted()).unwrap();
        let at = formatted.find("MIME-Version").unwrap();
        formatted[at..].to_owned()
    }

    #[test]
    fn every_layout_is_as_lettre_would_build_it() {
        let layout = Layout::new(&boundaries());
        let names = [
            "list.csv",
            "\u{5730}\u{56fe}.csv",
            "a name \"with\" all; sorts.csv",
        ];
        let content_type = ContentType::parse("text/csv; charset=utf-8").unwrap();
        for text in BODIES {
            for html in BODIES {
                for count in 0..3 {
                    let attachments: Vec<_> = names
                        .iter()
                        .take(count)
                        .map(|name| (*name, "QUJD\r\nQUJD"))
                        .collect();
                    let attached = attachments.iter().map(|(name, body)| Attached {
                        head: attachment_head(&content_type, name).into(),
                        body: Shared::new(body.as_bytes().to_vec()),
                    });
                    let mut own = Vec::new();
                    let shared = layout.write(text, html, attached.collect(), &boundaries(), &mut own);
                    let ours = super::super::Content::new(own, shared).to_vec();
                    assert_eq!(
                        String::from_utf8(ours).unwrap(),
                        by_lettre(text, html, &attachments),
                        "{text:?} {html:?} {count}"
                    );
                }
            }
        }
    }
}
