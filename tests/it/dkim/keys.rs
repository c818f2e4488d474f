//! What is said about keys, and that none is left behind.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::bench::Bench;
use crate::support::peer::Peer;
use crate::support::skip;

use super::{RSA, assert_signed, bench, campaign, new_key, record};

#[test]
fn without_its_key_nothing_is_sent_and_the_sandbox_says_unsigned() {
    let peer = Peer::policy(|_| None);
    let relay = format!("[relay.here]\nserver = '{}'\n", peer.url());
    let bench = bench(RSA, &relay);
    for arguments in [
        &["send", "--yes"][..],
        &["send", "--yes", "--test-to", "me@uni.example"],
    ] {
        bench
            .run(arguments)
            .code(2)
            .stderr_has("s1._domainkey.uni.example")
            .stderr_has("dkim.pem")
            .stderr_has("mailshot dkim new --domain uni.example --selector s1");
    }
    assert_eq!(peer.finish().connections.len(), 0);
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("mailshot.toml:15")
        .stderr_has("dkim.pem");
    for arguments in [
        &["send", "--sandbox"][..],
        &["send", "--dry-run"],
        &["preview", "--row", "2"],
    ] {
        bench
            .run(arguments)
            .code(0)
            .stderr_has("not signed: the key of s1._domainkey.uni.example");
    }
    for folder in ["results/sandbox/messages", "results/preview"] {
        for file in bench.eml(folder) {
            let text = fs::read_to_string(file).expect("a message");
            assert!(text.starts_with("From: "), "{text}");
        }
    }
}

#[test]
fn a_key_of_another_source_is_not_asked_for_by_check_or_the_sandbox() {
    let asking = RSA.replace(
        "{ file = 'dkim.pem' }",
        "{ command = 'echo asked >> asked.txt; cat dkim.pem' }",
    );
    let bench = bench(&asking, "");
    let records = [new_key(&bench, "rsa", "s1", "dkim.pem")];
    bench.run(&["check"]).code(0);
    bench
        .run(&["send", "--sandbox"])
        .code(0)
        .stderr_has("not signed: the sandbox does not ask for the key of s1._domainkey.uni.example");
    assert!(!bench.path("asked.txt").exists());
    bench.run(&["send", "--dry-run"]).code(0);
    assert!(bench.path("asked.txt").exists());
    assert_signed(&bench, &records, "results/preview", &[("rsa-sha256", "s1")]);

    let set = RSA.replace("{ file = 'dkim.pem' }", "{ env = 'DKIM_KEY' }");
    bench.write("mailshot.toml", campaign(&set, ""));
    let bench = {
        let key = bench.read("dkim.pem");
        bench.env("DKIM_KEY", &key)
    };
    bench
        .run(&["send", "--sandbox"])
        .code(0)
        .stderr_lacks("not signed");
    assert_signed(
        &bench,
        &records,
        "results/sandbox/messages",
        &[("rsa-sha256", "s1")],
    );
}

#[cfg(unix)]
#[test]
fn what_is_wrong_with_a_key_is_said_before_any_mail() {
    use std::os::unix::fs::PermissionsExt;
    let bench = bench(RSA, "[relay.here]\nserver = 'smtp+plain://127.0.0.1:9'\n");
    new_key(&bench, "rsa", "s1", "dkim.pem");
    let good = bench.read("dkim.pem");
    let readable_by = |mode| {
        fs::set_permissions(bench.path("dkim.pem"), fs::Permissions::from_mode(mode)).expect("the mode");
    };
    assert_eq!(
        fs::metadata(bench.path("dkim.pem"))
            .expect("the key")
            .permissions()
            .mode()
            & 0o777,
        0o600
    );
    readable_by(0o644);
    for arguments in [&["check"][..], &["send", "--yes"]] {
        bench
            .run(arguments)
            .code(2)
            .stderr_has("(mode 644); run: chmod 600")
            .stderr_has("chmod 600");
    }
    readable_by(0o600);
    bench.run(&["check"]).code(0);
    let public = good.replace("PRIVATE", "PUBLIC");
    let cut: String = good.lines().take(5).collect::<Vec<_>>().join("\n");
    for (text, words) in [
        ("hunter2\n", "there is no private key in it"),
        (public.as_str(), "public key"),
        (cut.as_str(), "-----END PRIVATE KEY-----"),
        (&good.replacen("MII", "MIJ", 1), "damaged"),
    ] {
        bench.write("dkim.pem", text);
        for arguments in [&["check"][..], &["send", "--yes"]] {
            let outcome = bench.run(arguments);
            outcome
                .code(2)
                .stderr_has("mailshot.toml:15")
                .stderr_has("dkim.pem")
                .stderr_has(words);
            for line in text.lines().filter(|line| !line.contains("KEY")) {
                outcome.stderr_lacks(line);
            }
        }
    }
}

/// What openssl prints, or makes in the bench; the test skips where it is not installed.
fn openssl(bench: &Bench, arguments: &str) -> Option<String> {
    let arguments = arguments.split(' ').map(|one| {
        let path = Path::new(one).extension().is_some_and(|end| end == "pem");
        if path {
            bench.path(one).into_os_string()
        } else {
            one.into()
        }
    });
    let Ok(output) = Command::new("openssl")
        .args(arguments)
        .stdin(Stdio::null())
        .output()
    else {
        skip("openssl is not installed (tests/run does)");
        return None;
    };
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(String::from_utf8(output.stdout).expect("openssl prints text"))
}

#[test]
fn keys_of_openssl_sign_if_receivers_take_them() {
    let bench = Bench::new();
    let record = [
        "dkim",
        "record",
        "key.pem",
        "--domain",
        "uni.example",
        "--selector",
        "s1",
    ];
    for make in [
        "genrsa -out key.pem 2048",
        "genrsa -traditional -out key.pem 2048",
        "genrsa -out key.pem 4096",
    ] {
        let Some(_) = openssl(&bench, make) else { return };
        let public = openssl(&bench, "pkey -in key.pem -pubout").expect("openssl is here");
        let public: String = public.lines().filter(|line| !line.starts_with("---")).collect();
        let outcome = bench.run(&record);
        outcome
            .code(0)
            .stdout_has(&format!("v=DKIM1; k=rsa; p={public}\n"));
    }
    for (make, words) in [
        ("genrsa -out key.pem 1024", "the RSA key is too short"),
        (
            "genrsa -traditional -out key.pem 1024",
            "the RSA key is too short",
        ),
        ("genrsa -out key.pem 4104", "the RSA key is too long"),
        (
            "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem",
            "a key for another purpose",
        ),
        (
            "genpkey -algorithm X25519 -out key.pem",
            "a key for another purpose",
        ),
        (
            "genpkey -algorithm RSA-PSS -out key.pem",
            "a key for another purpose",
        ),
    ] {
        let Some(_) = openssl(&bench, make) else { return };
        bench.run(&record).code(2).stderr_has(words);
    }
}

#[test]
fn the_key_is_in_nothing_that_is_left_behind() {
    let bench = bench(RSA, "");
    new_key(&bench, "rsa", "s1", "dkim.pem");
    let outcome = bench.run(&["-vv", "send", "--sandbox", "--events"]);
    outcome.code(0);
    let key = bench.read("dkim.pem");
    let secret: Vec<&str> = key.lines().skip(1).take(20).collect();
    let mut left = vec![outcome.stdout.clone(), outcome.stderr.clone()];
    for file in bench.eml("results/sandbox/messages") {
        left.push(fs::read_to_string(file).expect("a message"));
    }
    left.push(bench.read("results/sandbox/report.csv"));
    left.push(bench.read("results/sandbox/summary.json"));
    for text in left {
        assert!(secret.iter().all(|line| !text.contains(line)));
    }
}

#[test]
fn a_key_is_made_once_and_its_record_printed_for_people_and_zone_files() {
    let bench = Bench::new();
    let made = bench.run(&["dkim", "new", "--domain", "Uni.Example"]);
    made.code(0)
        .stderr_has("dkim.pem holds the private key")
        .stderr_has("dkim = { domain = \"uni.example\", selector = \"mailshot2");
    let (name, value) = record(&made);
    assert!(name.ends_with("._domainkey.uni.example"), "{name}");
    assert!(value.starts_with("v=DKIM1; k=rsa; p=MIIBIjAN"), "{value}");
    let zone = made
        .stdout
        .lines()
        .find(|line| line.starts_with("zone:"))
        .expect("a zone line");
    let strings: Vec<&str> = zone.split('"').skip(1).step_by(2).collect();
    assert!(
        strings.len() == 2 && strings.iter().all(|part| part.len() <= 255),
        "{zone}"
    );
    assert_eq!(strings.concat(), value);
    let key = bench.read("dkim.pem");
    assert!(!made.stdout.contains(key.lines().nth(2).expect("a line")));

    let again = bench.run(&["dkim", "new", "--domain", "uni.example"]);
    again.code(2).stderr_has("dkim.pem exists already");
    assert_eq!(bench.read("dkim.pem"), key);
    bench
        .run(&["dkim", "record", "dkim.pem"])
        .code(2)
        .stderr_has("--selector");
    bench
        .run(&["dkim", "record", "none.pem", "--selector", "s1"])
        .code(2)
        .stderr_has("none.pem cannot be read");
    bench
        .run(&[
            "dkim",
            "new",
            "--domain",
            "registrar@uni.example",
            "--output",
            "x.pem",
        ])
        .code(2)
        .stderr_has("is not a domain");
}
