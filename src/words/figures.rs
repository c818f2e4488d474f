//! Numbers, times and lists as people read them.

use std::time::Duration;

use fluent_bundle::FluentValue;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::catalogue::format;
#[cfg(test)]
use super::catalogue::thousands;
use super::lang::Lang;

/// `31 s`, `2 min 5 s`, `3 h 20 min`, `2 days 4 h`.
pub(super) fn time(duration: Duration, lang: Lang) -> String {
    if duration.as_millis() < 500 {
        return format(lang, "words-time-instant", &[]);
    }
    let seconds = duration.as_secs() + u64::from(duration.subsec_millis() >= 500);
    let parts = match seconds {
        0..60 => [("words-time-seconds", seconds), ("", 0)],
        60..3600 => [
            ("words-time-minutes", seconds / 60),
            ("words-time-seconds", seconds % 60),
        ],
        3600..86_400 => [
            ("words-time-hours", seconds / 3600),
            ("words-time-minutes", seconds % 3600 / 60),
        ],
        _ => [
            ("words-time-days", seconds / 86_400),
            ("words-time-hours", seconds % 86_400 / 3600),
        ],
    };
    let shown: Vec<_> = parts
        .iter()
        .filter(|(_, n)| *n > 0)
        .map(|(id, n)| format(lang, id, &[("n", FluentValue::from(*n))]))
        .collect();
    shown.join(" ")
}

/// `2026-03-03 11:15 CET`: in the zone of this machine, with its name.
pub(super) fn minute(when: Timestamp) -> String {
    local(when, "%Y-%m-%d %H:%M %Z")
}

/// `2026-03-03 11:15:42 CET`.
pub(super) fn second(when: Timestamp) -> String {
    local(when, "%Y-%m-%d %H:%M:%S %Z")
}

fn local(when: Timestamp, how: &str) -> String {
    when.to_zoned_datetime(TimeZone::system())
        .strftime(how)
        .to_string()
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

/// `a, b, c`.
pub(super) fn commas(items: &[String], lang: Lang) -> String {
    items.join(match lang {
        Lang::En => ", ",
        Lang::Zh => "、",
    })
}

/// `a`, `a and b`, `a, b and c`: by the message that joins the last to those before.
pub(super) fn last_after(items: &[String], joined: &'static str, lang: Lang) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format(
            lang,
            joined,
            &[
                ("most", FluentValue::from(commas(most, lang))),
                ("last", FluentValue::from(last.as_str())),
            ],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_times_and_lists_read_well_in_both_languages() {
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(time(Duration::from_millis(300), Lang::En), "less than a second");
        assert_eq!(time(Duration::from_secs(31), Lang::En), "31 s");
        assert_eq!(time(Duration::from_secs(125), Lang::En), "2 min 5 s");
        assert_eq!(time(Duration::from_secs(125), Lang::Zh), "2 分 5 秒");
        assert_eq!(time(Duration::from_secs(12_000), Lang::En), "3 h 20 min");
        assert_eq!(time(Duration::from_secs(86_400), Lang::En), "1 day");
        assert_eq!(time(Duration::from_secs(187_200), Lang::En), "2 days 4 h");
        assert_eq!(size(4096), "4.1 kB");
        let names = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(last_after(&names, "words-and", Lang::En), "a, b and c");
        assert_eq!(last_after(&names[..2], "words-and", Lang::Zh), "a 和 b");
    }
}
