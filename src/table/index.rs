//! Rows by their numbers, without those before them.
//!
//! A pass over a [`Table`] notes where rows begin; an index made from it reads a row from the last
//! such place before the row. Only text, JSON lines and JSON lists have such places: workbooks and
//! databases are read from their beginning for every row.

use std::sync::{Arc, Mutex, PoisonError};

use crate::campaign::{Place, Problem, RecipientsSource};
use crate::words::say;

use super::failure::{TableError, cannot_read};
use super::header::Header;
use super::marks::{Mark, Marks};
use super::reading::Reading;
use super::row::{Row, RowFault};
use super::rows::Table;
use super::source::Reopen;
use super::stamp::Stamp;

/// What a pass yields for a row.
type Yielded = Result<Row, RowFault>;

/// Where the rows of a file are. It takes less than 200 KiB however long the file is, and can be
/// asked from several threads.
pub struct RowIndex {
    source: RecipientsSource,
    header: Arc<Header>,
    known: Mutex<Arc<Known>>,
}

/// What a pass found out.
struct Known {
    /// What the file looked like before the pass.
    stamp: Option<Stamp>,
    marks: Marks,
    /// Rows that are below the table.
    below: Vec<u64>,
    reopen: Option<Box<dyn Reopen>>,
}

impl RowIndex {
    /// The index of the rows that were read of a table so far: all of them, after its last row. A
    /// row behind them is found, too, by reading on from there.
    pub fn of(table: &Table) -> Self {
        Self {
            source: table.origin.clone(),
            header: Arc::clone(table.header()),
            known: Mutex::new(Arc::new(Known::of(table))),
        }
    }

    /// The row with this number, or what is wrong with it, as a pass over the table yields it;
    /// `None` where a pass yields no row with this number. Where the file was changed meanwhile,
    /// it is read again, and this is its row of now.
    ///
    /// # Errors
    /// The file cannot be read up to there, or its columns are no longer the same.
    pub fn row(&self, number: u64) -> Result<Option<Yielded>, TableError> {
        let known = Arc::clone(&self.known.lock().unwrap_or_else(PoisonError::into_inner));
        if let Some(reopen) = known.reopen.as_deref().filter(|_| !known.marks.is_empty()) {
            let found = match known.marks.before(number) {
                Some(_) if known.below.contains(&number) => Ok(None),
                Some(mark) => self.read_on(reopen, mark, number),
                None => Ok(None),
            };
            // Looked at behind the reading: the file may change at any time.
            if known.stamp.is_some() && known.stamp == Stamp::of(&self.source.file) {
                return found;
            }
        }
        self.read_anew(number)
    }

    fn read_on(&self, reopen: &dyn Reopen, mark: &Mark, number: u64) -> Result<Option<Yielded>, TableError> {
        let source = reopen
            .at(mark)
            .map_err(|error| cannot_read(&self.source.shown, &error))?;
        let mut reading = Reading::new(Arc::clone(&self.header), source);
        while let Some(row) = reading.next()? {
            let at = number_of(&row);
            if at >= number {
                return Ok((at == number).then_some(row));
            }
        }
        Ok(None)
    }

    /// Reads the file from its beginning; to its end where that makes the next row quicker to find.
    fn read_anew(&self, number: u64) -> Result<Option<Yielded>, TableError> {
        let mut table = Table::open(&self.source)?;
        if table.header().columns != self.header.columns {
            return Err(Problem::error(say!("table-columns-changed"))
                .code("recipients-file")
                .at(Place::whole(self.source.shown.as_str()))
                .help(say!("table-run-again"))
                .into());
        }
        let to_its_end = table.reading.source.reopen().is_some();
        let (mut found, mut passed) = (None, false);
        while to_its_end || !passed {
            match table.next() {
                None => break,
                Some(Err(_)) if passed => break,
                Some(Err(error)) => return Err(error),
                Some(Ok(row)) => {
                    let at = number_of(&row);
                    passed |= at >= number;
                    if at == number {
                        found = Some(row);
                    }
                }
            }
        }
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(Known::of(&table));
        Ok(found)
    }
}

impl Known {
    fn of(table: &Table) -> Self {
        Self {
            stamp: table.stamp,
            marks: table.marks.clone(),
            below: table.held.numbers(),
            reopen: table.reading.source.reopen(),
        }
    }
}

fn number_of(row: &Yielded) -> u64 {
    match row {
        Ok(row) => row.number,
        Err(fault) => fault.row.number,
    }
}

#[cfg(test)]
#[path = "tests/index.rs"]
mod tests;
