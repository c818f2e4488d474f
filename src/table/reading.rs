//! The records of an open file as rows of its header's columns.

use std::sync::Arc;

use crate::campaign::{Place, Problem, Problems};
use crate::words::{Arg, say};

use super::below::Below;
use super::excerpt;
use super::failure::TableError;
use super::header::{Header, letter};
use super::marks::Mark;
use super::row::{Row, RowFault};
use super::source::{Record, Source};
use super::words::is_false;

/// An open file behind its header.
pub(super) struct Reading {
    pub(super) header: Arc<Header>,
    pub(super) source: Box<dyn Source>,
    record: Record,
    /// Cells to the right of the columns, if that is not a fault: the first, and how many.
    stray: Option<(usize, u64, u64)>,
    /// Cells that the sheet shows in a way that nobody is certain of: likewise.
    unsure: Option<(usize, u64, u64)>,
    /// Rows with nothing but unticked boxes: the first, and how many.
    unticked: Option<(u64, u64)>,
    /// What tells rows of the table from what is below it.
    below: Below,
    /// The last row that was not blank.
    last: u64,
    /// Whether it may be below the table.
    pub(super) aside: bool,
}

impl Reading {
    pub(super) fn new(header: Arc<Header>, source: Box<dyn Source>) -> Self {
        Self {
            header,
            source,
            record: Record::default(),
            stray: None,
            unsure: None,
            unticked: None,
            below: Below::default(),
            last: 0,
            aside: false,
        }
    }

    /// Says which columns hold the addresses, before the first row is read.
    pub(super) fn addressed_by(&mut self, columns: &[String]) {
        self.below = Below::of(&self.header, columns);
    }

    /// The next row, or what is wrong with it; `None` at the end.
    ///
    /// # Errors
    /// The file cannot be read on.
    pub(super) fn next(&mut self) -> Result<Option<Result<Row, RowFault>>, TableError> {
        loop {
            self.record.clear();
            if !self.source.next(&mut self.record)? {
                return Ok(None);
            }
            // A row of empty cells is what Excel leaves below the data.
            let empty = self.record.cells.iter().all(|c| c.trim().is_empty());
            if empty && self.record.faults.is_empty() {
                continue;
            }
            if self.is_unticked() {
                self.unticked.get_or_insert((self.record.number, 0)).1 += 1;
                continue;
            }
            // Behind a blank row, or behind another that may be below the table.
            let apart = self.aside || self.record.number > self.last + 1;
            self.last = self.record.number;
            self.aside = self.below.may_hold(&self.header, &self.record, apart);
            if !self.aside {
                self.note_cells();
            }
            return Ok(Some(fit(&self.header, &mut self.record)));
        }
    }

    /// What was taken for rows below the table is too much for that: the list goes on.
    pub(super) fn goes_on(&mut self) {
        self.aside = false;
        self.below.goes_on();
    }

    /// Where the last row can be read again without those before it.
    pub(super) fn mark(&self) -> Option<Mark> {
        self.record.mark
    }

    /// Whether there is nothing in the current row but boxes that nobody has ticked: Google Sheets
    /// fills a column with them as far down as the sheet goes.
    fn is_unticked(&self) -> bool {
        /// Octets of the longest word for no: what is longer, as an address is, needs no look at all.
        const LONGEST: usize = 14;
        let filled = || self.record.cells.iter().filter(|cell| !cell.trim().is_empty());
        // Where each row names its own values, no row is left over.
        self.header.lettered
            && !self.record.cells.iter().any(|cell| cell.len() > LONGEST)
            && self.record.faults.is_empty()
            && self.header.width > 1
            && filled().all(|cell| is_false(cell))
            && filled().next().is_some()
    }

    /// What is worth knowing of the rows so far.
    pub(super) fn warnings(&self) -> impl Iterator<Item = Problem> {
        let warnings = [self.stray_cells(), self.unsure_cells(), self.unticked_rows()];
        warnings.into_iter().flatten()
    }

    fn unsure_cells(&self) -> Option<Problem> {
        let (column, row, cells) = self.unsure?;
        let cell = format!("{}{row}", letter(column));
        Some(
            Problem::warning(say!("table-other-calendar", cells = cells, cell = cell))
                .code("number-format")
                .at(Place::whole(Arc::clone(&self.header.file)))
                .help(say!("table-other-calendar-help")),
        )
    }

    fn unticked_rows(&self) -> Option<Problem> {
        let (first, rows) = self.unticked?;
        let what = say!("table-unticked-rows", rows = rows, row = Arg::plain(first));
        Some(
            Problem::warning(what)
                .code("unticked-rows")
                .at(Place::whole(Arc::clone(&self.header.file)))
                .help(say!("table-unticked-rows-help")),
        )
    }

    /// The cells to the right of the columns so far.
    fn stray_cells(&self) -> Option<Problem> {
        let (column, row, cells) = self.stray?;
        let cell = format!("{}{row}", letter(column));
        Some(
            Problem::warning(say!("table-stray-cells", cells = cells, cell = cell))
                .code("stray-cells")
                .at(Place::whole(Arc::clone(&self.header.file)))
                .help(say!("table-stray-cells-help")),
        )
    }

    fn note_cells(&mut self) {
        if !self.header.ragged {
            self.note_stray();
        }
        for column in &self.record.unsure {
            self.unsure.get_or_insert((*column, self.record.number, 0)).2 += 1;
        }
    }

    fn note_stray(&mut self) {
        let beyond = self.record.cells.iter().enumerate().skip(self.header.width);
        for (column, _) in beyond.filter(|(_, cell)| !cell.trim().is_empty()) {
            let (_, _, cells) = self.stray.get_or_insert((column, self.record.number, 0));
            *cells += 1;
        }
    }
}

/// The cells as a row of the header's columns; a ragged one is a fault.
fn fit(header: &Header, record: &mut Record) -> Result<Row, RowFault> {
    let found = record.cells.len();
    // Further empty cells are what a spreadsheet leaves at the right.
    let extra = record
        .cells
        .iter()
        .skip(header.width)
        .any(|c| !c.trim().is_empty());
    let take = |i: &usize| record.cells.get_mut(*i).map(std::mem::take).unwrap_or_default();
    let column = |cell: usize| header.kept.iter().position(|kept| *kept == cell);
    let mut row = Row {
        number: record.number,
        fields: header.kept.iter().map(take).collect(),
        plain: record
            .plain
            .drain(..)
            .filter_map(|(cell, plain)| Some((column(cell)?, plain)))
            .collect(),
        ..Row::default()
    };
    row.line = excerpt::written(&record.line, &row.fields, header.layout());
    let mut problems = Problems::default();
    if header.ragged && (found < header.width || extra) {
        let help = if found > header.width {
            say!("table-row-too-many-cells-help")
        } else {
            say!("table-row-too-few-cells-help")
        };
        problems.push(
            Problem::error(say!("table-row-cells", cells = found, width = header.width))
                .code("ragged-row")
                .at(header.place(&row, None))
                .help(help),
        );
    }
    for fault in record.faults.drain(..) {
        problems.push(
            Problem::error(fault.what)
                .code(fault.code)
                .at(header.place(&row, fault.cell.and_then(column)))
                .help(fault.help),
        );
    }
    if problems.0.is_empty() {
        Ok(row)
    } else {
        Err(RowFault { row, problems })
    }
}
