//! What a code says in brackets about the language, the calendar and the digits: `[$-407]`,
//! `[$-ja-JP-x-gannen]`, `[$-D07041E]`, `[DBNum1]`.

use super::calendar::Calendar;
use super::names::Names;
use super::numerals::Numerals;

/// What a section says in brackets.
#[derive(Debug, Clone, Default)]
pub(super) struct Tags {
    pub(super) names: Option<Names>,
    /// Months are always named as beside a day (`[$-FC19]`).
    pub(super) beside_a_day: bool,
    pub(super) calendar: Calendar,
    pub(super) numerals: Numerals,
    /// The first year of an era is 元.
    pub(super) first_year: bool,
    /// `[DBNum…]`: which numerals that are depends on the language, which may come later.
    east: Option<usize>,
}

/// The part of a number for its language.
const LANGUAGE: u32 = 0xffff;

impl Tags {
    /// Takes the text between `[$` and `]`; only the currency is shown.
    pub(super) fn take(&mut self, inside: &str) -> String {
        let Some((currency, language)) = inside.split_once('-') else {
            return inside.to_owned();
        };
        let (language, further) = language.split_once(',').unwrap_or((language, ""));
        let bits = u32::from_str_radix(further, 16).unwrap_or(0);
        self.shape_and_calendar(bits);
        if let Ok(number) = u32::from_str_radix(language, 16) {
            self.names = Names::of_number(number & LANGUAGE).or(self.names.take());
            self.beside_a_day = number & 0xfc00 == 0xfc00;
            self.shape_and_calendar(number >> 16);
        } else {
            let lower = language.to_ascii_lowercase();
            self.first_year = lower.ends_with("x-gannen");
            let tag = lower.split("-x-").next().unwrap_or_default();
            self.names = Names::of_tag(tag).or(self.names.take());
        }
        currency.to_owned()
    }

    /// The digits in the higher octet, the calendar in the lower; their highest bits are about what
    /// is typed.
    fn shape_and_calendar(&mut self, bits: u32) {
        let (shape, calendar) = (bits >> 8 & 0x7f, bits & 0x7f);
        if shape > 0 {
            self.numerals = Numerals::of_shape(shape);
        }
        if calendar > 0 {
            self.calendar = Calendar::of_number(calendar);
        }
    }

    /// `DBNum1` and its like.
    pub(super) fn east(&mut self, kind: usize) {
        self.east = Some(kind);
    }

    /// Once all of them are taken.
    pub(super) fn close(&mut self) {
        if let Some(kind) = self.east {
            self.numerals = Numerals::of_the_east(kind, self.names.as_ref().map_or("", |names| names.tag));
        }
    }

    pub(super) fn language(&self) -> &'static str {
        self.names.as_ref().map_or("", Names::language)
    }
}
