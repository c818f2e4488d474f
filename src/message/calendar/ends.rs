//! How long an event takes: an end after its beginning and of the same type, or a duration.

use std::cmp::Ordering;

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
    let fault = |what: String, help: String| {
        Fault::new(what, help)
            .at(line.mark.as_ref())
            .of(line.value.first_value())
    };
    if settled.get("DURATION").is_some() {
        faults.push(fault(
            format!("the event has both {end_name} and DURATION"),
            "take one of the two out".to_owned(),
        ));
    }
    let Ok(end) = when(line, &line.value, Some(start), around) else {
        return;
    };
    let kinds = [start, &end].map(|when| match when {
        When::Day(_) => "a whole day",
        When::Floating(_) => "a time without a zone",
        When::Utc(_) | When::At(..) => "a time in a zone",
    });
    if kinds[0] != kinds[1] {
        let what = format!("{end_name} is {} and DTSTART is {}", kinds[1], kinds[0]);
        faults.push(fault(what, format!("write both in the same way: DTSTART:20261201T090000Z and {end_name}:20261201T103000Z, or both with VALUE=DATE")));
        return;
    }
    match end.compared(start) {
        Some(Ordering::Less) => {
            let what = format!(
                "{end_name} ({}) comes before DTSTART ({})",
                end.written(),
                start.written()
            );
            faults.push(fault(
                what,
                "an event ends behind its beginning: look at the two cells, or at the two lines".to_owned(),
            ));
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
    let fault = |what: String, help: &str| {
        Fault::new(what, help)
            .at(line.mark.as_ref())
            .of(line.value.first_value())
    };
    if written.starts_with('-') {
        faults.push(fault(
            format!("DURATION is {written}: an event ends behind its beginning"),
            "write PT1H30M",
        ));
    } else if matches!(start, When::Day(_)) && written.contains('T') {
        faults.push(fault(
            format!("DURATION is {written}, and the event is one of whole days"),
            "write P1D, or give DTSTART a time",
        ));
    }
}
