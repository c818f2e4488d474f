//! Decisions by a person, who knows what the ledger does not.

use rusqlite::{OptionalExtension, params};

use crate::recipients::Key;

use super::boot;
use super::copy_doubts;
use super::failure::LedgerError;
use super::file::Ledger;
use super::mailing::{Mailing, OF_MAILING};
use super::moment::now;
use super::status::Status;

const SENT: &str = "settled by hand: it was sent";

const UNSENT: &str = "settled by hand: it was not sent";

/// What a person says of a recipient in doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The message was sent: it counts as accepted.
    Sent,
    /// It was not: the next run sends it, octet for octet.
    Unsent,
}

impl Ledger {
    /// The keys of everybody in doubt.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn in_doubt(&self, mailing: &Mailing) -> Result<Vec<Key>, LedgerError> {
        let sql = &format!(
            "SELECT key FROM recipient NOT INDEXED WHERE {OF_MAILING} AND status = 'in_doubt' ORDER BY id"
        );
        let keys = self.connection.prepare(sql).and_then(|mut statement| {
            let keys = statement.query_map([mailing.id], |row| row.get(0).map(Key::stored))?;
            keys.collect::<rusqlite::Result<Vec<_>>>()
        });
        keys.map_err(|e| self.failed(e))
    }

    /// Settles a recipient in doubt as a person decided. A recipient that is not in doubt is not
    /// changed, and the result is their status, or `None` for a key that the mailing does not have.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn settle(
        &mut self,
        mailing: &Mailing,
        key: &Key,
        decision: Decision,
    ) -> Result<Result<(), Option<Status>>, LedgerError> {
        let known: Option<(i64, String)> = self
            .connection
            .prepare_cached("SELECT id, status FROM recipient WHERE mailing = ?1 AND key = ?2")
            .and_then(|mut statement| {
                statement
                    .query_row(params![mailing.id, key.as_str()], |row| {
                        Ok((row.get(0)?, row.get(1)?))
                    })
                    .optional()
            })
            .map_err(|e| self.failed(e))?;
        let Some((recipient, status)) = known else {
            return Ok(Err(None));
        };
        let status = Status::named(&status).unwrap_or(Status::InDoubt);
        if status != Status::InDoubt {
            return Ok(Err(Some(status)));
        }
        let (status, reply) = match decision {
            Decision::Sent => (Status::Accepted, SENT),
            Decision::Unsent => (Status::Pending, UNSENT),
        };
        let at = now();
        self.execute(
            "UPDATE recipient SET status = ?2, code = NULL, reply = ?3, at = ?4 WHERE id = ?1",
            params![recipient, status.name(), reply, at],
        )?;
        self.execute(
            "INSERT INTO decision (recipient, sent, host, at) VALUES (?1, ?2, ?3, ?4)",
            params![recipient, decision == Decision::Sent, boot::host(), at],
        )?;
        Ok(Ok(()))
    }

    /// Settles copies in doubt as a person decided: of this message alone or of all, to these addresses
    /// or to all. Returns how many those were.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn settle_copies(
        &mut self,
        mailing: &Mailing,
        of: Option<&Key>,
        to: &[String],
        decision: Decision,
    ) -> Result<u64, LedgerError> {
        let (status, reply) = match decision {
            Decision::Sent => ("accepted", SENT),
            Decision::Unsent => ("pending", UNSENT),
        };
        let settle = || {
            let found = copy_doubts::in_doubt(&self.connection, mailing, of, to)?;
            for (recipient, position) in &found {
                copy_doubts::becomes(&self.connection, (*recipient, *position), status, reply)?;
                self.connection.execute(
                    "INSERT INTO decision (recipient, sent, host, at) VALUES (?1, ?2, ?3, ?4)",
                    params![recipient, decision == Decision::Sent, boot::host(), now()],
                )?;
            }
            Ok(found.len() as u64)
        };
        settle().map_err(|e| self.failed(e))
    }
}
