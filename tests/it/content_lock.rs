//! The content lock: whatever changes the octets of a dry run is noticed when a mailing goes on, and
//! nothing else stops it.

use std::collections::BTreeMap;

use crate::support::bench::Bench;
use crate::support::peer::Peer;

/// One change of a campaign between two runs.
struct Case {
    name: &'static str,
    /// What the stop names; empty where the mailing goes on.
    part: &'static str,
    /// The octets of messages stay, and the mailing stops all the same: an envelope counts, too.
    envelope: bool,
    change: fn(&Bench),
}

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

/// Replaces words of the campaign file.
fn swap(bench: &Bench, from: &str, to: &str) {
    let toml = bench.read("mailshot.toml");
    assert!(toml.contains(from), "{from:?} is in the campaign file");
    bench.write("mailshot.toml", toml.replacen(from, to, 1));
}

/// Adds a line to a table of the campaign file.
fn add(bench: &Bench, table: &str, line: &str) {
    swap(bench, table, &format!("{table}\n{line}"));
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

const fn shapes(name: &'static str, part: &'static str, change: fn(&Bench)) -> Case {
    Case {
        name,
        part,
        envelope: false,
        change,
    }
}

const fn envelope(name: &'static str, part: &'static str, change: fn(&Bench)) -> Case {
    Case {
        name,
        part,
        envelope: true,
        change,
    }
}

const fn harmless(name: &'static str, change: fn(&Bench)) -> Case {
    Case {
        name,
        part: "",
        envelope: false,
        change,
    }
}

fn cases() -> Vec<Case> {
    vec![
        shapes("from", "from has changed", |b| swap(b, "Registrar <", "Office <")),
        shapes("to", "to has changed", |b| {
            swap(b, "{{ name }} <{{ email }}>", "{{ email }}")
        }),
        shapes("sender", "sender is new", |b| {
            add(b, "[message]", "sender = \"desk@uni.example\"")
        }),
        shapes("cc", "cc is new", |b| {
            add(b, "[message]", "cc = \"dean@uni.example\"")
        }),
        envelope("bcc", "bcc is new", |b| {
            add(b, "[message]", "bcc = \"dean@uni.example\"")
        }),
        shapes("reply_to", "reply_to is new", |b| {
            add(b, "[message]", "reply_to = \"desk@uni.example\"")
        }),
        envelope("return_path", "return_path is new", |b| {
            add(b, "[message]", "return_path = \"bounces@uni.example\"");
        }),
        shapes("subject", "subject has changed", |b| {
            swap(b, "Room {{", "Hall {{")
        }),
        shapes("text", "text part has changed", |b| {
            b.write("other.txt", "Hello\n");
            swap(b, "text = \"notice.txt\"", "text = \"other.txt\"");
        }),
        shapes("html", "html part has changed", |b| {
            b.write("other.html", "<p>Hello</p>\n");
            swap(b, "html = \"notice.html\"", "html = \"other.html\"");
        }),
        shapes("markdown", "markdown is new", |b| {
            b.write("other.md", "# Hello\n");
            swap(b, "html = \"notice.html\"", "markdown = \"other.md\"");
        }),
        shapes("calendar", "calendar is gone", |b| {
            swap(b, "calendar = \"lecture.ics\"", "")
        }),
        shapes("inline_css", "inline_css has changed", |b| {
            add(b, "[message]", "inline_css = false")
        }),
        shapes("inline", "order of attachments has changed", |b| {
            b.write(
                "notice.html",
                b.read("notice.html").replace("cid:logo", "cid:mark"),
            );
            swap(b, "logo = \"", "mark = \"");
        }),
        shapes("attach", "order of attachments has changed", |b| {
            swap(b, "\"map.txt\", \"plan.txt\"", "\"plan.txt\", \"map.txt\"");
        }),
        shapes("attach: name", "attachment name of map.txt is new", |b| {
            swap(
                b,
                "\"map.txt\"",
                "{ path = \"map.txt\", name = \"the {{ room }}.txt\" }",
            );
        }),
        shapes("attach: taken out", "attachment plan.txt is gone", |b| {
            swap(b, ", \"plan.txt\"", "")
        }),
        harmless("attach: optional", |b| {
            swap(b, "\"map.txt\"", "{ path = \"map.txt\", optional = true }")
        }),
        shapes("attach_root", "own.txt (of ada@example.org) has changed", |b| {
            b.write("elsewhere/own.txt", "for others");
            b.write("elsewhere/letters/1.txt", "letter 1");
            b.write("elsewhere/letters/2.txt", "letter 2");
            add(b, "[message]", "attach_root = \"elsewhere\"");
        }),
        shapes("headers", "header X-Course has changed", |b| {
            swap(b, "\"X-Course\" = \"{{", "\"X-Course\" = \"no {{")
        }),
        shapes("headers: another", "header List-Id is new", |b| {
            swap(
                b,
                "headers = {",
                "headers = { \"List-Id\" = \"Courses <courses.uni.example>\",",
            );
        }),
        shapes("unsubscribe: url", "unsubscribe.url has changed", |b| {
            swap(b, "/leave/", "/left/")
        }),
        shapes("unsubscribe: mailto", "unsubscribe.mailto has changed", |b| {
            swap(b, "leave@", "left@")
        }),
        shapes(
            "unsubscribe: one_click",
            "unsubscribe.one_click has changed",
            |b| {
                swap(
                    b,
                    "mailto = \"leave@uni.example\"",
                    "mailto = \"leave@uni.example\", one_click = false",
                );
            },
        ),
        harmless("dsn", |b| add(b, "[message]", "dsn = { notify = [\"failure\"] }")),
        shapes("group_by", "recipients.group_by has changed", |b| {
            b.write("notice.txt", "{{ rows | length }}\n{% include \"foot.txt\" %}");
            add(b, "[recipients]", "group_by = \"email\"");
        }),
        shapes("encoding", "recipients.encoding has changed", |b| {
            add(b, "[recipients]", "encoding = \"iso-8859-5\"")
        }),
        harmless("encoding: as it was read", |b| {
            add(b, "[recipients]", "encoding = \"windows-1252\"")
        }),
        harmless("delimiter: as it was read", |b| {
            add(b, "[recipients]", "delimiter = \",\"")
        }),
        harmless("header_row: as it was read", |b| {
            add(b, "[recipients]", "header_row = 1")
        }),
        harmless("where", |b| add(b, "[recipients]", "where = \"id != '3'\"")),
        harmless("sort", |b| add(b, "[recipients]", "sort = [\"-id\"]")),
        harmless("suppress", |b| {
            b.write("left.csv", "email\ncyd@example.org\n");
            add(b, "[recipients]", "suppress = [\"left.csv\"]");
        }),
        harmless("file", |b| {
            b.write("renamed.csv", PEOPLE);
            swap(b, "people.csv", "renamed.csv");
        }),
        harmless("connections", |b| swap(b, "connections = 1", "connections = 3")),
        harmless("messages_per_connection", |b| {
            add(b, "[relay.school]", "messages_per_connection = 7")
        }),
        harmless("pipelining", |b| add(b, "[relay.school]", "pipelining = \"off\"")),
        harmless("rate", |b| add(b, "[relay.school]", "rate = [\"1000/s\"]")),
        harmless("weight", |b| add(b, "[relay.school]", "weight = 2")),
        harmless("ehlo", |b| {
            add(b, "[relay.school]", "ehlo = \"desk.uni.example\"")
        }),
        harmless("timeouts", |b| {
            add(b, "[relay.school]", "timeouts = { data = \"1m\" }")
        }),
        harmless("attempts", |b| swap(b, "attempts = 3", "attempts = 4")),
        harmless("retry", |b| add(b, "[delivery]", "retry = { first = \"2m\" }")),
        harmless("comments", |b| {
            swap(b, "[message]", "# a comment\n[message] # another")
        }),
        harmless("the order of keys", |b| {
            swap(b, "subject = \"Room {{ room }}\"\n", "");
            add(b, "[message]", "subject = \"Room {{ room }}\"");
        }),
        harmless("added rows", |b| {
            let mut rows = PEOPLE.to_vec();
            rows.extend(b"4,Dan,dan@example.org,104,,\n");
            b.write("people.csv", rows);
        }),
        // Files.
        shapes("a template", "notice.html has changed", |b| {
            b.write("notice.html", b.read("notice.html").replace("<p>", "<p>Dear "));
        }),
        shapes("an included file", "foot.txt has changed", |b| {
            b.write("foot.txt", "Sincerely\n")
        }),
        shapes("a language", "notice.zh.txt has changed", |b| {
            b.write("notice.zh.txt", "{{ name }}!\n")
        }),
        shapes("a new language", "notice.en.txt is new", |b| {
            b.write("notice.en.txt", "Dear {{ name }}\n");
            b.write(
                "people.csv",
                String::from_utf8_lossy(PEOPLE).replace(",own.txt,\n", ",own.txt,en\n"),
            );
        }),
        shapes("the invitation", "lecture.ics has changed", |b| {
            b.write("lecture.ics", INVITATION.replace("Lecture", "Seminar"));
        }),
        shapes("a shared file", "map.txt has changed", |b| {
            b.write("map.txt", "another map")
        }),
        shapes("a picture", "logo.png has changed", |b| {
            b.write("logo.png", [PICTURE, b"x"].concat())
        }),
        shapes("an optional file that comes", "extra.txt is new", |b| {
            b.write("extra.txt", "more")
        }),
        // Files that rows name.
        shapes(
            "a file of a path template",
            "letters/2.txt (of rene@example.org) has changed",
            |b| {
                b.write("letters/2.txt", "another letter");
            },
        ),
        shapes(
            "an optional one that comes",
            "letters/3.txt (of cyd@example.org) is new",
            |b| {
                b.write("letters/3.txt", "letter 3");
            },
        ),
        shapes(
            "an optional one that goes",
            "letters/1.txt (of ada@example.org) is gone",
            |b| {
                std::fs::remove_file(b.path("letters/1.txt")).expect("it was there");
            },
        ),
        shapes(
            "a file of _attach",
            "own.txt (of cyd@example.org) has changed",
            |b| b.write("own.txt", "changed"),
        ),
    ]
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
        .stderr_has(&format!("{number} has changed\n    - 0\n    + 1\n"))
        .stderr_has("--accept-changes goes on");
    bench.run(&["send", "--yes", "--accept-changes"]).code(0);
}
