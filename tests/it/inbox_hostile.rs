//! Mails that were made to hurt their reader: each is one line of the answer, in little memory.

use std::fmt::Write as _;

use serde_json::Value;

use crate::support::bench::Bench;
use crate::support::memory;

/// The most that sorting a mail may take.
const ENOUGH: f64 = 64.0 * 1024.0 * 1024.0;

const HEAD: &str = "Return-Path: <>\nFrom: MAILER-DAEMON@mail.example.net\nTo: bounces@uni.example\nSubject: Undelivered Mail\n";

const REPORT: &str = "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; ada@example.org\nAction: failed\nStatus: 5.1.1\n";

fn multipart(body: &str) -> String {
    format!(
        "{HEAD}MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n{body}"
    )
}

fn many_parts() -> String {
    let mut body = format!("--b\n{REPORT}\n");
    for _ in 0..100_000 {
        body.push_str("--b\nContent-Type: text/plain\n\nx\n");
    }
    multipart(&body)
}

fn many_levels() -> String {
    let mut mail = format!("{HEAD}MIME-Version: 1.0\n");
    for level in 0..10_000 {
        write!(
            mail,
            "Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n"
        )
        .expect("a text");
    }
    mail + REPORT
}

fn levels_of_mails() -> String {
    let mut mail = format!("{HEAD}MIME-Version: 1.0\n");
    for _ in 0..10_000 {
        mail.push_str("Content-Type: message/rfc822\n\nFrom: a@example.org\n");
    }
    mail + "\nend\n"
}

fn many_headers() -> String {
    let mut mail = HEAD.to_owned();
    for number in 0..1_000_000 {
        writeln!(mail, "X-{number}: y").expect("a text");
    }
    mail + "\n550 5.1.1 user unknown: ada@example.org\n"
}

fn large_part() -> String {
    let line = format!("{}\n", "QUJD".repeat(19));
    let large = line.repeat(50 * 1024 * 1024 / line.len());
    multipart(&format!(
        "--b\n{REPORT}\n--b\nContent-Type: application/zip\nContent-Transfer-Encoding: base64\n\n{large}\n--b--\n"
    ))
}

/// Addresses and codes without end, for whoever compares each with each.
fn many_recipients() -> String {
    let mut body = "--b\nContent-Type: text/plain\n\n".to_owned();
    let mut report =
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n".to_owned();
    for number in 0..50_000 {
        writeln!(body, "<p{number}@example.org>: 550 5.1.1 user unknown").expect("a text");
        write!(
            report,
            "\nFinal-Recipient: rfc822; p{number}@example.org\nAction: failed\nStatus: 5.1.1\n"
        )
        .expect("a text");
    }
    multipart(&format!("{body}\n--b\n{report}\n--b--\n"))
}

fn plain_of(text: &str) -> String {
    format!("{HEAD}\n{text}")
}

fn hostile() -> Vec<(&'static str, String)> {
    let megabyte = 1024 * 1024;
    vec![
        ("parts", many_parts()),
        ("levels", many_levels()),
        ("mails-in-mails", levels_of_mails()),
        ("headers", many_headers()),
        ("large-part", large_part()),
        ("recipients", many_recipients()),
        ("endless-line", plain_of(&"x".repeat(8 * megabyte))),
        (
            "endless-header",
            format!("{HEAD}X-Long: {}\n\nx\n", "y".repeat(4 * megabyte)),
        ),
        (
            "endless-folded-header",
            format!("{HEAD}References:{}\n\nx\n", "\n <a@b>".repeat(megabyte / 2)),
        ),
        (
            "encoded-words",
            format!(
                "{HEAD}X-Subject: x\nComments:{}\n\nx\n",
                " =?utf-8?B?w6Q=?=".repeat(200_000)
            ),
        ),
        ("at-signs", plain_of(&"a@".repeat(2 * megabyte))),
        ("brackets", plain_of(&"<".repeat(4 * megabyte))),
        ("tokens", plain_of(&"abcdefghijklmnopqrstuvwxyz ".repeat(150_000))),
        ("token-run", plain_of(&"a2".repeat(2 * megabyte))),
        ("codes", plain_of(&"550 5.1.1 ".repeat(400_000))),
        (
            "quotes",
            plain_of(&format!("{} x\n", ">".repeat(1000)).repeat(2000)),
        ),
        (
            "tags",
            format!(
                "{HEAD}MIME-Version: 1.0\nContent-Type: text/html\n\n{}",
                "<div>".repeat(400_000)
            ),
        ),
        ("nul", plain_of(&"\0".repeat(megabyte))),
        (
            "boundary-of-nothing",
            format!(
                "{HEAD}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"\"\n\n{}",
                "--\n".repeat(megabyte / 4)
            ),
        ),
        ("empty", String::new()),
        ("one-line-end", "\n".to_owned()),
    ]
}

#[test]
fn a_mail_that_is_made_to_hurt_costs_little_memory_and_one_line() {
    for (name, mail) in hostile() {
        let bench = Bench::new().file("mails/hostile.eml", mail);
        let arguments = ["inbox", "--from-mbox", "mails", "--no-campaign", "--events"];
        let Some(measured) = memory::measured(&bench, &arguments) else {
            return;
        };
        // 1: a mail that is none is named, and the run goes on.
        assert!(
            [0, 1].contains(&measured.code),
            "{name}: {} {}",
            measured.code,
            measured.stderr
        );
        let mebibytes = measured.peak / 1024.0 / 1024.0;
        assert!(measured.peak < ENOUGH, "{name}: {mebibytes:.0} MiB");
    }
}

#[test]
fn what_stands_before_the_harm_is_still_read() {
    for (name, mail) in [("parts", many_parts()), ("large-part", large_part())] {
        let bench = Bench::new().file("mails/hostile.eml", mail);
        let outcome = bench.run(&["inbox", "--from-mbox", "mails", "--no-campaign", "--events"]);
        let events = outcome.code(0).events();
        assert_eq!(events[0]["class"], "bounce", "{name}");
        assert_eq!(events[0]["recipients"][0]["address"], "ada@example.org", "{name}");
    }
}

/// Escape sequences, right-to-left marks and line ends, in every place from which words are shown.
#[test]
fn words_of_a_mail_drive_no_terminal() {
    const WORDS: &str = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m\u{202e}evil\u{2066}\u{8}\u{7f}\0";
    let coded = "=?utf-8?Q?=1B]0;owned=07=1B[2J=0D=0AX-Evil:_1=C2=9B31m=E2=80=AEevil?=";
    let mut mails = Vec::new();
    for subject in [WORDS, coded] {
        mails.push(format!(
            "Return-Path: <>\nFrom: {subject} <MAILER-DAEMON@mail.example.net>\nTo: bounces@uni.example\nSubject: {subject}\nMessage-ID: <{WORDS}@example.org>\n\nHi. This is the qmail-send program at {WORDS}.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<ada{WORDS}@example.org>:\n550 5.1.1 {WORDS} user unknown\n"
        ));
        mails.push(format!(
            "From: {subject} <ada@example.org>\nTo: registrar@uni.example\nIn-Reply-To: <a@uni.example>\nSubject: {subject}\n\n{WORDS} unsubscribe me {WORDS}\n"
        ));
        mails.push(multipart(&format!(
            "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; {WORDS}\n\nFinal-Recipient: rfc822; ada{WORDS}@example.org\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 {WORDS}\n--b--\n"
        )));
    }
    let mut bench = Bench::new();
    for (number, mail) in mails.iter().enumerate() {
        bench = bench.file(&format!("mails/{number}.eml"), mail);
    }
    for arguments in [
        &["inbox", "--from-mbox", "mails", "--no-campaign", "--events"][..],
        &["-v", "inbox", "--from-mbox", "mails", "--no-campaign"],
    ] {
        let outcome = bench.run(arguments);
        let said = format!("{}{}", outcome.stdout, outcome.stderr);
        let drives = said.contains(|c: char| {
            (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        });
        assert!(!drives, "{said:?}");
    }
    let events = bench
        .run(&["inbox", "--from-mbox", "mails", "--no-campaign", "--events"])
        .events();
    let count = events.iter().filter(|event| event["event"] == "mail").count();
    assert_eq!(count, mails.len(), "one line a mail");
    for mail in events.iter().filter(|event| event["event"] == "mail") {
        for recipient in mail["recipients"].as_array().into_iter().flatten() {
            let words = recipient["words"].as_str().unwrap_or_default();
            assert!(!words.contains(['\n', '\r']), "{words:?}");
        }
        assert_ne!(mail["class"], Value::Null);
    }
}
