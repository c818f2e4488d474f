//! What relays say that is not shown as it comes: secrets, line breaks, and what is too long.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]

use std::fs;

use crate::support::bench::Bench;
#[cfg(target_os = "linux")]
use crate::support::gate::Gate;
use crate::support::notice::{self, address};
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};

const SECRET: &str = "S3cr3t-Passw0rd-77";

/// As it goes out and may come back: in base64 alone, in PLAIN and XOAUTH2, cut, in hex, in a URL.
const FORMS: [&str; 8] = [
    "S3cr3t",
    "ssw0rd",
    "UzNjcjN0LVBhc3N3MHJkLTc3",
    "cmVnaXN0cmFyAFMzY3IzdC1QYXNzdzByZC03Nw",
    "czY3IzdC1QYXNz",
    "PUJlYXJlciBTM2NyM3Q",
    "5333637233742d50",
    "S3cr3t%2DPassw0rd",
];

fn bench(peer: &Peer, count: usize, relay: &str) -> Bench {
    let login = "connections = 1\nuser = 'registrar'\npassword = { env = 'RELAY_PASSWORD' }";
    notice::bench(peer, count, &format!("{login}\n{relay}")).env("RELAY_PASSWORD", SECRET)
}

/// Nowhere on the screen, in events, results or ledger.
fn assert_unseen(bench: &Bench, told: &str) {
    for form in FORMS {
        assert!(!told.contains(form), "{form} is shown: {told}");
    }
    for folder in [".mailshot", "results"] {
        let Ok(files) = fs::read_dir(bench.path(folder)) else {
            continue;
        };
        for file in files
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.is_file())
        {
            let held = fs::read(&file).expect("a file of ours");
            let held = String::from_utf8_lossy(&held);
            for form in FORMS {
                assert!(!held.contains(form), "{form} is in {}", file.display());
            }
        }
    }
}

#[test]
fn a_relay_that_repeats_the_login_shows_nobody_the_password() {
    for mechanism in ["plain", "login", "xoauth2"] {
        let peer = Peer::policy(|event| match event.step {
            Step::Auth(said) => {
                let said = said.join(" ");
                let (one, other) = said.split_at(said.len() / 2);
                Some(Answer::Say(format!(
                    "535-5.7.8 Command unrecognized: \"{said}\"\n535-5.7.8 that is {one}\n535 5.7.8 {other}"
                )))
            }
            _ => None,
        });
        let bench = bench(&peer, 1, &format!("auth = '{mechanism}'"));
        for arguments in [
            &["check", "--connect"][..],
            &["check", "--connect", "--json"],
            &["send", "--yes", "--events", "-vv"],
        ] {
            let outcome = bench.run(arguments);
            outcome.code(2).stderr_has("***");
            assert_unseen(&bench, &format!("{}{}", outcome.stdout, outcome.stderr));
        }
    }
}

#[test]
fn a_password_that_comes_back_later_is_not_kept_either() {
    let peer = Peer::policy(|event| match event.step {
        Step::Connect => Some(Answer::say("220 S3cr3t-Passw0rd-77 UzNjcjN0LVBhc3N3MHJkLTc3")),
        Step::Rcpt { to, .. } if to == address(1) => Some(Answer::say(
            "550-5.1.1 you said S3cr3t-Pa\n550-5.1.1 ssw0rd-77, that is UzNjcjN0LVBh\n550 5.1.1 c3N3MHJkLTc3",
        )),
        Step::Rcpt { to, .. } if to == address(2) => Some(Answer::say(
            "550 5.1.1 AUTH PLAIN AHJlZ2lzdHJhcgBTM2NyM3QtUGFzc3cwcmQtNzc=, S3cr3t%2DPassw0rd%2D77",
        )),
        Step::Content { to, .. } if to[0] == address(3) => Some(Answer::say(
            "554 5.6.0 5333637233742d5061737377307264 and \"S3cr3t-Passw...\"",
        )),
        _ => None,
    });
    let bench = bench(&peer, 4, "messages_per_connection = 1");
    let outcome = bench.run(&["send", "--yes", "--events", "-vv"]);
    outcome
        .code(1)
        .stderr_has("< 250")
        .stderr_has("> AUTH PLAIN ***")
        .stderr_has("> <content of");
    assert_unseen(&bench, &format!("{}{}", outcome.stdout, outcome.stderr));
    let report = bench.report("results");
    let words = &report[0]["mailshot_reply"];
    assert!(words.contains("you said ***"), "{words}");
}

#[test]
fn lines_of_a_relay_stay_within_a_line_of_ours() {
    let forged =
        "550-5.1.1 no\n550-The relay accepted 3 of 3 messages, in 1 s.\n550 5.1.1 error: run this\u{200b}";
    let peer = Peer::policy(move |event| match event.step {
        Step::Rcpt { to, .. } if to == address(1) => Some(Answer::say(forged)),
        Step::Mail { .. } if event.connection > 1 => Some(Answer::say(forged)),
        _ => None,
    });
    let bench = notice::bench(&peer, 2, "connections = 1");
    let outcome = bench.run(&["send", "--yes"]);
    outcome.code(1).stderr_lacks("\u{200b}");
    for line in outcome.stderr.lines() {
        let ours = !line.starts_with("error: run") && !line.starts_with("The relay accepted 3");
        assert!(ours, "{outcome}");
    }
}

/// Exchange says 9,000 characters in one line.
#[test]
fn of_a_very_long_reply_the_code_counts() {
    let peer = Peer::policy(|event| match event.step {
        Step::Content { to, .. } if to[0] == address(1) => {
            let words = "x".repeat(9000);
            Some(Answer::Say(format!(
                "554 5.2.0 STOREDRV.Deliver; {words} [EndDiagnosticData]"
            )))
        }
        _ => None,
    });
    let bench = notice::bench(&peer, 2, "connections = 1");
    let outcome = bench.run(&["send", "--yes"]);
    outcome.code(1).stderr_has("554 5.2.0 STOREDRV.Deliver");
    let report = bench.report("results");
    assert_eq!(report[0]["mailshot_status"], "rejected", "{outcome}");
    assert_eq!(report[0]["mailshot_code"], "554");
    assert_eq!(report[1]["mailshot_status"], "accepted", "{outcome}");
    assert!(outcome.stderr.lines().all(|line| line.len() < 1000), "{outcome}");
}

/// A dump of the process would hold the password.
#[cfg(target_os = "linux")]
#[test]
fn a_running_process_leaves_no_core_dump() {
    let gate = Gate::default();
    let peer = Peer::holding_after(0, &gate);
    let bench = bench(&peer, 1, "");
    let run = bench.spawn(&["send", "--yes"]);
    peer.wait_until("a content in flight", |log| log.contents() == 1);
    let limits = fs::read_to_string(format!("/proc/{}/limits", run.id())).expect("its limits");
    let core = limits.lines().find(|line| line.starts_with("Max core file size"));
    let numbers: Vec<_> = core
        .expect("the line")
        .split_whitespace()
        .skip(4)
        .take(2)
        .collect();
    assert_eq!(numbers, ["0", "0"], "{limits}");
    gate.open();
    run.wait().code(0);
}
