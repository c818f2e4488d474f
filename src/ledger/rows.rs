//! The recipients file's rows on their way into a mailing.

use rusqlite::params;

use crate::recipients::Key;

use super::{Ledger, LedgerError, Mailing, Status};

/// One line of the recipients file on its way into the ledger.
#[derive(Debug)]
pub struct SourceRow<'r> {
    /// As the spreadsheet counts.
    pub number: u64,
    /// The cells.
    pub fields: &'r [String],
    /// Whose it is, or why it is nobody's.
    pub recipient: Result<&'r Key, (Status, &'r str)>,
}

impl Ledger {
    /// Before the recipients file is loaded (again): its rows go, recipients
    /// stay and are listed no more until their row comes.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn unlist(&mut self, mailing: &Mailing) -> Result<(), LedgerError> {
        self.execute("DELETE FROM source_row WHERE mailing = ?1", params![mailing.id])?;
        self.execute(
            "UPDATE recipient SET listed = 0 WHERE mailing = ?1",
            params![mailing.id],
        )
    }

    /// Loads one row of the recipients file.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn load(&mut self, mailing: &Mailing, row: &SourceRow<'_>) -> Result<(), LedgerError> {
        let fields = serde_json::to_string(row.fields).unwrap_or_default();
        let (recipient, status, problem) = match row.recipient {
            Ok(key) => (Some(self.recipient(mailing, key)?), None, None),
            Err((status, problem)) => (None, Some(status.name()), Some(problem)),
        };
        self.execute(
            "INSERT INTO source_row (mailing, number, recipient, status, problem, fields) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![mailing.id, row.number, recipient, status, problem, fields],
        )
    }

    fn recipient(&self, mailing: &Mailing, key: &Key) -> Result<i64, LedgerError> {
        let insert =
            "INSERT INTO recipient (mailing, key) VALUES (?1, ?2) ON CONFLICT (mailing, key) DO NOTHING";
        let inserted = self.count(insert, params![mailing.id, key.as_str()])?;
        if inserted == 1 {
            return Ok(self.connection.last_insert_rowid());
        }
        // A row that could not be composed may have been mended.
        self.connection
            .prepare_cached(
                "UPDATE recipient SET listed = 1, status = CASE status WHEN 'invalid' THEN 'pending' ELSE status END
                 WHERE mailing = ?1 AND key = ?2 RETURNING id",
            )
            .and_then(|mut statement| {
                statement.query_row(params![mailing.id, key.as_str()], |row| row.get(0))
            })
            .map_err(|e| self.failed(e))
    }
}
