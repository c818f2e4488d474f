//! Years, months and days in other calendars.

use super::moment::Moment;

/// By what years, months and days are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Calendar {
    #[default]
    Gregorian,
    /// By the reigns of emperors.
    Japanese,
    /// Since the republic.
    Taiwan,
    /// Since Dangun.
    Korean,
    /// Since Buddha.
    Buddhist,
    /// One whose days depend on whom one asks: that of the Hijra, and others with a moon.
    Other,
}

/// A date in a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dated {
    pub(super) year: i64,
    pub(super) month: u8,
    pub(super) day: u8,
}

/// A reign, or whatever years are counted from: by a letter, in short, in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Era {
    pub(super) names: [&'static str; 3],
    pub(super) year: i64,
}

/// The first day of a reign, and its names.
type Reign = ((i16, u8, u8), [&'static str; 3]);

/// The reigns, the last first.
const REIGNS: [Reign; 5] = [
    ((2019, 5, 1), ["R", "令", "令和"]),
    ((1989, 1, 8), ["H", "平", "平成"]),
    ((1926, 12, 25), ["S", "昭", "昭和"]),
    ((1912, 7, 30), ["T", "大", "大正"]),
    ((1868, 1, 1), ["M", "明", "明治"]),
];

impl Calendar {
    /// The calendar that Windows has this number for (CALID).
    pub(super) fn of_number(number: u32) -> Self {
        match number {
            1 | 2 | 9..=12 => Self::Gregorian,
            3 => Self::Japanese,
            4 => Self::Taiwan,
            5 => Self::Korean,
            7 => Self::Buddhist,
            _ => Self::Other,
        }
    }

    /// A moment's date.
    pub(super) fn date(self, moment: Moment) -> Option<Dated> {
        let (year, month, day) = moment.date()?;
        let year = i64::from(year);
        let of = |year| Some(Dated { year, month, day });
        match self {
            Self::Gregorian => of(year),
            Self::Japanese | Self::Taiwan | Self::Korean => of(self.era(moment)?.year),
            Self::Buddhist => of(year + 543),
            Self::Other => None,
        }
    }

    /// A moment's era, and the year of it.
    pub(super) fn era(self, moment: Moment) -> Option<Era> {
        let date = moment.date()?;
        let year = i64::from(date.0);
        match self {
            Self::Japanese => {
                let (first, names) = REIGNS.iter().find(|(first, _)| date >= *first)?;
                let year = year - i64::from(first.0) + 1;
                Some(Era { names: *names, year })
            }
            Self::Taiwan => (year > 1911).then_some(Era {
                names: ["民國", "民國", "中華民國"],
                year: year - 1911,
            }),
            Self::Korean => Some(Era {
                names: ["단기"; 3],
                year: year + 2333,
            }),
            Self::Gregorian | Self::Buddhist | Self::Other => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Calendar, Dated, Moment};

    fn date(calendar: Calendar, serial: f64) -> (i64, u8, u8) {
        let moment = Moment::of(serial, false, false, 0).unwrap();
        let Dated { year, month, day } = calendar.date(moment).unwrap();
        (year, month, day)
    }

    /// As .NET's JapaneseCalendar, ThaiBuddhistCalendar and their like count them.
    #[test]
    fn days_are_counted_as_windows_counts_them() {
        for (calendar, serial, expected) in [
            (Calendar::Buddhist, 46_090.0, (2569, 3, 9)),
            (Calendar::Taiwan, 46_090.0, (115, 3, 9)),
            (Calendar::Korean, 46_090.0, (4359, 3, 9)),
            (Calendar::Japanese, 46_090.0, (8, 3, 9)),
            (Calendar::Japanese, 43_585.0, (31, 4, 30)),
            (Calendar::Japanese, 43_586.0, (1, 5, 1)),
            (Calendar::Japanese, 1.0, (33, 1, 1)),
        ] {
            assert_eq!(date(calendar, serial), expected, "{calendar:?} {serial}");
        }
    }
}
