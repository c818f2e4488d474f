//! Merged cells: only the first of them has a value.

use calamine::Dimensions;

use crate::campaign::{Place, Problem};
use crate::words::{Arg, say};

use super::super::header::letter;

/// A rectangle of cells that are merged, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Merged {
    pub(super) first: (u32, u32),
    pub(super) last: (u32, u32),
}

impl From<Dimensions> for Merged {
    fn from(region: Dimensions) -> Self {
        Self {
            first: region.start,
            last: region.end,
        }
    }
}

/// Merged cells that are reported.
const TOLD: usize = 20;

impl Merged {
    /// As the spreadsheet calls its first and its last cell.
    fn ends(&self) -> [String; 2] {
        [self.first, self.last].map(|(row, column)| format!("{}{}", letter(column as usize), row + 1))
    }
}

/// The sentence about merged cells in the row `header`: several columns have one name there.
pub(super) fn in_header(shown: &str, regions: &[Merged], header: u64) -> Option<Problem> {
    let within = |region: &&Merged| {
        let (first, last) = (u64::from(region.first.0) + 1, u64::from(region.last.0) + 1);
        first <= header && header <= last && (region.first.1 < region.last.1 || header < last)
    };
    let [first, last] = regions.iter().find(within)?.ends();
    let (row, below) = (Arg::plain(header), Arg::plain(header + 1));
    let warning = Problem::warning(say!("table-merged-header", row = row, first = first, last = last))
        .code("merged-cells")
        .at(Place::whole(shown))
        .help(say!("table-merged-header-help", row = below));
    Some(warning)
}

/// The sentence about merged cells below the row `header`: all but the first of them are empty.
pub(super) fn told(shown: &str, sheet: &str, regions: &[Merged], header: u64) -> Vec<Problem> {
    let below = |region: &&Merged| u64::from(region.first.0) + 1 > header;
    let mut told: Vec<Problem> = regions
        .iter()
        .filter(below)
        .take(TOLD)
        .map(|region| {
            let [first, last] = region.ends();
            Problem::warning(say!("table-merged", first = first, last = last, sheet = sheet))
                .code("merged-cells")
                // No line is shown; which row it is about tells whether it is of the table.
                .at(Place {
                    first_line: region.first.0 as usize + 1,
                    ..Place::whole(shown)
                })
                .help(say!("table-merged-help"))
        })
        .collect();
    let more = regions.iter().filter(below).count().saturating_sub(TOLD);
    if let Some(last) = told.pop() {
        told.push(match more {
            0 => last,
            more => last.help(say!("table-merged-more", more = more)),
        });
    }
    told
}
