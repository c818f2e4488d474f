//! Stopping by signal, pace, and the ways to send that reach nobody.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]
#![cfg(unix)]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::support::bench::Bench;
use crate::support::gate::Gate;
use crate::support::notice::{address, bench, campaign, people};
use crate::support::peer::policy::{Answer, Step};
use crate::support::peer::{Accepted, Peer};
use crate::support::program::Running;
use crate::support::python;

/// Twenty messages over two connections, of which two are in flight.
fn in_flight(flags: &[&str]) -> (Gate, Peer, Bench, Running) {
    let gate = Gate::default();
    let peer = Peer::holding_after(0, &gate);
    let bench = bench(&peer, 20, "connections = 2");
    let arguments: Vec<&str> = ["send", "--yes"].iter().chain(flags).copied().collect();
    let run = bench.spawn(&arguments);
    peer.wait_until("two contents in flight", |log| log.contents() == 2);
    (gate, peer, bench, run)
}

fn statuses(counts: &[(&str, usize)]) -> BTreeMap<String, usize> {
    counts
        .iter()
        .map(|(name, count)| ((*name).to_owned(), *count))
        .collect()
}

#[test]
fn one_signal_finishes_what_is_in_flight_and_the_next_run_goes_on() {
    for signal in ["INT", "TERM"] {
        let (gate, peer, bench, run) = in_flight(&[]);
        run.signal(signal);
        run.wait_for_stderr("stopping: finishing the messages in flight");
        gate.open();
        run.wait()
            .code(3)
            .stderr_has("Stopped on request")
            .stderr_has("accepted 2 of 20")
            .stderr_has("run the same command again to continue with the 18 recipients who are left; nobody is sent to twice: mailshot send --yes");
        assert_eq!(
            bench.statuses(),
            statuses(&[("accepted", 2), ("pending", 18)]),
            "{signal}"
        );
        assert_eq!(bench.summary("results")["exit_code"], 3);
        assert_eq!(peer.log().accepted.len(), 2, "nothing new went out");
        bench.run(&["send", "--yes"]).code(0);
        assert_eq!(bench.statuses(), statuses(&[("accepted", 20)]));
        let log = peer.finish();
        log.assert_each_message_once();
        assert_eq!(log.accepted.len(), 20);
    }
}

#[test]
fn a_second_signal_stops_at_once_and_what_had_its_dot_out_is_in_doubt() {
    let (gate, peer, bench, run) = in_flight(&[]);
    run.signal("INT");
    run.wait_for_stderr("stopping");
    run.signal("INT");
    run.wait().code(3).stderr_has("2 in doubt");
    assert_eq!(bench.statuses(), statuses(&[("in_doubt", 2), ("pending", 18)]));
    assert_eq!(bench.table("results/in_doubt.csv").len(), 2);
    assert_eq!(bench.summary("results")["exit_code"], 3);
    gate.open();
    bench.run(&["send", "--yes"]).code(1);
    assert_eq!(bench.statuses(), statuses(&[("in_doubt", 2), ("accepted", 18)]));
    peer.finish().assert_each_message_once();
}

#[test]
fn a_drain_that_takes_too_long_ends() {
    let (gate, peer, bench, run) = in_flight(&["--drain", "1s"]);
    run.signal("TERM");
    run.wait().code(3).stderr_has("2 in doubt");
    assert_eq!(bench.statuses(), statuses(&[("in_doubt", 2), ("pending", 18)]));
    assert_eq!(peer.log().accepted.len(), 0);
    gate.open();
}

#[test]
fn a_closed_terminal_finishes_what_is_in_flight() {
    let (gate, peer, bench, run) = in_flight(&[]);
    // The system sends one when a window is closed, and the shell another: together they are one.
    run.signal("HUP");
    run.wait_for_stderr("stopping: finishing the messages in flight");
    run.signal("HUP");
    gate.open();
    run.wait().code(3).stderr_lacks("in doubt");
    assert_eq!(bench.statuses(), statuses(&[("accepted", 2), ("pending", 18)]));
    bench.run(&["send", "--yes"]).code(0);
    peer.finish().assert_each_message_once();
}

#[test]
fn under_nohup_a_closed_terminal_stops_nothing() {
    let gate = Gate::default();
    let peer = Peer::holding_after(0, &gate);
    let bench = bench(&peer, 20, "connections = 2");
    let run = bench.spawn_under_nohup(&["send", "--yes"]);
    peer.wait_until("two contents in flight", |log| log.contents() == 2);
    run.signal("HUP");
    gate.open();
    run.wait().code(0).stderr_lacks("stopping");
    assert_eq!(bench.statuses(), statuses(&[("accepted", 20)]));
    peer.finish();
}

#[test]
fn a_rate_is_never_exceeded_at_the_relay() {
    let arrivals = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&arrivals);
    let peer = Peer::policy(move |event| {
        if matches!(event.step, Step::Content { .. }) {
            seen.lock().expect("the arrivals").push(Instant::now());
        }
        None
    });
    let bench = bench(&peer, 60, "connections = 4\nrate = '20/s'");
    bench.run(&["send", "--yes"]).code(0);
    let arrivals = arrivals.lock().expect("the arrivals");
    assert_eq!(arrivals.len(), 60);
    let took = arrivals[59].duration_since(arrivals[0]);
    assert!(
        took >= Duration::from_millis(2500),
        "60 messages at 20/s in {took:?}"
    );
}

#[test]
fn a_test_goes_to_the_tester_alone_and_leaves_nothing_behind() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 20, "");
    let toml = bench.read("mailshot.toml").replace(
        "subject =",
        "cc = 'dean@uni.example'\nbcc = 'archive@uni.example'\nsubject =",
    );
    bench.write("mailshot.toml", &toml);
    bench
        .run(&["send", "--yes", "--test-to", "tester@uni.example"])
        .code(0)
        .stderr_has("3 test messages sent to tester@uni.example only; nobody else got anything");
    let log = peer.log();
    assert_eq!(log.recipients(), ["tester@uni.example"; 3]);
    for message in &log.accepted {
        let content = String::from_utf8_lossy(&message.content);
        let lower = content.to_lowercase();
        assert!(
            !lower.contains("\r\ncc:") && !lower.contains("\r\nbcc:"),
            "{content}"
        );
        assert!(
            !content.contains("archive@") && !content.contains("dean@"),
            "{content}"
        );
        assert!(!content.contains("@example.org"), "{content}");
    }
    for number in 1..=3 {
        let name = format!("Dear Person {number},");
        let got = |message: &Accepted| String::from_utf8_lossy(&message.content).contains(&name);
        assert_eq!(log.accepted.iter().filter(|one| got(one)).count(), 1, "{name}");
    }
    assert!(!bench.path(".mailshot").join("campaign.db").exists(), "no ledger");
    assert!(!bench.path("results").exists(), "no report");

    bench
        .run(&[
            "send",
            "--yes",
            "--test-to",
            "tester@uni.example",
            "--only",
            &address(7),
        ])
        .code(0)
        .stderr_has("1 test message sent");
    // Afterwards the mailing itself begins with everybody, under other Message-IDs.
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("accepted 20 of 20");
    let log = peer.finish();
    log.assert_each_message_once();
    for one in &log.accepted {
        let content = String::from_utf8_lossy(&one.content);
        let token = content
            .lines()
            .find_map(|line| line.strip_prefix("X-Mailshot-Id: "));
        let id = one.message_id.replacen('.', "", 1);
        assert_eq!(format!("<{}@uni.example>", token.unwrap_or_default()), id);
    }
}

#[test]
fn events_are_json_and_tell_everything() {
    let peer = Peer::policy(|event| match event.step {
        Step::Rcpt {
            to: "p0002@example.org",
            ..
        } => Some(crate::support::peer::policy::Answer::say(
            "550 5.1.1 no such user",
        )),
        _ => None,
    });
    let bench = bench(&peer, 4, "connections = 1");
    let outcome = bench.run(&["send", "--yes", "--events"]);
    outcome.code(1);
    let events = outcome.events();
    let named = |name: &str| {
        events
            .iter()
            .filter(|event| event["event"] == name)
            .collect::<Vec<_>>()
    };
    assert_eq!(named("checked")[0]["recipients"], 4);
    assert_eq!(named("sending")[0]["total"], 4);
    assert_eq!(named("connected").len(), 1);
    let settled = named("settled");
    assert_eq!(settled.len(), 4);
    for event in &settled {
        let row = bench
            .report("results")
            .into_iter()
            .find(|row| event["key"] == row["email"].as_str())
            .expect("each event is of a row");
        assert_eq!(event["status"], row["mailshot_status"].as_str());
        assert_eq!(event["code"].to_string(), row["mailshot_code"]);
    }
    let last = events.last().expect("an event");
    assert_eq!(last["event"], "finished");
    assert_eq!(last["exit_code"], 1);
    assert_eq!(last["statuses"]["accepted"], 3);
    assert_eq!(last["statuses"]["rejected"], 1);
}

#[test]
fn the_sandbox_replaces_the_relay_and_needs_no_secret() {
    let peer = Peer::policy(|_| None);
    let relay = "user = 'registrar'\npassword = { env = 'THERE_IS_NO_SUCH_VARIABLE' }\nrate = '1/min'";
    let bench = bench(&peer, 12, relay);
    for _ in 0..2 {
        bench
            .run(&["send", "--sandbox"])
            .code(0)
            .stderr_has("The sandbox accepted 12 of 12 messages")
            .stderr_has("Nothing left this computer");
        assert_eq!(bench.eml("results/sandbox/messages").len(), 12);
        let report = bench.report("results/sandbox");
        assert!(report.iter().all(|row| row["mailshot_status"] == "accepted"));
        assert_eq!(bench.summary("results/sandbox")["exit_code"], 0);
    }
    assert!(!bench.path("results/report.csv").exists());
    assert!(!bench.path(".mailshot").exists(), "its ledger is thrown away");
    assert_eq!(peer.finish().connections.len(), 0);
}

#[test]
fn the_sandbox_command_captures_what_another_program_sends() {
    let bench = Bench::new()
        .campaign(&campaign("server = 'smtp+plain://localhost'"))
        .csv("people.csv", people(1..=1));
    let run = bench.spawn(&["sandbox", "--listen", "127.0.0.1:0", "--output", "box"]);
    run.wait_for_stderr("keeps messages");
    let said = run.stderr();
    let port = said
        .split_once("smtp+plain://127.0.0.1:")
        .and_then(|(_, rest)| rest.split(')').next())
        .unwrap_or_else(|| panic!("the address is not said: {said}"));
    let code = "
import json, smtplib, sys
from email.message import EmailMessage
message = EmailMessage()
message['From'], message['To'] = 'a@uni.example', 'b@example.org'
message['Subject'] = '\\u901a\\u77e5'
message.set_content('.a line with a dot\\n')
with smtplib.SMTP('127.0.0.1', int(sys.argv[1])) as smtp:
    refused = smtp.send_message(message)
    smtp.send_message(message, to_addrs=['c@example.org', 'd@example.org'])
print(json.dumps(refused))
";
    let Some(refused) = python::snippet(code, &[port]) else {
        return;
    };
    assert_eq!(refused, serde_json::json!({}));
    run.wait_for_stdout("c@example.org, d@example.org");
    run.signal("TERM");
    run.wait().code(0).stderr_has("2 messages over 1 connection");
    let messages = bench.eml("box/messages");
    assert_eq!(messages.len(), 2);
    let Some(read) = python::read_eml(&messages) else {
        return;
    };
    for one in read {
        assert_eq!(one["headers"]["subject"], "通知");
        assert_eq!(one["parts"][0]["text"], ".a line with a dot\n");
    }
}

/// No content is out, so leaving loses nothing; the time to finish in is for contents.
#[test]
fn a_stop_does_not_wait_for_an_envelope() {
    let peer = Peer::policy(|event| match event.step {
        Step::Rcpt { .. } => Some(Answer::Hang),
        _ => None,
    });
    let bench = bench(&peer, 3, "connections = 2");
    let run = bench.spawn(&["send", "--yes", "--drain", "30m"]);
    peer.wait_until("a recipient is named", |log| {
        let mut lines = log.connections.iter().flat_map(|one| one.lines());
        lines.any(|line| line.starts_with("RCPT"))
    });
    run.signal("INT");
    run.wait().code(4).stderr_has("Nothing was sent");
    assert_eq!(bench.statuses(), statuses(&[("pending", 3)]));
}

/// A laptop that is closed, a job that is stopped by hand: replies come meanwhile.
#[test]
fn a_run_that_is_suspended_goes_on_where_it_was() {
    let (gate, peer, bench, run) = in_flight(&[]);
    run.signal("STOP");
    gate.open();
    peer.wait_until("replies to what was in flight", |log| log.accepted.len() >= 2);
    run.signal("CONT");
    run.wait().code(0).stderr_has("accepted 20 of 20");
    assert_eq!(bench.statuses(), statuses(&[("accepted", 20)]));
    peer.finish().assert_each_message_once();
}

/// All is said by then: nobody waits long for a goodbye.
#[test]
fn a_goodbye_that_is_not_answered_holds_up_nobody() {
    let peer = Peer::policy(|event| matches!(event.step, Step::Quit).then_some(Answer::Hang));
    let bench = bench(&peer, 6, "connections = 2");
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("accepted 6 of 6");
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("Nothing to send");
    peer.finish().assert_each_message_once();
}
