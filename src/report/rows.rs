//! The rows of a report, as every format gets them.

use std::cell::OnceCell;
use std::rc::Rc;

use crate::ledger::{LedgerError, Reader, ReportRow, Status, Totals};

use super::failure::ReportError;

/// The rows of a mailing: all, or those with one of some statuses.
#[derive(Clone)]
pub struct Rows<'l> {
    reader: &'l Reader,
    mailing: i64,
    only: Option<&'l [Status]>,
    /// Also those that the list has no longer.
    former: bool,
    /// How many there are of each status, and of those that the list has no longer; counted once.
    totals: Rc<OnceCell<(Totals, Totals)>>,
}

impl<'l> Rows<'l> {
    /// Those of a mailing that have one of the statuses, where some are named.
    pub fn of(reader: &'l Reader, mailing: i64, only: Option<&'l [Status]>) -> Self {
        Self {
            reader,
            mailing,
            only,
            former: true,
            totals: Rc::default(),
        }
    }

    /// Of the same mailing, those that have one of the statuses.
    pub(super) fn only(&self, statuses: &'l [Status]) -> Self {
        Self {
            only: Some(statuses),
            ..self.clone()
        }
    }

    /// Those alone that are still in the list.
    #[must_use]
    pub(super) fn still_listed(self) -> Self {
        Self {
            former: false,
            ..self
        }
    }

    /// The columns of the recipients file.
    pub(super) fn columns(&self) -> Result<Vec<String>, LedgerError> {
        self.reader.columns(self.mailing)
    }

    /// Hands each row to `each`, in the file's order, one at a time; those that the list has no longer
    /// come last.
    pub(super) fn each(
        &self,
        mut each: impl FnMut(&ReportRow<'_>) -> Result<(), ReportError>,
    ) -> Result<(), ReportError> {
        let wanted = |status| self.only.is_none_or(|statuses| statuses.contains(&status));
        // Usually nobody failed: then the rows need not be looked at.
        let any = |totals: &Totals| totals.iter().any(|(status, count)| *count > 0 && wanted(*status));
        let mut of_wanted = |row: ReportRow<'_>| if wanted(row.status) { each(&row) } else { Ok(()) };
        let (totals, of_former) = self.totals()?;
        if any(totals) {
            self.reader.rows(self.mailing, &mut of_wanted)?;
        }
        if self.former && any(of_former) {
            self.reader.former_rows(self.mailing, &mut of_wanted)?;
        }
        Ok(())
    }

    /// How many of all of them there are of each status, and how many of those that the list has no
    /// longer.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn totals(&self) -> Result<&(Totals, Totals), LedgerError> {
        if let Some(totals) = self.totals.get() {
            return Ok(totals);
        }
        let totals = self.reader.totals(self.mailing)?;
        let of_former = self.reader.totals_of_former(self.mailing)?;
        Ok(self.totals.get_or_init(|| (totals, of_former)))
    }
}
