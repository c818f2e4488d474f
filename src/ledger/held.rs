//! Refusals that a run held back when it died. They name no mailbox, so they may have been about
//! everybody; the next replies of the relay would have shown that.
//!
//! If the relay accepted others of the mailing and refused only a few, these are rejected, as they
//! would have been at the end of a list; the next run reports them. All others are pending, as if
//! they had never been tried.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use crate::delivery::{Attempt, Outcome, RecipientId, is_few};
use crate::smtp::Reply;

use super::failure::LedgerError;
use super::file::Ledger;
use super::mailing::{Mailing, OF_MAILING};

/// What earlier runs of a mailing left open.
#[derive(Debug, Default)]
pub struct Recovered {
    /// How many came into doubt.
    pub in_doubt: u64,
    /// Whose refusal was held, and is theirs.
    pub rejected: Vec<RecipientId>,
}

/// Those of mailing `?1` whose refusal is held, as in `recipient NOT INDEXED WHERE`.
pub(super) fn held() -> String {
    format!("{OF_MAILING} AND status = 'pending' AND claimed_by IS NOT NULL AND code >= 500")
}

/// Decides about those whose refusal a dead run held. Returns who is rejected.
pub(super) fn weigh(connection: &Connection, mailing: i64) -> rusqlite::Result<Vec<RecipientId>> {
    let held = held();
    let mut refused: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    let mut statement = connection.prepare(&format!(
        "SELECT id, coalesce(relay, '') FROM recipient NOT INDEXED WHERE {held} ORDER BY id"
    ))?;
    let mut rows = statement.query([mailing])?;
    while let Some(row) = rows.next()? {
        refused.entry(row.get(1)?).or_default().push(row.get(0)?);
    }
    let mut rejected = Vec::new();
    for (relay, recipients) in refused {
        let accepted: bool = connection.query_row(
            "SELECT EXISTS (SELECT 1 FROM attempt a JOIN recipient r ON r.id = a.recipient
                            WHERE r.mailing = ?1 AND a.relay = ?2 AND a.outcome = 'accepted')",
            params![mailing, relay],
            |row| row.get(0),
        )?;
        if is_few(accepted, recipients.len()) {
            for recipient in recipients {
                reject(connection, recipient)?;
                rejected.push(RecipientId(recipient));
            }
        }
    }
    connection.execute(
        &format!(
            "UPDATE recipient NOT INDEXED SET code = NULL, reply = NULL, claimed_by = NULL WHERE {held}"
        ),
        [mailing],
    )?;
    Ok(rejected)
}

fn reject(connection: &Connection, recipient: i64) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT INTO attempt (recipient, run, session, relay, outcome, code, reply, at)
         SELECT id, claimed_by, coalesce(session, 0), coalesce(relay, ''), 'rejected', code, reply, coalesce(at, '')
         FROM recipient WHERE id = ?1",
        [recipient],
    )?;
    connection.execute(
        "UPDATE recipient SET status = 'rejected', attempts = attempts + 1, claimed_by = NULL WHERE id = ?1",
        [recipient],
    )?;
    // Nobody has the message of which these were to be copies.
    connection.execute("DELETE FROM copy WHERE recipient = ?1", [recipient])?;
    Ok(())
}

impl Ledger {
    /// Those of these whom the latest run is about, with their keys and the attempt that was theirs.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn refused_before(
        &self,
        mailing: &Mailing,
        recipients: &[RecipientId],
    ) -> Result<Vec<(String, Attempt)>, LedgerError> {
        let read = || {
            let mut statement = self.connection.prepare(
                "SELECT key, session, coalesce(relay, ''), code, coalesce(reply, ''), coalesce(message_id, ''),
                        (SELECT min(number) FROM source_row s WHERE s.recipient = r.id), attempts
                 FROM recipient r WHERE id = ?1 AND mailing = ?2 AND listed = 1 AND chosen = 1 AND status = 'rejected'",
            )?;
            let mut refused = Vec::new();
            for recipient in recipients {
                let mut rows = statement.query(params![recipient.0, mailing.id])?;
                while let Some(row) = rows.next()? {
                    refused.push((row.get(0)?, attempt(*recipient, row)?));
                }
            }
            Ok(refused)
        };
        read().map_err(|e| self.failed(e))
    }
}

fn attempt(recipient: RecipientId, row: &rusqlite::Row<'_>) -> rusqlite::Result<Attempt> {
    let words: String = row.get(4)?;
    Ok(Attempt {
        recipient,
        session: row.get::<_, Option<u64>>(1)?.unwrap_or_default(),
        relay: row.get::<_, String>(2)?.into(),
        outcome: Outcome::Rejected(Reply::of_words(row.get(3)?, &words)),
        message_id: row.get(5)?,
        row: row.get::<_, Option<u64>>(6)?.unwrap_or_default(),
        number: row.get(7)?,
        refused: Vec::new(),
    })
}
