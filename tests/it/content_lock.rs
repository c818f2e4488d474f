//! The content lock: whatever changes the octets of a dry run is noticed when a mailing goes on, and
//! nothing else stops it.

mod cases;

use std::collections::BTreeMap;

use crate::support::bench::Bench;
use crate::support::gate::Gate;
use crate::support::notice::{self, address};
use crate::support::peer::Peer;

use cases::{Case, cases};

const CAMPAIGN: &str = r#"
name = "lock"
[recipients]
file = "people.csv"
[message]
from = "Registrar <registrar@uni.example>"
to = "{{ name }} <{{ email }}>"
subject = "Room {{ room }}"
text = "notice.txt"
html = "notice.html"
calendar = "lecture.ics"
attach = ["map.txt", "plan.txt", { path = "letters/{{ id }}.txt", optional = true }, { path = "extra.txt", optional = true }]
inline = { logo = "logo.png" }
headers = { "X-Course" = "{{ room }}" }
unsubscribe = { url = "https://uni.example/leave/{{ token }}", mailto = "leave@uni.example" }
[relay.school]
server = "RELAY"
connections = 1
[delivery]
attempts = 3
"#;

const PEOPLE: &[u8] = b"id,name,email,room,_attach,_lang\n\
    1,Ada,ada@example.org,101,own.txt,\n\
    2,Ren\xe9 M\xfcller,rene@example.org,102,,zh\n\
    3,Cyd,cyd@example.org,103,own.txt,\n";

const INVITATION: &str = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//uni.example//en\nMETHOD:REQUEST\nBEGIN:VEVENT\n\
    UID:{{ id }}@uni.example\nDTSTAMP:20260101T000000Z\nDTSTART:20260301T090000Z\nDTEND:20260301T100000Z\n\
    SUMMARY:Lecture\nORGANIZER:mailto:registrar@uni.example\nEND:VEVENT\nEND:VCALENDAR\n";

/// A 1x1 picture.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

fn campaign(peer: &Peer) -> Bench {
    Bench::new()
        .env("SOURCE_DATE_EPOCH", "1767225600")
        .campaign(&CAMPAIGN.replace("RELAY", &peer.url()))
        .csv("people.csv", PEOPLE)
        .file("notice.txt", "Dear {{ name }},\n{% include \"foot.txt\" %}")
        .file("notice.zh.txt", "{{ name }}:\n")
        .file("foot.txt", "Yours\n")
        .file(
            "notice.html",
            "<html><head><style>p { color: red }</style></head><body><p>{{ name }}</p><img src=\"cid:logo\" alt=\"logo\"></body></html>",
        )
        .file("lecture.ics", INVITATION)
        .file("map.txt", "the map")
        .file("plan.txt", "the plan")
        .file("own.txt", "for some")
        .file("letters/1.txt", "letter 1")
        .file("letters/2.txt", "letter 2")
        .file("logo.png", PICTURE)
}

fn messages(bench: &Bench) -> Option<BTreeMap<String, Vec<u8>>> {
    let outcome = bench.run(&["send", "--dry-run"]);
    let written = outcome.status.success().then(|| bench.eml("results/preview"));
    let read = |path: &std::path::PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        // Numbered by row: an added row must not make others differ.
        let name = name.split_once('-').expect("a number").1.to_owned();
        (name, std::fs::read(path).expect("a message"))
    };
    written.map(|paths| paths.iter().map(read).collect())
}

#[test]
fn what_changes_the_octets_of_a_dry_run_stops_and_nothing_else_does() {
    let peer = Peer::policy(|_| None);
    let begun = campaign(&peer);
    begun.run(&["send", "--yes", "--limit", "1"]).code(0);
    let cases = cases();
    let wrong = std::sync::Mutex::new(Vec::new());
    let next = std::sync::atomic::AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                    let found = verdict(&begun, case);
                    wrong.lock().expect("no panic").extend(found);
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("no panic");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with the way a mailing goes on after a change.
fn verdict(begun: &Bench, case: &Case) -> Option<String> {
    let bench = Bench::new()
        .env("SOURCE_DATE_EPOCH", "1767225600")
        .copy_of(begun.path(""));
    // Not a copy, as far as the ledger knows.
    let ledger = rusqlite::Connection::open(bench.path(".mailshot/lock.db")).expect("the ledger");
    ledger
        .execute("DELETE FROM campaign", [])
        .expect("a ledger that does not say whose it is");
    drop(ledger);
    let before = messages(&bench).expect("the campaign is right");
    (case.change)(&bench);
    let after = messages(&bench).unwrap_or_else(|| panic!("{}: the changed campaign is right", case.name));
    let differ = before
        .iter()
        .any(|(name, octets)| after.get(name).is_some_and(|other| other != octets));
    if differ != (!case.part.is_empty() && !case.envelope) {
        return Some(format!("{}: the octets of messages differ: {differ}", case.name));
    }
    let outcome = bench.run(&["send", "--yes", "--limit", "1"]);
    let noticed =
        outcome.stderr.contains("the content has changed since") && outcome.stderr.contains(case.part);
    let right = if case.part.is_empty() {
        outcome.status.success()
    } else {
        noticed && outcome.status.code() == Some(2)
    };
    (!right).then(|| format!("{}: {:?} {}", case.name, outcome.status.code(), outcome.stderr))
}

/// Rows of one message: their order and which of them there are.
#[test]
fn the_rows_of_a_message_are_content() {
    let peer = Peer::policy(|_| None);
    let bench = Bench::new()
        .campaign(&format!(
            "[recipients]\nfile = \"people.csv\"\ngroup_by = \"email\"\nsort = [\"course\"]\n\
             [message]\nfrom = \"registrar@uni.example\"\nsubject = \"Your courses\"\ntext = \"notice.txt\"\n\
             [relay.school]\nserver = \"{}\"\n",
            peer.url()
        ))
        .csv(
            "people.csv",
            "email,course\nada@example.org,B\nada@example.org,A\nbob@example.org,C\n",
        )
        .file(
            "notice.txt",
            "{% for row in rows %}{{ row.course }}\n{% endfor %}",
        );
    bench.run(&["send", "--yes", "--limit", "1"]).code(0);
    let file = bench.read("mailshot.toml");
    for (from, to, part) in [
        ("[\"course\"]", "[\"-course\"]", "recipients.sort has changed"),
        (
            "sort = [\"course\"]",
            "sort = [\"course\"]\nwhere = \"course != 'A'\"",
            "recipients.where has changed",
        ),
    ] {
        bench.write("mailshot.toml", file.replace(from, to));
        bench
            .run(&["send", "--yes"])
            .code(2)
            .stderr_has("the content has changed since")
            .stderr_has(part);
    }
    bench.write("mailshot.toml", file);
    bench.run(&["send", "--yes"]).code(0);
}

#[test]
fn a_changed_file_of_a_row_goes_out_when_it_is_accepted() {
    let peer = Peer::policy(|_| None);
    let bench = campaign(&peer);
    bench.run(&["send", "--yes", "--limit", "1"]).code(0);
    bench.write("own.txt", "changed");
    bench.run(&["send", "--yes"]).code(2).stderr_has(
        "  own.txt (of ada@example.org) has changed\n  own.txt (of cyd@example.org) has changed\n  hint",
    );
    bench.run(&["send", "--yes", "--accept-changes"]).code(0);
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("Nothing to send");
    peer.finish().assert_each_message_once();
}

/// Of rows that are corrected, another file is no changed file.
#[test]
fn a_row_may_be_given_another_file() {
    let peer = Peer::policy(|_| None);
    let bench = campaign(&peer);
    bench.run(&["send", "--yes", "--limit", "1"]).code(0);
    bench.write("other.txt", "another");
    let rows = String::from_utf8_lossy(PEOPLE).replace("103,own.txt", "103,other.txt");
    bench.write("people.csv", rows);
    bench.run(&["send", "--yes"]).code(0);
}

/// A version that composes messages by other rules does not go on with what another began.
#[test]
fn other_composing_rules_stop_a_mailing_that_was_begun() {
    let peer = Peer::policy(|_| None);
    let bench = campaign(&peer);
    bench.run(&["send", "--yes", "--limit", "1"]).code(0);
    let ledger = rusqlite::Connection::open(bench.path(".mailshot/lock.db")).expect("the ledger");
    let number = "version of the composing rules";
    ledger
        .execute(
            "UPDATE mailing SET content = json_set(content, '$.\"' || ?1 || '\"', '0'),
                                texts = json_set(texts, '$.\"' || ?1 || '\"', '0')",
            [number],
        )
        .expect("another number");
    drop(ledger);
    bench
        .run(&["send", "--yes"])
        .code(2)
        .stderr_has("the version of the rules that messages are built by has changed\n    - 0\n    + 4\n")
        .stderr_has("to continue, with the new content for ");
    bench.run(&["send", "--yes", "--accept-changes"]).code(0);
}

/// A file that a row names is checked with its message, and must be the same when it is sent.
#[test]
fn a_file_of_a_row_saved_while_messages_go_out_stops_the_run() {
    let gate = Gate::default();
    let peer = Peer::holding_after(2, &gate);
    let mut people = "email,name,_attach\n".to_owned();
    for n in 1..=400 {
        let file = if n == 400 { "last.txt" } else { "all.txt" };
        people.push_str(&format!("{},Person,{file}\n", address(n)));
    }
    let bench = notice::bench(&peer, 1, "connections = 1")
        .csv("people.csv", people)
        .file("all.txt", "for all")
        .file("last.txt", "for the last");
    let run = bench.spawn(&["send", "--yes", "--events"]);
    peer.wait_until("the third content", |log| log.contents() == 3);
    bench.write("last.txt", "something else");
    gate.open();
    run.wait()
        .code(3)
        .stderr_has("last.txt was saved while messages were being sent");
    let log = peer.finish();
    assert!(
        log.accepted
            .iter()
            .all(|message| message.recipients != [address(400)]),
        "nobody got a file that was not checked"
    );
}
