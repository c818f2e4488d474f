//! How the parts of a message lie in it (RFC 2045, 2046).
//!
//! Text alone, HTML alone, or both as multipart/alternative, an invitation as
//! the last alternative; pictures as multipart/related around the HTML that
//! shows them (RFC 2387), attachments as multipart/mixed around everything.
//! The layout is the same in every message of a campaign, so its fixed lines
//! are made once, by lettre, and each message is its own values written
//! between them. A test builds the same messages with lettre's builder and
//! compares octet by octet.

use std::borrow::Cow;

use lettre::message::MultiPart;
use lettre::message::header::{ContentDisposition, ContentTransferEncoding, ContentType, Header};

use super::calendar::Calendar;
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
        let related = MultiPart::related().boundary(example.related.as_str()).build();
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

/// The header fields of a file, with the empty line behind them. A name that
/// old programs cannot read in the way of RFC 2231 stands beside it in ASCII.
pub(super) fn file_head(content_type: &ContentType, file_name: &str, role: Role<'_>) -> Vec<u8> {
    let mut head = Vec::new();
    headers::write(content_type.display(), &mut head);
    if !file_name.is_ascii() {
        head.truncate(head.len() - "\r\n".len());
        head.extend_from_slice(format!(";\r\n name=\"{}\"\r\n", ascii_name(file_name)).as_bytes());
    }
    let disposition = match role {
        Role::Attachment => ContentDisposition::attachment(file_name),
        Role::Inline(cid) => {
            headers::field("Content-ID", &format!("<{cid}>"), &mut head);
            ContentDisposition::inline_with_name(file_name)
        }
    };
    headers::write(disposition.display(), &mut head);
    headers::write(ContentTransferEncoding::Base64.display(), &mut head);
    head.extend_from_slice(b"\r\n");
    head
}

/// A file name as near as ASCII comes to it, its ending kept.
fn ascii_name(name: &str) -> String {
    let harmless = |text: &str| -> String {
        deunicode::deunicode(text)
            .chars()
            .filter(|c| c.is_ascii() && !c.is_ascii_control() && !matches!(c, '"' | '\\' | '/'))
            .collect()
    };
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let stem: String = harmless(stem).trim().chars().take(50).collect();
    let stem = if stem.is_empty() { "file".to_owned() } else { stem };
    let ending: String = harmless(ending).trim().chars().take(10).collect();
    if ending.is_empty() {
        stem
    } else {
        format!("{stem}.{ending}")
    }
}

#[cfg(test)]
mod tests {
    use lettre::message::header::ContentId;
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
            related: "related-hj4mcy26ns7wdvztcmn5q3rl2e".to_owned(),
            mixed: "mixed-wnsrovc3b5zbalwxryznpbxldc".to_owned(),
        }
    }

    const FILES: [(&str, &str); 2] = [
        ("list.csv", "QUJD\r\nQUJD"),
        ("a name \"with\" all; sorts.csv", "QUJD"),
    ];

    fn content_type() -> ContentType {
        ContentType::parse("text/csv; charset=utf-8").unwrap()
    }

    /// A message of these parts, some of them absent.
    struct Case {
        text: Option<&'static str>,
        html: Option<&'static str>,
        calendar: Option<Calendar>,
        pictures: usize,
        attachments: usize,
    }

    impl Case {
        fn ours(&self) -> String {
            let files = |count, role| {
                FILES.iter().take(count).map(move |(name, body)| Attached {
                    head: file_head(&content_type(), name, role).into(),
                    body: Shared::new(body.as_bytes().to_vec()),
                })
            };
            let parts = Parts {
                text: self.text,
                html: self.html,
                calendar: self.calendar.as_ref(),
                inline: files(self.pictures, Role::Inline("logo")).collect(),
                attached: files(self.attachments, Role::Attachment).collect(),
            };
            let mut own = Vec::new();
            let shared = Layout::new(&boundaries()).write(parts, &boundaries(), &mut own);
            String::from_utf8(super::super::Content::new(own, shared).to_vec()).unwrap()
        }

        /// As lettre's own builder lays it out, from the MIME-Version on.
        fn by_lettre(&self) -> String {
            let mailbox: lettre::message::Mailbox = "a@x.test".parse().unwrap();
            let builder = Message::builder()
                .from(mailbox.clone())
                .to(mailbox)
                .date(std::time::SystemTime::UNIX_EPOCH);
            let message = if self.attachments == 0 {
                match self.bodies(true) {
                    Tree::One(part) => builder.singlepart(part),
                    Tree::Several(parts) => builder.multipart(parts),
                }
            } else {
                let mixed = MultiPart::mixed().boundary(boundaries().mixed);
                let mixed = match self.bodies(false) {
                    Tree::One(part) => mixed.singlepart(part),
                    Tree::Several(parts) => mixed.multipart(parts),
                };
                let files = files_of(self.attachments, |name| {
                    (ContentDisposition::attachment(name), None)
                });
                builder.multipart(files.into_iter().fold(mixed, MultiPart::singlepart))
            };
            let formatted = String::from_utf8(message.unwrap().formatted()).unwrap();
            let at = formatted.find("MIME-Version").unwrap();
            formatted[at..].to_owned()
        }

        fn bodies(&self, whole: bool) -> Tree {
            let trimmed = |text: &'static str| if whole { alone(text) } else { text };
            let plain = |text: &str| part(ContentType::TEXT_PLAIN, text);
            let rich = |html: &str| {
                let html = part(ContentType::TEXT_HTML, html);
                if self.pictures == 0 {
                    return Tree::One(html);
                }
                let related = MultiPart::related()
                    .boundary(boundaries().related)
                    .singlepart(html);
                let files = files_of(self.pictures, |name| {
                    (ContentDisposition::inline_with_name(name), Some("logo"))
                });
                Tree::Several(files.into_iter().fold(related, MultiPart::singlepart))
            };
            match (self.text, self.html, &self.calendar) {
                (Some(text), None, None) => return Tree::One(plain(trimmed(text))),
                (None, Some(html), None) => {
                    return rich(if self.pictures == 0 { trimmed(html) } else { html });
                }
                _ => {}
            }
            let mut all: Vec<Tree> = Vec::new();
            all.extend(self.text.map(|text| Tree::One(plain(text))));
            all.extend(self.html.map(rich));
            all.extend(self.calendar.as_ref().map(|calendar| {
                let kind = format!("text/calendar; method={}; charset=utf-8", calendar.method);
                Tree::One(part(ContentType::parse(&kind).unwrap(), &calendar.text))
            }));
            let mut all = all.into_iter();
            let builder = MultiPart::alternative().boundary(boundaries().alternative);
            let first = match all.next().unwrap() {
                Tree::One(part) => builder.singlepart(part),
                Tree::Several(parts) => builder.multipart(parts),
            };
            Tree::Several(all.fold(first, |tree, next| match next {
                Tree::One(part) => tree.singlepart(part),
                Tree::Several(parts) => tree.multipart(parts),
            }))
        }
    }

    enum Tree {
        One(SinglePart),
        Several(MultiPart),
    }

    fn part(content_type: ContentType, text: &str) -> SinglePart {
        SinglePart::builder().header(content_type).body(text.to_owned())
    }

    type Head = (ContentDisposition, Option<&'static str>);

    fn files_of(count: usize, head: impl Fn(&str) -> Head) -> Vec<SinglePart> {
        let file = |(name, body): &(&str, &str)| {
            let (disposition, cid) = head(name);
            let mut builder = SinglePart::builder().header(content_type());
            if let Some(cid) = cid {
                builder = builder.header(ContentId::from(format!("<{cid}>")));
            }
            let body = body.as_bytes().to_vec();
            let body = Body::dangerous_pre_encoded(body, ContentTransferEncoding::Base64);
            builder.header(disposition).body(body)
        };
        FILES.iter().take(count).map(file).collect()
    }

    #[test]
    fn every_layout_is_as_lettre_would_build_it() {
        let calendar = Calendar {
            method: "REQUEST".to_owned(),
            text: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".to_owned(),
        };
        for text in BODIES {
            for html in BODIES {
                if text.is_none() && html.is_none() {
                    continue;
                }
                for calendar in [None, Some(calendar.clone())] {
                    for pictures in 0..=if html.is_some() { 2 } else { 0 } {
                        for attachments in 0..3 {
                            let case = Case {
                                text,
                                html,
                                calendar: calendar.clone(),
                                pictures,
                                attachments,
                            };
                            let what = format!("{text:?} {html:?} {pictures} {attachments}");
                            assert_eq!(case.ours(), case.by_lettre(), "{what}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_name_that_is_not_ascii_has_one_that_is_beside_it() {
        for (name, ascii) in [
            ("\u{5730}\u{56fe}.pdf", "Di Tu.pdf"),
            ("M\u{fc}ller \"2\".PDF", "Muller 2.PDF"),
            ("\u{1f4c4}", "page facing up"),
            ("\u{200b}.csv", "file.csv"),
            (
                &format!("{}.txt", "\u{5730}".repeat(80)),
                &format!("{}.txt", "Di ".repeat(17).trim_end()),
            ),
        ] {
            assert_eq!(ascii_name(name), ascii, "{name}");
            let head = file_head(&content_type(), name, Role::Attachment);
            let head = String::from_utf8(head).unwrap();
            assert!(
                head.starts_with(&format!(
                    "Content-Type: text/csv; charset=utf-8;\r\n name=\"{ascii}\"\r\n"
                )),
                "{head}"
            );
            assert!(head.contains("filename*0*="), "{head}");
        }
        let plain = file_head(&content_type(), "map.csv", Role::Inline("map"));
        let plain = String::from_utf8(plain).unwrap();
        assert!(
            !plain.contains("name=\"map.csv\"\r\nContent-ID") && plain.contains("Content-ID: <map>\r\n"),
            "{plain}"
        );
    }
}
