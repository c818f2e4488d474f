//! The campaigns of [`super::nasty`], and what their messages must be.
//!
//! What is expected is made from the row here, never by the code that composed
//! the message.

use serde_json::{Value, json};

use super::people::{Person, table};
use crate::support::bench::Bench;

/// A campaign, and what its message to somebody must be.
pub(super) struct Case {
    pub(super) what: &'static str,
    /// Lines below `[message]`.
    pub(super) lines: &'static str,
    pub(super) expected: fn(&Person) -> Expected,
}

/// What a message must be, beside its From, To and Subject.
#[derive(Default)]
pub(super) struct Expected {
    pub(super) structure: Value,
    pub(super) text: Option<String>,
    /// What a reader of the HTML sees.
    pub(super) visible: Option<String>,
    /// The HTML, octet for octet.
    pub(super) html: Option<String>,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) cc: bool,
    /// Name and content, in their order; a picture's with the name it is shown by.
    pub(super) files: Vec<(String, Vec<u8>, Option<&'static str>)>,
}

pub(super) fn plain(content_type: &str) -> Expected {
    Expected {
        structure: json!(content_type),
        ..Expected::default()
    }
}

const ALTERNATIVE: [&str; 2] = ["text/plain", "text/html"];

fn alternative() -> Value {
    json!(["multipart/alternative", ALTERNATIVE])
}

/// As an HTML reader shows it: runs of spaces are one.
fn shown(text: &str) -> String {
    let words: Vec<_> = text.split(' ').filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// As Tera escapes it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

const BARE_LF: &[u8] = b"a,b\n1,2\n\n.\n..\n3,\"x\ny\"";
const MAIL: &[u8] =
    b"From: a@example.org\nSubject: x\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nhello\n--x--\n";

fn logo() -> Vec<u8> {
    let mut picture = b"\x89PNG\r\n\x1a\n\r\n.\r\n\0".to_vec();
    picture.extend((0..=255).rev().cycle().take(5000));
    picture
}

/// 20 MB that no compression and no luck gets right.
pub(super) fn large() -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut octets = Vec::with_capacity(20_000_000);
    while octets.len() < 20_000_000 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        octets.extend(state.to_le_bytes());
    }
    octets
}

const HEAD: &str = r#"[recipients]
file = "people.csv"

[message]
from = '"Amt für Ürlaub, das \"große\" (教务处)" <registrar@bücher.example>'
to = "{{ name }} <{{ email }}>"
subject = "{{ name }}"
"#;

const TEXT: &str = "Dear {{ name }},\n\n.\n..\nFrom here \u{2192} B12 = 3D\n-- \n{{ name }}\t\n";

fn text_of(one: &Person) -> String {
    TEXT.replace("{{ name }}", &one.name)
}

const HTML: &str = "<p>Dear {{ name }},</p>\r\n<p>.</p>\n\n.\n<p title='{{ name }}'>B12</p>\r<p>end</p>\n";

const STYLED: &str = "<!DOCTYPE html>\n<html><head><style>p { color: #123456; font-family: \"Noto Sans\", 'x' }\n\
    @media (max-width: 600px) { p { color: red } }</style></head>\n<body>\n\
    <!--[if mso]><table><tr><td>{{ name }}<![endif]-->\n<p>Dear {{ name }},</p><p>B12</p></body></html>\n";

const MARKDOWN: &str = "Dear **{{ name }}**,\n\n- [the plan](https://uni.example/plan)\n- {{ name }}\n";

/// With the parts of everything: pictures in it.
const PICTURES: &str =
    "<p>Dear {{ name }},</p><img src=\"cid:logo\" alt=\"logo\"><img src='cid:photo@uni.example' alt=''>\n";

const LECTURE: &str = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261201T090000Z\nSUMMARY:{{ name }}\nEND:VEVENT\nEND:VCALENDAR\n";

/// The files that the campaigns have in common.
pub(super) fn bench(case: &Case, people: &[Person]) -> Bench {
    let bench = Bench::new()
        .campaign(&format!("{HEAD}{}\n", case.lines))
        .csv("people.csv", table(people))
        .file("notice.txt", TEXT)
        .file("letter.txt", TEXT)
        .file("letter.zh.txt", "你好，{{ name }}\n")
        .file("letter.ar.txt", "مرحبا {{ name }}\n")
        .file("notice.html", HTML)
        .file("styled.html", STYLED)
        .file("pictures.html", PICTURES)
        .file("notice.md", MARKDOWN)
        .file("lecture.ics", LECTURE)
        .file("empty.txt", "")
        .file("bare-lf.csv", BARE_LF)
        .file("mail.eml", MAIL)
        .file("logo.png", logo())
        .file("通知 第9周.pdf", b"%PDF-1.4\n\r\n.\n");
    for one in people {
        bench.write(&format!("letters/{}.csv", one.id), one.letter());
        bench.write(&format!("photos/{}.png", one.id), one.photo());
    }
    bench
}

pub(super) const CASES: [Case; 12] = [
    Case {
        what: "text alone, with headers",
        lines: "text = 'notice.txt'\nheaders = { 'X-Name' = '{{ name }}', 'X-Both' = 'x {{ name }}  {{ file }}' }",
        expected: |one| Expected {
            text: Some(text_of(one)),
            headers: vec![
                ("X-Name", one.name.clone()),
                ("X-Both", format!("x {}  {}", one.name, one.file)),
            ],
            ..plain("text/plain")
        },
    },
    Case {
        what: "HTML alone",
        lines: "html = 'notice.html'",
        expected: |one| Expected {
            structure: alternative(),
            html: Some(HTML.replace("{{ name }}", &escaped(&one.name))),
            visible: Some(format!("Dear {}, . . B12 end", shown(&one.name))),
            ..Expected::default()
        },
    },
    Case {
        what: "both, with styles",
        lines: "text = 'notice.txt'\nhtml = 'styled.html'",
        expected: |one| Expected {
            structure: alternative(),
            text: Some(text_of(one)),
            visible: Some(format!("Dear {}, B12", shown(&one.name))),
            ..Expected::default()
        },
    },
    Case {
        what: "styles as they are",
        lines: "text = 'notice.txt'\nhtml = 'styled.html'\ninline_css = false",
        expected: |one| Expected {
            structure: alternative(),
            html: Some(STYLED.replace("{{ name }}", &escaped(&one.name))),
            ..Expected::default()
        },
    },
    Case {
        what: "Markdown",
        lines: "markdown = 'notice.md'",
        expected: |one| Expected {
            structure: alternative(),
            visible: Some(format!(
                "Dear {}, the plan {}",
                shown(&one.name),
                shown(&one.name)
            )),
            ..Expected::default()
        },
    },
    Case {
        what: "files for everybody",
        lines: "text = 'notice.txt'\nattach = ['empty.txt', 'bare-lf.csv', 'mail.eml', '通知 第9周.pdf', { path = 'empty.txt', name = '{{ file }}' }]",
        expected: |one| Expected {
            structure: json!([
                "multipart/mixed",
                [
                    "text/plain",
                    "text/plain",
                    "text/csv",
                    "application/octet-stream",
                    "application/pdf",
                    "text/plain"
                ]
            ]),
            text: Some(text_of(one)),
            files: vec![
                ("empty.txt".to_owned(), Vec::new(), None),
                ("bare-lf.csv".to_owned(), BARE_LF.to_vec(), None),
                ("mail.eml".to_owned(), MAIL.to_vec(), None),
                ("通知 第9周.pdf".to_owned(), b"%PDF-1.4\n\r\n.\n".to_vec(), None),
                (one.file.clone(), Vec::new(), None),
            ],
            ..Expected::default()
        },
    },
    Case {
        what: "a file for each",
        lines: "html = 'notice.html'\nattach_root = 'letters'\nattach = [{ path = '{{ id }}.csv', name = '{{ file }}' }, { path = '{{ id }}.pdf', optional = true }]",
        expected: |one| Expected {
            structure: json!(["multipart/mixed", [alternative(), "text/csv"]]),
            files: vec![(one.file.clone(), one.letter(), None)],
            ..Expected::default()
        },
    },
    Case {
        what: "pictures",
        lines: "html = 'pictures.html'\ninline = { logo = 'logo.png', 'photo@uni.example' = { path = 'photos/{{ id }}.png', name = '{{ name | replace(from=\"/\", to=\"\") | replace(from=\"\\\\\", to=\"\") | trim }}x.png' }, unused = 'logo.png' }",
        expected: |one| Expected {
            structure: json!([
                "multipart/alternative",
                [
                    "text/plain",
                    ["multipart/related", ["text/html", "image/png", "image/png"]]
                ]
            ]),
            visible: Some(format!("Dear {},", shown(&one.name))),
            files: vec![
                ("logo.png".to_owned(), logo(), Some("<logo>")),
                (
                    format!("{}x.png", one.name.replace(['/', '\\'], "").trim()),
                    one.photo(),
                    Some("<photo@uni.example>"),
                ),
            ],
            ..Expected::default()
        },
    },
    Case {
        what: "an invitation",
        lines: "text = 'notice.txt'\ncalendar = 'lecture.ics'",
        expected: |one| Expected {
            structure: json!(["multipart/alternative", ["text/plain", "text/calendar"]]),
            text: Some(text_of(one)),
            ..Expected::default()
        },
    },
    Case {
        what: "languages",
        lines: "text = 'letter.txt'",
        expected: |one| Expected {
            text: Some(match one.language {
                "zh" | "zh-TW" => format!("你好，{}\n", one.name),
                "AR" => format!("مرحبا {}\n", one.name),
                _ => text_of(one),
            }),
            ..plain("text/plain")
        },
    },
    Case {
        what: "everybody and every way out",
        lines: r#"text = "notice.txt"
sender = "{{ name }} <assistant@uni.example>"
cc = "{{ copies }}"
reply_to = "{{ name }} <{{ email }}>, Büro <office@uni.example>"
return_path = "bounces+{{ id }}@uni.example"
unsubscribe = { url = "https://uni.example/leave/{{ id }}?n={{ name | truncate(length=60) | urlencode }}", mailto = "leave@uni.example?subject={{ id }}" }
headers = { "X-Course" = "王  {{ name }}", "List-Id" = "Neues <news.uni.example>", "List-Archive" = "<https://uni.example/{{ id }}>" }"#,
        expected: |one| Expected {
            text: Some(text_of(one)),
            cc: true,
            headers: vec![
                ("X-Course", format!("王  {}", one.name)),
                ("List-Id", "Neues <news.uni.example>".to_owned()),
                ("List-Archive", format!("<https://uni.example/{}>", one.id)),
                ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()),
            ],
            ..plain("text/plain")
        },
    },
    Case {
        what: "everything at once",
        lines: r#"text = "notice.txt"
html = "pictures.html"
calendar = "lecture.ics"
cc = "{{ copies }}"
reply_to = "Büro <office@uni.example>"
attach = ["bare-lf.csv", { path = "letters/{{ id }}.csv", name = "{{ file }}" }]
inline = { logo = "logo.png", "photo@uni.example" = "photos/{{ id }}.png" }
unsubscribe = { url = "https://uni.example/leave/{{ token }}" }
headers = { "X-Name" = "{{ name }}" }
dsn = { notify = ["failure", "delay"] }"#,
        expected: |one| Expected {
            structure: json!([
                "multipart/mixed",
                [
                    [
                        "multipart/alternative",
                        [
                            "text/plain",
                            ["multipart/related", ["text/html", "image/png", "image/png"]],
                            "text/calendar"
                        ]
                    ],
                    "text/csv",
                    "text/csv"
                ]
            ]),
            text: None,
            visible: Some(format!("Dear {},", shown(&one.name))),
            cc: true,
            headers: vec![("X-Name", one.name.clone())],
            files: vec![
                ("logo.png".to_owned(), logo(), Some("<logo>")),
                (
                    format!("{}.png", one.id),
                    one.photo(),
                    Some("<photo@uni.example>"),
                ),
                ("bare-lf.csv".to_owned(), BARE_LF.to_vec(), None),
                (one.file.clone(), one.letter(), None),
            ],
            ..Expected::default()
        },
    },
];
