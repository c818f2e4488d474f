//! What an event needs to be an invitation (RFC 5546): organiser, attendee, and a UID.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use lettre::message::Mailbox;

use crate::message::identity;
use crate::recipients::Recipient;
use crate::table::Row;
use crate::words::{Said, say};

use super::fault::Fault;
use super::property::{Property, Settled};
use super::text;
use super::tree::Component;

/// What an invitation's missing lines are made from.
pub(in crate::message) struct Invitation<'a> {
    pub(in crate::message) campaign: &'a str,
    pub(in crate::message) date: Timestamp,
    pub(in crate::message) row: &'a Row,
}

pub(super) fn is_event(name: &str) -> bool {
    matches!(name, "VEVENT" | "VTODO" | "VJOURNAL")
}

/// What each event lacks, behind its properties and in front of what is inside of it.
pub(super) fn invite(
    root: &Component,
    calendar: &mut Settled,
    method: &str,
    of: &Invitation<'_>,
    recipient: &Recipient,
    faults: &mut Vec<Fault>,
) {
    let domain = recipient.from.email.domain();
    let mut index = 0;
    let mut main_uid: Option<String> = None;
    let mut seen: Vec<(String, Option<String>)> = Vec::new();
    for (event, written) in calendar.inner.iter_mut().zip(&root.inner) {
        if !is_event(&event.name) {
            continue;
        }
        let mut lacks = |name: &str, help: Said| {
            let what = if event.name == "VTODO" {
                say!("message-calendar-task-lacks", name = name)
            } else {
                say!("message-calendar-event-lacks", name = name)
            };
            faults.push(Fault::new(what, help).at(written.mark.as_ref()));
        };
        let begins = event.name != "VEVENT" || matches!(method, "CANCEL" | "REPLY");
        if written.line("DTSTART").is_none() && !begins {
            lacks("DTSTART", say!("message-calendar-lacks-start-hint"));
        }
        let again = event.get("RECURRENCE-ID").map(|property| property.value.clone());
        if method == "REPLY" {
            for name in ["UID", "ORGANIZER", "ATTENDEE"] {
                if event.get(name).is_none() {
                    lacks(name, say!("message-calendar-reply-hint"));
                }
            }
        }
        // One of a row of events has the UID of all of them.
        let uid = match (&again, &main_uid) {
            (Some(_), Some(main)) => main.clone(),
            _ => format!("{}@{domain}", identity::event(of.campaign, &recipient.key, index)),
        };
        if event.get("UID").is_some_and(|uid| uid.value.is_empty()) {
            event.properties.retain(|property| property.name != "UID");
        }
        event.add("UID", uid);
        let stamp = of.date.to_zoned_datetime(TimeZone::UTC);
        event.add("DTSTAMP", stamp.strftime("%Y%m%dT%H%M%SZ").to_string());
        if method != "PUBLISH" {
            if event.get("ORGANIZER").is_none() {
                event.properties.push(person("ORGANIZER", &[], &recipient.from));
            }
            if event.get("ATTENDEE").is_none() {
                let asked = [
                    ("ROLE", "REQ-PARTICIPANT"),
                    ("PARTSTAT", "NEEDS-ACTION"),
                    ("RSVP", "TRUE"),
                ];
                event.properties.push(person("ATTENDEE", &asked, &recipient.to));
            }
        }
        match method {
            "REQUEST" => event.add("SEQUENCE", "0"),
            "CANCEL" => {
                event.add("SEQUENCE", "1");
                event.add("STATUS", "CANCELLED");
            }
            _ => {}
        }
        let uid = event.get("UID").map(|uid| uid.value.clone()).unwrap_or_default();
        let this = (uid.clone(), again.clone());
        if seen.contains(&this) {
            let what = say!("message-calendar-same-uid", uid = &uid);
            let help = say!("message-calendar-same-uid-hint");
            let line = written.line("UID");
            faults.push(
                Fault::new(what, help).at(line.map_or(written.mark.as_ref(), |line| line.mark.as_ref())),
            );
        }
        seen.push(this);
        if again.is_none() {
            main_uid = Some(uid);
        }
        index += 1;
    }
}

/// `;CN="name":mailto:address`
fn person(name: &str, params: &[(&str, &str)], mailbox: &Mailbox) -> Property {
    let common = mailbox
        .name
        .as_deref()
        .map(|name| ("CN".to_owned(), text::quoted(name)));
    let params = params
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Property {
        params: params.chain(common).collect(),
        ..Property::new(name, text::mailto(&mailbox.email))
    }
}
