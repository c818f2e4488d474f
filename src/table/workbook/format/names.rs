//! The names of months, days and the halves of a day, in the language that a code names.

use std::sync::LazyLock;

/// A language a line (`tests/fixtures/formats/names.py` writes them and says what is in them). From the
/// Unicode CLDR, © Unicode, Inc. (Unicode-3.0), and globalize, © Software Freedom Conservancy (MIT).
const LANGUAGES: &str = include_str!("names.tsv");

/// The names of a language.
#[derive(Debug, Clone, Default)]
pub(in crate::table::workbook) struct Names {
    pub(super) tag: &'static str,
    months: Vec<&'static str>,
    /// As they are written beside a day, where that is another form.
    beside_a_day: Vec<&'static str>,
    short_months: Vec<&'static str>,
    days: Vec<&'static str>,
    short_days: Vec<&'static str>,
    halves: Vec<&'static str>,
}

/// The part of a number for a language that says which, without the country.
const PRIMARY: u32 = 0x3ff;

impl Names {
    fn read(line: &'static str) -> Option<Self> {
        let mut columns = line.split('\t');
        let tag = columns.next()?.split(' ').next()?;
        columns.next()?;
        let mut list = || -> Option<Vec<&'static str>> {
            let column = columns.next()?;
            Some(if column.is_empty() {
                Vec::new()
            } else {
                column.split('|').collect()
            })
        };
        Some(Self {
            tag,
            months: list()?,
            beside_a_day: list()?,
            short_months: list()?,
            days: list()?,
            short_days: list()?,
            halves: list()?,
        })
    }

    /// The language that Windows has this number for ([MS-LCID]), or its kin in another country.
    pub(super) fn of_number(number: u32) -> Option<Self> {
        let numbers = |line: &'static str| {
            let column = line.split('\t').nth(1).unwrap_or_default();
            column
                .split(' ')
                .filter_map(|number| u32::from_str_radix(number, 16).ok())
        };
        let mut lines = LANGUAGES.lines();
        let exact = lines.find(|line| numbers(line).any(|known| known == number));
        let kin = || {
            LANGUAGES
                .lines()
                .find(|line| numbers(line).any(|known| known & PRIMARY == number & PRIMARY))
        };
        exact.or_else(kin).and_then(Self::read)
    }

    /// The language of a tag (BCP 47), taken off subtag by subtag.
    pub(super) fn of_tag(tag: &str) -> Option<Self> {
        let tags = |line: &'static str| line.split('\t').next().unwrap_or_default().split(' ');
        let mut wanted = tag;
        loop {
            let known = |line: &&'static str| tags(line).any(|known| known.eq_ignore_ascii_case(wanted));
            if let Some(line) = LANGUAGES.lines().find(known) {
                return Self::read(line);
            }
            let Some((shorter, _)) = wanted.rsplit_once('-') else {
                break;
            };
            wanted = shorter;
        }
        let language = |known: &str| {
            known
                .split('-')
                .next()
                .is_some_and(|known| known.eq_ignore_ascii_case(wanted))
        };
        LANGUAGES
            .lines()
            .find(|line| tags(line).any(language))
            .and_then(Self::read)
    }

    /// The names where a code names no language.
    pub(super) fn english() -> &'static Self {
        static ENGLISH: LazyLock<Names> = LazyLock::new(|| Names::of_number(0x409).unwrap_or_default());
        &ENGLISH
    }

    /// The names of days as East Asia writes them, where a code names no language of it.
    pub(super) fn chinese() -> &'static Self {
        static CHINESE: LazyLock<Names> = LazyLock::new(|| Names::of_number(0x804).unwrap_or_default());
        &CHINESE
    }

    pub(super) fn language(&self) -> &'static str {
        self.tag.split('-').next().unwrap_or_default()
    }

    /// A month, from 1.
    pub(super) fn month(&self, month: u8, beside_a_day: bool) -> &'static str {
        let named = if beside_a_day && !self.beside_a_day.is_empty() {
            &self.beside_a_day
        } else {
            &self.months
        };
        at(named, usize::from(month).wrapping_sub(1))
    }

    pub(super) fn short_month(&self, month: u8) -> &'static str {
        at(&self.short_months, usize::from(month).wrapping_sub(1))
    }

    /// A day of the week, from Monday.
    pub(super) fn day(&self, from_monday: usize) -> &'static str {
        at(&self.days, from_monday)
    }

    pub(super) fn short_day(&self, from_monday: usize) -> &'static str {
        at(&self.short_days, from_monday)
    }

    pub(super) fn half(&self, afternoon: bool) -> &'static str {
        at(&self.halves, usize::from(afternoon))
    }
}

fn at(names: &[&'static str], index: usize) -> &'static str {
    names.get(index).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{LANGUAGES, Names};

    #[test]
    fn every_language_has_all_names() {
        for line in LANGUAGES.lines() {
            let names = Names::read(line).unwrap();
            for (list, count) in [
                (&names.months, 12),
                (&names.short_months, 12),
                (&names.days, 7),
                (&names.short_days, 7),
                (&names.halves, 2),
            ] {
                assert_eq!(list.len(), count, "{line}");
                assert!(list.iter().all(|name| !name.is_empty()), "{line}");
            }
            assert!(matches!(names.beside_a_day.len(), 0 | 12), "{line}");
        }
    }

    #[test]
    fn a_language_is_found_by_number_and_tag() {
        for (number, tag, march) in [
            (0x407, "de-DE", "März"),
            (0xc07, "de-AT", "März"),
            (0x40c, "fr-FR", "mars"),
            (0x2c0a, "es-AR", "marzo"),
            (0xfc19, "ru", "март"),
            (0x16, "pt", "março"),
            (0x804, "zh-Hans-CN", "三月"),
            (0x409, "en-XX-nothing", "March"),
        ] {
            assert_eq!(Names::of_number(number).unwrap().month(3, false), march);
            assert_eq!(Names::of_tag(tag).unwrap().month(3, false), march);
        }
        assert_eq!(Names::of_number(0x419).unwrap().month(3, true), "марта");
        assert!(Names::of_number(0).is_none() && Names::of_tag("").is_none());
    }
}
