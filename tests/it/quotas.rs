//! Limits by the hour and the day: counted across runs, campaigns and
//! processes, by what went out.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]

use crate::support::notice::bench;
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};

#[test]
fn a_day_limit_stops_the_run_and_holds_for_the_next_and_for_other_campaigns() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 20, "rate = ['100/s', '7/day']\nconnections = 3");
    let outcome = bench.run(&["send", "--yes"]);
    outcome
        .code(3)
        .stderr_has("Stopped: a limit is used up (7/day); it is free again in ");
    outcome
        .stderr_has(" on the same command continues with the 13 recipients who are left (with --wait it waits until then)")
        .stderr_lacks("run it again in");
    let summary = bench.summary("results");
    assert_eq!(summary["reason"], "quota");
    // The window is a day, and all that went out is of this moment.
    let end = summary["finished_at"].as_str().expect("an end");
    assert!(summary["retry_at"].as_str() > Some(end), "{summary}");
    assert_eq!(bench.statuses()["accepted"], 7);
    assert_eq!(bench.statuses()["pending"], 13);
    // The same day, the same account: nothing, whatever the campaign is called.
    let again = bench.run(&["send", "--yes"]);
    again.code(4).stderr_has("a limit is used up (7/day)");
    bench.run(&["send", "--yes", "--name", "other"]).code(4);
    bench
        .run(&["send", "--yes", "--test-to", "me@uni.example"])
        .code(4);
    assert_eq!(peer.finish().accepted.len(), 7);
}

#[test]
fn a_test_to_oneself_counts_and_refused_recipients_do_not() {
    let peer = Peer::policy(|event| match event.step {
        Step::Rcpt { to, .. } if to.starts_with("p0002") => Some(Answer::say("550 5.1.1 no such user")),
        _ => None,
    });
    let bench = bench(&peer, 12, "rate = '10/day'\nconnections = 1");
    bench
        .run(&["send", "--yes", "--test-to", "me@uni.example", "--limit", "2"])
        .code(0);
    bench.run(&["send", "--yes"]).code(3);
    let statuses = bench.statuses();
    assert_eq!(
        (statuses["accepted"], statuses["rejected"]),
        (8, 1),
        "{statuses:?}"
    );
    assert_eq!(peer.finish().accepted.len(), 10);
}

#[test]
fn two_processes_at_once_share_an_hour() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 40, "rate = '60/h'\nconnections = 2");
    let runs = ["one", "two"].map(|name| bench.spawn(&["send", "--yes", "--name", name]));
    let codes = runs.map(|run| run.wait().status.code());
    assert!(codes.contains(&Some(3)), "{codes:?}");
    let accepted = peer.finish().accepted.len();
    assert_eq!(accepted, 60, "{codes:?}");
}

#[test]
fn a_letter_to_three_takes_three_of_the_limit() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 5, "rate = '7/day'");
    let toml = bench
        .read("mailshot.toml")
        .replace("subject =", "cc = 'a@uni.example, b@uni.example'\nsubject =");
    bench.write("mailshot.toml", toml);
    bench.run(&["send", "--yes"]).code(3);
    assert_eq!(bench.statuses()["accepted"], 2, "seven is not three times three");
    peer.finish();
}

#[test]
#[cfg(unix)]
fn with_wait_the_run_waits_and_can_be_stopped() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 9, "rate = '5/h'");
    let run = bench.spawn(&["send", "--yes", "--wait"]);
    run.wait_for_stderr("a limit is used up (5/h); waiting");
    assert_eq!(peer.log().accepted.len(), 5);
    run.signal("INT");
    let outcome = run.wait();
    outcome.code(3).stderr_has("Stopped on request");
    assert_eq!(bench.statuses()["accepted"], 5);
}
