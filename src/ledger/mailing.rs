//! Mailings: beginning one, going on with one, loading the rows, ending a run.

use rusqlite::{OptionalExtension, params};

use crate::campaign::clock;
use crate::message::MailingId;
use crate::recipients::Key;

use super::{Content, Ledger, LedgerError, Texts, boot};

/// One going-out of a campaign, as the ledger has it.
#[derive(Debug, Clone)]
pub struct Mailing {
    /// Its number in this ledger.
    pub id: i64,
    /// Its random id.
    pub uid: MailingId,
    /// When it began.
    pub started_at: String,
    /// When nobody was left.
    pub finished_at: Option<String>,
    /// What its messages are made of.
    pub content: Content,
    /// Of that, what is text.
    pub texts: Texts,
    /// When its recipients were removed.
    pub purged_at: Option<String>,
}

/// What a new mailing starts with.
#[derive(Debug, Clone)]
pub struct NewMailing<'m> {
    /// Its id.
    pub uid: MailingId,
    /// The campaign's name.
    pub campaign: &'m str,
    /// The recipients file's header.
    pub columns: &'m [String],
    /// What its messages are made of.
    pub content: &'m Content,
    /// Of that, what is text.
    pub texts: &'m Texts,
}

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
    /// Also those the relay refused for good.
    pub retry_rejected: bool,
    /// These alone.
    pub only: Option<Vec<Key>>,
    /// No more than so many.
    pub limit: Option<u64>,
}

/// How a run ended.
#[derive(Debug, Clone, Copy)]
pub struct RunEnd {
    /// The process' exit code.
    pub exit_code: i32,
}

const MAILING_COLUMNS: &str = "id, uid, started_at, finished_at, content, texts, purged_at";

impl Ledger {
    /// The latest mailing that was not abandoned.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn latest_mailing(&self) -> Result<Option<Mailing>, LedgerError> {
        self.connection
            .query_row(
                &format!("SELECT {MAILING_COLUMNS} FROM mailing WHERE abandoned_at IS NULL ORDER BY id DESC LIMIT 1"),
                [],
                mailing,
            )
            .optional()
            .map_err(|e| self.failed(e))
    }

    /// Begins a mailing.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn begin(&mut self, new: &NewMailing<'_>) -> Result<Mailing, LedgerError> {
        let columns = serde_json::to_string(new.columns).unwrap_or_default();
        let content = serde_json::to_string(new.content).unwrap_or_default();
        let texts = serde_json::to_string(new.texts).unwrap_or_default();
        self.connection
            .query_row(
                &format!(
                    "INSERT INTO mailing (uid, campaign, started_at, columns, content, texts) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                     RETURNING {MAILING_COLUMNS}"
                ),
                params![new.uid.to_string(), new.campaign, now(), columns, content, texts],
                mailing,
            )
            .map_err(|e| self.failed(e))
    }

    /// Gives an unfinished mailing up: what is not sent never will be.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn abandon(&mut self, mailing: &Mailing) -> Result<(), LedgerError> {
        self.execute(
            "UPDATE mailing SET abandoned_at = ?2 WHERE id = ?1",
            params![mailing.id, now()],
        )
    }

    /// Goes on with a mailing: notes the content and columns it has now.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn reopen(
        &mut self,
        mailing: &Mailing,
        columns: &[String],
        content: &Content,
        texts: &Texts,
    ) -> Result<(), LedgerError> {
        let columns = serde_json::to_string(columns).unwrap_or_default();
        let content = serde_json::to_string(content).unwrap_or_default();
        let texts = serde_json::to_string(texts).unwrap_or_default();
        self.execute(
            "UPDATE mailing SET finished_at = NULL, columns = ?2, content = ?3, texts = ?4 WHERE id = ?1",
            params![mailing.id, columns, content, texts],
        )
    }

    /// Settles what earlier runs left open. On the same boot the intents
    /// decide who is in doubt; after a power cut everybody claimed is. Returns
    /// how many came into doubt.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn recover(&mut self, mailing: &Mailing) -> Result<u64, LedgerError> {
        let lost = "the run ended before the relay's reply was recorded";
        let sent = self.count(
            "UPDATE recipient SET status = 'in_doubt', claimed_by = NULL, reply = ?2
             WHERE mailing = ?1 AND status = 'intent'",
            params![mailing.id, lost],
        )?;
        let cut = self.count(
            "UPDATE recipient SET status = 'in_doubt', claimed_by = NULL, reply = ?3
             WHERE mailing = ?1 AND claimed_by IN
                   (SELECT id FROM run WHERE mailing = ?1 AND ended_at IS NULL AND (boot <> ?2 OR boot = ''))",
            params![mailing.id, boot::id(), "the machine went down while this recipient was being sent to"],
        )?;
        self.execute(
            "UPDATE recipient SET claimed_by = NULL WHERE mailing = ?1 AND claimed_by IS NOT NULL",
            params![mailing.id],
        )?;
        Ok(sent + cut)
    }

    /// From here on commits do not wait for the disk; whoever calls this syncs the log.
    pub(super) fn relax(&mut self) -> Result<(), LedgerError> {
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

    /// How many recipients of a mailing were ever tried: with none, its
    /// content may still change.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn tried(&self, mailing: &Mailing) -> Result<u64, LedgerError> {
        self.connection
            .query_row(
                "SELECT count(*) FROM recipient WHERE mailing = ?1 AND status NOT IN ('pending', 'invalid', 'suppressed')",
                [mailing.id],
                |row| row.get(0),
            )
            .map_err(|e| self.failed(e))
    }

    /// How many recipients of a mailing were accepted.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn accepted(&self, mailing: &Mailing) -> Result<u64, LedgerError> {
        self.connection
            .query_row(
                "SELECT count(*) FROM recipient WHERE mailing = ?1 AND status = 'accepted'",
                [mailing.id],
                |row| row.get(0),
            )
            .map_err(|e| self.failed(e))
    }

    /// How many recipients a run would send to, and how many have each status.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn to_send(&self, mailing: &Mailing, chosen: &Chosen) -> Result<u64, LedgerError> {
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
            "SELECT count(*) FROM recipient WHERE mailing = ?1 AND listed = 1 AND chosen = 1 AND status IN ({statuses})"
        );
        let count: u64 = self
            .connection
            .query_row(&sql, params![mailing.id], |row| row.get(0))
            .map_err(|e| self.failed(e))?;
        Ok(chosen.limit.map_or(count, |limit| count.min(limit)))
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
            "SELECT key FROM recipient WHERE mailing = ?1 AND listed = 1 AND chosen = 1 AND status IN ({})",
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

    /// This run sends no more: what it handed over without a reply is in
    /// doubt, what it only claimed is not. Returns how many came into doubt.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn give_back(&mut self, mailing: &Mailing) -> Result<u64, LedgerError> {
        self.execute("PRAGMA synchronous = FULL", [])?;
        let lost = "the run ended before the relay's reply was recorded";
        let sent = self.count(
            "UPDATE recipient SET status = 'in_doubt', claimed_by = NULL, reply = ?2
             WHERE mailing = ?1 AND status = 'intent'",
            params![mailing.id, lost],
        )?;
        self.execute(
            "UPDATE recipient SET claimed_by = NULL WHERE mailing = ?1 AND claimed_by IS NOT NULL",
            params![mailing.id],
        )?;
        Ok(sent)
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

    /// A mailing in which nobody is left is finished.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn finish(&mut self, mailing: &Mailing) -> Result<(), LedgerError> {
        self.execute(
            "UPDATE mailing SET finished_at = ?2 WHERE id = ?1 AND finished_at IS NULL AND NOT EXISTS
             (SELECT 1 FROM recipient WHERE mailing = ?1 AND listed > 0
              AND status IN ('pending', 'deferred', 'in_doubt', 'intent'))",
            params![mailing.id, now()],
        )
    }

    /// Begins a run; its number goes with every claim.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn begin_run(&mut self, mailing: &Mailing) -> Result<i64, LedgerError> {
        self.connection
            .query_row(
                "INSERT INTO run (mailing, boot, host, pid, started_at) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id",
                params![mailing.id, boot::id(), boot::host(), std::process::id(), now()],
                |row| row.get(0),
            )
            .map_err(|e| self.failed(e))
    }

    pub(super) fn execute(&self, sql: &str, values: impl rusqlite::Params) -> Result<(), LedgerError> {
        self.count(sql, values).map(drop)
    }

    pub(super) fn count(&self, sql: &str, values: impl rusqlite::Params) -> Result<u64, LedgerError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.failed(e))?;
        if statement.column_count() > 0 {
            // A PRAGMA that answers.
            return statement
                .query(values)
                .and_then(|mut rows| rows.next().map(|_| 0))
                .map_err(|e| self.failed(e));
        }
        let changed = statement.execute(values).map_err(|e| self.failed(e))?;
        Ok(changed as u64)
    }
}

impl Chosen {
    /// The statuses to be sent to, as an SQL list.
    pub(super) fn statuses(&self) -> String {
        let mut statuses = vec!["'pending'", "'deferred'"];
        if self.in_doubt == InDoubt::Resend {
            statuses.push("'in_doubt'");
        }
        if self.retry_rejected {
            statuses.push("'rejected'");
        }
        statuses.join(", ")
    }
}

fn mailing(row: &rusqlite::Row<'_>) -> rusqlite::Result<Mailing> {
    let uid: String = row.get(1)?;
    let content: String = row.get(4)?;
    let texts: Option<String> = row.get(5)?;
    Ok(Mailing {
        id: row.get(0)?,
        uid: MailingId::parse(&uid).ok_or_else(|| rusqlite::Error::InvalidColumnName("uid".to_owned()))?,
        started_at: row.get(2)?,
        finished_at: row.get(3)?,
        content: serde_json::from_str(&content).unwrap_or_default(),
        texts: texts
            .and_then(|texts| serde_json::from_str(&texts).ok())
            .unwrap_or_default(),
        purged_at: row.get(6)?,
    })
}

/// The time as the ledger keeps it.
pub(super) fn now() -> String {
    clock::now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}
