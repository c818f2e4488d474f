//! Loading the rows of the recipients file into a mailing.

use rusqlite::{OptionalExtension, params};

use crate::message::NamedFile;
use crate::recipients::Key;

use super::failure::LedgerError;
use super::file::Ledger;
use super::mailing::{Mailing, OF_MAILING};
use super::run::Chosen;
use super::status::Status;

/// One line of the recipients file on its way into the ledger.
#[derive(Debug)]
pub struct SourceRow<'r> {
    /// As the spreadsheet counts.
    pub number: u64,
    /// Where it stands among the rows of its message, from 0.
    pub position: u64,
    /// The cells.
    pub fields: &'r [String],
    /// Cells that show something else than they are.
    pub plain: &'r [(usize, String)],
    /// Whose it is, or why it is nobody's.
    pub whose: Whose<'r>,
}

/// Whose a line of the recipients file is.
#[derive(Debug, Clone, Copy)]
pub enum Whose<'r> {
    /// A recipient's.
    Recipient {
        /// Whose.
        key: &'r Key,
        /// Where the message goes, folded, if the key is not that address.
        address: Option<&'r str>,
        /// Whether this run is about it.
        chosen: bool,
        /// The files that the row names.
        files: &'r [NamedFile],
    },
    /// A recipient's who is not to be written to, and why.
    Suppressed(&'r Key, &'r str),
    /// Nobody's: what it is instead, and why.
    Nobody(Status, &'r str),
}

impl Ledger {
    /// Before the recipients file is loaded (again): recipients are listed no
    /// more until their row comes.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn unlist(&mut self, mailing: &Mailing) -> Result<(), LedgerError> {
        self.begin_reloading(mailing)?;
        self.execute(
            &format!("UPDATE recipient NOT INDEXED SET listed = 0 WHERE {OF_MAILING}"),
            params![mailing.id],
        )
    }

    /// Loads one row of the recipients file. Returns the files that the first row of its recipient
    /// named before, where some are recorded.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn load(
        &mut self,
        mailing: &Mailing,
        row: &SourceRow<'_>,
    ) -> Result<Option<Vec<NamedFile>>, LedgerError> {
        let fields = serde_json::to_string(row.fields).unwrap_or_default();
        self.grouped |= row.position > 0;
        let mut before = None;
        let (recipient, status, problem) = match row.whose {
            Whose::Recipient {
                key,
                address,
                chosen,
                files,
            } => {
                let (recipient, recorded) = self.recipient(mailing, key, address, chosen)?;
                if row.position == 0 {
                    before = self.files(recipient, recorded, files)?;
                }
                (Some(recipient), None, None)
            }
            Whose::Suppressed(key, why) => {
                let (recipient, status) = self.suppressed(mailing, key, why)?;
                (Some(recipient), status, Some(why))
            }
            Whose::Nobody(status, problem) => (None, Some(status.name()), Some(problem)),
        };
        let plain = (!row.plain.is_empty()).then(|| serde_json::to_string(row.plain).unwrap_or_default());
        self.displace(mailing, row.number, recipient)?;
        self.execute(
            "INSERT OR REPLACE INTO source_row (mailing, number, recipient, status, problem, fields, position, plain)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                mailing.id,
                row.number,
                recipient,
                status,
                problem,
                fields,
                row.position,
                plain
            ],
        )?;
        Ok(before)
    }

    /// Records the files that a recipient's row names, where there are some or were.
    fn files(
        &self,
        recipient: i64,
        recorded: Option<String>,
        files: &[NamedFile],
    ) -> Result<Option<Vec<NamedFile>>, LedgerError> {
        let now = (!files.is_empty()).then(|| serde_json::to_string(files).unwrap_or_default());
        if now != recorded {
            self.execute(
                "UPDATE recipient SET files = ?2 WHERE id = ?1",
                params![recipient, now],
            )?;
        }
        Ok(recorded.and_then(|files| serde_json::from_str(&files).ok()))
    }

    /// Its id, and the files recorded of it.
    fn recipient(
        &self,
        mailing: &Mailing,
        key: &Key,
        address: Option<&str>,
        chosen: bool,
    ) -> Result<(i64, Option<String>), LedgerError> {
        let insert =
            "INSERT INTO recipient (mailing, key, chosen, left_out, address) VALUES (?1, ?2, ?3, NOT ?3, ?4)
                      ON CONFLICT (mailing, key) DO NOTHING";
        let inserted = self.count(insert, params![mailing.id, key.as_str(), chosen, address])?;
        if inserted == 1 {
            return Ok((self.connection.last_insert_rowid(), None));
        }
        // A row that could not be composed may have been corrected, or a recipient taken off a
        // list.
        self.connection
            .prepare_cached(
                "UPDATE recipient SET listed = 1, chosen = ?3,
                        address = CASE WHEN date IS NULL THEN ?4 ELSE coalesce(address, ?4) END,
                        reply = CASE status WHEN 'suppressed' THEN NULL ELSE reply END,
                        status = CASE WHEN status IN ('invalid', 'suppressed') THEN 'pending' ELSE status END
                 WHERE mailing = ?1 AND key = ?2 RETURNING id, files",
            )
            .and_then(|mut statement| {
                statement.query_row(params![mailing.id, key.as_str(), chosen, address], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })
            })
            .map_err(|e| self.failed(e))
    }

    /// A recipient who is not to be written to: what became of them before stays as it is. The
    /// status of their row, where that is not the recipient's own.
    fn suppressed(
        &self,
        mailing: &Mailing,
        key: &Key,
        why: &str,
    ) -> Result<(i64, Option<&'static str>), LedgerError> {
        self.connection
            .prepare_cached(
                "INSERT INTO recipient (mailing, key, listed, status, reply) VALUES (?1, ?2, 2, 'suppressed', ?3)
                 ON CONFLICT (mailing, key) DO UPDATE SET listed = 2,
                    reply = CASE WHEN status IN ('pending', 'deferred', 'invalid', 'suppressed')
                            THEN excluded.reply ELSE reply END,
                    code = CASE WHEN status = 'deferred' THEN NULL ELSE code END,
                    status = CASE WHEN status IN ('pending', 'deferred', 'invalid')
                             THEN 'suppressed' ELSE status END
                 RETURNING id, status = 'suppressed'",
            )
            .and_then(|mut statement| {
                statement.query_row(params![mailing.id, key.as_str(), why], |row| {
                    let suppressed: bool = row.get(1)?;
                    Ok((row.get(0)?, suppressed.then_some(Status::Suppressed.name())))
                })
            })
            .map_err(|e| self.failed(e))
    }

    /// Where those of these keys stand who are not to be written to.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn suppressed_among(
        &self,
        mailing: &Mailing,
        keys: &[Key],
    ) -> Result<Vec<(Key, String)>, LedgerError> {
        let mut found = Vec::new();
        for key in keys {
            let why = self
                .connection
                .query_row(
                    "SELECT s.problem FROM recipient r JOIN source_row s ON s.recipient = r.id
                     WHERE r.mailing = ?1 AND r.key = ?2 AND r.listed = 2 AND s.problem IS NOT NULL LIMIT 1",
                    params![mailing.id, key.as_str()],
                    |row| row.get(0),
                )
                .optional()
                .map_err(|e| self.failed(e))?;
            found.extend(why.map(|why| (key.clone(), why)));
        }
        Ok(found)
    }

    /// How many would be sent to once more if they were not on a list now.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn held_back(&self, mailing: &Mailing, chosen: &Chosen) -> Result<u64, LedgerError> {
        let sql = format!(
            "SELECT count(*) FROM recipient NOT INDEXED WHERE {OF_MAILING} AND listed = 2 AND status IN ({})",
            chosen.statuses()
        );
        self.connection
            .query_row(&sql, params![mailing.id], |row| row.get(0))
            .map_err(|e| self.failed(e))
    }
}
