//! How the parts of a message are arranged (RFC 2045, 2046).
//!
//! Text alone, HTML alone, or both as multipart/alternative, an invitation as the last alternative;
//! pictures as multipart/related around the HTML that shows them (RFC 2387), attachments as
//! multipart/mixed around everything. The layout is the same in every message of a campaign, so
//! lettre makes its fixed lines once, and for each message the values are written between them. A
//! test builds the same messages with lettre's builder and compares octet by octet.

use std::borrow::Cow;

use lettre::message::header::{ContentTransferEncoding, ContentType, Header};
use lettre::message::{MultiPart, MultiPartBuilder};

use crate::recipients::Key;

use super::calendar::Calendar;
use super::content::Shared;
use super::encoding::Encoding;
use super::headers;
use super::identity::{MailingId, boundary};

mod names;

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
    related: Frame,
    mixed: Frame,
}

/// What a message is made of.
pub(super) struct Parts<'a> {
    pub(super) text: Option<&'a str>,
    pub(super) html: Option<&'a str>,
    pub(super) calendar: Option<&'a Calendar>,
    /// Pictures that the HTML shows.
    pub(super) inline: Vec<Attached<'a>>,
    pub(super) attached: Vec<Attached<'a>>,
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
    pub(super) related: String,
    pub(super) mixed: String,
}

impl Boundaries {
    /// Those of a message; empty for the kinds of parts that it does not have.
    pub(super) fn of(mailing: &MailingId, key: &Key, pictures: bool, files: bool) -> Self {
        let of = |kind, any| {
            if any {
                boundary(mailing, key, kind)
            } else {
                String::new()
            }
        };
        Self {
            alternative: of("alternative", true),
            related: of("related", pictures),
            mixed: of("mixed", files),
        }
    }
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
        let related = related(&example.related).build();
        let mixed = MultiPart::mixed().boundary(example.mixed.as_str()).build();
        Self {
            plain: type_of(ContentType::TEXT_PLAIN),
            html: type_of(ContentType::TEXT_HTML),
            alternative: Frame::of(alternative, &example.alternative),
            related: Frame::of(related, &example.related),
            mixed: Frame::of(mixed, &example.mixed),
        }
    }

    /// Writes everything behind the message's own header fields; returns the
    /// shared octets and where they belong.
    pub(super) fn write(
        &self,
        parts: Parts<'_>,
        boundaries: &Boundaries,
        out: &mut Vec<u8>,
    ) -> Vec<(usize, Shared)> {
        let mut shared = Vec::with_capacity(parts.inline.len() + parts.attached.len());
        out.extend_from_slice(b"MIME-Version: 1.0\r\n");
        if parts.attached.is_empty() {
            self.bodies(&parts, true, boundaries, &mut shared, out);
            return shared;
        }
        self.mixed.write(&boundaries.mixed, out);
        delimiter(&boundaries.mixed, "\r\n", out);
        self.bodies(&parts, false, boundaries, &mut shared, out);
        files(&parts.attached, &boundaries.mixed, &mut shared, out);
        shared
    }

    /// What is read; `whole` when that is the whole message.
    fn bodies(
        &self,
        parts: &Parts<'_>,
        whole: bool,
        boundaries: &Boundaries,
        shared: &mut Vec<(usize, Shared)>,
        out: &mut Vec<u8>,
    ) {
        // A body that is the whole message gets its last line end from its part.
        let trimmed = |body| if whole { alone(body) } else { body };
        match (parts.text, parts.html, parts.calendar) {
            (Some(text), None, None) => return body(&self.plain, trimmed(text), out),
            (None, Some(html), None) => {
                let alone = whole && parts.inline.is_empty();
                let html = if alone { trimmed(html) } else { html };
                return self.rich(html, parts, boundaries, shared, out);
            }
            _ => {}
        }
        self.alternative.write(&boundaries.alternative, out);
        if let Some(text) = parts.text {
            delimiter(&boundaries.alternative, "\r\n", out);
            body(&self.plain, text, out);
        }
        if let Some(html) = parts.html {
            delimiter(&boundaries.alternative, "\r\n", out);
            self.rich(html, parts, boundaries, shared, out);
        }
        if let Some(Calendar { method, text }) = parts.calendar {
            delimiter(&boundaries.alternative, "\r\n", out);
            let content_type = format!("Content-Type: text/calendar; method={method}; charset=utf-8\r\n");
            body(content_type.as_bytes(), text, out);
        }
        delimiter(&boundaries.alternative, "--\r\n", out);
    }

    /// The HTML with the pictures in it.
    fn rich(
        &self,
        html: &str,
        parts: &Parts<'_>,
        boundaries: &Boundaries,
        shared: &mut Vec<(usize, Shared)>,
        out: &mut Vec<u8>,
    ) {
        if parts.inline.is_empty() {
            return body(&self.html, html, out);
        }
        self.related.write(&boundaries.related, out);
        delimiter(&boundaries.related, "\r\n", out);
        body(&self.html, html, out);
        files(&parts.inline, &boundaries.related, shared, out);
    }
}

/// Files as the last parts of a multipart, and its end.
fn files(files: &[Attached<'_>], boundary: &str, shared: &mut Vec<(usize, Shared)>, out: &mut Vec<u8>) {
    for file in files {
        delimiter(boundary, "\r\n", out);
        out.extend_from_slice(&file.head);
        shared.push((out.len(), file.body.clone()));
        out.extend_from_slice(b"\r\n");
    }
    delimiter(boundary, "--\r\n", out);
}

/// RFC 2387 wants the type of the part that is shown.
fn related(boundary: &str) -> MultiPartBuilder {
    let text = format!("multipart/related; type=\"text/html\"; boundary=\"{boundary}\"");
    match ContentType::parse(&text) {
        Ok(content_type) => MultiPart::builder().header(content_type),
        Err(_) => MultiPart::related().boundary(boundary),
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

/// What a file is in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role<'a> {
    /// A file to save.
    Attachment,
    /// A picture that the HTML shows by this name (RFC 2392).
    Inline(&'a str),
}

/// The header fields of a file, with the empty line behind them.
pub(super) fn file_head(content_type: &ContentType, file_name: &str, role: Role<'_>) -> Vec<u8> {
    let mut head = Vec::new();
    headers::write(content_type.display(), &mut head);
    let plain = names::is_plain(file_name);
    if !plain {
        head.truncate(head.len() - "\r\n".len());
        head.extend_from_slice(b";\r\n ");
        head.extend_from_slice(names::in_words(file_name).as_bytes());
        head.extend_from_slice(b"\r\n");
    }
    if let Role::Inline(cid) = role {
        headers::field("Content-ID", &format!("<{cid}>"), &mut head);
    }
    let disposition = match role {
        Role::Attachment => "attachment",
        Role::Inline(_) => "inline",
    };
    let name = if plain {
        names::quoted(file_name)
    } else {
        names::percent_encoded(file_name)
    };
    let value = format!("{disposition}; {name}");
    let field = "Content-Disposition";
    if field.len() + 2 + value.len() > headers::LINE {
        headers::field(field, &format!("{disposition};\r\n {name}"), &mut head);
    } else {
        headers::field(field, &value, &mut head);
    }
    headers::write(ContentTransferEncoding::Base64.display(), &mut head);
    head.extend_from_slice(b"\r\n");
    head
}

#[cfg(test)]
mod tests;
