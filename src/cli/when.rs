//! Moments, lengths of time and other people's words, as sentences take them.

use std::time::Duration;

use crate::campaign::clock;
use crate::check::relay::days;
use crate::words::{Arg, Said, say};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// When something was recorded, to the second, as a clock here showed it.
pub(super) fn second(recorded: &str) -> Arg {
    let when = recorded.parse();
    when.map_or_else(|_| Arg::from(recorded), Arg::Second)
}

/// How long something takes as one would say it before: in days where it takes more than one.
pub(super) fn takes(estimate: Duration) -> Arg {
    match days(estimate) {
        Some(days) => say!("cli-days", days = days).into(),
        // "About less than a second" is not English.
        None => Arg::Time(estimate.max(Duration::from_secs(1))),
    }
}

/// The time of day after so long, as a clock here shows it: `14:05 CET`, `14:05 CET tomorrow`,
/// `14:05 CET on 2026-11-28`. `None` beyond all calendars.
pub(super) fn clock_after(now: Timestamp, wait: Duration, zone: &TimeZone) -> Option<Said> {
    let begins = now.to_zoned_datetime(zone.clone());
    let ends = now.checked_add(wait).ok()?.to_zoned_datetime(zone.clone());
    let time = ends.strftime("%H:%M %Z").to_string();
    let tomorrow = begins.date().tomorrow();
    Some(if begins.date() == ends.date() {
        Said::verbatim(time)
    } else if tomorrow.is_ok_and(|tomorrow| tomorrow == ends.date()) {
        say!("cli-clock-tomorrow", time = time)
    } else {
        say!("cli-clock-day", time = time, day = ends.date().to_string())
    })
}

/// The same from now on, in this machine's zone.
pub(super) fn clock_in(wait: Duration) -> Option<Said> {
    clock_after(clock::now(), wait, &TimeZone::system())
}

/// `23 h (14:05 CET tomorrow)`.
pub(super) fn time_and_clock(wait: Duration) -> Arg {
    match clock_in(wait) {
        Some(clock) => say!("cli-time-and-clock", time = wait, clock = clock).into(),
        None => wait.into(),
    }
}

/// Rows as the spreadsheet counts them.
pub(super) fn row_numbers(rows: &[u64]) -> Arg {
    Arg::commas(rows.iter().map(Arg::plain))
}

#[cfg(test)]
mod tests {
    use crate::words::Lang;

    use super::*;

    #[test]
    fn what_takes_long_is_said_in_days() {
        let takes = |seconds| say!("cli-days", days = takes(Duration::from_secs_f64(seconds))).to_string();
        assert!(takes(0.002).starts_with("1 s"));
        assert!(takes(86_399.0).starts_with("23 h 59 min"));
        assert!(takes(86_400.0).starts_with("2 days"));
    }

    #[test]
    fn a_clock_is_the_persons_own() {
        let now: Timestamp = "2026-11-26T22:40:00Z".parse().unwrap();
        let (vienna, utc) = (TimeZone::get("Europe/Vienna").unwrap(), TimeZone::UTC);
        let after = |seconds, zone| clock_after(now, Duration::from_secs(seconds), zone).unwrap();
        assert_eq!(after(60, &vienna).to_string(), "23:41 CET");
        assert_eq!(after(3600, &vienna).to_string(), "00:40 CET tomorrow");
        assert_eq!(after(3600, &vienna).in_lang(Lang::Zh), "明天 00:40 CET");
        assert_eq!(after(3600, &utc).to_string(), "23:40 UTC");
        assert_eq!(after(2 * 86_400, &vienna).to_string(), "23:40 CET on 2026-11-28");
        assert_eq!(clock_after(now, Duration::MAX, &vienna), None);
    }
}
