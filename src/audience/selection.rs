//! Which rows are wanted, in which order, and which of them make one message.
//!
//! `where` and `_skip` come first, then sorting, then grouping. Without sorting and grouping, the
//! rows stream through; otherwise they are arranged in a temporary database ([`Arranged`]), so
//! memory use stays flat and the rows of a group need not be neighbours.

use std::sync::Arc;

use crate::campaign::{Campaign, Problem, Problems, RecipientsSource, Text};
use crate::recipients::{Key, column_positions};
use crate::table::{Answer, Columns, Header, Row, RowFault, RowIndex, Table, TableError};
use crate::words::{Arg, say};

use super::arranged::{Arranged, Arranging, SortBy};
use super::condition::Condition;
use super::outcomes::Outcome;

/// The column that leaves rows out by hand.
const SKIP: &str = "_skip";

/// The column that leaves rows out, and what its cells say.
struct Skip {
    at: usize,
    header: Arc<Header>,
    columns: Columns,
}

impl Skip {
    fn of(source: &RecipientsSource, header: &Arc<Header>) -> Option<Self> {
        Some(Self {
            at: header.position(SKIP)?,
            header: Arc::clone(header),
            columns: Columns::new(source, header, Some(&[SKIP.to_owned()])),
        })
    }

    /// Whether a row is left out: its cell says anything but no.
    fn leaves_out(&self, row: &Row) -> Result<bool, Problems> {
        match self.columns.answer(&[self.at], row.value(self.at)) {
            Answer::Yes => Ok(true),
            Answer::No => Ok(false),
            Answer::Unsure(answer, other) => {
                let what = say!(
                    "audience-skip-unclear",
                    column = SKIP,
                    one = answer.text,
                    one_row = Arg::plain(answer.row),
                    other = other.text,
                    other_row = Arg::plain(other.row)
                );
                Err(Problem::error(what)
                    .code("yes-or-no")
                    .at(self.header.place(row, Some(self.at)))
                    .help(say!("audience-skip-yes"))
                    .into())
            }
        }
    }
}

/// Says what became of a row's recipient in the mailing before.
pub(super) type Earlier<'e> = dyn Fn(&Row) -> Result<Outcome, Problems> + Send + Sync + 'e;

/// Which rows of a file make messages.
#[derive(Default)]
pub struct Selection {
    condition: Option<Condition>,
    skip: Option<Skip>,
    group_by: Vec<usize>,
    sort: Vec<SortBy>,
}

impl Selection {
    /// Reads what the campaign says about its rows.
    ///
    /// # Errors
    /// Columns that do not exist, or a condition that is not an expression.
    pub fn compile(campaign: &Campaign, header: &Arc<Header>) -> Result<Self, Problems> {
        let source = &campaign.recipients;
        let mut problems = Problems::default();
        let condition = source.filter.as_ref().and_then(|text| {
            Condition::compile(campaign, text, header)
                .map_err(|p| problems.0.extend(p.0))
                .ok()
        });
        let group_by = column_positions(&source.group_by, header, &mut problems);
        let sort = sort_by(source, header, &mut problems);
        if problems.has_errors() {
            return Err(problems);
        }
        Ok(Self {
            condition,
            skip: Skip::of(source, header),
            group_by,
            sort,
        })
    }

    /// Whether several rows may make one message.
    pub fn groups(&self) -> bool {
        !self.group_by.is_empty()
    }

    /// The condition, where it asks what became of recipients in an earlier mailing.
    pub(super) fn asks_earlier(&self) -> Option<&Condition> {
        self.condition
            .as_ref()
            .filter(|condition| condition.asks_at().is_some())
    }

    /// Whether that is asked once the rows of a message are together: they had one message.
    fn asks_together(&self) -> bool {
        self.groups() && self.asks_earlier().is_some()
    }

    /// Opens the file and yields what is selected.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(super) fn rows<'s>(
        &'s self,
        source: &RecipientsSource,
        earlier: Box<Earlier<'s>>,
    ) -> Result<Rows<'s>, TableError> {
        let arranging = if self.group_by.is_empty() && self.sort.is_empty() {
            None
        } else {
            Some(Arranging::new(&source.shown, self.sort.len())?)
        };
        Ok(Rows {
            selection: self,
            earlier,
            table: Table::open(source)?,
            arranging,
            arranged: None,
            left_out: 0,
            failed: false,
        })
    }

    /// Whether a row is wanted.
    pub(super) fn wants(&self, row: &Row, earlier: &Earlier<'_>) -> Result<bool, Problems> {
        if let Some(skip) = &self.skip
            && skip.leaves_out(row)?
        {
            return Ok(false);
        }
        match &self.condition {
            None => Ok(true),
            Some(_) if self.asks_together() => Ok(true),
            Some(condition) if condition.asks_at().is_some() => condition.holds(row, &earlier(row)?),
            Some(condition) => condition.holds(row, &Outcome::default()),
        }
    }

    /// Of the rows of a message, those that are wanted by what became of it; and how many are not.
    fn wanted_of(&self, group: Row, earlier: &Earlier<'_>) -> Result<(Option<Row>, u64), RowFault> {
        let Some(condition) = self.asks_earlier().filter(|_| self.groups()) else {
            return Ok((Some(group), 0));
        };
        let mut members = apart(group);
        // Under whichever of them it was: another row may have come first then.
        let mut outcome = Outcome::default();
        for member in &members {
            outcome = earlier(member).map_err(|problems| RowFault {
                row: member.clone(),
                problems,
            })?;
            if outcome.is_known() {
                break;
            }
        }
        let all = members.len() as u64;
        let mut kept = Vec::new();
        for member in members.drain(..) {
            match condition.holds(&member, &outcome) {
                Ok(true) => kept.push(member),
                Ok(false) => {}
                Err(problems) => {
                    return Err(RowFault {
                        row: member,
                        problems,
                    });
                }
            }
        }
        let left_out = all - kept.len() as u64;
        let mut kept = kept.into_iter();
        let first = kept.next().map(|first| Row {
            others: kept.collect(),
            ..first
        });
        Ok((first, left_out))
    }

    /// What identifies the group of a row; `None` if the row is not grouped.
    fn group(&self, row: &Row) -> Option<String> {
        // What a cell is, not how it shows it: one day is one group, in whatever form.
        let cells = || self.group_by.iter().map(|at| row.value(*at));
        // Rows without any of it have nothing in common.
        if cells().all(|cell| cell.trim().is_empty()) {
            return None;
        }
        Some(Key::of_values(cells()).as_str().to_owned())
    }
}

fn sort_by(source: &RecipientsSource, header: &Header, problems: &mut Problems) -> Vec<SortBy> {
    let mut found = Vec::new();
    for text in &source.sort {
        // A column whose name begins with the sign is taken as it is.
        let descending = text.value.starts_with('-') && header.position(&text.value).is_none();
        let name = Text {
            value: text
                .value
                .trim_start_matches(if descending { "-" } else { "" })
                .to_owned(),
            place: text.place.clone(),
        };
        let position = column_positions(std::slice::from_ref(&name), header, problems);
        found.extend(position.into_iter().map(|column| SortBy { column, descending }));
    }
    found
}

/// The rows of a message, each by itself.
fn apart(mut group: Row) -> Vec<Row> {
    let others = std::mem::take(&mut group.others);
    std::iter::once(group).chain(others).collect()
}

/// The rows that are selected, one message each.
pub struct Rows<'s> {
    selection: &'s Selection,
    earlier: Box<Earlier<'s>>,
    table: Table,
    /// Where they are put before they come out in order.
    arranging: Option<Arranging>,
    arranged: Option<Arranged>,
    left_out: u64,
    failed: bool,
}

impl Rows<'_> {
    /// SHA-256 of the whole file; `None` before its end was reached.
    pub fn digest(&self) -> Option<[u8; 32]> {
        self.table.digest()
    }

    /// What is worth knowing of the file; all of it after the last row.
    pub fn warnings(&self) -> Vec<Problem> {
        self.table.warnings()
    }

    /// Where the rows of the file are, as far as they were read.
    pub(super) fn index(&self) -> RowIndex {
        RowIndex::of(&self.table)
    }

    /// How many rows were left out so far.
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// How many rows are below the table, which are skipped; known after the last row.
    pub fn below(&self) -> u64 {
        self.table.below()
    }

    fn step(&mut self) -> Result<Option<Result<Row, RowFault>>, TableError> {
        loop {
            if let Some(arranged) = &mut self.arranged {
                let Some(group) = arranged.next()? else {
                    return Ok(None);
                };
                match self.selection.wanted_of(group, &*self.earlier) {
                    Ok((wanted, left_out)) => {
                        self.left_out += left_out;
                        match wanted {
                            Some(row) => return Ok(Some(Ok(row))),
                            None => continue,
                        }
                    }
                    Err(fault) => return Ok(Some(Err(fault))),
                }
            }
            let Some(row) = self.table.next() else {
                let Some(arranging) = self.arranging.take() else {
                    return Ok(None);
                };
                self.arranged = Some(arranging.finish(&self.selection.sort)?);
                continue;
            };
            // A fault of a row is reported, even if the row would be left out.
            let row = match row? {
                Ok(row) => row,
                Err(fault) => return Ok(Some(Err(fault))),
            };
            match self.selection.wants(&row, &*self.earlier) {
                Ok(true) => {}
                Ok(false) => {
                    self.left_out += 1;
                    continue;
                }
                Err(problems) => return Ok(Some(Err(RowFault { row, problems }))),
            }
            match &mut self.arranging {
                Some(arranging) => {
                    let group = self.selection.group(&row);
                    arranging.put(&row, group.as_deref(), &self.selection.sort)?;
                }
                None => return Ok(Some(Ok(row))),
            }
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Result<Row, RowFault>, TableError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let next = self.step().transpose();
        self.failed = matches!(next, Some(Err(_)));
        next
    }
}
