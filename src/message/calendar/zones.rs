//! Time zones: which one a TZID means, and the VTIMEZONE that the file needs for it (RFC 5545
//! §3.2.19, §3.6.5).
//!
//! If the zone follows a rule, the rule is written; else each change of its clocks in the time that
//! the events need.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Dst, Offset, TimeZone};

use super::windows;

/// A time zone, and what it is called in the file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Zone {
    pub(super) name: String,
    /// Unknown where only the file says what it is.
    pub(super) rules: Option<TimeZone>,
}

/// The zone of the database that a TZID means: its own name, one of Windows, or what other programs
/// put in front of it (`/mozilla.org/20050126_1/Europe/Berlin`).
pub(super) fn find(tzid: &str) -> Option<Zone> {
    let of = |name: &str| {
        let rules = TimeZone::get(name).ok()?;
        let name = rules.iana_name()?.to_owned();
        Some(Zone {
            name,
            rules: Some(rules),
        })
    };
    let tzid = tzid.trim();
    if let Some(known) = windows::iana(tzid) {
        return of(known);
    }
    // Abbreviations are several zones', though the database has some of them.
    if tzid.contains('/') || matches!(tzid.to_ascii_uppercase().as_str(), "UTC" | "GMT" | "Z") {
        let name = if tzid.eq_ignore_ascii_case("z") {
            "UTC"
        } else {
            tzid
        };
        if let Some(zone) = of(name) {
            return Some(zone);
        }
        let parts: Vec<&str> = tzid.split('/').collect();
        let ends = [3, 2]
            .into_iter()
            .filter_map(|n| parts.get(parts.len().checked_sub(n)?..));
        if let Some(zone) = ends.map(|end| end.join("/")).find_map(|name| of(&name)) {
            return Some(zone);
        }
    }
    of_outlook(tzid)
        .and_then(of)
        .or_else(|| of(tzid).filter(|zone| zone.name.len() > 4))
}

/// `(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi`: a zone that has the name of one of the places.
fn of_outlook(tzid: &str) -> Option<&'static str> {
    let (offset, places) = tzid.strip_prefix('(')?.split_once(')')?;
    let offset = offset.trim_start_matches("UTC").trim_start_matches("GMT").trim();
    let places = places.trim();
    let fits = |name: &str| -> bool {
        let Ok(zone) = TimeZone::get(name) else {
            return false;
        };
        let january = Timestamp::from_second(1_768_000_000).unwrap_or(Timestamp::UNIX_EPOCH);
        let july = Timestamp::from_second(1_784_000_000).unwrap_or(Timestamp::UNIX_EPOCH);
        let written = |at: Timestamp| {
            let seconds = zone.to_offset(at).seconds();
            let sign = if seconds < 0 { '-' } else { '+' };
            format!(
                "{sign}{:02}:{:02}",
                seconds.abs() / 3600,
                seconds.abs() % 3600 / 60
            )
        };
        offset.is_empty() || written(january) == offset || written(july) == offset
    };
    let all = std::iter::once(places).chain(places.split(',').map(str::trim));
    all.filter(|place| !place.is_empty()).find_map(|place| {
        let known = windows::iana(place).filter(|name| fits(name));
        known.or_else(|| in_database(place).filter(|name| fits(name)))
    })
}

/// The zone that is named for a city.
fn in_database(city: &str) -> Option<&'static str> {
    let names = NAMES.get_or_init(|| {
        jiff::tz::db()
            .available()
            .map(|name| name.as_str().to_owned())
            .collect()
    });
    let city = city.replace([' ', '.'], "_");
    let found = names.iter().find(|name| {
        let (area, last) = name.rsplit_once('/').unwrap_or(("", name));
        !area.is_empty() && !matches!(area, "posix" | "right" | "Etc") && last.eq_ignore_ascii_case(&city)
    });
    found.map(String::as_str)
}

static NAMES: OnceLock<Vec<String>> = OnceLock::new();

/// The name in the database that is nearest to one that is not there.
pub(super) fn nearest(tzid: &str) -> Option<&'static str> {
    let names = NAMES.get_or_init(|| {
        jiff::tz::db()
            .available()
            .map(|name| name.as_str().to_owned())
            .collect()
    });
    let city = tzid.rsplit('/').next().unwrap_or(tzid);
    in_database(city).or_else(|| crate::campaign::nearest(tzid, names.iter().map(String::as_str)))
}

/// How many years of changes are written for events that go on without an end.
const ENDLESS: i16 = 20;

/// The lines of the VTIMEZONE of a zone, for events from `first` to `last`; without an end if
/// `last` is `None`.
pub(super) fn component(zone: &Zone, first: DateTime, last: Option<DateTime>) -> Arc<[String]> {
    let midnight = jiff::civil::Time::midnight();
    let first = first.date().to_datetime(midnight);
    let last = last.and_then(|last| Some(Date::new(last.year(), 12, 31).ok()?.to_datetime(midnight)));
    let key = (zone.name.clone(), first, last);
    let mut known = WRITTEN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(lines) = known.get(&key) {
        return Arc::clone(lines);
    }
    let lines: Arc<[String]> = zone
        .rules
        .as_ref()
        .map_or_else(Vec::new, |rules| written(&zone.name, rules, first, last))
        .into();
    if known.len() >= MOST_KNOWN {
        known.clear();
    }
    known.insert(key, Arc::clone(&lines));
    lines
}

/// What was written for a zone, from a day on, to the end of a year: most rows need the same.
type Written = BTreeMap<(String, DateTime, Option<DateTime>), Arc<[String]>>;
static WRITTEN: Mutex<Written> = Mutex::new(BTreeMap::new());
const MOST_KNOWN: usize = 512;

fn written(name: &str, rules: &TimeZone, first: DateTime, last: Option<DateTime>) -> Vec<String> {
    let mut lines = vec!["BEGIN:VTIMEZONE".to_owned(), format!("TZID:{name}")];
    let start = rules.to_timestamp(first).unwrap_or(Timestamp::UNIX_EPOCH);
    let end = last.unwrap_or_else(|| {
        let year = first.year().saturating_add(ENDLESS).min(9000);
        Date::new(year, 12, 31).map_or(first, |day| day.to_datetime(first.time()))
    });
    // A year more: what a program asks is where the next change is.
    let end = rules.to_timestamp(end).unwrap_or(start).as_second() + 366 * 24 * 3600;
    let mut before: Vec<Change> = rules
        .preceding(start)
        .take(2)
        .filter_map(|t| Change::of(rules, t.timestamp()))
        .collect();
    before.reverse();
    let following = rules
        .following(start)
        .take_while(|t| t.timestamp().as_second() <= end)
        .take(200);
    let after: Vec<Change> = following
        .filter_map(|t| Change::of(rules, t.timestamp()))
        .collect();
    let yearly: Option<Vec<(Change, String)>> = match before.as_slice() {
        [one, other] if one.dst != other.dst && !after.is_empty() => {
            let rule = |of: &Change| Some((of.clone(), of.rule(rules)?));
            rule(one).zip(rule(other)).map(|(one, other)| vec![one, other])
        }
        _ => None,
    };
    if let Some(yearly) = yearly {
        for (change, rule) in yearly {
            lines.extend(change.lines(Some(&rule)));
        }
    } else if after.is_empty() {
        // The clocks do not change any more.
        let info = rules.to_offset_info(start);
        let change = before.last().cloned().unwrap_or_else(|| Change {
            local: Date::constant(1970, 1, 1).to_datetime(jiff::civil::Time::midnight()),
            from: info.offset(),
            to: info.offset(),
            name: info.abbreviation().to_owned(),
            dst: info.dst() == Dst::Yes,
        });
        lines.extend(change.lines(None));
    } else {
        let last = before.len().saturating_sub(1);
        for change in before.iter().skip(last).chain(&after) {
            lines.extend(change.lines(None));
        }
    }
    lines.push("END:VTIMEZONE".to_owned());
    lines
}

/// A change of a zone's clocks.
#[derive(Debug, Clone)]
struct Change {
    /// What the clocks showed that were about to change.
    local: DateTime,
    from: Offset,
    to: Offset,
    name: String,
    dst: bool,
}

impl Change {
    fn of(rules: &TimeZone, at: Timestamp) -> Option<Self> {
        let just_before = Timestamp::from_second(at.as_second() - 1).ok()?;
        let from = rules.to_offset(just_before);
        let info = rules.to_offset_info(at);
        Some(Self {
            local: from.to_datetime(at),
            from,
            to: info.offset(),
            name: info.abbreviation().to_owned(),
            dst: info.dst() == Dst::Yes,
        })
    }

    /// The rule by which this change comes every year, where it does for as long as anybody knows.
    fn rule(&self, rules: &TimeZone) -> Option<String> {
        let mut days = Vec::new();
        let mut from_the_end = Vec::new();
        for year in self.local.year()..self.local.year().checked_add(29)? {
            let start = rules
                .to_timestamp(
                    Date::new(year, 1, 1)
                        .ok()?
                        .to_datetime(jiff::civil::Time::midnight()),
                )
                .ok()?;
            let of_year = rules
                .following(start)
                .take(6)
                .filter_map(|t| Self::of(rules, t.timestamp()));
            let same: Vec<Self> = of_year
                .take_while(|change| change.local.year() == year)
                .filter(|change| change.to == self.to && change.from == self.from)
                .collect();
            let [one] = same.as_slice() else {
                return None;
            };
            let alike = one.local.time() == self.local.time()
                && one.local.month() == self.local.month()
                && one.local.date().weekday() == self.local.date().weekday();
            if !alike {
                return None;
            }
            days.push(one.local.day());
            from_the_end.push(one.local.date().days_in_month() - one.local.day());
        }
        let (first, last) = (days.iter().min()?, days.iter().max()?);
        let weekday = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
            .get(usize::try_from(self.local.date().weekday().to_monday_zero_offset()).ok()?)?;
        let by_day = if from_the_end.iter().all(|left| *left < 7) {
            format!("BYDAY=-1{weekday}")
        } else if last - first < 7 && (first - 1) % 7 == 0 {
            format!("BYDAY={}{weekday}", (first - 1) / 7 + 1)
        } else if last - first < 7 {
            let month_days: Vec<_> = (*first..first + 7).map(|day| day.to_string()).collect();
            format!("BYMONTHDAY={};BYDAY={weekday}", month_days.join(","))
        } else {
            return None;
        };
        Some(format!(
            "RRULE:FREQ=YEARLY;BYMONTH={};{by_day}",
            self.local.month()
        ))
    }

    fn lines(&self, rule: Option<&str>) -> Vec<String> {
        let kind = if self.dst { "DAYLIGHT" } else { "STANDARD" };
        let mut lines = vec![
            format!("BEGIN:{kind}"),
            format!("DTSTART:{}", self.local.strftime("%Y%m%dT%H%M%S")),
            format!("TZOFFSETFROM:{}", offset(self.from)),
            format!("TZOFFSETTO:{}", offset(self.to)),
        ];
        if self.name.bytes().all(|b| b.is_ascii_alphabetic()) {
            lines.push(format!("TZNAME:{}", self.name));
        }
        lines.extend(rule.map(str::to_owned));
        lines.push(format!("END:{kind}"));
        lines
    }
}

/// `+0530`, and with seconds where there are some.
fn offset(of: Offset) -> String {
    let seconds = of.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let all = seconds.abs();
    let rest = if all % 60 == 0 {
        String::new()
    } else {
        format!("{:02}", all % 60)
    };
    format!("{sign}{:02}{:02}{rest}", all / 3600, all % 3600 / 60)
}
