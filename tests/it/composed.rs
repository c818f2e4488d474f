//! What stands in the messages: read back by two parsers that are not ours.
//!
//! Python's `email` with its default policy and mail-parser must agree on
//! every header after decoding and on every octet of every part, and object to
//! nothing. Without Python the second opinion is mail-parser's alone.

mod cases;
mod content;
mod file_names;
mod invitations;
mod nasty;
mod people;

use std::fs;
use std::path::PathBuf;

use mail_parser::{MessageParser, MimeHeaders};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::bench::Bench;
use crate::support::python;

const HEAD: &str = r#"name = "notice"

[recipients]
file = "people.csv"

[message]
from = "教务处 <registrar@uni.example>"
to = "{{ name }} <{{ email }}>"
subject = "通知：{{ name }}"
"#;

/// A campaign with these further lines below `[message]`.
fn bench(message: &str) -> Bench {
    Bench::new()
        .campaign(&format!("{HEAD}{message}\n"))
        .csv("people.csv", "email,name\nada@example.org,Ada\n")
        .file("notice.txt", "Dear {{ name }},\n\nB12 it is.\n")
        .file("notice.html", "<p>Dear {{ name }},</p>\n")
}

/// The dry run's messages, in order, as Python and mail-parser both see them.
/// `None`: there is no Python.
fn compose(bench: &Bench) -> Option<Vec<Value>> {
    compose_all(std::slice::from_ref(bench))
}

/// The messages of several campaigns, for one start of Python.
fn compose_all(benches: &[Bench]) -> Option<Vec<Value>> {
    let mut files = Vec::new();
    for bench in benches {
        bench.run(&["send", "--dry-run"]).code(0);
        files.extend(bench.eml("results/preview"));
    }
    files.iter().for_each(wire_is_clean);
    let read = python::read_eml(&files)?;
    for (file, message) in files.iter().zip(&read) {
        parsers_agree(file, message);
    }
    Some(read)
}

/// CRLF alone, no NUL, no line over 998 octets (RFC 5322 §2.1.1).
fn wire_is_clean(file: &PathBuf) {
    let bytes = fs::read(file).expect("a message");
    assert!(bytes.ends_with(b"\r\n"), "{}", file.display());
    assert!(!bytes.contains(&0), "{}", file.display());
    for line in bytes.split_inclusive(|octet| *octet == b'\n') {
        let line = line.strip_suffix(b"\r\n").expect("every line ends with CRLF");
        assert!(!line.contains(&b'\r'), "a bare CR in {}", file.display());
        assert!(
            line.len() <= 998,
            "a line of {} in {}",
            line.len(),
            file.display()
        );
    }
}

fn parsers_agree(file: &PathBuf, python: &Value) {
    let place = file.display();
    assert_eq!(python["defects"], json!([]), "{place}");
    let bytes = fs::read(file).expect("a message");
    let message = MessageParser::new().parse(&bytes).expect("a message");
    assert_eq!(
        python["headers"]["subject"].as_str(),
        message.subject(),
        "{place}"
    );
    for (name, addresses) in [
        ("from", message.from()),
        ("to", message.to()),
        ("cc", message.cc()),
        ("bcc", message.bcc()),
        ("reply-to", message.reply_to()),
    ] {
        let seen: Vec<_> = addresses
            .into_iter()
            .flat_map(mail_parser::Address::iter)
            .collect();
        let told = python["addresses"][name].as_array().expect("a list");
        assert_eq!(told.len(), seen.len(), "{name} in {place}");
        for (told, seen) in told.iter().zip(seen) {
            let (told_name, seen_name) = (told[0].as_str(), seen.name().unwrap_or_default());
            let long = seen_name.len() > ONE_ENCODED_WORD;
            assert_eq!(
                told_name.map(|told| unspaced(told, long)),
                Some(unspaced(seen_name, long)),
                "{name} in {place}"
            );
            assert_eq!(told[1].as_str(), seen.address(), "{name} in {place}");
        }
    }
    let parts = python["parts"].as_array().expect("a list of parts");
    let seen = message.parts.iter().filter(|part| !part.is_multipart());
    assert_eq!(parts.len(), seen.clone().count(), "{place}");
    for (told, seen) in parts.iter().zip(seen) {
        assert_eq!(told["filename"].as_str(), seen.attachment_name(), "{place}");
        let read = told["content_type"]
            .as_str()
            .is_some_and(|kind| kind.starts_with("text/"));
        if told["disposition"] == "attachment" || !read {
            let digest = data_encoding::HEXLOWER.encode(Sha256::digest(seen.contents()).as_slice());
            assert_eq!(told["sha256"].as_str(), Some(digest.as_str()), "{place}");
        } else {
            // Of text, line ends are the transport's; mail-parser makes them LF.
            let seen = seen.text_contents().expect("a text part");
            assert!(text(told) == seen.replace("\r\n", "\n"), "the text of {place}");
        }
    }
}

/// A name of so many octets fits into one encoded word of 75 (RFC 2047 §2).
const ONE_ENCODED_WORD: usize = 36;

/// Python before 3.13 keeps the space between two encoded words of a name,
/// which RFC 2047 §6.2 says is none; of long names, spaces are not compared.
/// Of several spaces in a row in a name it makes one.
fn unspaced(name: &str, long: bool) -> String {
    if long {
        return name.replace(' ', "");
    }
    let words: Vec<_> = name.split(' ').filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// The name and address of the one To, as mail-parser reads them.
fn recipient(file: &PathBuf) -> (String, String) {
    let bytes = fs::read(file).expect("a message");
    let message = MessageParser::new().parse(&bytes).expect("a message");
    let to: Vec<_> = message.to().expect("a To").iter().collect();
    assert_eq!(to.len(), 1, "{to:?}");
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    (text(to[0].name()), text(to[0].address()))
}

/// The text of a part with LF line ends.
fn text(part: &Value) -> String {
    part["text"].as_str().expect("a text part").replace("\r\n", "\n")
}

#[test]
fn names_arrive_as_they_stand_in_the_cell() {
    let long = "王".repeat(300);
    let long_words = "Maria Núñez ".repeat(25);
    let names = [
        "Ada Lovelace",
        "王小明（张三）",
        "O'Neil, \"Bob\"",
        "x> , evil@example.net, <y",
        "=?utf-8?q?x?=",
        "Ada =?utf-8?b?eA==?= Lovelace",
        "😀 Ada 👩‍🏫",
        "ada@example.org",
        "Smith; Ada: (Dr.) [x] \\ y",
        "María José Núñez",
        "{{ email }}",
        "مريم الحسن",
        "Dr. Ada",
        "\"Ada\"",
        &long,
        long_words.trim(),
    ];
    let mut rows = csv::Writer::from_writer(Vec::new());
    rows.write_record(["email", "name"]).expect("the header");
    for (i, name) in names.iter().enumerate() {
        rows.write_record([&format!("person{i}@example.org"), *name])
            .expect("a row");
    }
    let bench = bench("text = \"notice.txt\"").csv("people.csv", rows.into_inner().expect("the rows"));
    let read = compose(&bench);
    let files = bench.eml("results/preview");
    assert_eq!(files.len(), names.len());
    for (i, (file, name)) in files.iter().zip(names).enumerate() {
        assert_eq!(
            recipient(file),
            (name.to_owned(), format!("person{i}@example.org"))
        );
    }
    for (message, name) in read.iter().flatten().zip(names) {
        assert_eq!(
            message["headers"]["subject"].as_str(),
            Some(format!("通知：{name}").as_str())
        );
        assert_eq!(
            message["addresses"]["from"],
            json!([["教务处", "registrar@uni.example"]])
        );
        let body = text(&message["parts"][0]);
        assert_eq!(
            body.trim_end(),
            format!(
                "Dear {name},

B12 it is."
            )
        );
    }
}

#[test]
fn file_names_arrive_as_they_stand_in_the_cell() {
    let long = format!("{}.txt", "通知".repeat(40));
    let names = [
        "map.txt",
        "通知 第9周.txt",
        "O'Neil \"x\".txt",
        "a;b,c (1).txt",
        "été 😀.txt",
        "100%25.txt",
        &long,
    ];
    let mut rows = csv::Writer::from_writer(Vec::new());
    rows.write_record(["email", "name", "file"]).expect("the header");
    for (i, name) in names.iter().enumerate() {
        rows.write_record([&format!("person{i}@example.org"), "Ada", *name])
            .expect("a row");
    }
    let message = "text = \"notice.txt\"\nattach = [{ path = \"map.txt\", name = \"{{ file }}\" }]";
    let bench = bench(message)
        .file("map.txt", "left, then right\n")
        .csv("people.csv", rows.into_inner().expect("the rows"));
    let Some(messages) = compose(&bench) else { return };
    assert_eq!(messages.len(), names.len());
    for (message, name) in messages.iter().zip(names) {
        assert_eq!(message["parts"][1]["filename"].as_str(), Some(name));
        assert_eq!(message["parts"][1]["disposition"], "attachment");
    }
}

#[test]
fn the_structure_is_the_plainest_that_holds_the_parts() {
    let alternative = json!(["multipart/alternative", ["text/plain", "text/html"]]);
    let cases = [
        ("text = 'notice.txt'", json!("text/plain")),
        // A message of HTML alone is what filters take for junk.
        ("html = 'notice.html'", alternative.clone()),
        ("markdown = 'notice.md'", alternative.clone()),
        (
            "html = 'picture.html'\ninline = { map = 'map.png', logo = 'map.png' }",
            json!([
                "multipart/alternative",
                ["text/plain", ["multipart/related", ["text/html", "image/png"]]]
            ]),
        ),
        (
            "text = 'notice.txt'\ncalendar = 'lecture.ics'",
            json!(["multipart/alternative", ["text/plain", "text/calendar"]]),
        ),
        (
            "markdown = 'notice.md'\ncalendar = 'lecture.ics'\nattach = ['list.csv']",
            json!([
                "multipart/mixed",
                [
                    [
                        "multipart/alternative",
                        ["text/plain", "text/html", "text/calendar"]
                    ],
                    "text/csv"
                ]
            ]),
        ),
        ("text = 'notice.txt'\nhtml = 'notice.html'", alternative.clone()),
        (
            "text = 'notice.txt'\nattach = ['map.png']",
            json!(["multipart/mixed", ["text/plain", "image/png"]]),
        ),
        (
            "html = 'notice.html'\nattach = ['map.png', 'list.csv']",
            json!(["multipart/mixed", [alternative.clone(), "image/png", "text/csv"]]),
        ),
        (
            "text = 'notice.txt'\nhtml = 'notice.html'\nattach = ['map.png']",
            json!(["multipart/mixed", [alternative, "image/png"]]),
        ),
        (
            "text = 'notice.txt'\nattach = [{ path = 'gone.pdf', optional = true }, { path = '{{ name }}.pdf', optional = true }]",
            json!("text/plain"),
        ),
    ];
    let benches = cases.each_ref().map(|(message, _)| {
        bench(message)
            .file("map.png", b"\x89PNG\r\n\x1a\n and no more")
            .file("list.csv", "a,b\n1,2\n")
            .file("notice.md", "Dear **{{ name }}**\n")
            .file(
                "picture.html",
                "<p>Dear {{ name }},</p>\n<img src='cid:map' alt='the map'>\n",
            )
            .file("lecture.ics", LECTURE)
    });
    let Some(messages) = compose_all(&benches) else {
        return;
    };
    assert_eq!(messages.len(), cases.len());
    for (message, (lines, structure)) in messages.iter().zip(cases) {
        assert_eq!(message["structure"], structure, "{lines}");
    }
}

const LECTURE: &str = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261201T090000Z\nDTEND:20261201T103000Z\n\
    SUMMARY:Lecture, with {{ name }}\nEND:VEVENT\nEND:VCALENDAR\n";

#[test]
fn further_mailboxes_and_headers_are_where_they_belong() {
    let message = r#"text = "notice.txt"
cc = "{{ tutor }}"
bcc = "Archive <archive@uni.example>, {{ boss }}"
reply_to = "办公室 <office@uni.example>"
return_path = "bounces@uni.example"
headers = { "X-Course" = "{{ course }}", "List-Id" = "News <news.uni.example>" }"#;
    let bench = bench(message).csv(
        "people.csv",
        "email,name,tutor,boss,course\nada@example.org,Ada,\"Tutor, T. <t@uni.example>; 王 <w@uni.example>\",boss@uni.example,数据结构\nbob@example.org,Bob,,boss@uni.example,DS\n",
    );
    // A comma that can only stand within a name makes no list of it.
    bench.run(&["check"]).code(0);
    bench.write(
        "people.csv",
        "email,name,tutor,boss,course\nada@example.org,Ada,\"\"\"Tutor, T.\"\" <t@uni.example>; 王 <w@uni.example>\",boss@uni.example,数据结构\nbob@example.org,Bob,,boss@uni.example,DS\n",
    );
    bench.run(&["send", "--sandbox"]).code(0);
    let envelopes: Vec<Value> = bench
        .read("results/sandbox/envelopes.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(envelopes.len(), 2);
    for envelope in &envelopes {
        assert_eq!(envelope["from"], "bounces@uni.example");
        let to = envelope["to"].as_array().expect("a list");
        let ada = to.contains(&json!("ada@example.org"));
        let expected = if ada {
            json!([
                "ada@example.org",
                "t@uni.example",
                "w@uni.example",
                "archive@uni.example",
                "boss@uni.example"
            ])
        } else {
            json!(["bob@example.org", "archive@uni.example", "boss@uni.example"])
        };
        assert_eq!(envelope["to"], expected);
    }
    for file in bench.eml("results/sandbox/messages") {
        let raw = fs::read_to_string(file).expect("a message");
        for hidden in ["archive@", "boss@", "Bcc", "bounces@"] {
            assert!(!raw.contains(hidden), "{hidden} is told:\n{raw}");
        }
    }
    let Some(messages) = compose(&bench) else { return };
    let [ada, bob] = messages.as_slice() else {
        panic!("{messages:?}")
    };
    assert_eq!(
        ada["addresses"]["cc"],
        json!([["Tutor, T.", "t@uni.example"], ["王", "w@uni.example"]])
    );
    assert_eq!(
        ada["addresses"]["reply-to"],
        json!([["办公室", "office@uni.example"]])
    );
    assert_eq!(ada["headers"]["bcc"], Value::Null);
    let header = |name: &str, value: &str| json!([name, value]);
    let headers = ada["all_headers"].as_array().expect("a list");
    assert!(headers.contains(&header("X-Course", "数据结构")), "{headers:?}");
    assert!(
        headers.contains(&header("List-Id", "News <news.uni.example>")),
        "{headers:?}"
    );
    assert_eq!(
        bob["headers"]["cc"],
        Value::Null,
        "an empty cell copies nobody in"
    );
}
