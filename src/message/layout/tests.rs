//! The same messages by lettre's builder, octet by octet.

use lettre::message::header::{ContentDisposition, ContentId};
use lettre::message::{Body, Message, SinglePart};

use super::*;

const BODIES: [Option<&str>; 8] = [
    None,
    Some(""),
    Some("Hello\r\n"),
    Some("Hello,\r\n\r\n.a line with a dot\r\nno end"),
    Some("one line that is much longer than seventy-six octets, so that it has to be encoded somehow\r\n"),
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
    ("a name (with) all; sorts.csv", "QUJD"),
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
            let related = related(&boundaries().related).singlepart(html);
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

/// A file's name as mail-parser reads it.
fn read(head: &str) -> Option<String> {
    let message = mail_parser::MessageParser::new().parse(head.as_bytes()).unwrap();
    mail_parser::MimeHeaders::attachment_name(&message.parts[0]).map(str::to_owned)
}

#[test]
fn a_name_beyond_ascii_stands_in_words_and_in_one_piece() {
    let head = |name: &str, role| String::from_utf8(file_head(&content_type(), name, role)).unwrap();
    assert_eq!(
        head("\u{6210}\u{7ee9}\u{5355}.pdf", Role::Attachment),
        "Content-Type: text/csv; charset=utf-8;\r\n name=\"=?utf-8?b?5oiQ57up5Y2VLnBkZg==?=\"\r\n\
         Content-Disposition: attachment;\r\n filename*=utf-8''%E6%88%90%E7%BB%A9%E5%8D%95.pdf\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n"
    );
    let plain = head("map 1.csv", Role::Inline("map"));
    assert!(plain.contains("Content-ID: <map>\r\nContent-Disposition: inline; filename=\"map 1.csv\"\r\n"));
    let long = "\u{5730}".repeat(100);
    assert!(head(&long, Role::Attachment).contains("filename*=utf-8''%E5"));
    let longer = "\u{5730}".repeat(200);
    assert!(head(&longer, Role::Attachment).contains("filename*0*=utf-8''%E5"));
    let names = [
        &*long,
        &*longer,
        "M\u{fc}ller \"2\".PDF",
        "\u{1f4c4}.csv",
        "=?utf-8?q?x?=.csv",
        "100%25 'sure'.csv",
        "a\\b.csv",
        &"=?\u{738b}".repeat(90),
        &"a long name ".repeat(15),
    ];
    for name in names {
        for role in [Role::Attachment, Role::Inline("map")] {
            let head = head(name, role);
            assert_eq!(read(&head).as_deref(), Some(name), "{head}");
            assert!(head.lines().all(|line| line.len() < 998), "{head}");
        }
    }
}
