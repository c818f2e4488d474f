//! What the cells of a column look like.

use std::fmt;

use jiff::civil::Date;

use crate::recipients::is_address;

/// What a column holds, by the look of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looks {
    /// E-mail addresses.
    Addresses,
    /// Dates, with or without a time.
    Dates,
    /// Numbers.
    Numbers,
    /// Yes or no.
    YesNo,
    /// Anything.
    Text,
    /// Nothing at all.
    Empty,
}

impl fmt::Display for Looks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Addresses => "addresses",
            Self::Dates => "dates",
            Self::Numbers => "numbers",
            Self::YesNo => "yes/no",
            Self::Text => "text",
            Self::Empty => "empty",
        })
    }
}

/// Ways to write a date.
const DATES: [&str; 8] = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d-%m-%Y",
    "%Y年%m月%d日",
];

/// Ways to write yes and no.
const YES_NO: [&str; 12] = [
    "yes", "no", "y", "n", "true", "false", "ja", "nein", "oui", "non", "\u{662f}", "\u{5426}",
];

/// Counts what the cells of a column look like.
#[derive(Default)]
pub(super) struct Judge {
    addresses: u64,
    dates: u64,
    numbers: u64,
    yes_no: u64,
    /// The way in which the last date was written.
    date: usize,
}

impl Judge {
    /// Looks at a cell that is not empty.
    pub(super) fn see(&mut self, cell: &str) {
        if cell.contains(['@', '＠']) {
            self.addresses += u64::from(is_address(cell));
        } else if YES_NO.iter().any(|word| word.eq_ignore_ascii_case(cell)) {
            self.yes_no += 1;
        } else if cell.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) {
            if is_number(cell) {
                self.numbers += 1;
            } else if self.is_date(cell) {
                self.dates += 1;
            }
        }
    }

    fn is_date(&mut self, cell: &str) -> bool {
        // A time may follow.
        let day = cell.split(['T', ' ']).next().unwrap_or(cell);
        if !(8..=20).contains(&day.len()) {
            return false;
        }
        let ways = std::iter::once(self.date).chain(0..DATES.len());
        let found = ways
            .filter(|way| {
                DATES
                    .get(*way)
                    .is_some_and(|way| Date::strptime(way, day).is_ok())
            })
            .next();
        self.date = found.unwrap_or(self.date);
        found.is_some()
    }

    /// What most of the cells are, and how many are not.
    pub(super) fn verdict(&self, filled: u64) -> (Looks, u64) {
        if filled == 0 {
            return (Looks::Empty, 0);
        }
        let counts = [
            (Looks::Addresses, self.addresses),
            (Looks::Dates, self.dates),
            (Looks::Numbers, self.numbers),
            (Looks::YesNo, self.yes_no),
        ];
        let most = counts.into_iter().find(|(_, count)| *count * 2 > filled);
        most.map_or((Looks::Text, 0), |(looks, count)| (looks, filled - count))
    }
}

/// `85`, `-1.50`, `1,234.5`, `85%`; `1 234,5` as well.
fn is_number(cell: &str) -> bool {
    let cell = cell.strip_suffix('%').unwrap_or(cell);
    let mut digits = String::with_capacity(cell.len());
    for c in cell.chars() {
        match c {
            '0'..='9' | '-' | '+' | '.' | 'e' | 'E' => digits.push(c),
            ',' | ' ' | '\u{a0}' | '\u{202f}' | '\'' => {}
            _ => return false,
        }
    }
    digits.parse::<f64>().is_ok_and(f64::is_finite)
}
