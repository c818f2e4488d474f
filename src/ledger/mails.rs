//! Mails without a list: each is a mailing of its own, found by what tells it from others.

use rusqlite::{Connection, OptionalExtension, params};

use crate::recipients::Key;

use super::failure::LedgerError;
use super::file::Ledger;
use super::latest::IS_MAIL;
use super::read::Reader;
use super::status::{INTENT, Status};

/// A mail that is not finished.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct UnfinishedMail {
    /// Which it is, counted from 1.
    pub number: u64,
    /// When it began.
    pub started_at: String,
    /// Its recipient.
    pub key: String,
    /// Where that one stands.
    pub status: Status,
}

impl Ledger {
    /// Whether there are mailings to lists in it, and mails without a list.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn kinds(&self) -> Result<(bool, bool), LedgerError> {
        let sql = format!("SELECT coalesce(min({IS_MAIL}) = 0, 0), coalesce(max({IS_MAIL}), 0) FROM mailing");
        self.connection
            .query_row(&sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
            .map_err(|e| self.failed(e))
    }

    /// The ids of the mails in which this recipient is in doubt.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn mails_in_doubt(&self, key: &Key) -> Result<Vec<i64>, LedgerError> {
        let sql = format!(
            "SELECT mailing.id FROM mailing JOIN recipient ON recipient.mailing = mailing.id
             WHERE {IS_MAIL} AND abandoned_at IS NULL AND key = ?1 AND status IN ('in_doubt', '{INTENT}')"
        );
        let found = self.connection.prepare(&sql).and_then(|mut statement| {
            let found = statement.query_map([key.as_str()], |row| row.get(0))?;
            found.collect::<rusqlite::Result<Vec<_>>>()
        });
        found.map_err(|e| self.failed(e))
    }
}

impl Reader {
    /// Who has a mail and since when, where this mailing is one.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn mail_sent(&self, mailing: i64) -> Result<Option<(String, String)>, LedgerError> {
        let sql = format!(
            "SELECT key, at FROM recipient JOIN mailing ON mailing.id = recipient.mailing
             WHERE mailing.id = ?1 AND status = 'accepted' AND at IS NOT NULL AND {IS_MAIL}"
        );
        self.connection
            .query_row(&sql, params![mailing], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()
            .map_err(|e| self.failed(e))
    }

    /// The mails besides this one that are not finished.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn unfinished_mails(&self, besides: i64) -> Result<Vec<UnfinishedMail>, LedgerError> {
        unfinished(&self.connection, besides).map_err(|e| self.failed(e))
    }
}

fn unfinished(connection: &Connection, besides: i64) -> rusqlite::Result<Vec<UnfinishedMail>> {
    let sql = format!(
        "SELECT (SELECT count(*) FROM mailing earlier WHERE earlier.id <= mailing.id), started_at, key, status
         FROM mailing JOIN recipient ON recipient.mailing = mailing.id
         WHERE finished_at IS NULL AND abandoned_at IS NULL AND purged_at IS NULL AND mailing.id <> ?1 AND {IS_MAIL}
         ORDER BY mailing.id"
    );
    let mut statement = connection.prepare(&sql)?;
    let mails = statement.query_map([besides], |row| {
        let status: String = row.get(3)?;
        Ok(UnfinishedMail {
            number: row.get(0)?,
            started_at: row.get(1)?,
            key: row.get(2)?,
            // Handed over, and the run that did it is gone.
            status: Status::named(&status).unwrap_or(Status::InDoubt),
        })
    })?;
    mails.collect()
}
