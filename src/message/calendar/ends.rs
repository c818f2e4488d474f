//! How long an event takes: an end after its beginning and of the same type, or a duration.

use std::cmp::Ordering;

use crate::words::{Said, say};

use super::around::{Around, when};
use super::fault::Fault;
use super::moments::When;
use super::property::Settled;
use super::tree::Component;

/// How long the event takes: DTEND (of a VTODO, DUE) behind its beginning and of its type, or DURATION.
pub(super) fn duration(
    of: &Component,
    settled: &mut Settled,
    start: &When,
    around: &Around<'_>,
    faults: &mut Vec<Fault>,
) {
    let end_name = if of.name == "VTODO" { "DUE" } else { "DTEND" };
    let Some(line) = of.line(end_name).filter(|_| settled.get(end_name).is_some()) else {
        length(of, settled, start, faults);
        return;
    };
    let fault = |what: Said, help: Said| {
        Fault::new(what, help)
            .at(line.mark.as_ref())
            .of(line.value.first_value())
    };
    if settled.get("DURATION").is_some() {
        faults.push(fault(
            say!("message-calendar-end-and-duration", end = end_name),
            say!("message-calendar-end-and-duration-hint"),
        ));
    }
    let Ok(end) = when(line, &line.value, Some(start), around) else {
        return;
    };
    let kinds = [start, &end].map(|when| match when {
        When::Day(_) => say!("message-calendar-whole-day"),
        When::Floating(_) => say!("message-calendar-floating"),
        When::Utc(_) | When::At(..) => say!("message-calendar-in-zone"),
    });
    if kinds[0] != kinds[1] {
        let [start, ends] = kinds;
        let what = say!(
            "message-calendar-two-kinds",
            end = end_name,
            ends = ends,
            starts = start
        );
        faults.push(fault(
            what,
            say!("message-calendar-two-kinds-hint", end = end_name),
        ));
        return;
    }
    match end.compared(start) {
        Some(Ordering::Less) => {
            let what = say!(
                "message-calendar-ends-before",
                end = end_name,
                ends = end.written(),
                starts = start.written()
            );
            faults.push(fault(what, say!("message-calendar-ends-before-hint")));
        }
        // What ends as it begins takes no time, or the one day: that is said by leaving it out.
        Some(Ordering::Equal) if end_name == "DTEND" => {
            settled.properties.retain(|property| property.name != "DTEND")
        }
        Some(Ordering::Equal | Ordering::Greater) | None => {}
    }
}

/// DURATION is positive, and of an event of whole days in days.
fn length(of: &Component, settled: &Settled, start: &When, faults: &mut Vec<Fault>) {
    let Some(line) = of.line("DURATION") else {
        return;
    };
    let Some(written) = settled.get("DURATION").map(|property| property.value.as_str()) else {
        return;
    };
    let fault = |what: Said, help: Said| {
        Fault::new(what, help)
            .at(line.mark.as_ref())
            .of(line.value.first_value())
    };
    if written.starts_with('-') {
        faults.push(fault(
            say!("message-calendar-negative", duration = written),
            say!("message-calendar-negative-hint"),
        ));
    } else if matches!(start, When::Day(_)) && written.contains('T') {
        faults.push(fault(
            say!("message-calendar-hours-of-days", duration = written),
            say!("message-calendar-hours-of-days-hint"),
        ));
    }
}
