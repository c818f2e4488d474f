//! What a cell shows, and what it is.

use calamine::{ExcelDateTime, ExcelDateTimeType};
use jiff::civil::{Date, Weekday};
use ssfmt::{DateSystem, FormatOptions, NumberFormat};

use super::super::cell::{FALSE, TRUE};
use super::codes::{Beyond, filled, of_number};
use super::number::plain;

/// What a cell shows, and what it is where that is something else.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) plain: Option<String>,
}

impl Shown {
    fn new(text: String, plain: String) -> Self {
        Self {
            plain: (text != plain).then_some(plain),
            text,
        }
    }

    pub(super) fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            plain: None,
        }
    }

    pub(super) fn yes_or_no(yes: bool) -> Self {
        Self::text(if yes { TRUE } else { FALSE })
    }
}

/// How numbers of one style are shown (ECMA-376 §18.8.30).
#[derive(Default)]
pub(super) struct Style {
    /// `None` shows numbers as they are.
    format: Option<NumberFormat>,
    is_date: bool,
    beyond: Beyond,
    /// A code in which something of the value is filled in.
    code: String,
}

impl Style {
    /// The style with this code; one that nobody understands shows numbers as they are.
    pub(super) fn new(code: &str) -> Self {
        if code.is_empty() || code.eq_ignore_ascii_case("general") || code == "@" {
            return Self::default();
        }
        let code = match code.to_ascii_lowercase() {
            // The computer's long date, whatever follows.
            lower if lower.starts_with("[$-f800]") => of_number(14),
            _ => code,
        };
        let beyond = Beyond::of(code);
        let format = NumberFormat::parse(&filled(code, 0.0, None)).ok();
        let of_date = format.as_ref().is_some_and(NumberFormat::is_date_format);
        Self {
            is_date: of_date || beyond.weekday || beyond.era,
            format: format.filter(|_| !beyond.era),
            beyond,
            code: code.to_owned(),
        }
    }

    /// A number in this style; of a date, the days since `1900` (or 1904).
    pub(super) fn show(&self, number: f64, since_1904: bool) -> Shown {
        if self.beyond.no_zero && number == 0.0 {
            return Shown::default();
        }
        let plain = if self.is_date {
            iso(number, since_1904)
        } else {
            plain(number)
        };
        match self.formatted(number, since_1904) {
            // Blanks around it only align the column, and of what rounds to nothing the sign is none.
            Some(text) => Shown::new(unsigned_nothing(text.trim()).to_owned(), plain),
            None => Shown::text(plain),
        }
    }

    fn formatted(&self, number: f64, since_1904: bool) -> Option<String> {
        let format = self.format.as_ref()?;
        let options = FormatOptions {
            date_system: if since_1904 {
                DateSystem::Date1904
            } else {
                DateSystem::Date1900
            },
            ..FormatOptions::default()
        };
        if !self.beyond.fills_in() {
            return format.try_format(number, &options).ok();
        }
        // With a section of its own for negative numbers, the sign is written there.
        let own_sign = self.beyond.general && self.code.contains(';');
        let written = if own_sign { number.abs() } else { number };
        let format = NumberFormat::parse(&filled(&self.code, written, weekday(number, since_1904))).ok()?;
        let value = if self.beyond.general && !own_sign {
            number.abs()
        } else {
            number
        };
        let text = format.try_format(value, &options).ok()?;
        Some(if self.beyond.noon {
            text.replace("AM", "上午").replace("PM", "下午")
        } else {
            text
        })
    }
}

/// `-0.00` as `0.00`.
fn unsigned_nothing(text: &str) -> &str {
    match text.strip_prefix('-') {
        Some(rest) if rest.contains('0') && rest.chars().all(|c| matches!(c, '0' | '.' | ',' | '%')) => rest,
        Some(_) | None => text,
    }
}

/// Year, month, day, hour, minute and second of the days since 1900 or 1904.
fn moment(days: f64, since_1904: bool) -> Option<(u16, u8, u8, u8, u8, u8)> {
    if !(0.0..2_958_466.0).contains(&days) {
        return None;
    }
    let moment = ExcelDateTime::new(days, ExcelDateTimeType::DateTime, since_1904);
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    Some((year, month, day, hour, minute, second))
}

/// `None` also for 29 February 1900, which is a day in spreadsheets alone.
fn weekday(days: f64, since_1904: bool) -> Option<Weekday> {
    let (year, month, day, ..) = moment(days, since_1904)?;
    let (year, month, day) = (
        year.try_into().ok()?,
        month.try_into().ok()?,
        day.try_into().ok()?,
    );
    Some(Date::new(year, month, day).ok()?.weekday())
}

/// A date, a time or both (ISO 8601).
fn iso(days: f64, since_1904: bool) -> String {
    let Some((year, month, day, hour, minute, second)) = moment(days, since_1904) else {
        return plain(days);
    };
    let date = format!("{year:04}-{month:02}-{day:02}");
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    if days < 1.0 {
        time
    } else if days.fract() == 0.0 {
        date
    } else {
        format!("{date}T{time}")
    }
}
