//! What notmuch (and so GMime, which mu and Geary read with, too) makes of messages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// What `notmuch show` says of a message.
pub(crate) struct Shown {
    /// `Subject`, `From`, `To`, …
    pub(crate) headers: Value,
    /// The names of its files, in their order.
    pub(crate) file_names: Vec<String>,
}

/// What it says of each of these messages, in their order. `None`: it is not here, and the test skips.
pub(crate) fn show(messages: &[PathBuf]) -> Option<Vec<Shown>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mail = folder.path().join("mail/cur");
    fs::create_dir_all(&mail).expect("a maildir");
    for (i, message) in messages.iter().enumerate() {
        fs::copy(message, mail.join(i.to_string())).expect("a copy");
    }
    let settings = format!(
        "[database]\npath={}\n[user]\nprimary_email=ada@example.org\n[search]\nexclude_tags=\n",
        folder.path().join("mail").display()
    );
    fs::write(folder.path().join("settings"), settings).expect("its settings");
    let run = |arguments: &[&str]| run(folder.path(), arguments);
    run(&["new"])?;
    let shown = run(&[
        "show",
        "--format=json",
        "--entire-thread=false",
        "--body=true",
        "*",
    ])?;
    let shown: Value = serde_json::from_slice(&shown.stdout).expect("JSON");
    let mut found: Vec<Option<Shown>> = messages.iter().map(|_| None).collect();
    collect(&shown, &mut found);
    Some(
        found
            .into_iter()
            .map(|shown| shown.expect("it is shown"))
            .collect(),
    )
}

fn run(folder: &Path, arguments: &[&str]) -> Option<Output> {
    let output = Command::new("notmuch")
        .arg("--config=settings")
        .args(arguments)
        .current_dir(folder)
        .env("HOME", folder)
        .env("LC_ALL", "C.UTF-8")
        .env("XAPIAN_FLUSH_THRESHOLD", "1000")
        .output();
    let Ok(output) = output else {
        super::skip("notmuch is not installed");
        return None;
    };
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "notmuch: {words}");
    Some(output)
}

/// Threads hold messages, which hold those that answer them.
fn collect(value: &Value, found: &mut [Option<Shown>]) {
    if let Some(list) = value.as_array() {
        list.iter().for_each(|inner| collect(inner, found));
    }
    let files = value["filename"].as_array().and_then(|files| files.first());
    let (Some(file), Some(body)) = (files.and_then(Value::as_str), value.get("body")) else {
        return;
    };
    let i = Path::new(file).file_name().and_then(|name| name.to_str());
    let i: usize = i.and_then(|i| i.split(':').next()?.parse().ok()).expect("ours");
    let mut file_names = Vec::new();
    names_in(body, &mut file_names);
    let headers = value["headers"].clone();
    found[i] = Some(Shown { headers, file_names });
}

fn names_in(body: &Value, names: &mut Vec<String>) {
    for part in body.as_array().into_iter().flatten() {
        names.extend(part["filename"].as_str().map(str::to_owned));
        names_in(&part["content"], names);
    }
}
