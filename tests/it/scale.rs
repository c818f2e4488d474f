//! Memory does not grow with the list: three times the rows may cost a few bytes each.
//!
//! Linux only: what `ru_maxrss` counts differs elsewhere.

#![cfg(target_os = "linux")]
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]

use std::collections::BTreeMap;

use crate::support::bench::Bench;
use crate::support::memory;
use crate::support::notice::{self, campaign, people};
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};
use crate::support::servers::Sink;

/// Rows of the two runs. With the smaller one SQLite's page cache (2 MB) is full already, and so is
/// what the allocator keeps for each thread.
const ROWS: [usize; 2] = [30_000, 90_000];

/// Bytes a row that are no reason to look closer: what the allocator keeps differs by some megabytes
/// from run to run. A row that was held would cost its cells, its message and more, over 500.
const GROWTH: f64 = 200.0;

/// The largest resident size of a run over so many rows; `None` where there is no Python.
fn peak(rows: usize, server: &str, arguments: &[&str]) -> Option<f64> {
    let bench = Bench::new()
        .campaign(&campaign(&format!("server = '{server}'\nconnections = 4")))
        .csv("people.csv", people(1..=rows))
        .file(
            "notice.txt",
            "Dear {{ name }},\n\nthe course moves to room 101.\n",
        );
    peak_of(&bench, arguments)
}

fn peak_of(bench: &Bench, arguments: &[&str]) -> Option<f64> {
    let measured = memory::measured(bench, arguments)?;
    assert_eq!(measured.code, 0, "{}", measured.stderr);
    Some(measured.peak)
}

fn growth_a_row(server: &str, arguments: &[&str]) -> Option<f64> {
    let [small, large] = ROWS;
    let grown = peak(large, server, arguments)? - peak(small, server, arguments)?;
    Some(grown / (large - small) as f64)
}

#[test]
fn checking_takes_no_memory_by_the_row() {
    if let Some(bytes) = growth_a_row("smtp+plain://localhost", &["check"]) {
        assert!(bytes < GROWTH, "{bytes:.0} bytes a row");
    }
}

#[test]
fn sending_takes_no_memory_by_the_row() {
    let Some(sink) = Sink::start(&[]) else {
        return;
    };
    if let Some(bytes) = growth_a_row(&sink.url(), &["send", "--yes"]) {
        assert!(bytes < GROWTH, "{bytes:.0} bytes a row");
    }
}

/// The largest resident size of a look at so many objects.
fn peak_of_columns(rows: usize, list: bool) -> Option<f64> {
    let object =
        |i| format!("{{\"email\": \"person{i}@example.org\", \"name\": \"Person {i}\", \"n\": {i}}}");
    let objects: Vec<String> = (1..=rows).map(object).collect();
    let text = if list {
        format!("[{}]", objects.join(",\n"))
    } else {
        objects.join("\n")
    };
    let bench = Bench::new().file("people", text);
    peak_of(&bench, &["columns", "people"])
}

#[test]
fn json_takes_no_memory_by_the_row() {
    for list in [false, true] {
        let [small, large] = ROWS;
        if let (Some(before), Some(after)) = (peak_of_columns(small, list), peak_of_columns(large, list)) {
            let bytes = (after - before) / (large - small) as f64;
            assert!(bytes < GROWTH, "{bytes:.0} bytes a row");
        }
    }
}

/// A list bought somewhere: most of it is unknown to the relay.
#[test]
fn ten_thousand_refused_recipients_cost_no_connection() {
    let peer = Peer::policy(|event| match event.step {
        Step::Rcpt { to, .. } if !to.ends_with("7@example.org") => {
            Some(Answer::say("550 5.1.1 no such user"))
        }
        _ => None,
    });
    let bench = notice::bench(&peer, 11_000, "connections = 4\nmessages_per_connection = 100000");
    bench.run(&["send", "--yes"]).code(1);
    assert_eq!(
        bench.statuses(),
        BTreeMap::from([("accepted".to_owned(), 1_100), ("rejected".to_owned(), 9_900)])
    );
    assert_eq!(bench.table("results/failed.csv").len(), 9_900);
    let log = peer.finish();
    assert_eq!(log.connections.len(), 4);
    log.assert_each_message_once();
}
