//! Invitations made of cells: what goes out is a calendar as its grammar has it, or `check` says what to
//! write.

use std::ffi::OsString;
use std::fs;

use mail_parser::{MessageParser, MimeHeaders};

use super::campaign;
use crate::support::bench::Bench;
use crate::support::{python, skip, workbook};

/// Lines of an event, what its row holds in `a`, `b` and `c`, and lines that the message has (or, after a
/// `!`, has not).
type Case = (&'static str, [&'static str; 3], &'static [&'static str]);

/// A campaign of which each row has its own event.
fn cases(cases: &[Case]) -> Bench {
    let mut ics = String::from("BEGIN:VCALENDAR\n");
    let mut table = csv::Writer::from_writer(Vec::new());
    table
        .write_record(["email", "case", "a", "b", "c"])
        .expect("the header");
    for (i, (lines, cells, _)) in cases.iter().enumerate() {
        ics.push_str(&format!("{{% if case == \"c{i}\" %}}\n{lines}\n{{% endif %}}\n"));
        let [a, b, c] = cells;
        let row = [&format!("p{i}@example.org"), &format!("c{i}"), *a, *b, *c];
        table.write_record(row).expect("a row");
    }
    ics.push_str("END:VCALENDAR\n");
    campaign(
        table.into_inner().expect("the rows"),
        "Hello\n",
        "calendar = 'e.ics'",
    )
    .file("e.ics", ics)
}

/// The calendar of each message of a dry run, unfolded.
fn calendars(bench: &Bench) -> Vec<String> {
    bench.run(&["send", "--dry-run"]).code(0);
    let calendar = |file| {
        let octets = fs::read(file).expect("the message");
        let message = MessageParser::new().parse(&octets).expect("a message");
        let mut parts = message
            .parts
            .iter()
            .filter(|part| part.is_content_type("text", "calendar"));
        let text = parts
            .next()
            .and_then(|part| part.text_contents())
            .expect("a calendar")
            .to_owned();
        assert!(
            text.split("\r\n")
                .all(|line| line.len() <= 75 && !line.contains('\n')),
            "{text}"
        );
        text.replace("\r\n ", "")
    };
    bench.eml("results/preview").into_iter().map(calendar).collect()
}

const DAY: &str = "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261201\n";

#[rustfmt::skip]
const RIGHT: [Case; 64] = [
    // What cells and filters give as dates.
    ("BEGIN:VEVENT\nDTSTART:{{ a }}\nEND:VEVENT", ["20261201T090000Z", "", ""], &["DTSTART:20261201T090000Z"]),
    ("BEGIN:VEVENT\nDTSTART:{{ a }}\nEND:VEVENT", ["2026-12-01T09:00:00Z", "", ""], &["DTSTART:20261201T090000Z"]),
    ("BEGIN:VEVENT\nDTSTART:{{ a | iso }}\nEND:VEVENT", ["2026-12-01T09:00:00+08:00", "", ""], &["DTSTART:20261201T010000Z"]),
    ("BEGIN:VEVENT\nDTSTART:{{ a }}\nEND:VEVENT", ["2026-12-01 09:00", "", ""], &["DTSTART:20261201T090000"]),
    ("BEGIN:VEVENT\nDTSTART:{{ a }}\nEND:VEVENT", ["9 March 2026, 10:00", "", ""], &["DTSTART:20260309T100000"]),
    ("BEGIN:VEVENT\nDTSTART:{{ a }}\nEND:VEVENT", ["Montag, 9. März 2026 10:00 Uhr", "", ""], &["DTSTART:20260309T100000"]),
    ("BEGIN:VEVENT\nDTSTART:{{ a }}\nEND:VEVENT", ["9.3.2026 10:00", "", ""], &["DTSTART:20260309T100000"]),
    ("BEGIN:VEVENT\nDTSTART:{{ a }}\nEND:VEVENT", ["2026年3月9日 下午2:30", "", ""], &["DTSTART:20260309T143000"]),
    ("BEGIN:VEVENT\nDTSTART:{{ a }}\nEND:VEVENT", ["3/13/2026 2:05 PM", "", ""], &["DTSTART:20260313T140500"]),
    ("BEGIN:VEVENT\nDTSTART:{{ a }}\nEND:VEVENT", ["2026-12-01", "", ""], &["DTSTART;VALUE=DATE:20261201"]),
    ("BEGIN:VEVENT\nDTSTART;VALUE=DATE:{{ a }}\nDTEND;VALUE=DATE:{{ b }}\nEND:VEVENT", ["1.12.2026", "3.12.2026", ""], &["DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261203"]),
    ("BEGIN:VEVENT\nDTSTART:{{ a }}T{{ b }}\nEND:VEVENT", ["9.3.2026", "10:00", ""], &["DTSTART:20260309T100000"]),
    ("BEGIN:VEVENT\nDTSTART:{{ a }}T{{ b }}00Z\nEND:VEVENT", ["20260309", "1000", ""], &["DTSTART:20260309T100000Z"]),
    ("BEGIN:VEVENT\nDTSTART;TZID=Asia/Shanghai:{{ a }}T{{ b }}\nEND:VEVENT", ["2026-03-09", "9:30", ""], &["DTSTART;TZID=Asia/Shanghai:20260309T093000", "BEGIN:VTIMEZONE", "TZID:Asia/Shanghai"]),
    ("BEGIN:VEVENT\nDTSTART:{{ a }} {{ b }}\nDTEND:{{ a }} {{ c }}\nEND:VEVENT", ["2026/3/9", "10:00", "24:00"], &["DTSTART:20260309T100000", "DTEND:20260310T000000"]),
    ("BEGIN:VEVENT\nDTSTART:{{ a | date(format=\"%Y%m%dT%H%M%S\") }}\nEND:VEVENT", ["2026-12-01T09:00", "", ""], &["DTSTART:20261201T090000"]),
    // Time zones.
    ("BEGIN:VEVENT\nDTSTART;TZID={{ b }}:{{ a }}\nEND:VEVENT", ["2026-12-01T09:00Z", "europe/vienna", ""], &["DTSTART;TZID=Europe/Vienna:20261201T100000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"]),
    ("BEGIN:VEVENT\nDTSTART;TZID={{ b }}:{{ a }}\nEND:VEVENT", ["2026-12-01 09:00", "China Standard Time", ""], &["DTSTART;TZID=Asia/Shanghai:20261201T090000"]),
    ("BEGIN:VEVENT\nDTSTART;TZID=\"(UTC-05:00) Eastern Time (US & Canada)\":20261201T090000\nEND:VEVENT", ["", "", ""], &["DTSTART;TZID=America/New_York:20261201T090000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"]),
    ("BEGIN:VEVENT\nDTSTART;TZID=UTC:20261201T090000\nEND:VEVENT", ["", "", ""], &["DTSTART:20261201T090000Z", "!BEGIN:VTIMEZONE"]),
    ("BEGIN:VEVENT\nDTSTART:{{ a }}\nEND:VEVENT", ["2026-12-01T09:00+01:00[Europe/Vienna]", "", ""], &["DTSTART;TZID=Europe/Vienna:20261201T090000", "BEGIN:VTIMEZONE"]),
    ("BEGIN:VEVENT\nDTSTART;TZID=Asia/Tehran:20261201T090000\nDTEND:20261201T103000\nEND:VEVENT", ["", "", ""], &["DTEND;TZID=Asia/Tehran:20261201T103000", "TZOFFSETTO:+0330"]),
    // Its own one stays the only one.
    ("BEGIN:VTIMEZONE\nTZID:Customized Time Zone\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0800\nTZOFFSETTO:+0800\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nDTSTART;TZID=Customized Time Zone:20261201T090000\nDTEND;TZID=Customized Time Zone:20261201T100000\nEND:VEVENT", ["", "", ""], &["DTSTART;TZID=Customized Time Zone:20261201T090000", "TZOFFSETTO:+0800"]),
    // When it ends.
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nDTEND:20261201T090000Z\nEND:VEVENT", ["", "", ""], &["!DTEND:20261201T090000Z"]),
    ("BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261201\nDTEND;VALUE=DATE:20261201\nEND:VEVENT", ["", "", ""], &["!DTEND;VALUE=DATE:20261201"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nDURATION:{{ a }}\nEND:VEVENT", ["90 min", "", ""], &["DURATION:PT1H30M"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nDURATION:{{ a }}\nEND:VEVENT", ["1:30", "", ""], &["DURATION:PT1H30M"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nDURATION:PT{{ a }}H\nEND:VEVENT", ["1.5", "", ""], &["DURATION:PT1H30M"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nDTEND:{{ a }}\nEND:VEVENT", ["", "", ""], &["!DTEND:"]),
    // What comes again.
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nRRULE:{{ a }}\nEND:VEVENT", ["FREQ=WEEKLY;COUNT=3;BYDAY=TU,TH", "", ""], &["RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=TU,TH"]),
    ("BEGIN:VEVENT\nDTSTART;TZID=Europe/Vienna:20261201T090000\nRRULE:FREQ=WEEKLY;BYDAY={{ b }};UNTIL={{ a }}\nEND:VEVENT", ["2026-12-31", "Tuesday, Thu", ""], &["RRULE:FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20261231T225959Z"]),
    ("BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261201\nRRULE:FREQ=DAILY;UNTIL=20261205T120000Z\nEND:VEVENT", ["", "", ""], &["RRULE:FREQ=DAILY;UNTIL=20261205"]),
    ("BEGIN:VEVENT\nDTSTART;TZID=Europe/Vienna:20261201T090000\nRRULE:FREQ=WEEKLY\nEXDATE:{{ a }}\nEND:VEVENT", ["2026-12-08, 15.12.2026", "", ""], &["EXDATE;TZID=Europe/Vienna:20261208T090000,20261215T090000"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nRRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;VALUE=DATE:20261208\nRDATE:{{ a }}\nEND:VEVENT", ["2026-12-30T09:00Z", "", ""], &["EXDATE:20261208T090000Z", "RDATE:20261230T090000Z"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nRRULE:{{ a }}\nEXDATE:{{ b }}\nURL:{{ c }}\nEND:VEVENT", ["", "", ""], &["!RRULE:", "!EXDATE:", "!URL:"]),
    // One of a row of events that moves.
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nRRULE:FREQ=WEEKLY;COUNT=4\nUID:w@uni.example\nEND:VEVENT\nBEGIN:VEVENT\nRECURRENCE-ID:20261208T090000Z\nDTSTART:20261208T110000Z\nEND:VEVENT", ["", "", ""], &["UID:w@uni.example", "RECURRENCE-ID:20261208T090000Z"]),
    // Types of values.
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nURL:{{ a }}\nEND:VEVENT", ["https://meet.example/j/1?pwd=a,b;c&d=ü e", "", ""], &["URL:https://meet.example/j/1?pwd=a,b;c&d=%C3%BC%20e"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nSUMMARY:{{ a }}, room {{ b }}; c:\\temp\nEND:VEVENT", ["a, b; c\\d", "7", ""], &["SUMMARY:a\\, b\\; c\\\\d\\, room 7\\; c:\\\\temp"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nCATEGORIES:{{ a }},{{ b }}\nEND:VEVENT", ["Exams, oral", "2026", ""], &["CATEGORIES:Exams\\, oral,2026"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nGEO:{{ a }}\nEND:VEVENT", ["48.2082, 16.3738", "", ""], &["GEO:48.2082;16.3738"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nGEO:{{ a }};{{ b }}\nEND:VEVENT", ["48,2082", "16,3738", ""], &["GEO:48.2082;16.3738"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nSEQUENCE:{{ a }}\nPRIORITY: {{ b }}\nSTATUS:{{ c }}\nEND:VEVENT", ["2.0", "5", "confirmed"], &["SEQUENCE:2", "PRIORITY:5", "STATUS:CONFIRMED"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nX-ALT-DESC;FMTTYPE=text/html:<b>{{ a }}</b>\nX-NOTE:{{ a }}\nEND:VEVENT", ["a & b; <c>", "", ""], &["X-ALT-DESC;FMTTYPE=text/html:<b>a &amp\\; b\\; &lt\\;c&gt\\;</b>", "X-NOTE:a & b\\; <c>"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nATTACH:{{ a }}\nLOCATION;ALTREP=\"{{ b }}\":{{ c }}\nEND:VEVENT", ["https://uni.example/a,b.pdf", "https://uni.example/map?a=1;b=2", "Room 1"], &["ATTACH:https://uni.example/a,b.pdf", "LOCATION;ALTREP=\"https://uni.example/map?a=1;b=2\":Room 1"]),
    // Parameters have no backslashes.
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nATTENDEE;CN={{ a }};RSVP=TRUE:mailto:{{ b }}\nEND:VEVENT", ["Lovelace, Ada; Countess: x", "ada@example.org", ""], &["ATTENDEE;CN=\"Lovelace, Ada; Countess: x\";RSVP=TRUE:mailto:ada@example.org"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nATTENDEE;CN=\"{{ a }}\":{{ b }}\nEND:VEVENT", ["O'Neil, \"Bob\" ^", "bob+x@example.org", ""], &["ATTENDEE;CN=\"O'Neil, ^'Bob^' ^^\":mailto:bob+x@example.org"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nATTENDEE:mailto:{{ a }}\nATTENDEE:mailto:{{ b }}\nEND:VEVENT", ["eve@example.org", "", ""], &["ATTENDEE:mailto:eve@example.org", "!UID:"]),
    // What is inside of an event is not the event.
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nBEGIN:VALARM\nUID:ALARM-0001\nACTION:EMAIL\nATTENDEE:mailto:x@example.org\nSUMMARY:s\nDESCRIPTION:d\nTRIGGER:-PT15M\nEND:VALARM\nSUMMARY:{{ a }}\nEND:VEVENT", ["late", "", ""], &["ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:{me}", "SEQUENCE:0", "TRIGGER:-PT15M"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nBEGIN:VALARM\nACTION:DISPLAY\nTRIGGER;VALUE=DATE-TIME:{{ a }}\nEND:VALARM\nEND:VEVENT", ["2026-12-01 08:45 +0000", "", ""], &["TRIGGER;VALUE=DATE-TIME:20261201T084500Z", "DESCRIPTION:Reminder"]),
    // Kinds of calendars.
    ("METHOD:CANCEL\nBEGIN:VEVENT\nUID:1@uni.example\nEND:VEVENT", ["", "", ""], &["METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:1", "UID:1@uni.example"]),
    ("METHOD:publish\nBEGIN:VEVENT\nDTSTART:20261201T090000Z\nEND:VEVENT", ["", "", ""], &["METHOD:PUBLISH", "!ORGANIZER", "!ATTENDEE"]),
    ("METHOD:REPLY\nBEGIN:VEVENT\nUID:{{ a }}\nORGANIZER:mailto:{{ b }}\nATTENDEE;PARTSTAT=ACCEPTED:mailto:me@uni.example\nEND:VEVENT", ["7@example.org", "ada@example.org", ""], &["METHOD:REPLY", "ORGANIZER:mailto:ada@example.org"]),
    ("BEGIN:VTODO\nDUE:{{ a }}\nSUMMARY:Essay\nEND:VTODO", ["2026-12-01 18:00", "", ""], &["BEGIN:VTODO", "DUE:20261201T180000", "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:{me}"]),
    ("{% for day in [\"2026-12-01\", \"2026-12-08\"] %}\nBEGIN:VEVENT\nDTSTART:{{ day }}T09:00\nEND:VEVENT\n{% endfor %}", ["", "", ""], &["DTSTART:20261201T090000", "DTSTART:20261208T090000"]),
    // As people write files.
    ("  BEGIN:VEVENT\n    DTSTART: {{ a }}\n    SUMMARY:A lecture\n      that is long\n  END:VEVENT", ["2026-12-01T09:00Z", "", ""], &["DTSTART:20261201T090000Z", "SUMMARY:A lecture     that is long"]),
    ("begin:vevent\ndtstart:20261201T090000Z\nsummary:{{ a }}\nend:vevent", ["x", "", ""], &["BEGIN:VEVENT", "SUMMARY:x", "END:VEVENT"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nDESCRIPTION:one {{ a }}\n  and two\nEND:VEVENT", ["x\ny", "", ""], &["DESCRIPTION:one x\\ny and two"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nDESCRIPTION:{{ a }}\nEND:VEVENT", ["END:VEVENT\nBEGIN:VEVENT\nDTSTART:x", "", ""], &["DESCRIPTION:END:VEVENT\\nBEGIN:VEVENT\\nDTSTART:x"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nSUMMARY:{{ a | upper }} {{ b | safe }}\nEND:VEVENT", ["a,b", "c\\,d", ""], &["SUMMARY:A\\,B c\\,d"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\n{% set room = a ~ \", \" ~ b %}\nLOCATION:{{ room }}\nEND:VEVENT", ["a,b", "7", ""], &["LOCATION:a\\,b\\, 7"]),
    ("BEGIN:VEVENT\nDTSTAMP:20261101T090000\nCREATED;TZID=Europe/Vienna:20261101T090000\nDTSTART:20261201T090000Z\nEND:VEVENT", ["", "", ""], &["DTSTAMP:20261101T090000Z", "CREATED:20261101T080000Z"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nORGANIZER;CN={{ a }}:MAILTO:{{ b }}\nEND:VEVENT", ["王小明（张三）", "x@example.org", ""], &["ORGANIZER;CN=王小明（张三）:mailto:x@example.org"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nCONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL={{ a }}:{{ b }}\nEND:VEVENT", ["Zoom: room 1", "https://zoom.example/j/1?pwd=x,y", ""], &["CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL=\"Zoom: room 1\":https://zoom.example/j/1?pwd=x,y"]),
    ("BEGIN:VEVENT\nDTSTART;TZID=Africa/Casablanca:20261201T090000\nRRULE:FREQ=WEEKLY;UNTIL={{ a }}\nEND:VEVENT", ["1.3.2028", "", ""], &["TZID:Africa/Casablanca"]),
];

/// What the package `icalendar` says of the text/calendar part of each file.
const JUDGE: &str = r#"
import email, email.policy, json, sys
try:
    import icalendar
except ImportError:
    print("null")
    sys.exit()
found = []
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        message = email.message_from_binary_file(file, policy=email.policy.default)
    part, = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    wrong = [str(error) for component in calendar.walk() for error in component.errors]
    zones = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
    for event in calendar.walk("VEVENT") + calendar.walk("VTODO"):
        for name in ("UID", "DTSTAMP"):
            if name not in event:
                wrong.append("no " + name)
        for name, value in event.property_items(recursive=False):
            zone = getattr(value, "params", {}).get("TZID")
            if zone and zone not in zones:
                wrong.append("no VTIMEZONE " + zone)
    found.append(wrong)
json.dump(found, sys.stdout)
"#;

#[test]
fn what_cells_give_becomes_a_right_calendar() {
    let bench = cases(&RIGHT);
    let found = calendars(&bench);
    assert_eq!(found.len(), RIGHT.len());
    let mut wrong = Vec::new();
    for (i, (calendar, (lines, cells, expected))) in found.iter().zip(RIGHT).enumerate() {
        for line in expected {
            let line = line.replace("{me}", &format!("p{i}@example.org"));
            let has = |line: &str| calendar.split("\r\n").any(|one| one == line);
            let fine = match line.strip_prefix('!') {
                Some(line) => !has(line) && (line == "UID:" || !calendar.contains(&format!("\n{line}"))),
                None => has(&line),
            };
            if !fine {
                wrong.push(format!("{line} of {lines} with {cells:?}:\n{calendar}"));
            }
        }
        // The grammar has properties in front of what is inside of an event.
        assert!(
            !calendar.contains("END:VALARM\r\nUID") && calendar.contains("\r\nUID:"),
            "{calendar}"
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let files: Vec<OsString> = bench.eml("results/preview").into_iter().map(Into::into).collect();
    match python::snippet(JUDGE, &files) {
        Some(serde_json::Value::Array(judged)) => {
            for (i, wrong) in judged.iter().enumerate() {
                assert_eq!(*wrong, serde_json::json!([]), "{:?}:\n{}", RIGHT[i], found[i]);
            }
        }
        Some(_) => skip("the Python package icalendar is not installed"),
        None => {}
    }
}

/// Lines of an event, what its row holds, and what is said of it.
#[rustfmt::skip]
const WRONG: [Case; 20] = [
    ("BEGIN:VEVENT\nDTSTART:{{ a }}\nEND:VEVENT", ["03/04/2026 10:00", "", ""], &["`03/04/2026 10:00` is 2026-04-03 or 2026-03-04"]),
    ("BEGIN:VEVENT\nDTSTART:{{ a }}\nEND:VEVENT", ["next Tuesday", "", ""], &["`next Tuesday` is not a date that DTSTART can have"]),
    ("BEGIN:VEVENT\nDTSTART:{{ a }}\nEND:VEVENT", ["9.3.26", "", ""], &["the year in `9.3.26` is not certain"]),
    ("BEGIN:VEVENT\nDTSTART:{{ a }}\nEND:VEVENT", ["10:00", "", ""], &["`10:00` is a time without a day"]),
    ("BEGIN:VEVENT\nDTSTART:{{ a }}\nEND:VEVENT", ["46090.41666", "", ""], &["`46090.41666` is not a date"]),
    ("BEGIN:VEVENT\nDTSTART:{{ b }}\nEND:VEVENT", ["", "", ""], &["DTSTART is empty"]),
    ("BEGIN:VEVENT\nDTSTART;TZID=Europe/Vienna:{{ a }}\nEND:VEVENT", ["2026-12-01", "", ""], &["`2026-12-01` is a day without a time"]),
    ("BEGIN:VEVENT\nDTSTART;VALUE=DATE:{{ a }}\nEND:VEVENT", ["2026-12-01 10:00", "", ""], &["`2026-12-01 10:00` has a time"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nDTEND:20251201T100000Z\nEND:VEVENT", ["", "", ""], &["DTEND (20251201T100000Z) is before DTSTART (20261201T090000Z)"]),
    ("BEGIN:VEVENT\nDTSTART:{{ a }}\nDTEND:{{ b }}\nEND:VEVENT", ["2026-12-02 10:00", "2026-12-02 09:00", ""], &["DTEND (20261202T090000) is before DTSTART (20261202T100000)"]),
    ("BEGIN:VEVENT\nDTSTART:20261203T090000Z\nDTEND;VALUE=DATE:20261204\nEND:VEVENT", ["", "", ""], &["DTEND is a whole day and DTSTART is a time in a zone"]),
    ("BEGIN:VEVENT\nDTSTART:20261204T090000Z\nDTEND:20261204T100000\nEND:VEVENT", ["", "", ""], &["DTEND is a time without a zone and DTSTART is a time in a zone"]),
    ("BEGIN:VEVENT\nDTSTART:20261205T090000Z\nDTEND:20261205T100000Z\nDURATION:PT1H\nEND:VEVENT", ["", "", ""], &["both DTEND and DURATION"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nDURATION:{{ a }}\nEND:VEVENT", ["90", "", ""], &["`90` is not a duration"]),
    ("BEGIN:VEVENT\nDTSTART;TZID=Asia/Shangai:20261201T090000\nEND:VEVENT", ["", "", ""], &["there is no time zone `Asia/Shangai`", "TZID=Asia/Shanghai"]),
    ("BEGIN:VEVENT\nDTSTART;TZID=EST:20261201T090000\nEND:VEVENT", ["", "", ""], &["there is no time zone `EST`"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nRRULE:{{ a }}\nEND:VEVENT", ["every week", "", ""], &["`every week` is not a part of a rule"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nRRULE:FREQ=WEEKLY;UNTIL={{ a }}\nEND:VEVENT", ["2025-12-31", "", ""], &["the rule ends (UNTIL) before the event begins"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nRRULE:FREQ=WEEKLY;COUNT=3;UNTIL=20261231\nEND:VEVENT", ["", "", ""], &["the rule has both COUNT and UNTIL"]),
    ("BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT", ["", "", ""], &["the event has no DTSTART"]),
];

#[rustfmt::skip]
const WRONG_TOO: [Case; 19] = [
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nEXDATE:{{ a }}\nEND:VEVENT", ["4/5/2026", "", ""], &["`4/5/2026` is 2026-05-04 or 2026-04-05"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nGEO:{{ a }}\nEND:VEVENT", ["Vienna", "", ""], &["`Vienna` is not a place that GEO can have"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nPRIORITY:{{ a }}\nEND:VEVENT", ["high", "", ""], &["`high` is not a number that PRIORITY can have"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nSTATUS:{{ a }}\nEND:VEVENT", ["maybe", "", ""], &["`maybe` is not a value that STATUS can have"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nATTENDEE:mailto:{{ a }}\nEND:VEVENT", ["Ada <ada@example.org>", "", ""], &["`Ada <ada@example.org>` is not an address that ATTENDEE can have"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nURL:{{ a }}\nEND:VEVENT", ["meet.example/j/1", "", ""], &["`meet.example/j/1` is not a whole address"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nDTSTART:20261202T090000Z\nEND:VEVENT", ["", "", ""], &["the event has DTSTART twice"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nDESCRIPTION:Hello\nsee you there\nEND:VEVENT", ["", "", ""], &["the calendar file cannot be read at `see you there`", "begins with a blank"]),
    ("{{ a }}\nBEGIN:VEVENT\nDTSTART:20261201T090000Z\nEND:VEVENT", ["X-A:b", "", ""], &["the calendar file cannot be read at `X-A:b`"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nBEGIN:VALARM\nEND:VEVENT", ["", "", ""], &["END:VEVENT comes before BEGIN:VALARM is ended"]),
    ("METHOD:COUNTER\nBEGIN:VEVENT\nDTSTART:20261201T090000Z\nEND:VEVENT", ["", "", ""], &["has the METHOD `COUNTER`"]),
    ("X-WR-CALNAME:x", ["", "", ""], &["has no event"]),
    ("METHOD:REPLY\nBEGIN:VEVENT\nUID:1\nORGANIZER:mailto:a@example.org\nEND:VEVENT", ["", "", ""], &["the event has no ATTENDEE"]),
    ("BEGIN:VEVENT\nUID:1\nDTSTART:20261201T090000Z\nEND:VEVENT\nBEGIN:VEVENT\nUID:1\nDTSTART:20261202T090000Z\nEND:VEVENT", ["", "", ""], &["two events have the same UID, `1`"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nTRANSP:{{ a }}\nEND:VEVENT", ["free", "", ""], &["`free` is not a value that TRANSP can have", "OPAQUE, TRANSPARENT"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nSEQUENCE:{{ a }}\nEND:VEVENT", ["-1", "", ""], &["`-1` is not a number that SEQUENCE can have"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nURL:{{ a }}\nEND:VEVENT", ["https://a.example/\nhttps://b.example/", "", ""], &["the address in URL has a line break in it"]),
    ("BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261201\nDURATION:PT90M\nEND:VEVENT", ["", "", ""], &["DURATION is PT1H30M, and the event lasts whole days"]),
    ("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nRECURRENCE-ID:{{ a }}\nEND:VEVENT", ["soon", "", ""], &["`soon` is not a date that RECURRENCE-ID can have"]),
];

#[test]
fn what_is_no_calendar_is_told_at_its_line_and_row() {
    for list in [&WRONG[..], &WRONG_TOO[..]] {
        let bench = cases(list);
        let outcome = bench.run(&["check"]);
        outcome.code(2);
        let said = outcome.stdout.clone() + &outcome.stderr;
        let mut missing = Vec::new();
        for (i, (lines, cells, expected)) in list.iter().enumerate() {
            for words in *expected {
                if !said.contains(words) {
                    missing.push(format!("{words}: {i}, {lines} with {cells:?}"));
                }
            }
        }
        assert!(missing.is_empty(), "{}\n\n{said}", missing.join("\n"));
        // Each names the template's line.
        assert!(said.matches("e.ics:").count() >= list.len(), "{said}");
    }
}

#[test]
fn a_date_of_a_workbook_is_the_date_it_is() {
    let cell = |is: &str, shown: &str| {
        let kind = if is.starts_with("PT") { "time" } else { "date" };
        format!(
            r#"<table:table-cell office:value-type="{kind}" office:{kind}-value="{is}"><text:p>{shown}</text:p></table:table-cell>"#
        )
    };
    let text = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let table = [
        row(&["email", "start", "day", "time"].map(text)),
        // Month first, as an American workbook shows it.
        row(&[
            text("a@example.org"),
            cell("2026-03-04T10:00:00", "3/4/26 10:00"),
            cell("2026-03-04", "3/4/26"),
            cell("PT09H30M00S", "9:30 AM"),
        ]),
        row(&[
            text("b@example.org"),
            cell("2026-03-05T00:00:00", "5.3.26 0:00"),
            cell("2026-03-05", "Do, 5. März"),
            cell("PT14H00M00S", "2 Uhr nachm."),
        ]),
    ];
    let list = workbook::ods(
        &format!(
            r#"<table:table table:name="List">{}</table:table>"#,
            table.concat()
        ),
        0,
    );
    let bench = campaign("", "Hello\n", "calendar = 'e.ics'")
        .file("people.ods", list)
        .file("e.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=Europe/Vienna:{{ start }}\nDTEND;TZID=Europe/Vienna:{{ start | date(format=\"%Y%m%d\") }}T235900\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART:{{ day }}T{{ time }}\nEND:VEVENT\nEND:VCALENDAR\n");
    bench.write(
        "mailshot.toml",
        bench.read("mailshot.toml").replace("people.csv", "people.ods"),
    );
    let found = calendars(&bench);
    for (calendar, expected) in found.iter().zip([
        [
            "DTSTART;TZID=Europe/Vienna:20260304T100000\r\n",
            "DTSTART:20260304T093000\r\n",
        ],
        [
            "DTSTART;TZID=Europe/Vienna:20260305T000000\r\n",
            "DTSTART:20260305T140000\r\n",
        ],
    ]) {
        for line in expected {
            assert!(calendar.contains(line), "{line} in {calendar}");
        }
    }
}

#[test]
fn an_event_that_moves_is_the_same_event() {
    let bench = campaign("email\na@example.org\n", "Hello\n", "calendar = 'e.ics'").file(
        "e.ics",
        format!("BEGIN:VCALENDAR\n{DAY}END:VEVENT\nEND:VCALENDAR\n"),
    );
    let uid = |calendars: &[String]| {
        calendars[0]
            .split("\r\n")
            .find(|line| line.starts_with("UID:"))
            .map(str::to_owned)
    };
    let before = uid(&calendars(&bench));
    bench.write(
        "e.ics",
        "BEGIN:VCALENDAR\nMETHOD:CANCEL\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR\n",
    );
    assert!(before.is_some());
    assert_eq!(before, uid(&calendars(&bench)));
}
