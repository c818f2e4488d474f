//! DATE and DATE-TIME (RFC 5545 §3.3.4, §3.3.5), from what templates, cells and filters write.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

use crate::table::Row;
use crate::table::cell::{Moment, is_time};
use crate::table::spelled::{self, Spelled, Unsure};
use crate::words::say;

use super::fault::{Fault, shown};
use super::mixed::Mixed;
use super::zones::Zone;

/// A day or a point in time, as a calendar file has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum When {
    Day(Date),
    /// Wherever the reader is.
    Floating(DateTime),
    Utc(DateTime),
    At(DateTime, Zone),
}

impl When {
    /// The zone that its clock shows.
    pub(super) fn zone(&self) -> Option<&Zone> {
        match self {
            Self::At(_, zone) => Some(zone),
            Self::Day(_) | Self::Floating(_) | Self::Utc(_) => None,
        }
    }

    /// What its clock shows; of a day, its beginning.
    pub(super) fn local(&self) -> DateTime {
        match self {
            Self::Day(day) => day.to_datetime(jiff::civil::Time::midnight()),
            Self::Floating(local) | Self::Utc(local) | Self::At(local, _) => *local,
        }
    }

    /// The point in time, where it is known.
    pub(super) fn instant(&self) -> Option<Timestamp> {
        match self {
            Self::Day(_) | Self::Floating(_) => None,
            Self::Utc(local) => TimeZone::UTC.to_timestamp(*local).ok(),
            Self::At(local, zone) => zone.rules.as_ref()?.to_timestamp(*local).ok(),
        }
    }

    /// The same in UTC, where that is known.
    pub(super) fn in_utc(&self) -> Option<Self> {
        let utc = self.instant()?.to_zoned_datetime(TimeZone::UTC);
        Some(Self::Utc(utc.datetime()))
    }

    /// As written in a file.
    pub(super) fn written(&self) -> String {
        match self {
            Self::Day(day) => day.strftime("%Y%m%d").to_string(),
            Self::Floating(local) | Self::At(local, _) => local.strftime("%Y%m%dT%H%M%S").to_string(),
            Self::Utc(local) => local.strftime("%Y%m%dT%H%M%SZ").to_string(),
        }
    }

    /// Whether this is before, at or after another; `None` where nobody knows.
    pub(super) fn compared(&self, other: &Self) -> Option<std::cmp::Ordering> {
        match (self.instant(), other.instant()) {
            (Some(one), Some(other)) => Some(one.cmp(&other)),
            (one, two) if one.is_none() && two.is_none() && self.zone() == other.zone() => {
                Some(self.local().cmp(&other.local()))
            }
            _ => None,
        }
    }
}

/// What a value may be, by its parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// VALUE=DATE
    Day,
    /// VALUE=DATE-TIME
    Time,
    /// What it is.
    Either,
}

/// A value as a day or a point in time; what has no zone of its own is in `zone`.
pub(super) fn read(
    value: &Mixed,
    row: &Row,
    zone: Option<&Zone>,
    wanted: Wanted,
    name: &str,
) -> Result<When, Fault> {
    let text = assembled(value, row);
    of_text(&text, zone, wanted, name)
}

/// The same of a text.
pub(super) fn of_text(text: &str, zone: Option<&Zone>, wanted: Wanted, name: &str) -> Result<When, Fault> {
    let shown = shown(text);
    let spelled = spelled::of(text).map_err(|why| unsure(why, &shown, name))?;
    let zoned = |zoned: &ZonedDateTime| in_zone(zoned, zone);
    match (spelled, wanted) {
        (Spelled::Time(_), _) => Err(Fault::new(
            say!("message-calendar-time-alone", value = shown, name = name),
            say!("message-calendar-time-alone-hint", name = name),
        )),
        (Spelled::Day(day), Wanted::Day | Wanted::Either) if zone.is_none() || wanted == Wanted::Day => {
            Ok(When::Day(day))
        }
        (Spelled::Day(_), _) => Err(Fault::new(
            say!("message-calendar-day-alone", value = shown, name = name),
            say!("message-calendar-day-alone-hint", name = name),
        )),
        (Spelled::Local(local), Wanted::Day) if local.time() == jiff::civil::Time::midnight() => {
            Ok(When::Day(local.date()))
        }
        (Spelled::Local(_) | Spelled::Zoned(_), Wanted::Day) => Err(Fault::new(
            say!("message-calendar-day-with-time", value = shown, name = name),
            say!("message-calendar-day-with-time-hint", name = name),
        )),
        (Spelled::Local(local), _) => Ok(match zone {
            Some(zone) => When::At(local, zone.clone()),
            None => When::Floating(local),
        }),
        (Spelled::Zoned(moment), _) => Ok(zoned(&moment)),
    }
}

/// A point in time in the zone that the property names, else in its own where that has a name.
fn in_zone(moment: &ZonedDateTime, zone: Option<&Zone>) -> When {
    let rules = zone.and_then(|zone| Some((zone, zone.rules.clone()?)));
    if let Some((zone, rules)) = rules {
        return When::At(moment.with_time_zone(rules).datetime(), zone.clone());
    }
    let own = moment.time_zone();
    match own.iana_name() {
        Some(name) if name != "UTC" && zone.is_none() => {
            let zone = Zone {
                name: name.to_owned(),
                rules: Some(own.clone()),
            };
            When::At(moment.datetime(), zone)
        }
        Some(_) | None => When::Utc(moment.with_time_zone(TimeZone::UTC).datetime()),
    }
}

fn unsure(why: Unsure, shown: &str, name: &str) -> Fault {
    match why {
        Unsure::Ambiguous(one, other) => Fault::new(
            say!(
                "message-calendar-two-dates",
                value = shown,
                one = one.to_string(),
                other = other.to_string(),
                name = name
            ),
            say!(
                "message-calendar-two-dates-hint",
                one = one.to_string(),
                other = other.to_string()
            ),
        ),
        Unsure::ShortYear => Fault::new(
            say!("message-calendar-short-year", value = shown, name = name),
            say!("message-calendar-short-year-hint"),
        ),
        Unsure::Unknown if shown.is_empty() => Fault::new(
            say!("message-calendar-empty", name = name),
            say!("message-calendar-empty-hint", name = name),
        ),
        Unsure::Unknown => Fault::new(
            say!("message-calendar-no-date", value = shown, name = name),
            say!("message-calendar-no-date-hint", name = name),
        ),
    }
}

/// The text of a value, each cell of a workbook as what it is, whatever it shows.
pub(super) fn assembled(value: &Mixed, row: &Row) -> String {
    let alone = value.pieces().filter(|(text, _)| !text.trim().is_empty()).count() == 1;
    let mut text = String::new();
    let mut beside = false;
    for (piece, filled) in value.pieces() {
        if !filled {
            text.push_str(piece);
            beside = false;
            continue;
        }
        // Two cells beside each other are two words.
        if beside {
            text.push(' ');
        }
        beside = true;
        let piece = piece.trim();
        match cell(piece, row) {
            Some(is) if alone => {
                text.push_str(is);
                if !is.contains(['T', ':']) && piece.contains(':') {
                    text.push_str("T00:00:00");
                }
            }
            Some(is) => {
                let (day, time) = is
                    .split_once('T')
                    .unwrap_or(if is_time(is) { ("", is) } else { (is, "") });
                let behind_a_day = text.bytes().any(|octet| octet.is_ascii_digit());
                text.push_str(match (behind_a_day, day, time) {
                    (true, _, "") | (false, "", _) => piece,
                    (true, _, time) => time,
                    (false, day, _) => day,
                });
            }
            None => text.push_str(piece),
        }
    }
    text.trim().to_owned()
}

/// What a cell is that shows this, where that is a date and there is no doubt about it.
fn cell<'r>(shown: &str, row: &'r Row) -> Option<&'r str> {
    let mut found = row.members().flat_map(|row| {
        let cells = row
            .plain
            .iter()
            .filter(|(at, _)| row.fields.get(*at).is_some_and(|cell| cell.trim() == shown));
        cells
            .map(|(_, plain)| plain.as_str())
            .filter(|plain| is_time(plain) || Moment::of(plain).is_some())
    });
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}
