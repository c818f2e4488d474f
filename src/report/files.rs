//! The files that a run leaves in `results/`.
//!
//! Each is replaced as a whole, so that nobody ever reads half of one.

use std::io::{BufWriter, Write};
use std::path::Path;

use crate::ledger::{Reader, Status};
use crate::storage::{Replacement, private_folder};

use super::failure::ReportError;
use super::format::Format;
use super::rows::Rows;

/// The names of the reports of who has it.
pub(super) const REPORTS: [&str; 2] = ["report.csv", "report.before.csv"];

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
        replace(&folder.join(name), |file| {
            Format::Csv.write(&Rows::of(reader, mailing, only), file)
        })?;
    }
    Ok(())
}

/// Replaces a file as a whole.
pub(super) fn replace(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), ReportError>,
) -> Result<(), ReportError> {
    let failed = |error| ReportError::at(path, error);
    let mut writer = BufWriter::with_capacity(1 << 16, Replacement::of(path).map_err(failed)?);
    // Whoever fills it knows no path.
    fill(&mut writer).map_err(|error| match error {
        ReportError::Write { source, .. } => failed(source),
        ReportError::Ledger(_) | ReportError::Folder(_) => error,
    })?;
    let new = writer.into_inner().map_err(|error| failed(error.into_error()))?;
    new.keep().map_err(failed)
}
