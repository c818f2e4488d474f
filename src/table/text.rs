//! Text files: CSV and its kin.

use std::fs::File;
use std::io::{self, BufReader};

use crate::campaign::RecipientsSource;

use super::records::{Hashing, Records};
use super::source::{Record, Source};
use super::{TableError, delimiter, record_error};

/// An open text file.
pub(super) struct TextFile {
    shown: String,
    delimiter: u8,
    records: Records<BufReader<Hashing<File>>>,
}

impl TextFile {
    /// Opens the file that begins with `start`.
    pub(super) fn open(source: &RecipientsSource, start: &[u8]) -> io::Result<Self> {
        let delimiter = source.delimiter.unwrap_or_else(|| delimiter::detect(start));
        let file = Hashing::new(File::open(&source.file)?);
        Ok(Self {
            shown: source.shown.clone(),
            delimiter,
            records: Records::new(BufReader::with_capacity(1 << 16, file), delimiter),
        })
    }

    /// What separates the cells.
    pub(super) fn delimiter(&self) -> char {
        char::from(self.delimiter)
    }
}

impl Source for TextFile {
    fn next(&mut self, record: &mut Record) -> Result<bool, TableError> {
        let next = self.records.next(&mut record.cells);
        match next.map_err(|error| record_error(&self.shown, &error))? {
            Some(number) => {
                record.number = number;
                Ok(true)
            }
            None => Ok(false),
        }
    }

    fn digest(&self) -> [u8; 32] {
        self.records.input().get_ref().digest()
    }
}
