//! The files that a run leaves in `results/`.
//!
//! Each is replaced as a whole, so that nobody ever reads half of one.

use std::io::{BufWriter, Write};
use std::path::Path;

use crate::ledger::Status;
use crate::storage::{FileId, Replacement, is_absent, private_folder};

use super::failure::ReportError;
use super::format::Format;
use super::rows::Rows;

/// What became of every row.
const REPORT: &str = "report.csv";

/// The same of an earlier run, while a run goes on.
const BEFORE: &str = "report.before.csv";

/// Those who need another look.
const FAILED: &str = "failed.csv";

/// Those who may have it.
const IN_DOUBT: &str = "in_doubt.csv";

/// The names of the reports that say who has the message.
pub(super) const REPORTS: [&str; 2] = [REPORT, BEFORE];

/// Writes `report.csv`, `failed.csv`, `in_doubt.csv` of a mailing's rows, of `all` of them, into
/// `folder`.
///
/// # Errors
/// The ledger cannot be read, or a file not written.
pub fn write_files(all: &Rows<'_>, folder: &Path) -> Result<(), ReportError> {
    private_folder(folder)?;
    let failed: &[Status] = &[
        Status::Rejected,
        Status::Deferred,
        Status::Invalid,
        Status::Bounced,
    ];
    let files = [
        (REPORT, all.clone()),
        // It is a list to continue with: rows that were corrected do not come back.
        (FAILED, all.only(failed).still_listed()),
        (IN_DOUBT, all.only(&[Status::InDoubt])),
    ];
    for (name, rows) in files {
        replace(&folder.join(name), |file| Format::Csv.write(&rows, file))?;
    }
    // What it told is in the new one.
    match std::fs::remove_file(folder.join(BEFORE)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(ReportError::at(&folder.join(BEFORE), error))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Before a run: what is in the way of its reports is found out, and the report of an earlier run
/// steps aside, so that it does not pass for this one's where this one is killed. `list` stays: the
/// run reads it.
///
/// # Errors
/// Something else has the place of a report.
pub fn make_room(folder: &Path, list: &Path) -> Result<(), ReportError> {
    private_folder(folder)?;
    for name in [REPORT, FAILED, IN_DOUBT, "summary.json"] {
        let path = folder.join(name);
        if path.is_dir() {
            return Err(ReportError::at(&path, std::io::ErrorKind::IsADirectory.into()));
        }
    }
    // Whether there is a way to write at all.
    let summary = folder.join("summary.json");
    drop(Replacement::of(&summary).map_err(|error| ReportError::at(&summary, error))?);
    let report = folder.join(REPORT);
    let is_list = FileId::at(list).is_ok_and(|list| FileId::at(&report).is_ok_and(|report| report == list));
    if is_absent(&report) || is_list {
        return Ok(());
    }
    std::fs::rename(&report, folder.join(BEFORE)).map_err(|error| ReportError::at(&report, error))
}

/// Replaces a file as a whole.
pub(super) fn replace(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), ReportError>,
) -> Result<(), ReportError> {
    let failed = |error| ReportError::at(path, error);
    let mut writer = BufWriter::with_capacity(1 << 16, Replacement::of(path).map_err(failed)?);
    // The function that fills it does not know the path.
    fill(&mut writer).map_err(|error| match error {
        ReportError::Write { source, .. } | ReportError::Stream(source) => failed(source),
        ReportError::Ledger(_) | ReportError::Folder(_) => error,
    })?;
    let new = writer.into_inner().map_err(|error| failed(error.into_error()))?;
    new.keep().map_err(failed)
}
