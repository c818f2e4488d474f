//! A change of the ledger that is kept as a whole or not at all.

use std::ops::{Deref, DerefMut};
use std::path::PathBuf;

use super::failure::LedgerError;
use super::file::Ledger;

/// A ledger in the middle of a change: dropped before [`Change::keep`], the
/// file is as it was, or gone when it held no mailing.
pub struct Change {
    // In this order: what is left over is removed once the file is closed.
    ledger: Ledger,
    leftover: Leftover,
}

/// A file without a mailing in it.
struct Leftover(Option<PathBuf>);

impl Ledger {
    /// Begins a change that holds together. Readers see the ledger as it was.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn change(self) -> Result<Change, LedgerError> {
        self.execute("PRAGMA synchronous = FULL", [])?;
        self.execute("BEGIN IMMEDIATE", [])?;
        let empty: bool = self
            .connection
            .query_row("SELECT NOT EXISTS (SELECT 1 FROM mailing)", [], |row| row.get(0))
            .map_err(|e| self.failed(e))?;
        let leftover = Leftover(empty.then(|| self.path.clone()));
        Ok(Change {
            ledger: self,
            leftover,
        })
    }
}

impl Change {
    /// Keeps the change, on disk.
    ///
    /// # Errors
    /// The ledger cannot be written; nothing is changed then.
    pub fn keep(mut self) -> Result<Ledger, LedgerError> {
        self.ledger.execute("COMMIT", [])?;
        self.leftover.0 = None;
        Ok(self.ledger)
    }
}

impl Deref for Change {
    type Target = Ledger;

    fn deref(&self) -> &Ledger {
        &self.ledger
    }
}

impl DerefMut for Change {
    fn deref_mut(&mut self) -> &mut Ledger {
        &mut self.ledger
    }
}

impl Drop for Leftover {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // It says nothing: where it cannot be removed, it does no harm.
            let _ = std::fs::remove_file(path);
        }
    }
}
