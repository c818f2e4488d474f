//! The context in which the lines of a component are read: the row's cells, and time zones.

use std::cell::RefCell;
use std::collections::BTreeMap;

use jiff::civil::DateTime;

use crate::table::Row;
use crate::words::say;

use super::fault::{Fault, shown};
use super::line::Line;
use super::mixed::Mixed;
use super::moments::{self, Wanted, When};
use super::zones::{self, Zone};

/// The time that the events of a zone take.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Needed {
    pub(super) zone: Zone,
    pub(super) first: DateTime,
    /// Of all but those that go on for ever.
    pub(super) last: Option<DateTime>,
}

/// What is known besides the lines of a component.
pub(super) struct Around<'r> {
    pub(super) row: &'r Row,
    /// TZIDs that the file says itself what they are.
    pub(super) own: Vec<String>,
    /// Those it does not, by name.
    pub(super) needed: RefCell<BTreeMap<String, Needed>>,
}

impl Around<'_> {
    pub(super) fn need(&self, when: &When, last: Option<DateTime>) {
        let Some(zone) = when.zone().filter(|zone| !self.own.contains(&zone.name)) else {
            return;
        };
        let at = when.local();
        let mut needed = self.needed.borrow_mut();
        let of = needed.entry(zone.name.clone()).or_insert_with(|| Needed {
            zone: zone.clone(),
            first: at,
            last: Some(at),
        });
        of.first = of.first.min(at);
        of.last = of.last.zip(last).map(|(one, other)| one.max(other).max(at));
    }

    /// The zone that a line names.
    pub(super) fn zone(&self, line: &Line) -> Result<Option<Zone>, Fault> {
        let Some(tzid) = line.param("TZID").filter(|tzid| !tzid.is_empty()) else {
            return Ok(None);
        };
        if self.own.iter().any(|own| own == tzid) {
            return Ok(Some(Zone {
                name: tzid.to_owned(),
                rules: zones::find(tzid).and_then(|zone| zone.rules),
            }));
        }
        zones::find(tzid).map(Some).ok_or_else(|| {
            let near = zones::nearest(tzid).unwrap_or("Europe/Vienna");
            Fault::new(
                say!("message-calendar-no-zone", zone = shown(tzid)),
                say!("message-calendar-no-zone-hint", near = near),
            )
        })
    }
}

/// The value of a line; where it has no zone, that of the event's beginning.
pub(super) fn when(
    line: &Line,
    value: &Mixed,
    start: Option<&When>,
    around: &Around<'_>,
) -> Result<When, Fault> {
    let wanted = match line.param("VALUE").map(str::to_ascii_uppercase).as_deref() {
        Some("DATE") => Wanted::Day,
        Some("DATE-TIME") => Wanted::Time,
        Some(_) | None => Wanted::Either,
    };
    let zone = around.zone(line)?.filter(|_| wanted != Wanted::Day);
    // DATE-TIME in UTC has no TZID (§3.2.19).
    let utc = zone
        .as_ref()
        .is_some_and(|zone| matches!(zone.name.as_str(), "UTC" | "Etc/UTC" | "GMT" | "Etc/GMT"));
    let when = moments::read(value, around.row, zone.as_ref(), wanted, &line.name)?;
    let when = match (when, start) {
        (When::At(local, _), _) if utc => When::Utc(local),
        (When::Floating(local), Some(When::At(_, zone))) => When::At(local, zone.clone()),
        (when, _) => when,
    };
    around.need(&when, Some(when.local()));
    Ok(when)
}
