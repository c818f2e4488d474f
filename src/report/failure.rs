//! Why a report cannot be written.

use std::io;
use std::path::Path;

use crate::ledger::LedgerError;
use crate::storage::{FolderError, Obstacle};

/// A report cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The folder cannot be made.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A file cannot be written.
    #[error("the report {path} cannot be written: {source}")]
    Write {
        /// The file.
        path: String,
        /// The system's words.
        source: io::Error,
    },
}

impl ReportError {
    /// For a file, with what is in its way.
    pub(super) fn at(path: &Path, error: io::Error) -> Self {
        Self::Write {
            path: path.display().to_string(),
            source: Obstacle::to_file(path, error).into(),
        }
    }

    /// For a writer that has no path.
    pub fn of_stream(source: io::Error) -> Self {
        Self::Write {
            path: "to the output".to_owned(),
            source,
        }
    }
}
