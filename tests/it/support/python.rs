//! Python as the second opinion: its `email` package reads what we composed.
//!
//! The interpreter is the one of `target/venv`, which `tests/run` makes, or
//! else `python3`: reading mail needs its standard library only.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The program to start, and that it does start.
pub(crate) fn interpreter() -> Option<PathBuf> {
    let venv = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/venv");
    let candidates = [
        venv.join("bin/python3"),
        venv.join("Scripts/python.exe"),
        "python3".into(),
        "python".into(),
    ];
    candidates.into_iter().find(|program| {
        let mut command = Command::new(program);
        command
            .args(["-c", "import email.policy, json"])
            .stdin(Stdio::null())
            .stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    })
}

/// Runs a snippet with arguments and reads the JSON it prints. `None`: there is no Python, and the test skips.
pub(crate) fn snippet<A: AsRef<OsStr>>(code: &str, arguments: &[A]) -> Option<Value> {
    run([OsStr::new("-c"), OsStr::new(code)]
        .into_iter()
        .chain(arguments.iter().map(AsRef::as_ref)))
}

/// What `read_eml.py` says of each message, in order: one object a file.
pub(crate) fn read_eml<P: AsRef<Path>>(files: &[P]) -> Option<Vec<Value>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/support/read_eml.py");
    let files = files.iter().map(|file| file.as_ref().as_os_str());
    let found = run(std::iter::once(script.as_os_str()).chain(files))?;
    Some(serde_json::from_value(found).expect("read_eml.py prints a list"))
}

/// What `verify_dkim.py` says of each message, with these DNS records. `None`: dkimpy is not here, and the test skips.
pub(crate) fn verify_dkim<P: AsRef<Path>>(records: &Path, files: &[P]) -> Option<Vec<Value>> {
    let there = snippet(
        "import importlib.util as i, json; print(json.dumps(all(map(i.find_spec, ['dkim', 'nacl']))))",
        &[] as &[&str],
    )?;
    if there != true {
        super::skip("dkimpy and PyNaCl are not installed (tests/run does)");
        return None;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/support/verify_dkim.py");
    let files = files.iter().map(|file| file.as_ref().as_os_str());
    let found = run([script.as_os_str(), records.as_os_str()].into_iter().chain(files))?;
    Some(serde_json::from_value(found).expect("verify_dkim.py prints a list"))
}

/// The points that rspamd gives each message, by the names of its rules. `None`: it is not here, and the test skips.
pub(crate) fn rspamd_scores<P: AsRef<Path>>(files: &[P]) -> Option<Vec<BTreeMap<String, f64>>> {
    let mut rspamd = Command::new("rspamd");
    rspamd
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if !rspamd.status().is_ok_and(|status| status.success()) {
        super::skip("rspamd is not installed");
        return None;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/servers/rspamd_scores.py");
    let files = files.iter().map(|file| file.as_ref().as_os_str());
    let found = run(std::iter::once(script.as_os_str()).chain(files))?;
    Some(serde_json::from_value(found).expect("rspamd_scores.py prints a list"))
}

/// What `judge_spf.py` says of each row: the result, and why. `None`: pyspf is not here, and the test skips.
pub(crate) fn judge_spf(server: &str, rows: &Path) -> Option<Vec<(String, String)>> {
    let there = snippet(
        "import importlib.util as i, json; print(json.dumps(all(map(i.find_spec, ['spf', 'dns']))))",
        &[] as &[&str],
    )?;
    if there != true {
        super::skip("pyspf and dnspython are not installed (tests/run does)");
        return None;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/support/judge_spf.py");
    let found = run([script.as_os_str(), OsStr::new(server), rows.as_os_str()].into_iter())?;
    Some(serde_json::from_value(found).expect("judge_spf.py prints a list"))
}

fn run<'a>(arguments: impl Iterator<Item = &'a OsStr>) -> Option<Value> {
    let Some(python) = interpreter() else {
        super::skip("Python 3 is not installed");
        return None;
    };
    let output: Output = Command::new(python)
        .args(arguments)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("PYTHONUTF8", "1")
        .stdin(Stdio::null())
        .output()
        .expect("Python starts: it did a moment ago");
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "Python failed ({}):\n{words}",
        output.status
    );
    Some(serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!(
            "Python printed no JSON ({error}):\n{}\n{words}",
            String::from_utf8_lossy(&output.stdout)
        )
    }))
}
