//! How each state is reached.

use std::fs;
use std::sync::Mutex;

use crate::support::bench::Bench;
use crate::support::gate::Gate;
use crate::support::notice::{bench, campaign, people};
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Event, Policy, Step};

use super::{Ended, assert_once, commands, unread};

const SEND: &[&str] = &["send", "--yes", "--events"];

fn with<'a>(flags: &[&'a str]) -> Vec<&'a str> {
    SEND.iter().copied().chain(flags.iter().copied()).collect()
}

/// Answers once, at the first try of the second of three people.
fn once(step: &'static str, answer: &'static str) -> Peer {
    Peer::policy(move |event: &Event<'_>| match event.step {
        Step::Rcpt {
            to: "p0002@example.org",
            attempt: 1,
        } if step == "rcpt" => Some(Answer::say(answer)),
        Step::Content { to, attempt: 1, .. } if step == "content" && to[0] == "p0002@example.org" => {
            Some(Answer::TakeThenClose)
        }
        _ => None,
    })
}

/// One session: another would be taken at the word that the first was refused at, and send.
const ONE: &str = "connections = 1";

/// Says so at the first of all connections (or logins, or senders), and is willing then.
fn first_time(is_it: fn(&Step<'_>) -> bool, answer: &'static str) -> Peer {
    let said = Mutex::new(false);
    Peer::policy(move |event: &Event<'_>| {
        let mut said = said.lock().expect("whether it was said");
        (is_it(&event.step) && !std::mem::replace(&mut *said, true)).then(|| Answer::say(answer))
    })
}

fn willing() -> Peer {
    Peer::policy(|_| None)
}

/// Three people over a peer, and a run.
fn plain(peer: Peer, relay: &str, runs: &[&[&str]]) -> Ended {
    let bench = bench(&peer, 3, relay);
    after(peer, bench, runs)
}

/// The last of these runs.
fn after(peer: Peer, bench: Bench, runs: &[&[&str]]) -> Ended {
    let mut last = None;
    for flags in runs {
        last = Some(bench.run(&with(flags)));
    }
    Ended {
        outcome: last.expect("a run"),
        bench,
        peer,
    }
}

pub(super) fn reach(state: &str) -> Option<Ended> {
    let rejected = || once("rcpt", "550 5.1.1 no such user");
    let deferred = || once("rcpt", "451 4.3.0 try later");
    let ended = match state {
        "all-accepted" => plain(willing(), "", &[&[]]),
        "nothing-left" => plain(willing(), "", &[&[], &[]]),
        "batch" => plain(willing(), "", &[&["--limit", "1"]]),
        "some-rejected" => plain(rejected(), "", &[&[]]),
        "nothing-left-but-rejected" => plain(rejected(), "", &[&[], &[]]),
        "copy-refused" => copied("550 5.1.1 no such boss", "attempts = 1"),
        "copy-left" => copied("450 4.2.1 mailbox busy", "attempts = 1"),
        "copy-in-doubt" => copied("450 4.2.1 mailbox busy", "retry = { first = '50ms' }"),
        "some-deferred" => {
            let peer = deferred();
            let bench = bench(&peer, 3, "[delivery]\nattempts = 1");
            after(peer, bench, &[&[]])
        }
        "some-in-doubt" => plain(once("content", ""), "connections = 1", &[&[]]),
        "nothing-left-but-in-doubt" => plain(once("content", ""), "connections = 1", &[&[], &[]]),
        "some-invalid" => {
            let peer = willing();
            let bench = bench(&peer, 2, "");
            bench.write("people.csv", format!("{}nobody,X\n", people(1..=2)));
            after(peer, bench, &[&["--skip-invalid"]])
        }
        "left-out-by-where" => left_out(&[&["--where", "name == 'Person 1'"]]),
        "left-out-by-only" => left_out(&[&["--only", "p0001@example.org"]]),
        "left-out-and-no-choice" => left_out(&[&["--where", "name == 'Person 1'"], &[]]),
        "left-out-and-new" => left_out(&[&["--where", "name == 'Person 1'"], &["--new"]]),
        "unfinished-and-new" => plain(willing(), "", &[&["--limit", "1"], &["--new"]]),
        "content-changed" => changed(&["--limit", "1"]),
        "content-changed-after-the-end" => changed(&[]),
        "key-changed" => {
            let peer = willing();
            let bench = bench(&peer, 3, "");
            bench.run(&with(&["--limit", "1"]));
            let toml = bench.read("mailshot.toml");
            bench.write(
                "mailshot.toml",
                toml.replace("[recipients]", "[recipients]\nkey = ['name']"),
            );
            after(peer, bench, &[&[]])
        }
        "purged" => {
            let peer = willing();
            let bench = bench(&peer, 3, "");
            bench.run(&with(&[]));
            bench.run(&["purge", "--mailing", "1", "--yes"]).code(0);
            after(peer, bench, &[&[]])
        }
        "unknown-recipient" => plain(willing(), "", &[&["--only", "nobody@example.org"]]),
        "nobody-to-ask" => {
            let peer = willing();
            let bench = bench(&peer, 3, "");
            Ended {
                outcome: bench.run(&["send", "--events"]),
                bench,
                peer,
            }
        }
        "wrong-flag" => plain(willing(), "", &[&["--frobnicate"]]),
        "no-campaign" => after(willing(), Bench::new(), &[&[]]),
        _ => return reach_further(state),
    };
    Some(ended)
}

/// Those whom the campaign or the relay stops.
fn reach_further(state: &str) -> Option<Ended> {
    let ended = match state {
        "campaign-broken" => {
            let peer = willing();
            let bench = bench(&peer, 3, "wishes = 3");
            after(peer, bench, &[&[]])
        }
        "check-finds-errors" => {
            let peer = willing();
            let bench = bench(&peer, 2, "");
            bench.write("people.csv", format!("{}nobody,X\n", people(1..=2)));
            after(peer, bench, &[&[]])
        }
        "no-relay" => {
            let peer = willing();
            let bench = bench(&peer, 3, "");
            let toml = bench.read("mailshot.toml");
            bench.write("mailshot.toml", toml.split("[relay").next().expect("a beginning"));
            after(peer, bench, &[&[]])
        }
        "no-secret" => plain(
            willing(),
            "user = 'u'\npassword = { env = 'MAILSHOT_NOWHERE' }",
            &[&[]],
        ),
        "login-refused" => login("535 5.7.8 authentication failed"),
        "login-not-now" => login("454 4.7.0 temporary authentication failure"),
        "sender-refused" => plain(
            first_time(
                |step| matches!(step, Step::Mail { .. }),
                "553 5.7.1 sender not owned by user",
            ),
            ONE,
            &[&[]],
        ),
        "relay-away" => {
            let peer = willing();
            let bench = bench(&peer, 3, "");
            let toml = bench.read("mailshot.toml");
            let port = peer.port().to_string();
            bench.write("mailshot.toml", toml.replace(&port, "1"));
            let ended = after(peer, bench, &[&[]]);
            ended.bench.write("mailshot.toml", toml);
            ended
        }
        "relay-not-now" => plain(
            first_time(|step| matches!(step, Step::Connect), "421 4.3.2 too busy"),
            "",
            &[&[]],
        ),
        // Contents were handed over, and nobody has one.
        "relay-full" => {
            let full = || Answer::say("452 4.3.1 insufficient system storage");
            let peer = Peer::policy(move |event: &Event<'_>| match event.step {
                Step::Content { attempt: 1, .. } => Some(full()),
                _ => None,
            });
            let bench = bench(&peer, 2, "connections = 1\n[delivery]\nattempts = 1");
            after(peer, bench, &[&[]])
        }
        "relay-lost" => {
            let peer = Peer::policy(|event: &Event<'_>| match event.step {
                Step::Content { to, attempt: 1, .. } if to[0].as_str() < "p0004" => {
                    Some(Answer::TakeThenClose)
                }
                _ => None,
            });
            let bench = bench(&peer, 6, "connections = 1");
            after(peer, bench, &[&[]])
        }
        "quota-spent" => plain(willing(), "rate = '2/day'", &[&[]]),
        "quota-spent-before" => plain(willing(), "rate = '2/day'", &[&[], &[]]),
        "max-failures" => {
            let peer = once("rcpt", "550 5.1.1 no such user");
            let bench = bench(&peer, 3, "connections = 1");
            after(peer, bench, &[&["--max-failures", "1"]])
        }
        "saved-meanwhile" | "stopped" | "stopped-behind-the-last" => return meanwhile(state),
        "stopped-before-the-first" | "stopped-in-the-check" => return Some(unread::before(state)),
        "refused-alike" => {
            let peer = Peer::policy(|event: &Event<'_>| match event.step {
                Step::Rcpt { to, attempt: 1 } if to > "p0002" => Some(Answer::say("554 5.7.1 quite enough")),
                _ => None,
            });
            let bench = bench(&peer, 15, "connections = 1");
            after(peer, bench, &[&[]])
        }
        "ledger-replaced" => return ledger_replaced(),
        "copied-folder" | "renamed-folder" => return elsewhere(state),
        "killed" => return killed(),
        "locked" => return locked(),
        "ledger-unusable" => {
            let peer = willing();
            let bench = bench(&peer, 3, "");
            bench.write(".mailshot", "a file, where a folder belongs");
            after(peer, bench, &[&[]])
        }
        "dry-run" => plain(willing(), "", &[&["--dry-run"]]),
        "sandbox" => plain(willing(), "", &[&["--sandbox"]]),
        "test-to" => plain(willing(), "", &[&["--test-to", "me@uni.example"]]),
        "list-is-a-folder" | "list-is-a-pipe" | "list-forbidden" | "campaign-is-a-folder" => {
            return unread::unread(state);
        }
        "list-has-no-text-for-a-name" => return Some(unread::no_text()),
        other => panic!("tests/END_STATES.md names {other}, which nothing plays"),
    };
    Some(ended)
}

/// A copy of each message goes to somebody who is refused in the first run; a first copy alone is
/// taken, and nobody is told.
fn copied(answer: &'static str, delivery: &str) -> Ended {
    let peer = Peer::policy(move |event: &Event<'_>| match event.step {
        Step::Rcpt {
            to: "boss@uni.example",
            attempt: 1..=3,
        } => Some(Answer::say(answer)),
        Step::Content { to, attempt: 1, .. } if to == ["boss@uni.example"] => Some(Answer::TakeThenClose),
        _ => None,
    });
    let bench = bench(&peer, 3, &format!("connections = 1\n[delivery]\n{delivery}"));
    let toml = bench.read("mailshot.toml");
    bench.write(
        "mailshot.toml",
        toml.replace("subject =", "cc = 'boss@uni.example'\nsubject ="),
    );
    after(peer, bench, &[&[]])
}

fn left_out(runs: &[&[&str]]) -> Ended {
    plain(willing(), "", runs)
}

fn login(answer: &'static str) -> Ended {
    let said = Mutex::new(false);
    let policy = Policy::new(move |event: &Event<'_>| {
        let mut said = said.lock().expect("whether it was said");
        let is_it = matches!(event.step, Step::Auth(_)) && !std::mem::replace(&mut *said, true);
        is_it.then(|| Answer::say(answer))
    });
    let peer = policy.capabilities(&["PIPELINING", "AUTH PLAIN LOGIN"]).start();
    let relay = format!("{ONE}\nuser = 'u'\npassword = {{ env = 'RELAY_PASSWORD' }}");
    let bench = bench(&peer, 3, &relay).env("RELAY_PASSWORD", "quite-the-s3cret");
    after(peer, bench, &[&[]])
}

/// The text changes after a run with these flags.
fn changed(flags: &[&str]) -> Ended {
    let peer = willing();
    let bench = bench(&peer, 3, "");
    bench.run(&with(flags));
    bench.write("notice.txt", "Dear {{ name }},\n\nthe course is cancelled.\n");
    after(peer, bench, &[&[]])
}

/// Something happens while the second content is under way.
fn meanwhile(state: &str) -> Option<Ended> {
    let gate = Gate::default();
    let peer = Peer::holding_after(1, &gate);
    let people = if state == "stopped-behind-the-last" { 2 } else { 3 };
    let bench = bench(&peer, people, "connections = 1");
    let run = bench.spawn(&with(&[]));
    peer.wait_until("the second content", |log| log.contents() == 2);
    if state.starts_with("stopped") {
        run.signal("INT");
        run.wait_for_stdout("stopping");
    } else {
        bench.write("notice.txt", "Dear {{ name }},\n\nthe course is cancelled.\n");
        run.wait_for_stdout("stopping");
    }
    gate.open();
    let outcome = run.wait();
    Some(Ended { outcome, bench, peer })
}

/// A killed run leaves no words; the status tells of it and how to go on.
fn killed() -> Option<Ended> {
    let gate = Gate::default();
    let peer = Peer::holding_after(1, &gate);
    let bench = bench(&peer, 3, "connections = 1");
    let run = bench.spawn(&with(&[]));
    peer.wait_until("the second content", |log| log.contents() == 2);
    run.kill();
    gate.open();
    let status = bench.run(&["status"]);
    status.code(0).stdout_has("interrupted").stdout_has(
        "hint: to continue with the 1 recipient who is left; nobody is sent to twice: mailshot send .",
    );
    bench
        .run(&with(&[]))
        .code(1)
        .stderr_has("1 in doubt")
        .stderr_has("accepted 2 of 3 so far");
    assert_once(&peer.log(), &bench, "killed");
    None
}

fn locked() -> Option<Ended> {
    let gate = Gate::default();
    let peer = Peer::holding_after(1, &gate);
    let bench = bench(&peer, 3, "connections = 1");
    let run = bench.spawn(&with(&[]));
    peer.wait_until("the second content", |log| log.contents() == 2);
    let outcome = bench.run(&with(&[]));
    for line in commands(&outcome) {
        bench.paste(&line).code(0).stdout_has("running");
    }
    gate.open();
    run.wait().code(0);
    Some(Ended { outcome, bench, peer })
}

/// The ledger goes while the second content is under way.
fn ledger_replaced() -> Option<Ended> {
    let gate = Gate::default();
    let peer = Peer::holding_after(1, &gate);
    let bench = bench(&peer, 3, "connections = 1");
    let run = bench.spawn(&with(&[]));
    peer.wait_until("the second content", |log| log.contents() == 2);
    fs::remove_dir_all(bench.path(".mailshot")).expect("the ledger");
    gate.open();
    let outcome = run.wait();
    Some(Ended { outcome, bench, peer })
}

/// The folder of a campaign is copied without what is hidden in it, or has another name.
fn elsewhere(state: &str) -> Option<Ended> {
    let peer = willing();
    let bench = Bench::new()
        .file(
            "spring/mailshot.toml",
            campaign(&format!("server = '{}'", peer.url())),
        )
        .file("spring/people.csv", people(1..=3))
        .file("spring/notice.txt", "Dear {{ name }},\n");
    bench.run(&["send", "spring", "--yes"]).code(0);
    let (from, to) = (bench.path("spring"), bench.path("summer"));
    if state == "renamed-folder" {
        fs::rename(from, to).expect("another name");
    } else {
        fs::create_dir_all(to.join("results")).expect("a folder");
        for name in [
            "mailshot.toml",
            "people.csv",
            "notice.txt",
            "results/report.csv",
            "results/summary.json",
        ] {
            fs::copy(from.join(name), to.join(name)).expect("a copy");
        }
    }
    let outcome = bench.run(&["send", "summer", "--yes", "--events"]);
    Some(Ended { outcome, bench, peer })
}
