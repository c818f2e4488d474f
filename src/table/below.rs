//! What is below a table and does not belong to it: who made the list, totals, notes, signatures.
//!
//! Such a row comes behind a blank one, its address is empty, and it fills less than half of the
//! columns. What comes after it decides: only where no further row of the table follows, to the end
//! of the file, it is below the table. Nobody is skipped in silence: the rows are shown in a
//! warning.

use std::collections::VecDeque;

use crate::campaign::{Place, Problem};
use crate::words::{Arg, Said, say};

use super::address_names::{Naming, naming};
use super::header::Header;
use super::row::{Row, RowFault};
use super::source::Record;

/// Rows that may be below a table: more of them are a part of the list.
const MOST: usize = 20;

/// Of these, the ones whose cells are shown.
const SHOWN: usize = 3;

/// Characters of a row that are shown.
const LENGTH: usize = 60;

type Read = Result<Row, RowFault>;

/// What tells rows of a table from what is below it.
#[derive(Debug, Default)]
pub(super) struct Below {
    /// The cells of the addresses; none where nobody knows them.
    addresses: Vec<usize>,
    /// Other cells that may be addresses, by their names.
    others: Vec<usize>,
    /// A row with an address was read.
    begun: bool,
    /// The cells are not whole addresses but what addresses are made of, as `s2027001` is: words are not.
    made: bool,
}

impl Below {
    /// For a table whose addresses are in the columns of these names.
    pub(super) fn of(header: &Header, columns: &[String]) -> Self {
        // Where each row names its own values, none is blank.
        if !header.lettered {
            return Self::default();
        }
        let cell = |at: usize| header.kept.get(at).copied();
        let positions: Vec<usize> = columns.iter().filter_map(|name| header.position(name)).collect();
        let like = header.names.iter().enumerate();
        let like = like.filter(|(at, name)| !positions.contains(at) && naming(name) != Naming::Other);
        Self {
            others: like.filter_map(|(at, _)| cell(at)).collect(),
            addresses: positions.into_iter().filter_map(cell).collect(),
            begun: false,
            made: false,
        }
    }

    /// The list goes on with rows that have no address.
    pub(super) fn goes_on(&mut self) {
        self.begun = false;
    }

    /// Whether this record may be below the table; `apart`: it does not directly follow a row of
    /// the table.
    pub(super) fn may_hold(&mut self, header: &Header, record: &Record, apart: bool) -> bool {
        if self.addresses.is_empty() {
            return false;
        }
        let filled = |at: &usize| record.cells.get(*at).is_some_and(|cell| !cell.trim().is_empty());
        let cells = self.addresses.iter().filter_map(|at| record.cells.get(*at));
        let mut cells = cells.map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
        let addressed = cells.clone().any(|cell| !self.made || is_part(cell));
        if addressed {
            if !self.begun {
                self.made = cells.all(is_part);
            }
            self.begun = true;
            return false;
        }
        if !apart || !self.begun {
            return false;
        }
        let beyond = record.cells.iter().skip(header.width);
        // A sentence with commas is a line with too many cells.
        let torn = header.ragged && beyond.clone().any(|cell| !cell.trim().is_empty());
        let named = |at: &usize| {
            record
                .cells
                .get(*at)
                .is_some_and(|cell| cell.contains(['@', '＠']))
        };
        let unread = record.faults.iter().filter_map(|fault| fault.cell);
        let cells = (0..record.cells.len()).filter(filled);
        let cells = cells.count() + unread.filter(|at| !filled(at)).count();
        !torn && !self.others.iter().any(named) && cells * 2 < header.columns.len()
    }
}

/// Whether an address may be made of a cell: `合计` and `Total 5` are words.
fn is_part(cell: &str) -> bool {
    let letter = |c: char| c.is_ascii_graphic() && !matches!(c, '@' | ':');
    cell.chars().all(letter)
}

/// Rows that may be below the table, until it is known what follows them.
#[derive(Debug, Default)]
pub(super) struct Held {
    rows: VecDeque<Read>,
    /// They are rows of the table.
    released: bool,
    /// What is below the table, as it is shown, and the first of it.
    skipped: Vec<(u64, String)>,
    first: Option<Row>,
}

impl Held {
    /// The next of the rows that are rows of the table after all.
    pub(super) fn next(&mut self) -> Option<Read> {
        if !self.released {
            return None;
        }
        let next = self.rows.pop_front();
        self.released = !self.rows.is_empty();
        next
    }

    /// Takes a row that may be below the table (`aside`), or one of the table; false where there
    /// are too many of the first kind.
    pub(super) fn take(&mut self, read: Read, aside: bool) -> bool {
        self.rows.push_back(read);
        let few = self.rows.len() <= MOST;
        self.released = !aside || !few;
        !aside || few
    }

    /// The file ends: what is held is below the table.
    pub(super) fn skip(&mut self) {
        for read in self.rows.drain(..) {
            let row = read.unwrap_or_else(|fault| fault.row);
            self.skipped.push((row.number, shown(&row)));
            self.first.get_or_insert(row);
        }
    }

    /// How many rows are below the table.
    pub(super) fn count(&self) -> u64 {
        self.skipped.len() as u64
    }

    /// Whether a problem is about one of them.
    pub(super) fn is_about(&self, problem: &Problem) -> bool {
        let line = problem.place.as_ref().map(|place| place.first_line as u64);
        self.skipped.iter().any(|(row, _)| Some(*row) == line)
    }

    /// The rows that are below the table.
    pub(super) fn numbers(&self) -> Vec<u64> {
        self.skipped.iter().map(|(row, _)| *row).collect()
    }

    /// What is said about the rows below the table.
    pub(super) fn warning(&self, header: &Header) -> Option<Problem> {
        let first = self.first.as_ref()?;
        let each = self.skipped.iter().take(SHOWN);
        let mut each: Vec<Said> = each
            .map(|(row, cells)| say!("table-below-row", row = Arg::plain(row), cells = cells))
            .collect();
        let more = self.skipped.len() - each.len();
        if more > 0 {
            each.push(say!("table-below-more", more = more));
        }
        let what = say!(
            "table-below",
            count = self.skipped.len(),
            rows = Arg::commas(each)
        );
        let place = Place {
            // The row as a whole, not one of its cells.
            cell: None,
            ..header.place(first, None)
        };
        let problem = Problem::warning(what).code("below-table").at(place);
        Some(problem.help(say!("table-below-help")))
    }
}

/// What a row holds.
fn shown(row: &Row) -> String {
    match row.line.as_deref() {
        Some(line) if row.fields.iter().all(|cell| cell.trim().is_empty()) => shortened(&[line.to_owned()]),
        Some(_) | None => shortened(&row.fields),
    }
}

/// What cells hold, on one line.
fn shortened(cells: &[String]) -> String {
    let cells = cells.iter().map(|cell| cell.trim());
    let cells: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
    let line = cells.join(" | ");
    let line = line.split(char::is_control).collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LENGTH {
        return line;
    }
    let short: String = line.chars().take(LENGTH).collect();
    format!("{short}…")
}
