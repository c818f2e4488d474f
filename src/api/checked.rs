//! What a check found.

use crate::campaign::{Problem, Severity};
use crate::check;

/// What a check of every message found.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Checked {
    /// Rows of the list that are not empty.
    pub rows: u64,
    /// Recipients that would be sent to.
    pub recipients: u64,
    /// Rows whose recipients are on a suppression list.
    pub suppressed: u64,
    /// Octets of all messages.
    pub octets: u64,
    /// All findings, errors first.
    pub findings: Vec<Finding>,
    errors: bool,
    rows_of: Vec<(&'static str, roaring::RoaringTreemap)>,
}

impl Checked {
    /// Whether the campaign can be sent.
    pub fn is_ok(&self) -> bool {
        !self.errors
    }

    /// The rows with a finding of this code, numbered as in the spreadsheet: all of them, not only
    /// the first.
    pub fn rows_with(&self, code: &str) -> impl Iterator<Item = u64> + '_ {
        let rows = self.rows_of.iter().find(|(of, _)| *of == code);
        rows.into_iter().flat_map(|(_, rows)| rows.iter())
    }
}

impl From<&check::Checked> for Checked {
    fn from(checked: &check::Checked) -> Self {
        Self {
            rows: checked.rows,
            recipients: checked.recipients,
            suppressed: checked.suppressed,
            octets: checked.octets,
            findings: checked.findings.iter().map(Finding::from).collect(),
            errors: checked.has_errors(),
            rows_of: checked
                .rows_of
                .iter()
                .map(|(code, rows)| (*code, rows.clone()))
                .collect(),
        }
    }
}

/// Something that is wrong, or may be wrong.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Finding {
    /// Its kind, for programs: it never changes, even if the words do.
    pub code: &'static str,
    /// It is an error, and nothing is sent until it is corrected; otherwise it is a warning or a note.
    pub is_error: bool,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub help: Vec<String>,
    /// The file it is in.
    pub file: Option<String>,
    /// Line and column in it, from 1, if it has one place.
    pub line_and_column: Option<(usize, usize)>,
    /// The number of rows that it affects.
    pub rows: u64,
}

impl From<&check::Finding> for Finding {
    fn from(finding: &check::Finding) -> Self {
        Self {
            rows: finding.rows,
            ..Self::from(finding.problem.clone())
        }
    }
}

impl From<Problem> for Finding {
    fn from(problem: Problem) -> Self {
        let place = problem.place.as_ref();
        // A file as a whole has no line.
        let exact = place.filter(|place| !place.text.is_empty());
        Self {
            code: problem.code,
            is_error: problem.severity == Severity::Error,
            file: place.map(|place| place.path.to_string()),
            line_and_column: exact.map(|place| (place.line(), place.column())),
            what: problem.what.to_string(),
            help: problem.help.iter().map(ToString::to_string).collect(),
            rows: 1,
        }
    }
}
