//! What filters at the other end think of the messages: SpamAssassin and rspamd, with
//! the rules Debian ships and without the network.
//!
//! It sees each message as the first relay hands it on, with the Received line
//! of that relay on top. The relay's address is one of IPv6's for documentation:
//! SpamAssassin has a rule against IPv4's, which are nobody's either.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use jiff::tz::TimeZone;
use mailshot::inside::now as clock_now;

use crate::support::bench::Bench;
use crate::support::{python, skip, tell};

/// The most points a message may get that is all that can be in one; at 5.0 it is junk.
const MOST: f64 = 2.0;

/// How the names of rules begin that no message of ours may meet, whatever they score.
const FORBIDDEN: [(&str, &str); 12] = [
    ("MIME_HTML_ONLY", "HTML without text"),
    ("HTML_MIME_NO_HTML_TAG", "HTML that is none"),
    ("MPART_ALT_DIFF", "a text that says something else than the HTML"),
    ("MIME_", "broken or odd MIME"),
    ("BAD_ENC_HEADER", "encoded words that do not decode"),
    ("SUBJ_ILLEGAL_CHARS", "octets in the subject"),
    ("FROM_ILLEGAL_CHARS", "octets in the From"),
    ("HEAD_ILLEGAL_CHARS", "octets in the header"),
    ("FROM_EXCESS_BASE64", "encoded without need"),
    ("MISSING_", "a header that is not there"),
    ("INVALID_", "a header that is wrong"),
    ("DATE_IN_", "a Date that is wrong"),
];

/// Rules whose names begin so for another reason.
const HARMLESS: [&str; 1] = [
    // Chinese in the transfer encoding that is the shorter for it.
    "MIME_BASE64_TEXT",
];

/// The sender of a mailbox's separator lines; the message's number follows.
const SENDER: &str = "sender@uni.example+";

/// What SpamAssassin says of a message.
struct Verdict {
    points: f64,
    rules: BTreeSet<String>,
}

/// Its verdicts on these messages. `None`: it is not here.
fn verdicts(messages: &[Vec<u8>]) -> Option<Vec<Verdict>> {
    let home = tempfile::tempdir().expect("a temporary folder");
    let mut command = Command::new("spamassassin");
    // Nothing learnt before, and nothing of this machine's user.
    command
        .args(["--local", "--mbox", "--cf=use_bayes 0", "--cf=fold_headers 0"])
        .args(["--cf=required_score 5", "--cf=report_safe 0"])
        .env("HOME", home.path())
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else {
        skip("SpamAssassin is not installed");
        return None;
    };
    let mut mailbox = Vec::new();
    for (i, message) in messages.iter().enumerate() {
        mailbox.extend(format!("From {SENDER}{i} Wed Jan  1 00:00:00 2025\n").as_bytes());
        mailbox.extend(received().as_bytes());
        for line in message.split_inclusive(|octet| *octet == b'\n') {
            if line.starts_with(b"From ") {
                mailbox.push(b'>');
            }
            mailbox.extend(line.strip_suffix(b"\r\n").unwrap_or(line));
            mailbox.push(b'\n');
        }
        mailbox.push(b'\n');
    }
    let mut stdin = child.stdin.take().expect("the pipe");
    // While it is written, it already answers.
    let writer = std::thread::spawn(move || stdin.write_all(&mailbox));
    let output = child.wait_with_output().expect("SpamAssassin's answer");
    writer.join().expect("the writer").expect("all of it is read");
    assert!(output.status.success(), "spamassassin: {}", output.status);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    // It answers in an order of its own.
    let mut verdicts = BTreeMap::new();
    let mut current = None;
    for line in told.lines() {
        if let Some(line) = line
            .strip_prefix("From ")
            .and_then(|line| line.strip_prefix(SENDER))
        {
            current = line.split(' ').next().and_then(|i| i.parse::<usize>().ok());
        } else if let Some(line) = line.strip_prefix("X-Spam-Status: ") {
            verdicts.insert(current, verdict(line));
        }
    }
    let verdicts: Vec<_> = verdicts.into_values().collect();
    assert_eq!(verdicts.len(), messages.len(), "a verdict on each");
    Some(verdicts)
}

/// `No, score=0.0 required=5.0 tests=HTML_MESSAGE,X autolearn=ham …`
fn verdict(line: &str) -> Verdict {
    let value = |name: &str| line.split([' ', '\t']).find_map(|word| word.strip_prefix(name));
    let rules = value("tests=").expect("the rules it met").split(',');
    Verdict {
        points: value("score=")
            .and_then(|score| score.parse().ok())
            .expect("a score"),
        rules: rules.filter(|rule| *rule != "none").map(str::to_owned).collect(),
    }
}

/// What the relay that takes a message writes on top of it.
fn received() -> String {
    let now = clock_now().to_zoned_datetime(TimeZone::UTC);
    format!(
        "Received: from relay.uni.example (relay.uni.example [IPv6:2001:db8::25])\n\
         \tby mx.example.org (Postfix) with ESMTPS id 4XyZ0q1LkPz9s;\n\t{}\n",
        now.strftime("%a, %d %b %Y %H:%M:%S +0000")
    )
}

/// The first messages of a dry run, which are of now.
fn messages(bench: Bench) -> Vec<(PathBuf, Vec<u8>)> {
    let now = clock_now().as_second().to_string();
    let bench = bench.env("SOURCE_DATE_EPOCH", &now);
    bench.run(&["send", "--dry-run", "--limit", "12"]).code(0);
    let files = bench.eml("results/preview");
    assert!(!files.is_empty());
    files
        .into_iter()
        .map(|file| (file.clone(), fs::read(file).expect("a message")))
        .collect()
}

/// Points of rspamd's for what is as it should be: Chinese in the transfer encoding that is the shorter for it.
const SHORTER: &str = "MIME_BASE64_TEXT";

/// The folder of a message and its own name.
fn shown(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    name.into_owned()
}

fn nothing_is_wrong(named: &[(PathBuf, Vec<u8>)], verdicts: &[Verdict]) {
    for ((file, _), Verdict { points, rules }) in named.iter().zip(verdicts) {
        let place = file.display();
        assert!(*points < MOST, "{points} points for {rules:?}: {place}");
        for rule in rules {
            let why = FORBIDDEN.iter().find(|(name, _)| rule.starts_with(name));
            let harmless = HARMLESS.contains(&rule.as_str());
            assert!(
                why.is_none() || harmless,
                "{rule}, {}: {place}",
                why.map_or("", |(_, why)| why)
            );
        }
    }
}

/// The first messages of each.
fn examples_and_templates() -> Vec<(PathBuf, Vec<u8>)> {
    let campaigns = crate::examples::folders().into_iter();
    campaigns
        .flat_map(|folder| messages(Bench::new().copy_of(folder)))
        .collect()
}

#[test]
fn no_example_or_template_looks_like_junk() {
    let named = examples_and_templates();
    // What the rules are there for does meet them.
    let junk =
        b"From: x <x@uni.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>Hi</p>\r\n";
    let mut all: Vec<_> = named.iter().map(|(_, message)| message.clone()).collect();
    all.push(junk.to_vec());
    let Some(verdicts) = verdicts(&all) else { return };
    let (junk, verdicts) = verdicts.split_last().expect("verdicts");
    for rule in ["MIME_HTML_ONLY", "MISSING_DATE", "MISSING_SUBJECT", "MISSING_MID"] {
        assert!(junk.rules.contains(rule), "{rule} is none of {:?}", junk.rules);
    }
    for ((file, _), Verdict { points, rules }) in named.iter().zip(verdicts) {
        tell(&format!("SpamAssassin {points:4.1} {} {rules:?}", shown(file)));
    }
    nothing_is_wrong(&named, verdicts);
    for ((file, _), Verdict { points, rules }) in named.iter().zip(verdicts) {
        assert!(
            *points <= 0.0,
            "{points} points for {rules:?}: {}",
            file.display()
        );
    }
}

#[test]
fn rspamd_gives_no_example_or_template_a_point() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut files = Vec::new();
    for (number, (file, message)) in examples_and_templates().into_iter().enumerate() {
        let path = folder.path().join(format!("{number:03} {}", shown(&file)));
        fs::write(&path, message).expect("a message");
        files.push(path);
    }
    // What its rules are there for does meet them.
    let junk = folder.path().join("junk.eml");
    fs::write(
        &junk,
        "From: x <x@uni.example>\r\nTo: y <y@example.org>\r\nSubject: Re: hello\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/html\r\n\r\n<a href=\"https://d.example/\"><img src=\"https://d.example/a.png\" width=600 height=800></a>\r\n",
    )
    .expect("a message");
    files.push(junk);
    let Some(mut scores) = python::rspamd_scores(&files) else {
        return;
    };
    let junk = scores.pop().expect("points of the junk");
    for rule in ["R_SUSPICIOUS_IMAGES", "MISSING_DATE", "MISSING_MID"] {
        assert!(junk.contains_key(rule), "{rule} is none of {junk:?}");
    }
    assert_eq!(scores.len(), files.len() - 1);
    for (file, points) in files.iter().zip(&scores) {
        let sum: f64 = points.values().sum();
        tell(&format!("rspamd {sum:5.2} {} {points:?}", shown(file)));
    }
    for (file, points) in files.iter().zip(&scores) {
        let ours = points
            .iter()
            .filter(|(rule, points)| **points > 0.0 && *rule != SHORTER);
        assert_eq!(ours.count(), 0, "{points:?}: {}", file.display());
    }
}

/// From a short domain with a digit, as 163.com is, where filters look at the Message-ID (MSGID_RANDY).
const CAMPAIGN: &str = r#"[recipients]
file = "people.csv"

[message]
from = "教务处 <registrar@uni3.example>"
to = "{{ name }} <{{ email }}>"
reply_to = "Büro <office@uni.example>"
subject = "Invitation / 邀请：{{ name }}"
markdown = "notice.md"
calendar = "lecture.ics"
inline = { logo = "logo.jpg" }
attach = [{ path = "letter.csv", name = "{{ name }}.csv" }]
unsubscribe = { url = "https://uni.example/leave/{{ token }}", mailto = "leave@uni.example?subject={{ token }}" }
headers = { "List-Id" = "Course news <course-news.uni.example>" }
"#;

const NOTICE: &str = "# Lecture\n\nDear {{ name }},\n\nthe lecture on *data structures* moves to **B12**.\n\
    Please see [the plan](https://uni.example/plan), and answer the invitation.\n\n\
    | when | where |\n|---|---|\n| Monday | B12 |\n\n![logo](cid:logo)\n\nYours,\nthe registrar's office\n";

#[test]
fn everything_at_once_does_not_look_like_junk() {
    let long = "王".repeat(100);
    let people = format!(
        "email,name\nada@example.org,Ada Lovelace\nbob@example.org,\"O'Neil, \"\"Bob\"\"\"\nwang@example.org,王小明\n\
         maryam@example.org,مريم الحسن\nlong@example.org,{long}\n"
    );
    let map = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/course-notice/map.jpg");
    let logo = fs::read(map).expect("a picture");
    let bench = Bench::new()
        .campaign(CAMPAIGN)
        .csv("people.csv", people)
        .file("notice.md", NOTICE)
        .file(
            "lecture.ics",
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261201T090000Z\nSUMMARY:Lecture\nEND:VEVENT\nEND:VCALENDAR\n",
        )
        .file("letter.csv", "a,b\n1,2\n")
        .file("logo.jpg", logo);
    let named = messages(bench);
    assert_eq!(named.len(), 5);
    let all: Vec<_> = named.iter().map(|(_, message)| message.clone()).collect();
    if let Some(verdicts) = verdicts(&all) {
        nothing_is_wrong(&named, &verdicts);
    }
}
