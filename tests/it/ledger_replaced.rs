//! The ledger is removed, replaced or moved while a run goes on: it stops, says so, and what it
//! reports is what it wrote.

#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;

use rusqlite::Connection;

use crate::support::bench::Bench;
use crate::support::gate::Gate;
use crate::support::notice::bench;
use crate::support::peer::{Log, Peer};

const PEOPLE: usize = 60;

/// A run that goes on once `meddle` has done something to its files, in the middle of its messages:
/// how it ended, and what the peer had then.
fn meddled_with(meddle: impl FnOnce(&Bench)) -> (Bench, Peer, crate::support::program::Outcome) {
    let gate = Gate::default();
    let peer = Peer::holding_after(9, &gate);
    let bench = bench(&peer, PEOPLE, "connections = 1");
    let run = bench.spawn(&["send", "--yes"]);
    peer.wait_until("the tenth content", |log| log.contents() == 10);
    meddle(&bench);
    gate.open();
    let outcome = run.wait();
    (bench, peer, outcome)
}

fn stopped(outcome: &crate::support::program::Outcome, words: &str) {
    outcome
        .code(3)
        .stderr_has(words)
        .stderr_has("nothing more is sent")
        .stderr_lacks("goes on")
        .stderr_lacks("go on")
        .stderr_lacks("disk is full")
        .stderr_lacks("nothing was sent");
}

/// Everybody who got something is accepted in the report, and nobody else is.
fn reported(bench: &Bench, log: &Log) {
    let accepted: BTreeSet<String> = bench
        .report("results")
        .into_iter()
        .filter(|row| row["mailshot_status"] == "accepted")
        .map(|row| row["email"].clone())
        .collect();
    let got: BTreeSet<String> = log.recipients().into_iter().map(str::to_owned).collect();
    assert_eq!(accepted, got);
    // The ledger is looked at from time to time; on a busy machine more goes out meanwhile.
    assert!(
        got.len() < PEOPLE / 2,
        "{} got it after the ledger was gone",
        got.len()
    );
}

#[test]
fn a_ledger_that_is_removed_stops_the_run_and_the_report_is_true() {
    let remove = |bench: &Bench| fs::remove_dir_all(bench.path(".mailshot")).expect("the ledger");
    let (bench, peer, outcome) = meddled_with(remove);
    stopped(
        &outcome,
        "Stopped: the ledger ./.mailshot/campaign.db was removed or moved away",
    );
    reported(&bench, &peer.log());
    // Whoever does not believe that is held up by what the report tells.
    bench
        .run(&["send", "--yes"])
        .code(2)
        .stderr_has("which no ledger here knows")
        .stderr_has("recipients in this list have its message");
    peer.finish().assert_each_message_once();
}

#[test]
fn a_ledger_that_is_replaced_by_an_older_one_stops_the_run_and_the_report_is_true() {
    let replace = |bench: &Bench| {
        let (folder, older) = (bench.path(".mailshot"), bench.path("older"));
        fs::create_dir(&older).expect("a folder");
        for file in fs::read_dir(&folder).expect("the ledger's folder").flatten() {
            fs::copy(file.path(), older.join(file.file_name())).expect("a copy");
        }
        fs::rename(&folder, bench.path("newer")).expect("the folder, moved");
        fs::rename(&older, &folder).expect("the older folder, in its place");
    };
    let (bench, peer, outcome) = meddled_with(replace);
    stopped(
        &outcome,
        "Stopped: the ledger ./.mailshot/campaign.db was replaced by another file",
    );
    reported(&bench, &peer.log());
    bench
        .run(&["send", "--yes"])
        .code(2)
        .stderr_has("that the ledger does not know: the ledger was replaced by an older one");
    peer.finish().assert_each_message_once();
}

#[test]
fn a_log_that_is_removed_stops_the_run() {
    let remove = |bench: &Bench| fs::remove_file(bench.path(".mailshot/campaign.db-wal")).expect("the log");
    let (bench, peer, outcome) = meddled_with(remove);
    stopped(
        &outcome,
        "Stopped: the log of the ledger ./.mailshot/campaign.db-wal was removed or moved away",
    );
    reported(&bench, &peer.finish());
}

/// A campaign that is moved takes its ledger along: nothing is made anew where it was.
#[test]
fn a_folder_that_is_moved_stops_the_run_and_is_not_made_anew() {
    let gate = Gate::default();
    let peer = Peer::holding_after(9, &gate);
    let bench = bench(&peer, PEOPLE, "connections = 1");
    fs::create_dir(bench.path("spring")).expect("a folder");
    for name in ["mailshot.toml", "people.csv", "notice.txt"] {
        fs::rename(bench.path(name), bench.path("spring").join(name)).expect("a file");
    }
    let run = bench.spawn(&["send", "spring", "--yes"]);
    peer.wait_until("the tenth content", |log| log.contents() == 10);
    fs::rename(bench.path("spring"), bench.path("moved")).expect("the folder, moved");
    gate.open();
    stopped(
        &run.wait(),
        "Stopped: the ledger spring/.mailshot/spring.db was removed or moved away",
    );
    assert!(!bench.path("spring").exists());
    let log = peer.finish();
    assert!(log.accepted.len() < 15);
}

#[test]
fn a_second_run_beside_one_whose_lock_was_removed_sends_nothing_twice() {
    let gate = Gate::default();
    let peer = Peer::holding_after(9, &gate);
    let bench = bench(&peer, PEOPLE, "connections = 1");
    let first = bench.spawn(&["send", "--yes"]);
    peer.wait_until("the tenth content", |log| log.contents() == 10);
    fs::remove_file(bench.path(".mailshot/campaign.lock")).expect("the lock");
    let second = bench.spawn(&["send", "--yes"]);
    second.wait_for_stderr("Sending ");
    gate.open();
    first
        .wait()
        .code(3)
        .stderr_has("campaign.lock was replaced by another file")
        .stderr_lacks("Query")
        .stderr_lacks("disk is full");
    second.wait().stderr_lacks("Query").stderr_lacks("disk is full");
    peer.finish().assert_each_message_once();
}

/// What was read of the relay is recorded at the end, where the ledger can be written again.
#[test]
fn a_ledger_that_another_program_holds_is_named_and_what_is_known_is_recorded() {
    let gate = Gate::default();
    let peer = Peer::holding_after(9, &gate);
    let bench = bench(&peer, PEOPLE, "connections = 1");
    let run = bench.spawn(&["send", "--yes", "--events"]);
    peer.wait_until("the tenth content", |log| log.contents() == 10);
    let browser = Connection::open(bench.path(".mailshot/campaign.db")).expect("the ledger");
    browser.execute_batch("BEGIN IMMEDIATE").expect("a transaction");
    gate.open();
    run.wait_for_stdout("\"stopping\"");
    drop(browser);
    run.wait()
        .code(3)
        .stderr_has("another program has it open")
        .stderr_lacks("disk is full");
    assert!(
        !bench.statuses().contains_key("in_doubt"),
        "{:?}",
        bench.statuses()
    );
    assert_eq!(bench.statuses()["accepted"], peer.log().accepted.len());
    bench.run(&["send", "--yes"]).code(0);
    let log = peer.finish();
    log.assert_each_message_once();
    assert_eq!(log.accepted.len(), PEOPLE);
}
