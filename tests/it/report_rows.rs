//! The report is never smaller than what is known: other lists, runs that are killed, other names.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]

use std::fs;

use serde_json::Value;

use crate::support::bench::Bench;
use crate::support::gate::Gate;
use crate::support::notice::{address, bench, campaign, people};
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};

/// Refuses the second and the fifth of them for good.
fn refusing() -> Peer {
    Peer::policy(|event| match event.step {
        Step::Rcpt { to, .. } if to == address(2) || to == address(5) => {
            Some(Answer::say("550 5.1.1 no such user"))
        }
        _ => None,
    })
}

fn statuses(bench: &Bench) -> Vec<(String, String)> {
    let rows = bench.report("results").into_iter();
    rows.map(|row| (row["email"].clone(), row["mailshot_status"].clone()))
        .collect()
}

fn status(bench: &Bench) -> Value {
    let outcome = bench.run(&["status", "--json"]);
    serde_json::from_str(&outcome.code(0).stdout).expect("the status is JSON")
}

#[test]
fn who_is_no_longer_in_the_list_stays_in_the_report_and_comes_last() {
    let peer = refusing();
    let bench = bench(&peer, 6, "");
    bench.run(&["send", "--yes"]).code(1);
    bench
        .run(&["send", "--yes", "--recipients", "results/failed.csv"])
        .code(0);
    let expected = |rows: &[(usize, &str)]| -> Vec<(String, String)> {
        rows.iter()
            .map(|(number, status)| (address(*number), (*status).to_owned()))
            .collect()
    };
    let all = [
        (2, "rejected"),
        (5, "rejected"),
        (1, "accepted"),
        (3, "accepted"),
        (4, "accepted"),
        (6, "accepted"),
    ];
    assert_eq!(statuses(&bench), expected(&all));
    let now = status(&bench);
    assert_eq!(now["statuses"]["accepted"], 0);
    assert_eq!(now["no_longer_listed"]["accepted"], 4);
    bench
        .run(&["status"])
        .code(0)
        .stdout_has("4 are no longer in the list: accepted");
    assert_eq!(bench.table("results/failed.csv").len(), 2);

    // Mended in the list: the old address is known still, and comes back into no list.
    bench.write(
        "results/failed.csv",
        "name,room,email\nPerson 2,101,q0002@example.org\n",
    );
    bench
        .run(&[
            "send",
            "--yes",
            "--recipients",
            "results/failed.csv",
            "--accept-changes",
        ])
        .code(0);
    let rows = bench.report("results");
    assert_eq!(rows.len(), 7);
    let old = rows
        .iter()
        .find(|row| row["email"] == address(2))
        .expect("the old row");
    assert_eq!(
        (&*old["name"], &*old["room"], &*old["mailshot_status"]),
        ("Person 2", "", "rejected")
    );
    assert_eq!(bench.table("results/failed.csv").len(), 0);

    // The whole list again, in another order.
    bench.write(
        "people.csv",
        "email,name\np0006@example.org,Person 6\np0001@example.org,Person 1\n",
    );
    bench.run(&["send", "--yes", "--accept-changes"]).code(0);
    let rows = statuses(&bench);
    assert_eq!(rows.len(), 7);
    assert_eq!(rows[..2], expected(&[(6, "accepted"), (1, "accepted")]));
    peer.finish().assert_each_message_once();
}

#[test]
fn the_report_of_a_run_does_not_pass_for_that_of_one_that_was_killed() {
    let gate = Gate::default();
    let peer = Peer::holding_after(8, &gate);
    let bench = bench(&peer, 20, "connections = 1");
    bench.run(&["send", "--yes", "--limit", "5"]).code(0);
    assert_eq!(bench.report("results").len(), 20);
    let run = bench.spawn(&["send", "--yes"]);
    peer.wait_until("the ninth content", |log| log.contents() == 9);
    run.kill();
    gate.open();
    assert!(
        !bench.path("results/report.csv").exists(),
        "no report tells less than is known"
    );
    assert_eq!(status(&bench)["statuses"]["accepted"], 8);
    bench.run(&["send", "--yes"]).code(1);
    assert_eq!(bench.report("results").len(), 20);
    let left: Vec<String> = fs::read_dir(bench.path("results"))
        .expect("the results")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains("before"))
        .collect();
    assert_eq!(left, [""; 0]);
    peer.finish().assert_each_message_once();
}

#[test]
fn another_name_has_results_of_its_own() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 4, "");
    bench.run(&["send", "--yes"]).code(0);
    bench.write("one.csv", people(9..=9));
    bench
        .run(&["send", "--yes", "--name", "other", "--recipients", "one.csv"])
        .code(0);
    assert_eq!(bench.report("results").len(), 4);
    assert_eq!(bench.report("results/other").len(), 1);
    assert_eq!(bench.summary("results")["campaign"], "campaign");
    bench
        .run(&["status", "--name", "other"])
        .code(0)
        .stdout_has("accepted            1");
    peer.finish();
}

#[test]
fn every_mailing_is_listed() {
    let peer = refusing();
    let bench = bench(&peer, 3, "");
    bench.run(&["send", "--yes"]).code(1);
    bench.run(&["send", "--yes", "--new", "--limit", "1"]).code(0);
    bench
        .run(&["status", "--mailings"])
        .code(0)
        .stdout_has("   1  ")
        .stdout_has("  finished    2 accepted, 1 rejected\n")
        .stdout_has("   2  ")
        .stdout_has("  unfinished  2 pending, 1 accepted\n");
    let outcome = bench.run(&["status", "--mailings", "--json"]);
    let listed: Value = serde_json::from_str(&outcome.code(0).stdout).expect("JSON");
    let of = |at: usize| &listed["mailings"][at];
    assert_eq!((&of(0)["number"], &of(1)["number"]), (&1.into(), &2.into()));
    assert_eq!(
        (&of(0)["state"], &of(1)["state"]),
        (&"finished".into(), &"unfinished".into())
    );
    assert_eq!(of(1)["statuses"]["pending"], 2);
    peer.finish();
}

#[test]
fn what_flags_alone_sent_is_found_again() {
    let peer = Peer::policy(|_| None);
    let bench = Bench::new()
        .csv("people.csv", people(1..=2))
        .csv("staff.csv", people(3..=5))
        .file("notice.txt", "Dear {{ name }}\n");
    let send = |list: &str| {
        let relay = peer.url();
        bench
            .run(&[
                "send",
                "--yes",
                "--recipients",
                list,
                "--from",
                "registrar@uni.example",
                "--subject",
                "Room",
                "--text",
                "notice.txt",
                "--relay",
                &relay,
            ])
            .code(0);
    };
    send("people.csv");
    bench
        .run(&["status"])
        .code(0)
        .stdout_has("people: mailing of ")
        .stdout_has("accepted            2");
    bench
        .run(&["report"])
        .code(0)
        .stdout_has("p0002@example.org,Person 2,accepted");
    send("staff.csv");
    bench
        .run(&["status"])
        .code(2)
        .stderr_has("there are ledgers of these names: people, staff")
        .stderr_has("add --name with one of them");
    bench
        .run(&["status", "--name", "staff"])
        .code(0)
        .stdout_has("accepted            3");
    let unsent = Bench::new().campaign(&campaign("server = 'smtp+plain://localhost'"));
    unsent
        .run(&["status", "--mailings"])
        .code(2)
        .stderr_has("no mailing is recorded here");
    peer.finish();
}
