//! The envelope of the next message behind the content: relays that take it, and those that do not.
//!
//! What a relay may say or do in such a flight is in `tests/cases/53` and later ones.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::support::bench::Bench;
use crate::support::notice::{self, address, campaign, people};
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};
use crate::support::servers::{Haraka, Postfix};
use crate::support::tap::Tap;

/// `address Message-ID` of everybody the report calls accepted, sorted.
fn accepted(bench: &Bench) -> Vec<String> {
    let mut all: Vec<String> = bench
        .report("results")
        .iter()
        .filter(|row| row["mailshot_status"] == "accepted")
        .map(|row| format!("{} {}", row["email"], row["mailshot_message_id"]))
        .collect();
    all.sort();
    all
}

fn sorted(mut lines: Vec<String>) -> Vec<String> {
    lines.sort();
    lines
}

#[test]
fn haraka_gets_everything_once_and_is_not_asked_again_by_later_runs() {
    let Some(haraka) = Haraka::start() else {
        return;
    };
    let bench = Bench::new()
        .campaign(&campaign(&format!(
            "server = '{}'\nconnections = 3",
            haraka.url()
        )))
        .csv("people.csv", people(1..=60))
        .file(
            "notice.txt",
            "Dear {{ name }},\n\nthe course moves to room 101.\n",
        );
    bench.run(&["send", "--yes"]).code(0);
    assert_eq!(bench.statuses().get("accepted"), Some(&60));
    assert_eq!(sorted(haraka.kept()), accepted(&bench), "each once");
    let refused = haraka.replies("503 ");
    assert!(refused > 0, "an envelope behind a content was tried");
    assert_eq!(refused % 3, 0, "each of its commands was answered");
    assert!(refused <= 9, "once a session at most, not {refused} times");

    bench.write("people.csv", people(1..=120));
    bench.run(&["send", "--yes"]).code(0);
    assert_eq!(bench.statuses().get("accepted"), Some(&120));
    assert_eq!(sorted(haraka.kept()), accepted(&bench), "each once");
    assert_eq!(haraka.replies("503 "), refused, "it was remembered");
}

/// Over several sessions at a time; case 55 has it for one.
#[test]
fn a_relay_that_closes_on_whatever_is_behind_a_dot_gets_everything_once() {
    let peer = Peer::policy(|event| match event.step {
        Step::Content { .. } if event.joined => Some(Answer::SayThenClose("250 2.0.0 taken".to_owned())),
        _ => None,
    });
    let bench = notice::bench(&peer, 40, "connections = 3");
    bench.run(&["send", "--yes"]).code(0);
    let everybody: Vec<String> = (1..=40).map(address).collect();
    let log = peer.finish();
    assert_eq!(log.recipients(), everybody);
    let closed = log.connections.len() - 3;
    assert!(
        (1..=3).contains(&closed),
        "each session tries once: {closed} were closed"
    );
    let report = bench.report("results");
    assert!(
        report.iter().all(|row| row["mailshot_attempts"] == "1"),
        "{report:?}"
    );
}

/// Amazon SES: rest, then half the sessions.
#[test]
fn a_relay_that_throttles_gets_a_rest_and_half_the_sessions() {
    let seen: Arc<Mutex<(bool, Vec<usize>)>> = Arc::default();
    let log = Arc::clone(&seen);
    let peer = Peer::policy(move |event| {
        let mut seen = log.lock().expect("what was seen");
        match event.step {
            Step::Rcpt { to, .. } if to == address(20) && !seen.0 => {
                seen.0 = true;
                Some(Answer::say(
                    "454 Throttling failure: Maximum sending rate exceeded.",
                ))
            }
            Step::Content { .. } if seen.0 => {
                seen.1.push(event.connection);
                None
            }
            _ => None,
        }
    });
    let bench = notice::bench(&peer, 30, "connections = 2");
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("Maximum sending rate exceeded");
    let everybody: Vec<String> = (1..=30).map(address).collect();
    assert_eq!(peer.finish().recipients(), everybody);
    let report = bench.report("results");
    assert!(
        report.iter().all(|row| row["mailshot_attempts"] == "1"),
        "{report:?}"
    );
    // What was on its way meanwhile ends where it is; then one session has the first of them.
    let seen = seen.lock().expect("what was seen");
    let after: BTreeSet<usize> = seen.1.iter().skip(4).take(4).copied().collect();
    assert_eq!(after.len(), 1, "{:?}", seen.1);
}

/// With TLS and a login: `a_thousand…` in `postfix.rs`.
#[test]
fn postfix_gets_each_envelope_behind_the_content_before_it() {
    let known: Vec<String> = (1..=300)
        .filter(|number| number % 100 != 0)
        .map(address)
        .collect();
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    let Some(postfix) = Postfix::start(&names) else {
        return;
    };
    let tap = Tap::before(&postfix.plain());
    let bench = Bench::new()
        .campaign(&campaign(&format!(
            "server = '{}'\nconnections = 4\nmessages_per_connection = 30",
            tap.url()
        )))
        .csv("people.csv", people(1..=300))
        .file(
            "notice.txt",
            "Dear {{ name }},\n\nthe course moves to room 101.\n",
        );
    bench
        .run(&["send", "--yes"])
        .code(1)
        .stderr_has("accepted 297 of 300")
        .stderr_has("p0100@example.org: 550 5.1.1 <p0100@example.org>: Recipient address rejected");
    let delivered = postfix.wait_for_delivery(297);
    let to: Vec<&str> = delivered.iter().map(|one| one.to.as_str()).collect();
    assert_eq!(to, names, "each once");
    let connections = postfix.connections("plain");
    assert!((10..=14).contains(&connections), "{connections} connections");
    let joint = tap.with(b"\r\n.\r\nMAIL FROM:<");
    // Not behind the last content of a connection, the first of all, and where nothing lay ready.
    assert!((200..297).contains(&joint), "{joint} joint flights");
}

/// Whatever stands behind a dot gets lost; the number of times it was tried comes back.
fn losing(greeting: &'static str) -> (Peer, Arc<AtomicUsize>) {
    let tried = Arc::<AtomicUsize>::default();
    let counted = Arc::clone(&tried);
    let peer = Peer::policy(move |event| match event.step {
        Step::Connect => Some(Answer::say(greeting)),
        Step::Content { .. } if event.joined => {
            counted.fetch_add(1, Ordering::SeqCst);
            Some(Answer::SayAndLose("250 2.0.0 taken".to_owned()))
        }
        _ => None,
    });
    (peer, tried)
}

/// As chasquid 1.11 and Courier 1.0 do.
#[test]
fn one_session_finds_out_what_gets_lost_and_all_ports_of_the_server_are_spared() {
    const LOST: &str = "the relay loses commands that follow a message at once; continuing without them (remembered for later runs)\n";
    let (peer, tried) = losing("220 mx1.uni.example ESMTP Fri, 27 Nov 2026 10:00:00 +0100 (nr 17)");
    let relay = "connections = 4\ntimeouts = { command = '1s' }";
    let bench = notice::bench(&peer, 60, relay);
    let first = bench.run(&["send", "--yes", "--events"]);
    let events: Vec<&str> = first
        .stdout
        .lines()
        .filter(|line| line.contains("\"learned\""))
        .collect();
    assert_eq!(events.len(), 1, "{first}");
    assert!(
        events[0].contains("\"what\":\"loses_commands_behind_a_message\""),
        "{first}"
    );
    assert_eq!(first.code(0).stderr.matches(LOST).count(), 1, "{first}");
    assert_eq!(tried.load(Ordering::SeqCst), 1, "one session tries it");
    let report = bench.report("results");
    assert!(
        report.iter().all(|row| row["mailshot_attempts"] == "1"),
        "{report:?}"
    );
    let everybody: Vec<String> = (1..=60).map(address).collect();
    assert_eq!(peer.finish().recipients(), everybody);

    // Another port, another machine and another day.
    let (peer, tried) = losing("220 mx2.uni.example ESMTP Tue, 01 Dec 2026 11:00:00 +0100 (nr 4)");
    let to = |peer: &Peer| campaign(&format!("server = '{}'\n{relay}", peer.url()));
    bench.write("mailshot.toml", to(&peer));
    let again = bench.run(&["send", "--yes", "--new"]);
    assert!(!again.code(0).stderr.contains("loses commands"), "{again}");
    assert_eq!(tried.load(Ordering::SeqCst), 0);
    assert_eq!(peer.finish().recipients(), everybody);

    // Another server in its place.
    let (peer, tried) = losing("220 mx1.uni.example ready");
    bench.write("mailshot.toml", to(&peer));
    bench.run(&["send", "--yes", "--new"]).code(0).stderr_has(LOST);
    assert_eq!(tried.load(Ordering::SeqCst), 1);
    assert_eq!(peer.finish().recipients(), everybody);
}

/// A relay that answers so late, where more commands stand behind, and how often none did at RCPT, and
/// whether any did at the last one.
fn halting(alone_too: bool) -> (Peer, Arc<Mutex<Vec<bool>>>) {
    const HELD_BACK: Duration = Duration::from_millis(32);
    let together = Arc::<Mutex<Vec<bool>>>::default();
    let seen = Arc::clone(&together);
    let peer = Peer::policy(move |event| match event.step {
        Step::Rcpt { .. } => {
            seen.lock().expect("what was seen").push(event.joined);
            let late = event.joined || alone_too;
            late.then(|| Answer::Late(HELD_BACK, "250 2.1.5 ok".to_owned()))
        }
        _ => None,
    });
    (peer, together)
}

/// Nagle's algorithm against acknowledgements that something else than this system holds back.
#[test]
fn where_one_command_at_a_time_is_quicker_it_is_said_and_remembered() {
    const LATE: &str = "the relay answers late when commands are sent together; continuing with one at a time (remembered for later runs)";
    for pipelining in ["full", "envelope"] {
        let (peer, together) = halting(false);
        let bench = notice::bench(
            &peer,
            80,
            &format!("connections = 1\npipelining = '{pipelining}'"),
        );
        bench.run(&["send", "--yes"]).code(0).stderr_has(LATE);
        let first = std::mem::take(&mut *together.lock().expect("what was seen"));
        assert_eq!(first.len(), 80);
        assert!(!first[79] && first[0], "{first:?}");
        let again = bench.run(&["send", "--yes", "--new"]);
        assert!(!again.code(0).stderr.contains("sent together"), "{again}");
        assert_eq!(*together.lock().expect("what was seen"), [false; 80]);
        assert_eq!(peer.finish().recipients().len(), 2 * 80);
    }
}

/// Looking for spam, say. One command at a time is tried, and is no quicker.
#[test]
fn a_relay_that_takes_its_time_over_each_command_is_not_taken_for_one_that_halts() {
    let (peer, together) = halting(true);
    let bench = notice::bench(&peer, 24, "connections = 1");
    let run = bench.run(&["send", "--yes"]);
    assert!(!run.code(0).stderr.contains("sent together"), "{run}");
    let together = together.lock().expect("what was seen");
    assert!(together[23], "{together:?}");
    assert_eq!(peer.finish().recipients().len(), 24);
}

/// What a relay says to a dot with the next envelope behind it, once too often, or with every
/// reply one place too late. Whichever was the dot's own, the message is not sent again.
#[test]
fn a_reply_too_many_in_a_joint_flight_leaves_the_message_in_doubt() {
    const ENVELOPE: &str = "< MAIL\n> 250 ok\n< RCPT\n> 250 ok\n< DATA\n> 354 go on\n";
    const TAKEN: &str = "> 250 2.0.0 taken\n";
    let usual = ["250 ok", "250 ok", "354 go on"];
    let refused = ["250 ok", "550 5.1.1 who", "503 5.5.1 need RCPT"];
    let said = |replies: &[&str]| {
        let line = |reply: &&str| match *reply {
            // A segment of its own.
            "|" => "wait 0ms\n".to_owned(),
            "..." => "wait 50ms\n".to_owned(),
            reply => format!("> {reply}\n"),
        };
        replies.iter().map(line).collect::<String>()
    };
    let rows = [
        (&["451 4.3.0 wait", "250 2.0.0 queued"][..], usual),
        (&["451 4.3.0 wait", "|", "250 2.0.0 queued", "|"], usual),
        (&["451 4.3.0 wait", "...", "250 2.0.0 queued", "..."], usual),
        (&["451 4.3.0 wait", "250 2.0.0 queued", "|"], refused),
        (&["451 4.3.0 wait", "|", "250 2.0.0 queued", "..."], refused),
        (&["554 5.6.0 no", "250 2.0.0 queued"], usual),
        (&["554 5.6.0 no", "250 2.0.0 queued", "..."], usual),
        (&["250 ok", "354 go on"], usual),
        (&["250 ok", "250 2.0.0 queued"], usual),
        (&["250 ok", "...", "250 2.0.0 queued"], usual),
        (&["250 ok", "250 2.0.0 queued", "..."], refused),
        (&["250 ok", "554 5.6.0 no"], usual),
        (&["250 ok", "250 ok", "250 ok"], usual),
        (&["250 ok", "250 ok", "250 ok", "354 go on"], usual),
        (&["451 4.3.0 wait", "250 ok", "250 ok", "354 go on"], usual),
        (&["250 ok", "what?"], usual),
    ];
    let play = |(dot, envelope): (&[&str], [&str; 3])| {
        let peer = Peer::script(&format!(
            "connection 1:\n> 220 peer ESMTP\n< EHLO\n> 250-peer\n> 250 PIPELINING\n\
             {ENVELOPE}< content\n{TAKEN}{ENVELOPE}< content\njoined\n< MAIL\n< RCPT\n< DATA\n{}{}\
             wait 20ms\n< RSET\n> 250 ok\nconnection *:\n> 220 peer ESMTP\n< EHLO\n> 250-peer\n> 250 PIPELINING\n\
             repeat\n{ENVELOPE}< content\n{TAKEN}end\n",
            said(dot),
            said(&envelope),
        ));
        let bench = notice::bench(&peer, 5, "connections = 1");
        let mut toml = bench.read("mailshot.toml");
        toml.push_str("\n[delivery]\nretry = { first = \"1s\" }\n");
        bench.write("mailshot.toml", toml);
        let outcome = bench.run(&["send", "--yes"]);
        outcome.code(1).stderr_has("out of step");
        let report = bench.report("results");
        assert_eq!(report[1]["mailshot_status"], "in_doubt", "{dot:?} {outcome}");
        assert_eq!(report[1]["mailshot_attempts"], "1", "{dot:?}");
        assert_eq!(bench.statuses().get("accepted"), Some(&4), "{dot:?} {outcome}");
        let log = peer.finish();
        let contents = log.connections.iter().flat_map(|one| one.contents());
        let theirs = contents.filter(|content| String::from_utf8_lossy(content).contains(&address(2)));
        assert_eq!(theirs.count(), 1, "{dot:?}");
    };
    // Several at a time: most of it is waiting.
    for rows in rows.chunks(4) {
        std::thread::scope(|scope| {
            let plays: Vec<_> = rows.iter().map(|row| scope.spawn(|| play(*row))).collect();
            for played in plays {
                if let Err(panic) = played.join() {
                    std::panic::resume_unwind(panic);
                }
            }
        });
    }
}
