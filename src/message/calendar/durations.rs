//! DURATION (RFC 5545 §3.3.6), from what templates and cells write: `PT1H30M`, `90 min`, `1:30`.

use jiff::{SignedDuration, Span, Unit};

use crate::words::say;

use super::fault::{Fault, shown};

/// A duration in whole seconds, and whether it is of whole days.
pub(super) fn read(text: &str, name: &str) -> Result<SignedDuration, Fault> {
    let text = text.trim();
    let wrong = || {
        Fault::new(
            say!("message-calendar-no-duration", value = shown(text), name = name),
            say!("message-calendar-no-duration-hint", name = name),
        )
    };
    if text.is_empty() {
        return Err(wrong());
    }
    if let Some(clock) = of_clock(text) {
        return Ok(clock);
    }
    // A number alone has no unit.
    if text
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
    {
        return Err(wrong());
    }
    let text = text
        .replace("Std", "h")
        .replace("Min", "min")
        .replace("stunden", "h")
        .replace("Stunden", "h")
        .replace("Stunde", "h")
        .replace("分钟", "min")
        .replace("小时", "h");
    let span: Span = text.trim().parse().map_err(|_| wrong())?;
    let day = SignedDuration::from_hours(24);
    let days = span.get_days() + span.get_weeks() * 7;
    if span.get_months() != 0 || span.get_years() != 0 {
        return Err(wrong());
    }
    let rest = Span::new()
        .try_hours(span.get_hours())
        .and_then(|rest| rest.try_minutes(span.get_minutes()))
        .and_then(|rest| rest.try_seconds(span.get_seconds()))
        .and_then(|rest| rest.try_milliseconds(span.get_milliseconds()))
        .map_err(|_| wrong())?;
    let rest = rest.total(Unit::Second).map_err(|_| wrong())?;
    let rest = SignedDuration::try_from_secs_f64(rest.round()).map_err(|_| wrong())?;
    day.checked_mul(days)
        .and_then(|days| days.checked_add(rest))
        .ok_or_else(wrong)
}

/// `1:30`, as a spreadsheet shows an hour and a half, and `1:30:00`.
fn of_clock(text: &str) -> Option<SignedDuration> {
    let parts: Option<Vec<i64>> = text.split(':').map(|part| part.parse().ok()).collect();
    let seconds = match parts?.as_slice() {
        [hours, minutes] if (0..60).contains(minutes) => hours * 3600 + minutes * 60,
        [hours, minutes, seconds] if (0..60).contains(minutes) && (0..60).contains(seconds) => {
            hours * 3600 + minutes * 60 + seconds
        }
        _ => return None,
    };
    (seconds >= 0).then(|| SignedDuration::from_secs(seconds))
}

/// As written in a file; whole days as days if `in_days`.
pub(super) fn written(duration: SignedDuration, in_days: bool) -> String {
    let seconds = duration.as_secs();
    let sign = if seconds < 0 { "-" } else { "" };
    let all = seconds.unsigned_abs();
    if in_days && all.is_multiple_of(86_400) && all > 0 {
        return format!("{sign}P{}D", all / 86_400);
    }
    let parts = [(all / 3600, 'H'), (all % 3600 / 60, 'M'), (all % 60, 'S')];
    let parts: String = parts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, unit)| format!("{n}{unit}"))
        .collect();
    if parts.is_empty() {
        return format!("{sign}PT0S");
    }
    // Hours without minutes and seconds behind them, and no gap between them.
    let parts = if all / 3600 > 0 && all % 3600 / 60 == 0 && !all.is_multiple_of(60) {
        format!("{}H0M{}S", all / 3600, all % 60)
    } else {
        parts
    };
    format!("{sign}PT{parts}")
}
