//! `summary.json`: one run in numbers.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use crate::ledger::{Status, Totals};

use super::failure::ReportError;
use super::files::replace;

/// One run in numbers. Written when it begins with `exit_code: null`, so that
/// a killed run does not look finished, and again when it ends.
#[derive(Debug, Clone, Serialize)]
pub struct Summary {
    /// The campaign's name.
    pub campaign: String,
    /// The mailing's random id.
    pub mailing: String,
    /// Recipients of the mailing that the recipients file lists.
    pub recipients: u64,
    /// How many have each status; every status is there.
    pub statuses: BTreeMap<&'static str, u64>,
    /// How long checking every row took.
    pub check_seconds: f64,
    /// From the first message handed to a worker to the last reply.
    pub send_seconds: f64,
    /// Messages handed over completely in this run, by `send_seconds`.
    pub messages_per_second: f64,
    /// Octets of content the relay accepted in this run.
    pub bytes: u64,
    /// Sessions opened in this run.
    pub connections_opened: u64,
    /// When the run began, UTC.
    pub started_at: String,
    /// When it ended; null while it runs.
    pub finished_at: Option<String>,
    /// What the process exited with; null while it runs, or when it was
    /// killed.
    pub exit_code: Option<i32>,
    /// Why it ended so; null while it runs, or when it was killed.
    pub reason: Option<&'static str>,
    /// When another run may fare better, UTC; null where nobody knows.
    pub retry_at: Option<String>,
}

impl Summary {
    /// Takes the ledger's totals over.
    pub fn count(&mut self, totals: &Totals) {
        self.statuses = Status::ALL
            .into_iter()
            .map(|status| (status.name(), totals.get(&status).copied().unwrap_or(0)))
            .collect();
        let of_rows = [Status::Invalid, Status::Duplicate, Status::Suppressed];
        self.recipients = totals
            .iter()
            .filter(|(s, _)| !of_rows.contains(s))
            .map(|(_, n)| n)
            .sum();
    }

    /// Writes it as `summary.json` into `folder`.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), ReportError> {
        replace(&folder.join("summary.json"), |file| {
            serde_json::to_writer_pretty(&mut *file, self).map_err(|e| ReportError::of_stream(e.into()))?;
            file.write_all(b"\n").map_err(ReportError::of_stream)
        })
    }
}
