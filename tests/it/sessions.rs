//! Several sessions with one relay: how many it takes, and what becomes of them together.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a peer answers one step its own way, and all others as usual"
)]

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::time::Duration;

use crate::support::gate::Gate;
use crate::support::notice::{self, address};
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Event, Step};

/// Whom the peer took a message for, whether it said so or not.
fn everybody(count: usize) -> Vec<String> {
    (1..=count).map(address).collect()
}

/// A relay that is restarted in the middle takes every session with it, each with a message in its hands.
#[test]
fn a_relay_that_is_restarted_stops_no_run() {
    const SESSIONS: usize = 5;
    let (contents, together) = (AtomicUsize::new(0), Barrier::new(SESSIONS));
    let peer = Peer::policy(move |event| match event.step {
        Step::Content { .. } if event.connection <= SESSIONS => {
            if contents.fetch_add(1, Ordering::SeqCst) < 40 {
                return None;
            }
            together.wait();
            Some(Answer::TakeThenReset)
        }
        _ => None,
    });
    let bench = notice::bench(&peer, 200, "connections = 5");
    let outcome = bench.run(&["send", "--yes"]);
    outcome
        .code(1)
        .stderr_has("relay here closed the connection (end of message: connection reset by the other side");
    assert!(!outcome.stderr.contains("times: "), "once: {outcome}");
    let statuses = bench.statuses();
    assert_eq!(
        statuses.get("in_doubt"),
        Some(&SESSIONS),
        "one a session: {outcome}"
    );
    assert_eq!(statuses.get("accepted"), Some(&(200 - SESSIONS)));
    assert_eq!(peer.finish().recipients(), everybody(200), "each once");
}

/// One that breaks after every content does so once a session, then twice more.
#[test]
fn a_relay_that_breaks_after_every_content_is_given_up_soon() {
    const SESSIONS: usize = 4;
    let together = Barrier::new(SESSIONS);
    let peer = Peer::policy(move |event| match event.step {
        Step::Content { .. } => {
            if event.connection <= SESSIONS {
                together.wait();
            }
            Some(Answer::TakeThenReset)
        }
        _ => None,
    });
    let bench = notice::bench(&peer, 60, "connections = 4");
    let outcome = bench.run(&["send", "--yes"]);
    outcome.code(3);
    assert_eq!(
        bench.statuses().get("in_doubt"),
        Some(&(SESSIONS + 2)),
        "{outcome}"
    );
}

/// Postfix's postscreen lets nobody through on the sessions in which it tests them, but who comes anew.
#[test]
fn sessions_over_which_nothing_is_taken_are_left_for_new_ones() {
    const SESSIONS: usize = 4;
    let refused = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&refused);
    let peer = Peer::policy(move |event| match event.step {
        Step::Rcpt { .. } if event.connection <= SESSIONS => {
            counted.fetch_add(1, Ordering::SeqCst);
            Some(Answer::say("450 4.3.2 Service currently unavailable"))
        }
        _ => None,
    });
    let bench = notice::bench(&peer, 40, "connections = 4");
    bench.run(&["send", "--yes"]).code(0);
    assert_eq!(peer.finish().recipients(), everybody(40), "each once");
    let refused = refused.load(Ordering::SeqCst);
    assert!(
        refused <= SESSIONS,
        "{refused} refusals, not one a session at most"
    );
}

/// How a relay treats connections that it has no room for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Full {
    Says(&'static str),
    Closes,
    Resets,
    /// It greets nobody before somebody leaves.
    Waits,
}

/// A relay that takes three connections at a time; it takes no more than a few messages before it has
/// been asked for a fourth.
fn of_three(full: Full, gate: &Gate) -> Peer {
    let (inside, gate) = (Arc::new(Mutex::new(BTreeSet::new())), gate.clone());
    let (asked, contents) = (Gate::default(), AtomicUsize::new(0));
    Peer::policy(move |event: &Event<'_>| match event.step {
        Step::Connect => {
            let mut inside = inside.lock().expect("who is inside");
            if inside.len() < 3 {
                inside.insert(event.connection);
                return None;
            }
            drop(inside);
            asked.open();
            match full {
                Full::Says(words) => Some(Answer::SayThenClose(words.to_owned())),
                Full::Closes => Some(Answer::Close),
                Full::Resets => Some(Answer::TearDown),
                Full::Waits => {
                    gate.pass();
                    Some(Answer::Close)
                }
            }
        }
        Step::Quit => {
            inside.lock().expect("who is inside").remove(&event.connection);
            None
        }
        Step::Content { .. } if contents.fetch_add(1, Ordering::SeqCst) >= 10 => {
            asked.pass();
            None
        }
        _ => None,
    })
}

#[test]
fn connections_that_a_relay_has_no_room_for_cost_nothing() {
    let words = [
        Full::Says("421 4.7.0 relay.test Error: too many connections from 127.0.0.1"),
        Full::Says("421 4.3.2 try again later"),
        Full::Says("450 too many connections"),
        Full::Says("451 4.7.1 no"),
        Full::Says("454 4.7.0 too many concurrent SMTP connections"),
        Full::Says("554 5.7.1 too many connections"),
        Full::Says("554 no SMTP service here"),
        Full::Closes,
        Full::Resets,
    ];
    for full in words {
        let peer = of_three(full, &Gate::default());
        let bench = notice::bench(&peer, 400, "connections = 10");
        let outcome = bench.run(&["send", "--yes"]);
        outcome.code(0);
        assert!(
            !outcome.stderr.contains("refused the connection") && !outcome.stderr.contains("retrying"),
            "{full:?}: nobody rests for it: {outcome}"
        );
        // A relay that does not say why is asked once more, a second later.
        let clear = matches!(full, Full::Says(words) if words.contains("too many"));
        let told = outcome
            .stderr
            .matches("the relay accepts 3 connections at a time; continuing with 3")
            .count();
        assert!(told <= 1 && (told == 1 || !clear), "{full:?}: {outcome}");
        let log = peer.finish();
        assert_eq!(log.recipients(), everybody(400), "{full:?}: each once");
        // 10 of them, and none again within the minute.
        assert!(
            log.connections.len() <= 10 + 4,
            "{full:?}: {}",
            log.connections.len()
        );
    }
}

/// What was learnt holds for the next run.
#[test]
fn how_many_connections_a_relay_takes_is_remembered() {
    let full = Full::Says("421 4.7.0 relay.test Error: too many connections from 127.0.0.1");
    let peer = of_three(full, &Gate::default());
    let bench = notice::bench(&peer, 60, "connections = 10");
    bench.run(&["send", "--yes"]).code(0);
    let before = peer.log().connections.len();
    bench
        .run(&["send", "--yes", "--new"])
        .code(0)
        .stderr_has("the relay accepts 3 connections at a time");
    let log = peer.finish();
    assert_eq!(log.recipients().len(), 120);
    assert_eq!(log.connections.len() - before, 3, "none was turned away again");
}

#[test]
fn a_connection_that_is_never_greeted_holds_nobody_up() {
    let gate = Gate::default();
    let peer = of_three(Full::Waits, &gate);
    let bench = notice::bench(&peer, 100, "connections = 10");
    let outcome = bench.run(&["send", "--yes"]);
    outcome.code(0);
    gate.open();
    assert_eq!(peer.finish().recipients(), everybody(100), "each once");
}

/// Three seconds later they are given up, and told of.
#[test]
fn connections_that_are_not_greeted_are_told_of_once() {
    let gate = Gate::default();
    let waiting = gate.clone();
    let peer = Peer::policy(move |event| match event.step {
        Step::Connect if event.connection > 3 => {
            waiting.pass();
            Some(Answer::Close)
        }
        Step::Content { .. } => Some(Answer::Late(
            Duration::from_millis(60),
            "250 2.0.0 taken".to_owned(),
        )),
        _ => None,
    });
    let bench = notice::bench(&peer, 240, "connections = 10");
    let outcome = bench.run(&["send", "--yes"]);
    gate.open();
    outcome.code(0);
    let told = outcome
        .stderr
        .matches("7 of 10 connections get no greeting: the relay accepts 3")
        .count();
    assert_eq!(told, 1, "{outcome}");
    assert!(!outcome.stderr.contains("waiting for the greeting"), "{outcome}");
    assert_eq!(peer.finish().recipients(), everybody(240), "each once");
}

/// The next session is opened once the relay has let the last one go, and that costs no round trip.
#[test]
fn the_last_content_of_a_session_takes_its_leave_along() {
    let last = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&last);
    let peer = Peer::policy(move |event| {
        let mut contents = seen.lock().expect("the contents");
        match event.step {
            Step::Content { .. } => contents.push((event.connection, event.joined)),
            _ => return None,
        }
        None
    });
    let bench = notice::bench(&peer, 100, "connections = 2\nmessages_per_connection = 10");
    bench.run(&["send", "--yes"]).code(0);
    let log = peer.finish();
    assert_eq!(log.recipients(), everybody(100), "each once");
    assert!(log.most_at_once <= 2, "{}", log.most_at_once);
    let contents = last.lock().expect("the contents");
    for (number, connection) in log.connections.iter().enumerate().skip(4) {
        let of_it: Vec<bool> = contents
            .iter()
            .filter(|(of, _)| *of == number + 1)
            .map(|(_, joined)| *joined)
            .collect();
        if of_it.len() == 10 {
            assert_eq!(of_it.last(), Some(&true), "connection {}: {of_it:?}", number + 1);
            assert_eq!(connection.lines().last(), Some(&"QUIT"));
        }
    }
}

/// Some relays count the logins of an account, and say so by refusing one more. The password is right all
/// the same: others are logged in with it.
#[test]
fn logins_that_a_relay_has_no_room_for_cost_nothing() {
    for words in [
        "454 4.7.0 Temporary authentication failure",
        "421 4.7.0 Too many login attempts, please try again later",
        "535 5.7.8 too many connections for this user",
        "535 5.7.0 no",
    ] {
        let (asked, contents) = (Gate::default(), AtomicUsize::new(0));
        let peer = Peer::policy(move |event| match event.step {
            Step::Auth(_) if event.connection > 3 => {
                asked.open();
                Some(Answer::SayThenClose(words.to_owned()))
            }
            Step::Content { .. } if contents.fetch_add(1, Ordering::SeqCst) >= 10 => {
                asked.pass();
                None
            }
            _ => None,
        });
        let login = "connections = 6\nuser = 'registrar'\npassword = { env = 'RELAY_PASSWORD' }";
        let bench = notice::bench(&peer, 100, login).env("RELAY_PASSWORD", "the-right-one");
        let outcome = bench.run(&["send", "--yes"]);
        outcome
            .code(0)
            .stderr_lacks("refused the connection")
            .stderr_lacks("trying again");
        assert_eq!(peer.finish().recipients(), everybody(100), "{words}: each once");
    }
}

/// A relay may end a session that has nothing to do while greylisted messages wait, and say so: that is no
/// trouble of the relay's.
#[test]
fn a_session_that_ended_while_idle_is_followed_by_another_at_once() {
    let mails = Mutex::new(BTreeSet::new());
    let peer = Peer::policy(move |event| match event.step {
        // The second on a connection comes after the wait.
        Step::Mail { .. } if !mails.lock().expect("connections").insert(event.connection) => {
            Some(Answer::SayThenClose("421 4.4.2 timeout exceeded".to_owned()))
        }
        Step::Rcpt { attempt: 1, .. } => Some(Answer::say("450 4.7.1 greylisted")),
        _ => None,
    });
    let patient = "connections = 1\n[delivery]\nretry = { first = '1500ms', greylist = '1500ms' }";
    let outcome = notice::bench(&peer, 1, patient).run(&["send", "--yes"]);
    outcome.code(0).stderr_lacks("refused the connection");
    let log = peer.finish();
    assert_eq!(log.recipients(), everybody(1));
    assert_eq!(log.connections.len(), 2);
}

/// Several people whose messages end every session: others get theirs, and the relay is not given up.
#[test]
fn people_at_whom_sessions_end_are_put_off_and_stop_no_run() {
    for step in ["RCPT", "DATA"] {
        let odd = [address(7), address(8), address(9)];
        let peer = Peer::policy(move |event| match event.step {
            Step::Rcpt { to, .. } if step == "RCPT" => {
                odd.contains(&to.to_owned()).then_some(Answer::TearDown)
            }
            Step::Data(to) if step == "DATA" => {
                to.iter().any(|to| odd.contains(to)).then_some(Answer::TearDown)
            }
            _ => None,
        });
        let bench = notice::bench(
            &peer,
            60,
            "connections = 3\n\n[delivery]\nattempts = 2\nretry = { first = \"300ms\" }",
        );
        let outcome = bench.run(&["send", "--yes"]);
        outcome.code(1);
        let statuses = bench.statuses();
        assert_eq!(statuses.get("deferred"), Some(&3), "{step}: {outcome}");
        assert_eq!(statuses.get("accepted"), Some(&57), "{step}: {outcome}");
        drop(peer.finish());
    }
}
