//! A spreadsheet -> an iterator of rows, one at a time.
//!
//! The file is streamed: memory does not grow with it. A row that does not
//! fit its header is a [`RowFault`], a value that is listed with the others;
//! only a file that cannot be read, or whose header makes no sense, is a
//! [`TableError`]. Rows are numbered as the spreadsheet shows them, header
//! included, blank lines included, a cell with line breaks counted once.
//!
//! This module knows nothing of addresses or templates: a row is text.

mod delimiter;
mod list;
mod records;

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use crate::campaign::{Place, Problem, Problems, RecipientsSource};

pub use list::List;

use records::{Hashing, RecordError, Records};

/// Columns whose names begin so are ours, written into reports; they are
/// dropped on reading, so that `failed.csv` is a recipients file again.
pub const OWN_PREFIX: &str = "mailshot_";

/// The header: which columns there are, and where the table came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// What the user calls the file.
    pub file: Arc<str>,
    /// The columns' names, trimmed.
    pub columns: Vec<String>,
    /// What separates the cells.
    pub delimiter: u8,
    /// The columns as the file has them: `columns[i]` is cell `kept[i]`.
    kept: Vec<usize>,
    /// How many cells a line of the file has.
    width: usize,
}

/// One line of the recipients file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The row as the spreadsheet counts it; the header is row 1.
    pub number: u64,
    /// One value a column, in the header's order, as they stand in the file.
    pub fields: Vec<String>,
}

/// A row that is no recipient, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// What could be read of it, fitted to the header for the report.
    pub row: Row,
    /// What is wrong, where, and what to do.
    pub problem: Box<Problem>,
}

/// The file cannot be read to its end; nothing can be sent from it.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct TableError(Box<Problems>);

impl TableError {
    /// The problems as a list.
    pub fn into_problems(self) -> Problems {
        *self.0
    }
}

impl From<Problem> for TableError {
    fn from(problem: Problem) -> Self {
        Self(Box::new(problem.into()))
    }
}

impl Header {
    /// The place of one cell of a row (or of the whole row), for messages: the
    /// row's number stands for the line.
    pub fn place(&self, row: &Row, column: Option<usize>) -> Place {
        let mut text = String::new();
        let mut span = 0..0;
        for (i, field) in row.fields.iter().enumerate() {
            if i > 0 {
                text.push(char::from(self.delimiter));
            }
            let start = text.len();
            // A cell's line breaks would break the caret's line.
            text.extend(field.chars().map(|c| if c.is_control() { ' ' } else { c }));
            if column == Some(i) {
                span = start..text.len();
            }
        }
        if column.is_none() {
            span = 0..text.len();
        }
        if text.is_empty() {
            text.push(' ');
        }
        Place {
            path: Arc::clone(&self.file),
            first_line: usize::try_from(row.number).unwrap_or(usize::MAX),
            text: text.into(),
            span,
        }
    }

    /// The header of a file that could not be read: no columns.
    pub fn unknown(file: &str) -> Self {
        Self {
            file: file.into(),
            columns: Vec::new(),
            delimiter: b',',
            kept: Vec::new(),
            width: 0,
        }
    }

    /// The position of a column.
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|c| c == column)
    }
}

/// An open spreadsheet.
pub struct Table {
    header: Arc<Header>,
    records: Records<BufReader<Hashing<File>>>,
    ended: bool,
}

impl Table {
    /// Opens the recipients file and reads its header.
    ///
    /// # Errors
    /// A missing file, no header, a header with empty or repeated names, text
    /// that is not UTF-8.
    pub fn open(source: &RecipientsSource) -> Result<Self, TableError> {
        let shown = source.shown.as_str();
        let start = beginning(&source.file).map_err(|e| cannot_read(shown, &e))?;
        is_text(&start, shown)?;
        let delimiter = source.delimiter.unwrap_or_else(|| delimiter::detect(&start));
        let file = File::open(&source.file).map_err(|e| cannot_read(shown, &e))?;
        let mut records = Records::new(BufReader::with_capacity(1 << 16, Hashing::new(file)), delimiter);
        let mut cells = Vec::new();
        match records.next(&mut cells) {
            Ok(Some(1)) => {}
            Ok(Some(row)) => {
                return Err(Problem::error(format!(
                    "the header must be in the first row; the first {} are empty",
                    row - 1
                ))
                .code("header")
                .at(Place::whole(shown))
                .help("delete the empty rows above the header")
                .into());
            }
            Ok(None) => {
                return Err(Problem::error("the recipients file is empty")
                    .code("recipients-file")
                    .at(Place::whole(shown))
                    .help("its first row must name the columns, for example: email,name")
                    .into());
            }
            Err(error) => return Err(record_error(shown, &error)),
        }
        Ok(Self {
            header: Arc::new(header(shown, delimiter, &cells)?),
            records,
            ended: false,
        })
    }

    /// The columns.
    pub fn header(&self) -> &Arc<Header> {
        &self.header
    }

    /// SHA-256 of the whole file; `None` before its end was reached.
    pub fn digest(&self) -> Option<[u8; 32]> {
        self.ended.then(|| self.records.input().get_ref().digest())
    }

    fn next_row(&mut self) -> Option<Result<Result<Row, RowFault>, TableError>> {
        let mut cells = Vec::new();
        loop {
            match self.records.next(&mut cells) {
                Ok(None) => {
                    self.ended = true;
                    return None;
                }
                Ok(Some(number)) => {
                    // A row of empty cells is what Excel leaves below the data.
                    if cells.iter().all(|c| c.trim().is_empty()) {
                        continue;
                    }
                    return Some(Ok(fit(&self.header, number, &mut cells)));
                }
                Err(error) => {
                    return Some(Err(record_error(&self.header.file, &error)));
                }
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
        let next = self.next_row();
        if matches!(next, Some(Err(_))) {
            self.ended = true;
        }
        next
    }
}

fn beginning(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut start = Vec::new();
    File::open(path)?.take(1 << 16).read_to_end(&mut start)?;
    Ok(start)
}

/// Whether a file that begins so can be CSV.
fn is_text(start: &[u8], shown: &str) -> Result<(), TableError> {
    let save = "open it in the spreadsheet program and save it as \"CSV UTF-8\"";
    let what = match start.get(..4).unwrap_or(start) {
        [b'P', b'K', 3, 4] => "this is a workbook (.xlsx or .ods), not CSV; workbooks are not supported yet",
        [0xd0, 0xcf, 0x11, 0xe0] => {
            "this is an old Excel workbook (.xls), not CSV; workbooks are not supported yet"
        }
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "this is UTF-16 text; only UTF-8 is supported yet",
        _ => return Ok(()),
    };
    Err(Problem::error(what)
        .code("recipients-file")
        .at(Place::whole(shown))
        .help(save)
        .into())
}

fn cannot_read(shown: &str, error: &std::io::Error) -> TableError {
    let problem = Problem::error(format!("the recipients file cannot be read: {error}"))
        .code("recipients-file")
        .at(Place::whole(shown));
    if error.kind() == std::io::ErrorKind::NotFound {
        problem
            .help("check the file's name; paths in the campaign file start from its folder")
            .into()
    } else {
        problem.into()
    }
}

fn record_error(shown: &str, error: &RecordError) -> TableError {
    let problem = match error {
        RecordError::Read(e) => Problem::error(format!("reading this file failed: {e}")).code("recipients-file"),
        RecordError::TooLong { row } => {
            Problem::error(format!("row {row} is larger than {} MiB", records::LONGEST >> 20)).code("recipients-file").help(
                "usually a quotation mark is opened in that row and never closed; look for a lone \" there",
            )
        }
        RecordError::Unclosed { row } => {
            Problem::error(format!("row {row} opens a quotation mark that is never closed")).code("recipients-file")
                .help("look for a lone \" there and take it out: the rows after it were taken for one cell")
                .help("a \" that belongs to a value is written twice, and the value in quotes: \"Ada \"\"the\"\" Lovelace\"")
        }
        RecordError::AfterQuote { row } => {
            Problem::error(format!("row {row} goes on after a closing quotation mark")).code("recipients-file")
                .help("look for a lone \" there and take it out: it may have taken the rows up to the next one for one cell")
                .help("a \" that belongs to a value is written twice, and the value in quotes: \"Ada \"\"the\"\" Lovelace\"")
        }
        RecordError::NotUtf8 { row, column } => {
            Problem::error(format!("row {row}, cell {column} is not UTF-8 text")).code("recipients-file")
                .help(
                    "the file is in another encoding (GBK, Big5, windows-1252 …), which is not supported yet",
                )
                .help("open it in the spreadsheet program and save it as \"CSV UTF-8\"")
        }
    };
    problem.at(Place::whole(shown)).into()
}

fn header(shown: &str, delimiter: u8, cells: &[String]) -> Result<Header, TableError> {
    let mut problems = Problems::default();
    let file: Arc<str> = shown.into();
    let names: Vec<String> = cells.iter().map(|c| c.trim().to_owned()).collect();
    let whole = Header {
        file: Arc::clone(&file),
        columns: names.clone(),
        delimiter,
        kept: (0..names.len()).collect(),
        width: names.len(),
    };
    let row = Row {
        number: 1,
        fields: names.clone(),
    };
    for (i, name) in names.iter().enumerate() {
        let here = whole.place(&row, Some(i));
        if name.is_empty() {
            problems.push(
                Problem::error(format!("column {} has no name in the header", letter(i)))
                    .code("header")
                    .at(here)
                    .help("give it a name, or delete the column"),
            );
        } else if let Some(first) = names.iter().take(i).position(|n| n == name) {
            problems.push(
                Problem::error(format!(
                    "two columns are called `{name}`: {} and {}",
                    letter(first),
                    letter(i)
                ))
                .code("header")
                .at(here)
                .help("rename one of them: a template could not say which it means"),
            );
        }
    }
    if problems.has_errors() {
        return Err(TableError(Box::new(problems)));
    }
    let kept: Vec<usize> = (0..names.len())
        .filter(|i| !names[*i].starts_with(OWN_PREFIX))
        .collect();
    if kept.is_empty() {
        return Err(Problem::error("the header names no column of yours")
            .code("header")
            .at(Place::whole(shown))
            .into());
    }
    Ok(Header {
        file,
        columns: kept.iter().map(|i| names[*i].clone()).collect(),
        delimiter,
        width: names.len(),
        kept,
    })
}

/// A column as a spreadsheet letters it: A, B, … Z, AA.
pub fn letter(mut index: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(index % 26).unwrap_or(0)));
        if index < 26 {
            break;
        }
        index = index / 26 - 1;
    }
    letters.iter().rev().collect()
}

/// The cells as a row of the header's columns; a ragged one is a fault.
fn fit(header: &Header, number: u64, cells: &mut [String]) -> Result<Row, RowFault> {
    let found = cells.len();
    // Further empty cells are what a spreadsheet leaves at the right.
    let extra = cells.iter().skip(header.width).any(|c| !c.trim().is_empty());
    let take = |i: &usize| cells.get_mut(*i).map(std::mem::take).unwrap_or_default();
    let row = Row {
        number,
        fields: header.kept.iter().map(take).collect(),
    };
    if found >= header.width && !extra {
        return Ok(row);
    }
    let help = if found > header.width {
        "a value that contains the delimiter must stand in quotes: \"Smith, Ada\""
    } else {
        "empty cells need their delimiters too; save the file again from the spreadsheet program"
    };
    let problem = Problem::error(format!(
        "this row has {found} {}, the header has {}",
        if found == 1 { "cell" } else { "cells" },
        header.width
    ))
    .code("ragged-row")
    .at(header.place(&row, None))
    .help(help);
    Err(RowFault {
        row,
        problem: Box::new(problem),
    })
}

#[cfg(test)]
mod tests;
