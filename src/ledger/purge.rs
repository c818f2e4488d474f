//! Deletes who got an old mailing, and keeps how many did.

use rusqlite::{Connection, params};

use super::failure::LedgerError;
use super::file::Ledger;
use super::moment::now;
use super::read::{Reader, Totals, totals};

/// A mailing in the list of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its number in the ledger's file.
    pub id: i64,
    /// Which it is, counted from 1.
    pub nth: u64,
    /// Its random id.
    pub uid: String,
    /// When it began.
    pub started_at: String,
    /// When it was finished or given up; `None` while recipients are left.
    pub ended_at: Option<String>,
    /// It was given up.
    pub abandoned: bool,
    /// When its recipients were removed.
    pub purged_at: Option<String>,
}

impl Reader {
    /// Every mailing, the first one first.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn list(&self) -> Result<Vec<Listed>, LedgerError> {
        list(&self.connection).map_err(|e| self.failed(e))
    }
}

fn list(connection: &Connection) -> rusqlite::Result<Vec<Listed>> {
    let sql =
        "SELECT id, row_number() OVER (ORDER BY id), uid, started_at, coalesce(finished_at, abandoned_at),
                      abandoned_at IS NOT NULL, purged_at
               FROM mailing ORDER BY id";
    let mut statement = connection.prepare(sql)?;
    let listed = statement.query_map([], |row| {
        Ok(Listed {
            id: row.get(0)?,
            nth: row.get(1)?,
            uid: row.get(2)?,
            started_at: row.get(3)?,
            ended_at: row.get(4)?,
            abandoned: row.get(5)?,
            purged_at: row.get(6)?,
        })
    })?;
    listed.collect()
}

impl Ledger {
    /// Every mailing, the first one first.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn list(&self) -> Result<Vec<Listed>, LedgerError> {
        list(&self.connection).map_err(|e| self.failed(e))
    }

    /// Removes the recipients of a mailing, their rows and attempts; how many
    /// had each status is kept, and is the answer.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn purge(&mut self, mailing: i64) -> Result<Totals, LedgerError> {
        let totals = totals(&self.connection, mailing, false).map_err(|e| self.failed(e))?;
        let kept = serde_json::to_string(&totals).unwrap_or_default();
        // What is deleted is overwritten: names are not to be found in the file's free pages.
        self.execute("PRAGMA secure_delete = ON", [])?;
        for table in ["attempt", "decision", "copy", "effect", "unbounced"] {
            let sql = format!(
                "DELETE FROM {table} WHERE recipient IN (SELECT id FROM recipient WHERE mailing = ?1)"
            );
            self.execute(&sql, [mailing])?;
        }
        self.execute(
            "DELETE FROM former_row WHERE recipient IN (SELECT id FROM recipient WHERE mailing = ?1)",
            [mailing],
        )?;
        // Answers that were about nobody else name people, too.
        let answers =
            "SELECT id FROM answer a WHERE NOT EXISTS (SELECT 1 FROM effect e WHERE e.answer = a.id)";
        self.execute(
            &format!("DELETE FROM suppressing WHERE done AND answer IN ({answers})"),
            [],
        )?;
        self.execute(
            &format!(
                "DELETE FROM answer WHERE id IN ({answers}) AND id NOT IN (SELECT answer FROM suppressing)"
            ),
            [],
        )?;
        self.execute("DELETE FROM source_row WHERE mailing = ?1", [mailing])?;
        self.execute("DELETE FROM recipient WHERE mailing = ?1", [mailing])?;
        self.execute(
            "UPDATE mailing SET purged_at = ?2, totals = ?3 WHERE id = ?1",
            params![mailing, now(), kept],
        )?;
        Ok(totals)
    }

    /// Makes the file as small as what is in it, and empties the log.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn shrink(&mut self) -> Result<(), LedgerError> {
        self.connection
            .execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);")
            .map_err(|e| self.failed(e))
    }
}
