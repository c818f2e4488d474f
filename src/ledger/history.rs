//! One recipient in every mailing: what became of them, how often they were tried, and copies.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;

use crate::recipients::Key;

use super::answers::{BounceKind, Matched, What};
use super::failure::LedgerError;
use super::read::{Reader, fields, status_of};
use super::status::Status;

/// A recipient in a mailing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appearance {
    /// Where they stand.
    pub status: Status,
    /// The relay's reply code.
    pub code: Option<u16>,
    /// The relay's words, or ours.
    pub reply: String,
    /// Attempts.
    pub attempts: u32,
    /// The Message-ID, once handed over.
    pub message_id: String,
    /// The relay of the last attempt.
    pub relay: String,
    /// When.
    pub at: String,
    /// Still in the list, as the mailing has it.
    pub listed: bool,
    /// Every run so far left them out by a choice.
    pub left_out: bool,
    /// Their rows.
    pub rows: Vec<u64>,
    /// Each attempt, the first one first.
    pub tries: Vec<Try>,
    /// What a person decided.
    pub decisions: Vec<Decided>,
    /// Copies of their message that were not accepted with it.
    pub copies: Vec<CopyOf>,
    /// What came back from them, or about them.
    pub answers: Vec<Came>,
}

/// An answer, as far as it is about a recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Came {
    /// What people call it, for `inbox --undo` and `--confirm`.
    pub id: String,
    /// When it was collected.
    pub at: String,
    /// What it says.
    pub what: What,
    /// How the recipient was found.
    pub matched: Matched,
    /// Of a bounce: whose fault it is.
    pub kind: Option<BounceKind>,
    /// Why.
    pub reason: Option<String>,
    /// The address that it names, if it is another.
    pub named: Option<String>,
    /// The words of the far end, or of the person.
    pub words: String,
    /// When a person said yes to what it asks for.
    pub confirmed_at: Option<String>,
    /// When a person took back what it caused.
    pub undone_at: Option<String>,
}

/// An attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Try {
    /// When.
    pub at: String,
    /// Through which relay.
    pub relay: String,
    /// What came of it.
    pub outcome: String,
    /// The reply code.
    pub code: Option<u16>,
    /// The reply.
    pub reply: String,
}

/// What a person decided about a recipient in doubt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decided {
    /// They have it.
    pub sent: bool,
    /// When.
    pub at: String,
}

/// A copy that was not accepted with its message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CopyOf {
    /// Whose message it is a copy of.
    pub recipient: String,
    /// Whose copy.
    pub address: String,
    /// Where it stands.
    pub status: String,
    /// The relay's words.
    pub reply: String,
    /// When.
    pub at: String,
}

/// A row that is nobody's, with the address of a recipient in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StrayRow {
    /// The row.
    pub row: u64,
    /// What it is instead.
    pub status: String,
    /// Why.
    pub problem: String,
}

impl Reader {
    /// What a mailing has of a recipient.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn appearance(&self, mailing: i64, key: &Key) -> Result<Option<Appearance>, LedgerError> {
        let sql = "SELECT id, status, code, coalesce(reply, ''), attempts, coalesce(message_id, ''),
                          coalesce(relay, ''), coalesce(at, ''), listed > 0, left_out
                   FROM recipient WHERE mailing = ?1 AND key = ?2";
        let found = self
            .connection
            .query_row(sql, params![mailing, key.as_str()], |row| {
                Ok((row.get(0)?, self.of_recipient(row)?))
            });
        let filled = found.optional().and_then(|found: Option<(i64, Appearance)>| {
            found
                .map(|(id, appearance)| self.filled(id, appearance))
                .transpose()
        });
        filled.map_err(|e| self.failed(e))
    }

    fn of_recipient(&self, row: &Row<'_>) -> rusqlite::Result<Appearance> {
        Ok(Appearance {
            status: status_of(row.get_ref(1)?.as_str()?, self.running),
            code: row.get(2)?,
            reply: line(row, 3)?,
            attempts: row.get(4)?,
            message_id: row.get(5)?,
            relay: row.get(6)?,
            at: row.get(7)?,
            listed: row.get(8)?,
            left_out: row.get(9)?,
            rows: Vec::new(),
            tries: Vec::new(),
            decisions: Vec::new(),
            copies: Vec::new(),
            answers: Vec::new(),
        })
    }

    fn filled(&self, id: i64, appearance: Appearance) -> rusqlite::Result<Appearance> {
        let rows = "SELECT number FROM source_row WHERE recipient = ?1
                    UNION ALL SELECT number FROM former_row WHERE recipient = ?1 ORDER BY 1";
        let tries = "SELECT at, relay, outcome, code, coalesce(reply, '') FROM attempt WHERE recipient = ?1 ORDER BY id";
        let decisions = "SELECT sent, at FROM decision WHERE recipient = ?1 ORDER BY id";
        let copies = "SELECT r.key, c.address, c.status, c.reply, c.at FROM copy c JOIN recipient r ON r.id = c.recipient
                      WHERE c.recipient = ?1 ORDER BY c.position";
        Ok(Appearance {
            rows: self.all(rows, id, |row| row.get(0))?,
            tries: self.all(tries, id, |row| {
                Ok(Try {
                    at: row.get(0)?,
                    relay: row.get(1)?,
                    outcome: row.get(2)?,
                    code: row.get(3)?,
                    reply: line(row, 4)?,
                })
            })?,
            decisions: self.all(decisions, id, |row| {
                Ok(Decided {
                    sent: row.get(0)?,
                    at: row.get(1)?,
                })
            })?,
            copies: self.all(copies, id, |row| self.copy(row))?,
            answers: self.all(CAME, id, came)?,
            ..appearance
        })
    }

    fn copy(&self, row: &Row<'_>) -> rusqlite::Result<CopyOf> {
        let status = status_of(row.get_ref(2)?.as_str()?, self.running);
        Ok(CopyOf {
            recipient: row.get(0)?,
            address: row.get(1)?,
            status: status.name().to_owned(),
            reply: line(row, 3)?,
            at: row.get(4)?,
        })
    }

    fn all<T>(
        &self,
        sql: &str,
        id: i64,
        of: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        self.connection.prepare(sql)?.query_map([id], of)?.collect()
    }

    /// The copies that a recipient was to get of others' messages, where they were not accepted with them.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn copies_to(&self, mailing: i64, key: &Key) -> Result<Vec<CopyOf>, LedgerError> {
        let sql = "SELECT r.key, c.address, c.status, c.reply, c.at FROM copy c CROSS JOIN recipient r ON r.id = c.recipient
                   WHERE r.mailing = ?1 ORDER BY c.recipient, c.position";
        let all = self.all(sql, mailing, |row| self.copy(row));
        let mut all = all.map_err(|e| self.failed(e))?;
        all.retain(|copy| Key::typed(&copy.address) == *key);
        Ok(all)
    }

    /// Rows of a mailing that are nobody's, and have all values of this key among their cells.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn stray_rows(&self, mailing: i64, key: &Key) -> Result<Vec<StrayRow>, LedgerError> {
        let sql = "SELECT number, status, coalesce(problem, ''), fields FROM source_row
                   WHERE recipient IS NULL AND mailing = ?1 ORDER BY number";
        let rows = self.all(sql, mailing, |row| {
            let fields = fields(row.get_ref(3)?.as_str()?);
            let cells: BTreeSet<Key> = fields.iter().map(|cell| Key::typed(cell)).collect();
            let is_theirs = key
                .as_str()
                .split('|')
                .all(|part| cells.contains(&Key::typed(part)));
            Ok((
                is_theirs,
                StrayRow {
                    row: row.get(0)?,
                    status: row.get(1)?,
                    problem: line(row, 2)?,
                },
            ))
        });
        let rows = rows.map_err(|e| self.failed(e))?.into_iter();
        Ok(rows.filter_map(|(theirs, row)| theirs.then_some(row)).collect())
    }

    /// The recipients, of all mailings, who have this text as a part of their key or as a cell.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn recipients_with(&self, text: &Key) -> Result<Vec<Key>, LedgerError> {
        let mut found = BTreeSet::new();
        let mut read = || {
            let mut keys = self
                .connection
                .prepare("SELECT key FROM recipient WHERE instr(key, '|')")?;
            let keys = keys.query_map([], |row| row.get(0).map(Key::stored))?;
            for key in keys {
                let key = key?;
                let mut parts = key.as_str().split('|');
                if parts.any(|part| part == text.as_str()) {
                    found.insert(key);
                }
            }
            let sql = "SELECT r.key, s.fields FROM source_row s JOIN recipient r ON r.id = s.recipient
                       UNION ALL SELECT r.key, f.fields FROM former_row f JOIN recipient r ON r.id = f.recipient";
            let mut rows = self.connection.prepare(sql)?;
            let mut rows = rows.query([])?;
            while let Some(row) = rows.next()? {
                let cells = fields(row.get_ref(1)?.as_str()?);
                if cells.iter().any(|cell| is_same(cell, text)) {
                    found.insert(Key::stored(row.get(0)?));
                }
            }
            Ok(())
        };
        read().map_err(|e| self.failed(e))?;
        Ok(found.into_iter().collect())
    }

    /// Hands the keys of all recipients of all mailings to `each`.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn each_recipient(&self, mut each: impl FnMut(&str)) -> Result<(), LedgerError> {
        let mut read = || {
            let mut keys = self.connection.prepare("SELECT DISTINCT key FROM recipient")?;
            let mut keys = keys.query([])?;
            while let Some(row) = keys.next()? {
                each(row.get_ref(0)?.as_str()?);
            }
            Ok(())
        };
        read().map_err(|e| self.failed(e))
    }
}

const CAME: &str = "SELECT a.name, a.at, e.what, e.matched, e.kind, e.reason, e.named, coalesce(e.words, ''), a.confirmed_at, a.undone_at
    FROM effect e JOIN answer a ON a.id = e.answer WHERE e.recipient = ?1 ORDER BY e.id";

fn came(row: &Row<'_>) -> rusqlite::Result<Came> {
    let (what, matched): (String, String) = (row.get(2)?, row.get(3)?);
    let kind: Option<String> = row.get(4)?;
    Ok(Came {
        id: row.get(0)?,
        at: row.get(1)?,
        what: What::named(&what).unwrap_or(What::Other),
        matched: Matched::named(&matched).unwrap_or(Matched::Address),
        kind: kind.as_deref().and_then(BounceKind::named),
        reason: row.get(5)?,
        named: row.get(6)?,
        words: line(row, 7)?,
        confirmed_at: row.get(8)?,
        undone_at: row.get(9)?,
    })
}

/// Whether a cell is a text that was typed; folded only where it may be.
fn is_same(cell: &str, text: &Key) -> bool {
    cell.trim() == text.as_str() || (cell.contains(['@', '\u{ff20}']) && Key::typed(cell) == *text)
}

/// A text on one line.
fn line(row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
    Ok(row.get_ref(column)?.as_str()?.replace(['\r', '\n'], " "))
}
