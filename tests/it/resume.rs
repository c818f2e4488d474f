//! Going on after a death, and looking at a run from outside.
//!
//! The promise: whatever happens to the program, nobody is sent to twice
//! unless somebody says so, and nobody who was sent to is forgotten.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]
#![cfg(unix)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::bench::Bench;
use crate::support::gate::Gate;
use crate::support::notice::{address, bench, people};
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};

/// The addresses of a report's rows with this status.
fn with_status(bench: &Bench, status: &str) -> BTreeSet<String> {
    let rows = bench.report("results").into_iter();
    rows.filter(|row| row["mailshot_status"] == status)
        .map(|row| row["email"].clone())
        .collect()
}

#[test]
fn killed_in_the_middle_nobody_is_sent_to_twice_and_nobody_is_forgotten() {
    let gate = Gate::default();
    let peer = Peer::holding_after(100, &gate);
    let bench = bench(&peer, 300, "connections = 4");
    let run = bench.spawn(&["send", "--yes"]);
    peer.wait_until("four dots without a reply", |log| log.contents() == 104);
    run.signal("KILL");
    assert_eq!(run.wait().status.code(), None, "killed");
    gate.open();
    // It takes what it has, and nobody hears of it.
    peer.wait_until("the contents in flight to be taken", |log| {
        log.accepted.len() == 104
    });

    assert_eq!(bench.summary("results")["exit_code"], serde_json::Value::Null);
    bench.run(&["status"]).code(0).stdout_has("interrupted");

    bench
        .run(&["send", "--yes"])
        .code(1)
        .stderr_has("4 recipients of an earlier run are in doubt: that run ended before the relay's reply")
        .stderr_has("4 in doubt");
    assert_eq!(
        bench.statuses(),
        BTreeMap::from([("accepted".to_owned(), 296), ("in_doubt".to_owned(), 4)])
    );
    let in_doubt = with_status(&bench, "in_doubt");
    let listed: BTreeSet<String> = bench
        .table("results/in_doubt.csv")
        .into_iter()
        .map(|row| row["email"].clone())
        .collect();
    assert_eq!(in_doubt, listed);

    let log = peer.finish();
    log.assert_each_message_once();
    let everybody: Vec<String> = (1..=300).map(address).collect();
    assert_eq!(log.recipients(), everybody);
    // Those in doubt are exactly those whose taking was never told: the first run's last four.
    let unheard: BTreeSet<String> = log.accepted[100..104]
        .iter()
        .flat_map(|message| message.recipients.clone())
        .collect();
    assert_eq!(in_doubt, unheard);
}

#[test]
fn a_message_in_doubt_is_sent_again_with_the_same_bytes_after_a_kill() {
    let gate = Gate::default();
    let peer = Peer::holding_after(0, &gate);
    let bench = bench(&peer, 3, "connections = 1");
    let run = bench.spawn(&["send", "--yes"]);
    peer.wait_until("a dot without a reply", |log| log.contents() == 1);
    run.signal("KILL");
    run.wait();
    gate.open();
    bench.run(&["send", "--yes", "--in-doubt", "resend"]).code(0);
    assert_eq!(bench.statuses(), BTreeMap::from([("accepted".to_owned(), 3)]));
    let log = peer.finish();
    let to_the_first: Vec<_> = log
        .accepted
        .iter()
        .filter(|message| message.recipients == [address(1)])
        .collect();
    assert_eq!(to_the_first.len(), 2);
    assert_eq!(to_the_first[0].content, to_the_first[1].content);
}

#[test]
fn a_run_can_be_watched_and_is_alone() {
    let gate = Gate::default();
    let peer = Peer::holding_after(2, &gate);
    let bench = bench(&peer, 5, "connections = 1");
    let run = bench.spawn(&["send", "--yes"]);
    peer.wait_until("the third content", |log| log.contents() == 3);

    assert_eq!(bench.summary("results")["exit_code"], serde_json::Value::Null);
    bench
        .run(&["status"])
        .code(0)
        .stdout_has("running")
        .stdout_has("accepted            2")
        .stdout_has("pending             3");
    let status = bench.run(&["status", "--json"]);
    status.code(0);
    let status = &status.events()[0];
    assert_eq!(status["running"], true);
    assert_eq!(status["recipients"], 5);
    assert_eq!(status["statuses"]["accepted"], 2);
    assert_eq!(status["exit_code"], serde_json::Value::Null);

    bench
        .run(&["send", "--yes"])
        .code(4)
        .stderr_has("another mailshot is sending this campaign")
        .stderr_has(&format!("process {} on ", run.id()));
    // Only looking is no sending.
    bench.run(&["send", "--dry-run"]).code(0);
    bench.run(&["check"]).code(0);
    bench
        .run(&["report", "--only", "accepted"])
        .code(0)
        .stdout_has(&address(2));

    gate.open();
    run.wait().code(0);
    assert_eq!(bench.summary("results")["exit_code"], 0);
    let status = bench.run(&["status", "--json"]);
    assert_eq!(status.events()[0]["running"], false);
    assert_eq!(status.events()[0]["exit_code"], 0);
    bench.run(&["status"]).code(0).stdout_has("completed");
    peer.finish().assert_each_message_once();
}

#[test]
fn a_file_saved_while_its_messages_go_out_stops_the_run() {
    for (file, content) in [
        (
            "notice.txt",
            "Dear {{ name }},\n\nthe course moves to room 202.\n".to_owned(),
        ),
        ("people.csv", people(1..=400)),
    ] {
        let gate = Gate::default();
        let peer = Peer::holding_after(2, &gate);
        let bench = bench(&peer, 300, "connections = 2");
        let run = bench.spawn(&["send", "--yes", "--events"]);
        peer.wait_until("the fourth content", |log| log.contents() == 4);
        bench.write(file, &content);
        run.wait_for_stdout("\"stopping\"");
        gate.open();
        run.wait()
            .code(3)
            .stderr_has(&format!("{file} was saved while messages were being sent"));
        assert_eq!(bench.summary("results")["exit_code"], 3);
        let statuses = bench.statuses();
        assert_eq!(statuses["accepted"], 4, "{file}: {statuses:?}");
        assert_eq!(statuses["pending"], 296, "{file}: {statuses:?}");
        let log = peer.finish();
        assert!(
            log.accepted
                .iter()
                .all(|message| message.content.ends_with(b"room 101.\r\n")),
            "nobody got the new text"
        );
    }
}

#[test]
fn a_wrong_password_costs_nothing_and_the_right_one_goes_on() {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    // PLAIN: NUL registrar NUL right
    let right = "AHJlZ2lzdHJhcgByaWdodA==";
    let peer = Peer::policy(move |event| match event.step {
        Step::Auth(said) => {
            count.fetch_add(1, Ordering::SeqCst);
            let fits = said.iter().any(|line| line.contains(right));
            (!fits).then(|| Answer::say("535 5.7.8 authentication failed"))
        }
        _ => None,
    });
    let relay = "connections = 3\nuser = 'registrar'\npassword = { file = 'password.txt' }";
    let bench = bench(&peer, 20, relay).file("password.txt", "wrong");
    make_private(&bench, "password.txt");
    bench
        .run(&["send", "--yes"])
        .code(2)
        .stderr_has("535")
        .stderr_has("check `user` and the password");
    assert_eq!(asked.load(Ordering::SeqCst), 1, "a wrong password is tried once");
    bench.write("password.txt", "right");
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("accepted 20 of 20 messages");
    let log = peer.finish();
    log.assert_each_message_once();
    assert_eq!(log.accepted.len(), 20);
}

fn make_private(bench: &Bench, name: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    let private = std::fs::Permissions::from_mode(0o600);
    std::fs::set_permissions(bench.path(name), private).expect("a file of ours");
}
