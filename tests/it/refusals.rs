//! The words of every refusal.
//!
//! Each folder `tests/bad/NN-name/` is a campaign with something wrong in it.
//! It holds only what is wrong: `mailshot.toml`, `people.csv` and `body.txt`
//! that it lacks are those of [`base`], which is a campaign without a fault.
//! `mailshot check` runs in it (or the arguments in `args`, one a line); it
//! must exit with 2, send nothing, and say exactly what stands in `stderr`,
//! with the folder replaced; in Chinese what stands in `stderr.zh`. A new case is a new folder and
//! needs no Rust.
//!
//! After a change of words:
//!
//! ```text
//! UPDATE=1 cargo test --test it refusals      writes every `stderr` and `stderr.zh` anew
//! git diff tests/bad                          read it as the teacher who meets it
//! ```

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::bench::Bench;
use crate::support::foreign::english_words;

/// Stands for a password in the cases; it may be in no word the program says.
const SECRET: &str = "geheim";

/// Columns and values of the cases.
const NAMES: &[&str] = &[
    "Ada", "First", "Lovelace", "Mailgun", "Name", "SQLite", "ada", "bcc", "cc", "day", "email", "false",
    "from", "jq", "min", "name", "nme", "no", "null", "outlook", "paid", "preset", "region", "room",
    "school", "selector", "sender", "subject", "to", "true",
];

/// A campaign with nothing wrong.
fn base() -> Bench {
    Bench::new()
        .campaign(
            r#"name = "bad"

[recipients]
file = "people.csv"

[message]
from = "Registrar <registrar@uni.example>"
to = "{{ name }} <{{ email }}>"
subject = "Room change, {{ name }}"
text = "body.txt"
"#,
        )
        .csv(
            "people.csv",
            "email,name\nada@example.org,Ada\nbob@example.org,Bob\n",
        )
        .file("body.txt", "Dear {{ name }},\n\nthe lecture moves to B12.\n")
}

#[test]
fn every_refusal_says_what_is_wrong_and_where_and_what_to_do() {
    base().run(&["check"]).code(0);
    let cases = cases();
    assert!(cases.len() >= 25, "only {} cases in tests/bad", cases.len());
    let faults: Vec<String> = cases
        .iter()
        .flat_map(|case| [fault_of(case, "en"), fault_of(case, "zh")])
        .flatten()
        .collect();
    assert!(
        faults.is_empty(),
        "{} of {} refusals:\n\n{}\n\nUPDATE=1 writes the words anew; see tests/it/refusals.rs",
        faults.len(),
        cases.len(),
        faults.join("\n\n")
    );
}

/// Links lead out of the folder as well as `..` does.
#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_attaches_nothing() {
    let bench = base()
        .file("outside/secret.txt", SECRET)
        .file(
            "campaign/mailshot.toml",
            "[recipients]\nfile = 'people.csv'\n[message]\nfrom = 'registrar@uni.example'\nsubject = 'x'\ntext = 'body.txt'\nattach = ['{{ file }}']\n",
        )
        .csv(
            "campaign/people.csv",
            "email,name,file\nada@example.org,Ada,linked/secret.txt\nbob@example.org,Bob,secret.txt\n",
        )
        .file("campaign/body.txt", "Dear {{ name }}\n");
    let link = std::os::unix::fs::symlink::<PathBuf, PathBuf>;
    link("../outside".into(), bench.path("campaign/linked")).expect("a link to a folder");
    link("../outside/secret.txt".into(), bench.path("campaign/secret.txt")).expect("a link to a file");
    let outcome = bench.run(&["check", "campaign"]);
    outcome
        .code(2)
        .stderr_has("the attachment `linked/secret.txt` of this row cannot be used: it is outside the campaign's folder")
        .stderr_has("the attachment `secret.txt` of this row cannot be used: it is outside the campaign's folder")
        .stderr_has("people.csv:2")
        .stderr_has("people.csv:3")
        .stderr_lacks(SECRET);
}

/// What is wrong with a case, if anything.
fn fault_of(case: &Path, lang: &str) -> Option<String> {
    let name = case.file_name().expect("a case has a name").to_string_lossy();
    let arguments = fs::read_to_string(case.join("args")).unwrap_or_else(|_| "check".to_owned());
    let mut arguments: Vec<&str> = arguments.lines().collect();
    let bench = base().copy_of(case);
    // The snapshots are no part of the campaign.
    for snapshot in ["stderr", "stderr.zh"] {
        fs::remove_file(bench.path(snapshot)).ok();
    }
    if lang == "zh" {
        arguments.push("--lang=zh");
    }
    let outcome = bench.run(&arguments);
    let said = outcome
        .stderr
        .replace(&bench.path("").display().to_string(), "[DIR]/");
    if outcome.status.code() != Some(2) {
        return Some(format!("{name}: the exit code must be 2\n{said}"));
    }
    let told = format!("{}{}", outcome.stdout, outcome.stderr);
    if told.contains(SECRET) {
        return Some(format!("{name}: the password is told\n{told}"));
    }
    if !outcome.stdout.is_empty() {
        return Some(format!("{name}: stdout is for data\n{told}"));
    }
    let written = fs::read_dir(bench.path("results"))
        .into_iter()
        .flatten()
        .flatten();
    let others = written.filter(|file| file.file_name() != "faults.csv").count();
    if arguments[0] == "check" && (others > 0 || bench.path(".mailshot").exists()) {
        return Some(format!("{name}: a check writes nothing but the faults of rows"));
    }
    if !bench.eml("results/preview").is_empty() {
        return Some(format!("{name}: messages were written"));
    }
    let snapshot = case.join(if lang == "zh" { "stderr.zh" } else { "stderr" });
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&snapshot, &said).expect("the snapshot");
    }
    let english: Vec<_> = english_words(&said, NAMES)
        .into_iter()
        .filter(|word| !is_preset(word))
        .collect();
    if lang == "zh" && !english.is_empty() {
        return Some(format!("{name}: English in Chinese: {english:?}\n{said}"));
    }
    let expected = fs::read_to_string(&snapshot)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    (said != expected).then(|| format!("{name}\n--- expected\n{expected}--- said\n{said}"))
}

/// Whether a preset has this name.
fn is_preset(word: &str) -> bool {
    let presets = include_str!("../../src/campaign/values/presets.toml");
    presets.contains(&format!("\n[{word}]\n"))
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder)
        .expect("tests/bad is a folder")
        .map(|entry| entry.expect("an entry of tests/bad").path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    cases
}
