//! Mailings: beginning, continuing, giving up and finishing one.

use rusqlite::{OptionalExtension, params};

use crate::message::MailingId;

use super::content::{Content, Difference, Texts, differences};
use super::failure::LedgerError;
use super::file::Ledger;
use super::latest::{LATEST, MAIL};
use super::moment::now;
use super::status::{INTENT, Status, listed};

/// One going-out of a campaign, as the ledger has it.
#[derive(Debug, Clone)]
pub struct Mailing {
    /// Its number in this ledger.
    pub id: i64,
    /// Its random id.
    pub uid: MailingId,
    /// The number of the composing rules that it was begun by.
    pub rules: u32,
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
    /// The number of the composing rules.
    pub rules: u32,
    /// The campaign's name.
    pub campaign: &'m str,
    /// The recipients file's header.
    pub columns: &'m [String],
    /// What its messages are made of.
    pub content: &'m Content,
    /// Of that, what is text.
    pub texts: &'m Texts,
}

impl Mailing {
    /// What changed since the mailing began.
    pub fn differences(&self, now: &Content, texts: &Texts) -> Vec<Difference> {
        differences((&self.content, &self.texts), (now, texts))
    }
}

/// The recipients of mailing `?1`, for what looks at all of them, as in `recipient NOT INDEXED WHERE`:
/// in the order in which they came in. By the index on their keys each would be looked up by itself.
pub(super) const OF_MAILING: &str =
    "id >= (SELECT min(id) FROM recipient WHERE mailing = ?1) AND mailing = ?1";

/// Who keeps a mailing from being finished.
const LEFT: [Status; 3] = [Status::Pending, Status::Deferred, Status::InDoubt];

const MAILING_COLUMNS: &str = "id, uid, started_at, finished_at, content, texts, purged_at, rules";

impl Ledger {
    /// The latest mailing that was not abandoned.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn latest_mailing(&self) -> Result<Option<Mailing>, LedgerError> {
        self.connection
            .query_row(
                &format!("SELECT {MAILING_COLUMNS} FROM mailing WHERE id = ({LATEST})"),
                [],
                mailing,
            )
            .optional()
            .map_err(|e| self.failed(e))
    }

    /// The latest mailing that was not abandoned of the mail without a list with this identity.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn mail(&self, identity: &str) -> Result<Option<Mailing>, LedgerError> {
        let sql = format!(
            "SELECT {MAILING_COLUMNS} FROM mailing
             WHERE abandoned_at IS NULL AND json_extract(content, '$.{MAIL}') = ?1 ORDER BY id DESC LIMIT 1"
        );
        self.connection
            .query_row(&sql, [identity], mailing)
            .optional()
            .map_err(|e| self.failed(e))
    }

    /// The mailing with this id.
    ///
    /// # Errors
    /// The ledger has no such mailing, or cannot be read.
    pub fn mailing_of(&self, id: i64) -> Result<Mailing, LedgerError> {
        let sql = format!("SELECT {MAILING_COLUMNS} FROM mailing WHERE id = ?1");
        self.connection
            .query_row(&sql, [id], mailing)
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
                    "INSERT INTO mailing (uid, campaign, started_at, columns, content, texts, rules)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                     RETURNING {MAILING_COLUMNS}"
                ),
                params![
                    new.uid.to_string(),
                    new.campaign,
                    now(),
                    columns,
                    content,
                    texts,
                    new.rules
                ],
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
        let before = self
            .connection
            .query_row("SELECT columns FROM mailing WHERE id = ?1", [mailing.id], |row| {
                row.get(0)
            })
            .map_err(|e| self.failed(e))?;
        self.columns_before = Some(before);
        self.execute(
            "UPDATE mailing SET finished_at = NULL, columns = ?2, content = ?3, texts = ?4 WHERE id = ?1",
            params![mailing.id, columns, content, texts],
        )
    }

    /// How many recipients of a mailing were ever tried: with none, its
    /// content may still change.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn tried(&self, mailing: &Mailing) -> Result<u64, LedgerError> {
        self.connection
            .query_row(
                &format!(
                    "SELECT count(*) FROM recipient NOT INDEXED WHERE {OF_MAILING} AND status NOT IN ({})",
                    listed(&[Status::Pending, Status::Invalid, Status::Suppressed])
                ),
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
                &format!("SELECT count(*) FROM recipient NOT INDEXED WHERE {OF_MAILING} AND status = ?2"),
                params![mailing.id, Status::Accepted.name()],
                |row| row.get(0),
            )
            .map_err(|e| self.failed(e))
    }

    /// How many of a mailing are left: to be sent to, or in doubt.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn open_recipients(&self, mailing: &Mailing) -> Result<u64, LedgerError> {
        let sql = format!(
            "SELECT count(*) FROM recipient NOT INDEXED WHERE {OF_MAILING} AND listed > 0 AND status IN ({}, '{INTENT}')",
            listed(&LEFT)
        );
        self.connection
            .query_row(&sql, [mailing.id], |row| row.get(0))
            .map_err(|e| self.failed(e))
    }

    /// A mailing in which nobody is left is finished.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn finish(&mut self, mailing: &Mailing) -> Result<(), LedgerError> {
        let left = listed(&LEFT);
        let sql = format!(
            "UPDATE mailing SET finished_at = ?2 WHERE id = ?1 AND finished_at IS NULL AND NOT EXISTS
             (SELECT 1 FROM recipient NOT INDEXED WHERE {OF_MAILING} AND listed > 0 AND status IN ({left}, '{INTENT}'))
             AND NOT EXISTS (SELECT 1 FROM copy c CROSS JOIN recipient r ON r.id = c.recipient WHERE r.mailing = ?1
                             AND r.listed > 0 AND c.status IN ('pending', 'deferred', '{INTENT}'))"
        );
        self.execute(&sql, params![mailing.id, now()])
    }
}

fn mailing(row: &rusqlite::Row<'_>) -> rusqlite::Result<Mailing> {
    let uid: String = row.get(1)?;
    let content: String = row.get(4)?;
    let texts: Option<String> = row.get(5)?;
    Ok(Mailing {
        id: row.get(0)?,
        uid: MailingId::parse(&uid).ok_or_else(|| rusqlite::Error::InvalidColumnName("uid".to_owned()))?,
        rules: row.get(7)?,
        started_at: row.get(2)?,
        finished_at: row.get(3)?,
        content: serde_json::from_str(&content).unwrap_or_default(),
        texts: texts
            .and_then(|texts| serde_json::from_str(&texts).ok())
            .unwrap_or_default(),
        purged_at: row.get(6)?,
    })
}
