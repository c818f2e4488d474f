//! What the check finds.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use roaring::RoaringTreemap;

use crate::campaign::{Problem, Severity};

use super::domains::AtDomain;
use super::extras::Extras;
use super::receivers::Provider;

/// Single rows that are shown; the others are counted.
pub const SHOWN: usize = 20;

/// What the check pass found.
#[derive(Debug, Default)]
pub struct Checked {
    /// Rows of the file that are not empty.
    pub rows: u64,
    /// Rows that will be sent to.
    pub recipients: u64,
    /// Octets of all their messages.
    pub octets: u64,
    /// Octets of the largest message.
    pub largest: u64,
    /// Envelope recipients of all messages, which a relay's limits count.
    pub addresses: u64,
    /// Copies, and files that rows name.
    pub extras: Extras,
    /// Recipients at the large providers.
    pub at: Vec<(Provider, u64)>,
    /// The domains that recipients are most at, and how many there are in all;
    /// only where they are asked for.
    pub domains: (Vec<AtDomain>, usize),
    /// How long sending takes at least, where it is known through whom.
    pub estimate: Option<Duration>,
    /// SHA-256 of the recipients file.
    pub digest: Option<[u8; 32]>,
    /// Rows without a valid recipient, which are left out.
    pub invalid: u64,
    /// Rows that repeat an earlier recipient, and are left out.
    pub duplicates: u64,
    /// Rows of recipients who are not to be written to.
    pub suppressed: u64,
    /// Rows that are not wanted: `where`, `_skip`.
    pub left_out: u64,
    /// Rows below the table, which are not rows of it.
    pub below: u64,
    /// Everything worth saying.
    pub findings: Vec<Finding>,
    /// Row findings beyond those shown.
    pub unshown: u64,
    /// For each code of a finding, the rows that have it, as the spreadsheet counts.
    pub rows_of: BTreeMap<&'static str, RoaringTreemap>,
    /// The file that lists what is wrong with rows.
    pub faults: Option<PathBuf>,
}

/// One finding, and how many rows have it.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What, where, and what to do.
    pub problem: Problem,
    /// In how many rows; 1 if it does not belong to a row.
    pub rows: u64,
    /// The first of those rows, where they are known.
    pub first_rows: Vec<u64>,
}

impl From<Problem> for Finding {
    fn from(problem: Problem) -> Self {
        Self {
            problem,
            rows: 1,
            first_rows: Vec::new(),
        }
    }
}

impl Checked {
    /// Whether anything stands against sending.
    pub fn has_errors(&self) -> bool {
        self.unshown > 0
            || self
                .findings
                .iter()
                .any(|f| f.problem.severity == Severity::Error)
    }

    /// Findings as errors and warnings.
    pub fn counts(&self) -> (u64, u64) {
        let of = |severity| {
            self.findings
                .iter()
                .filter(|f| f.problem.severity == severity)
                .count() as u64
        };
        (of(Severity::Error) + self.unshown, of(Severity::Warning))
    }

    /// Notes that rows have a finding of this code.
    pub(super) fn note_rows(&mut self, code: &'static str, rows: impl IntoIterator<Item = u64>) {
        self.rows_of.entry(code).or_default().extend(rows);
    }
}
