//! The report: the ledger, folded for a person or a program.
//!
//! Everything here is recomputed from the ledger, row by row, so a report is
//! as true after a crash as after a clean end. Files are written beside their
//! place and moved there, so that nobody ever reads half of one.

mod csv;
mod faults;
mod json;
mod summary;

use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::ledger::{LedgerError, Reader, Status};
use crate::storage::{FolderError, Replacement, private_folder};

pub use csv::{own_columns, write as write_csv};
pub use faults::FaultsFile;
pub use json::write as write_json;
pub use summary::Summary;

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
    /// For a writer that has no path.
    pub fn of_stream(source: io::Error) -> Self {
        Self::Write {
            path: "to the output".to_owned(),
            source,
        }
    }
}

/// Writes `report.csv`, `failed.csv`, `in_doubt.csv` of a mailing into
/// `folder`.
///
/// # Errors
/// The ledger cannot be read, or a file not written.
pub fn write_files(reader: &Reader, mailing: i64, folder: &Path) -> Result<(), ReportError> {
    private_folder(folder)?;
    let failed: &[Status] = &[
        Status::Rejected,
        Status::Deferred,
        Status::Invalid,
        Status::Bounced,
    ];
    let files: [(&str, Option<&[Status]>); 3] = [
        ("report.csv", None),
        ("failed.csv", Some(failed)),
        ("in_doubt.csv", Some(&[Status::InDoubt])),
    ];
    for (name, only) in files {
        replace(&folder.join(name), |file| csv::write(reader, mailing, only, file))?;
    }
    Ok(())
}

/// Replaces a file as a whole.
pub(crate) fn replace(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), ReportError>,
) -> Result<(), ReportError> {
    let failed = |source: io::Error| ReportError::Write {
        path: path.display().to_string(),
        source,
    };
    let mut writer = BufWriter::with_capacity(1 << 16, Replacement::of(path).map_err(failed)?);
    // Whoever fills it knows no path.
    fill(&mut writer).map_err(|error| match error {
        ReportError::Write { source, .. } => failed(source),
        ReportError::Ledger(_) | ReportError::Folder(_) => error,
    })?;
    let new = writer.into_inner().map_err(|error| failed(error.into_error()))?;
    new.keep().map_err(failed)
}
