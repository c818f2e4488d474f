//! What a relay may do wrong, a folder a case: `tests/cases/NN-name/`.
//!
//! - `mailshot.toml`: the campaign; `RELAY` and `PORT` stand for the peer's address;
//! - `people.csv`: its recipients;
//! - `relay.script`: what the relay does (the language: `support/peer/script.rs`);
//! - `expect`: what a user must see afterwards, a line each:
//!
//! ```text
//! run --only ada@example.org        run `send --yes` again, with these flags (the first run needs no line)
//! exit 1                            the exit code of the last run
//! reason relay_down                 what summary.json gives as the reason
//! stderr words                      the last run says these words
//! accepted 2                        so many rows of report.csv; a status that is not named has none
//! attempts KEY 2                    mailshot_attempts of that recipient; `code` and `reply` likewise
//! failed KEY                        failed.csv lists it; `listed FILE KEY` for another file
//! contents 2                        so many messages with something in them came to the peer, in all runs
//! connections 1                     over so many connections
//! lines RSET 1                      so many commands that begin so
//! identical 1 3                     the first and the third content are the same, octet for octet
//! ```
//!
//! Each case is played in English and in Chinese: only `stderr` is about English, and what is said in
//! Chinese has no English in it. A new case is a new folder, and needs no Rust.

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::support::bench::Bench;
use crate::support::foreign::{english_words, without_replies};
use crate::support::notice;
use crate::support::peer::{Log, Peer};
use crate::support::program::Outcome;

/// What every relay's login takes, and nothing may ever show.
const SECRET: &str = "quite-the-s3cret";

/// Names in the cases.
const NAMES: &[&str] = &[
    "here",
    "localhost",
    "Registrar",
    "registrar",
    "Ada",
    "Person",
    "Cc",
    "Bcc",
    "kB",
];

/// Cases at the same time: some of them wait for a timeout.
const AT_ONCE: usize = 4;

#[test]
fn every_fault_of_a_relay_ends_as_its_case_expects() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the folder of cases")
        .map(|entry| entry.expect("a case").path())
        .collect();
    cases.sort_unstable_by(|a, b| b.cmp(a));
    assert!(!cases.is_empty(), "no case in {}", folder.display());
    let played = cases
        .into_iter()
        .flat_map(|case| [(case.clone(), "zh"), (case, "en")]);
    let (cases, failures) = (Mutex::new(played.collect::<Vec<_>>()), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let Some((case, lang)) = cases.lock().expect("the cases").pop() else {
                        return;
                    };
                    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| play(&case, lang))) {
                        let words = panic
                            .downcast_ref::<String>()
                            .map_or("(no words)", String::as_str);
                        let name = case.file_name().unwrap_or_default().to_string_lossy();
                        let failure = format!("=== {name} ({lang})\n{words}");
                        failures.lock().expect("the failures").push(failure);
                    }
                }
            });
        }
    });
    let failures = failures.into_inner().expect("the failures");
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// `tests/FAULTS.md` is true: no row is lost, and everything it names is there.
#[test]
fn every_fault_of_the_table_is_tested_where_it_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = fs::read_to_string(root.join("tests/FAULTS.md")).expect("the table of faults");
    let cells = |line: &str| -> Vec<String> { line.split('|').map(|cell| cell.trim().to_owned()).collect() };
    let rows: Vec<Vec<String>> = table
        .lines()
        .map(cells)
        .filter(|row| row.get(1).is_some_and(|number| number.parse::<u32>().is_ok()))
        .collect();
    assert!(rows.len() >= 30, "{}", rows.len());
    let mut sources = String::new();
    read_all(&root.join("src"), &mut sources);
    read_all(&root.join("tests/it"), &mut sources);
    for name in rows.iter().flat_map(|row| row[4].split(", ")) {
        let there = if name.starts_with(|c: char| c.is_ascii_digit()) {
            root.join("tests/cases").join(name).is_dir()
        } else {
            sources.contains(&format!("fn {name}(")) || sources.contains(&format!("mod {name};"))
        };
        assert!(there, "tests/FAULTS.md names {name}, which is nowhere");
    }
}

/// Every Rust file below a folder, one behind the other.
fn read_all(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("a file").path();
        if path.is_dir() {
            read_all(&path, text);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&fs::read_to_string(&path).expect("a source"));
        }
    }
}

/// Too large for the buffers on the way: the dot cannot have left when the connection breaks.
#[test]
fn a_connection_lost_in_the_middle_of_a_content_leaves_nothing_in_doubt() {
    const ENVELOPE: &str = "> 220 peer.example ESMTP\n< EHLO\n> 250-peer.example\n> 250 PIPELINING\n\
        < MAIL\n> 250 ok\n< RCPT\n> 250 ok\n< DATA\n> 354 go on\n";
    for end in ["reset", "close"] {
        let peer = Peer::script(&format!(
            "connection 1:\n{ENVELOPE}{end}\nconnection *:\n{ENVELOPE}< content\n> 250 2.0.0 taken\n"
        ));
        let bench = notice::bench(&peer, 1, "connections = 1").file("large.bin", vec![b'x'; 16 << 20]);
        let toml = bench
            .read("mailshot.toml")
            .replace("subject =", "attach = ['large.bin']\nsubject =");
        bench.write("mailshot.toml", toml);
        bench.run(&["send", "--yes"]).code(0);
        let report = bench.report("results");
        assert_eq!(report[0]["mailshot_status"], "accepted", "{end}");
        assert_eq!(report[0]["mailshot_attempts"], "1", "{end}: no attempt was lost");
        let log = peer.finish();
        assert_eq!(log.connections.len(), 2, "{end}");
        let contents = log.connections.iter().flat_map(|one| one.contents());
        assert_eq!(contents.count(), 1, "{end}");
    }
}

fn play(case: &Path, lang: &str) {
    let read = |name: &str| {
        let path = case.join(name);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let peer = Peer::script(&read("relay.script"));
    let toml = read("mailshot.toml")
        .replace("RELAY\"", &format!("{}\"", peer.url()))
        .replace("PORT", &peer.port().to_string());
    let bench = Bench::new()
        .campaign(&toml)
        .csv("people.csv", read("people.csv"))
        .file(
            "notice.txt",
            "Dear {{ name }},\n\nthe course moves to room 101.\n",
        )
        .file("ca.pem", peer.ca_pem())
        .env("RELAY_PASSWORD", SECRET);
    let expect = read("expect");
    let mut runs: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in expect.lines().map(str::trim) {
        match line.strip_prefix("run") {
            Some(flags) => runs.push((flags.trim(), Vec::new())),
            None if line.is_empty() || line.starts_with('#') => {}
            None if runs.is_empty() => runs.push(("", vec![line])),
            None => runs.last_mut().expect("a run").1.push(line),
        }
    }
    for (flags, expected) in &runs {
        let arguments: Vec<&str> = ["send", "--yes", "--lang", lang]
            .into_iter()
            .chain(flags.split_whitespace())
            .collect();
        let outcome = bench.run(&arguments);
        let said = format!("{}{}", outcome.stdout, outcome.stderr);
        assert!(!said.contains(SECRET), "the password is shown: {outcome}");
        for file in ["report.csv", "failed.csv", "summary.json"] {
            assert!(!bench.read(&format!("results/{file}")).contains(SECRET), "{file}");
        }
        if lang == "zh" {
            let ours = without_replies(&outcome.stderr);
            let english = english_words(&ours, NAMES);
            assert!(english.is_empty(), "English in Chinese: {english:?}\n{outcome}");
        }
        Check {
            lang,
            bench: &bench,
            outcome: &outcome,
            log: peer.log(),
        }
        .all(expected);
    }
    // Fails where the program left the script.
    peer.finish();
}

struct Check<'a> {
    lang: &'a str,
    bench: &'a Bench,
    outcome: &'a Outcome,
    log: Log,
}

impl Check<'_> {
    fn all(&self, expected: &[&str]) {
        let mut statuses = BTreeMap::new();
        for line in expected {
            let (what, rest) = line.split_once(' ').unwrap_or((line, ""));
            let number = || {
                rest.rsplit(' ')
                    .next()
                    .and_then(|last| last.parse::<usize>().ok())
            };
            let number = || number().unwrap_or_else(|| panic!("a number is missing: {line}"));
            match what {
                "exit" => {
                    self.outcome.code(i32::try_from(number()).expect("an exit code"));
                }
                "reason" => assert_eq!(self.bench.summary("results")["reason"], rest, "{line}"),
                "stderr" if self.lang == "en" => {
                    self.outcome.stderr_has(rest);
                }
                "stderr" => {}
                "attempts" | "code" | "reply" => self.cell(&format!("mailshot_{what}"), rest),
                "failed" => self.lists("failed.csv", rest),
                "listed" => {
                    let (file, key) = rest.split_once(' ').expect("a file and a key");
                    self.lists(file, key);
                }
                "contents" => self.count(line, self.contents().len(), number()),
                "connections" => self.count(line, self.log.connections.len(), number()),
                "lines" => {
                    let beginning = rest.rsplit_once(' ').map_or("", |(words, _)| words);
                    let lines = self.log.connections.iter().flat_map(|one| one.lines());
                    let count = lines.filter(|said| said.starts_with(beginning)).count();
                    self.count(line, count, number());
                }
                "identical" => {
                    let contents = self.contents();
                    let content = |number: &str| {
                        let at: usize = number.parse().expect("the number of a content");
                        String::from_utf8_lossy(contents[at - 1])
                    };
                    let (one, other) = rest.split_once(' ').expect("two numbers");
                    assert_eq!(content(one), content(other), "{line}");
                }
                "accepted" | "rejected" | "deferred" | "in_doubt" | "pending" | "invalid" => {
                    statuses.insert(what.to_owned(), number());
                }
                _ => panic!("`expect` has no such line: {line}"),
            }
        }
        assert_eq!(self.bench.statuses(), statuses, "{}", self.outcome);
    }

    /// Contents in the order of connections; a lone dot is not one.
    fn contents(&self) -> Vec<&[u8]> {
        let connections = self.log.connections.iter();
        let mut contents: Vec<&[u8]> = connections.flat_map(|one| one.contents()).collect();
        contents.retain(|content| !content.is_empty());
        contents
    }

    fn count(&self, line: &str, found: usize, expected: usize) {
        assert_eq!(found, expected, "{line}: {}\n{:#?}", self.outcome, self.log);
    }

    /// `KEY words`: the recipient's cell is, or for a reply contains, the words.
    fn cell(&self, column: &str, rest: &str) {
        let (key, words) = rest.split_once(' ').expect("a key and words");
        let report = self.bench.report("results");
        let row = report
            .iter()
            .find(|row| row["email"] == key)
            .unwrap_or_else(|| panic!("report.csv has no {key}"));
        let cell = &row[column];
        let fits = if column == "mailshot_reply" {
            cell.contains(words)
        } else {
            cell == words
        };
        assert!(
            fits,
            "{column} of {key} is {cell:?}, not {words:?}: {}",
            self.outcome
        );
    }

    fn lists(&self, file: &str, key: &str) {
        let rows = self.bench.table(&format!("results/{file}"));
        assert!(
            rows.iter().any(|row| row["email"] == key),
            "{file} has no {key}: {rows:?}"
        );
    }
}
