//! Recipients in doubt: who they are, and what a person decides.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]

use std::collections::BTreeMap;

use crate::support::bench::Bench;
use crate::support::notice::{address, bench};
use crate::support::peer::policy::{Answer, Step};
use crate::support::peer::{Log, Peer};

/// Four recipients, of whom the second and third are in doubt: the relay took
/// their content once, and hung up.
fn two_in_doubt() -> (Peer, Bench) {
    let peer = Peer::policy(|event| match event.step {
        Step::Content { to, attempt: 1, .. } if to == [address(2)] || to == [address(3)] => {
            Some(Answer::TakeThenReset)
        }
        _ => None,
    });
    let bench = bench(&peer, 4, "connections = 1\npipelining = 'envelope'");
    let run = bench.run(&["send", "--yes"]);
    run.code(1).stderr_has("2 in doubt");
    assert_eq!(
        run.stderr.matches("in doubt: p0002@example.org").count(),
        1,
        "{run}"
    );
    (peer, bench)
}

/// Octet for octet, what somebody got.
fn contents(log: &Log, number: usize) -> Vec<Vec<u8>> {
    let got = log
        .accepted
        .iter()
        .filter(|one| one.recipients == [address(number)]);
    got.map(|one| one.content.clone()).collect()
}

#[test]
fn those_in_doubt_are_listed_with_what_helps_to_find_out() {
    let (peer, bench) = two_in_doubt();
    let row = |number: usize| {
        let report = bench.report("results");
        report[number - 1]["mailshot_message_id"].clone()
    };
    let told = bench.run(&["status", "--in-doubt"]);
    told.code(0)
        .stdout_has("2 recipients are in doubt in the mailing of ")
        .stdout_has("p0002@example.org (row 3)")
        .stdout_has("p0003@example.org (row 4)")
        .stdout_has("handed to relay here, 20")
        .stdout_has(&format!("Message-ID: {}", row(2)))
        .stdout_has(&format!("Message-ID: {}", row(3)))
        .stdout_has("session 2 of the run of ")
        .stdout_has("mailshot settle . p0002@example.org p0003@example.org --sent\n")
        .stdout_has("mailshot settle . KEY… --unsent");
    assert!(!told.stdout.contains("p0001@"), "{}", told.stdout);

    let json = bench.run(&["status", "--in-doubt", "--json"]);
    let status: serde_json::Value = serde_json::from_str(&json.code(0).stdout).expect("JSON");
    let doubts = status["in_doubt"].as_array().expect("a list");
    assert_eq!(doubts.len(), 2);
    assert_eq!(doubts[0]["key"], "p0002@example.org");
    assert_eq!(doubts[0]["row"], 3);
    assert_eq!(doubts[0]["relay"], "here");
    assert_eq!(doubts[0]["message_id"], row(2));
    peer.finish();
}

#[test]
fn a_person_decides_and_the_decision_is_kept() {
    let (peer, bench) = two_in_doubt();
    bench
        .run(&["settle", "P0002@example.org"])
        .code(2)
        .stderr_has("<--sent|--unsent>");
    bench
        .run(&["settle", "P0002@example.org", "--sent"])
        .code(0)
        .stderr_has("1 recipient settled as sent.")
        .stderr_has("1 still in doubt.");
    bench
        .run(&["settle", ".", "p0003@example.org", "--unsent"])
        .code(0)
        .stderr_has("mailshot send sends to them");
    // The reports are as true as the ledger.
    assert_eq!(
        bench.statuses(),
        BTreeMap::from([("accepted".to_owned(), 3), ("pending".to_owned(), 1)])
    );
    assert_eq!(bench.table("results/in_doubt.csv").len(), 0);
    let report = bench.report("results");
    assert_eq!(report[1]["mailshot_reply"], "settled by hand: it was sent");
    assert_eq!(report[2]["mailshot_reply"], "settled by hand: it was not sent");
    bench
        .run(&["status", "--in-doubt"])
        .code(0)
        .stdout_has("Nobody is in doubt");

    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("Sending 1 message");
    assert_eq!(bench.statuses(), BTreeMap::from([("accepted".to_owned(), 4)]));
    let log = peer.finish();
    assert_eq!(contents(&log, 2).len(), 1, "it was said to be sent");
    let copies = contents(&log, 3);
    assert_eq!(copies.len(), 2);
    assert_eq!(copies[0], copies[1], "octet for octet");
}

#[test]
fn the_last_decision_finishes_the_mailing() {
    let (peer, bench) = two_in_doubt();
    bench
        .run(&["settle", "--all", "--sent"])
        .code(0)
        .stderr_has("2 recipients settled as sent.");
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("Nothing to send");
    bench.run(&["send", "--yes", "--new"]).code(0);
    peer.finish();
}

#[test]
fn whoever_is_not_in_doubt_cannot_be_settled_and_then_nobody_is() {
    let (peer, bench) = two_in_doubt();
    let before = bench.run(&["report"]).stdout;
    bench
        .run(&[
            "settle",
            "p0002@example.org",
            "p0001@example.org",
            "who@example.org",
            "--sent",
        ])
        .code(2)
        .stderr_has("not in doubt: p0001@example.org (accepted), who@example.org (not in this mailing)")
        .stderr_has("nothing was changed");
    assert_eq!(bench.run(&["report"]).stdout, before);
    for wrong in [
        &["settle", "--sent"][..],
        &["settle", "p0002@example.org"],
        &["settle", "p0002@example.org", "--sent", "--unsent"],
        &["settle", "--all", "p0002@example.org", "--sent"],
    ] {
        bench.run(wrong).code(2);
    }
    assert_eq!(bench.run(&["report"]).stdout, before);
    bench.write("elsewhere/mailshot.toml", bench.read("mailshot.toml"));
    bench
        .run(&["settle", "elsewhere", "p0002@example.org", "--sent"])
        .code(2)
        .stderr_has("no mailing is recorded here");
    assert!(!bench.path("elsewhere/.mailshot").exists());
    peer.finish();
}
