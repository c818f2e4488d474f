//! Why a report cannot be written.

use std::io;
use std::path::Path;

use crate::ledger::LedgerError;
use crate::storage::{FolderError, Obstacle};
use crate::words::{Said, Speak, hints_of, say, system};

/// A report cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said())]
pub enum ReportError {
    /// The ledger cannot be read.
    Ledger(#[from] LedgerError),
    /// The folder cannot be made.
    Folder(#[from] FolderError),
    /// A file cannot be written.
    Write {
        /// The file.
        path: String,
        /// The system's words.
        source: io::Error,
    },
    /// What it is written to cannot be written.
    Stream(io::Error),
}

impl Speak for ReportError {
    fn said(&self) -> Said {
        match self {
            Self::Ledger(error) => error.said(),
            Self::Folder(error) => error.said(),
            Self::Write { path, source } => {
                say!("report-not-written", path = path, why = system(source))
            }
            Self::Stream(source) => say!("report-output-not-written", why = system(source)),
        }
    }

    fn hints(&self) -> Vec<Said> {
        match self {
            Self::Ledger(error) => error.hints(),
            Self::Folder(error) => error.hints(),
            Self::Write { source, .. } | Self::Stream(source) => hints_of(source),
        }
    }
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
        Self::Stream(source)
    }
}
