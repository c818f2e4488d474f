//! An invitation as a part of the message (RFC 5545, RFC 5546, RFC 6047).
//!
//! The template says what the event is. It is read according to the grammar: nested components, and
//! each value by the type of its property. What a mail program needs to show its buttons is added
//! if the template leaves it out: METHOD, organiser and attendee, a UID that stays the same in
//! every mailing of the campaign, so that a later message moves the event instead of adding a
//! second one, and the time zones that it names. What no calendar program would understand is a
//! fault of the row.

mod around;
mod durations;
mod ends;
mod fault;
mod invited;
mod kinds;
mod line;
mod mixed;
mod moments;
mod property;
mod rules;
mod scalars;
mod settle;
mod text;
mod tree;
mod windows;
mod zones;

use std::cell::RefCell;
use std::collections::BTreeMap;

use around::Around;

use crate::recipients::Recipient;
use crate::words::say;
pub(super) use fault::{Fault, shown};
pub(super) use invited::Invitation;
use invited::{invite, is_event};
use property::{Property, Settled};
use tree::Component;

/// A calendar file as it goes into a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Calendar {
    /// What it is for: REQUEST, PUBLISH, CANCEL or REPLY.
    pub(super) method: String,
    /// With CRLF line ends, and folded.
    pub(super) text: String,
}

/// The calendar file with everything that mail programs look for; `marked` is what the template
/// came to, its values and lines marked.
///
/// # Errors
/// What is wrong with it.
pub(super) fn complete(
    marked: &str,
    of: &Invitation<'_>,
    recipient: &Recipient,
) -> Result<Calendar, Vec<Fault>> {
    let root = tree::of(line::lines(marked).map_err(one)?).map_err(one)?;
    let method = method(&root).map_err(one)?;
    let zones = root.inner.iter().filter(|inner| inner.name == "VTIMEZONE");
    let around = Around {
        row: of.row,
        own: zones
            .filter_map(|zone| Some(zone.line("TZID")?.value.as_str().trim().to_owned()))
            .collect(),
        needed: RefCell::new(BTreeMap::new()),
    };
    let mut faults = Vec::new();
    let mut calendar = settle::component(&root, None, &around, &mut faults);
    finish(&root, &mut calendar, &method, &mut faults);
    invite(&root, &mut calendar, &method, of, recipient, &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    for needed in around.needed.borrow().values() {
        calendar
            .supplied
            .extend_from_slice(&zones::component(&needed.zone, needed.first, needed.last));
    }
    let mut text = String::with_capacity(marked.len() + 512);
    calendar.write(&mut text);
    Ok(Calendar { method, text })
}

fn one(fault: Fault) -> Vec<Fault> {
    vec![fault]
}

fn method(root: &Component) -> Result<String, Fault> {
    let line = root.line("METHOD");
    let written = line.map_or("", |line| line.value.as_str().trim());
    let method = if written.is_empty() {
        "REQUEST".to_owned()
    } else {
        written.to_ascii_uppercase()
    };
    if matches!(method.as_str(), "REQUEST" | "PUBLISH" | "CANCEL" | "REPLY") {
        return Ok(method);
    }
    let what = say!("message-calendar-method", method = shown(&method));
    let fault = Fault::new(what, say!("message-calendar-method-hint"));
    Err(fault
        .at(line.and_then(|line| line.mark.as_ref()))
        .of(line.and_then(|line| line.value.first_value())))
}

/// What the calendar itself lacks, in front of what it has.
fn finish(root: &Component, calendar: &mut Settled, method: &str, faults: &mut Vec<Fault>) {
    for (name, value) in [("PRODID", "-//mailshot//EN"), ("VERSION", "2.0")] {
        if calendar
            .get(name)
            .is_none_or(|property| property.value.is_empty())
        {
            calendar.properties.retain(|property| property.name != name);
            calendar.properties.insert(0, Property::new(name, value));
        }
    }
    calendar.properties.retain(|property| property.name != "METHOD");
    calendar.properties.push(Property::new("METHOD", method));
    if !calendar
        .inner
        .iter()
        .any(|inner| is_event(&inner.name) || inner.name == "VFREEBUSY")
    {
        let what = say!("message-calendar-no-event");
        faults.push(Fault::new(what, say!("message-calendar-no-event-hint")).at(root.mark.as_ref()));
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use lettre::message::Mailbox;

    use super::*;
    use crate::recipients::Key;
    use crate::table::Row;

    fn recipient() -> Recipient {
        let mailbox = |text: &str| text.parse::<Mailbox>().unwrap();
        Recipient {
            row: 2,
            key: Key::typed("ada@example.org"),
            from: mailbox("\"Registrar, the\" <registrar@uni.example>"),
            more_from: Vec::new(),
            sender: None,
            to: mailbox("Ada <ada@example.org>"),
            cc: Vec::new(),
            bcc: Vec::new(),
            reply_to: Vec::new(),
            return_path: mailbox("registrar@uni.example").email,
        }
    }

    fn completed(text: &str) -> Result<Calendar, Vec<Fault>> {
        let of = Invitation {
            campaign: "lecture",
            date: Timestamp::from_second(1_790_000_000).unwrap(),
            row: &Row::new(2, Vec::new()),
        };
        complete(text, &of, &recipient())
    }

    const SHORT: &str = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261201T090000Z\nSUMMARY:Lecture\nEND:VEVENT\nEND:VCALENDAR\n";

    #[test]
    fn what_buttons_need_is_added_and_the_rest_stays() {
        let calendar = completed(SHORT).unwrap();
        assert_eq!(calendar.method, "REQUEST");
        let lines: Vec<_> = calendar.text.split_terminator("\r\n").collect();
        assert_eq!(
            lines[..5],
            [
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                "PRODID:-//mailshot//EN",
                "METHOD:REQUEST",
                "BEGIN:VEVENT"
            ]
        );
        assert!(
            lines[7].starts_with("UID:") && lines[7].ends_with("@uni.example"),
            "{}",
            lines[7]
        );
        assert_eq!(lines[8], "DTSTAMP:20260921T141320Z");
        assert_eq!(
            lines[9],
            "ORGANIZER;CN=\"Registrar, the\":mailto:registrar@uni.example"
        );
        assert_eq!(
            lines[10],
            "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=\"Ada\":mail"
        );
        assert_eq!(lines[11], " to:ada@example.org");
        // Complete, it stays as it is.
        assert_eq!(completed(&calendar.text).unwrap(), calendar);
    }

    #[test]
    fn a_published_event_asks_nobody() {
        let text = SHORT.replace("BEGIN:VEVENT", "METHOD:PUBLISH\nBEGIN:VEVENT");
        let calendar = completed(&text).unwrap();
        assert_eq!(calendar.method, "PUBLISH");
        assert!(!calendar.text.contains("ATTENDEE") && !calendar.text.contains("ORGANIZER"));
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let summary = "\u{6559}\u{5ba4}\u{1f4da}".repeat(30);
        let calendar = completed(&SHORT.replace("Lecture", &summary)).unwrap();
        assert!(
            calendar.text.lines().all(|line| line.len() <= 75),
            "{}",
            calendar.text
        );
        assert!(calendar.text.replace("\r\n ", "").contains(&summary));
    }

    #[test]
    fn what_is_no_calendar_file_is_told() {
        for (text, why) in [
            ("Hello".to_owned(), "the calendar file cannot be read at `Hello`"),
            (
                SHORT.replace("SUMMARY:", "SUMMARY "),
                "the calendar file cannot be read at `SUMMARY Lecture`",
            ),
            (SHORT.replace("DTSTART", "COMMENT"), "the event has no DTSTART"),
            (
                SHORT.replace("VEVENT", "X-EVENT"),
                "the calendar file has no event: there is no BEGIN:VEVENT between BEGIN:VCALENDAR and END:VCALENDAR",
            ),
            (
                SHORT.replace("END:VEVENT\n", ""),
                "END:VCALENDAR comes before BEGIN:VEVENT is ended",
            ),
            (
                SHORT.replace("BEGIN:VEVENT", "METHOD:COUNTER\nBEGIN:VEVENT"),
                "the calendar file has the METHOD `COUNTER`",
            ),
        ] {
            let faults = completed(&text).unwrap_err();
            assert_eq!(
                faults
                    .iter()
                    .map(|fault| fault.what.to_string())
                    .collect::<Vec<_>>(),
                [why],
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_inside_of_an_event_is_not_the_event() {
        let alarm = "BEGIN:VALARM\nUID:ALARM-1\nACTION:EMAIL\nATTENDEE:mailto:eve@example.org\nTRIGGER:-PT15M\nEND:VALARM\nEND:VEVENT";
        let calendar = completed(&SHORT.replace("END:VEVENT", alarm)).unwrap();
        let (event, alarm) = calendar.text.split_once("BEGIN:VALARM").unwrap();
        for name in [
            "\nUID:",
            "\nATTENDEE;",
            "\nORGANIZER;",
            "\nDTSTAMP:",
            "\nSEQUENCE:0",
        ] {
            assert_eq!(event.matches(name).count(), 1, "{name} in {event}");
        }
        assert!(
            alarm.contains("\nUID:ALARM-1") && !alarm.contains("ORGANIZER"),
            "{alarm}"
        );
    }

    #[test]
    fn a_time_zone_comes_along_by_its_rule() {
        for (start, expected) in [
            (
                "TZID=Europe/Vienna:20261201T100000",
                "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
            ),
            (
                "TZID=America/New_York:20261201T100000",
                "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
            ),
            ("TZID=Asia/Shanghai:20261201T100000", "TZOFFSETTO:+0800"),
            ("TZID=China Standard Time:20261201T100000", "TZID:Asia/Shanghai"),
            (
                "TZID=\"(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi\":20261201T100000",
                "TZID:Asia/Shanghai",
            ),
            (
                "TZID=\"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna\":20261201T100000",
                "TZID:Europe/Amsterdam",
            ),
            (
                "TZID=/mozilla.org/20050126_1/Europe/Berlin:20261201T100000",
                "TZID:Europe/Berlin",
            ),
            (
                "TZID=Asia/Jerusalem:20261201T100000",
                "BYMONTHDAY=23,24,25,26,27,28,29;BYDAY=FR",
            ),
            ("TZID=Africa/Casablanca:20261201T100000", "TZOFFSETFROM:+0000"),
            ("TZID=Asia/Kolkata:20261201T100000", "TZOFFSETTO:+0530"),
        ] {
            let text = SHORT.replace("DTSTART:20261201T090000Z", &format!("DTSTART;{start}"));
            let calendar = completed(&text).unwrap();
            let plain = calendar.text.replace("\r\n ", "");
            assert!(
                plain.contains("BEGIN:VTIMEZONE\r\n") && plain.contains(expected),
                "{plain}"
            );
        }
    }
}
