//! A list of people: one a line, kept by hand, or a spreadsheet of them.

use std::io;
use std::path::Path;

use encoding_rs::Encoding;

use crate::campaign::{Place, Problem};

use super::encoding::{self, decoded};
use super::records::Records;
use super::text::{Input, input};
use super::{TableError, beginning, delimiter, detect, is_text, record_error};

/// An open list: its lines as cells, with no promise of a header. Blank lines
/// and lines that begin with `#` are no lines of it, and are counted.
pub struct List {
    shown: String,
    encoding: &'static Encoding,
    delimiter: u8,
    /// The line that it begins with.
    first: u64,
    records: Records<Input>,
}

impl List {
    /// Opens the list that messages call `shown`.
    ///
    /// # Errors
    /// The file cannot be read; within: it is a workbook.
    pub fn open(path: &Path, shown: &str) -> io::Result<Result<Self, TableError>> {
        let start = beginning(path)?;
        if let Err(error) = is_text(&start, shown) {
            return Ok(Err(error));
        }
        let encoding = detect::encoding(path, &start)?;
        let start = decoded(&start, encoding);
        let prologue = delimiter::prologue(&start);
        let detected = || delimiter::detect(prologue.rest, 1, b',');
        let delimiter = prologue.separator.unwrap_or_else(detected);
        let records = Records::new(input(path, encoding)?, delimiter).without_comments_before(u64::MAX);
        Ok(Ok(Self {
            shown: shown.to_owned(),
            encoding,
            delimiter,
            first: prologue.first,
            records,
        }))
    }

    /// The next line's cells and its number; `None` at the end.
    ///
    /// # Errors
    /// A quotation mark too many, octets that are not text, a failing disk.
    pub fn next(&mut self, cells: &mut Vec<String>) -> Result<Option<u64>, TableError> {
        loop {
            let next = self.records.next(cells);
            let Some(number) = next.map_err(|error| record_error(&self.shown, &error))? else {
                return Ok(None);
            };
            if number < self.first {
                continue;
            }
            if let Some(cell) = self.records.strange().first() {
                let name = encoding::name(self.encoding);
                return Err(Problem::error(format!(
                    "row {number}, cell {} is not {name} text, which the file was read as",
                    cell + 1
                ))
                .code("recipients-file")
                .at(Place::whole(self.shown.as_str()))
                .help("open it in the spreadsheet program and save it as \"CSV UTF-8\"")
                .into());
            }
            return Ok(Some(number));
        }
    }

    /// What separates the cells.
    pub fn delimiter(&self) -> char {
        char::from(self.delimiter)
    }

    /// SHA-256 of what was read.
    pub fn digest(&self) -> [u8; 32] {
        self.records.input().input().get_ref().digest()
    }
}
