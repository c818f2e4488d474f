//! Every campaign of examples/ checks clean and goes the whole way to the sandbox.
//!
//! A new example needs no test of its own. The course notice is the one a
//! teacher begins with, so its messages are read back by Python as well.

mod contents;
mod shown;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::support::bench::Bench;
use crate::support::program::Outcome;

const SANDBOX: &str = "results/sandbox";

/// The one with a workbook, of which several rows make a message.
const GROUPED: &str = "exam-results";

fn examples() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("examples/ is a folder")
        .map(|entry| entry.expect("an entry of examples/"))
        .filter(|entry| entry.path().join("mailshot.toml").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// The folders of all examples and templates, in all languages.
pub(crate) fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let entries = ["examples", "templates"].map(|kind| fs::read_dir(root.join(kind)).expect("a folder"));
    let mut folders: Vec<PathBuf> = entries
        .into_iter()
        .flatten()
        .map(|entry| entry.expect("an entry").path())
        .flat_map(|folder| [folder.join("zh"), folder])
        .filter(|folder| folder.join("mailshot.toml").is_file())
        .collect();
    folders.sort();
    folders
}

fn example(name: &str) -> Bench {
    Bench::new().copy_of(format!("examples/{name}"))
}

/// The rows of an example's recipients file.
fn rows(bench: &Bench) -> Vec<BTreeMap<String, String>> {
    let toml: toml::Table = bench.read("mailshot.toml").parse().expect("TOML");
    let file = toml["recipients"]["file"].as_str().expect("a file");
    let bytes = bench.bytes(file);
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let semicolons = bytes.split(|octet| *octet == b'\n').next();
    let delimiter = if semicolons.is_some_and(|line| line.contains(&b';')) {
        b';'
    } else {
        b','
    };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(bytes);
    reader.deserialize().collect::<Result<_, _>>().expect("rows")
}

fn envelopes(bench: &Bench) -> Vec<Value> {
    bench
        .read(&format!("{SANDBOX}/envelopes.jsonl"))
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect()
}

fn send_to_the_sandbox(bench: &Bench) -> Outcome {
    let outcome = bench.run(&["send", "--sandbox"]);
    outcome.code(0);
    outcome
}

/// Those whose every row is a message of its own.
fn simple() -> impl Iterator<Item = String> {
    examples().into_iter().filter(|name| name != GROUPED)
}

#[test]
fn there_are_the_five_examples() {
    assert_eq!(
        examples(),
        ["course-notice", GROUPED, "invitation", "newsletter", "plain-text"]
    );
}

#[test]
fn every_example_checks_clean() {
    example(GROUPED)
        .run(&["check"])
        .code(0)
        .stderr_has("20 rows checked: 8 messages")
        .stderr_has("1 row excluded")
        .stderr_lacks("warning")
        .stderr_lacks("error");
    for name in simple() {
        let bench = example(&name);
        let rows = rows(&bench).len();
        bench
            .run(&["check"])
            .code(0)
            .stderr_has(&format!("{rows} rows checked: {rows} messages"))
            .stderr_lacks("warning")
            .stderr_lacks("error");
    }
}

#[test]
fn every_example_reaches_every_recipient_of_the_sandbox_once() {
    for name in simple() {
        let bench = example(&name);
        let rows = rows(&bench);
        let outcome = send_to_the_sandbox(&bench);
        outcome.stderr_has("accepted").stderr_has(SANDBOX);
        assert_eq!(outcome.stdout, "", "stdout is for data");

        let wanted: BTreeSet<&str> = rows.iter().map(|row| row["email"].trim()).collect();
        assert_eq!(wanted.len(), rows.len(), "{name} has duplicates");
        let messages = bench.eml(&format!("{SANDBOX}/messages"));
        assert_eq!(messages.len(), rows.len(), "{name}");
        let envelopes = envelopes(&bench);
        let first = |envelope: &Value| envelope["to"][0].as_str().expect("an address").to_owned();
        let got: BTreeSet<String> = envelopes.iter().map(first).collect();
        assert_eq!(envelopes.len(), rows.len(), "{name}");
        assert_eq!(got, wanted.iter().map(|to| (*to).to_owned()).collect(), "{name}");

        // The report is the user's file with what became of each row.
        let report = bench.report(SANDBOX);
        assert_eq!(report.len(), rows.len(), "{name}");
        for (told, row) in report.iter().zip(&rows) {
            for (column, cell) in row {
                assert_eq!(told.get(column), Some(cell), "{name}: {column}");
            }
            assert_eq!(told["mailshot_status"], "accepted", "{name}: {told:?}");
            assert_eq!(told["mailshot_code"], "250", "{name}: {told:?}");
            assert_eq!(told["mailshot_attempts"], "1", "{name}: {told:?}");
            assert!(told["mailshot_message_id"].contains('@'), "{name}: {told:?}");
        }
        assert!(
            bench
                .bytes(&format!("{SANDBOX}/report.csv"))
                .starts_with(b"\xEF\xBB\xBF")
        );
        summary_is_whole(&bench, &name, &rows, &envelopes);

        // It is made anew, and nothing of it stands beside the real results.
        send_to_the_sandbox(&bench);
        assert_eq!(bench.eml(&format!("{SANDBOX}/messages")).len(), rows.len());
        let results: Vec<_> = fs::read_dir(bench.path("results"))
            .expect("results")
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        assert_eq!(results, ["sandbox"], "{name}");
    }
}

fn summary_is_whole(bench: &Bench, name: &str, rows: &[BTreeMap<String, String>], envelopes: &[Value]) {
    let summary = bench.summary(SANDBOX);
    assert_eq!(summary["campaign"], json!(name));
    assert_eq!(summary["recipients"], json!(rows.len()));
    let statuses = summary["statuses"].as_object().expect("statuses");
    for (status, count) in statuses {
        let expected = if status == "accepted" { rows.len() } else { 0 };
        assert_eq!(*count, json!(expected), "{name}: {status}");
    }
    assert!(statuses.contains_key("accepted"), "{name}: {statuses:?}");
    let bytes: u64 = envelopes.iter().filter_map(|one| one["size"].as_u64()).sum();
    assert_eq!(summary["bytes"], json!(bytes), "{name}");
    assert_eq!(summary["exit_code"], json!(0), "{name}");
    assert!(summary["connections_opened"].as_u64() >= Some(1), "{summary}");
    for field in ["check_seconds", "send_seconds", "messages_per_second"] {
        assert!(summary[field].as_f64() > Some(0.0), "{field}: {summary}");
    }
    let time = |field: &str| -> jiff::Timestamp {
        let text = summary[field].as_str().expect("a time");
        text.parse().expect("RFC 3339")
    };
    assert!(time("started_at") <= time("finished_at"), "{summary}");
    assert!(
        summary["mailing"].as_str().is_some_and(|id| !id.is_empty()),
        "{summary}"
    );
}
