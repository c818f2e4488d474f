//! The small programs in examples/, as somebody runs them who builds on the crate.

use std::process::{Command, Output};

use crate::support::peer::Peer;

/// Runs one of them; cargo builds it once.
fn run(name: &str, arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let output: Output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--locked", "--example", name, "--"])
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("TMPDIR", folder.path())
        .env("TEMP", folder.path())
        .output()
        .expect("cargo runs");
    let (said, wrong) = (
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    );
    assert!(output.status.success(), "{name}: {said}{wrong}");
    said
}

#[test]
fn send_one_sends_one() {
    let peer = Peer::policy(|_| None);
    let said = run("send_one", &[&peer.url(), "ada@example.org", "Ada"]);
    assert_eq!(said, "1 of 1 accepted\n");
    let log = peer.finish();
    let [message] = log.accepted.as_slice() else {
        panic!("one message, not {}", log.accepted.len());
    };
    assert_eq!(message.recipients, ["ada@example.org"]);
    let source = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/send_one.rs"));
    let lines = source.expect("the program").lines().count();
    assert!(lines <= 40, "it is to be short, and has {lines} lines");
}

#[test]
fn rows_may_come_from_memory() {
    let said = run("from_memory", &[]);
    assert!(said.starts_with("200 recipients, "), "{said}");
    assert!(said.contains("\nthe message of row 101 has "), "{said}");
    assert!(said.ends_with("\n200 captured\n"), "{said}");
}

#[test]
fn an_observer_sees_everybody() {
    let copy = tempfile::tempdir().expect("a folder");
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/course-notice");
    for entry in std::fs::read_dir(example).expect("the example") {
        let entry = entry.expect("an entry");
        if entry.path().is_file() {
            std::fs::copy(entry.path(), copy.path().join(entry.file_name())).expect("a copy");
        }
    }
    let said = run("observe", &[&copy.path().display().to_string()]);
    assert!(
        said.starts_with("checked 31 rows\nsending 31 messages\n"),
        "{said}"
    );
    assert_eq!(said.matches(": accepted (").count(), 31, "{said}");
    assert!(said.ends_with("31 accepted\n"), "{said}");
}

#[test]
fn the_sandbox_is_a_test_double_for_other_programs() {
    let said = run("sandbox_test", &[]);
    assert_eq!(said, "shop@uni.example wrote to ada@example.org\n");
}
