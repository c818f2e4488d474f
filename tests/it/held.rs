//! Refusals for good that name no mailbox: what becomes of them when their run ends before the relay
//! has shown whom it means, and where there are two relays.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]
#![cfg(unix)]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::support::bench::Bench;
use crate::support::gate::Gate;
use crate::support::notice::{address, bench, campaign, people};
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Event, Step};

const NO: &str = "554 we do not fancy this";

/// A relay that refuses the contents of `refused`, and says nothing to the one behind them before the
/// gate is open; then it is `willing` to take everybody's.
fn refusing(refused: std::ops::RangeInclusive<usize>, gate: &Gate, willing: &Arc<AtomicBool>) -> Peer {
    let (gate, willing) = (gate.clone(), Arc::clone(willing));
    Peer::policy(move |event: &Event<'_>| match event.step {
        Step::Content { to, .. } if !willing.load(Ordering::SeqCst) => {
            if refused.clone().any(|number| to == [address(number)]) {
                return Some(Answer::say(NO));
            }
            if to == [address(refused.end() + 1)] {
                gate.pass();
                return Some(Answer::Close);
            }
            None
        }
        _ => None,
    })
}

/// A run is killed while these are held; the next one meets a relay that takes everybody.
fn killed(refused: std::ops::RangeInclusive<usize>) -> (Peer, Bench) {
    let (gate, willing) = (Gate::default(), Arc::default());
    let contents = *refused.end() + 1;
    let peer = refusing(refused, &gate, &willing);
    let bench = bench(&peer, 8, "connections = 1\npipelining = 'envelope'");
    let run = bench.spawn(&["send", "--yes"]);
    peer.wait_until("the content behind those refused", |log| {
        log.contents() == contents
    });
    run.kill();
    willing.store(true, Ordering::SeqCst);
    gate.open();
    (peer, bench)
}

#[test]
fn what_a_killed_run_held_of_a_relay_that_accepts_others_is_told_by_the_next() {
    let (_peer, bench) = killed(3..=4);
    let outcome = bench.run(&["send", "--yes", "--events"]);
    outcome
        .code(1)
        .stderr_has("The relay rejected these in an earlier run, which ended before it reported them:")
        .stderr_has("rejected: p0003@example.org: 554 we do not fancy this");
    let told: Vec<_> = outcome
        .events()
        .into_iter()
        .filter(|event| event["event"] == "settled" && event["status"] == "rejected")
        .collect();
    assert_eq!(told.len(), 2, "{outcome}");
    assert_eq!((&told[1]["row"], &told[1]["code"]), (&5.into(), &554.into()));
    assert_eq!(bench.summary("results")["this_run"]["rejected"], 2);
    let statuses = bench.statuses();
    assert_eq!((statuses["rejected"], statuses["in_doubt"]), (2, 1));
    // Told once.
    let again = bench.run(&["send", "--yes"]);
    again.code(1).stderr_lacks("an earlier run ended");
    assert_eq!(bench.statuses()["rejected"], 2);
}

#[test]
fn what_a_killed_run_held_of_a_relay_that_accepted_nobody_is_sent_again() {
    for refused in [1..=3, 1..=1] {
        let (_peer, bench) = killed(refused.clone());
        let outcome = bench.run(&["send", "--yes"]);
        outcome.code(1).stderr_lacks("refused");
        let statuses = bench.statuses();
        assert_eq!(
            (statuses["accepted"], statuses["in_doubt"]),
            (7, 1),
            "{refused:?}"
        );
    }
}

/// So does a run that is stopped.
#[test]
fn what_a_stopped_run_held_of_a_relay_that_accepted_nobody_is_pending() {
    let (gate, willing) = (Gate::default(), Arc::<AtomicBool>::default());
    let (closed, calm) = (gate.clone(), Arc::clone(&willing));
    let peer = Peer::policy(move |event: &Event<'_>| match event.step {
        Step::Content { to, .. } if !calm.load(Ordering::SeqCst) => {
            if to == [address(2)] {
                closed.pass();
            }
            Some(Answer::say(NO))
        }
        _ => None,
    });
    let bench = bench(&peer, 4, "connections = 1\npipelining = 'envelope'");
    let run = bench.spawn(&["send", "--yes", "--events"]);
    peer.wait_until("the second content", |log| log.contents() == 2);
    run.signal("INT");
    run.wait_for_stdout("stopping");
    gate.open();
    // Nothing went out.
    run.wait().code(4);
    assert_eq!(bench.statuses()["pending"], 4);
    willing.store(true, Ordering::SeqCst);
    bench.run(&["send", "--yes"]).code(0);
    assert_eq!(bench.statuses()["accepted"], 4);
}

/// The notice through a relay that refuses each fifth, and another.
fn beside(other: &Peer, lines: &str) -> (Peer, Bench) {
    let first = Peer::policy(|event: &Event<'_>| match event.step {
        Step::Content { to, .. } if to[0].ends_with("5@example.org") => Some(Answer::say(NO)),
        _ => None,
    });
    let toml = campaign(&format!("server = '{}'\nconnections = 1", first.url()))
        + &format!(
            "\n[relay.other]\nserver = '{}'\nconnections = 1\n{lines}\n",
            other.url()
        );
    let bench = Bench::new()
        .campaign(&toml)
        .csv("people.csv", people(1..=40))
        .file("notice.txt", "Dear {{ name }},\n");
    (first, bench)
}

#[test]
fn what_one_relay_refuses_waits_for_another_that_has_a_short_rest() {
    let begun = AtomicUsize::new(0);
    let other = Peer::policy(move |event: &Event<'_>| match event.step {
        Step::Mail { .. } if begun.fetch_add(1, Ordering::SeqCst) == 3 => {
            Some(Answer::say("451 4.7.0 too much mail, slow down"))
        }
        _ => None,
    });
    let (_first, bench) = beside(&other, "");
    bench.run(&["send", "--yes"]).code(0);
    assert_eq!(bench.statuses()["accepted"], 40);
}

#[test]
fn what_one_relay_refuses_ends_the_run_where_the_others_have_used_up_their_limits() {
    let other = Peer::policy(|_| None);
    let (_first, bench) = beside(&other, "rate = '2/day'");
    bench
        .run(&["send", "--yes"])
        .code(3)
        .stderr_has("a limit is used up");
    assert_eq!(bench.summary("results")["reason"], "quota");
    let statuses = bench.statuses();
    assert!(!statuses.contains_key("rejected"), "{statuses:?}");
    assert!(statuses["pending"] <= 4, "{statuses:?}");
}

/// A recipient is set aside, for the relay refuses it again while it takes others; then a reply that
/// nobody is owed shows that the refusal may have been another's. The large content leaves time for it.
#[test]
fn who_was_set_aside_and_may_have_the_message_is_in_doubt() {
    const ENVELOPE: &str = "< MAIL\n> 250 ok\n< RCPT\n> 250 ok\n< DATA\n> 354 go on\n";
    const SUSPENDED: &str = "< content\n> 554 Message rejected: Sending suspended for this account.\n";
    const TAKEN: &str = "< content\n> 250 2.0.0 taken\n";
    let hello = "> 220 peer ESMTP\n< EHLO\n> 250-peer\n> 250 PIPELINING\n";
    // In turn: 1, 2, 3, 4, 5, then 2 and 3 once more.
    let first: String = [TAKEN, SUSPENDED, SUSPENDED, TAKEN, TAKEN, SUSPENDED]
        .iter()
        .map(|content| format!("{ENVELOPE}{content}"))
        .collect();
    let peer = Peer::script(&format!(
        "connection 1:\n{hello}{first}{ENVELOPE}wait 100ms\n> 250 2.0.0 taken\nwait 500ms\nclose\n\
         connection *:\n{hello}repeat\n{ENVELOPE}{TAKEN}end\n"
    ));
    let relay = "connections = 1\n[delivery]\nretry = { first = '50ms' }";
    let bench = bench(&peer, 5, relay).file("large.bin", vec![7; 14_000_000]);
    let toml = bench.read("mailshot.toml");
    let large = toml.replace("subject =", "attach = ['large.bin']\nsubject =");
    bench.write("mailshot.toml", large);
    bench.run(&["send", "--yes"]).code(1).stderr_has("out of step");
    let report = bench.report("results");
    let status = |number: usize| report[number - 1]["mailshot_status"].as_str();
    assert_eq!(status(2), "in_doubt");
    assert_eq!(bench.statuses()["accepted"], 4);
}
