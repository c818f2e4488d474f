//! Copies (Cc, Bcc) that do not arrive with their message: owed ones, and those in doubt.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]

use crate::support::bench::Bench;
use crate::support::notice::{address, bench};
use crate::support::peer::policy::{Answer, Event, Step};
use crate::support::peer::{Log, Peer};

const BOSS: &str = "boss@uni.example";

/// Three messages with a copy to the boss, who is refused for now in the first run. Of the contents for
/// the boss alone, the first `doubtful` are taken, and nobody is told.
fn owed(doubtful: usize) -> (Peer, Bench) {
    let peer = Peer::policy(move |event: &Event<'_>| match event.step {
        Step::Rcpt {
            to: BOSS,
            attempt: 1..=3,
        } => Some(Answer::say("450 4.2.1 mailbox busy")),
        Step::Content { to, attempt, .. } if to == [BOSS] && attempt <= doubtful => {
            Some(Answer::TakeThenClose)
        }
        _ => None,
    });
    let bench = bench(&peer, 3, "connections = 1\n[delivery]\nattempts = 1");
    let toml = bench.read("mailshot.toml");
    let with_copy = toml.replace("subject =", &format!("cc = '{BOSS}'\nsubject ="));
    bench.write("mailshot.toml", with_copy);
    bench
        .run(&["send", "--yes"])
        .code(1)
        .stderr_has("3 deferred copies");
    (peer, bench)
}

/// How many copies of messages the boss got.
fn boss_has(log: &Log) -> usize {
    let got = log.accepted.iter().filter(|one| one.recipients == [BOSS]);
    got.count()
}

#[test]
fn copies_in_doubt_are_listed_and_a_person_decides_about_each() {
    let (peer, bench) = owed(2);
    bench
        .run(&["send", "--yes"])
        .code(1)
        .stderr_has("hint: to see who is in doubt")
        .stderr_has("mailshot status . --in-doubt");
    let told = bench.run(&["status", "--in-doubt"]);
    told.code(0)
        .stdout_has("2 copies are in doubt in the mailing of ")
        .stdout_has("boss@uni.example, a copy of the message to p0001@example.org")
        .stdout_has("mailshot settle . p0001@example.org p0002@example.org --copy boss@uni.example --sent");
    let json = bench.run(&["status", "--in-doubt", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(json["copies_in_doubt"][1]["key"], address(2).as_str());
    assert_eq!(json["in_doubt"].as_array().map(Vec::len), Some(0));

    // None of this is about the message itself, which was accepted.
    bench
        .run(&["settle", &address(3), "--sent"])
        .code(2)
        .stderr_has("not in doubt: p0003@example.org (accepted)");
    bench
        .run(&["settle", &address(1), "--copy", "other@uni.example", "--sent"])
        .code(2)
        .stderr_has("there is none in doubt");
    bench
        .run(&["settle", &address(1), "--copy", BOSS, "--sent"])
        .code(0)
        .stderr_has("1 copy settled as sent.");
    bench
        .run(&["settle", "--all", "--unsent"])
        .code(0)
        .stderr_has("1 copy settled as not sent; the next run of mailshot send sends to them.");
    assert_eq!(boss_has(&peer.log()), 3);
    bench.run(&["send", "--yes"]).code(0);
    // The one that a person said was not there, and no other.
    assert_eq!(boss_has(&peer.log()), 4);
    bench.run(&["status"]).code(0).stdout_has("completed");
    let report = bench.report("results");
    assert!(report[0]["mailshot_reply"].ends_with("boss@uni.example was accepted later"));
    assert_eq!(bench.statuses().get("accepted"), Some(&3));
}

#[test]
fn a_run_about_some_brings_the_copies_of_their_messages_and_no_others() {
    let (peer, bench) = owed(0);
    let copied = |log: &Log| -> Vec<bool> {
        let has = |number: usize| {
            let copies = log.accepted.iter().filter(|one| one.recipients == [BOSS]);
            let mut texts = copies.map(|one| String::from_utf8_lossy(&one.content).into_owned());
            texts.any(|text| text.contains(&address(number)))
        };
        (1..=3).map(has).collect()
    };
    bench
        .run(&["send", "--yes", "--only", &address(2)])
        .code(0)
        .stderr_has("1 copy");
    assert_eq!(copied(&peer.log()), [false, true, false]);
    bench
        .run(&["send", "--yes", "--where", "name == 'Person 3'"])
        .code(0);
    assert_eq!(copied(&peer.log()), [false, true, true]);
    bench.run(&["send", "--yes"]).code(0);
    assert_eq!(copied(&peer.log()), [true; 3]);
    assert_eq!(boss_has(&peer.log()), 3, "each of them once");
}
