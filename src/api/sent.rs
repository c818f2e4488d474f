//! The result of sending.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;

use crate::ledger::Status;
use crate::run::{self, End, Reason};

/// The result of a run.
#[derive(Debug)]
#[non_exhaustive]
pub struct Sent {
    /// How it ended.
    pub end: End,
    /// Why, for programs.
    pub reason: Reason,
    /// When another run may succeed, if that is known.
    pub retry_at: Option<SystemTime>,
    /// Why it ended early, in English; `None` if it did not.
    pub stopped: Option<String>,
    /// The number of messages of this run.
    pub messages: u64,
    /// Octets of content that the relay accepted.
    pub octets: u64,
    /// The first few recipients in doubt, by key.
    pub in_doubt: Vec<String>,
    /// The folder of the reports; none for a test.
    pub results: Option<PathBuf>,
    counts: BTreeMap<Status, u64>,
}

impl Sent {
    /// The number of recipients of the mailing that have this status now.
    pub fn count(&self, status: Status) -> u64 {
        self.counts.get(&status).copied().unwrap_or(0)
    }

    /// The number of accepted recipients, in this run and before.
    pub fn accepted(&self) -> u64 {
        self.count(Status::Accepted)
    }

    /// `report.csv`: one line per row, with its result.
    pub fn report(&self) -> Option<PathBuf> {
        Some(Path::new(self.results.as_ref()?).join("report.csv"))
    }
}

impl From<run::Sent> for Sent {
    fn from(sent: run::Sent) -> Self {
        Self {
            end: sent.ended.end,
            reason: sent.ended.reason,
            retry_at: sent.ended.retry_at.map(moment),
            stopped: sent.stop.map(|stop| stop.to_string()),
            messages: sent.messages,
            octets: sent.summary.bytes,
            in_doubt: sent.in_doubt.into_iter().map(|doubt| doubt.key).collect(),
            results: sent.results,
            counts: sent.totals.into_iter().collect(),
        }
    }
}

/// One of our times as the standard library has it; a time before 1970 becomes 1970.
fn moment(at: Timestamp) -> SystemTime {
    let seconds = u64::try_from(at.as_second()).unwrap_or_default();
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}
