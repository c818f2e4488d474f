//! OpenDKIM and Mail::DKIM as receivers, beside dkimpy: messages with and without the fields that are
//! signed either way, and through relays that write some of them themselves.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::json;

use crate::support::bench::Bench;
use crate::support::peer::Peer;
use crate::support::skip;

use super::{ED25519, RSA, bench, campaign, new_key, verified};

/// What a verifier says of each signature of a file: its selector, and whether it is valid.
type Said = Vec<(String, bool)>;

/// The names of TXT records and their values, a line each.
fn list(bench: &Bench, records: &[(String, String)]) -> PathBuf {
    let lines = records.iter().fold(String::new(), |mut lines, (name, value)| {
        let _ = writeln!(lines, "{} {value}", name.trim_end_matches('.'));
        lines
    });
    bench.write("records.txt", lines);
    bench.path("records.txt")
}

/// What opendkim says of a file. `None`: it is not here, and the test skips.
fn opendkim(bench: &Bench, records: &Path, file: &Path) -> Option<Said> {
    let settings = format!("Mode v\nTestPublicKeys {}\nSyslog no\n", records.display());
    bench.write("opendkim.conf", settings);
    let output = Command::new("opendkim")
        .arg("-x")
        .arg(bench.path("opendkim.conf"))
        .arg("-t")
        .arg(file)
        .arg("-vv")
        .stdin(Stdio::null())
        .output();
    let Ok(output) = output else {
        skip("opendkim is not installed");
        return None;
    };
    // Its exit code says nothing; the field that it would write does.
    let told = [output.stdout, output.stderr].concat();
    let told = String::from_utf8_lossy(&told).replace(['\n', '\t'], " ");
    let told = told.split("dkim=").skip(1);
    Some(
        told.filter_map(|one| {
            let (_, behind) = one.split_once("header.s=")?;
            let selector = behind.split([' ', ';']).next()?;
            Some((selector.to_owned(), one.starts_with("pass ")))
        })
        .collect(),
    )
}

/// What Mail::DKIM says of these files: number, algorithm, selector, result. `None`: it is not here.
fn mail_dkim(records: &Path, files: &[PathBuf]) -> Option<Vec<String>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/support/verify_dkim.pl");
    let output = Command::new("perl").arg(script).arg(records).args(files).output();
    let there = Command::new("perl")
        .args(["-MMail::DKIM::Verifier", "-e1"])
        .output();
    if !there.is_ok_and(|there| there.status.success()) {
        skip("Mail::DKIM is not installed");
        return None;
    }
    let output = output.expect("perl is there");
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words}");
    let told = String::from_utf8_lossy(&output.stdout);
    Some(told.lines().map(str::to_owned).collect())
}

/// The campaign without any of the header fields that are signed though they are not there.
fn plain(dkim: &str) -> String {
    let lines = campaign(dkim, "");
    let without = |line: &&str| !line.starts_with("headers") && !line.starts_with("reply_to");
    lines.lines().filter(without).collect::<Vec<_>>().join("\n")
}

#[test]
fn three_verifiers_find_the_signatures_valid_and_none_of_a_forgery() {
    let both = format!("[{RSA}, {ED25519}]");
    let bench = bench(RSA, "");
    let records = [
        new_key(&bench, "rsa", "s1", "dkim.pem"),
        new_key(&bench, "ed25519", "e1", "keys/ed25519.pem"),
    ];
    let known = list(&bench, &records);
    for toml in [campaign(&both, ""), plain(&both)] {
        bench.write("mailshot.toml", &toml);
        bench.run(&["send", "--dry-run"]).code(0);
        let files = bench.eml("results/preview");
        for message in verified(&bench, &records, &files).into_iter().flatten() {
            assert_eq!(message["forged"], json!([]), "{toml}");
        }
        for file in &files {
            let both = [("s1".to_owned(), true), ("e1".to_owned(), true)];
            if let Some(said) = opendkim(&bench, &known, file) {
                assert_eq!(said, both, "{toml}");
                let forged = bench.path("forged.eml");
                let mut octets = b"List-Unsubscribe: <https://mallory.example/>\r\n".to_vec();
                octets.extend(fs::read(file).expect("a message"));
                fs::write(&forged, octets).expect("a file");
                let said = opendkim(&bench, &known, &forged).unwrap_or_default();
                assert!(said.iter().all(|(_, valid)| !valid), "{said:?}: {toml}");
            }
        }
        if let Some(said) = mail_dkim(&known, &files) {
            assert_eq!(said.len(), 4, "{said:#?}");
            for line in said {
                // Debian 12 has 1.20230212, which knows RSA alone.
                let valid =
                    line.ends_with(" rsa-sha256 s1 pass") || line.ends_with(" ed25519-sha256 e1 pass");
                let unknown = line.contains(" e1 invalid (unsupported algorithm ed25519-sha256)");
                assert!(valid || unknown, "{line}: {toml}");
            }
        }
    }
}

/// The header fields that the signature of each message lists.
fn listed(bench: &Bench, records: &[(String, String)]) -> Vec<Vec<String>> {
    bench.run(&["send", "--dry-run"]).code(0);
    let files = bench.eml("results/preview");
    let told = verified(bench, records, &files).into_iter().flatten();
    told.map(|message| {
        assert_eq!(message["signatures"][0]["valid"], true, "{message:#}");
        let headers = message["signatures"][0]["headers"].as_array().expect("a list");
        headers
            .iter()
            .map(|name| name.as_str().unwrap_or_default().to_owned())
            .collect()
    })
    .collect()
}

#[test]
fn what_a_relay_writes_itself_is_in_no_signature() {
    let ses = "[relay.ses]\npreset = 'ses'\nregion = 'eu-west-1'\nuser = 'u'\npassword = { env = 'P' }\n";
    let other = "[relay.here]\nserver = 'smtp+plain://127.0.0.1:1'\n";
    let bench = bench(RSA, "");
    let records = [new_key(&bench, "rsa", "s1", "dkim.pem")];
    let count = |headers: &[String], name: &str| headers.iter().filter(|one| *one == name).count();
    for (relays, ids) in [
        (other.to_owned(), 2),
        (ses.to_owned(), 0),
        (format!("{other}{ses}"), 0),
    ] {
        bench.write("mailshot.toml", campaign(RSA, &relays));
        for headers in listed(&bench, &records) {
            assert_eq!(count(&headers, "Message-ID"), ids, "{relays}: {headers:?}");
            assert_eq!(count(&headers, "Date"), ids, "{relays}: {headers:?}");
            for name in [
                "From",
                "List-Unsubscribe",
                "List-Unsubscribe-Post",
                "List-Id",
                "Subject",
            ] {
                assert_eq!(count(&headers, name), 2, "{relays}: {headers:?}");
            }
            assert_eq!(count(&headers, "Sender"), 1, "{relays}: {headers:?}");
        }
    }
    // What Amazon does to a message on the way.
    let files = bench.eml("results/preview");
    for file in &files {
        let message = fs::read_to_string(file).expect("a message");
        let changed: Vec<_> = message
            .split_inclusive('\n')
            .map(|line| match line.split_once(':') {
                Some(("Message-ID", _)) => "Message-ID: <0102018f@eu-west-1.amazonses.com>\r\n",
                Some(("Date", _)) => "Date: Thu, 26 Nov 2026 10:00:00 +0000\r\n",
                _ => line,
            })
            .collect();
        fs::write(file, changed.concat()).expect("a file");
    }
    for message in verified(&bench, &records, &files).into_iter().flatten() {
        assert_eq!(message["signatures"][0]["valid"], true, "{message:#}");
    }
}

/// The relay is no content; what it takes out of the signatures is.
#[test]
fn another_relay_that_changes_the_signatures_of_a_mailing_is_named() {
    let peer = Peer::policy(|_| None);
    let here = format!("[relay.here]\nserver = '{}'\n", peer.url());
    let ses = format!("{here}preset = 'ses'\nregion = 'eu-west-1'\nuser = 'u'\npassword = {{ env = 'P' }}\n");
    let bench = bench(RSA, &here).env("P", "x");
    new_key(&bench, "rsa", "s1", "dkim.pem");
    bench.run(&["send", "--yes", "--limit", "1"]).code(0);
    bench.write("mailshot.toml", campaign(RSA, &ses));
    bench
        .run(&["send", "--yes"])
        .code(2)
        .stderr_has("header fields that the signatures leave out is new");
    bench.write("mailshot.toml", campaign(RSA, &here.replace("here", "there")));
    bench.run(&["send", "--yes"]).code(0);
    assert_eq!(peer.finish().accepted.len(), 2);
}
