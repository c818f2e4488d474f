//! One mailing after the other: who is new, what has changed, what was sent already.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]

use std::collections::BTreeSet;

use crate::support::bench::Bench;
use crate::support::notice::{address, bench, campaign, people};
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};

fn willing() -> Peer {
    Peer::policy(|_| None)
}

/// Everybody a message was accepted for since the first `before` ones, sorted.
fn sent_since(peer: &Peer, before: usize) -> Vec<String> {
    let mut to: Vec<String> = peer.log().accepted[before..]
        .iter()
        .flat_map(|message| message.recipients.clone())
        .collect();
    to.sort_unstable();
    to
}

fn accepted(bench: &Bench) -> usize {
    bench.statuses().get("accepted").copied().unwrap_or(0)
}

#[test]
fn a_finished_mailing_sends_to_those_who_are_new_and_to_nobody_else() {
    let peer = willing();
    let bench = bench(&peer, 5, "");
    bench.run(&["send", "--yes"]).code(0);
    let connections = peer.log().connections.len();
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("Nothing to send")
        .stderr_has("to send a new mailing to everybody");
    assert_eq!(
        peer.log().connections.len(),
        connections,
        "nothing to send needs no connection"
    );

    // Sorted otherwise, with a new row in the middle.
    bench.write(
        "people.csv",
        "name,email\nPerson 5,p0005@example.org\nPerson 9,p0009@example.org\nPerson 1,P0001@example.org\n\
         Person 3,p0003@example.org\nPerson 2,p0002@example.org\nPerson 4,p0004@example.org\n",
    );
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("Sending 1 message through here (localhost)");
    assert_eq!(sent_since(&peer, 5), [address(9)]);
    assert_eq!(accepted(&bench), 6);

    // One row gone: what was sent stays sent, and is counted apart.
    bench.write("people.csv", people(2..=5));
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("Nothing to send")
        .stderr_has("2 recipients of earlier runs are no longer in the recipients file");
    assert_eq!(
        accepted(&bench),
        6,
        "who is no longer in the file is in the report still"
    );
    peer.finish().assert_each_message_once();
}

#[test]
fn changed_content_stops_and_names_the_part() {
    let peer = willing();
    let bench = bench(&peer, 3, "");
    bench.run(&["send", "--yes"]).code(0);
    bench.write("notice.txt", "Dear {{ name }},\n\nthe course is cancelled.\n");
    bench.write("people.csv", people(1..=4));
    bench
        .run(&["send", "--yes"])
        .code(2)
        .stderr_has("the content has changed since 3 recipients got this mailing on ")
        .stderr_has("  notice.txt has changed\n    - the course moves to room 101.\n    + the course is cancelled.\n  hint")
        .stderr_has("to send a new mailing to everybody in the list, again to ")
        .stderr_has("to continue, with the new content for ");
    assert_eq!(peer.log().accepted.len(), 3, "nothing went out");

    bench.run(&["send", "--yes", "--accept-changes"]).code(0);
    assert_eq!(sent_since(&peer, 3), [address(4)]);
    let first: BTreeSet<String> = peer
        .log()
        .accepted
        .into_iter()
        .map(|one| one.message_id)
        .collect();

    // Accepted once is accepted: the next run asks no more.
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("Nothing to send");

    bench
        .run(&["send", "--yes", "--new"])
        .code(0)
        .stderr_has("accepted 4 of 4");
    assert_eq!(sent_since(&peer, 4), (1..=4).map(address).collect::<Vec<_>>());
    let log = peer.finish();
    log.assert_each_message_once();
    let second = log.accepted[4..].iter().map(|one| one.message_id.clone());
    assert!(
        second.into_iter().all(|id| !first.contains(&id)),
        "a new mailing has new Message-IDs"
    );
}

#[test]
fn a_changed_subject_is_named_too_and_a_changed_relay_is_none_of_it() {
    let peer = willing();
    let bench = bench(&peer, 3, "");
    bench.run(&["send", "--yes", "--limit", "1"]).code(0);
    let other = willing();
    let relay = format!("server = '{}'\nconnections = 2", other.url());
    bench.write(
        "mailshot.toml",
        campaign(&relay).replace("Room change", "Another room change"),
    );
    bench
        .run(&["send", "--yes"])
        .code(2)
        .stderr_has("is not finished (1 sent so far), and the content has changed since")
        .stderr_has(
            "  subject has changed\n    - Room change, {{ name }}\n    + Another room change, {{ name }}\n",
        );
    bench.write("mailshot.toml", campaign(&relay));
    bench.run(&["send", "--yes"]).code(0);
    assert_eq!(sent_since(&other, 0), [address(2), address(3)]);
}

#[test]
fn an_unfinished_mailing_is_not_replaced_without_giving_it_up() {
    let peer = willing();
    let bench = bench(&peer, 4, "");
    bench.run(&["send", "--yes", "--limit", "1"]).code(0);
    bench
        .run(&["send", "--yes", "--new"])
        .code(2)
        .stderr_has("is not finished: 3 recipients are still to be sent to")
        .stderr_has("to continue it: mailshot send")
        .stderr_has("--new --abandon");
    assert_eq!(peer.log().accepted.len(), 1);
    bench
        .run(&["send", "--yes", "--abandon"])
        .code(2)
        .stderr_has("--new");
    bench.run(&["send", "--yes", "--new", "--abandon"]).code(0);
    assert_eq!(sent_since(&peer, 1), (1..=4).map(address).collect::<Vec<_>>());
    peer.finish().assert_each_message_once();
}

#[test]
fn a_part_first_and_then_the_rest() {
    let peer = willing();
    let bench = bench(&peer, 30, "");
    bench
        .run(&["send", "--yes", "--limit", "10"])
        .code(0)
        .stderr_has("20 still to be sent to");
    assert_eq!(sent_since(&peer, 0), (1..=10).map(address).collect::<Vec<_>>());
    bench
        .run(&[
            "send",
            "--yes",
            "--only",
            "P0020@EXAMPLE.ORG",
            "--only",
            "p0021@example.org",
        ])
        .code(0);
    assert_eq!(sent_since(&peer, 10), [address(20), address(21)]);
    bench
        .run(&["send", "--yes", "--only", "p0020@example.org"])
        .code(0)
        .stderr_has("Nothing to send");
    bench
        .run(&["send", "--yes", "--only", "nobody@example.org"])
        .code(2)
        .stderr_has("not in the recipients file: nobody@example.org");
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("accepted 30 of 30");
    let log = peer.finish();
    log.assert_each_message_once();
    assert_eq!(log.accepted.len(), 30);
}

#[test]
fn the_rejected_stay_so_until_told_otherwise() {
    let peer = Peer::policy(|event| match event.step {
        Step::Rcpt {
            to: "p0002@example.org",
            attempt: 1,
        } => Some(Answer::say("550 5.1.1 no such user yet")),
        _ => None,
    });
    let bench = bench(&peer, 3, "");
    bench
        .run(&["send", "--yes"])
        .code(1)
        .stderr_has("1 rejected by the relay");
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("Nothing to send");
    assert_eq!(accepted(&bench), 2);
    bench.run(&["send", "--yes", "--retry-rejected"]).code(0);
    assert_eq!(accepted(&bench), 3);
    assert_eq!(bench.table("results/failed.csv").len(), 0);
    peer.finish().assert_each_message_once();
}

#[test]
fn a_relay_of_a_file_is_not_used_without_somebody_to_ask() {
    let peer = willing();
    let bench = bench(&peer, 3, "");
    bench
        .run(&["send"])
        .code(2)
        .stderr_has("there is no terminal to ask on")
        .stderr_has("--yes");
    assert_eq!(peer.finish().connections.len(), 0);
}

/// Rows are loaded while they are checked.
#[test]
fn a_check_that_finds_errors_leaves_the_ledger_as_it_was() {
    let peer = willing();
    let bench = bench(&peer, 1000, "");
    let good = bench.read("people.csv");
    bench.write("people.csv", format!("{good}nobody,Eve\n"));
    let refused = |place| {
        bench.run(&["send", "--yes"]).code(2).stderr_has(place);
    };
    refused("people.csv:1002");
    let ledger = bench.path(".mailshot/campaign.db");
    assert!(!ledger.exists(), "a ledger of nothing");

    bench.write("people.csv", &good);
    bench.run(&["send", "--yes", "--limit", "600"]).code(0);
    let before = bench.run(&["report"]).stdout;
    bench.write("people.csv", format!("{good}new@example.org,New\nnobody,Eve\n"));
    refused("people.csv:1003");
    assert_eq!(bench.run(&["report"]).stdout, before);

    bench.write(
        "people.csv",
        format!("{good}new@example.org,New\n{},Again\n", address(1)),
    );
    bench
        .run(&["send", "--yes"])
        .code(2)
        .stderr_has("rows 2, 1003")
        .stderr_has("--skip-duplicates");
    assert_eq!(bench.run(&["report"]).stdout, before);
    bench.run(&["send", "--yes", "--skip-duplicates"]).code(0);
    assert_eq!(accepted(&bench), 1001);
    assert_eq!(bench.statuses().get("duplicate"), Some(&1));
    peer.finish().assert_each_message_once();
}

#[test]
fn the_report_comes_in_forms() {
    let peer = Peer::policy(|event| match event.step {
        Step::Rcpt {
            to: "p0002@example.org",
            ..
        } => Some(Answer::say("550 5.1.1 no such user")),
        _ => None,
    });
    let bench = bench(&peer, 3, "");
    bench
        .run(&["report"])
        .code(2)
        .stderr_has("no mailing is recorded here");
    bench
        .run(&["status"])
        .code(2)
        .stderr_has("no mailing is recorded here");
    bench.run(&["send", "--yes"]).code(1);

    let printed = bench.run(&["report"]);
    printed.code(0);
    assert_eq!(printed.stdout.as_bytes(), bench.bytes("results/report.csv"));
    let json = bench.run(&["report", "--format", "json"]);
    json.code(0);
    let rows: serde_json::Value = serde_json::from_str(&json.stdout).expect("the report is JSON");
    assert_eq!(rows.as_array().map(Vec::len), Some(3));
    assert_eq!(rows[1]["row"]["email"], "p0002@example.org");
    assert_eq!(rows[1]["status"], "rejected");
    assert_eq!(rows[1]["code"], 550);

    bench
        .run(&["report", "--only", "rejected", "--output", "refused.csv"])
        .code(0);
    let refused = bench.table("refused.csv");
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0]["mailshot_reply"], "5.1.1 no such user");
    bench
        .run(&["report", "--only", "lost"])
        .code(2)
        .stderr_has("the statuses are pending, accepted");

    bench.write("people.csv", people(3..=3));
    bench.run(&["send", "--yes", "--new"]).code(0);
    let first = bench.run(&["report", "--mailing", "1"]);
    first.code(0).stdout_has("p0002@example.org");
    let latest = bench.run(&["report"]);
    assert!(!latest.code(0).stdout.contains("p0002@example.org"));
    bench
        .run(&["report", "--mailing", "7"])
        .code(2)
        .stderr_has("there is no mailing 7; this campaign has mailings 1 to 2");
}
