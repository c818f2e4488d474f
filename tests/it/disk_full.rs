//! The disk is full: below the ledger, the results, a dry run.
//!
//! A small tmpfs stands for the disk, so these tests need root and Linux.

#![cfg(target_os = "linux")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::support::bench::Bench;
use crate::support::gate::Gate;
use crate::support::notice::{address, bench};
use crate::support::peer::Peer;
use crate::support::peer::policy::Step;
use crate::support::small_disk::SmallDisk;

const CONNECTIONS: usize = 4;
const RECIPIENTS: usize = 300;
/// The longest a test waits for what it wants to see.
const PATIENCE: Duration = Duration::from_secs(30);

/// The same, only with contents that have the next envelope behind them. Tells of each.
fn holding_joint_flights_after(count: usize, gate: &Gate) -> (Peer, Receiver<()>) {
    let (gate, seen) = (gate.clone(), AtomicUsize::new(0));
    let (held, holding) = channel();
    let peer = Peer::policy(move |event| {
        if matches!(event.step, Step::Content { .. })
            && seen.fetch_add(1, Ordering::SeqCst) >= count
            && event.joined
        {
            held.send(()).ok();
            gate.pass();
        }
        None
    });
    (peer, holding)
}

/// Everybody's status, as the ledger alone tells it.
fn told(bench: &Bench) -> BTreeMap<String, String> {
    let report = bench.run(&["report"]);
    report.code(0);
    let mut reader = csv::Reader::from_reader(report.stdout.trim_start_matches('\u{feff}').as_bytes());
    let rows = reader.deserialize::<BTreeMap<String, String>>();
    rows.map(|row| row.expect("a row of the report"))
        .map(|row| (row["email"].clone(), row["mailshot_status"].clone()))
        .collect()
}

fn count(told: &BTreeMap<String, String>, status: &str) -> usize {
    told.values().filter(|one| *one == status).count()
}

#[test]
fn a_ledger_without_room_in_the_middle_of_joint_flights_lets_nothing_leave_unrecorded() {
    let gate = Gate::default();
    let (peer, holding) = holding_joint_flights_after(40, &gate);
    let bench = bench(&peer, RECIPIENTS, &format!("connections = {CONNECTIONS}"));
    let Some(disk) = SmallDisk::mount(bench.path(".mailshot"), 16 * 1024) else {
        return;
    };
    let run = bench.spawn(&["send", "--yes"]);
    for _ in 0..CONNECTIONS {
        holding
            .recv_timeout(PATIENCE)
            .expect("a joint flight on every connection");
    }
    disk.fill();
    gate.open();
    run.wait()
        .code(3)
        .stderr_has("the ledger")
        .stderr_has("disk is full");
    // The reports lie where there is room, and tell what was recorded.
    assert_eq!(bench.summary("results")["exit_code"], 3);
    let reported = bench.statuses();

    disk.grow();
    let log = peer.wait_until("the connections to end", |log| {
        log.connections.iter().all(|one| one.ended.is_some())
    });
    let first = told(&bench);
    for (status, number) in reported {
        assert_eq!(count(&first, &status), number, "{status} in report.csv");
    }
    for to in log.recipients() {
        let known = ["accepted", "in_doubt"].contains(&first[to].as_str());
        assert!(known, "{to} got a message and is {}", first[to]);
    }
    assert!(count(&first, "pending") > 0, "the run stopped early");
    let in_doubt = count(&first, "in_doubt");
    assert!((1..=CONNECTIONS).contains(&in_doubt), "{in_doubt} in doubt");

    bench.run(&["send", "--yes"]).code(1);
    let last = told(&bench);
    assert_eq!(count(&last, "in_doubt"), in_doubt);
    assert_eq!(count(&last, "accepted"), RECIPIENTS - in_doubt);
    let log = peer.finish();
    log.assert_each_message_once();
    let everybody: BTreeSet<String> = (1..=RECIPIENTS).map(address).collect();
    let reached: BTreeSet<String> = log.recipients().into_iter().map(str::to_owned).collect();
    assert_eq!(reached, everybody);
}

#[test]
fn a_ledger_without_room_before_the_first_content_lets_nothing_go_out() {
    let gate = Gate::default();
    let before = gate.clone();
    let peer = Peer::policy(move |event| {
        if matches!(event.step, Step::Connect) {
            before.pass();
        }
        None
    });
    let bench = bench(&peer, 200, &format!("connections = {CONNECTIONS}"));
    let Some(disk) = SmallDisk::mount(bench.path(".mailshot"), 16 * 1024) else {
        return;
    };
    let run = bench.spawn(&["send", "--yes"]);
    peer.wait_until("a connection", |log| !log.connections.is_empty());
    disk.fill();
    gate.open();
    run.wait()
        .code(2)
        .stderr_has("the ledger")
        .stderr_has("disk is full");
    assert_eq!(peer.log().contents(), 0);

    disk.grow();
    bench.run(&["send", "--yes"]).code(0);
    let log = peer.finish();
    log.assert_each_message_once();
    assert_eq!(log.accepted.len(), 200);
}

#[test]
fn a_ledger_without_room_for_the_rows_is_named_and_nothing_goes_out() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 2_000, &format!("connections = {CONNECTIONS}"));
    let Some(disk) = SmallDisk::mount(bench.path(".mailshot"), 256) else {
        return;
    };
    bench
        .run(&["send", "--yes"])
        .code(2)
        .stderr_has("the ledger")
        .stderr_has("disk is full");
    disk.grow();
    bench.run(&["send", "--yes"]).code(0);
    let log = peer.finish();
    log.assert_each_message_once();
    assert_eq!(log.accepted.len(), 2_000);
}

/// The run whose results have no room any more once its messages are under way.
fn without_room_for_results(bench: &Bench, peer: &Peer, gate: &Gate) {
    let Some(disk) = SmallDisk::mount(bench.path("results"), 4 * 1024) else {
        return;
    };
    let run = bench.spawn(&["send", "--yes"]);
    peer.wait_until("the dots without a reply", |log| {
        log.contents() == 10 + CONNECTIONS
    });
    disk.fill();
    gate.open();
    run.wait()
        .code(3)
        .stderr_has("results/report.csv cannot be written: the disk is full")
        .stderr_has("the messages were sent; to write the report again: mailshot report");
    assert_eq!(
        disk.names(),
        ["filling", "summary.json"],
        "no half of a report is left"
    );
    assert_eq!(bench.summary("results")["exit_code"], serde_json::Value::Null);
    assert_eq!(count(&told(bench), "accepted"), 40);

    disk.grow();
    bench.run(&["report", "--output", "results/report.csv"]).code(0);
    assert_eq!(bench.statuses(), BTreeMap::from([("accepted".to_owned(), 40)]));
    bench.run(&["send", "--yes"]).code(0);
    assert_eq!(bench.summary("results")["exit_code"], 0);
}

#[test]
fn results_without_room_are_written_again_when_there_is_some() {
    // Rows that fit into a buffer fail when it is emptied, others on the way.
    for note in ["short".to_owned(), "long ".repeat(1_000)] {
        let gate = Gate::default();
        let peer = Peer::holding_after(10, &gate);
        let bench = bench(&peer, 40, &format!("connections = {CONNECTIONS}"));
        let rows = (1..=40).map(|number| format!("{},Person {number},{note}\n", address(number)));
        let rows: String = rows.collect();
        bench.write("people.csv", format!("email,name,note\n{rows}"));
        without_room_for_results(&bench, &peer, &gate);
        gate.open();
        peer.finish().assert_each_message_once();
    }
}

#[test]
fn a_dry_run_without_room_names_the_file_and_leaves_none() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 200, "");
    let Some(disk) = SmallDisk::mount(bench.path("out"), 256) else {
        return;
    };
    for folder in ["out", "out/preview"] {
        bench
            .run(&["send", "--dry-run", "--output", folder])
            .code(2)
            .stderr_has(&format!("{folder}/0000"))
            .stderr_has("@example.org.eml cannot be written: the disk is full");
        assert_eq!(disk.names(), Vec::<String>::new(), "what was written is gone");
    }
    // Not even the list of what is written has room.
    disk.fill();
    bench
        .run(&["send", "--dry-run", "--output", "out"])
        .code(2)
        .stderr_has("cannot be written: the disk is full");
    assert_eq!(disk.names(), ["filling"]);

    disk.grow();
    bench.run(&["send", "--dry-run", "--output", "out"]).code(0);
    assert_eq!(bench.eml("out").len(), 200);
}
