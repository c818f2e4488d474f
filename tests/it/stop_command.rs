//! `mailshot stop`: one process ends another's run, whatever that waits for.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]

use crate::support::gate::Gate;
use crate::support::notice::bench;
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};

/// What a bench's folder of the ledger holds.
fn left_over(bench: &crate::support::bench::Bench) -> Vec<String> {
    let files = std::fs::read_dir(bench.path(".mailshot")).expect("the ledger's folder");
    let names = files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned());
    names
        .filter(|name| name.ends_with(".stop") || name.ends_with(".run"))
        .collect()
}

#[test]
fn a_run_ends_as_with_ctrl_c_and_the_next_one_goes_on() {
    let gate = Gate::default();
    let peer = Peer::holding_after(0, &gate);
    let bench = bench(&peer, 20, "connections = 2");
    let run = bench.spawn(&["send", "--yes"]);
    peer.wait_until("two contents in flight", |log| log.contents() == 2);
    let stop = bench.spawn(&["stop"]);
    stop.wait_for_stderr(&format!("Asked process {} on ", run.id()));
    run.wait_for_stderr("stopping: finishing the messages in flight");
    gate.open();
    run.wait().code(3);
    stop.wait()
        .code(0)
        .stderr_has("Stopped: 2 accepted so far, 18 still to be sent to.\n  hint: to see what is left and how to continue: mailshot status .\n");
    assert_eq!(bench.statuses()["accepted"], 2);
    assert!(left_over(&bench).is_empty(), "{:?}", left_over(&bench));
    bench.run(&["send", "--yes"]).code(0);
    let log = peer.finish();
    log.assert_each_message_once();
    assert_eq!(log.accepted.len(), 20);
}

#[test]
fn now_waits_for_nothing() {
    let gate = Gate::default();
    let peer = Peer::holding_after(0, &gate);
    let bench = bench(&peer, 20, "connections = 2");
    let run = bench.spawn(&["send", "--yes", "--where", "name != 'Person 20'"]);
    peer.wait_until("two contents in flight", |log| log.contents() == 2);
    bench.run(&["stop", "--now"]).code(0).stderr_has(
        "0 accepted so far, 17 still to be sent to, 2 in doubt; 1 recipient was left out by --where",
    );
    run.wait().code(3);
    gate.open();
    peer.finish();
}

#[test]
fn it_ends_a_run_that_waits() {
    // For a greeting, for a quota, for another attempt.
    let silent = Peer::policy(|event| match event.step {
        Step::Connect => Some(Answer::Hang),
        _ => None,
    });
    let deferring = Peer::policy(|event| match event.step {
        Step::Rcpt { .. } => Some(Answer::say("451 4.2.1 later")),
        _ => None,
    });
    let taking = Peer::policy(|_| None);
    for (peer, relay, flags, words) in [
        (&silent, "", &[][..], None),
        (&deferring, "", &[], Some("waiting ")),
        (
            &taking,
            "rate = '2/h'",
            &["--wait"],
            Some("a limit is used up (2/h); waiting"),
        ),
    ] {
        let bench = bench(peer, 3, relay);
        let run = bench.spawn(&[&["send", "--yes"], flags].concat());
        match words {
            Some(words) => run.wait_for_stderr(words),
            None => drop(peer.wait_until("a connection", |log| log.connections.len() == 1)),
        }
        bench.run(&["stop"]).code(0).stderr_has("Stopped");
        let outcome = run.wait();
        assert!(!outcome.status.success(), "{outcome}");
        outcome.stderr_has("Stopped");
    }
}

#[test]
fn where_nothing_goes_on_there_is_nothing_to_stop() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 3, "");
    bench
        .run(&["stop"])
        .code(0)
        .stderr_has("Nothing to stop: no run of campaign is going on.");
    bench.run(&["stop", "elsewhere"]).code(2);
    bench.run(&["send", "--yes"]).code(0);
    bench.run(&["stop"]).code(0).stderr_has("Nothing to stop");
    peer.finish();
}

/// A process that was killed leaves what it was called; nobody is stopped by what names it.
#[test]
fn what_a_killed_run_left_stops_no_later_one() {
    let gate = Gate::default();
    let peer = Peer::holding_after(0, &gate);
    let bench = bench(&peer, 6, "connections = 1");
    let run = bench.spawn(&["send", "--yes"]);
    peer.wait_until("a content in flight", |log| log.contents() == 1);
    let note = bench.read(".mailshot/campaign.run");
    run.kill();
    bench.run(&["stop"]).code(0).stderr_has("Nothing to stop");
    let called: serde_json::Value = serde_json::from_str(&note).expect("what the run is called");
    let mark = serde_json::json!({"run": called["run"], "how": "now"}).to_string();
    bench.write(".mailshot/campaign.stop", &mark);
    gate.open();
    let later = bench.spawn(&["send", "--yes", "--in-doubt", "resend"]);
    later.wait_for_stderr("Sending 6 messages");
    // Nor where the mark comes late.
    bench.write(".mailshot/campaign.stop", &mark);
    later.wait().code(0);
    assert_eq!(bench.statuses()["accepted"], 6);
    peer.finish();
}
