//! Numbers and times as people read them.

use std::time::Duration;

use crate::campaign::clock;
use crate::check::relay::days;
use crate::delivery::Outcome;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// `1 message`, `312 messages`.
pub(super) fn count(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", thousands(n), if n == 1 { one } else { many })
}

/// `1,234,567`.
pub(super) fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// `31 s`, `2 min 5 s`, `3 h 20 min`, `2 days 4 h`.
pub(super) fn time(duration: Duration) -> String {
    let seconds = duration.as_secs_f64().round();
    if seconds < 1.0 {
        return "less than a second".to_owned();
    }
    let seconds = duration.as_secs() + u64::from(duration.subsec_millis() >= 500);
    let two = |n: u64, unit: &str, m: u64, lower: &str| {
        if m == 0 {
            format!("{n} {unit}")
        } else {
            format!("{n} {unit} {m} {lower}")
        }
    };
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => two(seconds / 60, "min", seconds % 60, "s"),
        3600..86_400 => two(seconds / 3600, "h", seconds % 3600 / 60, "min"),
        86_400..172_800 => two(1, "day", seconds % 86_400 / 3600, "h"),
        _ => two(seconds / 86_400, "days", seconds % 86_400 / 3600, "h"),
    }
}

/// How long something takes as one would say it before: on days where it takes more than one.
pub(super) fn takes(estimate: Duration) -> String {
    match days(estimate) {
        Some(days) => format!("{} days", thousands(days)),
        // "About less than a second" is no English.
        None => time(estimate.max(Duration::from_secs(1))),
    }
}

/// The time of day after so long, as a clock here shows it: `14:05`, `14:05 tomorrow`,
/// `14:05 on 2026-11-28`. `None` beyond all calendars.
pub(super) fn clock_after(now: Timestamp, wait: Duration, zone: &TimeZone) -> Option<String> {
    let begins = now.to_zoned_datetime(zone.clone());
    let ends = now.checked_add(wait).ok()?.to_zoned_datetime(zone.clone());
    let mut shown = ends.strftime("%H:%M").to_string();
    if ends.strftime("%Z").to_string() == "UTC" {
        // Machines without a zone of their own have this one, and people have another.
        shown.push_str(" UTC");
    }
    let tomorrow = begins.date().tomorrow();
    if tomorrow.is_ok_and(|tomorrow| tomorrow == ends.date()) {
        shown.push_str(" tomorrow");
    } else if begins.date() != ends.date() {
        shown.push_str(&format!(" on {}", ends.date()));
    }
    Some(shown)
}

/// The same from now on, in this machine's zone.
pub(super) fn clock_in(wait: Duration) -> Option<String> {
    clock_after(clock::now(), wait, &TimeZone::system())
}

/// `23 h (14:05 tomorrow)`.
pub(super) fn time_and_clock(wait: Duration) -> String {
    match clock_in(wait) {
        Some(clock) => format!("{} ({clock})", time(wait)),
        None => time(wait),
    }
}

/// Somebody else's words on one line: what they broke off would look like a line of ours.
pub(super) fn one_line(words: &str) -> String {
    let lines = words.split(['\r', '\n']).map(str::trim);
    lines
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What became of it, as people say it.
pub(super) fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted(_) => "accepted",
        Outcome::Rejected(_) => "refused",
        Outcome::Deferred(_) => "deferred",
        Outcome::InDoubt(_) => "in doubt",
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// `812 B`, `4.1 kB`, `2.3 MB`.
pub(super) fn size(octets: u64) -> String {
    let octets = octets as f64;
    match octets {
        n if n < 1000.0 => format!("{n} B"),
        n if n < 1e6 => format!("{:.1} kB", n / 1e3),
        n if n < 1e9 => format!("{:.1} MB", n / 1e6),
        n => format!("{:.1} GB", n / 1e9),
    }
}

/// `2026-03-03T10:15:42.123Z` -> `2026-03-03 10:15 UTC`.
pub(super) fn moment(iso: &str) -> String {
    match (iso.get(..10), iso.get(11..16)) {
        (Some(day), Some(minute)) => format!("{day} {minute} UTC"),
        _ => iso.to_owned(),
    }
}

/// The same to the second.
pub(super) fn second(iso: &str) -> String {
    match (iso.get(..10), iso.get(11..19)) {
        (Some(day), Some(second)) => format!("{day} {second} UTC"),
        _ => iso.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(count(1, "message", "messages"), "1 message");
        assert_eq!(count(1_234_567, "row", "rows"), "1,234,567 rows");
        assert_eq!(time(Duration::from_millis(300)), "less than a second");
        assert_eq!(time(Duration::from_secs(31)), "31 s");
        assert_eq!(time(Duration::from_secs(125)), "2 min 5 s");
        assert_eq!(time(Duration::from_secs(12_000)), "3 h 20 min");
        assert_eq!(time(Duration::from_secs(187_200)), "2 days 4 h");
        assert_eq!(size(4096), "4.1 kB");
        assert_eq!(moment("2026-03-03T10:15:42.123Z"), "2026-03-03 10:15 UTC");
        assert_eq!(takes(Duration::from_millis(2)), "1 s");
        assert_eq!(takes(Duration::from_secs(86_399)), "23 h 59 min");
        assert_eq!(takes(Duration::from_secs(86_400)), "2 days");
        let names = ["a", "b", "c"].map(str::to_owned);
        assert_eq!([listed(&names), listed(&names[..2])], ["a, b and c", "a and b"]);
    }

    #[test]
    fn a_clock_is_the_persons_own() {
        let now: Timestamp = "2026-11-26T22:40:00Z".parse().unwrap();
        let (vienna, utc) = (TimeZone::get("Europe/Vienna").unwrap(), TimeZone::UTC);
        let after = |seconds, zone| clock_after(now, Duration::from_secs(seconds), zone).unwrap();
        assert_eq!(after(60, &vienna), "23:41");
        assert_eq!(after(3600, &vienna), "00:40 tomorrow");
        assert_eq!(after(3600, &utc), "23:40 UTC");
        assert_eq!(after(2 * 86_400, &vienna), "23:40 on 2026-11-28");
        assert_eq!(clock_after(now, Duration::MAX, &vienna), None);
    }
}
