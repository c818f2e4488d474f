//! Findings about rows, in their order.

use std::collections::HashSet;
use std::sync::Arc;

use lettre::Address;

use crate::campaign::{Problem, Problems};
use crate::pass::{Composed, End, Outcome, Passed};
use crate::recipients::Seen;
use crate::table::{Header, Row};

use super::domains::NAMED;
use super::finding::{Checked, Finding, SHOWN};
use super::mistyped::local_part;
use super::plan::{Plan, Taken};
use super::rows::Folded;
use super::watch::{Noted, Watch};

/// What was found in all rows.
pub(super) struct Judged {
    pub(super) checked: Checked,
    pub(super) seen: Seen,
    /// Rows without a valid recipient.
    pub(super) left_out: HashSet<u64>,
    /// What the rows are like.
    pub(super) folded: Folded,
}

/// Judges the rows that come by, counts them, and hands them on.
pub(super) struct Judge<'p, 't, E> {
    plan: &'p Plan<'p>,
    watch: &'p Watch,
    folded: Folded,
    header: Arc<Header>,
    checked: Checked,
    /// Findings that rows share, with their places: few enough to look at each.
    repeated: Vec<(String, Finding)>,
    /// Local parts that look like others.
    look_alikes: Vec<Finding>,
    seen: Seen,
    left_out: HashSet<u64>,
    /// An error was found: nothing is taken any more.
    stopped: bool,
    progress: &'t mut (dyn FnMut(u64) + Send),
    take: &'t mut (dyn FnMut(&Row, Taken<'_>) -> Result<(), E> + Send),
}

impl<'p, 't, E> Judge<'p, 't, E> {
    pub(super) fn new(
        plan: &'p Plan<'p>,
        watch: &'p Watch,
        progress: &'t mut (dyn FnMut(u64) + Send),
        take: &'t mut (dyn FnMut(&Row, Taken<'_>) -> Result<(), E> + Send),
    ) -> Self {
        Self {
            plan,
            watch,
            folded: Folded::default(),
            header: Arc::clone(plan.pass.audience.header()),
            checked: Checked::default(),
            repeated: Vec::new(),
            look_alikes: Vec::new(),
            seen: Seen::default(),
            left_out: HashSet::new(),
            stopped: false,
            progress,
            take,
        }
    }

    /// A row comes by.
    pub(super) fn row(&mut self, passed: Passed<Vec<Noted>>) -> Result<(), E> {
        let Passed { read, outcome, seen } = passed;
        let before = self.checked.rows;
        let row = read.as_ref().unwrap_or_else(|fault| &fault.row);
        self.checked.rows += row.members().count() as u64;
        match outcome {
            Outcome::Composed(composed) => self.recipient(row, composed, seen)?,
            Outcome::Suppressed { key, why } => {
                self.checked.suppressed += 1;
                self.hand_on(row, Taken::Suppressed { key: &key, why: &why })?;
            }
            Outcome::Fault { problems, domain } => {
                if read.is_ok() && !self.plan.allowed.skip_invalid {
                    self.looked_at(row, seen, domain.as_deref());
                }
                self.fault(row, problems)?;
            }
        }
        if before / 1000 < self.checked.rows / 1000 {
            (self.progress)(self.checked.rows);
        }
        Ok(())
    }

    /// The last row came by.
    pub(super) fn finish(mut self, end: End) -> Judged {
        self.checked.digest = end.digest;
        self.checked.left_out = end.left_out;
        self.checked.below = end.below;
        let warnings = end.warnings.into_iter().map(Finding::from);
        self.checked.findings.extend(warnings);
        self.repeated
            .sort_by_cached_key(|(place, finding)| (place.clone(), finding.problem.what.to_string()));
        let repeated = self.repeated.into_iter().map(|(_, finding)| finding);
        self.checked.findings.extend(repeated);
        self.checked.findings.extend(self.look_alikes);
        Judged {
            checked: self.checked,
            seen: self.seen,
            left_out: self.left_out,
            folded: self.folded,
        }
    }

    /// Takes down what was seen of a row that counts.
    fn looked_at(&mut self, row: &Row, notes: Vec<Noted>, domain: Option<&str>) {
        self.folded.add(self.watch, &self.header, row, notes);
        if let Some(domain) = domain {
            self.folded.domains.note(domain, row.number);
        }
    }

    fn local_part(&mut self, row: &Row, to: &Address) {
        let Some(finding) = local_part(&self.header, row, to) else {
            return;
        };
        self.checked.note_rows(finding.problem.code, [row.number]);
        if self.look_alikes.len() < SHOWN {
            self.look_alikes.push(finding);
        } else {
            self.checked.unshown += 1;
        }
    }

    fn recipient(&mut self, row: &Row, composed: Composed, notes: Vec<Noted>) -> Result<(), E> {
        if !self.seen.note(&composed.key) && self.plan.allowed.skip_duplicates {
            self.checked.duplicates += row.members().count() as u64;
            return self.hand_on(row, Taken::Duplicate);
        }
        self.looked_at(row, notes, Some(composed.to.email.domain()));
        if !composed.to.email.user().is_ascii() {
            self.local_part(row, &composed.to.email);
        }
        self.checked.recipients += 1;
        self.checked.addresses += composed.addresses;
        let extras = &mut self.checked.extras;
        extras.note(&self.header, row, composed.addresses, &composed.bcc);
        let octets = composed.octets + self.plan.signatures;
        self.checked.octets += octets;
        self.checked.largest = self.checked.largest.max(octets);
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
            self.checked.note_rows(problem.code, [row.number]);
        }
        if self.plan.allowed.skip_invalid {
            self.checked.invalid += row.members().count() as u64;
            return self.hand_on(row, Taken::Invalid(&problems));
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
            let mut known = self.repeated.iter_mut();
            let same = known.find(|(at, finding)| *at == place && finding.problem.what == problem.what);
            if let Some((_, finding)) = same {
                finding.rows += 1;
                if finding.first_rows.len() < NAMED {
                    finding.first_rows.push(row);
                }
                return;
            }
            if self.repeated.len() < SHOWN {
                self.repeated.push((place, of_row(row, problem)));
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
