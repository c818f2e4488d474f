//! Rows that are no longer in the list: the results of their recipients stay known, and stay lines
//! of the report.
//!
//! The rows of a list that is loaded again take the places of the old rows. The old rows that they
//! replace, and those whose place no row takes, are kept if their recipient is not in the new list.

use std::borrow::Cow;

use roaring::RoaringTreemap;
use rusqlite::{OptionalExtension, params};

use super::failure::LedgerError;
use super::file::Ledger;
use super::mailing::Mailing;
use super::read::{Reader, ReportRow, Totals, counted_apart, fields, status_of};
use super::reloading::Reloading;

impl Ledger {
    /// Before a list is loaded: whether there was one before.
    pub(super) fn begin_reloading(&mut self, mailing: &Mailing) -> Result<(), LedgerError> {
        let current = self
            .connection
            .query_row(
                "SELECT columns FROM mailing WHERE id = ?1 AND EXISTS (SELECT 1 FROM source_row WHERE mailing = ?1)",
                [mailing.id],
                |row| row.get(0),
            )
            .optional()
            .map_err(|error| self.failed(error))?;
        let before = self.columns_before.take();
        self.reloading = current.map(|columns: String| Reloading {
            columns: before.unwrap_or(columns),
            loaded: RoaringTreemap::new(),
        });
        Ok(())
    }

    /// A row comes to this place: the old row is kept if it belonged to another recipient.
    pub(super) fn displace(
        &mut self,
        mailing: &Mailing,
        number: u64,
        recipient: Option<i64>,
    ) -> Result<(), LedgerError> {
        let Some(mut reloading) = self.reloading.take() else {
            return Ok(());
        };
        reloading.loaded.insert(number);
        let kept = self.execute(
            "INSERT INTO former_row (recipient, number, columns, fields)
             SELECT recipient, number, ?3, fields FROM source_row
             WHERE mailing = ?1 AND number = ?2 AND recipient IS NOT NULL AND recipient IS NOT ?4",
            params![mailing.id, number, reloading.columns, recipient],
        );
        self.reloading = Some(reloading);
        kept
    }

    /// The whole list is loaded: its last rows that are no longer there go, and of those whose
    /// recipient nobody lists any more a trace stays.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn listed(&mut self, mailing: &Mailing) -> Result<(), LedgerError> {
        let Some(mut reloading) = self.reloading.take() else {
            return Ok(());
        };
        for number in self.numbers(mailing)? {
            if !reloading.loaded.insert(number) {
                continue;
            }
            self.execute(
                "INSERT INTO former_row (recipient, number, columns, fields)
                 SELECT recipient, number, ?3, fields FROM source_row
                 WHERE mailing = ?1 AND number = ?2 AND recipient IS NOT NULL",
                params![mailing.id, number, reloading.columns],
            )?;
            self.execute(
                "DELETE FROM source_row WHERE mailing = ?1 AND number = ?2",
                params![mailing.id, number],
            )?;
        }
        self.execute(
            "DELETE FROM former_row WHERE EXISTS
             (SELECT 1 FROM recipient r WHERE r.id = former_row.recipient AND r.mailing = ?1 AND r.listed > 0)",
            [mailing.id],
        )
    }

    fn numbers(&self, mailing: &Mailing) -> Result<RoaringTreemap, LedgerError> {
        let read = || {
            let mut statement = self
                .connection
                .prepare("SELECT number FROM source_row WHERE mailing = ?1")?;
            let numbers = statement.query_map([mailing.id], |row| row.get::<_, u64>(0))?;
            numbers.collect::<rusqlite::Result<RoaringTreemap>>()
        };
        read().map_err(|error| self.failed(error))
    }
}

impl Reader {
    /// How many recipients whom the list has no longer have each status.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn totals_of_former(&self, mailing: i64) -> Result<Totals, LedgerError> {
        counted_apart(&self.connection, mailing, self.running).map_err(|error| self.failed(error))
    }

    /// Hands every row to `each` that the list has no longer, with the cells under the columns that it
    /// has now.
    ///
    /// # Errors
    /// The ledger cannot be read; or whatever `each` says.
    pub fn former_rows<E: From<LedgerError>>(
        &self,
        mailing: i64,
        mut each: impl FnMut(ReportRow<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let now = self.columns(mailing)?;
        let sql = "SELECT f.number, f.fields, r.status, r.code, coalesce(r.reply, ''), coalesce(r.attempts, 0),
                          coalesce(r.message_id, ''), coalesce(r.relay, ''), coalesce(r.at, ''), r.key, f.columns
                   FROM former_row f JOIN recipient r ON r.id = f.recipient
                   WHERE r.mailing = ?1 AND r.listed = 0 ORDER BY f.rowid";
        let mut statement = self.connection.prepare(sql).map_err(|e| self.failed(e))?;
        let mut rows = statement.query([mailing]).map_err(|e| self.failed(e))?;
        while let Some(row) = rows.next().map_err(|e| self.failed(e))? {
            each(former_row(row, &now, self.running).map_err(|e| self.failed(e))?)?;
        }
        Ok(())
    }
}

fn former_row<'r>(
    row: &'r rusqlite::Row<'_>,
    now: &[String],
    running: bool,
) -> rusqlite::Result<ReportRow<'r>> {
    let text = |column: usize| -> rusqlite::Result<&'r str> { Ok(row.get_ref(column)?.as_str()?) };
    let then: Vec<String> = serde_json::from_str(text(10)?).unwrap_or_default();
    let mut cells = fields(text(1)?);
    if then != now {
        let under = |column: &String| {
            let at = then.iter().position(|other| other == column)?;
            cells.get(at).cloned()
        };
        cells = now
            .iter()
            .map(|column| under(column).unwrap_or(Cow::Borrowed("")))
            .collect();
    }
    Ok(ReportRow {
        number: row.get(0)?,
        fields: cells,
        status: status_of(text(2)?, running),
        code: row.get(3)?,
        reply: text(4)?,
        attempts: row.get(5)?,
        message_id: text(6)?,
        relay: text(7)?,
        at: text(8)?,
        key: text(9)?,
    })
}
