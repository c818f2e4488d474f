//! `summary.json`: one run in numbers.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::ledger::{Copies, Status, Totals};

use super::failure::ReportError;
use super::files::replace;

/// The result of a run's own recipients; `statuses` are the whole mailing's.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct ThisRun {
    /// Those it was about.
    pub recipients: u64,
    /// Those of them who have the message now.
    pub accepted: u64,
    /// Those permanently refused.
    pub rejected: u64,
}

/// The numbers of the sending in an earlier summary.
#[derive(Debug, Deserialize)]
struct Before {
    mailing: String,
    send_seconds: f64,
    messages_per_second: f64,
    bytes: u64,
    connections_opened: u64,
    #[serde(default)]
    this_run: ThisRun,
}

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
    /// What of these is this run's.
    pub this_run: ThisRun,
    /// Copies (Cc, Bcc) that did not arrive with their message.
    pub copies: Copies,
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

    /// Takes the numbers of the sending from the summary in `folder`, if it belongs to the same
    /// mailing: a run that had nothing to send reports the last run that had.
    pub fn sent_before(&mut self, folder: &Path) {
        let text = std::fs::read(folder.join("summary.json")).unwrap_or_default();
        let Ok(before) = serde_json::from_slice::<Before>(&text) else {
            return;
        };
        if before.mailing == self.mailing {
            self.send_seconds = before.send_seconds;
            self.messages_per_second = before.messages_per_second;
            self.bytes = before.bytes;
            self.connections_opened = before.connections_opened;
            self.this_run = before.this_run;
        }
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

/// Counts the statuses anew in the `summary.json` of `folder`, if it is about this mailing: what came
/// back changes them after a run. Everything else in it stays as it is.
///
/// # Errors
/// The file cannot be written.
pub fn count_anew(folder: &Path, mailing: &str, totals: &Totals) -> Result<(), ReportError> {
    const STATUSES: &str = "\"statuses\": {";
    let path = folder.join("summary.json");
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    if serde_json::from_str::<Before>(&text).map_or(true, |before| before.mailing != mailing) {
        return Ok(());
    }
    let Some((before, rest)) = text.split_once(STATUSES) else {
        return Ok(());
    };
    let Some((_, after)) = rest.split_once('}') else {
        return Ok(());
    };
    let statuses = Status::ALL
        .into_iter()
        .map(|status| (status.name(), totals.get(&status).copied().unwrap_or(0)));
    let statuses: BTreeMap<_, _> = statuses.collect();
    let counts = serde_json::to_string_pretty(&statuses).unwrap_or_default();
    // One level further in, as the whole is written.
    let counts = counts.trim_start_matches('{').replace('\n', "\n  ");
    replace(&path, |file| {
        [before, STATUSES, &counts, after]
            .iter()
            .try_for_each(|part| file.write_all(part.as_bytes()))
            .map_err(ReportError::of_stream)
    })
}
