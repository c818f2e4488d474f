//! Who is not to be written to: lists of a campaign, the user's own, tokens.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]

mod own_list;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use mailshot::inside::TokenKey;

use crate::support::bench::Bench;
use crate::support::notice::{self, address, people};
use crate::support::peer::Peer;
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
        .stderr_has(", 6 suppressed recipients skipped.");
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
        .stderr_has("5 suppressed, skipped");

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
        ("office.ods", "another sheet contains data, too: \"Old\""),
        ("locked.xls", "this workbook is protected by a password"),
        (
            "uncalculated.xlsx",
            "C2: this cell contains a formula whose value was never calculated",
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
            .stderr_has("the person it stands for would get the message");
    }
    bench.write("gone.txt", "p0001@example.org\nabcdefghijklmnopqrstuvwxyz\n");
    bench
        .run(&["send", "--yes"])
        .code(2)
        .stderr_has("gone.txt, line 2 has an unsubscribe token, and the key")
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
