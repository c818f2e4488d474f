//! `--events`: what a program learns of a run, and that it always learns of the end.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]
#![cfg(unix)]

use std::fs::File;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::support::bench::Bench;
use crate::support::notice::bench;
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};
use crate::support::program::Outcome;

fn willing() -> Peer {
    Peer::policy(|_| None)
}

fn of<'e>(events: &'e [Value], name: &str) -> Vec<&'e Value> {
    events.iter().filter(|event| event["event"] == name).collect()
}

/// The end, which comes once and last.
fn end(outcome: &Outcome) -> Value {
    let events = outcome.events();
    assert_eq!(of(&events, "finished").len(), 1, "{outcome}");
    let last = events.last().expect("an event").clone();
    assert_eq!(last["event"], "finished", "{outcome}");
    assert_eq!(
        last["exit_code"],
        outcome.status.code().expect("an exit code"),
        "{outcome}"
    );
    last
}

#[test]
fn an_attempt_is_told_with_its_row_its_number_its_codes_and_the_time_of_the_next() {
    let peer = Peer::policy(|event| match event.step {
        Step::Rcpt {
            to: "p0002@example.org",
            attempt: 1,
        } => Some(Answer::say("450 4.2.1 mailbox busy")),
        Step::Rcpt {
            to: "p0003@example.org",
            ..
        } => Some(Answer::say("550 5.1.1 no such user")),
        _ => None,
    });
    let bench = bench(
        &peer,
        3,
        "connections = 1\n[delivery]\nretry = { first = '1s', max = '1s', greylist = '1s' }",
    );
    let outcome = bench.run(&["send", "--yes", "--events"]);
    outcome.code(1);
    assert_eq!(end(&outcome)["reason"], "left_rejected");
    let events = outcome.events();
    let mut before = String::new();
    for event in &events {
        let time = event["time"].as_str().expect("a time").to_owned();
        assert!(time.ends_with('Z') && time >= before, "{outcome}");
        before = time;
    }
    let settled = of(&events, "settled");
    let named = |key: &str| -> Vec<&&Value> { settled.iter().filter(|event| event["key"] == key).collect() };
    let second = named("p0002@example.org");
    assert_eq!(second.len(), 2, "{outcome}");
    assert_eq!((&second[0]["row"], &second[0]["attempt"]), (&3.into(), &1.into()));
    assert_eq!(second[0]["status"], "deferred");
    assert_eq!(
        (&second[0]["code"], &second[0]["enhanced"]),
        (&450.into(), &"4.2.1".into())
    );
    assert!(
        second[0]["retry_at"].as_str() > second[0]["time"].as_str(),
        "{outcome}"
    );
    assert_eq!(
        (&second[1]["status"], &second[1]["attempt"]),
        (&"accepted".into(), &2.into())
    );
    assert_eq!(second[1]["retry_at"], Value::Null);
    assert_eq!(named("p0003@example.org")[0]["enhanced"], "5.1.1");
    // The number counts on in the next run.
    let again = bench.run(&["send", "--yes", "--events", "--retry-rejected"]);
    let events = again.code(1).events();
    assert_eq!(of(&events, "settled")[0]["attempt"], 2, "{again}");
    peer.finish();
}

#[test]
fn a_stop_is_told_by_a_reason_and_no_prose() {
    let peer = willing();
    let bench = bench(&peer, 3, "rate = '2/day'\nconnections = 1");
    let outcome = bench.run(&["send", "--yes", "--events"]);
    outcome.code(3);
    let events = outcome.events();
    let stopping = of(&events, "stopping");
    assert_eq!(stopping[0]["reason"], "quota");
    assert!(stopping[0]["retry_at"].is_string(), "{outcome}");
    let why = stopping[0]["why"].as_str().expect("words");
    assert!(!why.contains('\n') && !why.contains("hint"), "{why}");
    assert!(end(&outcome)["retry_at"].is_string(), "{outcome}");
    peer.finish();
}

#[test]
fn whatever_a_run_comes_to_it_is_told_once() {
    let peer = willing();
    let bench = bench(&peer, 2, "");
    for (arguments, reason) in [
        (&["send", "--events", "--dry-run"][..], "done"),
        (&["send", "--events", "--sandbox"], "done"),
        (
            &["send", "--events", "--yes", "--test-to", "me@uni.example"],
            "done",
        ),
        (&["send", "--events"], "usage"),
        (&["send", "--events", "--yes", "nowhere"], "campaign"),
        (
            &["send", "--events", "--yes", "--only", "who@example.org"],
            "usage",
        ),
        (&["send", "--events", "--yes", "--wish"], "usage"),
        (
            &["send", "--events", "--yes", "--where", "nobody == 'x'"],
            "campaign",
        ),
        (&["send", "--events", "--yes"], "done"),
        (&["send", "--events", "--yes"], "done"),
    ] {
        let outcome = bench.run(arguments);
        assert_eq!(end(&outcome)["reason"], reason, "{outcome}");
    }
    peer.finish();
}

/// All went out; that nobody could read of it is no success in silence.
#[test]
fn events_that_cannot_be_written_are_no_success_in_silence() {
    let full = File::options()
        .write(true)
        .open("/dev/full")
        .expect("a full device");
    let (reader, closed) = std::io::pipe().expect("a pipe");
    drop(reader);
    for stdout in [Stdio::from(full), Stdio::from(closed)] {
        let peer = willing();
        let bench: Bench = bench(&peer, 2, "");
        let output = Command::new(env!("CARGO_BIN_EXE_mailshot"))
            .args(["send", "--yes", "--events", "-q"])
            .current_dir(bench.path(""))
            .env("MAILSHOT_STATE", bench.path("state"))
            .env("MAILSHOT_CONFIG", bench.path("no-settings"))
            .stdin(Stdio::null())
            .stdout(stdout)
            .stderr(Stdio::piped())
            .output()
            .expect("the program");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert_eq!(
            said.matches("the events cannot be written to stdout").count(),
            1,
            "{said}"
        );
        assert_eq!(peer.finish().accepted.len(), 2, "the run goes on");
    }
}

/// The guide lists every event that there is.
#[test]
fn every_event_is_in_the_guide() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| std::fs::read_to_string(root.join(name)).expect("a file of ours");
    let guide = read("docs/automation.md");
    let mut found = 0;
    for file in ["src/cli/screen.rs", "src/cli/events.rs"] {
        let source = read(file);
        for call in source.split(".emit(").skip(1) {
            if let Some(rest) = call.trim_start().strip_prefix('"') {
                let name = rest.split('"').next().expect("a name");
                assert!(
                    guide.contains(&format!("| `{name}` |")),
                    "docs/automation.md has no event {name}"
                );
                found += 1;
            }
        }
    }
    assert!(found > 9, "only {found} events were found");
}
