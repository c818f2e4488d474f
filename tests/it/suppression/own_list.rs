//! The user's own list, which counts in every campaign.

use crate::support::bench::Bench;
use crate::support::gate::Gate;
use crate::support::notice::{self, address, people};
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};

use super::{bench, row, suppressed, willing};

#[test]
fn the_own_list_counts_in_every_campaign() {
    let (one, other) = (willing(), willing());
    let first = notice::bench(&one, 3, "");
    let state = first.path("../state").display().to_string();
    let second = notice::bench(&other, 3, "").env("MAILSHOT_STATE", &state);
    first
        .run(&["unsubscribe", "Person Two <P0002@example.org>", "@spam.test"])
        .code(0)
        .stderr_has("p0002@example.org is on the list now.");
    first
        .run(&["unsubscribe", "p0003@example.org", "p0002@EXAMPLE.org"])
        .code(0)
        .stderr_has("p0003@example.org is on the list now.")
        .stderr_has("p0002@example.org is on the list already.");
    for bench in [&first, &second] {
        bench.run(&["check"]).code(0).stderr_has("2 suppressed");
        bench.run(&["send", "--yes"]).code(0);
        assert_eq!(row(bench, 2), suppressed("your suppression list, line 2"));
        assert_eq!(row(bench, 1).0, "accepted");
    }
    first
        .run(&["unsubscribe", "ada", "eve@example.org", "x@\u{1b}[31m"])
        .code(2)
        .stderr_has("`ada` is neither an e-mail address nor an unsubscribe token: the @ is missing")
        .stderr_lacks("\u{1b}[31m")
        .stderr_has("the list was not changed");
    first
        .run(&["unsubscribe", "abcdefghijklmnopqrstuvwxyz"])
        .code(2)
        .stderr_has("the key that shows whose it is is not on this computer");
    let list = first.run(&["unsubscribe", "--list"]);
    let who: Vec<_> = list
        .code(0)
        .stdout
        .lines()
        .map(|line| line.split(',').next())
        .collect();
    assert_eq!(
        who,
        [
            Some("who"),
            Some("p0002@example.org"),
            Some("@spam.test"),
            Some("p0003@example.org")
        ]
    );
    first
        .run(&["unsubscribe", "--remove", "P0002@example.org", "eve@example.org"])
        .code(1)
        .stderr_has("p0002@example.org is off the list (on it since 20")
        .stderr_has("eve@example.org is not on the list.");
    // What was suppressed is somebody who is left, once off the list.
    second
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("accepted 2 of 2 so far");
    assert_eq!(row(&second, 2).0, "accepted");
    first.run(&["unsubscribe"]).code(2).stderr_has("WHO");
    first.run(&["unsubscribe", "--list", "x@example.org"]).code(2);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let list = std::fs::metadata(first.path("../state/suppressed.csv")).expect("the list");
        assert_eq!(list.permissions().mode() & 0o777, 0o600);
    }
    one.finish().assert_each_message_once();
    other.finish().assert_each_message_once();
}

#[test]
fn two_who_add_at_once_lose_nobody() {
    let bench = Bench::new();
    let runs: Vec<_> = (1..=12)
        .map(|n| bench.spawn(&["unsubscribe", &address(n), &address(n + 100)]))
        .collect();
    for run in runs {
        run.wait().code(0);
    }
    let list = bench.run(&["unsubscribe", "--list"]);
    assert_eq!(list.stdout.lines().count(), 25, "{}", list.stdout);
}

#[test]
fn whoever_is_added_while_a_run_goes_is_not_sent_to() {
    for own in [false, true] {
        let gate = Gate::default();
        let peer = Peer::holding_after(2, &gate);
        let bench = bench(&peer, 300, "'gone.txt'").file("gone.txt", "");
        let run = bench.spawn(&["send", "--yes", "--events"]);
        peer.wait_until("the third content", |log| log.contents() == 3);
        let name = if own {
            bench.run(&["unsubscribe", &address(200)]).code(0);
            "suppressed.csv"
        } else {
            bench.write("gone.txt", address(200));
            "gone.txt"
        };
        run.wait_for_stdout("\"stopping\"");
        gate.open();
        run.wait()
            .code(3)
            .stderr_has(&format!("{name} was saved while messages were being sent"));
        // A list is no content: going on needs no flag.
        bench
            .run(&["send", "--yes"])
            .code(0)
            .stderr_has("accepted 299 of 299");
        let log = peer.finish();
        log.assert_each_message_once();
        assert!(!log.recipients().contains(&address(200).as_str()));
    }
}

/// Each status of a mailing, and what a list makes of it.
#[test]
fn what_became_of_somebody_before_stays() {
    let peer = Peer::policy(|event| match event.step {
        Step::Rcpt { to, .. } if to == address(2) => Some(Answer::say("550 5.1.1 no such user")),
        Step::Content { to, attempt: 1, .. } if to == [address(3)] => Some(Answer::TakeThenReset),
        Step::Rcpt { to, attempt: 1 } if to == address(4) => Some(Answer::say("451 4.2.0 later")),
        _ => None,
    });
    let bench = bench(&peer, 5, "'gone.txt'").file("gone.txt", "p0005@example.org\n");
    let toml = bench.read("mailshot.toml") + "pipelining = 'envelope'\n\n[delivery]\nattempts = 1\n";
    bench.write("mailshot.toml", toml);
    bench.run(&["send", "--yes"]).code(1);
    let before: Vec<_> = (1..=5).map(|n| row(&bench, n).0).collect();
    assert_eq!(
        before,
        ["accepted", "rejected", "in_doubt", "deferred", "suppressed"]
    );

    // Everybody is on the list now; the fifth is off it.
    bench.write("gone.txt", people(1..=4));
    let all = ["send", "--yes", "--retry-rejected", "--in-doubt", "resend"];
    let contents = peer.log().contents();
    bench.run(&all).code(1).stderr_has(
        "2 recipients who would get the message again are on a suppression list by now and are skipped",
    );
    assert_eq!(peer.log().contents(), contents + 1, "the fifth alone");
    let rows: Vec<_> = (1..=5).map(|n| row(&bench, n)).collect();
    let statuses: Vec<_> = rows.iter().map(|(status, _)| status.as_str()).collect();
    assert_eq!(
        statuses,
        ["accepted", "rejected", "in_doubt", "suppressed", "accepted"]
    );
    assert!(
        rows[1].1.contains("no such user"),
        "the relay's words stay: {rows:?}"
    );
    assert_eq!(rows[3].1, "gone.txt, line 5");

    for who in [2, 3, 4] {
        let only = address(who);
        bench
            .run(&[&all[..], &["--only", &only]].concat())
            .stderr_has(&format!(
                "{only} is on a suppression list (gone.txt, line {}) and is skipped",
                who + 1
            ));
    }
    bench
        .run(&["send", "--dry-run", "--only", &address(4)])
        .code(0)
        .stderr_has("p0004@example.org is on a suppression list (gone.txt, line 5) and is skipped")
        .stderr_has("0 messages in");
    bench.run(&["send", "--yes", "--only", &address(4)]).code(0);
    assert_eq!(peer.log().contents(), contents + 1);

    // Off the list, they are as if they had never been on it.
    bench.write("gone.txt", "");
    bench.run(&all).code(1).stderr_lacks("on a suppression list");
    let after: Vec<_> = (1..=5).map(|n| row(&bench, n).0).collect();
    assert_eq!(
        after,
        ["accepted", "rejected", "accepted", "accepted", "accepted"]
    );
    peer.finish();
}
