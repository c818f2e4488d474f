//! 2 or 4: whether something must be changed first, for whoever asks.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]
#![cfg(unix)]

use crate::support::bench::Bench;
use crate::support::gate::Gate;
use crate::support::notice::{bench, campaign, people};
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Policy, Step};

const LOGIN: &str = "user = 'u'\npassword = { env = 'RELAY_PASSWORD' }";

/// Says so at this step, each time.
fn saying(step: &'static str, answer: &'static str) -> Peer {
    let policy = Policy::new(move |event| match event.step {
        Step::Connect if step == "greeting" => Some(Answer::say(answer)),
        Step::Hello(_) if step == "hello" => Some(Answer::say(answer)),
        Step::Auth(_) if step == "auth" => Some(Answer::say(answer)),
        _ => None,
    });
    policy.capabilities(&["PIPELINING", "AUTH PLAIN LOGIN"]).start()
}

fn with_login(peer: &Peer) -> Bench {
    bench(peer, 1, LOGIN).env("RELAY_PASSWORD", "quite-the-s3cret")
}

#[test]
fn a_try_of_the_relay_ends_as_a_run_would() {
    for (step, answer, code) in [
        ("greeting", "554 5.3.2 no service here", 2),
        ("greeting", "421 4.3.2 too busy", 4),
        ("greeting", "450 4.3.2 not now", 4),
        ("hello", "421 4.3.2 going down", 4),
        ("auth", "535 5.7.8 authentication failed", 2),
        ("auth", "534 5.7.9 a password for programs is needed", 2),
        ("auth", "454 4.7.0 temporary authentication failure", 4),
        ("auth", "451 4.3.0 the directory is away", 4),
    ] {
        let peer = saying(step, answer);
        let bench = with_login(&peer);
        for arguments in [&["check", "--connect"][..], &["send", "--yes"]] {
            bench.run(arguments).code(code).stderr_has(answer);
        }
    }
    let peer = Peer::policy(|_| None);
    let gone = bench(&peer, 1, "");
    peer.finish();
    gone.run(&["check", "--connect"]).code(4).stderr_has("refused");
    let run = gone.run(&["send", "--yes", "--events"]);
    run.code(4).stderr_has("refused");
    // Whoever asks by a program is told when to ask again.
    let summary = gone.summary("results");
    assert!(
        summary["retry_at"].as_str() > summary["finished_at"].as_str(),
        "{summary}"
    );
    let events = run.events();
    let finished = events.last().expect("the event `finished`");
    assert_eq!(finished["retry_at"], summary["retry_at"], "{run}");
}

/// One that must be changed counts for more than one that may be back later.
#[test]
fn of_several_relays_that_fail_the_one_to_be_mended_decides() {
    let wrong = saying("auth", "535 5.7.8 authentication failed");
    let away = saying("greeting", "421 4.3.2 too busy");
    let relays = |first: &Peer, second: &Peer| {
        let relay = |name: &str, peer: &Peer| format!("[relay.{name}]\nserver = '{}'\n{LOGIN}\n", peer.url());
        let toml = campaign("").replace("[relay.here]\n", "");
        Bench::new()
            .campaign(&format!("{toml}{}{}", relay("a", first), relay("b", second)))
            .csv("people.csv", people(1..=1))
            .file("notice.txt", "Dear {{ name }},\n")
            .env("RELAY_PASSWORD", "quite-the-s3cret")
    };
    relays(&wrong, &away).run(&["check", "--connect"]).code(2);
    relays(&away, &wrong).run(&["check", "--connect"]).code(2);
    let other = saying("greeting", "421 4.3.2 too busy");
    relays(&away, &other).run(&["check", "--connect"]).code(4);
}

#[test]
fn what_another_run_holds_may_be_had_later() {
    let gate = Gate::default();
    let peer = Peer::holding_after(0, &gate);
    let bench = bench(&peer, 2, "connections = 1");
    let run = bench.spawn(&["send", "--yes"]);
    peer.wait_until("a content", |log| log.contents() == 1);
    for arguments in [
        &["send", "--yes"][..],
        &["settle", "--all", "--sent"],
        &["purge", "--older-than", "1d", "--yes"],
    ] {
        bench
            .run(arguments)
            .code(4)
            .stderr_has("another mailshot is sending");
    }
    gate.open();
    run.wait().code(0);
    bench.run(&["settle", "p0001@example.org", "--sent"]).code(2);
    peer.finish();
}

/// A timer that is told to try the same command later can do so, also where it begins a mailing.
#[test]
fn a_new_mailing_that_nothing_came_of_is_begun_by_the_same_command_later() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 3, "");
    bench.run(&["send", "--yes"]).code(0);
    let toml = bench.read("mailshot.toml");
    bench.write("mailshot.toml", toml.replace(&peer.port().to_string(), "1"));
    for flags in [&["--only", "p0001@example.org"][..], &[]] {
        let arguments: Vec<&str> = ["send", "--yes", "--new"].iter().chain(flags).copied().collect();
        bench.run(&arguments).code(4);
    }
    bench.write("mailshot.toml", toml);
    bench
        .run(&["send", "--yes", "--new", "--limit", "1"])
        .code(0)
        .stderr_has("accepted 1 of 3");
    // From the first message on it is one that is under way.
    bench
        .run(&["send", "--yes", "--new"])
        .code(2)
        .stderr_has("is not finished");
    bench.run(&["send", "--yes"]).code(0);
    assert_eq!(peer.finish().accepted.len(), 6);
}
