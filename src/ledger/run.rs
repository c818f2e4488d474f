//! Runs: which recipients one is about, beginning and ending it, settling what it left open.

use rusqlite::{Connection, OptionalExtension, params};

use crate::recipients::Key;
use crate::words::{Said, Speak, say};

use super::boot;
use super::copy_doubts::{self, LOST};
use super::failure::LedgerError;
use super::file::Ledger;
use super::held::{self, Recovered};
use super::mailing::{Mailing, OF_MAILING};
use super::moment::now;
use super::status::{Status, listed};

/// What is done about recipients in doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InDoubt {
    /// Nothing: a person decides.
    Hold,
    /// They are sent to once more, with identical octets.
    Resend,
}

/// Who is to be sent to in a run.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// Those in doubt.
    pub in_doubt: InDoubt,
    /// Also those the relay permanently refused.
    pub retry_rejected: bool,
    /// These alone.
    pub only: Option<Vec<Key>>,
    /// At most this many.
    pub limit: Option<u64>,
    /// The flags that leave others out permanently, as a person would write them.
    pub choice: Option<String>,
}

/// Those whom every run so far left out by a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// How many.
    pub recipients: u64,
    /// By which flags, where that is known.
    pub choice: Option<String>,
}

impl Speak for LeftOut {
    fn said(&self) -> Said {
        match &self.choice {
            Some(choice) => say!(
                "ledger-left-out-by",
                recipients = self.recipients,
                choice = choice
            ),
            None => say!("ledger-left-out", recipients = self.recipients),
        }
    }
}

/// How a run ended.
#[derive(Debug, Clone, Copy)]
pub struct RunEnd {
    /// The process' exit code.
    pub exit_code: i32,
}

/// What a run had claimed and did not settle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOpen {
    /// Handed over, and no reply came.
    pub in_doubt: u64,
    /// Not begun, or taken back.
    pub untried: u64,
}

impl Ledger {
    /// Settles what earlier runs left open. On the same boot the intents
    /// decide who is in doubt; after a power cut everybody claimed is.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn recover(&mut self, mailing: &Mailing) -> Result<Recovered, LedgerError> {
        // Nobody has a message whose refusal is held, whatever died.
        let rejected = held::weigh(&self.connection, mailing.id).map_err(|e| self.failed(e))?;
        let sent = self.doubt_intents(mailing)?;
        copy_doubts::doubt_intents(&self.connection, mailing.id).map_err(|e| self.failed(e))?;
        let cut = self.count(
            &format!("UPDATE recipient NOT INDEXED SET status = 'in_doubt', claimed_by = NULL, reply = ?3
             WHERE {OF_MAILING} AND claimed_by IN
                   (SELECT id FROM run WHERE mailing = ?1 AND ended_at IS NULL AND (boot <> ?2 OR boot = ''))"),
            params![mailing.id, boot::id(), "the machine went down while this recipient was being sent to"],
        )?;
        copy_doubts::give_back(&self.connection, mailing.id, Some(&boot::id()))
            .map_err(|e| self.failed(e))?;
        self.execute(
            &format!("UPDATE recipient NOT INDEXED SET claimed_by = NULL WHERE {OF_MAILING} AND claimed_by IS NOT NULL"),
            params![mailing.id],
        )?;
        Ok(Recovered {
            in_doubt: sent + cut,
            rejected,
        })
    }

    /// From here on, commits do not wait for the disk; the caller syncs the log.
    pub(super) fn relax(&mut self) -> Result<(), LedgerError> {
        if self.shared {
            return Ok(());
        }
        self.execute("PRAGMA synchronous = NORMAL", [])
    }

    /// Which of these keys the mailing does not list.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn unknown(&self, mailing: &Mailing, keys: &[Key]) -> Result<Vec<Key>, LedgerError> {
        let mut unknown = Vec::new();
        for key in keys {
            let found = self
                .connection
                .query_row(
                    "SELECT 1 FROM recipient WHERE mailing = ?1 AND key = ?2 AND listed > 0",
                    params![mailing.id, key.as_str()],
                    |_| Ok(()),
                )
                .optional()
                .map_err(|e| self.failed(e))?;
            if found.is_none() {
                unknown.push(key.clone());
            }
        }
        Ok(unknown)
    }

    /// Those of this run whom every earlier one left out by a choice.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn left_out(&self, mailing: &Mailing) -> Result<Option<LeftOut>, LedgerError> {
        left_out(&self.connection, mailing.id, "AND chosen = 1").map_err(|e| self.failed(e))
    }

    /// Those of a mailing whom every run left out by a choice, whatever this one is about.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn left_out_of(&self, mailing: &Mailing) -> Result<Option<LeftOut>, LedgerError> {
        left_out(&self.connection, mailing.id, "").map_err(|e| self.failed(e))
    }

    /// Nobody was left out so far: the mailing counts as new.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn forget_choices(&mut self, mailing: &Mailing) -> Result<(), LedgerError> {
        self.execute(
            &format!("UPDATE recipient NOT INDEXED SET left_out = 0 WHERE {OF_MAILING} AND left_out = 1"),
            params![mailing.id],
        )
    }

    /// This run is about the chosen recipients, even if an earlier run left them out.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn take_in(&mut self, mailing: &Mailing) -> Result<(), LedgerError> {
        self.execute(
            &format!("UPDATE recipient NOT INDEXED SET left_out = 0 WHERE {OF_MAILING} AND left_out = 1 AND chosen = 1"),
            params![mailing.id],
        )
    }

    /// Hands the key of everybody whom a run would send to, to `each`.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn each_to_send(
        &self,
        mailing: &Mailing,
        chosen: &Chosen,
        mut each: impl FnMut(Key),
    ) -> Result<(), LedgerError> {
        let sql = format!(
            "SELECT key FROM recipient NOT INDEXED WHERE {OF_MAILING} AND listed = 1 AND chosen = 1 AND status IN ({})",
            chosen.statuses()
        );
        let only = |key: &Key| chosen.only.as_ref().is_none_or(|only| only.contains(key));
        let mut read = || {
            let mut statement = self.connection.prepare(&sql)?;
            let keys = statement.query_map([mailing.id], |row| row.get(0).map(Key::stored))?;
            for key in keys {
                let key = key?;
                if only(&key) {
                    each(key);
                }
            }
            Ok(())
        };
        read().map_err(|e| self.failed(e))
    }

    /// Recipients whose message was handed over without a recorded reply are in doubt. Returns
    /// their number.
    fn doubt_intents(&self, mailing: &Mailing) -> Result<u64, LedgerError> {
        self.count(
            &format!(
                "UPDATE recipient NOT INDEXED SET status = 'in_doubt', claimed_by = NULL, reply = ?2
             WHERE {OF_MAILING} AND status = 'intent'"
            ),
            params![mailing.id, LOST],
        )
    }

    /// This run sends no more: what it handed over without a reply is in
    /// doubt, what it only claimed is not.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn give_back(&mut self, mailing: &Mailing) -> Result<LeftOpen, LedgerError> {
        self.execute("PRAGMA synchronous = FULL", [])?;
        copy_doubts::doubt_intents(&self.connection, mailing.id)
            .and_then(|()| copy_doubts::give_back(&self.connection, mailing.id, None))
            .map_err(|e| self.failed(e))?;
        let in_doubt = self.doubt_intents(mailing)?;
        // Refusals that were not about the recipient.
        self.execute(
            &format!(
                "UPDATE recipient NOT INDEXED SET code = NULL, reply = NULL WHERE {}",
                held::held()
            ),
            params![mailing.id],
        )?;
        let untried = self.count(
            &format!("UPDATE recipient NOT INDEXED SET claimed_by = NULL WHERE {OF_MAILING} AND claimed_by IS NOT NULL"),
            params![mailing.id],
        )?;
        Ok(LeftOpen { in_doubt, untried })
    }

    /// Whether anything of this run went out: a relay accepted it, or may have.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn has_sent(&self, mailing: &Mailing, run: i64) -> Result<bool, LedgerError> {
        self.connection
            .query_row(
                &format!(
                    "SELECT EXISTS (SELECT 1 FROM attempt WHERE run = ?2 AND outcome IN ('accepted', 'in_doubt')
                                    ORDER BY id DESC LIMIT 1)
                         OR EXISTS (SELECT 1 FROM recipient NOT INDEXED WHERE {OF_MAILING} AND status = 'intent')
                         OR EXISTS (SELECT 1 FROM copy WHERE run = ?2 AND status IN ('accepted', 'intent', 'in_doubt'))"
                ),
                params![mailing.id, run],
                |row| row.get(0),
            )
            .map_err(|e| self.failed(e))
    }

    /// Notes how a run ended; the mailing is finished when nobody is left.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn end_run(&mut self, mailing: &Mailing, run: i64, end: RunEnd) -> Result<(), LedgerError> {
        self.finish(mailing)?;
        self.execute(
            "UPDATE run SET ended_at = ?2, exit_code = ?3 WHERE id = ?1",
            params![run, now(), end.exit_code],
        )
    }

    /// Begins a run; its number goes with every claim.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn begin_run(&mut self, mailing: &Mailing, choice: Option<&str>) -> Result<i64, LedgerError> {
        self.connection
            .query_row(
                "INSERT INTO run (mailing, boot, host, pid, started_at, choice) VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id",
                params![mailing.id, boot::id(), boot::host(), std::process::id(), now(), choice],
                |row| row.get(0),
            )
            .map_err(|e| self.failed(e))
    }
}

impl Chosen {
    /// The statuses to be sent to, as an SQL list.
    pub(super) fn statuses(&self) -> String {
        let mut statuses = vec![Status::Pending, Status::Deferred];
        if self.in_doubt == InDoubt::Resend {
            statuses.push(Status::InDoubt);
        }
        if self.retry_rejected {
            statuses.push(Status::Rejected);
        }
        listed(&statuses)
    }
}

/// Those of a mailing whom every run left out, among those of a condition.
pub(super) fn left_out(
    connection: &Connection,
    mailing: i64,
    among: &str,
) -> rusqlite::Result<Option<LeftOut>> {
    let sql = format!(
        "SELECT count(*) FROM recipient NOT INDEXED
         WHERE {OF_MAILING} AND left_out = 1 AND listed = 1 AND status = ?2 {among}"
    );
    let recipients =
        connection.query_row(&sql, params![mailing, Status::Pending.name()], |row| row.get(0))?;
    if recipients == 0 {
        return Ok(None);
    }
    let choice = connection
        .query_row(
            "SELECT choice FROM run WHERE mailing = ?1 AND choice IS NOT NULL ORDER BY id DESC LIMIT 1",
            [mailing],
            |row| row.get(0),
        )
        .optional()?;
    Ok(Some(LeftOut { recipients, choice }))
}
