//! Numbers and times as people read them.

use std::time::Duration;

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
    }
}
