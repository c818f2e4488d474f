//! Who is not to be written to: lists of a campaign, the user's own, tokens.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use mailshot::recipients::TokenKey;

use crate::support::bench::Bench;
use crate::support::gate::Gate;
use crate::support::notice::{self, address, people};
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};
use crate::support::workbook;

fn willing() -> Peer {
    Peer::policy(|_| None)
}

/// The notice, in a campaign that names these lists.
fn bench(peer: &Peer, count: usize, lists: &str) -> Bench {
    let bench = notice::bench(peer, count, "connections = 1");
    let toml = bench.read("mailshot.toml");
    bench.campaign(&toml.replace(
        "file = 'people.csv'",
        &format!("file = 'people.csv'\nsuppress = {lists}"),
    ))
}

/// Status and words of a row of the report.
fn row(bench: &Bench, number: usize) -> (String, String) {
    let mut rows = bench.report("results").into_iter();
    let row = rows
        .find(|row| row["email"].eq_ignore_ascii_case(&address(number)))
        .expect("a row for everybody");
    (row["mailshot_status"].clone(), row["mailshot_reply"].clone())
}

fn suppressed(words: &str) -> (String, String) {
    ("suppressed".to_owned(), words.to_owned())
}

#[test]
fn lists_of_every_form_are_reported_and_nobody_on_them_is_sent_to() {
    let peer = willing();
    let key = TokenKey::new(&[7; 32]);
    let token = key.token(&address(4).parse().expect("an address"));
    let bench = bench(&peer, 7, "['gone.txt', 'export.csv', 'tokens.txt', 'last/failed.csv']")
        .file("gone.txt", "# by telephone\n\nPerson One <P0001@Example.org>\n@spam.test\n")
        .file("export.csv", "\u{feff}Name;E-Mail\r\n\"Two; Person\";p0002@example.org\r\n")
        .file("tokens.txt", token.to_uppercase())
        .file(
            "last/failed.csv",
            "email,name,mailshot_status,mailshot_message_id\r\np0005@example.org,x,rejected,<a@uni.example>\r\nnobody,x,invalid,\r\n",
        )
        .file("../state/unsubscribe.key", "07".repeat(32));
    let toml = bench
        .read("mailshot.toml")
        .replace("{{ name }} <{{ email }}>", "{{ email }}");
    bench.write("mailshot.toml", toml);
    // Twice in the file: still only suppressed. A fault in a row that is not composed is none.
    bench.write(
        "people.csv",
        format!("{}p0001@EXAMPLE.org,Again\nx@SPAM.test,\"a\nb\"\n", people(1..=7)),
    );
    bench
        .run(&["check"])
        .code(0)
        .stderr_has("9 rows checked: 3 messages")
        .stderr_has(", 6 suppressed.");
    bench
        .run(&["send", "--dry-run"])
        .code(0)
        .stderr_has("3 messages in");
    let files = bench.eml("results/preview");
    assert!(
        files.iter().all(|file| !file.to_string_lossy().contains("p0001")),
        "{files:?}"
    );
    bench
        .run(&["send", "--sandbox"])
        .code(0)
        .stderr_has("accepted 3 of 3 messages");
    bench
        .run(&["send", "--yes", "--test-to", "me@uni.example"])
        .code(0)
        .stderr_has("3 test messages");
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("accepted 3 of 3 messages")
        .stderr_has("5 suppressed and left out");

    assert_eq!(row(&bench, 1), suppressed("gone.txt, line 3"));
    assert_eq!(row(&bench, 2), suppressed("export.csv, line 2"));
    assert_eq!(row(&bench, 4), suppressed("tokens.txt, line 1, by token"));
    assert_eq!(row(&bench, 5), suppressed("last/failed.csv, line 2"));
    assert_eq!(
        bench.statuses(),
        BTreeMap::from([("accepted".to_owned(), 3), ("suppressed".to_owned(), 6)])
    );
    assert_eq!(bench.summary("results")["statuses"]["suppressed"], 5);
    assert_eq!(bench.summary("results")["recipients"], 3);
    let sent: Vec<String> = [3, 6, 7].map(address).to_vec();
    let log = peer.finish();
    let to: Vec<_> = log
        .recipients()
        .into_iter()
        .filter(|to| *to != "me@uni.example")
        .collect();
    assert_eq!(to, sent);
    bench
        .run(&["preview", "--row", "2"])
        .code(0)
        .stdout_has("Dear Person 1")
        .stderr_has("would not be sent: its recipient is on a list (gone.txt, line 3)");
}

#[test]
fn a_workbook_is_a_list_and_never_by_half() {
    let peer = willing();
    let list = |rows: &[String]| workbook::xlsx(&rows.concat(), ("<sst/>", 0));
    let bench = bench(&peer, 5, "['gone.xlsx', 'export.xlsx']")
        .file(
            "gone.xlsx",
            list(&[
                workbook::row(2, &[("B", "p0001@example.org")]),
                workbook::row(9, &[("A", "p0002@example.org")]),
            ]),
        )
        .file(
            "export.xlsx",
            list(&[
                workbook::row(1, &[("A", "E-Mail"), ("B", "Reason")]),
                workbook::row(3, &[("A", "p0004@example.org")]),
            ]),
        );
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("accepted 2 of 2 messages");
    assert_eq!(row(&bench, 1), suppressed("gone.xlsx, line 2"));
    assert_eq!(row(&bench, 2), suppressed("gone.xlsx, line 9"));
    assert_eq!(row(&bench, 4), suppressed("export.xlsx, line 3"));
    assert_eq!(peer.finish().recipients(), [address(3), address(5)]);
    // Two sheets with people on them: whoever is on the other would get mail.
    let kept = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/workbooks");
    for (file, words) in [
        ("office.ods", "there is something in \"Old\", too"),
        ("locked.xls", "this workbook is protected by a password"),
        (
            "uncalculated.xlsx",
            "C2: this cell holds a formula whose value was never calculated",
        ),
    ] {
        bench.write("gone.xlsx", std::fs::read(kept.join(file)).expect("a workbook"));
        bench
            .run(&["send", "--yes"])
            .code(2)
            .stderr_has(words)
            .stderr_has("--> gone.xlsx");
    }
}

#[test]
fn a_line_that_is_nobody_stops_everything() {
    let peer = willing();
    let bench = bench(&peer, 3, "'gone.txt'").file("gone.txt", "p0001@example.org\np0002.example.org\n");
    for arguments in [
        &["check"][..],
        &["send", "--dry-run"],
        &["send", "--sandbox"],
        &["send", "--yes"],
    ] {
        bench
            .run(arguments)
            .code(2)
            .stderr_has(
                "`p0002.example.org` is neither an e-mail address nor an unsubscribe token: the @ is missing",
            )
            .stderr_has("gone.txt:2:1")
            .stderr_has("whoever it means would get the message");
    }
    bench.write("gone.txt", "p0001@example.org\nabcdefghijklmnopqrstuvwxyz\n");
    bench
        .run(&["send", "--yes"])
        .code(2)
        .stderr_has("gone.txt, line 2 holds an unsubscribe token, and the key")
        .stderr_has("copy unsubscribe.key");
    bench.write("../state/unsubscribe.key", "07".repeat(31));
    bench
        .run(&["send", "--yes"])
        .code(2)
        .stderr_has("unsubscribe.key, is damaged");
    std::fs::remove_file(bench.path("gone.txt")).expect("the list goes");
    bench
        .run(&["send", "--yes"])
        .code(2)
        .stderr_has("the list gone.txt cannot be read")
        .stderr_has("mailshot.toml:3:13");
    assert!(peer.finish().connections.is_empty());
}

#[test]
fn copies_do_not_go_to_the_suppressed() {
    let peer = willing();
    let bench = bench(&peer, 1, "'gone.txt'").file("gone.txt", "Tutor@uni.example\nboss@uni.example\n");
    let toml = bench.read("mailshot.toml").replace(
        "subject =",
        "cc = 'Tutor <tutor@uni.example>, dean@uni.example'\nbcc = 'boss@uni.example'\nsubject =",
    );
    bench.write("mailshot.toml", toml);
    bench.run(&["send", "--yes"]).code(0);
    let log = peer.finish();
    assert_eq!(
        log.accepted[0].recipients,
        [address(1), "dean@uni.example".to_owned()]
    );
    let content = String::from_utf8_lossy(&log.accepted[0].content).into_owned();
    assert!(
        content.contains("Cc: dean@uni.example") && !content.contains("utor"),
        "{content}"
    );
}

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
        .stderr_has("the list is as it was");
    first
        .run(&["unsubscribe", "abcdefghijklmnopqrstuvwxyz"])
        .code(2)
        .stderr_has("the key that tells whose it is is not on this machine");
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
        .stderr_has("accepted 2 of 2 messages");
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
    bench
        .run(&all)
        .code(1)
        .stderr_has("2 of those who would be sent to again are on a list by now, and are not");
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
                "{only} is on a list (gone.txt, line {}) and is not sent to",
                who + 1
            ));
    }
    bench
        .run(&["send", "--dry-run", "--only", &address(4)])
        .code(0)
        .stderr_has("p0004@example.org is on a list (gone.txt, line 5) and is not sent to")
        .stderr_has("0 messages in");
    bench.run(&["send", "--yes", "--only", &address(4)]).code(0);
    assert_eq!(peer.log().contents(), contents + 1);

    // Off the list, they are as if they had never been on it.
    bench.write("gone.txt", "");
    bench.run(&all).code(1).stderr_lacks("on a list");
    let after: Vec<_> = (1..=5).map(|n| row(&bench, n).0).collect();
    assert_eq!(
        after,
        ["accepted", "rejected", "accepted", "accepted", "accepted"]
    );
    peer.finish();
}

/// Rows whose key is the same and whose address is not: whoever is on a list gets nothing.
#[test]
fn a_key_that_is_shared_sends_nothing_to_the_suppressed() {
    let peer = willing();
    let bench = bench(&peer, 0, "'gone.txt'\nkey = 'name'")
        .csv(
            "people.csv",
            "email,name\np0001@example.org,A\np0002@example.org,A\n",
        )
        .file("gone.txt", "p0001@example.org\n");
    bench.run(&["send", "--yes"]).code(0);
    assert_eq!(peer.finish().recipients(), [address(2)]);
    assert_eq!(row(&bench, 1), suppressed("gone.txt, line 1"));
    assert_eq!(row(&bench, 2).0, "accepted");
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
            "your suppression list"
        } else {
            bench.write("gone.txt", address(200));
            "gone.txt"
        };
        run.wait_for_stdout("\"stopping\"");
        gate.open();
        run.wait()
            .code(3)
            .stderr_has(&format!("{name} was saved while the messages were going out"));
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

#[test]
fn a_long_list_counts_to_its_last_line() {
    let mut list = String::new();
    for number in 0..200_000 {
        writeln!(list, "left{number}@example.org").ok();
    }
    let peer = willing();
    let bench = bench(&peer, 3, "'gone.txt'").file("gone.txt", list + "p0003@example.org\n");
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("accepted 2 of 2");
    assert_eq!(row(&bench, 3), suppressed("gone.txt, line 200001"));
    peer.finish();
}
