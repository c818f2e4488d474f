//! What environment variables say of a campaign, and what short forms on the command line mean.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]

use std::sync::{Arc, Mutex};

use crate::support::bench::Bench;
use crate::support::notice::{bench, campaign, people};
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};

/// A relay that keeps what it is shown at AUTH.
fn keeping() -> (Peer, Arc<Mutex<Vec<String>>>) {
    let kept = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&kept);
    let peer = Peer::policy(move |event| {
        if let Step::Auth(said) = event.step {
            seen.lock().expect("what was said").push(said.join(" "));
        }
        None
    });
    (peer, kept)
}

#[test]
fn variables_go_before_the_file_and_flags_before_both_and_it_is_said() {
    let (peer, kept) = keeping();
    let nowhere =
        campaign("server = 'smtp+plain://localhost:9'\nuser = 'old'\npassword = { command = 'echo wrong' }");
    let bench = Bench::new()
        .campaign(&nowhere)
        .csv("people.csv", people(1..=2))
        .file("notice.txt", "Dear {{ name }}\n")
        .env("MAILSHOT_RELAY", &peer.url())
        .env("MAILSHOT_USER", "robot")
        .env("MAILSHOT_PASSWORD", "geheim-One")
        .env("MAILSHOT_CONNECTIONS", "1")
        .env("MAILSHOT_RATE", "100/s 7/day");
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has(
            "From the environment: MAILSHOT_RELAY, MAILSHOT_USER, MAILSHOT_RATE, MAILSHOT_CONNECTIONS, MAILSHOT_PASSWORD",
        )
        .stderr_has("as robot")
        .stderr_has("Limit of here, 7/day: 7 left")
        .stderr_lacks("geheim-One");
    // PLAIN: NUL robot NUL geheim-One; and so for whoever a flag names.
    let shown = |at: usize| kept.lock().expect("what was said")[at].clone();
    assert!(shown(0).contains("AHJvYm90AGdlaGVpbS1PbmU="), "{}", shown(0));
    bench
        .run(&["send", "--yes", "--new", "--user", "typed", "--rate", "50/s"])
        .code(0)
        .stderr_has("as typed")
        .stderr_lacks("MAILSHOT_USER")
        .stderr_lacks("MAILSHOT_RATE");
    bench
        .run(&["send", "--help"])
        .code(0)
        .stdout_has("[env: MAILSHOT_RELAY]");
    assert!(!bench.run(&["send", "--help"]).stdout.contains("robot"));
    let wrong = bench
        .env("MAILSHOT_CONNECTIONS", "many")
        .env("MAILSHOT_RELAY", "nonsense");
    wrong
        .run(&["send", "--yes"])
        .code(2)
        .stderr_has("MAILSHOT_CONNECTIONS is not a number of connections from 1 to 1000")
        .stderr_has("MAILSHOT_RELAY");
    peer.finish();
}

#[test]
fn a_password_from_the_environment_is_for_the_login_that_has_none() {
    let (peer, kept) = keeping();
    let own = bench(
        &peer,
        1,
        "user = 'registrar'\npassword = { command = 'echo own-One' }",
    )
    .env("MAILSHOT_PASSWORD", "geheim-One");
    own.run(&["send", "--yes"])
        .code(0)
        .stderr_lacks("From the environment");
    let without = bench(&peer, 1, "user = 'registrar'").env("MAILSHOT_PASSWORD", "geheim-One");
    without
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("From the environment: MAILSHOT_PASSWORD");
    let said = kept.lock().expect("what was said").clone();
    // PLAIN: NUL registrar NUL own-One, then geheim-One.
    assert!(said[0].contains("AHJlZ2lzdHJhcgBvd24tT25l"), "{said:?}");
    assert!(said[1].contains("AHJlZ2lzdHJhcgBnZWhlaW0tT25l"), "{said:?}");
    peer.finish();
}

#[test]
fn short_forms_are_taken_or_told_with_an_example() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 2, "");
    bench.run(&["help"]).code(0).stdout_has("Usage: mailshot");
    bench.run(&["help", "send"]).code(0).stdout_has("--test-to");
    for hidden in ["not supported yet", "--no-open"] {
        for page in [&["--help"][..], &["preview", "--help"], &["report", "--help"]] {
            let said = bench.run(page);
            assert!(!said.stdout.contains(hidden), "{hidden}: {said}");
        }
    }
    for listen in ["0", "localhost:0", ":0", "127.0.0.1:0"] {
        let run = bench.spawn(&["sandbox", "--listen", listen]);
        run.wait_for_stderr("The sandbox listens on 127.0.0.1:");
        run.kill();
    }
    bench
        .run(&["sandbox", "--listen", "nowhere"])
        .code(2)
        .stderr_has("write for example 2525, localhost:2525 or 127.0.0.1:2525");
    bench
        .run(&["send", "--yes", "--test-to", "The Boss <boss@uni.example>"])
        .code(0)
        .stderr_has("2 test messages sent to boss@uni.example only");
    bench
        .run(&["send", "--yes", "--test-to", "a@uni.example, b@uni.example"])
        .code(2)
        .stderr_has("holds several addresses, and a test goes to one");
    bench
        .run(&["send", "--yes", "--test-to", "boss"])
        .code(2)
        .stderr_has("write for example you@uni.example");
    peer.finish();
}

#[test]
fn who_wants_no_words_hears_of_refusals_on_one_line() {
    let peer = Peer::policy(|event| match event.step {
        Step::Rcpt { to, .. } if to.starts_with("p0002") => Some(Answer::say("550 5.1.1 no such user")),
        _ => None,
    });
    let bench = bench(&peer, 3, "");
    let outcome = bench.run(&["send", "--yes", "-q"]);
    outcome.code(1);
    assert_eq!(
        outcome.stderr.lines().collect::<Vec<_>>(),
        ["campaign: 1 rejected of 3 recipients; by name: ./results/failed.csv"],
        "{outcome}"
    );
    for status in ["refused", "rejected"] {
        bench
            .run(&["report", "--only", status])
            .code(0)
            .stdout_has("p0002@example.org");
    }
    let well = bench.run(&["send", "--yes", "-q", "--new", "--abandon", "--limit", "1"]);
    assert_eq!(
        (well.status.code(), well.stderr.as_str()),
        (Some(0), ""),
        "{well}"
    );
    peer.finish();
}

#[test]
fn who_wants_no_words_hears_of_copies_and_doubts_in_the_file_that_has_them() {
    let peer = Peer::policy(|event| match event.step {
        Step::Rcpt {
            to: "boss@uni.example",
            ..
        } => Some(Answer::say("450 4.2.1 mailbox busy")),
        _ => None,
    });
    let more = "connections = 1\n[delivery]\nattempts = 1";
    let copied = bench(&peer, 3, more);
    let toml = copied.read("mailshot.toml");
    copied.write(
        "mailshot.toml",
        toml.replace("subject =", "cc = 'boss@uni.example'\nsubject ="),
    );
    let outcome = copied.run(&["send", "--yes", "-q"]);
    outcome.code(1);
    assert_eq!(
        outcome.stderr.lines().collect::<Vec<_>>(),
        ["campaign: 3 copies not delivered, of 3 messages; by name: ./results/report.csv"],
        "{outcome}"
    );
    copied
        .run(&["status"])
        .code(0)
        .stdout_has("not finished")
        .stdout_has("  3 copies deferred\n  hint: to try the 3 deferred copies again later");
    let status = copied.run(&["status", "--json"]);
    assert_eq!(status.code(0).events()[0]["copies"]["left"], 3);
    peer.finish();
    let peer = Peer::policy(|event| match event.step {
        Step::Content { to, .. } if to[0].starts_with("p0002") => Some(Answer::TakeThenClose),
        _ => None,
    });
    let doubted = bench(&peer, 3, "connections = 1");
    let outcome = doubted.run(&["send", "--yes", "-q"]);
    outcome.code(1);
    assert_eq!(
        outcome.stderr.lines().collect::<Vec<_>>(),
        ["campaign: 1 in doubt of 3 recipients; by name: ./results/in_doubt.csv"],
        "{outcome}"
    );
    peer.finish();
}

/// Connections that this machine has no room for are nobody's fault among the recipients.
#[cfg(unix)]
#[test]
fn a_process_that_may_open_few_files_rejects_nobody() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 40, "connections = 30");
    let outcome = bench.paste("ulimit -n 24; mailshot send --yes");
    outcome
        .code(0)
        .stderr_has("accepted 40 of 40")
        .stderr_lacks("refused the connection");
    let log = peer.finish();
    assert!(log.most_at_once < 20, "{}", log.most_at_once);
    log.assert_each_message_once();
}
