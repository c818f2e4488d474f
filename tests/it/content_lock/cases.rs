//! Every key of the campaign file, every template and every file, changed.

use crate::support::bench::Bench;

use super::{INVITATION, PEOPLE, PICTURE};

/// One change of a campaign between two runs.
pub(super) struct Case {
    pub(super) name: &'static str,
    /// What the stop names; empty where the mailing goes on.
    pub(super) part: &'static str,
    /// The octets of messages stay, and the mailing stops all the same: an envelope counts, too.
    pub(super) envelope: bool,
    pub(super) change: fn(&Bench),
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

pub(super) fn cases() -> Vec<Case> {
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
        shapes("html", "HTML part has changed", |b| {
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
        shapes("attach: name", "the name of attachment map.txt is new", |b| {
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
