//! One pass over the recipients file, three blocks of rows at a time: while
//! the rows of one are composed on all cores, what the last came to is taken,
//! and the next is read.

use std::collections::{BTreeMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use lettre::message::Mailbox;
use rayon::prelude::*;

use crate::campaign::{Problem, Problems};
use crate::message::Content;
use crate::recipients::{Key, Seen};
use crate::table::{Header, Row, RowFault, Table, TableError};

use super::{Checked, Finding, Plan, SHOWN, Taken};

/// Rows in a block, at most.
const ROWS: usize = 512;

/// Octets of the messages in a block: the larger they are, the fewer at a time.
const OCTETS: usize = 8 << 20;

/// What a pass leaves.
pub(super) struct Passed {
    pub(super) checked: Checked,
    pub(super) header: Arc<Header>,
    pub(super) seen: Seen,
    /// Rows that are no recipients.
    pub(super) left_out: HashSet<u64>,
}

/// What a row came to.
enum Came {
    Composed(Composed),
    Suppressed { key: Key, why: String },
}

/// What is kept of a message.
struct Composed {
    key: Key,
    to: Mailbox,
    octets: u64,
    /// Those of its own, that are in memory once for each message.
    own: usize,
    content: Option<Content>,
}

type Read = Result<Row, RowFault>;
type Block = Vec<(Read, Option<Result<Came, Problems>>)>;

/// Composes every row, and has each taken.
pub(super) fn over<E: From<TableError> + Send>(
    plan: &Plan<'_>,
    progress: &mut (dyn FnMut(u64) + Send),
    take: &mut (dyn FnMut(&Row, Taken<'_>) -> Result<(), E> + Send),
) -> Result<Passed, E> {
    let mut table = Table::open(&plan.campaign.recipients)?;
    let mut pass = Pass {
        plan,
        header: Arc::clone(table.header()),
        checked: Checked::default(),
        repeated: BTreeMap::new(),
        seen: Seen::default(),
        left_out: HashSet::new(),
        stopped: false,
        largest: 1,
        progress,
        take,
    };
    let mut rows = read(&mut table, pass.rows_at_once())?;
    let mut block = Block::new();
    while !(rows.is_empty() && block.is_empty()) {
        let (composed, following) = rayon::join(
            || rows.par_iter().map(|row| composed(plan, row)).collect::<Vec<_>>(),
            || {
                pass.block(std::mem::take(&mut block))?;
                Ok::<_, E>(read(&mut table, pass.rows_at_once())?)
            },
        );
        block = rows.into_iter().zip(composed).collect();
        rows = following?;
    }
    pass.checked.digest = table.digest();
    pass.checked.findings.extend(pass.repeated.into_values());
    Ok(Passed {
        checked: pass.checked,
        header: pass.header,
        seen: pass.seen,
        left_out: pass.left_out,
    })
}

fn read(table: &mut Table, most: usize) -> Result<Vec<Read>, TableError> {
    table.take(most).collect()
}

/// Composes a row that is one, on any thread. Only what is kept outlives it: a
/// block of messages may be large.
fn composed(plan: &Plan<'_>, row: &Read) -> Option<Result<Came, Problems>> {
    let row = row.as_ref().ok()?;
    if let Some(suppressed) = suppressed(plan, row) {
        return Some(Ok(suppressed));
    }
    Some(compose(plan, row).map(Came::Composed))
}

fn compose(plan: &Plan<'_>, row: &Row) -> Result<Composed, Problems> {
    let (recipient, message) = plan.composer.compose(row, &plan.stamp, plan.date)?;
    let octets = message.content.len() as u64 + plan.signatures;
    let own = message.content.own.len();
    let mut content = (plan.keep)(&recipient.key).then_some(message.content);
    if let (Some(signing), Some(content)) = (plan.signing, &mut content) {
        signing
            .sign(content, plan.date)
            .map_err(|why| Problem::error(why.to_string()))?;
    }
    Ok(Composed {
        octets,
        own,
        content,
        key: recipient.key,
        to: recipient.to,
    })
}

/// Who is not written to needs no message, and a fault in it is none.
fn suppressed(plan: &Plan<'_>, row: &Row) -> Option<Came> {
    let suppression = plan.composer.suppression();
    if suppression.is_empty() {
        return None;
    }
    // What a library's panic is, composing tells.
    let recipient = catch_unwind(AssertUnwindSafe(|| plan.composer.recipient(row)))
        .ok()?
        .ok()?;
    let why = suppression.place_of(&recipient.to.email)?;
    Some(Came::Suppressed {
        key: recipient.key,
        why,
    })
}

struct Pass<'p, 't, E> {
    plan: &'p Plan<'p>,
    header: Arc<Header>,
    checked: Checked,
    /// Findings that rows share: by place and words.
    repeated: BTreeMap<(String, String), Finding>,
    seen: Seen,
    left_out: HashSet<u64>,
    /// An error was found: nothing is taken any more.
    stopped: bool,
    /// The most octets that a message holds of its own.
    largest: usize,
    progress: &'t mut (dyn FnMut(u64) + Send),
    take: &'t mut (dyn FnMut(&Row, Taken<'_>) -> Result<(), E> + Send),
}

impl<E> Pass<'_, '_, E> {
    fn rows_at_once(&self) -> usize {
        (OCTETS / self.largest).clamp(2, ROWS)
    }

    fn block(&mut self, block: Block) -> Result<(), E> {
        for (row, composed) in block {
            match (row, composed) {
                (Ok(row), Some(Ok(Came::Composed(composed)))) => self.recipient(&row, composed)?,
                (Ok(row), Some(Ok(Came::Suppressed { key, why }))) => {
                    self.checked.suppressed += 1;
                    self.hand_on(&row, Taken::Suppressed { key: &key, why: &why })?;
                }
                (Ok(row), Some(Err(problems))) => self.fault(&row, problems)?,
                (Err(fault), _) => self.fault(&fault.row, (*fault.problem).into())?,
                (Ok(_), None) => {}
            }
            self.checked.rows += 1;
            if self.checked.rows.is_multiple_of(1000) {
                (self.progress)(self.checked.rows);
            }
        }
        Ok(())
    }

    fn recipient(&mut self, row: &Row, composed: Composed) -> Result<(), E> {
        if !self.seen.note(&composed.key) && self.plan.allowed.skip_duplicates {
            self.checked.duplicates += 1;
            return self.hand_on(row, Taken::Duplicate);
        }
        self.checked.recipients += 1;
        self.checked.octets += composed.octets;
        self.checked.largest = self.checked.largest.max(composed.octets);
        self.largest = self.largest.max(composed.own);
        if self.checked.first.is_none() {
            self.checked.first = Some(composed.to.to_string());
        }
        let taken = Taken::Recipient {
            key: &composed.key,
            to: &composed.to.email,
            content: composed.content,
        };
        self.hand_on(row, taken)
    }

    fn fault(&mut self, row: &Row, problems: Problems) -> Result<(), E> {
        self.left_out.insert(row.number);
        if self.plan.allowed.skip_invalid {
            self.checked.invalid += 1;
            let words: Vec<_> = problems.0.iter().map(|p| p.what.as_str()).collect();
            return self.hand_on(row, Taken::Invalid(&words.join("; ")));
        }
        self.stopped = true;
        problems.0.into_iter().for_each(|problem| self.finding(problem));
        Ok(())
    }

    fn hand_on(&mut self, row: &Row, taken: Taken<'_>) -> Result<(), E> {
        if self.stopped {
            return Ok(());
        }
        (self.take)(row, taken)
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
