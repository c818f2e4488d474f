//! Several relays: by weight, one for another, back when it recovers.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::bench::Bench;
use crate::support::notice::{campaign, people};
use crate::support::peer::policy::{Answer, Policy, Step};
use crate::support::peer::{Log, Peer};

/// So many people, and these relays: a name, a server, further lines.
fn bench(count: usize, relays: &[(&str, &str, &str)]) -> Bench {
    let mut toml = campaign("");
    toml.truncate(toml.find("[relay.here]").expect("the relay's table"));
    for (name, server, lines) in relays {
        toml += &format!("[relay.{name}]\nserver = '{server}'\n{lines}\n\n");
    }
    Bench::new()
        .campaign(&toml)
        .csv("people.csv", people(1..=count))
        .file(
            "notice.txt",
            "Dear {{ name }},\n\nthe course moves to room 101.\n",
        )
}

/// How many rows of the report each relay has; all of them accepted.
fn by_relay(bench: &Bench) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for row in bench.report("results") {
        assert_eq!(row["mailshot_status"], "accepted", "{row:?}");
        *counts.entry(row["mailshot_relay"].clone()).or_default() += 1;
    }
    counts
}

/// Everybody got it, from one of them, once.
fn once_each(logs: &[&Log], count: usize) {
    let all: Vec<&String> = logs
        .iter()
        .flat_map(|log| log.accepted.iter().flat_map(|message| &message.recipients))
        .collect();
    let each: BTreeSet<_> = all.iter().collect();
    assert_eq!((all.len(), each.len()), (count, count));
}

#[test]
fn relays_share_by_weight_and_the_report_names_who_took_what() {
    let (large, small) = (Peer::policy(|_| None), Peer::policy(|_| None));
    let bench = bench(
        400,
        &[
            ("large", &large.url(), "weight = 3\nconnections = 2"),
            ("small", &small.url(), "connections = 2"),
        ],
    );
    let outcome = bench.run(&["send", "--yes"]);
    outcome.code(0).stderr_has("through large (localhost");
    let counts = by_relay(&bench);
    let (large, small) = (large.finish(), small.finish());
    once_each(&[&large, &small], 400);
    assert_eq!(counts["large"], large.accepted.len());
    assert_eq!(counts["small"], small.accepted.len());
    assert!(
        (260..=340).contains(&counts["large"]),
        "three of four: {counts:?}"
    );
}

#[test]
fn another_relay_takes_over_when_one_is_lost() {
    // It takes two messages and is then closed for everybody.
    let taken = AtomicUsize::new(0);
    let first = Peer::policy(move |event| match event.step {
        Step::Connect if event.connection > 1 => {
            Some(Answer::SayThenClose("421 4.3.2 closing down".to_owned()))
        }
        Step::Mail { .. } if event.connection == 1 => None,
        Step::Content { .. } if taken.fetch_add(1, Ordering::Relaxed) == 2 => {
            Some(Answer::SayThenClose("421 4.3.2 closing down".to_owned()))
        }
        _ => None,
    });
    let second = Peer::policy(|_| None);
    let bench = bench(
        30,
        &[
            ("first", &first.url(), "connections = 1\nweight = 1000"),
            ("second", &second.url(), "connections = 1"),
        ],
    );
    let outcome = bench.run(&["send", "--yes"]);
    outcome
        .code(0)
        .stderr_has("relay first refused the connection (421 4.3.2 closing down)");
    let counts = by_relay(&bench);
    let (first, second) = (first.finish(), second.finish());
    once_each(&[&first, &second], 30);
    assert!(counts["first"] >= 1 && counts["second"] >= 1, "{counts:?}");
}

#[test]
fn a_relay_that_is_not_there_at_all_is_only_said_and_left_alone() {
    let there = Peer::policy(|_| None);
    let bench = bench(
        12,
        &[
            ("gone", "smtp+plain://127.0.0.1:1", ""),
            ("there", &there.url(), ""),
        ],
    );
    let outcome = bench.run(&["send", "--yes"]);
    outcome
        .code(0)
        .stderr_has("relay gone refused the connection (connecting:");
    assert_eq!(by_relay(&bench), BTreeMap::from([("there".to_owned(), 12)]));
    once_each(&[&there.finish()], 12);
}

#[test]
fn with_none_of_them_there_nothing_goes_out_and_they_are_named() {
    let bench = bench(
        2,
        &[
            ("one", "smtp+plain://127.0.0.1:1", ""),
            ("two", "smtp+plain://127.0.0.1:9", ""),
        ],
    );
    let outcome = bench.run(&["send", "--yes"]);
    outcome.code(4).stderr_has("The relay cannot be used: `");
    outcome.stderr_has("Nothing was sent.");
}

#[test]
fn a_wrong_password_closes_one_relay_and_is_tried_once() {
    let locked = Peer::policy(|event| match event.step {
        Step::Auth(_) => Some(Answer::say("535 5.7.8 authentication failed")),
        _ => None,
    });
    let open = Peer::policy(|_| None);
    let login = "user = 'registrar'\npassword = { env = 'RELAY_PASSWORD' }";
    let bench = bench(20, &[("locked", &locked.url(), login), ("open", &open.url(), "")])
        .env("RELAY_PASSWORD", "not-this-one");
    let outcome = bench.run(&["send", "--yes"]);
    outcome.code(0).stderr_has("relay locked refused the connection");
    outcome
        .stderr_has("authentication failed\"); not used again in this run")
        .stderr_lacks(" times: ");
    let locked = locked.finish();
    let lines = locked.connections.iter().flat_map(|one| one.lines());
    assert_eq!(lines.filter(|line| line.starts_with("AUTH")).count(), 1);
    once_each(&[&open.finish()], 20);
}

#[test]
fn a_relay_that_recovers_is_used_again() {
    let recovering = Peer::policy(|event| match event.step {
        Step::Connect if event.connection == 1 => Some(Answer::SayThenClose("421 4.3.2 not yet".to_owned())),
        _ => None,
    });
    let slow = Peer::policy(|_| None);
    let bench = bench(
        10,
        &[
            ("recovering", &recovering.url(), ""),
            // Four a second: it is not done when the other is tried again after a second.
            ("slow", &slow.url(), "rate = '4/s'"),
        ],
    );
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("relay recovering refused the connection (greeting:");
    let counts = by_relay(&bench);
    let (recovering, slow) = (recovering.finish(), slow.finish());
    once_each(&[&recovering, &slow], 10);
    assert!(counts["recovering"] >= 1, "{counts:?}");
}

#[test]
fn a_relay_out_of_its_day_leaves_the_rest_to_another() {
    let (small, large) = (Peer::policy(|_| None), Peer::policy(|_| None));
    let bench = bench(
        30,
        &[
            ("small", &small.url(), "rate = '7/day'"),
            ("large", &large.url(), ""),
        ],
    );
    bench.run(&["send", "--yes"]).code(0);
    let counts = by_relay(&bench);
    assert!((1..=7).contains(&counts["small"]), "{counts:?}");
    once_each(&[&small.finish(), &large.finish()], 30);
}

/// A refusing relay is always free again: it must not draw the list, and rejects nobody alone.
#[test]
fn what_one_relay_cannot_take_goes_over_the_other() {
    let small = Policy::new(|_| None)
        .capabilities(&["PIPELINING", "SIZE 100"])
        .start();
    let refusing = Peer::policy(|event| match event.step {
        Step::Content { .. } => Some(Answer::say("552 5.3.4 message too large for us")),
        _ => None,
    });
    let good = Peer::policy(|_| None);
    let bench = bench(
        20,
        &[
            ("small", &small.url(), ""),
            ("refusing", &refusing.url(), ""),
            ("good", &good.url(), ""),
        ],
    );
    bench.run(&["send", "--yes"]).code(0);
    assert_eq!(by_relay(&bench), BTreeMap::from([("good".to_owned(), 20)]));
    assert_eq!(small.finish().contents(), 0);
    refusing.finish();
    once_each(&[&good.finish()], 20);
}

/// Several machines behind one name need not offer the same.
#[test]
fn one_machine_of_several_that_takes_less_rejects_nobody() {
    let peer = Peer::policy(|event| match event.step {
        Step::Hello(_) if event.connection % 2 == 0 => Some(Answer::say("250-small.example\n250 SIZE 100")),
        _ => None,
    });
    let bench = bench(40, &[("here", &peer.url(), "connections = 2")]);
    bench.run(&["send", "--yes"]).code(0);
    assert_eq!(by_relay(&bench), BTreeMap::from([("here".to_owned(), 40)]));
    once_each(&[&peer.finish()], 40);
}
