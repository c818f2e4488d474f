//! An open spreadsheet: its header, and its rows one at a time.

use std::sync::Arc;

use crate::campaign::{Place, Problem, RecipientsSource, Text};
use crate::words::{Arg, Said, say};

use super::about::About;
use super::below::Held;
use super::failure::{TableError, cannot_read};
use super::header::{Header, all_named, unlettered};
use super::marks::Marks;
use super::one::{self, One};
use super::reading::Reading;
use super::row::{Row, RowFault};
use super::source::{Record, Source};
use super::stamp::Stamp;
use super::text::TextFile;
use super::{database, detect, foreign, json, workbook};

/// An open spreadsheet.
pub struct Table {
    pub(super) reading: Reading,
    /// Rows that may be below the table.
    pub(super) held: Held,
    ended: bool,
    about: About,
    /// What it was opened by, and what its file looked like then.
    pub(super) origin: RecipientsSource,
    pub(super) stamp: Option<Stamp>,
    /// Where rows that were read begin.
    pub(super) marks: Marks,
}

impl Table {
    /// Opens the recipients file and reads its header.
    ///
    /// # Errors
    /// A missing file, no header, what cannot be read as a table.
    pub fn open(source: &RecipientsSource) -> Result<Self, TableError> {
        if let Some(to) = &source.only {
            return Self::of_one(source, to);
        }
        let stamp = Stamp::of(&source.file);
        let mut opened = open(source)?;
        let header = match opened.rows.columns() {
            Some(columns) => opened.header.named(1, &all_named(columns))?,
            None => header(&mut *opened.rows, opened.header, opened.header_row)?,
        };
        let mut reading = Reading::new(Arc::new(header), opened.rows);
        reading.addressed_by(&source.addressed_by);
        Ok(Self {
            reading,
            held: Held::default(),
            ended: false,
            about: opened.about,
            origin: source.clone(),
            stamp,
            marks: Marks::default(),
        })
    }

    /// The one row of what has no list: there is nothing in it that templates could fill in.
    fn of_one(source: &RecipientsSource, to: &Text) -> Result<Self, TableError> {
        let header = Header {
            literal: true,
            ..unlettered(&source.shown)
        };
        let header = header.named(0, &[one::COLUMN.to_owned()])?;
        Ok(Self {
            reading: Reading::new(Arc::new(header), Box::new(One::of(&to.value))),
            held: Held::default(),
            ended: false,
            about: About::default(),
            origin: source.clone(),
            stamp: None,
            marks: Marks::default(),
        })
    }

    /// What the file turned out to be.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// Says which columns hold the addresses, before the first row is read: what is below the
    /// table is skipped then.
    pub fn addressed_by(&mut self, columns: &[String]) {
        self.reading.addressed_by(columns);
        self.origin.addressed_by = columns.to_vec();
    }

    /// How many rows are below the table, which are skipped; known after the last row.
    pub fn below(&self) -> u64 {
        self.held.count()
    }

    /// What is worth knowing of the file and stops nothing; all of it after the last row.
    pub fn warnings(&self) -> Vec<Problem> {
        let of_table = |problem: &&Problem| problem.code != "merged-cells" || !self.held.is_about(problem);
        self.about
            .warnings
            .iter()
            .filter(of_table)
            .cloned()
            .chain(self.held.warning(&self.reading.header))
            .chain(workbook::told_columns(&self.reading.header))
            .chain(self.reading.warnings())
            .collect()
    }

    /// The columns.
    pub fn header(&self) -> &Arc<Header> {
        &self.reading.header
    }

    /// SHA-256 of the whole file; `None` before its end was reached.
    pub fn digest(&self) -> Option<[u8; 32]> {
        self.ended.then(|| self.reading.source.digest())
    }
}

impl Iterator for Table {
    type Item = Result<Result<Row, RowFault>, TableError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(held) = self.held.next() {
                return Some(Ok(held));
            }
            if self.ended {
                return None;
            }
            let next = self.reading.next().transpose();
            self.ended = !matches!(next, Some(Ok(_)));
            if let Some(mark) = self.reading.mark() {
                self.marks.note(mark);
            }
            match next {
                Some(Ok(read)) => {
                    if !self.held.take(read, self.reading.aside) {
                        self.reading.goes_on();
                    }
                }
                Some(Err(error)) => return Some(Err(error)),
                None => self.held.skip(),
            }
        }
    }
}

/// A file whose kind is known, before its header is read.
struct Opened {
    rows: Box<dyn Source>,
    header: Header,
    /// The row that names the columns, where that is known: the first otherwise.
    header_row: Option<u64>,
    about: About,
}

impl Opened {
    fn unlettered(rows: Box<dyn Source>, shown: &str, about: About) -> Self {
        Self {
            rows,
            header: unlettered(shown),
            header_row: None,
            about,
        }
    }
}

fn open(source: &RecipientsSource) -> Result<Opened, TableError> {
    let shown = source.shown.as_str();
    let start = detect::beginning(&source.file).map_err(|e| cannot_read(shown, &e))?;
    if let Some((rows, about)) = database::open(source, &start)? {
        return Ok(Opened::unlettered(rows, shown, about));
    }
    if let Some(query) = &source.query {
        return Err(not_a_database(query, shown).into());
    }
    if let Some((rows, about)) = json::open(source, &start)? {
        return Ok(Opened::unlettered(rows, shown, about));
    }
    if let Some(sheet) = workbook::open(source, &start)? {
        return Ok(Opened {
            rows: sheet.rows,
            header: sheet.header,
            header_row: sheet.header_row,
            about: sheet.about,
        });
    }
    foreign::refuse(&start, shown)?;
    let mut text = TextFile::open(source, &start)?;
    let header = Header {
        delimiter: text.delimiter(),
        encoding: text.encoding(),
        notes: text.notes(),
        quotes: true,
        ..Header::unknown(shown)
    };
    let about = About {
        delimiter: Some(text.delimiter()),
        encoding: Some(text.encoding()),
        ..About::default()
    };
    Ok(Opened {
        rows: Box::new(text),
        header,
        header_row: source.header_row,
        about,
    })
}

/// Reads up to the row that names the columns.
fn header(source: &mut dyn Source, about: Header, row: Option<u64>) -> Result<Header, TableError> {
    let mut record = Record::default();
    let file = Arc::clone(&about.file);
    let missing = |what: Said| {
        Problem::error(what)
            .code("recipients-file")
            .at(Place::whole(Arc::clone(&file)))
            .help(say!("table-no-header-help"))
    };
    loop {
        record.clear();
        if !source.next(&mut record)? {
            let what = match row {
                Some(row) => say!("table-no-such-header-row", row = Arg::plain(row)),
                None => say!("table-empty"),
            };
            return Err(missing(what).into());
        }
        let empty = record.cells.iter().all(|c| c.trim().is_empty());
        match row {
            Some(row) if record.number < row => {}
            Some(row) if record.number > row => {
                return Err(missing(say!("table-header-row-empty", row = Arg::plain(row))).into());
            }
            None if empty => {}
            Some(_) | None => {
                if let Some(fault) = record.faults.pop() {
                    let row = Arg::plain(record.number);
                    let what = say!("table-in-header", row = row, what = fault.what);
                    return Err(Problem::error(what)
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
    Problem::error(say!("table-query-no-database", file = shown))
        .code("query")
        .at(query.place.clone())
        .help(say!("table-query-no-database-help"))
}
