//! Copies (Cc, Bcc) that a relay refused when it accepted their message: each is retried in a
//! separate transaction, with the same octets, in this run or a later one.

use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

use crate::delivery::{Attempt, Claimed, Outcome, RecipientId, RefusedCopy};

use super::claims::{CLAIM_COLUMNS, claimed_row};
use super::copy_doubts::becomes;
use super::failure::LedgerError;
use super::file::Ledger;
use super::mailing::Mailing;
use super::moment::now;
use super::writer::Writer;

/// Copies by where they stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Copies {
    /// Refused for now, and to be tried again.
    pub left: u64,
    /// Refused permanently, in one run or in all.
    pub rejected: u64,
    /// Handed over, and no reply came.
    pub in_doubt: u64,
    /// Refused for now at first and accepted later, in one run or in all.
    #[serde(skip)]
    pub accepted: u64,
}

/// A copy that did not arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostCopy {
    /// Of whose message.
    pub key: String,
    /// Whose copy.
    pub address: String,
    /// The relay's words.
    pub reply: String,
}

/// Those to be tried: of messages that were accepted, to recipients that are listed still. From the
/// copies on, of which there are nearly none: SQLite would begin with the recipients, of which there
/// are many.
pub(super) const TO_TRY: &str = "FROM copy c CROSS JOIN recipient r ON r.id = c.recipient
    CROSS JOIN source_row s ON s.recipient = r.id
    WHERE r.mailing = ?1 AND r.listed = 1 AND r.chosen = 1 AND r.status = 'accepted' AND s.problem IS NULL
          AND s.position = 0
          AND c.claimed_by IS NULL AND c.status IN ('pending', 'deferred')";

/// Where a message stands that nobody has: its copies go with its next attempt.
const NOBODY_HAS: &str = "'pending', 'rejected', 'deferred', 'invalid'";

impl Writer {
    /// A message was accepted, and not for all whom it names.
    /// What an earlier attempt left of it does not count any more.
    pub(super) fn copies_refused(
        &self,
        recipient: RecipientId,
        refused: &[RefusedCopy],
    ) -> rusqlite::Result<()> {
        self.run_cached("DELETE FROM copy WHERE recipient = ?1", [recipient.0])?;
        self.has_copies.set(true);
        for copy in refused {
            let status = if copy.later { "pending" } else { "rejected" };
            self.run_cached(
                "INSERT OR REPLACE INTO copy (recipient, position, address, status, attempts, reply, run, at)
                 VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6, ?7)",
                params![
                    recipient.0,
                    copy.position,
                    copy.address,
                    status,
                    copy.reply.to_string(),
                    self.run,
                    now()
                ],
            )?;
        }
        Ok(())
    }

    /// Copies that earlier runs left, once nobody else is; where only some are chosen, theirs.
    pub(super) fn claim_copies(&self, most: usize) -> rusqlite::Result<Vec<Claimed>> {
        let sql = format!("SELECT {CLAIM_COLUMNS}, c.position, c.address {TO_TRY} AND c.run <> ?2");
        let mut statement = self.ledger.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params![self.mailing, self.run])?;
        let mut claimed = Vec::new();
        while claimed.len() < most
            && let Some(row) = rows.next()?
        {
            let copy = claimed_copy(row)?;
            if self.is_named(&copy.key) {
                claimed.push(copy);
            }
        }
        Ok(claimed)
    }

    pub(super) fn claim_copy(&self, recipient: i64, position: u32) -> rusqlite::Result<Option<Claimed>> {
        let sql = format!(
            "SELECT {CLAIM_COLUMNS}, c.position, c.address {TO_TRY} AND c.recipient = ?2 AND c.position = ?3"
        );
        let mut statement = self.ledger.connection.prepare_cached(&sql)?;
        statement
            .query_row(params![self.mailing, recipient, position], claimed_copy)
            .optional()
    }

    pub(super) fn mark_copy(&self, recipient: i64, position: u32) -> rusqlite::Result<()> {
        self.run_cached(
            "UPDATE copy SET claimed_by = ?3, run = ?3 WHERE recipient = ?1 AND position = ?2",
            params![recipient, position, self.run],
        )
    }

    /// True when the copy is claimed and nothing of it is out.
    pub(super) fn intend_copy(&self, recipient: i64, position: u32) -> rusqlite::Result<usize> {
        self.ledger
            .connection
            .prepare_cached(
                "UPDATE copy SET status = 'intent', at = ?4 WHERE recipient = ?1 AND position = ?2
                 AND claimed_by = ?3 AND status IN ('pending', 'deferred')",
            )?
            .execute(params![recipient, position, self.run, now()])
    }

    pub(super) fn withdraw_copy(&self, recipient: i64, position: u32) -> rusqlite::Result<()> {
        self.run_cached(
            "UPDATE copy SET status = 'pending' WHERE recipient = ?1 AND position = ?2 AND status = 'intent'",
            params![recipient, position],
        )
    }

    /// Whether a run has it to send.
    pub(super) fn copy_is_claimed(&self, (recipient, position): (i64, u32)) -> rusqlite::Result<bool> {
        self.ledger
            .connection
            .prepare_cached(
                "SELECT 1 FROM copy WHERE recipient = ?1 AND position = ?2 AND claimed_by IS NOT NULL",
            )?
            .exists(params![recipient, position])
    }

    /// Also of a copy that could not be composed any more.
    pub(super) fn copy_is(
        &self,
        (recipient, position): (i64, u32),
        status: &str,
        reply: &str,
    ) -> rusqlite::Result<()> {
        let copy = (recipient, position);
        self.run_cached(
            "UPDATE copy SET attempts = attempts + 1 WHERE recipient = ?1 AND position = ?2",
            copy,
        )?;
        becomes(&self.ledger.connection, copy, status, reply)
    }

    pub(super) fn settle_copy(&self, attempt: &Attempt, copy: (i64, u32)) -> rusqlite::Result<()> {
        let status = match &attempt.outcome {
            Outcome::Accepted(_) => "accepted",
            Outcome::Rejected(_) => "rejected",
            Outcome::Deferred(_) => "deferred",
            Outcome::InDoubt(_) => "in_doubt",
        };
        self.copy_is(copy, status, &attempt.outcome.reply().to_string())
    }
}

fn claimed_copy(row: &rusqlite::Row<'_>) -> rusqlite::Result<Claimed> {
    let claimed = claimed_row(row)?;
    Ok(Claimed {
        recipient: claimed.recipient.copy(row.get(10)?),
        copy: Some(row.get(11)?),
        in_doubt: false,
        ..claimed
    })
}

impl Ledger {
    /// Whether the ledger knows of any copy.
    pub(super) fn has_copies(&self) -> Result<bool, LedgerError> {
        self.connection
            .query_row("SELECT EXISTS (SELECT 1 FROM copy)", [], |row| row.get(0))
            .map_err(|e| self.failed(e))
    }

    /// What became of the copies of a mailing, of those permanently refused this run's.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn copies(&self, mailing: &Mailing, run: i64) -> Result<Copies, LedgerError> {
        copies(&self.connection, mailing.id, Some(run), false).map_err(|e| self.failed(e))
    }

    /// The same, of those whom the latest run is about.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn copies_of_chosen(&self, mailing: &Mailing, run: i64) -> Result<Copies, LedgerError> {
        counted(&self.connection, mailing.id, Some(run), false, "AND r.chosen = 1")
            .map_err(|e| self.failed(e))
    }

    /// Copies that did not arrive, the first `most` of them.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn lost_copies(&self, mailing: &Mailing, most: u32) -> Result<Vec<LostCopy>, LedgerError> {
        let read = || {
            let mut statement = self.connection.prepare(&format!(
                "SELECT r.key, c.address, c.reply FROM copy c CROSS JOIN recipient r ON r.id = c.recipient
                 WHERE r.mailing = ?1 AND c.status <> 'accepted' AND r.status NOT IN ({NOBODY_HAS})
                 ORDER BY c.recipient, c.position LIMIT ?2"
            ))?;
            let rows = statement.query_map(params![mailing.id, most], |row| {
                Ok(LostCopy {
                    key: row.get(0)?,
                    address: row.get(1)?,
                    reply: row.get(2)?,
                })
            })?;
            rows.collect::<rusqlite::Result<Vec<LostCopy>>>()
        };
        read().map_err(|e| self.failed(e))
    }
}

/// The copies of a mailing; those handed over while a run goes on are not in doubt yet.
pub(super) fn copies(
    connection: &Connection,
    mailing: i64,
    run: Option<i64>,
    running: bool,
) -> rusqlite::Result<Copies> {
    counted(connection, mailing, run, running, "")
}

fn counted(
    connection: &Connection,
    mailing: i64,
    run: Option<i64>,
    running: bool,
    whose: &str,
) -> rusqlite::Result<Copies> {
    connection.query_row(
        &format!(
            "SELECT count(*) FILTER (WHERE c.status IN ('pending', 'deferred')),
                    count(*) FILTER (WHERE c.status = 'rejected' AND (?2 IS NULL OR c.run = ?2)),
                    count(*) FILTER (WHERE c.status = 'in_doubt' OR (c.status = 'intent' AND NOT ?3)),
                    count(*) FILTER (WHERE c.status = 'accepted' AND (?2 IS NULL OR c.run = ?2))
             FROM copy c CROSS JOIN recipient r ON r.id = c.recipient
             WHERE r.mailing = ?1 AND r.status NOT IN ({NOBODY_HAS}) {whose}"
        ),
        params![mailing, run, running],
        |row| {
            Ok(Copies {
                left: row.get(0)?,
                rejected: row.get(1)?,
                in_doubt: row.get(2)?,
                accepted: row.get(3)?,
            })
        },
    )
}
