//! Ends before the first message: what cannot be read, and what is stopped early.

use std::fs;

use rusqlite::Connection;

use crate::support::notice::bench;
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Event, Step};

use super::{Ended, assert_once};

const SEND: &[&str] = &["send", "--yes", "--events"];

fn willing() -> Peer {
    Peer::policy(|_| None)
}

/// What stands in the place of the list or the campaign file; then what is advised is done.
pub(super) fn unread(state: &str) -> Option<Ended> {
    let peer = willing();
    let bench = bench(&peer, 3, "");
    let (list, toml) = (bench.read("people.csv"), bench.read("mailshot.toml"));
    match state {
        "list-is-a-folder" => {
            fs::remove_file(bench.path("people.csv")).expect("no list");
            bench.write("people.csv/all.csv", &list);
        }
        "list-is-a-pipe" => drop(bench.paste("rm people.csv; mkfifo people.csv")),
        "list-forbidden" => {
            bench.paste("chmod 000 people.csv").code(0);
            if fs::read(bench.path("people.csv")).is_ok() {
                crate::support::pass_over("whoever runs this may read everything");
                return None;
            }
        }
        _ => {
            fs::remove_file(bench.path("mailshot.toml")).expect("no campaign");
            fs::create_dir(bench.path("mailshot.toml")).expect("a folder");
        }
    }
    let outcome = bench.run(SEND);
    let run = match state {
        "list-is-a-folder" => {
            outcome.stderr_has("name the list itself, a file in that folder");
            bench.paste("mailshot send --yes --recipients people.csv/all.csv")
        }
        "list-is-a-pipe" => {
            outcome.stderr_has("COMMAND | mailshot send --recipients - …");
            bench.paste_with_stdin("cat | mailshot send --yes --recipients -", &list)
        }
        "list-forbidden" => bench.paste("chmod 600 people.csv; mailshot send --yes"),
        _ => {
            fs::remove_dir(bench.path("mailshot.toml")).expect("the folder");
            bench.write("mailshot.toml", toml);
            bench.paste("mailshot send --yes")
        }
    };
    run.code(0).stderr_has("accepted 3 of 3 messages");
    bench.paste("mailshot status").code(0).stdout_has("completed");
    Some(Ended { outcome, bench, peer })
}

/// A list whose name is no UTF-8: what is advised leads to it again.
pub(super) fn no_text() -> Ended {
    let peer = willing();
    let bench = bench(&peer, 3, "");
    let list = "\"$(printf 'caf\\351.csv')\"";
    let outcome = bench.paste(&format!(
        "mv people.csv {list}; mailshot send --yes --events --recipients {list} --limit 1"
    ));
    Ended { outcome, bench, peer }
}

/// Ctrl-C before the first message.
pub(super) fn before(state: &str) -> Ended {
    if state == "stopped-in-the-check" {
        return in_the_check();
    }
    let peer = Peer::policy(|event: &Event<'_>| {
        let first = event.connection == 1 && matches!(event.step, Step::Connect);
        first.then_some(Answer::Hang)
    });
    let bench = bench(&peer, 3, "connections = 1");
    let run = bench.spawn(SEND);
    peer.wait_until("a connection", |log| log.connections.len() == 1);
    run.signal("INT");
    let outcome = run.wait();
    outcome.stderr_has("run the same command again to continue with the 3 recipients who are left; nobody is sent to twice: mailshot send --yes\n");
    // Whoever wants no words hears of it, too.
    let quiet = quietly();
    quiet.stderr_has("Stopped on request.\n").stderr_has(
        "campaign: not finished, 3 of 3 recipients still to be sent to; by name: ./results/report.csv\n",
    );
    assert_eq!(quiet.stderr.lines().count(), 2, "{quiet}");
    Ended { outcome, bench, peer }
}

fn quietly() -> crate::support::program::Outcome {
    let peer = Peer::policy(|event: &Event<'_>| matches!(event.step, Step::Connect).then_some(Answer::Hang));
    let bench = bench(&peer, 3, "connections = 1");
    let run = bench.spawn(&["send", "--yes", "-q"]);
    peer.wait_until("a connection", |log| log.connections.len() == 1);
    run.signal("INT");
    let outcome = run.wait();
    outcome.code(4);
    outcome
}

/// A view that never ends is read until somebody ends it.
fn in_the_check() -> Ended {
    let peer = willing();
    let bench = bench(&peer, 3, "");
    let database = Connection::open(bench.path("school.db")).expect("a database");
    let view = |end: &str| {
        database
            .execute_batch(&format!(
                "drop view if exists people; create view people as with recursive n(i) as \
                 (select 1 union all select i + 1 from n {end}) select 'p' || i || '@example.org' as email, 'P' as name from n;"
            ))
            .expect("a view");
    };
    view("");
    let toml = bench.read("mailshot.toml");
    let file = "file = 'school.db'\nquery = 'select * from people'";
    bench.write("mailshot.toml", toml.replace("file = 'people.csv'", file));
    let run = bench.spawn(SEND);
    run.wait_for_stdout("\"checking\"");
    run.signal("INT");
    let outcome = run.wait();
    assert_eq!(peer.log().connections.len(), 0, "{outcome}");
    view("limit 3");
    assert_once(&peer.log(), &bench, "stopped-in-the-check");
    Ended { outcome, bench, peer }
}
