//! What a cell shows, and what it is.

use calamine::{ExcelDateTime, ExcelDateTimeType};
use ssfmt::{DateSystem, FormatOptions, NumberFormat};

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
        Self::text(if yes { "TRUE" } else { "FALSE" })
    }
}

/// How numbers of one style are shown (ECMA-376 §18.8.30).
pub(super) struct Style(Option<NumberFormat>);

impl Style {
    /// The style with this code; one that nobody understands shows numbers as they are.
    pub(super) fn new(code: &str) -> Self {
        let general = code.is_empty() || code.eq_ignore_ascii_case("general") || code == "@";
        Self(if general {
            None
        } else {
            NumberFormat::parse(code).ok()
        })
    }

    pub(super) fn is_date(&self) -> bool {
        self.0.as_ref().is_some_and(NumberFormat::is_date_format)
    }

    /// A number in this style; of a date, the days since `1900` (or 1904).
    pub(super) fn show(&self, number: f64, since_1904: bool) -> Shown {
        let plain = if self.is_date() {
            iso(number, since_1904)
        } else {
            plain(number)
        };
        let options = FormatOptions {
            date_system: if since_1904 {
                DateSystem::Date1904
            } else {
                DateSystem::Date1900
            },
            ..FormatOptions::default()
        };
        let formatted = self
            .0
            .as_ref()
            .and_then(|format| format.try_format(number, &options).ok());
        match formatted {
            // Blanks around it only align the column.
            Some(text) => Shown::new(text.trim().to_owned(), plain),
            None => Shown::text(plain),
        }
    }
}

/// A number without an exponent, to the fifteen digits that spreadsheets calculate with: a long id
/// stays one, and 0.1 + 0.2 is 0.3.
pub(super) fn plain(number: f64) -> String {
    const WHOLE: f64 = 1e21;
    if !number.is_finite() {
        return number.to_string();
    }
    if number.abs() >= WHOLE || (number != 0.0 && number.abs() < 1e-9) {
        return format!("{number:E}");
    }
    if number.fract() == 0.0 {
        // No sign for what is nothing.
        return format!("{}", number + 0.0);
    }
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    format!("{rounded}")
}

/// A date, a time or both (ISO 8601), of the days since 1900 or 1904.
fn iso(days: f64, since_1904: bool) -> String {
    let moment = ExcelDateTime::new(days, ExcelDateTimeType::DateTime, since_1904);
    if !(0.0..2_958_466.0).contains(&days) {
        return plain(days);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
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
