//! `tests/END_STATES.md`: every way a run can end, and what its advice does when it is followed.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]
#![cfg(unix)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;

use crate::support::bench::Bench;
use crate::support::peer::{Log, Peer};
use crate::support::program::Outcome;

use states::reach;

mod states;
mod unread;

/// States at the same time.
const AT_ONCE: usize = 4;

/// A row of the table.
struct Expected {
    state: String,
    exit: Option<i32>,
    reason: String,
    says: String,
    advises: String,
}

/// A state that was reached.
struct Ended {
    outcome: Outcome,
    bench: Bench,
    peer: Peer,
}

#[test]
fn every_end_is_told_and_its_advice_mails_nobody_twice() {
    let states = table();
    let names: BTreeSet<&str> = states.iter().map(|state| state.state.as_str()).collect();
    assert_eq!(names.len(), states.len(), "a state has one row");
    let (queue, failures) = (Mutex::new(states), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let Some(state) = queue.lock().expect("the states").pop() else {
                        return;
                    };
                    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| check(&state))) {
                        let words = panic
                            .downcast_ref::<String>()
                            .map_or("(no words)", String::as_str);
                        let failure = format!("=== {}\n{words}", state.state);
                        failures.lock().expect("the failures").push(failure);
                    }
                }
            });
        }
    });
    let failures = failures.into_inner().expect("the failures");
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

fn table() -> Vec<Expected> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/END_STATES.md");
    let text = fs::read_to_string(path).expect("the table of ends");
    let rows = text.lines().filter(|line| line.starts_with("| ")).skip(1);
    rows.map(|line| {
        let cells: Vec<&str> = line
            .split(" |")
            .map(|cell| cell.trim_matches([' ', '|']))
            .collect();
        Expected {
            state: cells[0].to_owned(),
            exit: cells[1].parse().ok(),
            reason: cells[2].to_owned(),
            says: cells[3].to_owned(),
            advises: cells[4].to_owned(),
        }
    })
    .collect()
}

fn check(expected: &Expected) {
    let Some(Ended { outcome, bench, peer }) = reach(&expected.state) else {
        return;
    };
    outcome
        .code(expected.exit.expect("an exit code"))
        .stderr_has(&expected.says);
    let ends: Vec<_> = outcome
        .events()
        .into_iter()
        .filter(|event| event["event"] == "finished")
        .collect();
    let [end] = ends.as_slice() else {
        panic!("one event `finished` is due: {outcome}");
    };
    assert_eq!(end["reason"], expected.reason, "{outcome}");
    assert_eq!(
        end["exit_code"],
        expected.exit.expect("an exit code"),
        "{outcome}"
    );
    let advice = commands(&outcome);
    let first = advice
        .first()
        .map(|line| shlex::split(line).expect("a command for a shell"))
        .unwrap_or_default();
    let first: Vec<&str> = first
        .iter()
        .skip(1)
        .map(String::as_str)
        .filter(|word| *word != "." && *word != "--yes")
        .collect();
    let wanted: Vec<&str> = expected.advises.split(' ').collect();
    if expected.advises.is_empty() {
        assert!(advice.is_empty(), "no command is due: {outcome}");
    } else {
        let extra = ["--rate", "--max-failures", "--recipients"];
        let plain = first.iter().take_while(|word| !extra.contains(word)).count();
        assert_eq!(
            first[..plain.max(wanted.len()).min(first.len())],
            wanted[..],
            "{outcome}"
        );
    }
    for line in &advice {
        bench.paste(line);
    }
    assert_once(&peer.log(), &bench, &expected.state);
}

/// The commands of the hints, to be pasted.
fn commands(outcome: &Outcome) -> Vec<String> {
    outcome
        .stderr
        .lines()
        // One with `…` is to be filled in first.
        .filter(|line| line.contains("hint: ") && !line.contains('…'))
        .filter_map(|line| line.rsplit_once(": mailshot "))
        .map(|(_, rest)| format!("mailshot {rest}"))
        .collect()
}

/// Whoever was sent content has it from one message alone; tests to oneself are for oneself.
fn assert_once(log: &Log, bench: &Bench, state: &str) {
    if state == "test-to" {
        return;
    }
    let mut times: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for message in &log.accepted {
        for recipient in &message.recipients {
            // Of each message, whoever gets the copies has one.
            let of = if recipient == "boss@uni.example" {
                message.message_id.as_str()
            } else {
                ""
            };
            *times.entry((recipient, of)).or_default() += 1;
        }
    }
    times.retain(|_, times| *times > 1);
    assert!(
        times.is_empty(),
        "{state}: more than once: {times:?}; {}",
        bench.path("").display()
    );
}
