//! What the cells of a column look like.

use crate::recipients::is_address;
use crate::table::Tally;
use crate::table::cell::Meaning;
use crate::words::{Said, Speak, say, spoken};

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

impl Looks {
    /// For programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Addresses => "addresses",
            Self::Dates => "dates",
            Self::Numbers => "numbers",
            Self::YesNo => "yes-no",
            Self::Text => "text",
            Self::Empty => "empty",
        }
    }
}

impl Speak for Looks {
    fn said(&self) -> Said {
        match self {
            Self::Addresses => say!("run-looks-addresses"),
            Self::Dates => say!("run-looks-dates"),
            Self::Numbers => say!("run-looks-numbers"),
            Self::YesNo => say!("run-looks-yes-no"),
            Self::Text => say!("run-looks-text"),
            Self::Empty => say!("run-looks-empty"),
        }
    }
}

spoken!(Looks);

/// Counts what the cells of a column look like.
#[derive(Default)]
pub(super) struct Judge {
    addresses: u64,
    dates: u64,
    numbers: u64,
    answers: Tally,
}

impl Judge {
    /// Looks at a cell of this row that is not empty.
    pub(super) fn see(&mut self, cell: &str, row: u64) {
        self.answers.see(cell, row);
        if cell.contains(['@', '＠']) {
            self.addresses += u64::from(is_address(cell));
            return;
        }
        match Meaning::of(cell) {
            Meaning::Number(_) => self.numbers += 1,
            Meaning::Date(_) => self.dates += 1,
            Meaning::YesNo(_) | Meaning::Text | Meaning::Empty => {}
        }
    }

    /// What most of the cells of the column of this name are, and how many are not.
    pub(super) fn verdict(&self, name: &str, filled: u64) -> (Looks, u64) {
        if filled == 0 {
            return (Looks::Empty, 0);
        }
        let counts = [
            (Looks::Addresses, self.addresses),
            (Looks::Dates, self.dates),
            (Looks::Numbers, self.numbers),
            (Looks::YesNo, self.answers.answers(name)),
        ];
        let most = counts.into_iter().find(|(_, count)| *count * 2 > filled);
        most.map_or((Looks::Text, 0), |(looks, count)| (looks, filled - count))
    }
}
