//! The check pass: every row rendered and composed before the first mail
//! leaves, every finding listed.
//!
//! It sends nothing and writes nothing. What is wrong in the same way in every
//! row (a misspelt variable) is one finding with a count; what is wrong with
//! single rows is listed, the first twenty by name, the rest by number.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;
use lettre::message::Mailbox;
use rayon::prelude::*;

use crate::campaign::{Campaign, Problem, Problems, Severity};
use crate::message::{Composer, MailingId, Stamp};
use crate::recipients::{Key, Repeats, Seen};
use crate::table::{Header, Row, RowFault, Table, TableError};

/// Rows composed side by side before they are counted.
const BLOCK: usize = 512;

/// Single rows that are shown; the others are counted.
pub const SHOWN: usize = 20;

/// What the user has allowed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Allowed {
    /// Rows that are no recipients are left out instead of stopping.
    pub skip_invalid: bool,
    /// Of rows with the same recipient, the first is taken.
    pub skip_duplicates: bool,
}

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
    /// The recipient and subject line of the first message, for the question.
    pub first: Option<String>,
    /// SHA-256 of the recipients file.
    pub digest: Option<[u8; 32]>,
    /// Rows that are no recipients, and why in one line.
    pub invalid: HashMap<u64, String>,
    /// Rows that repeat an earlier recipient.
    pub duplicates: HashSet<u64>,
    /// Everything worth saying.
    pub findings: Vec<Finding>,
    /// Row findings beyond those shown.
    pub unshown: u64,
}

/// One finding, and how many rows have it.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What, where, and the mend.
    pub problem: Problem,
    /// In how many rows; 1 for what is no row's.
    pub rows: u64,
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
}

/// Composes every row of the campaign once. `progress` is told the rows done.
///
/// # Errors
/// The recipients file cannot be read to its end.
pub fn check(
    campaign: &Campaign,
    composer: &Composer,
    allowed: Allowed,
    progress: &mut dyn FnMut(u64),
) -> Result<Checked, TableError> {
    let mut table = Table::open(&campaign.recipients)?;
    let header = Arc::clone(table.header());
    let mut pass = Pass {
        composer,
        allowed,
        header: Arc::clone(&header),
        stamp: Stamp::new(MailingId::of_dry_run(&campaign.name)),
        checked: Checked::default(),
        repeated: BTreeMap::new(),
        seen: Seen::default(),
    };
    let mut block = Vec::with_capacity(BLOCK);
    let mut ended = false;
    while !ended {
        while block.len() < BLOCK {
            match table.next() {
                Some(row) => block.push(row?),
                None => {
                    ended = true;
                    break;
                }
            }
        }
        // Only what is counted outlives the composing: a block of messages may be large.
        let composed: Vec<_> = block.par_iter().map(|row| pass.composed(row)).collect();
        for (row, composed) in block.drain(..).zip(composed) {
            match (row, composed) {
                (_, Some(Ok(composed))) => pass.row(composed),
                (Ok(row), Some(Err(problems))) => pass.fault(row.number, problems),
                (Err(fault), _) => pass.fault(fault.row.number, (*fault.problem).into()),
                (Ok(_), None) => {}
            }
            pass.checked.rows += 1;
            if pass.checked.rows.is_multiple_of(1000) {
                progress(pass.checked.rows);
            }
        }
    }
    pass.checked.digest = table.digest();
    let Pass {
        mut checked,
        repeated,
        seen,
        ..
    } = pass;
    checked.findings.extend(repeated.into_values());
    if seen.is_suspicious() {
        let repeats = second_pass(campaign, composer, seen, &checked.invalid)?;
        duplicates(&mut checked, &repeats, &header, allowed);
    }
    if checked.rows == 0 {
        checked.findings.push(Finding {
            problem: Problem::error("the recipients file has a header and no rows")
                .at(crate::campaign::Place::whole(Arc::clone(&header.file)))
                .help("add a row for each recipient"),
            rows: 1,
        });
    }
    // Places first: the campaign's own problems, then the rows' in order.
    checked.findings.sort_by_key(|f| std::cmp::Reverse(f.rows > 1));
    Ok(checked)
}

struct Pass<'c> {
    composer: &'c Composer,
    allowed: Allowed,
    header: Arc<Header>,
    stamp: Stamp,
    checked: Checked,
    /// Findings that rows share: by place and words.
    repeated: BTreeMap<(String, String), Finding>,
    seen: Seen,
}

/// What the pass counts of a message.
struct Composed {
    key: Key,
    to: Mailbox,
    octets: u64,
}

impl Pass<'_> {
    /// Composes a row that is one, on any thread.
    fn composed(&self, row: &Result<Row, RowFault>) -> Option<Result<Composed, Problems>> {
        let row = row.as_ref().ok()?;
        let composed = self.composer.compose(row, &self.stamp, Timestamp::UNIX_EPOCH);
        Some(composed.map(|(recipient, message)| Composed {
            key: recipient.key,
            to: recipient.to,
            octets: message.content.len() as u64,
        }))
    }

    fn row(&mut self, composed: Composed) {
        self.seen.note(&composed.key);
        self.checked.recipients += 1;
        self.checked.octets += composed.octets;
        self.checked.largest = self.checked.largest.max(composed.octets);
        if self.checked.first.is_none() {
            self.checked.first = Some(composed.to.to_string());
        }
    }

    fn fault(&mut self, row: u64, problems: Problems) {
        let words: Vec<_> = problems.0.iter().map(|p| p.what.as_str()).collect();
        if self.allowed.skip_invalid {
            self.checked.invalid.insert(row, words.join("; "));
            return;
        }
        for problem in problems.0 {
            self.finding(problem);
        }
    }

    fn finding(&mut self, problem: Problem) {
        let in_row = problem
            .place
            .as_ref()
            .is_some_and(|place| place.path == self.header.file);
        if !in_row {
            // A template's: the same in many rows.
            let place = problem
                .place
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default();
            let same = (place, problem.what.clone());
            if let Some(finding) = self.repeated.get_mut(&same) {
                finding.rows += 1;
                return;
            }
            if self.repeated.len() < SHOWN {
                self.repeated.insert(same, Finding { problem, rows: 1 });
                return;
            }
        } else if self.checked.findings.len() < SHOWN {
            self.checked.findings.push(Finding { problem, rows: 1 });
            return;
        }
        self.checked.unshown += 1;
    }
}

/// Proves which of the suspected keys really are repeated.
fn second_pass(
    campaign: &Campaign,
    composer: &Composer,
    seen: Seen,
    invalid: &HashMap<u64, String>,
) -> Result<Repeats, TableError> {
    let mut repeats = seen.second_pass();
    for row in Table::open(&campaign.recipients)? {
        if let Ok(row) = row?
            && !invalid.contains_key(&row.number)
            && let Ok(recipient) = composer.recipient(&row)
        {
            repeats.note(&recipient.key, row.number);
        }
    }
    Ok(repeats)
}

fn duplicates(checked: &mut Checked, repeats: &Repeats, header: &Header, allowed: Allowed) {
    let later = repeats.later_rows();
    if allowed.skip_duplicates {
        checked.recipients = checked.recipients.saturating_sub(later.len() as u64);
        checked.duplicates = later;
        return;
    }
    let groups: Vec<_> = repeats.groups().collect();
    if groups.is_empty() {
        return;
    }
    let mut problem = Problem::error(format!(
        "{} {} in more than one row: {} rows too many",
        groups.len(),
        if groups.len() == 1 {
            "recipient stands"
        } else {
            "recipients stand"
        },
        later.len()
    ))
    .at(crate::campaign::Place::whole(Arc::clone(&header.file)));
    for (key, rows) in groups.iter().take(5) {
        let list: Vec<_> = rows.iter().take(8).map(ToString::to_string).collect();
        let more = if rows.len() > 8 { ", …" } else { "" };
        problem = problem.help(format!("{key}: rows {}{more}", list.join(", ")));
    }
    if groups.len() > 5 {
        problem = problem.help(format!("… and {} more", groups.len() - 5));
    }
    let problem = problem
        .help("one message each: say what tells the rows apart, for example key = [\"email\", \"course\"] below [recipients]")
        .help("one message for all rows of a person: group_by (not supported yet)")
        .help("only the first row of each: --skip-duplicates");
    checked.findings.push(Finding { problem, rows: 1 });
}
