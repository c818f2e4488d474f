//! What a cell means: a number, a date, yes or no, or nothing but its text.
//!
//! A cell is text. If something more is asked of it, only this file answers, for templates,
//! `where`, `_skip`, `sort` and `mailshot columns`: a number that is counted as one can be
//! calculated with. To support another way to write a date, add it here; the words for yes and no
//! are in [`yes_no`], and [`Columns`](super::Columns) knows whether a column has any.
//!
//! It does not guess: in `3/9/2026`, day and month are not certain, so that is text.

use std::cmp::Ordering;

use jiff::ZonedDateTime;
use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::temporal::{DateTimeParser, Pieces};
use jiff::tz::TimeZone;

use super::words::is_invisible;
use super::yes_no::{self, Kind};

/// What a cell means, when nobody asks for something in particular.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    /// There is nothing in it.
    Empty,
    /// Yes, or no.
    YesNo(bool),
    /// A number.
    Number(Number),
    /// A day, with or without a time.
    Date(Moment),
    /// Nothing but its text.
    Text,
}

impl Meaning {
    /// The meaning of a cell.
    pub fn of(cell: &str) -> Self {
        let cell = bare(cell);
        if cell.is_empty() {
            Self::Empty
        } else if let Some(yes) = yes_or_no(cell) {
            Self::YesNo(yes)
        } else if let Some(number) = Number::of(cell) {
            Self::Number(number)
        } else if let Some(moment) = Moment::of(cell) {
            Self::Date(moment)
        } else {
            Self::Text
        }
    }
}

/// The cell without what nobody sees around it: blanks of any kind, and characters without a shape.
pub fn bare(cell: &str) -> &str {
    cell.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// Whether there is nothing in a cell.
pub fn is_empty(cell: &str) -> bool {
    bare(cell).is_empty()
}

/// What is read as yes from a file that has a kind of its own for it, as spreadsheets show it.
pub(super) const TRUE: &str = "TRUE";

/// What is read as no from such a file.
pub(super) const FALSE: &str = "FALSE";

/// Whether a cell says yes or no, in a word that is read so by itself.
fn yes_or_no(bare: &str) -> Option<bool> {
    let word = yes_no::word(bare)?;
    match word.kind {
        Kind::Value | Kind::Word => Some(word.yes),
        Kind::Letter if matches!(bare, "y" | "Y" | "n" | "N") => Some(word.yes),
        Kind::Letter | Kind::Nothing | Kind::Cross | Kind::Circle => None,
    }
}

/// Whether a cell shows zero, and not a name of digits such as 007: `0`, `0.00`, `0,00 €`, `-0%`.
pub fn is_zero(cell: &str) -> bool {
    let sign = |c: char| c.is_whitespace() || matches!(c, '-' | '+' | '%' | '$' | '€' | '£' | '¥' | '￥');
    match cell.trim_matches(sign).strip_prefix('0') {
        Some("") => true,
        Some(rest) => {
            let places = rest.strip_prefix(['.', ',']);
            places.is_some_and(|places| !places.is_empty() && places.bytes().all(|octet| octet == b'0'))
        }
        None => false,
    }
}

/// What stands for nothing where a name should stand.
pub const NOTHING: [&str; 8] = ["None", "null", "NULL", "NaN", "nan", "nil", "undefined", "#N/A"];

/// Whether a cell is one of those, or empty.
pub fn is_nothing(cell: &str) -> bool {
    match cell.as_bytes().first() {
        None => true,
        // Nearly every cell of every row comes by here.
        Some(b'N' | b'n' | b'u' | b'#') => cell.len() <= 9 && NOTHING.contains(&cell.trim_end()),
        Some(octet) if octet.is_ascii_graphic() => false,
        Some(_) => {
            let cell = cell.trim();
            cell.is_empty() || NOTHING.contains(&cell)
        }
    }
}

/// The number that a cell is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// A whole one, however it is written: 48.00 in a text file is 48 in a workbook.
    Whole(i128),
    /// Any other.
    Fraction(f64),
}

impl Number {
    /// The number that a text is: digits, with a sign in front of them, a point in or beside them
    /// and a percent sign behind them at most.
    pub fn of(cell: &str) -> Option<Self> {
        let cell = bare(cell);
        let percent = cell.strip_suffix('%');
        let digits = percent.map_or(cell, str::trim_end);
        let bare = digits.strip_prefix('-').unwrap_or(digits);
        let (whole, fraction) = bare.split_once('.').unwrap_or((bare, ""));
        let all = |part: &str| part.bytes().all(|octet| octet.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !all(whole) || !all(fraction) {
            return None;
        }
        if percent.is_none()
            && let Ok(whole) = digits.parse::<i128>()
        {
            return Some(Self::Whole(whole));
        }
        let number: f64 = digits.parse().ok().filter(|number: &f64| number.is_finite())?;
        let number = if percent.is_some() { number / 100.0 } else { number };
        Some(Self::from_float(number))
    }

    /// A floating-point number, as a whole one where it is that.
    pub fn from_float(number: f64) -> Self {
        /// Below this, floating-point numbers hold every whole one.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        #[expect(clippy::cast_possible_truncation, reason = "it is whole, and small enough")]
        let whole = (number.fract() == 0.0 && number.abs() < EXACT).then_some(number as i128);
        whole.map_or(Self::Fraction(number), Self::Whole)
    }

    /// The number with as many digits as a spreadsheet has, 15.
    pub fn rounded(self) -> Self {
        match self {
            Self::Whole(_) => self,
            Self::Fraction(number) => {
                let digits = format!("{number:.14e}");
                Self::from_float(digits.parse().unwrap_or(number))
            }
        }
    }

    /// Which of two is larger, by the digits that a spreadsheet has: 0.1 + 0.2 is 0.3.
    pub fn order(self, other: Self) -> Ordering {
        /// Numbers that differ by more differ within 15 digits.
        const NEAR: f64 = 1e-13;
        if let (Self::Whole(one), Self::Whole(other)) = (self, other) {
            return one.cmp(&other);
        }
        let (one, two) = (self.size(), other.size());
        let near = (one - two).abs() <= NEAR * one.abs().max(two.abs());
        let (one, two) = if near {
            (self.rounded().size(), other.rounded().size())
        } else {
            (one, two)
        };
        one.total_cmp(&two)
    }

    /// The number as one that is compared with others, exact or nearly so.
    #[expect(
        clippy::cast_precision_loss,
        reason = "the size of a number that long is near enough"
    )]
    pub fn size(self) -> f64 {
        match self {
            Self::Whole(number) => number as f64,
            Self::Fraction(number) => number,
        }
    }
}

/// The day, or the point in time, that a cell is.
#[derive(Debug, Clone, PartialEq)]
pub enum Moment {
    /// A point in time, in the time zone that is written behind it, or off UTC as it says.
    Zoned(ZonedDateTime),
    /// A day and a time of day, wherever that is.
    Local(DateTime),
}

impl Moment {
    /// The day or the point in time that a text is as ISO 8601 and RFC 9557 write it: year, month
    /// and day first. Some readers could read any other form as another day.
    pub fn of(cell: &str) -> Option<Self> {
        static PARSER: DateTimeParser = DateTimeParser::new();
        let cell = bare(cell);
        // Hardly any cell is a date, and nearly every one comes by here.
        if !cell.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-')) {
            return None;
        }
        if let Ok(zoned) = PARSER.parse_zoned_datetime(cell) {
            return Some(Self::Zoned(zoned));
        }
        if let Ok(timestamp) = PARSER.parse_timestamp(cell) {
            let offset = Pieces::parse(cell).ok()?.to_numeric_offset();
            let zone = offset.map_or(TimeZone::UTC, TimeZone::fixed);
            return Some(Self::Zoned(timestamp.to_zoned_datetime(zone)));
        }
        if let Ok(local) = PARSER.parse_datetime(cell) {
            return Some(Self::Local(local));
        }
        let day: Date = PARSER.parse_date(cell).ok()?;
        Some(Self::Local(day.to_datetime(Time::midnight())))
    }
}

impl Moment {
    /// Which of two is later. Beside one without a time zone, another's clock counts as it shows.
    pub fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Zoned(one), Self::Zoned(other)) => one.cmp(other),
            _ => self.local().cmp(&other.local()),
        }
    }

    fn local(&self) -> DateTime {
        match self {
            Self::Zoned(zoned) => zoned.datetime(),
            Self::Local(local) => *local,
        }
    }
}

/// A time of day that is compared with others: seconds since midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clock(u32);

impl Clock {
    /// The time that a text is, also one of a single digit: `9:30`, `09:30:00`.
    pub fn of(cell: &str) -> Option<Self> {
        let mut parts = bare(cell).split(':');
        let mut part = |least: usize, limit: u32| {
            let part = parts.next()?;
            let digits =
                (least..=2).contains(&part.len()) && part.bytes().all(|octet| octet.is_ascii_digit());
            let number: u32 = digits.then(|| part.parse().ok()).flatten()?;
            (number < limit).then_some(number)
        };
        let (hours, minutes) = (part(1, 25)?, part(2, 60)?);
        let seconds = part(2, 60);
        let whole =
            parts.next().is_none() && bare(cell).split(':').count() == 2 + usize::from(seconds.is_some());
        whole.then_some(Self(hours * 3600 + minutes * 60 + seconds.unwrap_or_default()))
    }
}

/// Whether a cell is a time of day and nothing else.
pub fn is_time(cell: &str) -> bool {
    bare(cell).parse::<Time>().is_ok()
}

#[cfg(test)]
mod tests;
