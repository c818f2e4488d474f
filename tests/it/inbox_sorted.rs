//! What the program takes each mail for that came back: the mails of `tests/inbox`, one folder a
//! family, against what the family's `expected.toml` says of them.
//!
//! A line there is `name = { class = "bounce", who = ["ADDRESS STATUS KIND [ORIGINAL]"], tokens = […] }`:
//! `-` for a status that the mail does not settle, `/` between answers that are all right, and for
//! news that is no bounce its action in the place of the kind.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use crate::support::bench::Bench;
use crate::support::program::Outcome;

/// One mail and what it must be.
struct Sample {
    /// `FAMILY--NAME.eml`, its name in the folder that the program reads.
    file: String,
    octets: Vec<u8>,
    expected: Expected,
}

#[derive(Deserialize)]
struct Expected {
    class: String,
    #[serde(default)]
    who: Vec<String>,
    #[serde(default)]
    tokens: Vec<String>,
}

/// Every sample. A mail without a line in its family's table, or a line without a mail, fails.
fn samples() -> Vec<Sample> {
    let mut samples = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/inbox");
    for family in fs::read_dir(root).expect("the samples") {
        let folder = family.expect("a family").path();
        let table = fs::read_to_string(folder.join("expected.toml")).expect("what is expected");
        let table: BTreeMap<String, Expected> = toml::from_str(&table).expect("a table");
        let mails = fs::read_dir(&folder).expect("a family").count() - 1;
        assert_eq!(mails, table.len(), "{} has other mails", folder.display());
        let family = folder.file_name().expect("a name").display().to_string();
        for (name, expected) in table {
            let octets = fs::read(folder.join(format!("{name}.eml"))).expect("a mail");
            let file = format!("{family}--{name}.eml");
            samples.push(Sample {
                file,
                octets,
                expected,
            });
        }
    }
    samples.sort_by(|one, other| one.file.cmp(&other.file));
    assert!(samples.len() > 200, "{}", samples.len());
    samples
}

fn sorted(bench: &Bench, path: &str) -> Outcome {
    let outcome = bench.run(&["inbox", "--from-mbox", path, "--no-campaign", "--events"]);
    outcome.code(0);
    outcome
}

/// The answers by file name, each without what only says where it stood.
fn answers(outcome: &Outcome) -> BTreeMap<String, Value> {
    let mails = outcome.events();
    let mails = mails.iter().filter(|event| event["event"] == "mail");
    mails
        .map(|mail| {
            let mut mail = mail.clone();
            let file = mail["file"].as_str().expect("a file").to_owned();
            let answer = mail.as_object_mut().expect("an object");
            for place in ["time", "file", "at", "number"] {
                answer.remove(place);
            }
            (file, mail)
        })
        .collect()
}

fn folder(samples: &[Sample], change: impl Fn(&[u8]) -> Vec<u8>) -> Bench {
    let mut bench = Bench::new();
    for sample in samples {
        bench = bench.file(&format!("mails/{}", sample.file), change(&sample.octets));
    }
    bench
}

/// How one recipient differs from its line.
fn differs(line: &str, got: &Value) -> Option<String> {
    let mut fields = line.split(' ').skip(1);
    let (status, kind) = (fields.next()?, fields.next()?);
    let text = |key: &str| got[key].as_str().unwrap_or("null").to_owned();
    let mut wrong = String::new();
    let mut compare = |key: &str, wanted: &str| {
        let got = text(key);
        if wanted != "-" && !wanted.split('/').any(|wanted| wanted == got) {
            write!(wrong, " {key} {got}, expected {wanted};").expect("a text");
        }
    };
    compare("status", status);
    let action = ["delivered", "relayed", "expanded", "delayed"].contains(&kind);
    compare(if action { "action" } else { "kind" }, kind);
    if let Some(original) = fields.next() {
        compare("original", original);
    }
    (!wrong.is_empty()).then_some(wrong)
}

/// Everything in which an answer differs from what is expected.
fn mismatch(expected: &Expected, answer: &Value) -> String {
    let mut wrong = String::new();
    let class = answer["class"].as_str().unwrap_or("null");
    if !expected.class.split('/').any(|wanted| wanted == class) {
        write!(wrong, " class {class}, expected {};", expected.class).expect("a text");
    }
    let mut got: BTreeMap<&str, &Value> = BTreeMap::new();
    for recipient in answer["recipients"].as_array().into_iter().flatten() {
        if got
            .insert(recipient["address"].as_str().unwrap_or("null"), recipient)
            .is_some()
        {
            write!(wrong, " {} twice;", recipient["address"]).expect("a text");
        }
    }
    for line in &expected.who {
        let address = line.split(' ').next().unwrap_or_default();
        match got.remove(address) {
            None => write!(wrong, " {address} is missing;").expect("a text"),
            Some(recipient) if line.contains(' ') => {
                if let Some(differs) = differs(line, recipient) {
                    write!(wrong, " {address}:{differs}").expect("a text");
                }
            }
            Some(_) => {}
        }
    }
    for address in got.keys() {
        write!(wrong, " {address} is too much;").expect("a text");
    }
    if let Some(tokens) = answer["tokens"].as_array() {
        let tokens: Vec<&str> = tokens.iter().filter_map(Value::as_str).collect();
        if tokens != expected.tokens {
            write!(wrong, " tokens {tokens:?}, expected {:?};", expected.tokens).expect("a text");
        }
    }
    wrong
}

#[test]
fn each_mail_is_what_its_family_says() {
    let samples = samples();
    let bench = folder(&samples, <[u8]>::to_vec);
    let outcome = sorted(&bench, "mails");
    let answers = answers(&outcome);
    assert_eq!(answers.len(), samples.len(), "a line for each mail");
    let (mut wrong, mut blamed) = (String::new(), String::new());
    for sample in &samples {
        let answer = &answers[&sample.file];
        let mismatch = mismatch(&sample.expected, answer);
        if !mismatch.is_empty() {
            writeln!(wrong, "{}:{mismatch} {}", sample.file, answer["evidence"]).expect("a text");
        }
        if answer["class"] == "bounce" && !sample.expected.class.contains("bounce") {
            writeln!(blamed, "{}", sample.file).expect("a text");
        }
    }
    assert!(blamed.is_empty(), "taken for bounces:\n{blamed}\nall:\n{wrong}");
    let count = wrong.lines().count();
    assert!(wrong.is_empty(), "{count} of {} differ:\n{wrong}", samples.len());
    let untimed = |outcome: &Outcome| -> Vec<Value> {
        let mut events = outcome.events();
        for event in &mut events {
            event.as_object_mut().expect("an object").remove("time");
        }
        events
    };
    let again = sorted(&bench, "mails");
    assert!(untimed(&again) == untimed(&outcome), "the same each time");
}

#[test]
fn line_ends_change_no_answer() {
    let samples = samples();
    let newline = |octets: &[u8], end: &str| {
        let text: String = octets.iter().map(|octet| char::from(*octet)).collect();
        let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', end);
        text.chars().map(|c| u8::try_from(c).expect("an octet")).collect()
    };
    let of = |end: &str| answers(&sorted(&folder(&samples, |mail| newline(mail, end)), "mails"));
    let unix = of("\n");
    for (name, end) in [("CR LF", "\r\n"), ("CR", "\r")] {
        let other = of(end);
        for (file, answer) in &unix {
            assert_eq!(answer, &other[file], "{file} with {name}");
        }
    }
}

#[test]
fn an_mbox_says_what_the_files_say() {
    // A line `From …` starts a mail only where a header follows at once.
    let mut samples = samples();
    samples.retain(|sample| sample.file != "dsn--byte-order-mark.eml");
    let mut mbox = Vec::new();
    for sample in &samples {
        mbox.extend_from_slice(b"From MAILER-DAEMON Mon Nov  2 09:14:07 2026\n");
        for line in sample.octets.split_inclusive(|octet| *octet == b'\n') {
            if line.trim_ascii_start().starts_with(b"From ") && line.starts_with(b"F") {
                mbox.push(b'>');
            }
            mbox.extend_from_slice(line);
        }
        mbox.extend_from_slice(b"\n\n");
    }
    let bench = folder(&samples, <[u8]>::to_vec).file("box.mbox", mbox);
    let files = answers(&sorted(&bench, "mails"));
    let events = sorted(&bench, "box.mbox").events();
    let mails: Vec<&Value> = events.iter().filter(|event| event["event"] == "mail").collect();
    assert_eq!(mails.len(), samples.len());
    for (mail, sample) in mails.iter().zip(&samples) {
        for key in [
            "class",
            "recipients",
            "tokens",
            "evidence",
            "subject",
            "from",
            "message_id",
        ] {
            assert_eq!(mail[key], files[&sample.file][key], "{key} of {}", sample.file);
        }
    }
}

/// A person who shows us a bounce, attached, has not bounced, with or without a thread.
#[test]
fn who_forwards_a_bounce_does_not_bounce() {
    let mut samples = samples();
    samples.retain(|sample| sample.expected.class.contains("bounce"));
    let mut bench = Bench::new();
    for sample in &samples {
        for (name, thread) in [("new", ""), ("answer", "In-Reply-To: <a.b@uni.example>\n")] {
            let mut mail = format!(
                "Return-Path: <ada@example.org>\nDelivered-To: registrar@uni.example\nFrom: Ada <ada@example.org>\n\
                 To: registrar@uni.example\n{thread}Subject: Fwd: Undelivered Mail Returned to Sender\n\
                 MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=forwarded\n\n--forwarded\n\
                 Content-Type: text/plain\n\nWhat does this mean?\n\n--forwarded\nContent-Type: message/rfc822\n\n"
            )
            .into_bytes();
            mail.extend_from_slice(&sample.octets);
            mail.extend_from_slice(b"\n--forwarded--\n");
            bench = bench.file(&format!("mails/{name}-{}", sample.file), mail);
        }
    }
    for (file, answer) in answers(&sorted(&bench, "mails")) {
        let class = answer["class"].as_str().unwrap_or("null").to_owned();
        assert!(["reply", "other"].contains(&&*class), "{file}: {answer}");
        assert_eq!(
            answer["recipients"].as_array().map(Vec::len),
            Some(0),
            "{file}: {answer}"
        );
    }
}
