//! A component's lines -> its properties: each value by the type of its property.

use crate::words::say;

use super::around::{Around, when};
use super::durations;
use super::ends;
use super::fault::Fault;
use super::kinds::{self, Kind};
use super::line::Line;
use super::mixed::Mixed;
use super::moments::{self, Wanted, When};
use super::property::{Property, Settled};
use super::rules;
use super::scalars::{geo, integer, plain, word};
use super::text;
use super::tree::Component;

/// The properties of a component; all that is wrong goes to `faults`.
pub(super) fn component(
    of: &Component,
    start: Option<&When>,
    around: &Around<'_>,
    faults: &mut Vec<Fault>,
) -> Settled {
    let is_event = matches!(of.name.as_str(), "VEVENT" | "VTODO" | "VJOURNAL");
    let own = is_event.then(|| begin(of, around)).flatten();
    let start = if is_event { own.as_ref() } else { start };
    let mut settled = Settled {
        name: of.name.clone(),
        ..Settled::default()
    };
    let mut until = None;
    let mut endless = false;
    for line in &of.lines {
        match property(line, start, around) {
            Ok(Some(Made { property, rule })) => {
                if let Some(end) = rule {
                    endless = end.is_none();
                    until = end;
                }
                if is_event
                    && kinds::ONCE.contains(&property.name.as_str())
                    && settled.get(&property.name).is_some()
                {
                    let what = say!("message-calendar-twice", name = &property.name);
                    faults.push(Fault::new(what, say!("message-calendar-twice-hint")).at(line.mark.as_ref()));
                } else {
                    settled.properties.push(property);
                }
            }
            Ok(None) => {}
            Err(fault) => faults.push(fault.at(line.mark.as_ref()).of(line.value.first_value())),
        }
    }
    if let Some(start) = start.filter(|_| is_event) {
        let last = until.as_ref().map_or(start.local(), When::local);
        around.need(start, (!endless).then_some(last));
        ends::duration(of, &mut settled, start, around, faults);
    }
    for inner in &of.inner {
        settled.inner.push(component(inner, start, around, faults));
    }
    if of.name == "VALARM"
        && settled
            .get("ACTION")
            .is_some_and(|action| action.value.eq_ignore_ascii_case("DISPLAY"))
    {
        settled.add("DESCRIPTION", "Reminder");
    }
    settled
}

/// When the component begins; a fault in that is reported at its line.
fn begin(of: &Component, around: &Around<'_>) -> Option<When> {
    let line = of.line("DTSTART")?;
    when(line, &line.value, None, around).ok()
}

struct Made {
    property: Property,
    /// It is a rule, which ends then, or nobody here works out when.
    rule: Option<Option<When>>,
}

/// A line as a property; none where nothing was filled in.
fn property(line: &Line, start: Option<&When>, around: &Around<'_>) -> Result<Option<Made>, Fault> {
    let kind = kinds::of(&line.name, line.param("VALUE"));
    let is_text = matches!(kind, Kind::Text | Kind::Texts | Kind::Other);
    let is_empty = line.value.as_str().trim().is_empty();
    if is_empty && !is_text && line.name != "DTSTART" {
        return Ok(None);
    }
    let mut property = Property::new(&line.name, "");
    for param in &line.params {
        let values: Vec<String> = param
            .values
            .iter()
            .map(|value| text::parameter(&value.text, value.quoted))
            .collect();
        let values = values.join(",");
        // A parameter that nothing was filled into says nothing.
        if !matches!(values.as_str(), "" | "\"\"") {
            property.params.push((param.name.clone(), values));
        }
    }
    let html = line
        .param("FMTTYPE")
        .is_some_and(|kind| kind.eq_ignore_ascii_case("text/html"));
    let trimmed = line.value.as_str().trim();
    let mut rule = None;
    property.value = match kind {
        Kind::Text => text::text(&line.value, false, html),
        Kind::Texts => text::text(&line.value, true, html),
        Kind::Other => text::other(&line.value, html),
        Kind::Uri => text::uri(&line.value, &line.name)?,
        Kind::Person => match text::person(&line.value, &line.name)? {
            Some(person) => person,
            None => return Ok(None),
        },
        Kind::When => {
            let when = when(line, &line.value, start, around)?;
            describe(&mut property, &when);
            when.written()
        }
        Kind::Whens => several(line, start, around, &mut property)?,
        Kind::Stamp => stamp(line, around, &mut property)?,
        Kind::Rule => {
            let made = rules::rule(trimmed, start)?;
            rule = Some(made.until);
            made.written
        }
        Kind::Duration => {
            let duration = durations::read(trimmed, &line.name)?;
            let in_days =
                matches!(start, Some(When::Day(_))) || trimmed.to_ascii_uppercase().contains(['D', 'W']);
            durations::written(
                duration,
                in_days && line.name != "TRIGGER" || trimmed.ends_with(['D', 'W']),
            )
        }
        Kind::Integer(low, high) => integer(trimmed, &line.name, low, high)?,
        Kind::Geo => geo(trimmed)?,
        Kind::Word(words) => word(trimmed, &line.name, words)?,
        Kind::Plain => plain(trimmed, &line.name)?,
    };
    Ok(Some(Made { property, rule }))
}

/// The parameters that a day or a point in time needs.
fn describe(property: &mut Property, when: &When) {
    match when {
        When::Day(_) => {
            property.set("TZID", None);
            property.set("VALUE", Some("DATE".to_owned()));
        }
        When::Floating(_) | When::Utc(_) => {
            property.set("TZID", None);
            property.set("VALUE", None);
        }
        When::At(_, zone) => {
            let mut name = Mixed::default();
            name.push(&zone.name, false);
            property.set("VALUE", None);
            property.set("TZID", Some(text::parameter(&name, false)));
        }
    }
}

/// EXDATE and RDATE: of the event's own type; a day alone is the event's that begins on it.
fn several(
    line: &Line,
    start: Option<&When>,
    around: &Around<'_>,
    property: &mut Property,
) -> Result<String, Fault> {
    let mut all = Vec::new();
    let assembled = moments::assembled(&line.value, around.row);
    let zone = around.zone(line)?;
    for part in assembled
        .split([',', ';', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let read = moments::of_text(part, None, Wanted::Either, &line.name)?;
        let read = match (read, zone.as_ref().or(start.and_then(When::zone))) {
            (When::Floating(local), Some(zone)) => When::At(local, zone.clone()),
            (read, _) => read,
        };
        let read = match (read, start) {
            (When::Day(day), Some(start)) => {
                let local = day.to_datetime(start.local().time());
                match start {
                    When::Day(_) => When::Day(day),
                    When::Floating(_) => When::Floating(local),
                    When::Utc(_) => When::Utc(local),
                    When::At(_, zone) => When::At(local, zone.clone()),
                }
            }
            (read, Some(When::Day(_))) => When::Day(read.local().date()),
            (When::Utc(_), Some(When::At(_, zone))) if zone.rules.is_some() => {
                let utc = moments::of_text(part, Some(zone), Wanted::Time, &line.name)?;
                When::At(utc.local(), zone.clone())
            }
            (read, _) => read,
        };
        around.need(&read, Some(read.local()));
        all.push(read);
    }
    let Some(first) = all.first() else {
        return Err(Fault::new(
            say!("message-calendar-no-day", name = &line.name),
            say!("message-calendar-no-day-hint"),
        ));
    };
    if let Some(other) = all
        .iter()
        .find(|when| std::mem::discriminant(*when) != std::mem::discriminant(first))
    {
        let what = say!(
            "message-calendar-days-and-times",
            name = &line.name,
            one = first.written(),
            other = other.written(),
        );
        return Err(Fault::new(what, say!("message-calendar-days-and-times-hint")));
    }
    describe(property, first);
    let written: Vec<String> = all.iter().map(When::written).collect();
    Ok(written.join(","))
}

/// DTSTAMP and similar ones are in UTC.
fn stamp(line: &Line, around: &Around<'_>, property: &mut Property) -> Result<String, Fault> {
    let when = when(line, &line.value, None, around)?;
    let utc = when.in_utc().unwrap_or(When::Utc(when.local()));
    property.set("TZID", None);
    if line.name != "TRIGGER" {
        property.set("VALUE", None);
    }
    Ok(utc.written())
}
