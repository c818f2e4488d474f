//! Invitations, as a calendar program's library reads them.

use std::collections::BTreeMap;
use std::ffi::OsString;

use serde_json::{Value, json};

use super::bench;
use crate::support::{python, skip};

/// What the package `icalendar` finds in the text/calendar part of each file.
const READ: &str = r#"
import email, email.policy, json, sys
try:
    import icalendar
except ImportError:
    print("null")
    sys.exit()

def person(value):
    return None if value is None else [str(value), value.params.get("CN")]

found = []
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        message = email.message_from_binary_file(file, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() != "text/calendar":
            continue
        octets = part.get_payload(decode=True)
        base64 = part["content-transfer-encoding"] == "base64"
        calendar = icalendar.Calendar.from_ical(octets)
        event, = calendar.walk("VEVENT")
        text = {name.lower(): str(event[name]) for name in ("UID", "SUMMARY", "LOCATION", "DESCRIPTION")}
        found.append(text | {
            "method": str(calendar["METHOD"]),
            "part_method": part["content-type"].params["method"],
            "version": str(calendar["VERSION"]),
            "start": event["DTSTART"].dt.isoformat(),
            "stamped": event["DTSTAMP"].dt.tzinfo is not None,
            "organizer": person(event.get("ORGANIZER")),
            "attendee": person(event.get("ATTENDEE")),
            "errors": [str(error) for error in calendar.errors + event.errors],
            "longest": max(len(line) for line in octets.splitlines()),
            # Of other encodings, the line ends are the transport's, and Python makes LF of them.
            "bare": base64 and octets.replace(b"\r\n", b"").count(b"\n") + octets.replace(b"\r\n", b"").count(b"\r"),
        })
json.dump(found, sys.stdout)
"#;

const LECTURE: &str = "BEGIN:VCALENDAR\nMETHOD:{{ method }}\nBEGIN:VEVENT\nDTSTART:20261201T090000Z\n\
    SUMMARY:{{ title }}\nLOCATION:教二楼305\\, {{ title }}\nDESCRIPTION:{{ note }}\nEND:VEVENT\nEND:VCALENDAR\n";

#[test]
fn invitations_are_read_as_they_were_meant() {
    let long = "《数据结构》，第9周；改到, here ".repeat(20);
    let rows = [
        ("Ada Lovelace", "Lecture", "REQUEST", "one line"),
        (
            "O'Neil, \"Bob\"",
            "a, b; c: d\\e",
            "REQUEST",
            "two\nlines, and; more\n\n",
        ),
        ("王小明（张三）", "《数据结构》", "REQUEST", long.trim()),
        (
            "مريم;CN=x",
            "END:VEVENT",
            "PUBLISH",
            "x\nEND:VEVENT\nBEGIN:VEVENT",
        ),
        ("Eve", "\"quoted\" 😀", "CANCEL", "\\n is no line; \\, no comma"),
    ];
    let mut table = csv::Writer::from_writer(Vec::new());
    table
        .write_record(["email", "name", "title", "method", "note"])
        .expect("the header");
    for (i, (name, title, method, note)) in rows.iter().enumerate() {
        let row = [&format!("p{i}@example.org"), *name, *title, *method, *note];
        table.write_record(row).expect("a row");
    }
    let bench = bench("text = 'notice.txt'\ncalendar = 'lecture.ics'")
        .csv("people.csv", table.into_inner().expect("the rows"))
        .file("lecture.ics", LECTURE);
    // Two mailings: a dry run's, and one that is sent.
    bench.run(&["send", "--dry-run"]).code(0);
    bench.run(&["send", "--sandbox"]).code(0);
    let mut files = bench.eml("results/preview");
    assert_eq!(files.len(), rows.len());
    files.extend(bench.eml("results/sandbox/messages"));
    let files: Vec<OsString> = files.into_iter().map(Into::into).collect();
    let Some(found) = python::snippet(READ, &files) else {
        return;
    };
    let Some(found) = found.as_array() else {
        return skip("the Python package icalendar is not installed");
    };
    assert_eq!(found.len(), 2 * rows.len());
    let mut in_base64 = 0;
    let (dry, sent) = found.split_at(rows.len());
    for (i, (event, (name, title, method, note))) in dry.iter().zip(rows).enumerate() {
        assert_eq!(event["errors"], json!([]), "{event}");
        assert_eq!(event["method"], *method);
        assert_eq!(event["part_method"], *method);
        assert_eq!(event["version"], "2.0");
        assert_eq!(event["summary"], title);
        assert_eq!(event["location"], format!("教二楼305, {title}"));
        assert_eq!(event["description"], note);
        assert_eq!(event["start"], "2026-12-01T09:00:00+00:00");
        assert_eq!(event["stamped"], true);
        assert!(event["longest"].as_u64() <= Some(75), "{event}");
        assert!(event["bare"] == 0 || event["bare"] == false, "{event}");
        in_base64 += usize::from(event["bare"] == 0);
        let people = [&event["organizer"], &event["attendee"]];
        if method == "PUBLISH" {
            assert_eq!(people, [&Value::Null; 2]);
        } else {
            // A quote in a parameter is written `^'` (RFC 6868).
            assert_eq!(*people[0], json!(["mailto:registrar@uni.example", "教务处"]));
            assert_eq!(*people[1], json!([format!("mailto:p{i}@example.org"), name]));
        }
    }
    assert!(in_base64 > 0, "the line ends of one at least are seen");
    let uids = |events: &[Value]| {
        let uids = events
            .iter()
            .map(|event| (event["summary"].to_string(), event["uid"].to_string()));
        uids.collect::<BTreeMap<_, _>>()
    };
    assert_eq!(uids(dry), uids(sent), "a later message moves the event");
    let different: std::collections::BTreeSet<_> = uids(dry).into_values().collect();
    assert_eq!(different.len(), rows.len());
}
