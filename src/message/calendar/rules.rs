//! RECUR (RFC 5545 §3.3.10), from what templates and cells write.

use jiff::civil::Time;

use crate::words::{Said, say};

use super::fault::{Fault, shown};
use super::moments::{Wanted, When, of_text};

const FREQUENCIES: [&str; 7] = [
    "SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY",
];

const DAYS: [(&str, &str); 7] = [
    ("MO", "MONDAY"),
    ("TU", "TUESDAY"),
    ("WE", "WEDNESDAY"),
    ("TH", "THURSDAY"),
    ("FR", "FRIDAY"),
    ("SA", "SATURDAY"),
    ("SU", "SUNDAY"),
];

/// A rule as written in a file, for an event that begins at `start`; and how long it continues.
pub(super) struct Rule {
    pub(super) written: String,
    pub(super) until: Option<When>,
}

/// Reads a rule.
pub(super) fn rule(text: &str, start: Option<&When>) -> Result<Rule, Fault> {
    let text = text.trim().trim_end_matches(';');
    // A line that was copied from a calendar file begins with its name.
    let text = text
        .get(..6)
        .filter(|name| name.eq_ignore_ascii_case("RRULE:"))
        .map_or(text, |_| text.get(6..).unwrap_or_default());
    let wrong = |what: Said| Fault::new(what, say!("message-calendar-rule-hint"));
    let mut parts: Vec<(String, String)> = Vec::new();
    let mut until = None;
    for part in text
        .split([';', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let (name, value) = part
            .split_once('=')
            .ok_or_else(|| wrong(say!("message-calendar-rule-part", part = shown(part))))?;
        let (name, value) = (name.trim().to_ascii_uppercase(), value.trim());
        if parts.iter().any(|(known, _)| *known == name) {
            return Err(wrong(say!("message-calendar-rule-twice", name = name)));
        }
        let value = if name == "UNTIL" {
            let end = end(value, start)?;
            let written = end.written();
            until = Some(end);
            written
        } else {
            of_part(&name, value)
                .ok_or_else(|| wrong(say!("message-calendar-rule-part", part = shown(part))))?
        };
        parts.push((name, value));
    }
    let has = |wanted: &str| parts.iter().any(|(name, _)| name == wanted);
    if !has("FREQ") {
        return Err(wrong(say!("message-calendar-rule-freq", rule = shown(text))));
    }
    if has("COUNT") && has("UNTIL") {
        return Err(wrong(say!("message-calendar-rule-both")));
    }
    if let (Some(end), Some(start)) = (&until, start)
        && end.compared(start).is_some_and(std::cmp::Ordering::is_lt)
    {
        return Err(wrong(say!("message-calendar-rule-ends")));
    }
    // FREQ in front: some programs of old want it there.
    parts.sort_by_key(|(name, _)| name != "FREQ");
    let parts: Vec<_> = parts
        .into_iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    Ok(Rule {
        written: parts.join(";"),
        until,
    })
}

/// UNTIL is a day of an event of whole days, in UTC where the event has a zone, else as the event is.
fn end(value: &str, start: Option<&When>) -> Result<When, Fault> {
    let zone = start.and_then(When::zone);
    let read = of_text(value, zone, Wanted::Either, "UNTIL")
        .or_else(|fault| of_text(value, None, Wanted::Day, "UNTIL").map_err(|_| fault))?;
    let (Some(start), end) = (start, read) else {
        return of_text(value, None, Wanted::Either, "UNTIL");
    };
    Ok(match (start, end) {
        (When::Day(_), When::Day(day)) => When::Day(day),
        (When::Day(_), end) => When::Day(end.local().date()),
        (start, When::Day(day)) => {
            // The last day is one of the event's.
            let last = day.to_datetime(Time::constant(23, 59, 59, 0));
            match start {
                When::Utc(_) => When::Utc(last),
                When::At(_, zone) => {
                    let at = When::At(last, zone.clone());
                    at.in_utc().unwrap_or(When::Utc(last))
                }
                When::Day(_) | When::Floating(_) => When::Floating(last),
            }
        }
        (When::Floating(_), end) => When::Floating(end.local()),
        (_, end @ When::At(..)) => end.in_utc().unwrap_or_else(|| When::Utc(end.local())),
        (_, end) => When::Utc(end.local()),
    })
}

/// One part except for UNTIL, in its right letters.
fn of_part(name: &str, value: &str) -> Option<String> {
    let upper = value.to_ascii_uppercase();
    let integers = |low: i32, high: i32, signed: bool| -> Option<String> {
        let all: Option<Vec<String>> = upper
            .split(',')
            .map(|part| {
                let number: i32 = part.trim().parse().ok()?;
                let size = number.abs();
                let good = (low..=high).contains(&size) && (signed || number >= 0);
                good.then(|| number.to_string())
            })
            .collect();
        Some(all?.join(","))
    };
    match name {
        "FREQ" => FREQUENCIES.contains(&upper.as_str()).then_some(upper),
        "COUNT" | "INTERVAL" => {
            let whole = upper.strip_suffix(".0").unwrap_or(&upper);
            let number: u32 = whole.parse().ok()?;
            (number > 0).then(|| number.to_string())
        }
        "BYDAY" => {
            let all: Option<Vec<String>> = upper
                .split([',', ' '])
                .filter(|day| !day.is_empty())
                .map(day)
                .collect();
            all.filter(|days| !days.is_empty()).map(|days| days.join(","))
        }
        "WKST" => day(&upper).filter(|day| day.len() == 2),
        "BYSECOND" => integers(0, 60, false),
        "BYMINUTE" => integers(0, 59, false),
        "BYHOUR" => integers(0, 23, false),
        "BYMONTHDAY" => integers(1, 31, true),
        "BYYEARDAY" | "BYSETPOS" => integers(1, 366, true),
        "BYWEEKNO" => integers(1, 53, true),
        "BYMONTH" => integers(1, 12, false),
        "RSCALE" | "SKIP" => upper.bytes().all(|b| b.is_ascii_alphanumeric()).then_some(upper),
        _ => None,
    }
}

/// `TU`, `-1FR`, and a day's English name in whole or shortened.
fn day(text: &str) -> Option<String> {
    let letters = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'));
    let number = text.strip_suffix(letters)?;
    let nth: i32 = if number.is_empty() {
        1
    } else {
        number.parse().ok()?
    };
    let (short, _) = DAYS.iter().find(|(short, long)| {
        letters == *short
            || (letters.len() >= 3
                && (long.starts_with(letters) || long.starts_with(letters.trim_end_matches('.'))))
    })?;
    (nth != 0 && nth.abs() <= 53).then(|| format!("{number}{short}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_read_or_refused() {
        let day = When::Day(jiff::civil::Date::constant(2026, 12, 1));
        let utc = When::Utc(jiff::civil::Date::constant(2026, 12, 1).at(9, 0, 0, 0));
        let floating = When::Floating(utc.local());
        for (text, start, expected) in [
            (
                "FREQ=WEEKLY;COUNT=3;BYDAY=TU,TH",
                &utc,
                Some("FREQ=WEEKLY;COUNT=3;BYDAY=TU,TH"),
            ),
            (
                "RRULE:freq=weekly; byday=Tue, Thursday",
                &utc,
                Some("FREQ=WEEKLY;BYDAY=TU,TH"),
            ),
            (
                "COUNT=3;FREQ=MONTHLY;BYDAY=-1FR",
                &utc,
                Some("FREQ=MONTHLY;COUNT=3;BYDAY=-1FR"),
            ),
            (
                "FREQ=DAILY;UNTIL=2026-12-31",
                &utc,
                Some("FREQ=DAILY;UNTIL=20261231T235959Z"),
            ),
            (
                "FREQ=DAILY;UNTIL=20261231T090000",
                &utc,
                Some("FREQ=DAILY;UNTIL=20261231T090000Z"),
            ),
            (
                "FREQ=DAILY;UNTIL=20261231",
                &floating,
                Some("FREQ=DAILY;UNTIL=20261231T235959"),
            ),
            (
                "FREQ=DAILY;UNTIL=20261231T090000Z",
                &day,
                Some("FREQ=DAILY;UNTIL=20261231"),
            ),
            ("FREQ=DAILY;UNTIL=20251231", &utc, None),
            ("FREQ=DAILY;COUNT=3;UNTIL=20261231", &utc, None),
            ("FREQ=FORTNIGHTLY", &utc, None),
            ("every week", &utc, None),
            ("COUNT=3", &utc, None),
            ("FREQ=WEEKLY;BYDAY=DI", &utc, None),
            ("FREQ=WEEKLY;COUNT=0", &utc, None),
            ("FREQ=WEEKLY;FREQ=DAILY", &utc, None),
        ] {
            let found = rule(text, Some(start)).ok().map(|rule| rule.written);
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
