//! Through a real Postfix: TLS, login, delivery, and everything that stops a run before it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::net::TcpListener;

use crate::support::bench::Bench;
use crate::support::notice::{address, campaign, people};
use crate::support::program::Outcome;
use crate::support::python;
use crate::support::servers::Postfix;

/// A campaign that logs in to this server of a Postfix.
fn login(postfix: &Postfix, server: &str, more: &str) -> Bench {
    let relay = format!(
        "server = '{server}'\nuser = '{}'\npassword = {{ env = 'RELAY_PASSWORD' }}\nca_file = '{}'\n{more}",
        Postfix::USER,
        postfix.ca_file().display()
    );
    Bench::new()
        .campaign(&campaign(&relay))
        .csv("people.csv", people(1..=3))
        .file(
            "notice.txt",
            "Dear {{ name }},\n\nthe course moves to room 101.\n",
        )
        .env("RELAY_PASSWORD", Postfix::PASSWORD)
}

/// The secret must be nowhere: not on the screen, not in what is left behind.
fn assert_discreet(bench: &Bench, outcome: &Outcome, secret: &str) {
    let mut places = vec![
        ("stdout".to_owned(), outcome.stdout.clone().into_bytes()),
        ("stderr".to_owned(), outcome.stderr.clone().into_bytes()),
    ];
    for folder in ["results", ".mailshot"] {
        let entries = std::fs::read_dir(bench.path(folder)).into_iter().flatten();
        for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
            places.push((
                path.display().to_string(),
                std::fs::read(&path).unwrap_or_default(),
            ));
        }
    }
    for (place, bytes) in places {
        let found = bytes
            .windows(secret.len())
            .any(|window| window == secret.as_bytes());
        assert!(!found, "{place} shows the password: {outcome}");
    }
}

/// 1,000 recipients of whom 10 are unknown, through one port of Postfix, and read back.
fn a_thousand(port: &str, server: impl Fn(&Postfix) -> String) {
    let known: Vec<String> = (1..=1000)
        .filter(|number| number % 100 != 0)
        .map(address)
        .collect();
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    let Some(postfix) = Postfix::start(&names) else {
        return;
    };
    let bench = login(
        &postfix,
        &server(&postfix),
        "connections = 3\nmessages_per_connection = 200",
    );
    bench.write("people.csv", people(1..=1000));
    let outcome = bench.run(&["send", "--yes"]);
    outcome
        .code(1)
        .stderr_has("accepted 990 of 1,000")
        .stderr_has("10 rejected by the relay")
        .stderr_has("p0100@example.org: 550 5.1.1 <p0100@example.org>: Recipient address rejected");
    assert_discreet(&bench, &outcome, Postfix::PASSWORD);

    let unknown: BTreeSet<String> = (1..=10).map(|hundred| address(hundred * 100)).collect();
    let failed = bench.table("results/failed.csv");
    assert_eq!(
        failed
            .iter()
            .map(|row| row["email"].clone())
            .collect::<BTreeSet<_>>(),
        unknown
    );
    let mut ids = BTreeMap::new();
    for row in bench.report("results") {
        if unknown.contains(&row["email"]) {
            assert_eq!(row["mailshot_status"], "rejected");
            assert_eq!(row["mailshot_code"], "550");
            assert!(row["mailshot_reply"].contains("User unknown"), "{row:?}");
        } else {
            assert_eq!(row["mailshot_status"], "accepted");
            ids.insert(row["email"].clone(), row["mailshot_message_id"].clone());
        }
    }

    let delivered = postfix.wait_for_delivery(990);
    let to: Vec<&str> = delivered.iter().map(|one| one.to.as_str()).collect();
    assert_eq!(to, names, "each once");
    let files: Vec<_> = delivered.iter().map(|one| &one.file).collect();
    let Some(read) = python::read_eml(&files) else {
        return;
    };
    for (one, message) in delivered.iter().zip(read) {
        assert_eq!(message["defects"], serde_json::json!([]), "{}", one.to);
        assert_eq!(message["addresses"]["to"][0][1], one.to);
        assert_eq!(message["headers"]["message-id"], ids[&one.to]);
    }
    // Three at a time, each for 200 messages at most: 1,000 need five or a few more, never one a refusal.
    let connections = postfix.connections(port);
    assert!((3..=8).contains(&connections), "{connections} connections");
}

#[test]
fn a_thousand_over_smtps_arrive_once_each() {
    a_thousand("smtps", Postfix::smtps);
}

#[test]
fn a_thousand_over_starttls_arrive_once_each() {
    a_thousand("submission", Postfix::submission);
}

#[test]
fn what_is_wrong_with_a_relay_is_said_before_any_mail() {
    let Some(postfix) = Postfix::start(&[&address(1), &address(2), &address(3)]) else {
        return;
    };
    // Nobody listens there, since nobody can: the listener never accepts after it is gone.
    let closed = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    let closed = format!("smtps://127.0.0.1:{}", closed.expect("a port").port());
    let plain = postfix.plain();
    let port = plain.rsplit(':').next().unwrap_or_default();
    let (on_tls, on_starttls) = (
        format!("smtps://localhost:{port}"),
        format!("smtp://localhost:{port}"),
    );
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "an expired certificate",
            &postfix.expired(),
            &["certificate", "expired", "2020", "localhost"],
        ),
        (
            "a certificate of another host",
            &postfix.wrong_name(),
            &["certificate", "localhost", "relay.elsewhere.example", "`server`"],
        ),
        (
            "plaintext where TLS was expected",
            &on_tls,
            &["speaks plaintext on this port", "465", "587"],
        ),
        (
            "no STARTTLS",
            &on_starttls,
            &["does not offer STARTTLS", "nothing is sent without TLS"],
        ),
        (
            "a refused connection",
            &closed,
            &["connecting", "refused", "check the host and the port in `server`"],
        ),
        (
            "a host that does not exist",
            "smtps://relay.does-not-exist.invalid",
            &["looking up", "check the host and the port in `server`"],
        ),
    ];
    for (what, server, words) in cases {
        let bench = login(&postfix, server, "connections = 4");
        let outcome = bench.run(&["send", "--yes"]);
        // Whoever answers nowhere may answer later.
        outcome.code(if *what == "a refused connection" { 4 } else { 2 });
        for word in *words {
            assert!(
                outcome.stderr.contains(word),
                "{what}: stderr lacks {word:?}: {outcome}"
            );
        }
        assert_discreet(&bench, &outcome, Postfix::PASSWORD);
        assert_eq!(
            bench.statuses(),
            BTreeMap::from([("pending".to_owned(), 3)]),
            "{what}"
        );
    }

    let bench = login(&postfix, &postfix.smtps(), "");
    let toml = bench.read("mailshot.toml");
    let without_ca: Vec<&str> = toml.lines().filter(|line| !line.starts_with("ca_file")).collect();
    bench.write("mailshot.toml", without_ca.join("\n"));
    let outcome = bench.run(&["send", "--yes"]);
    outcome
        .code(2)
        .stderr_has("certificate")
        .stderr_has("ca_file = \"ca.pem\"");
    assert_discreet(&bench, &outcome, Postfix::PASSWORD);
    assert_eq!(postfix.delivered().len(), 0);
}

#[test]
fn a_wrong_password_is_tried_once_and_never_shown() {
    let Some(postfix) = Postfix::start(&[&address(1)]) else {
        return;
    };
    for server in [postfix.smtps(), postfix.submission()] {
        let bench = login(&postfix, &server, "connections = 4").env("RELAY_PASSWORD", "not-the-Passw0rd");
        let outcome = bench.run(&["send", "--yes"]);
        outcome
            .code(2)
            .stderr_has("login (AUTH)")
            .stderr_has("535 5.7.8")
            .stderr_has("check `user` and the password");
        assert_discreet(&bench, &outcome, "not-the-Passw0rd");
    }
    let log = postfix.log();
    assert_eq!(
        log.matches("authentication failed").count(),
        2,
        "once a run: {log}"
    );
    assert_eq!(postfix.delivered().len(), 0);
}

#[test]
fn the_failed_of_one_run_are_the_recipients_of_the_next() {
    let Some(postfix) = Postfix::start(&[&address(1), &address(2), "bob@uni.example"]) else {
        return;
    };
    let bench = login(&postfix, &postfix.smtps(), "");
    bench.write(
        "people.csv",
        "email,name,note\np0001@example.org,Ada,=1+1\nbobby@uni.example,Bob,\"two\nlines\"\np0002@example.org,Cyd,-\n",
    );
    bench.run(&["send", "--yes"]).code(1);
    // As a user would: the wrong address mended in failed.csv, which is then the list.
    let failed = bench.read("results/failed.csv");
    assert!(
        failed.contains("bobby@uni.example,Bob,\"two\nlines\",rejected,550,"),
        "{failed}"
    );
    bench.write("again.csv", failed.replace("bobby@", "bob@"));
    bench.run(&["send", "--yes", "--recipients", "again.csv"]).code(0);
    let report = bench.report("results");
    // The list's own row first, then those that the mailing knows and this list has not.
    assert_eq!(report.len(), 4);
    assert_eq!(report[0]["email"], "bob@uni.example");
    assert_eq!(report[0]["note"], "two\nlines");
    assert_eq!(
        report[0].len(),
        3 + 7,
        "the old mailshot_ columns are gone: {report:?}"
    );
    let delivered = postfix.wait_for_delivery(3);
    let to: Vec<&str> = delivered.iter().map(|one| one.to.as_str()).collect();
    assert_eq!(to, ["bob@uni.example", "p0001@example.org", "p0002@example.org"]);
}

#[test]
fn international_domains_and_several_envelope_recipients_arrive() {
    let everybody = [
        "ada@xn--hochschule-mnchen-e3b.example",
        "tutor@uni.example",
        "archive@uni.example",
        "dean@uni.example",
    ];
    let Some(postfix) = Postfix::start(&everybody) else {
        return;
    };
    let bench = login(&postfix, &postfix.submission(), "");
    let toml = bench.read("mailshot.toml").replace(
        "subject =",
        "cc = '{{ tutor }}'\nbcc = 'archive@uni.example; dean@uni.example'\nsubject =",
    );
    bench.write("mailshot.toml", toml);
    let mut rows = "email,name,tutor\n".to_owned();
    writeln!(
        rows,
        "ada@hochschule-münchen.example,王小明,Tutor <tutor@uni.example>"
    )
    .ok();
    bench.write("people.csv", rows);
    bench.run(&["send", "--yes"]).code(0);
    let delivered = postfix.wait_for_delivery(4);
    let mut expected = everybody;
    expected.sort_unstable();
    let to: Vec<&str> = delivered.iter().map(|one| one.to.as_str()).collect();
    assert_eq!(to, expected);
    let Some(read) = python::read_eml(&delivered.iter().map(|one| &one.file).collect::<Vec<_>>()) else {
        return;
    };
    for message in read {
        assert_eq!(message["defects"], serde_json::json!([]));
        assert_eq!(message["addresses"]["to"][0][0], "王小明");
        assert_eq!(message["addresses"]["cc"][0][1], "tutor@uni.example");
        assert_eq!(
            message["headers"]["bcc"],
            serde_json::Value::Null,
            "bcc is nobody's business"
        );
    }
}
