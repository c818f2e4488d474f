//! The recipients that a run would send to, looked at before it begins.

use rusqlite::{OptionalExtension, params};

use crate::delivery::Claimed;
use crate::recipients::Key;

use super::claims::{CLAIM_COLUMNS, claimed_row};
use super::copies::TO_TRY;
use super::failure::LedgerError;
use super::file::Ledger;
use super::mailing::{Mailing, OF_MAILING};
use super::run::Chosen;

/// This many of the people who get copies are named.
const NAMED: usize = 4;

/// Copies of accepted messages that a run would send: they were refused for now before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Owed {
    /// How many.
    pub copies: u64,
    /// The number of messages they belong to.
    pub messages: u64,
    /// Who gets them, the first few.
    pub to: Vec<String>,
}

impl Ledger {
    /// How many recipients a run would send to, and the copies that it would send once they are through.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn to_send(&self, mailing: &Mailing, chosen: &Chosen) -> Result<(u64, Owed), LedgerError> {
        let recipients = self.recipients_to_send(mailing, chosen)?;
        Ok((recipients, self.owed(mailing, chosen, recipients)?))
    }

    fn recipients_to_send(&self, mailing: &Mailing, chosen: &Chosen) -> Result<u64, LedgerError> {
        let statuses = chosen.statuses();
        if let Some(only) = &chosen.only {
            let mut count = 0;
            for key in only {
                let sql = format!(
                    "SELECT count(*) FROM recipient WHERE mailing = ?1 AND key = ?2 AND listed = 1 AND chosen = 1 AND status IN ({statuses})"
                );
                count += self
                    .connection
                    .query_row(&sql, params![mailing.id, key.as_str()], |row| {
                        row.get::<_, u64>(0)
                    })
                    .map_err(|e| self.failed(e))?;
            }
            return Ok(chosen.limit.map_or(count, |limit| count.min(limit)));
        }
        let sql = format!(
            "SELECT count(*) FROM recipient NOT INDEXED WHERE {OF_MAILING} AND listed = 1 AND chosen = 1 AND status IN ({statuses})"
        );
        let count: u64 = self
            .connection
            .query_row(&sql, params![mailing.id], |row| row.get(0))
            .map_err(|e| self.failed(e))?;
        Ok(chosen.limit.map_or(count, |limit| count.min(limit)))
    }

    /// The copies that a run would send after `recipients` recipients.
    fn owed(&self, mailing: &Mailing, chosen: &Chosen, recipients: u64) -> Result<Owed, LedgerError> {
        let most = chosen.limit.map(|limit| limit.saturating_sub(recipients));
        self.owed_at_most(mailing, chosen, most.unwrap_or(u64::MAX))
            .map_err(|e| self.failed(e))
    }

    fn owed_at_most(&self, mailing: &Mailing, chosen: &Chosen, most: u64) -> rusqlite::Result<Owed> {
        let sql = format!("SELECT r.key, c.address {TO_TRY} ORDER BY c.recipient, c.position");
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query([mailing.id])?;
        let (mut owed, mut last) = (Owed::default(), String::new());
        while owed.copies < most
            && let Some(row) = rows.next()?
        {
            let (key, address): (String, String) = (row.get(0)?, row.get(1)?);
            let named = |only: &Vec<Key>| only.iter().any(|named| named.as_str() == key);
            if !chosen.only.as_ref().is_none_or(named) {
                continue;
            }
            owed.copies += 1;
            if last != key {
                owed.messages += 1;
                last = key;
            }
            if owed.to.len() < NAMED && !owed.to.contains(&address) {
                owed.to.push(address);
            }
        }
        Ok(owed)
    }

    /// The first recipients that a run would send to, at most `most`, in the order in which it
    /// would.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn ahead(&self, mailing: &Mailing, chosen: &Chosen, most: u64) -> Result<Vec<Claimed>, LedgerError> {
        let most = most.min(chosen.limit.unwrap_or(u64::MAX));
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        self.first(mailing, chosen, most).map_err(|e| self.failed(e))
    }

    fn first(&self, mailing: &Mailing, chosen: &Chosen, most: usize) -> rusqlite::Result<Vec<Claimed>> {
        let meant = format!(
            "r.mailing = ?1 AND r.listed = 1 AND r.chosen = 1 AND s.problem IS NULL
             AND s.position = 0 AND r.status IN ({})",
            chosen.statuses()
        );
        let mut found = Vec::new();
        if let Some(only) = &chosen.only {
            let mut statement = self.connection.prepare(&format!(
                "SELECT {CLAIM_COLUMNS} FROM recipient r JOIN source_row s ON s.recipient = r.id
                 WHERE {meant} AND r.key = ?2"
            ))?;
            for key in only {
                if found.len() == most {
                    break;
                }
                let row = statement.query_row(params![mailing.id, key.as_str()], claimed_row);
                found.extend(row.optional()?);
            }
        } else {
            // By rowid, as the run itself goes (see `claim_next`).
            let mut statement = self.connection.prepare(&format!(
                "SELECT {CLAIM_COLUMNS} FROM recipient r NOT INDEXED CROSS JOIN source_row s ON s.recipient = r.id
                 WHERE {meant} ORDER BY r.id LIMIT ?2"
            ))?;
            let rows = statement.query_map(params![mailing.id, most], claimed_row)?;
            found = rows.collect::<rusqlite::Result<_>>()?;
        }
        self.add_others(&mut found)?;
        Ok(found)
    }
}
