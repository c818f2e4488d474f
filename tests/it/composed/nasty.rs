//! Twelve campaigns for the people of [`super::people`]: between them they use
//! whatever a message may have, and every message is read back by the parsers.
//!
//! What is expected is made from the row here, never by the code that composed
//! the message.

use std::fs;
use std::path::PathBuf;

use mail_parser::MessageParser;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::people::{Person, people, table};
use super::{parsers_agree, text, wire_is_clean};
use crate::support::bench::Bench;
use crate::support::python;

/// A campaign, and what its message to somebody must be.
struct Case {
    what: &'static str,
    /// Lines below `[message]`.
    lines: &'static str,
    expected: fn(&Person) -> Expected,
}

/// What a message must be, beside its From, To and Subject.
#[derive(Default)]
struct Expected {
    structure: Value,
    text: Option<String>,
    /// What a reader of the HTML sees.
    visible: Option<String>,
    /// The HTML, octet for octet.
    html: Option<String>,
    headers: Vec<(&'static str, String)>,
    cc: bool,
    /// Name and content, in their order; a picture's with the name it is shown by.
    files: Vec<(String, Vec<u8>, Option<&'static str>)>,
}

fn plain(content_type: &str) -> Expected {
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
fn large() -> Vec<u8> {
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
fn bench(case: &Case, people: &[Person]) -> Bench {
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

const CASES: [Case; 12] = [
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

#[test]
fn sixty_people_and_twelve_campaigns_come_out_as_they_went_in() {
    let people = people();
    assert!(people.len() >= 60);
    let large_letter = large();
    let mut benches: Vec<Bench> = CASES.iter().map(|case| bench(case, &people)).collect();
    // The large one goes to two of them.
    let lines = "text = 'notice.txt'\nattach = [{ path = 'large.bin', name = '{{ file }}' }]";
    let last = Case {
        what: "20 MB",
        lines,
        expected: |_| plain("text/plain"),
    };
    benches.push(bench(&last, &people[..2]).file("large.bin", &large_letter));
    for bench in &benches {
        let outcome = bench.run(&["send", "--dry-run"]);
        outcome.code(0);
    }
    // And over SMTP, to a server that takes nothing that is not in order.
    for bench in &benches[10..12] {
        bench.run(&["send", "--sandbox"]).code(0);
        let taken = bench.eml("results/sandbox/messages");
        assert_eq!(taken.len(), people.len());
        taken.iter().for_each(wire_is_clean);
    }
    let files: Vec<Vec<PathBuf>> = benches.iter().map(|bench| bench.eml("results/preview")).collect();
    let all: Vec<&PathBuf> = files.iter().flatten().collect();
    for file in &all {
        wire_is_clean(file);
        lines_are_no_longer_than_they_must_be(file);
    }
    for (case, files) in CASES.iter().zip(&files) {
        assert_eq!(files.len(), people.len(), "{}", case.what);
        for (file, one) in files.iter().zip(&people) {
            is_for(file, one, &(case.expected)(one));
        }
    }
    let Some(read) = python::read_eml(&all) else {
        return;
    };
    for (file, message) in all.iter().zip(&read) {
        parsers_agree(file, message);
    }
    let mut read = read.iter();
    for case in &CASES {
        for one in &people {
            let message = read.next().expect("a message of each");
            python_finds(message, &(case.expected)(one), one, case.what);
        }
    }
    for (message, one) in read.zip(&people) {
        let part = &message["parts"][1];
        assert_eq!(part["filename"].as_str(), Some(one.file.as_str()));
        assert_eq!(part["sha256"].as_str(), Some(hash(&large_letter).as_str()));
    }
}

fn hash(octets: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(Sha256::digest(octets).as_slice())
}

/// No line over 78 octets that could have been folded (RFC 5322 §2.1.1), no
/// encoded word over 75 (RFC 2047 §2), in the header and in those of the parts.
fn lines_are_no_longer_than_they_must_be(file: &PathBuf) {
    let bytes = fs::read(file).expect("a message");
    let message = MessageParser::new().parse(&bytes).expect("a message");
    for part in &message.parts {
        let header = &bytes[part.offset_header as usize..part.offset_body as usize];
        let header = std::str::from_utf8(header).expect("UTF-8");
        for line in header.split("\r\n") {
            for word in line
                .split([' ', ',', '"'])
                .filter(|word| word.starts_with("=?utf-8?"))
            {
                assert!(word.len() <= 75, "{word} in {}", file.display());
            }
            if line.len() > 78 {
                let words = line.split_once(": ").map_or(line, |(_, value)| value).trim();
                // An address or a URL is one word, and none has a space but a quoted local part.
                let one = !words.contains(' ');
                assert!(one, "{line}\nis a long line in {}", file.display());
            }
        }
    }
}

/// What mail-parser finds: names to the letter, files to the octet.
fn is_for(file: &PathBuf, one: &Person, expected: &Expected) {
    let place = file.display();
    let bytes = fs::read(file).expect("a message");
    let message = MessageParser::new().parse(&bytes).expect("a message");
    assert_eq!(message.subject(), Some(one.name.as_str()), "{place}");
    let read = |addresses: Option<&mail_parser::Address<'_>>| -> Vec<(String, String)> {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let found = addresses.into_iter().flat_map(|list| list.iter());
        found.map(|m| (text(m.name()), text(m.address()))).collect()
    };
    let pair = |name: &str, address: &str| (name.to_owned(), address.to_owned());
    assert_eq!(read(message.to()), [pair(&one.name, &one.address)], "{place}");
    let from = pair(
        "Amt für Ürlaub, das \"große\" (教务处)",
        "registrar@xn--bcher-kva.example",
    );
    assert_eq!(read(message.from()), [from], "{place}");
    let cc: Vec<_> = one
        .copied
        .iter()
        .map(|(name, address)| pair(name, address))
        .collect();
    assert_eq!(
        read(message.cc()),
        if expected.cc { cc } else { Vec::new() },
        "{place}"
    );
    let id = message.message_id().expect("a Message-ID");
    assert!(id.is_ascii() && id.ends_with("@xn--bcher-kva.example"), "{id}");
    let files = message
        .parts
        .iter()
        .filter(|part| !part.is_multipart())
        .filter(|part| mail_parser::MimeHeaders::attachment_name(*part).is_some());
    let found: Vec<_> = files
        .map(|part| {
            let name = mail_parser::MimeHeaders::attachment_name(part).unwrap_or_default();
            (name.to_owned(), hash(part.contents()))
        })
        .collect();
    let wanted = expected
        .files
        .iter()
        .map(|(name, octets, _)| (name.clone(), hash(octets)));
    assert_eq!(found, wanted.collect::<Vec<_>>(), "{place}");
}

fn python_finds(message: &Value, expected: &Expected, one: &Person, what: &str) {
    let place = format!("{what}, to {}", one.id);
    assert_eq!(
        message["headers"]["subject"].as_str(),
        Some(one.name.as_str()),
        "{place}"
    );
    assert_eq!(
        message["addresses"]["to"][0][1].as_str(),
        Some(one.address.as_str()),
        "{place}"
    );
    if !expected.structure.is_null() {
        assert_eq!(message["structure"], expected.structure, "{place}");
    }
    let headers = message["all_headers"].as_array().expect("a list");
    for (name, value) in &expected.headers {
        assert!(
            headers.contains(&json!([name, value])),
            "{name}: {value}\n{headers:?}\n{place}"
        );
    }
    let parts = message["parts"].as_array().expect("a list");
    let part = |kind: &str| {
        let found = parts.iter().find(|part| part["content_type"] == kind);
        found.unwrap_or_else(|| panic!("no {kind}: {place}"))
    };
    let lf = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
    if let Some(wanted) = &expected.text {
        assert_eq!(
            text(part("text/plain")).trim_end_matches('\n'),
            wanted.trim_end_matches('\n'),
            "{place}"
        );
    }
    if let Some(wanted) = &expected.html {
        assert_eq!(
            text(part("text/html")).trim_end_matches('\n'),
            lf(wanted).trim_end_matches('\n'),
            "{place}"
        );
    }
    if let Some(wanted) = &expected.visible {
        assert_eq!(
            part("text/html")["visible"].as_str(),
            Some(wanted.as_str()),
            "{place}"
        );
        if expected.text.is_none() && what != "everything at once" {
            // Its lines are broken where they fit, at an invisible space for one.
            let letters = |text: &str| {
                let letters = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}');
                letters.collect::<String>()
            };
            let text = letters(&text(part("text/plain")));
            assert!(text.contains(&letters(&one.name)), "{text}\n{place}");
        }
    }
    let found = parts.iter().filter(|part| !part["filename"].is_null());
    assert_eq!(found.clone().count(), expected.files.len(), "{place}");
    for (part, (name, octets, cid)) in found.zip(&expected.files) {
        assert_eq!(part["filename"].as_str(), Some(name.as_str()), "{place}");
        assert_eq!(
            part["sha256"].as_str(),
            Some(hash(octets).as_str()),
            "{name}: {place}"
        );
        assert_eq!(part["cid"].as_str(), *cid, "{place}");
        let role = if cid.is_some() { "inline" } else { "attachment" };
        assert_eq!(part["disposition"], role, "{place}");
    }
}
