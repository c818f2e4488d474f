//! What is said after a run: the run's numbers and the mailing's, and commands that can be pasted.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]

use crate::support::bench::Bench;
use crate::support::notice::{bench, campaign, people};
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};
use crate::support::terminal::at_a_terminal;

fn refusing_the_second() -> Peer {
    Peer::policy(|event| match event.step {
        Step::Rcpt {
            to: "p0002@example.org",
            attempt: 1,
        } => Some(Answer::say("550 5.1.1 no such user")),
        _ => None,
    })
}

#[test]
fn a_runs_numbers_are_the_runs_and_the_mailings_are_the_mailings() {
    let peer = refusing_the_second();
    let bench = bench(&peer, 10, "");
    bench.run(&["send", "--yes", "--limit", "4"]).code(1);
    let run = bench.run(&["send", "--yes"]);
    run.code(0)
        .stderr_has("6 sent now, in ")
        .stderr_has("accepted 9 of 10 so far.")
        .stderr_lacks("a second)");
    let summary = bench.summary("results");
    assert_eq!(summary["statuses"]["accepted"], 9);
    assert_eq!(
        summary["this_run"],
        serde_json::json!({"recipients": 6, "accepted": 6, "rejected": 0})
    );
    // A run with nothing to send tells of the last that had, and how it ended itself.
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("Nothing to send: 9 of 10 recipients have it.")
        .stderr_lacks("--new");
    let after = bench.summary("results");
    for key in [
        "bytes",
        "send_seconds",
        "messages_per_second",
        "connections_opened",
        "this_run",
        "statuses",
    ] {
        assert_eq!(after[key], summary[key], "{key}");
    }
    assert_eq!(after["reason"], "done");
    peer.finish();
}

#[test]
fn what_is_advised_holds_the_campaign_and_its_flags_as_a_shell_takes_them() {
    let peer = refusing_the_second();
    let bench = Bench::new()
        .file(
            "my campaign/mailshot.toml",
            campaign(&format!("server = '{}'", peer.url())),
        )
        .file("my campaign/notice.txt", "Dear {{ name }},\n")
        .file("other list.csv", people(1..=3));
    let outcome = bench.run(&[
        "send",
        "my campaign",
        "--recipients",
        "other list.csv",
        "--subject=It's {{ name }}",
        "-y",
        "--wait",
    ]);
    outcome.code(1);
    let hint = outcome
        .stderr
        .lines()
        .find(|line| line.contains("--retry-rejected"));
    let (_, command) = hint
        .expect("the advice")
        .rsplit_once(": mailshot ")
        .expect("a command");
    let words = shlex::split(command).expect("words for a shell");
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    assert_eq!(
        words,
        [
            "send",
            "my campaign",
            "--recipients",
            "other list.csv",
            "--subject=It's {{ name }}",
            "--wait",
            "--retry-rejected",
            "--yes"
        ]
    );
    bench.run(&words).code(0).stderr_has("1 sent now");
    let log = peer.finish();
    log.assert_each_message_once();
    assert_eq!(log.accepted.len(), 3);
}

#[test]
fn a_status_is_not_well_while_somebody_is_left() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 3, "");
    bench
        .run(&["send", "--yes", "--where", "name == 'Person 1'"])
        .code(0)
        .stderr_has("2 recipients were left out by --where");
    bench
        .run(&["status"])
        .code(0)
        .stdout_has("not finished")
        .stdout_has("2 recipients were left out by --where \"name == 'Person 1'\"")
        .stdout_has(": mailshot send . --where true\n");
    let status = bench.run(&["status", "--json"]);
    assert_eq!(status.code(0).events()[0]["left_out"], 2);
    bench.run(&["send", "--yes", "--where", "true"]).code(0);
    bench.run(&["status"]).code(0).stdout_has("completed");
    peer.finish();
}

#[cfg(unix)]
#[test]
fn a_person_is_asked_about_those_who_were_left_out() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 3, "");
    bench
        .run(&["send", "--yes", "--only", "p0002@example.org"])
        .code(0);
    for (answer, code, accepted) in [("n\n", 2, 1), ("y\n", 0, 3)] {
        let Some((ended, screen)) = at_a_terminal(&bench, &[["[y/N]", answer]], &["send"]) else {
            return;
        };
        assert_eq!(ended, code, "{screen}");
        assert!(
            screen.contains("2 recipients were left out by --only in earlier runs"),
            "{screen}"
        );
        assert_eq!(peer.log().accepted.len(), accepted, "{screen}");
    }
    peer.finish();
}

#[test]
fn what_is_to_be_done_with_a_new_campaign_can_be_pasted() {
    let bench = Bench::new();
    let outcome = bench.run(&["new", "my campaign", "--template", "plain-text"]);
    outcome.code(0);
    let line = outcome
        .stderr
        .lines()
        .find(|line| line.contains("mailshot check"));
    let words = shlex::split(line.expect("the next step")).expect("words for a shell");
    assert_eq!(words, ["mailshot", "check", "my campaign"]);
}

/// Advice that leads back to where it came from is none.
#[test]
fn with_changed_content_and_people_left_out_each_advice_leads_on() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 3, "");
    bench
        .run(&["send", "--yes", "--only", "p0001@example.org"])
        .code(0);
    bench.write("notice.txt", "Dear {{ name }},\n\nthe course is cancelled.\n");
    let mut outcome = bench.run(&["send", "--yes"]);
    for code in [2, 2] {
        outcome.code(code);
        let hint = outcome
            .stderr
            .lines()
            .find(|line| line.contains("hint: "))
            .expect("advice");
        let (_, command) = hint.rsplit_once(": mailshot ").expect("a command");
        let words = shlex::split(command).expect("words for a shell");
        outcome = bench.run(&words.iter().map(String::as_str).collect::<Vec<_>>());
    }
    outcome
        .code(0)
        .stderr_has("2 sent now")
        .stderr_has("accepted 3 of 3 so far");
    let log = peer.finish();
    log.assert_each_message_once();
    assert_eq!(log.accepted.len(), 3);
}

/// What was refused is mended in the content: the way to those who were refused is told to its end.
#[test]
fn new_content_for_those_who_were_refused_is_told_in_one_command() {
    let peer = refusing_the_second();
    let bench = bench(&peer, 3, "");
    bench.run(&["send", "--yes"]).code(1);
    bench
        .run(&["status"])
        .code(0)
        .stdout_has("finished, but not all recipients have it");
    bench.write("notice.txt", "Dear {{ name }},\n\nanother room.\n");
    bench
        .run(&["send", ".", "--yes", "--retry-rejected"])
        .code(2)
        .stderr_has(
            "to continue, with the new content for recipients who were rejected and recipients who are new in the list only: \
             mailshot send . --retry-rejected --accept-changes --yes\n",
        );
    bench
        .run(&["send", ".", "--retry-rejected", "--accept-changes", "--yes"])
        .code(0)
        .stderr_has("1 sent now");
    let log = peer.finish();
    log.assert_each_message_once();
}

#[test]
fn messages_that_are_too_large_are_to_be_made_smaller() {
    let peer = Peer::policy(|event| match event.step {
        Step::Content { .. } => Some(Answer::say("552 5.3.4 message too big")),
        _ => None,
    });
    let bench = bench(&peer, 30, "");
    bench
        .run(&["send", "--yes"])
        .stderr_has("hint: the messages are too large for the relay: make the attachments smaller")
        .stderr_lacks("a second)")
        .stderr_lacks("looks like spam");
    let sender = Peer::policy(|event| match event.step {
        Step::Mail { .. } => Some(Answer::say("550 5.7.1 not your address")),
        _ => None,
    });
    peer.finish();
    let bench = crate::support::notice::bench(&sender, 2, "");
    bench
        .run(&["send", "--yes"])
        .code(2)
        .stderr_has("hint: write an address in `from` (or `return_path`) that this login may send as");
    sender.finish();
}

#[test]
fn nobody_accepted_has_no_speed() {
    let peer = Peer::policy(|event| match event.step {
        Step::Rcpt { .. } => Some(Answer::say("550 5.1.1 no such user")),
        _ => None,
    });
    let bench = bench(&peer, 2, "");
    bench
        .run(&["send", "--yes"])
        .code(1)
        .stderr_has("The relay accepted 0 of 2 messages.\n");
    peer.finish();
}
