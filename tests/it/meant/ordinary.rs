//! Spreadsheets and newsletters of ordinary people check without a false alarm.
//!
//! `tests/ordinary/` has a folder for each of them, made as such people make them. What `check`
//! says of a folder is in the table here, and nothing else is said of it; what the recipients of a
//! list read is in its `messages.txt`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::texts;
use crate::support::bench::Bench;

/// What is said, and an author would want to know; of every other folder nothing is said.
const SAID: &[(&str, &[&str])] = &[
    ("lists/05-kunder", &["unused-column"]),
    ("lists/07-moodle", &["unused-column"]),
    ("lists/08-contacts", &["unused-column"]),
    ("lists/09-shusseki", &["unused-column"]),
    (
        "newsletters/03-mailchimp",
        &["list-id-missing", "missing-text-part"],
    ),
    ("newsletters/06-hand-written", &["missing-text-part"]),
    ("newsletters/10-stripo", &["missing-text-part"]),
];

/// The campaigns of `lists` or `newsletters`, by their paths below `tests/ordinary`.
fn campaigns(kind: &str) -> Vec<String> {
    let folder = ordinary().join(kind);
    let entries = fs::read_dir(folder).expect("a folder of campaigns");
    let mut found: Vec<String> = entries
        .map(|entry| entry.expect("a campaign").file_name())
        .map(|name| format!("{kind}/{}", name.to_string_lossy()))
        .collect();
    found.sort();
    found
}

fn ordinary() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ordinary")
}

/// Runs `check`, and tells what it says that it should not, or does not say that it should.
fn judged(campaign: &str, bench: &Bench) -> Option<String> {
    let outcome = bench.run(&["check", "--json"]);
    let document: Value = serde_json::from_str(&outcome.stdout).expect("a document");
    let findings = document["findings"].as_array().expect("findings");
    let said: BTreeSet<&str> = findings
        .iter()
        .filter_map(|found| found["code"].as_str())
        .collect();
    let expected = SAID.iter().find(|(known, _)| *known == campaign);
    let expected: BTreeSet<&str> = expected
        .into_iter()
        .flat_map(|(_, codes)| *codes)
        .copied()
        .collect();
    if said == expected && document["errors"] == 0 {
        return None;
    }
    let lines = findings
        .iter()
        .map(|found| format!("{} {}: {}", found["file"], found["line"], found["what"]));
    Some(format!(
        "{campaign}: {said:?} instead of {expected:?}\n{}",
        lines.collect::<Vec<_>>().join("\n")
    ))
}

#[test]
fn newsletters_of_ordinary_people_check_without_a_false_alarm() {
    let campaigns = campaigns("newsletters");
    assert_eq!(campaigns.len(), 10);
    let wrong: Vec<String> = campaigns
        .iter()
        .filter_map(|campaign| {
            judged(
                campaign,
                &Bench::new().copy_of(format!("tests/ordinary/{campaign}")),
            )
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn lists_of_ordinary_people_check_without_a_false_alarm_and_say_what_was_meant() {
    let campaigns = campaigns("lists");
    assert!(campaigns.len() >= 12);
    let mut wrong = Vec::new();
    for campaign in &campaigns {
        let bench = Bench::new().copy_of(format!("tests/ordinary/{campaign}"));
        if let Some(why) = judged(campaign, &bench) {
            wrong.push(why);
            continue;
        }
        let expected = bench.read("messages.txt");
        let said = texts(&bench).join("\n----\n") + "\n";
        if said != expected {
            wrong.push(format!(
                "{campaign}: the messages are\n{said}and should be\n{expected}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
