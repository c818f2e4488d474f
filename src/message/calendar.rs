//! An invitation as a part of the message (RFC 5545, RFC 5546, RFC 6047).
//!
//! The template says what the event is. What makes a mail program show its
//! buttons is added where the template leaves it out: METHOD, who invites
//! whom, a UID that stays the same in every mailing of the campaign, so that a
//! later message moves the event instead of adding a second one.

use std::fmt;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use lettre::message::Mailbox;

use crate::recipients::Recipient;

use super::identity;

/// The longest line in octets (RFC 5545 §3.1).
const LINE: usize = 75;

/// A calendar file as it goes into a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Calendar {
    /// What it is for: REQUEST, PUBLISH or CANCEL.
    pub(super) method: String,
    /// With CRLF line ends, and folded.
    pub(super) text: String,
}

/// What an invitation's missing lines are made from.
pub(super) struct Invitation<'a> {
    pub(super) campaign: &'a str,
    pub(super) date: Timestamp,
}

/// Why a text is no calendar file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Why {
    Syntax(String),
    NoEvent,
    Missing(&'static str),
    Method(String),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(line) => write!(f, "is not one: it goes wrong at `{line}`"),
            Self::NoEvent => f.write_str(
                "holds no event: between BEGIN:VCALENDAR and END:VCALENDAR there is no BEGIN:VEVENT",
            ),
            Self::Missing(name) => write!(f, "has an event without {name}"),
            Self::Method(method) => write!(
                f,
                "has the METHOD `{method}`; possible are REQUEST, PUBLISH and CANCEL"
            ),
        }
    }
}

/// The calendar file with everything that mail programs look for.
pub(super) fn complete(text: &str, of: &Invitation<'_>, recipient: &Recipient) -> Result<Calendar, Why> {
    let lines = unfolded(text);
    well_formed(&lines)?;
    let method = value_of(&lines, "METHOD")
        .unwrap_or("REQUEST")
        .to_ascii_uppercase();
    if !matches!(method.as_str(), "REQUEST" | "PUBLISH" | "CANCEL") {
        return Err(Why::Method(method));
    }
    let mut out = String::with_capacity(text.len() + 256);
    let mut events = 0;
    for (i, line) in lines.iter().enumerate() {
        // What an event lacks comes at its end, what the calendar lacks at its beginning.
        if is(line, "END", "VEVENT") {
            let event = event_before(&lines, i);
            if value_of(event, "DTSTART").is_none() {
                return Err(Why::Missing("DTSTART (when it begins)"));
            }
            for line in missing(event, events, &method, of, recipient) {
                fold(&line, &mut out);
            }
            events += 1;
        }
        fold(line, &mut out);
        if is(line, "BEGIN", "VCALENDAR") {
            for (name, value) in [
                ("VERSION", "2.0"),
                ("PRODID", "-//mailshot//EN"),
                ("METHOD", method.as_str()),
            ] {
                if value_of(&lines, name).is_none() {
                    fold(&format!("{name}:{value}"), &mut out);
                }
            }
        }
    }
    if events == 0 {
        return Err(Why::NoEvent);
    }
    Ok(Calendar { method, text: out })
}

/// Whole lines, as they are before folding.
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.trim_end_matches('\r');
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            _ if line.trim().is_empty() => {}
            (Some(more), Some(last)) => last.push_str(more),
            _ => lines.push(line.trim_end().to_owned()),
        }
    }
    lines
}

fn well_formed(lines: &[String]) -> Result<(), Why> {
    let name = |line: &String| {
        let end = line.find([':', ';'])?;
        let name = line.get(..end)?;
        let good = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        (good && line.contains(':')).then_some(())
    };
    let shortened = |line: &str| line.chars().take(60).collect::<String>();
    if let Some(bad) = lines.iter().find(|line| name(line).is_none()) {
        return Err(Why::Syntax(shortened(bad)));
    }
    let text = lines.join("\r\n") + "\r\n";
    match icalendar::parser::read_calendar(&text) {
        Ok(calendar) if calendar.components.is_empty() => Err(Why::NoEvent),
        Ok(_) => Ok(()),
        Err(_) => Err(Why::Syntax(shortened(lines.first().map_or("", String::as_str)))),
    }
}

fn is(line: &str, name: &str, value: &str) -> bool {
    let parts = line.split_once(':');
    parts.is_some_and(|(n, v)| n.eq_ignore_ascii_case(name) && v.trim().eq_ignore_ascii_case(value))
}

/// The lines of the event that ends at `end`.
fn event_before(lines: &[String], end: usize) -> &[String] {
    let lines = lines.get(..end).unwrap_or_default();
    let start = lines.iter().rposition(|line| is(line, "BEGIN", "VEVENT"));
    lines.get(start.unwrap_or(0)..).unwrap_or_default()
}

fn value_of<'l>(lines: &'l [String], name: &str) -> Option<&'l str> {
    lines.iter().find_map(|line| {
        let (property, value) = line.split_once(':')?;
        let property = property.split(';').next()?;
        property.eq_ignore_ascii_case(name).then_some(value.trim())
    })
}

fn missing(
    event: &[String],
    index: usize,
    method: &str,
    of: &Invitation<'_>,
    recipient: &Recipient,
) -> Vec<String> {
    let mut lines = Vec::new();
    let mut add = |name: &str, line: &dyn Fn() -> String| {
        if value_of(event, name).is_none() {
            lines.push(line());
        }
    };
    let domain = recipient.from.email.domain();
    add("UID", &|| {
        let token = identity::event(of.campaign, &recipient.key, index);
        format!("UID:{token}@{domain}")
    });
    add("DTSTAMP", &|| {
        let stamp = of
            .date
            .to_zoned_datetime(TimeZone::UTC)
            .strftime("%Y%m%dT%H%M%SZ");
        format!("DTSTAMP:{stamp}")
    });
    if method != "PUBLISH" {
        add("ORGANIZER", &|| format!("ORGANIZER{}", person(&recipient.from)));
        add("ATTENDEE", &|| {
            let who = person(&recipient.to);
            format!("ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE{who}")
        });
    }
    lines
}

/// `;CN="name":mailto:address`
fn person(mailbox: &Mailbox) -> String {
    let name = mailbox.name.as_deref().map(|name| {
        // A parameter has no way to hold a quote.
        let name: String = name.chars().filter(|c| !c.is_control()).collect();
        format!(";CN=\"{}\"", name.replace('"', "'"))
    });
    format!("{}:mailto:{}", name.unwrap_or_default(), mailbox.email)
}

/// A line in as many as it takes, none over 75 octets, no character torn apart.
fn fold(line: &str, out: &mut String) {
    let mut column = 0;
    for c in line.chars() {
        if column + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            column = 1;
        }
        out.push(c);
        column += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recipients::Key;

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

    fn completed(text: &str) -> Result<Calendar, Why> {
        let of = Invitation {
            campaign: "lecture",
            date: Timestamp::from_second(1_790_000_000).unwrap(),
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
            calendar.text.lines().all(|line| line.len() <= LINE),
            "{}",
            calendar.text
        );
        assert!(calendar.text.replace("\r\n ", "").contains(&summary));
    }

    #[test]
    fn what_is_no_calendar_file_is_told() {
        for (text, why) in [
            ("Hello".to_owned(), Why::Syntax("Hello".to_owned())),
            (
                SHORT.replace("SUMMARY:", "SUMMARY "),
                Why::Syntax("SUMMARY Lecture".to_owned()),
            ),
            (
                SHORT.replace("DTSTART", "DTEND"),
                Why::Missing("DTSTART (when it begins)"),
            ),
            (SHORT.replace("VEVENT", "VTODO"), Why::NoEvent),
            (
                SHORT.replace("END:VEVENT\n", ""),
                Why::Syntax("BEGIN:VCALENDAR".to_owned()),
            ),
            (
                SHORT.replace("BEGIN:VEVENT", "METHOD:COUNTER\nBEGIN:VEVENT"),
                Why::Method("COUNTER".to_owned()),
            ),
        ] {
            assert_eq!(completed(&text), Err(why), "{text}");
        }
    }
}
