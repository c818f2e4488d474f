//! The number of a date as a day and a time, rounded together: what is shown as 0:00 is the next
//! day.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};

/// The first number that is no longer a date: that of 1 January 10000.
const END: f64 = 2_958_466.0;

/// Days between both systems of Excel.
const SINCE_1904: i64 = 1_462;

const DAY: i64 = 86_400;

/// A day and a time of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::table::workbook) struct Moment {
    /// As Excel counts them from 1900 on.
    pub(super) serial: i64,
    /// Whole seconds of the day.
    pub(super) second: i64,
    /// What is left of them, in units of the last decimal.
    pub(super) fraction: i64,
    /// The days that were counted, whatever their first was.
    days: i64,
}

impl Moment {
    /// The moment of a number, rounded to this many decimals of a second; without rounding if only
    /// the day is asked for. `None` if it is not a date.
    pub(in crate::table::workbook) fn of(
        number: f64,
        since_1904: bool,
        timed: bool,
        decimals: usize,
    ) -> Option<Self> {
        let latest = if since_1904 { END - SINCE_1904 as f64 } else { END };
        if !(0.0..latest).contains(&number) {
            return None;
        }
        // Without a time, what is left of the last second of a day is still that day.
        let decimals = if timed { decimals.min(6) } else { 3 };
        let units = 10_i64.pow(u32::try_from(decimals).unwrap_or(0));
        let (days, part) = (number.floor(), number.fract());
        #[expect(clippy::cast_possible_truncation, reason = "a day has fewer units")]
        let mut left = (part * (DAY * units) as f64).round() as i64;
        #[expect(clippy::cast_possible_truncation, reason = "it is less than three million")]
        let mut days = days as i64;
        if left >= DAY * units {
            left -= DAY * units;
            days += 1;
        }
        Some(Self {
            serial: days + if since_1904 { SINCE_1904 } else { 0 },
            second: left / units,
            fraction: left % units,
            days,
        })
    }

    /// Seconds since the first day.
    pub(super) fn elapsed(self) -> i64 {
        self.days * DAY + self.second
    }

    /// Year, month and day: to spreadsheets, 1900 begins with a day 0 and has a 29 February.
    pub(super) fn date(self) -> Option<(i16, u8, u8)> {
        match self.serial {
            0 => Some((1900, 1, 0)),
            60 => Some((1900, 2, 29)),
            _ => {
                let date = self.civil()?;
                let part = |part: i8| u8::try_from(part).ok();
                Some((date.year(), part(date.month())?, part(date.day())?))
            }
        }
    }

    /// The day, where it is one.
    pub(super) fn civil(self) -> Option<Date> {
        let before = match self.serial {
            1..=59 => Date::new(1899, 12, 31),
            _ => Date::new(1899, 12, 30),
        };
        before.ok()?.checked_add(self.serial.days()).ok()
    }

    /// The day of the week, from Monday, as spreadsheets count them.
    pub(super) fn weekday(self) -> usize {
        usize::try_from((self.serial + 5).rem_euclid(7)).unwrap_or(0)
    }

    /// Hour, minute and second.
    pub(super) fn time(self) -> (i64, i64, i64) {
        (self.second / 3600, self.second / 60 % 60, self.second % 60)
    }

    /// A date, a time or both (ISO 8601).
    pub(in crate::table::workbook) fn iso(self, only_time: bool) -> Option<String> {
        let (year, month, day) = self.date()?;
        let (hour, minute, second) = self.time();
        let date = format!("{year:04}-{month:02}-{day:02}");
        let time = format!("{hour:02}:{minute:02}:{second:02}");
        Some(if only_time {
            time
        } else if self.second == 0 {
            date
        } else {
            format!("{date}T{time}")
        })
    }
}

/// The number of what a file has as text (ISO 8601): a date, a time or both.
pub(in crate::table::workbook) fn serial(text: &str, since_1904: bool) -> Option<f64> {
    let text = text.trim().trim_end_matches(['Z', 'z']);
    let of_day = |time: Time| {
        let whole = time.hour() as f64 * 3600.0 + time.minute() as f64 * 60.0 + time.second() as f64;
        (whole + f64::from(time.subsec_nanosecond()) / 1e9) / DAY as f64
    };
    let Ok(moment) = text.parse::<DateTime>() else {
        return text.parse().ok().map(of_day);
    };
    let first = Date::new(1899, 12, 30).ok()?;
    let days = i64::from(first.until(moment.date()).ok()?.get_days());
    // Before that 29 February, Excel's days have a number less.
    let days = if days < 61 { days - 1 } else { days };
    let days = if since_1904 { days - SINCE_1904 } else { days };
    (days >= 0).then_some(days as f64 + of_day(moment.time()))
}

#[cfg(test)]
mod tests {
    use super::Moment;

    #[test]
    fn a_number_is_one_moment() {
        for (number, since_1904, iso) in [
            (46_090.999_999_999_97, false, "2026-03-10"),
            (46_090.5, false, "2026-03-09T12:00:00"),
            (1.0, false, "1900-01-01"),
            (59.0, false, "1900-02-28"),
            (60.0, false, "1900-02-29"),
            (61.0, false, "1900-03-01"),
            (0.0, true, "1904-01-01"),
            (44_628.0, true, "2026-03-09"),
        ] {
            let moment = Moment::of(number, since_1904, true, 0).unwrap();
            assert_eq!(moment.iso(false).unwrap(), iso);
        }
        for number in [-1.0, f64::NAN, f64::INFINITY, 2_958_466.0] {
            assert_eq!(Moment::of(number, false, true, 0), None);
        }
        assert_eq!(Moment::of(46_090.0, false, true, 0).unwrap().weekday(), 0);
    }
}
