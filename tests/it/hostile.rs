//! Hostile data end to end: what a cell, a relay or a neighbour on the machine may try.
//!
//! The parsers alone are held against mutated corpora where they live (`tests/fuzzing`). The
//! attacks that have cases of their own elsewhere (headers out of cells, attachments out of the
//! folder, TLS, passwords in the campaign file) are not repeated here.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]

use std::fs;
use std::path::{Path, PathBuf};
#[cfg(unix)]
use std::process::Command;

use mail_parser::MessageParser;

use crate::support::bench::Bench;
use crate::support::peer::policy::{Answer, Step};
use crate::support::peer::{Log, Peer};

const SECRET: &str = "quite-the-s3cret";

/// A campaign for `people.csv` with the columns email, name and note.
fn bench(relay: &str, rows: &str) -> Bench {
    Bench::new()
        .campaign(&format!(
            r#"name = "hostile"
[recipients]
file = "people.csv"
[message]
from = "Registrar <registrar@uni.example>"
to = "{{{{ name }}}} <{{{{ email }}}}>"
subject = "Notice"
text = "notice.txt"
html = "notice.html"
{relay}"#
        ))
        .csv("people.csv", format!("email,name,note\n{rows}"))
        .file("notice.txt", "{{ note }}\n")
        .file("notice.html", "<p title=\"{{ note }}\">{{ note }}</p>\n")
}

fn relay(peer: &Peer) -> String {
    format!(
        "[relay.here]\nserver = '{}'\nconnections = 2\nuser = 'registrar'\npassword = {{ env = 'RELAY_PASSWORD' }}\n",
        peer.url()
    )
}

/// Everything below a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            found.extend(below(&path));
        }
        found.push(path);
    }
    found
}

fn drives_a_terminal(text: &str) -> bool {
    text.contains(|c: char| {
        (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

#[test]
fn no_cell_smuggles_a_second_message_past_the_relay() {
    let peer = Peer::policy(|_| None);
    let notes = [
        "a\n.\nMAIL FROM:<eve@example.net>\nRCPT TO:<bob@example.org>\nDATA\nx",
        "a\r\n.\r\nMAIL FROM:<eve@example.net>\r\nRCPT TO:<bob@example.org>\r\nDATA\r\nx\r\n.\r\n",
        "a\r.\rMAIL FROM:<eve@example.net>\r",
        "a\n.\r\nRSET",
        ".",
        "..\n...\n.",
        "\r\n.\r\n",
    ];
    let mut rows = String::new();
    for (i, note) in notes.iter().enumerate() {
        rows.push_str(&format!("a{i}@example.org,A{i},\"{note}\"\n"));
    }
    let bench = bench(&relay(&peer), &rows).env("RELAY_PASSWORD", SECRET);
    bench.run(&["send", "--yes"]).code(0);
    let log: Log = peer.finish();
    assert_eq!(log.accepted.len(), notes.len());
    log.assert_each_message_once();
    assert!(
        !log.recipients().contains(&"bob@example.org"),
        "{:?}",
        log.recipients()
    );
    for connection in &log.connections {
        let lines = connection.lines();
        assert!(
            !lines.iter().any(|line| line.contains("eve@example.net")),
            "{lines:?}"
        );
        for content in connection.contents() {
            let read = MessageParser::default().parse(content).expect("a message");
            let to = read.to().and_then(|to| to.first()).and_then(|to| to.address());
            let number: usize = to.and_then(|to| to.get(1..2)?.parse().ok()).expect("its number");
            let plain = |text: &str| {
                text.replace("\r\n", "\n")
                    .replace('\r', "\n")
                    .trim_end()
                    .to_owned()
            };
            let text = read.body_text(0).expect("a text");
            assert_eq!(
                plain(&text),
                plain(notes[number]),
                "a letter arrives as it was written"
            );
        }
    }
}

#[test]
fn a_cell_is_no_template_and_a_template_sees_no_environment() {
    let notes = [
        "{{ get_env(name='RELAY_PASSWORD') }}",
        "{% include '/etc/passwd' %}",
        "{{ 7 * 7 }}",
        "{{ row }}",
    ];
    let rows: String = notes
        .iter()
        .enumerate()
        .map(|(i, note)| format!("a{i}@example.org,\"{note}\",\"{note}\"\n"))
        .collect();
    let bench = bench("", &rows).env("RELAY_PASSWORD", SECRET);
    bench.run(&["send", "--dry-run"]).code(0);
    let files = bench.eml("results/preview");
    assert_eq!(files.len(), notes.len());
    for (file, note) in files.iter().zip(notes) {
        let read = fs::read(file).expect("a message");
        let read = MessageParser::default().parse(&read).expect("a message");
        assert_eq!(read.body_text(0).as_deref().map(str::trim_end), Some(note));
        let to = read.to().and_then(|to| to.first());
        assert_eq!(to.and_then(|to| to.name()), Some(note));
    }
    for template in [
        "{{ get_env(name='RELAY_PASSWORD') }}",
        "{% include '/etc/passwd' %}",
        "{% include '../../etc/passwd' %}",
    ] {
        bench.write("notice.txt", template);
        let outcome = bench.run(&["check"]);
        outcome
            .code(2)
            .stderr_has("notice.txt:1:")
            .stderr_lacks(SECRET)
            .stderr_lacks("root:");
    }
}

#[test]
fn markup_in_a_cell_is_text_in_the_html_and_itself_in_the_plain_text() {
    let note = "<script>alert('1')</script>\" onload=\"x&amp;";
    let quoted = note.replace('"', "\"\"");
    let bench = bench("", &format!("ada@example.org,Ada,\"{quoted}\"\n"));
    bench.run(&["send", "--dry-run"]).code(0);
    let read = fs::read(&bench.eml("results/preview")[0]).expect("a message");
    let read = MessageParser::default().parse(&read).expect("a message");
    assert_eq!(read.body_text(0).as_deref().map(str::trim_end), Some(note));
    let html = read.body_html(0).expect("an HTML part");
    assert_eq!(html.matches('<').count(), 2, "{html}");
    assert_eq!(html.matches('"').count(), 2, "{html}");
    assert!(html.contains("&amp;amp;"), "{html}");
}

#[test]
fn a_relays_words_drive_no_terminal_and_calculate_nothing() {
    const WORDS: &str =
        "=cmd|' /C calc'!A0 \u{1b}]0;owned\u{7}\u{1b}[2J \u{9b}2J \u{202e}evil \u{2066}x\u{8}\u{7f}";
    let peer = Peer::policy(|event| match event.step {
        Step::Rcpt {
            to: "ada@example.org",
            ..
        } => Some(Answer::say(&format!("550 {WORDS}"))),
        Step::Content { to: [to], .. } if to == "bob@example.org" => {
            Some(Answer::say(&format!("554 {WORDS}")))
        }
        _ => None,
    });
    let rows = "ada@example.org,Ada,x\nbob@example.org,Bob,x\ncy@example.org,Cy,x\n";
    let bench = bench(&relay(&peer), rows).env("RELAY_PASSWORD", SECRET);
    for arguments in [
        &["-v", "send", "--yes", "--events"][..],
        &["status"],
        &["status", "--json"],
        &["report", "--format", "csv"],
        &["report", "--format", "json"],
    ] {
        let outcome = bench.run(arguments);
        let said = format!("{}{}", outcome.stdout, outcome.stderr).replace('\u{feff}', "");
        assert!(!drives_a_terminal(&said), "{arguments:?}: {said:?}");
    }
    assert_eq!(bench.statuses()["rejected"], 2);
    for file in below(&bench.path("results")).iter().filter(|path| path.is_file()) {
        let text = String::from_utf8_lossy(&fs::read(file).expect("a result")).into_owned();
        assert!(!drives_a_terminal(&text), "{}: {text:?}", file.display());
    }
    for row in bench.report("results") {
        let reply = &row["mailshot_reply"];
        assert!(!reply.starts_with(['=', '+', '-', '@', '\t', '\r']), "{reply}");
    }
}

#[test]
fn a_campaign_files_keys_and_a_files_cells_drive_no_terminal() {
    let bench = bench(
        "",
        "ada@example.org,Ada,x\nbob,\u{9b}2J\u{202e},x\n\u{9b}31m\u{202e},B\n",
    );
    let outcome = bench.run(&["check"]);
    outcome.code(2).stderr_has("people.csv:3");
    assert!(!drives_a_terminal(&outcome.stderr), "{:?}", outcome.stderr);
    bench.write(
        "mailshot.toml",
        "\"\\u001b]0;owned\\u0007\" = 1\n\"\u{9b}2J\u{202e}\" = 2\n",
    );
    let outcome = bench.run(&["check"]);
    outcome.code(2).stderr_has("mailshot.toml:2:1");
    assert!(!drives_a_terminal(&outcome.stderr), "{:?}", outcome.stderr);
}

#[test]
fn the_password_is_in_nothing_that_is_said_or_left() {
    let peer = Peer::policy(|event| match event.step {
        Step::Auth(_) => Some(Answer::say(
            "235 2.7.0 welcome with quite-the-s3cret, which is AHJlZ2lzdHJhcgBxdWl0ZS10aGUtczNjcmV0",
        )),
        Step::Rcpt {
            to: "ada@example.org",
            ..
        } => Some(Answer::say("550 5.7.1 not known here")),
        _ => None,
    });
    let bench = bench(&relay(&peer), "ada@example.org,Ada,x\nbob@example.org,Bob,x\n");
    let bench = bench.env("RELAY_PASSWORD", SECRET).env("RUST_LOG", "trace");
    let outcome = bench.run(&["-v", "send", "--yes", "--events"]);
    let said = format!("{outcome}");
    assert!(!said.contains(SECRET), "{said}");
    let encoded = "AHJlZ2lzdHJhcgBxdWl0ZS10aGUtczNjcmV0";
    assert!(!said.contains(encoded), "in base64: {said}");
    let root = bench.path("..");
    let files: Vec<_> = below(&root).into_iter().filter(|path| path.is_file()).collect();
    assert!(
        files
            .iter()
            .any(|file| file.extension().is_some_and(|e| e == "db")),
        "{files:?}"
    );
    for file in files {
        let octets = fs::read(&file).expect("a file that was left");
        for form in [SECRET, encoded] {
            assert!(
                !octets.windows(form.len()).any(|w| w == form.as_bytes()),
                "{}",
                file.display()
            );
        }
    }
}

#[cfg(unix)]
#[test]
fn what_a_send_leaves_is_nobody_elses_to_read() {
    use std::os::unix::fs::PermissionsExt;
    let peer = Peer::policy(|_| None);
    let bench = bench(&relay(&peer), "ada@example.org,Ada,x\n").env("RELAY_PASSWORD", SECRET);
    bench.run(&["send", "--yes"]).code(0);
    let mut seen = 0;
    for folder in ["results", ".mailshot", "../state"].map(|name| bench.path(name)) {
        for path in below(&folder).into_iter().chain([folder]) {
            let mode = fs::metadata(&path).expect("it was left").permissions().mode() & 0o777;
            let wanted = if path.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode, wanted, "{} has {mode:o}", path.display());
            seen += 1;
        }
    }
    assert!(seen >= 6, "only {seen} files and folders were left");
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_result_is_not_written_through() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&relay(&peer), "ada@example.org,Ada,x\n").env("RELAY_PASSWORD", SECRET);
    let bench = bench.file("outside/victim", "untouched");
    let victim = bench.path("outside/victim");
    let plant = |name: &str| {
        let path = bench.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folders");
        fs::remove_file(&path).ok();
        std::os::unix::fs::symlink(&victim, path).expect("a link");
    };
    for name in ["000002-ada@example.org.eml", ".mailshot-dry-run"] {
        plant(&format!("results/preview/{name}"));
    }
    bench.run(&["send", "--dry-run"]);
    let nowhere = bench.path("outside/made");
    fs::create_dir_all(bench.path("shared")).expect("a folder");
    std::os::unix::fs::symlink(&nowhere, bench.path("shared/.mailshot-dry-run")).expect("a link");
    bench.run(&["send", "--dry-run", "--output", "shared"]);
    assert!(!nowhere.exists(), "the list was written through a link");
    for name in ["report.csv", "failed.csv", "in_doubt.csv", "summary.json"] {
        plant(&format!("results/{name}"));
    }
    for name in [
        "report.csv",
        "summary.json",
        "messages/000002-ada@example.org.eml",
    ] {
        plant(&format!("results/sandbox/{name}"));
    }
    bench.run(&["send", "--sandbox"]);
    bench.run(&["send", "--yes"]);
    assert_eq!(bench.read("outside/victim"), "untouched");
}

#[test]
fn a_row_costs_no_more_than_it_may() {
    let bench = bench("", "ada@example.org,Ada,999999999\n");
    // What a loop may count to is bounded, also where a cell says how far.
    bench.write("notice.txt", "{% for i in range(end=note | int) %}x{% endfor %}");
    bench.run(&["check"]).code(2).stderr_has("notice.txt:1:");
    // A cell of ten megabytes is a long letter, and not a slow one.
    bench.write("notice.txt", "{{ note }}");
    let long = "line of a letter\n".repeat(10 * 1024 * 1024 / 17);
    bench.write(
        "people.csv",
        format!("email,name,note\nada@example.org,Ada,\"{long}\"\n"),
    );
    bench.run(&["check"]).code(0);
    // A name of a megabyte is a fault of its row or a folded header, never a line over 998 octets.
    let name = "A".repeat(1024 * 1024);
    bench.write(
        "people.csv",
        format!("email,name,note\nada@example.org,{name},x\n"),
    );
    let outcome = bench.run(&["send", "--dry-run"]);
    for file in bench.eml("results/preview") {
        let octets = fs::read(file).expect("a message");
        assert!(
            octets.split(|b| *b == b'\n').all(|line| line.len() <= 999),
            "{outcome}"
        );
    }
}

#[cfg(unix)]
#[test]
fn only_a_file_of_a_sane_size_is_attached() {
    let rows =
        "a@example.org,A,pipe\nb@example.org,B,folder\nc@example.org,C,huge\nd@example.org,D,/dev/zero\n";
    let bench = bench("attach = ['{{ note }}']\n", rows).file("folder/x", "x");
    let made = Command::new("mkfifo").arg(bench.path("pipe")).status();
    assert!(made.expect("mkfifo").success());
    let huge = fs::File::create(bench.path("huge")).expect("a file");
    huge.set_len(101 << 20).expect("a hole");
    // Nobody ever writes into the pipe: to open it would be to wait for ever.
    let outcome = bench.run(&["check"]);
    outcome.code(2);
    for row in 2..=5 {
        outcome.stderr_has(&format!("people.csv:{row}:"));
    }
    bench.write(
        "mailshot.toml",
        bench.read("mailshot.toml").replace("{{ note }}", "pipe"),
    );
    bench.run(&["check"]).code(2).stderr_has("attachment `pipe`");
}
