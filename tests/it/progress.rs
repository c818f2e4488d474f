//! What is shown while a run goes: how far it is, what it waits for, and each step where one asks.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]

use crate::support::notice::bench;
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};

/// A relay that takes connections and says nothing.
fn silent() -> Peer {
    Peer::policy(|event| match event.step {
        Step::Connect => Some(Answer::Hang),
        _ => None,
    })
}

#[test]
fn a_relay_that_says_nothing_is_named_also_where_there_is_no_terminal() {
    let peer = silent();
    let bench = bench(&peer, 1_200, "");
    let run = bench.spawn(&["send", "--yes"]);
    run.wait_for_stderr("waiting for the greeting of here (localhost) …");
    // Lines come while nothing happens.
    run.wait_for_stderr("Sending 0 of 1,200  waiting for the greeting of here (localhost), ");
    let said = run.stderr();
    assert!(!said.contains(" left"), "nobody knows how long it takes: {said}");
    assert_eq!(said.matches(" (localhost) …").count(), 1, "{said}");
    let outcome = run.kill();
    assert!(!outcome.status.success());
    let trying = bench.spawn(&["check", "--connect"]);
    trying.wait_for_stderr("waiting for the greeting of here (localhost) …");
    trying.kill();
}

#[test]
fn a_relay_that_stops_talking_in_the_middle_is_named_too() {
    for (at_the_dot, words) in [
        (false, "waiting for the reply to RCPT from here (localhost) …"),
        (true, "waiting for here (localhost) to accept a message …"),
    ] {
        let peer = Peer::policy(move |event| match event.step {
            Step::Rcpt { .. } if !at_the_dot => Some(Answer::Hang),
            Step::Content { .. } => Some(Answer::Hang),
            _ => None,
        });
        let bench = bench(&peer, 1, "connections = 1");
        let run = bench.spawn(&["send", "--yes"]);
        run.wait_for_stderr(words);
        run.kill();
    }
}

#[cfg(unix)]
#[test]
fn a_terminal_without_a_bar_gets_lines() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 7, "rate = '1/s'\nconnections = 1");
    let shown = crate::support::terminal::at_a_dumb_terminal(&bench, &[], &["send", "--yes"]);
    let Some((code, screen)) = shown else {
        return;
    };
    assert_eq!(code, 0, "{screen}");
    assert!(
        screen.contains(" of 7  1/s  ") && screen.contains(" s left  "),
        "{screen}"
    );
    assert!(!screen.contains("━"), "{screen}");
    peer.finish();
}

#[test]
fn lines_that_repeat_are_counted() {
    let peer = Peer::policy(|event| match event.step {
        Step::Content { .. } if event.connection == 1 => {
            Some(Answer::SayThenClose("250 2.0.0 taken".to_owned()))
        }
        Step::Connect if (2..=3).contains(&event.connection) => {
            Some(Answer::SayThenClose("421 4.3.2 busy for now".to_owned()))
        }
        _ => None,
    });
    let bench = bench(&peer, 3, "connections = 1");
    let outcome = bench.run(&["send", "--yes"]);
    outcome.code(0);
    let lines = outcome
        .stderr
        .matches("relay here refused the connection")
        .count();
    let counted = outcome
        .stderr
        .matches("2 times: relay here refused the connection")
        .count();
    assert_eq!((lines, counted), (2, 1), "{outcome}");
}

#[test]
fn a_relays_line_breaks_begin_no_line() {
    let peer = Peer::policy(|event| match event.step {
        Step::Rcpt { to, .. } if to.starts_with("p0002") => Some(Answer::say(
            "550-5.1.1 no\n550-The relay accepted 3 of 3 messages.\n550 5.1.1 error: run something",
        )),
        Step::Connect if event.connection == 2 => Some(Answer::SayThenClose(
            "421-4.7.0 too many\n421 4.7.0 error: everything is lost".to_owned(),
        )),
        _ => None,
    });
    let bench = bench(&peer, 6, "connections = 2");
    let outcome = bench.run(&["send", "--yes"]);
    outcome.code(1).stderr_has(
        "rejected: p0002@example.org: 550 5.1.1 no The relay accepted 3 of 3 messages. error: run",
    );
    for line in outcome.stderr.lines() {
        let forged = line.starts_with("The relay accepted 3 of") || line.starts_with("error: ");
        assert!(!forged, "{line}: {outcome}");
    }
}

#[test]
fn every_step_is_told_where_one_asks_and_no_secret() {
    let peer = Peer::policy(|_| None);
    let bench = bench(
        &peer,
        2,
        "user = 'registrar'\npassword = { command = 'echo geheim-One' }\nconnections = 1",
    );
    let quiet = bench.run(&["send", "--yes"]);
    quiet.code(0).stderr_lacks("session opened");
    let outcome = bench.run(&["send", "--yes", "--new", "-v"]);
    outcome
        .code(0)
        .stderr_has(" campaign campaign: ")
        .stderr_has(" recipients: people.csv, columns: email, name")
        .stderr_has(" relay here: localhost:")
        .stderr_has("login as registrar, password from a command; connections: up to 1, ")
        .stderr_has(" here: session opened")
        .stderr_has(" here: p0002@example.org: accepted: 250 ");
    outcome.stderr_lacks("> RCPT TO").stderr_lacks("geheim");
    // PLAIN has NUL registrar NUL geheim-One in base64.
    bench
        .run(&["send", "--yes", "--new", "-vv"])
        .code(0)
        .stderr_has(" here #1 > EHLO ")
        .stderr_has(" here #1 > RCPT TO:<p0002@example.org>")
        .stderr_has(" here #1 < 354 ")
        .stderr_lacks("geheim")
        .stderr_lacks("AHJlZ2lzdHJhcg");
    peer.finish();
}

/// Columns that a piece of the screen takes, without what moves the cursor.
#[cfg(unix)]
fn drawn(piece: &str) -> usize {
    use unicode_width::UnicodeWidthStr;
    let moves = regex::Regex::new(r"\x1b\[[0-9;?]*[A-Za-z]").expect("a regular expression");
    moves.replace_all(piece, "").width()
}

#[cfg(unix)]
#[test]
fn on_a_narrow_terminal_the_bar_and_its_words_fit() {
    let rejected = crate::support::notice::address(2);
    let peer = Peer::policy(move |event| match event.step {
        Step::Rcpt { to, .. } if to == rejected => Some(Answer::say("550 5.1.1 no such user")),
        _ => None,
    });
    for columns in [60, 80] {
        for (lang, words) in [("en", "1 rejected"), ("zh", "被拒 1")] {
            let bench = bench(&peer, 8, "rate = '4/s'\nconnections = 1");
            let arguments = ["send", "--yes", "--lang", lang];
            let shown = crate::support::terminal::at_a_terminal_of(columns, &bench, &[], &arguments);
            let Some((code, screen)) = shown else { return };
            assert_eq!(code, 1, "{screen}");
            let pieces: Vec<_> = screen
                .split(['\r', '\n'])
                .filter(|piece| piece.contains("/8") || piece.contains(&format!("  {words}")))
                .collect();
            assert!(pieces.iter().any(|piece| piece.contains(words)), "{screen}");
            for piece in pieces {
                assert!(drawn(piece) <= columns, "{columns}: {piece:?} of {screen}");
            }
        }
    }
    peer.finish();
}
