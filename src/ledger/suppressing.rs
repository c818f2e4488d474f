//! Addresses that answers put on the user's suppression list, and take off again.
//!
//! The list is another file. What it is to hold is committed together with the answers; then the list
//! follows, and then it is noted that it agrees. If the process dies in between, the next run does the
//! same once more, which changes nothing that is done already.

use rusqlite::{OptionalExtension, params};

use super::failure::LedgerError;
use super::file::Ledger;

/// An address that answers put on the list, or take off it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppressing {
    /// Whose.
    pub address: String,
    /// What people call the answer that did it.
    pub answer: String,
    /// Why: `hard`, `soft`, `complaint` or `unsubscribe`.
    pub why: String,
    /// It is to be on the list.
    pub wanted: bool,
    /// The list had it before.
    pub was_there: bool,
}

impl Ledger {
    /// The address is to be on the list because of an answer. `was_there`: it is on the list already.
    /// Returns whether that is new.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn suppress(
        &mut self,
        address: &str,
        answer: i64,
        why: &str,
        was_there: bool,
    ) -> Result<bool, LedgerError> {
        let changed = self.count(
            "INSERT INTO suppressing (address, answer, why, wanted, was_there, done) VALUES (?1, ?2, ?3, 1, ?4, ?4)
             ON CONFLICT (address) DO UPDATE SET answer = ?2, why = ?3, wanted = 1, was_there = ?4, done = ?4
             WHERE wanted = 0",
            params![address, answer, why, was_there],
        )?;
        if changed == 1 {
            return Ok(true);
        }
        // Whom a person took off the list by hand, only a further answer puts on it again.
        let again = self.count(
            "UPDATE suppressing SET answer = ?2, why = ?3, done = 0 WHERE address = ?1 AND answer < ?2 AND done AND NOT ?4
             AND NOT was_there",
            params![address, answer, why, was_there],
        )?;
        Ok(again == 1)
    }

    /// No answer wants the address on the list any more. Returns whether that is new.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn unsuppress(&mut self, address: &str) -> Result<bool, LedgerError> {
        let changed = self.count(
            "UPDATE suppressing SET wanted = 0, done = was_there WHERE address = ?1 AND wanted = 1",
            [address],
        )?;
        Ok(changed == 1)
    }

    /// Whether an answer put the address on the list.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn is_suppressing(&self, address: &str) -> Result<bool, LedgerError> {
        self.connection
            .prepare_cached("SELECT wanted FROM suppressing WHERE address = ?1")
            .and_then(|mut statement| statement.query_row([address], |row| row.get(0)).optional())
            .map(Option::unwrap_or_default)
            .map_err(|error| self.failed(error))
    }

    /// What people call the answer that put the address on the list.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn suppressed_by(&self, address: &str) -> Result<Option<String>, LedgerError> {
        self.connection
            .query_row(
                "SELECT a.name FROM suppressing s JOIN answer a ON a.id = s.answer WHERE s.address = ?1 AND s.wanted",
                [address],
                |row| row.get(0),
            )
            .optional()
            .map_err(|error| self.failed(error))
    }

    /// Those about whom the list does not agree yet.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn to_suppress(&self) -> Result<Vec<Suppressing>, LedgerError> {
        let read = || {
            let mut statement = self.connection.prepare(
                "SELECT s.address, a.name, s.why, s.wanted, s.was_there
                 FROM suppressing s JOIN answer a ON a.id = s.answer WHERE NOT done ORDER BY s.address",
            )?;
            let rows = statement.query_map([], |row| {
                Ok(Suppressing {
                    address: row.get(0)?,
                    answer: row.get(1)?,
                    why: row.get(2)?,
                    wanted: row.get(3)?,
                    was_there: row.get(4)?,
                })
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.failed(error))
    }

    /// The list agrees about all of them.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn suppressed_all(&mut self) -> Result<(), LedgerError> {
        self.execute("UPDATE suppressing SET done = 1 WHERE NOT done", [])
    }
}
