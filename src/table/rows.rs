//! An open spreadsheet: its header, and its rows one at a time.

use std::sync::Arc;

use crate::campaign::{Place, Problem, Problems, RecipientsSource, Text};

use super::about::About;
use super::failure::{TableError, cannot_read};
use super::header::{self, Header, letter};
use super::row::{Row, RowFault};
use super::source::{Record, Source};
use super::text::TextFile;
use super::{database, detect, foreign, json, workbook};

/// An open spreadsheet.
pub struct Table {
    header: Arc<Header>,
    source: Box<dyn Source>,
    record: Record,
    ended: bool,
    about: About,
    /// Cells that stand right of the columns, where that is no fault: the first, and how many.
    stray: Option<(usize, u64, u64)>,
}

impl Table {
    /// Opens the recipients file and reads its header.
    ///
    /// # Errors
    /// A missing file, no header, what cannot be read as a table.
    pub fn open(source: &RecipientsSource) -> Result<Self, TableError> {
        let shown = source.shown.as_str();
        let start = detect::beginning(&source.file).map_err(|e| cannot_read(shown, &e))?;
        if let Some((rows, about)) = database::open(source, &start)? {
            return Self::of(rows, header::unlettered(shown), None, about);
        }
        if let Some(query) = &source.query {
            return Err(not_a_database(query, shown).into());
        }
        if let Some((rows, about)) = json::open(source, &start)? {
            return Self::of(rows, header::unlettered(shown), None, about);
        }
        if let Some(sheet) = workbook::open(source, &start)? {
            return Self::of(sheet.rows, sheet.header, sheet.header_row, sheet.about);
        }
        foreign::refuse(&start, shown)?;
        let mut text = TextFile::open(source, &start)?;
        let header = Header {
            delimiter: text.delimiter(),
            encoding: text.encoding(),
            notes: text.notes(),
            ..Header::unknown(shown)
        };
        let about = About {
            delimiter: Some(text.delimiter()),
            encoding: Some(text.encoding()),
            ..About::default()
        };
        Self::of(Box::new(text), header, source.header_row, about)
    }

    fn of(
        mut source: Box<dyn Source>,
        known: Header,
        header_row: Option<u64>,
        about: About,
    ) -> Result<Self, TableError> {
        let mut record = Record::default();
        let header = match source.columns() {
            Some(columns) => known.named(1, &header::all_named(columns))?,
            None => header(&mut *source, &mut record, known, header_row)?,
        };
        Ok(Self {
            header: Arc::new(header),
            source,
            record,
            ended: false,
            about,
            stray: None,
        })
    }

    /// What the file turned out to be.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// What is worth knowing of the file and stops nothing; all of it after the last row.
    pub fn warnings(&self) -> Vec<Problem> {
        let stray = self.stray.map(|(column, row, cells)| {
            let cell = format!("{}{row}", letter(column));
            Problem::warning(match cells - 1 {
                0 => format!("{cell} stands right of the named columns and is left aside"),
                1 => format!("{cell} and one more cell stand right of the named columns and are left aside"),
                others => format!(
                    "{cell} and {others} more cells stand right of the named columns and are left aside"
                ),
            })
            .code("stray-cells")
            .at(Place::whole(Arc::clone(&self.header.file)))
            .help("give the column a name in the header, if it belongs to the list")
        });
        self.about.warnings.iter().cloned().chain(stray).collect()
    }

    fn note_stray(&mut self) {
        let beyond = self.record.cells.iter().enumerate().skip(self.header.width);
        for (column, _) in beyond.filter(|(_, cell)| !cell.trim().is_empty()) {
            let (_, _, cells) = self.stray.get_or_insert((column, self.record.number, 0));
            *cells += 1;
        }
    }

    /// The columns.
    pub fn header(&self) -> &Arc<Header> {
        &self.header
    }

    /// SHA-256 of the whole file; `None` before its end was reached.
    pub fn digest(&self) -> Option<[u8; 32]> {
        self.ended.then(|| self.source.digest())
    }

    fn next_row(&mut self) -> Result<Option<Result<Row, RowFault>>, TableError> {
        loop {
            self.record.clear();
            if !self.source.next(&mut self.record)? {
                return Ok(None);
            }
            // A row of empty cells is what Excel leaves below the data.
            let empty = self.record.cells.iter().all(|c| c.trim().is_empty());
            if !empty || !self.record.faults.is_empty() {
                if !self.header.ragged {
                    self.note_stray();
                }
                return Ok(Some(fit(&self.header, &mut self.record)));
            }
        }
    }
}

impl Iterator for Table {
    type Item = Result<Result<Row, RowFault>, TableError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let next = self.next_row().transpose();
        self.ended = !matches!(next, Some(Ok(_)));
        next
    }
}

/// Reads up to the row that names the columns.
fn header(
    source: &mut dyn Source,
    record: &mut Record,
    about: Header,
    row: Option<u64>,
) -> Result<Header, TableError> {
    let file = Arc::clone(&about.file);
    let missing = |what: String| {
        Problem::error(what)
            .code("recipients-file")
            .at(Place::whole(Arc::clone(&file)))
            .help("a row of it must name the columns, for example: email,name")
    };
    loop {
        record.clear();
        if !source.next(record)? {
            let what = match row {
                Some(row) => format!("there is no row {row} to name the columns (header_row)"),
                None => "the recipients file is empty".to_owned(),
            };
            return Err(missing(what).into());
        }
        let empty = record.cells.iter().all(|c| c.trim().is_empty());
        match row {
            Some(row) if record.number < row => {}
            Some(row) if record.number > row => {
                return Err(missing(format!(
                    "row {row} is empty, and should name the columns (header_row)"
                ))
                .into());
            }
            None if empty => {}
            Some(_) | None => {
                if let Some(fault) = record.faults.pop() {
                    return Err(Problem::error(format!(
                        "in the header, row {}: {}",
                        record.number, fault.what
                    ))
                    .code(fault.code)
                    .at(Place::whole(file))
                    .help(fault.help)
                    .into());
                }
                return about.named(record.number, &record.cells);
            }
        }
    }
}

fn not_a_database(query: &Text, shown: &str) -> Problem {
    Problem::error(format!("`query` asks a database, and {shown} is none (SQLite)"))
        .code("query")
        .at(query.place.clone())
        .help("take it out; rows of other files are chosen by `where`")
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
    let row = Row {
        number: record.number,
        fields: header.kept.iter().map(take).collect(),
        plain: record
            .plain
            .drain(..)
            .filter_map(|(cell, plain)| Some((column(cell)?, plain)))
            .collect(),
        others: Vec::new(),
    };
    let mut problems = Problems::default();
    if header.ragged && (found < header.width || extra) {
        let help = if found > header.width {
            "a value that contains the delimiter must stand in quotes: \"Smith, Ada\""
        } else {
            "empty cells need their delimiters too; save the file again from the spreadsheet program"
        };
        let what = format!(
            "this row has {found} {}, the header has {}",
            if found == 1 { "cell" } else { "cells" },
            header.width
        );
        problems.push(
            Problem::error(what)
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
