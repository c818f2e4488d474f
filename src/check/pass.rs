//! One pass over the recipients file, three blocks of rows at a time: while
//! the rows of one are composed on all cores, what the last came to is taken,
//! and the next is read.

use std::collections::{BTreeMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use lettre::message::Mailbox;
use rayon::prelude::*;

use crate::campaign::{Problem, Problems};
use crate::message::{Content, NamedFile, Rendered};
use crate::recipients::{Key, Recipient, Rows, Seen};
use crate::table::{Header, Row, RowFault, TableError};

use super::domains::NAMED;
use super::rows::{Folded, Noted, Watch};
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
    /// What the rows are like.
    pub(super) folded: Folded,
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
    addresses: u64,
    octets: u64,
    /// Those of its own, that are in memory once for each message.
    own: usize,
    /// Whether this run is about it.
    chosen: bool,
    content: Option<Content>,
    files: Vec<NamedFile>,
}

type Read = Result<Row, RowFault>;
type Block = Vec<(Read, Option<Looked>)>;

/// What a row came to, and what was seen of it on the way.
struct Looked {
    came: Result<Came, Problems>,
    notes: Vec<Noted>,
    /// Where the recipient is at, when the message does not come together.
    domain: Option<String>,
}

/// Composes every row, and has each taken.
pub(super) fn over<E: From<TableError> + Send>(
    plan: &Plan<'_>,
    watch: &Watch,
    progress: &mut (dyn FnMut(u64) + Send),
    take: &mut (dyn FnMut(&Row, Taken<'_>) -> Result<(), E> + Send),
) -> Result<Passed, E> {
    let mut table = plan.rows()?;
    let mut pass = Pass {
        plan,
        watch,
        folded: Folded::default(),
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
            || {
                rows.par_iter()
                    .map(|row| composed(plan, watch, row))
                    .collect::<Vec<_>>()
            },
            || {
                pass.block(std::mem::take(&mut block))?;
                Ok::<_, E>(read(&mut table, pass.rows_at_once())?)
            },
        );
        block = rows.into_iter().zip(composed).collect();
        rows = following?;
    }
    pass.checked.digest = table.digest();
    pass.checked.left_out = table.left_out();
    let warnings = table.warnings().into_iter().map(Finding::from);
    pass.checked.findings.extend(warnings);
    pass.checked.findings.extend(pass.repeated.into_values());
    Ok(Passed {
        checked: pass.checked,
        header: pass.header,
        seen: pass.seen,
        left_out: pass.left_out,
        folded: pass.folded,
    })
}

fn read(table: &mut Rows<'_>, most: usize) -> Result<Vec<Read>, TableError> {
    table.take(most).collect()
}

/// Composes a row that is one, on any thread. Only what is kept outlives it: a
/// block of messages may be large.
fn composed(plan: &Plan<'_>, watch: &Watch, row: &Read) -> Option<Looked> {
    let row = row.as_ref().ok()?;
    let mut notes = Vec::new();
    let came = match suppressed(plan, row) {
        Some(suppressed) => Ok(suppressed),
        None => {
            let mut see = |rendered: &Rendered<'_>| notes = watch.look(row, rendered);
            compose(plan, row, &mut see).map(Came::Composed)
        }
    };
    let domain = match &came {
        Ok(_) => None,
        Err(_) => recipient(plan, row).map(|who| who.to.email.domain().to_owned()),
    };
    Some(Looked { came, notes, domain })
}

fn compose(plan: &Plan<'_>, row: &Row, see: &mut dyn FnMut(&Rendered<'_>)) -> Result<Composed, Problems> {
    let (recipient, message) = plan.composer.compose_seen(row, &plan.stamp, plan.date, see)?;
    let addresses = message.recipients.len() as u64;
    let octets = message.content.len() as u64 + plan.signatures;
    let own = message.content.own.len();
    let chosen = plan.chooses(row)?;
    let mut content = (chosen && (plan.keep)(&recipient.key)).then_some(message.content);
    if let (Some(signing), Some(content)) = (plan.signing, &mut content) {
        signing
            .sign(content, plan.date)
            .map_err(|why| Problem::error(why.to_string()))?;
    }
    Ok(Composed {
        addresses,
        octets,
        own,
        chosen,
        content,
        files: message.files,
        key: recipient.key,
        to: recipient.to,
    })
}

/// Who a row is for, if that can be told.
fn recipient(plan: &Plan<'_>, row: &Row) -> Option<Recipient> {
    // What a library's panic is, composing tells.
    catch_unwind(AssertUnwindSafe(|| plan.composer.recipient(row)))
        .ok()?
        .ok()
}

/// Who is not written to needs no message, and a fault in it is none.
fn suppressed(plan: &Plan<'_>, row: &Row) -> Option<Came> {
    let suppression = plan.composer.suppression();
    if suppression.is_empty() {
        return None;
    }
    let recipient = recipient(plan, row)?;
    let why = suppression.place_of(&recipient.to.email)?;
    Some(Came::Suppressed {
        key: recipient.key,
        why,
    })
}

struct Pass<'p, 't, E> {
    plan: &'p Plan<'p>,
    watch: &'p Watch,
    folded: Folded,
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
        for (row, looked) in block {
            let before = self.checked.rows;
            let read = row.as_ref().unwrap_or_else(|fault| &fault.row);
            self.checked.rows += read.members().count() as u64;
            match (row, looked) {
                (Ok(row), Some(looked)) => match looked.came {
                    Ok(Came::Composed(composed)) => self.recipient(&row, composed, looked.notes)?,
                    Ok(Came::Suppressed { key, why }) => {
                        self.checked.suppressed += 1;
                        self.hand_on(&row, Taken::Suppressed { key: &key, why: &why })?;
                    }
                    Err(problems) => {
                        if !self.plan.allowed.skip_invalid {
                            self.looked_at(&row, looked.notes, looked.domain.as_deref());
                        }
                        self.fault(&row, problems)?;
                    }
                },
                (Err(fault), _) => self.fault(&fault.row, fault.problems)?,
                (Ok(_), None) => {}
            }
            if before / 1000 < self.checked.rows / 1000 {
                (self.progress)(self.checked.rows);
            }
        }
        Ok(())
    }

    /// Takes down what was seen of a row that counts.
    fn looked_at(&mut self, row: &Row, notes: Vec<Noted>, domain: Option<&str>) {
        self.folded.add(self.watch, &self.header, row, notes);
        if let Some(domain) = domain {
            self.folded.domains.note(domain, row.number);
        }
    }

    fn recipient(&mut self, row: &Row, composed: Composed, notes: Vec<Noted>) -> Result<(), E> {
        if !self.seen.note(&composed.key) && self.plan.allowed.skip_duplicates {
            self.checked.duplicates += row.members().count() as u64;
            return self.hand_on(row, Taken::Duplicate);
        }
        self.looked_at(row, notes, Some(composed.to.email.domain()));
        self.checked.recipients += 1;
        self.checked.addresses += composed.addresses;
        self.checked.octets += composed.octets;
        self.checked.largest = self.checked.largest.max(composed.octets);
        self.largest = self.largest.max(composed.own);
        if self.checked.first.is_none() {
            self.checked.first = Some(composed.to.to_string());
        }
        let taken = Taken::Recipient {
            key: &composed.key,
            to: &composed.to.email,
            chosen: composed.chosen,
            content: composed.content,
            files: composed.files,
        };
        self.hand_on(row, taken)
    }

    fn fault(&mut self, row: &Row, problems: Problems) -> Result<(), E> {
        self.left_out.insert(row.number);
        for problem in &problems.0 {
            (self.plan.faults)(row, problem);
        }
        if self.plan.allowed.skip_invalid {
            self.checked.invalid += row.members().count() as u64;
            let words: Vec<_> = problems.0.iter().map(|p| p.what.as_str()).collect();
            return self.hand_on(row, Taken::Invalid(&words.join("; ")));
        }
        self.stopped = true;
        problems
            .0
            .into_iter()
            .for_each(|problem| self.finding(row.number, problem));
        Ok(())
    }

    fn hand_on(&mut self, row: &Row, taken: Taken<'_>) -> Result<(), E> {
        if self.stopped {
            return Ok(());
        }
        (self.take)(row, taken)
    }

    fn finding(&mut self, row: u64, problem: Problem) {
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
                if finding.first_rows.len() < NAMED {
                    finding.first_rows.push(row);
                }
                return;
            }
            if self.repeated.len() < SHOWN {
                self.repeated.insert(same, of_row(row, problem));
                return;
            }
        } else if self.checked.findings.len() < SHOWN {
            self.checked.findings.push(of_row(row, problem));
            return;
        }
        self.checked.unshown += 1;
    }
}

fn of_row(row: u64, problem: Problem) -> Finding {
    Finding {
        problem,
        rows: 1,
        first_rows: vec![row],
    }
}
