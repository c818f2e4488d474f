//! A list of people: one a line, kept by hand, or a spreadsheet of them.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

use super::records::{Hashing, Records};
use super::{TableError, beginning, delimiter, is_text, record_error};

/// An open list: its lines as cells, with no promise of a header. Blank lines
/// and lines that begin with `#` are no lines of it, and are counted.
pub struct List {
    shown: String,
    delimiter: u8,
    records: Records<BufReader<Hashing<File>>>,
}

impl List {
    /// Opens the list that messages call `shown`.
    ///
    /// # Errors
    /// The file cannot be read; within: it is a workbook, or UTF-16.
    pub fn open(path: &Path, shown: &str) -> io::Result<Result<Self, TableError>> {
        let start = beginning(path)?;
        if let Err(error) = is_text(&start, shown) {
            return Ok(Err(error));
        }
        let delimiter = delimiter::detect(without_comments(&start));
        let input = BufReader::with_capacity(1 << 16, Hashing::new(File::open(path)?));
        Ok(Ok(Self {
            shown: shown.to_owned(),
            delimiter,
            records: Records::new(input, delimiter).without_comments(),
        }))
    }

    /// The next line's cells and its number; `None` at the end.
    ///
    /// # Errors
    /// A quotation mark too many, text that is not UTF-8, a failing disk.
    pub fn next(&mut self, cells: &mut Vec<String>) -> Result<Option<u64>, TableError> {
        self.records
            .next(cells)
            .map_err(|error| record_error(&self.shown, &error))
    }

    /// What separates the cells.
    pub fn delimiter(&self) -> char {
        char::from(self.delimiter)
    }

    /// SHA-256 of what was read.
    pub fn digest(&self) -> [u8; 32] {
        self.records.input().get_ref().digest()
    }
}

/// What the first lines that are no comments begin with: commas of a comment separate nothing.
fn without_comments(mut start: &[u8]) -> &[u8] {
    start = start.strip_prefix("\u{feff}".as_bytes()).unwrap_or(start);
    while start.first().is_some_and(|first| b"#\r\n".contains(first)) {
        let end = memchr::memchr2(b'\r', b'\n', start).map_or(start.len(), |at| at + 1);
        start = start.get(end..).unwrap_or_default();
    }
    start
}
