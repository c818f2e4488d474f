//! The one row of what has no list: `mailshot send --to ada@example.org`.

use sha2::{Digest, Sha256};

use super::failure::TableError;
use super::source::{Record, Source};

/// Its only column, so that a report says who it was.
pub(super) const COLUMN: &str = "to";

/// A row that is in no file.
pub(super) struct One {
    to: String,
    read: bool,
}

impl One {
    pub(super) fn of(to: &str) -> Self {
        Self {
            to: to.to_owned(),
            read: false,
        }
    }
}

impl Source for One {
    fn next(&mut self, record: &mut Record) -> Result<bool, TableError> {
        if self.read {
            return Ok(false);
        }
        self.read = true;
        record.number = 1;
        record.cells.push(self.to.clone());
        Ok(true)
    }

    fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.to.as_bytes()).into()
    }
}
