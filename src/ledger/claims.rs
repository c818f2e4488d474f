//! Claiming: the next recipients of a run, marked as its own.

use rusqlite::{OptionalExtension, params};

use crate::delivery::{Claimed, RecipientId};
use crate::recipients::Key;
use crate::table::Row;

use super::file::Ledger;
use super::status::Status;
use super::writer::Writer;

impl Writer {
    pub(super) fn claim(&mut self, most: usize) -> rusqlite::Result<Vec<Claimed>> {
        let most = u64::try_from(most).unwrap_or(u64::MAX).min(self.remaining);
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let claimed = match self.only.take() {
            Some(mut keys) => {
                let claimed = self.claim_named(&mut keys, most);
                self.only = Some(keys);
                claimed?
            }
            None => self.claim_next(most)?,
        };
        let mut claimed = claimed;
        if claimed.is_empty() && most > 0 {
            claimed = self.claim_copies(most)?;
            self.ledger.add_others(&mut claimed)?;
        }
        self.remaining = self.remaining.saturating_sub(claimed.len() as u64);
        self.mark(&claimed)?;
        Ok(claimed)
    }

    fn claim_next(&mut self, most: usize) -> rusqlite::Result<Vec<Claimed>> {
        // By rowid from the cursor on: by the index on (mailing, key), SQLite would sort the whole
        // mailing for each block.
        let sql = format!(
            "SELECT {CLAIM_COLUMNS} FROM recipient r NOT INDEXED CROSS JOIN source_row s ON s.recipient = r.id
             WHERE r.id > ?2 AND r.mailing = ?1 AND r.listed = 1 AND r.chosen = 1 AND s.problem IS NULL
                   AND s.position = 0 AND r.status IN ({}) ORDER BY r.id LIMIT ?3",
            self.statuses
        );
        let mut statement = self.ledger.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![self.mailing, self.cursor, most], claimed_row)?;
        let mut claimed: Vec<Claimed> = rows.collect::<rusqlite::Result<_>>()?;
        if let Some(last) = claimed.last() {
            self.cursor = last.recipient.0;
        }
        self.ledger.add_others(&mut claimed)?;
        Ok(claimed)
    }

    fn claim_named(&self, keys: &mut Vec<Key>, most: usize) -> rusqlite::Result<Vec<Claimed>> {
        let sql = format!(
            "SELECT {CLAIM_COLUMNS} FROM recipient r JOIN source_row s ON s.recipient = r.id
             WHERE r.mailing = ?1 AND r.key = ?2 AND r.listed = 1 AND r.chosen = 1 AND s.problem IS NULL
                   AND s.position = 0 AND r.status IN ({})",
            self.statuses
        );
        let mut statement = self.ledger.connection.prepare_cached(&sql)?;
        let mut claimed = Vec::new();
        while claimed.len() < most
            && let Some(key) = keys.pop()
        {
            claimed.extend(
                statement
                    .query_row(params![self.mailing, key.as_str()], claimed_row)
                    .optional()?,
            );
        }
        self.ledger.add_others(&mut claimed)?;
        Ok(claimed)
    }

    pub(super) fn claim_again(&mut self, recipients: &[RecipientId]) -> rusqlite::Result<Vec<Claimed>> {
        let sql = format!(
            "SELECT {CLAIM_COLUMNS} FROM recipient r JOIN source_row s ON s.recipient = r.id
             WHERE r.id = ?1 AND s.problem IS NULL AND s.position = 0"
        );
        let mut statement = self.ledger.connection.prepare_cached(&sql)?;
        let mut claimed = Vec::with_capacity(recipients.len());
        for recipient in recipients {
            claimed.extend(match recipient.of_copy() {
                Some((of, position)) => self.claim_copy(of, position)?,
                None => statement.query_row([recipient.0], claimed_row).optional()?,
            });
        }
        drop(statement);
        self.ledger.add_others(&mut claimed)?;
        self.mark(&claimed)?;
        Ok(claimed)
    }

    fn mark(&mut self, claimed: &[Claimed]) -> rusqlite::Result<()> {
        self.doubtful
            .extend(claimed.iter().filter(|c| c.in_doubt).map(|c| c.recipient));
        for one in claimed {
            if let Some((of, position)) = one.recipient.of_copy() {
                self.mark_copy(of, position)?;
                continue;
            }
            self.run_cached(
                "UPDATE recipient SET claimed_by = ?2, code = CASE status WHEN 'pending' THEN NULL ELSE code END
                 WHERE id = ?1",
                params![one.recipient.0, self.run],
            )?;
        }
        Ok(())
    }
}

impl Ledger {
    /// The further rows of those whose message is made of several.
    pub(super) fn add_others(&self, claimed: &mut [Claimed]) -> rusqlite::Result<()> {
        if !self.grouped {
            return Ok(());
        }
        let mut statement = self.connection.prepare_cached(
            "SELECT number, fields, plain FROM source_row
             WHERE recipient = ?1 AND problem IS NULL AND position > 0 ORDER BY position",
        )?;
        for one in claimed {
            let others = statement.query_map([one.recipient.whose().0], |row| source_row(row, 0))?;
            one.row.others = others.collect::<rusqlite::Result<_>>()?;
        }
        Ok(())
    }
}

pub(super) const CLAIM_COLUMNS: &str =
    "r.id, r.key, s.number, s.fields, s.plain, r.date, r.digest, r.status, r.files, r.attempts";

/// A row as it was loaded, from three columns.
fn source_row(row: &rusqlite::Row<'_>, from: usize) -> rusqlite::Result<Row> {
    let fields: String = row.get(from + 1)?;
    let plain: Option<String> = row.get(from + 2)?;
    Ok(Row {
        plain: plain
            .and_then(|plain| serde_json::from_str(&plain).ok())
            .unwrap_or_default(),
        ..Row::new(row.get(from)?, serde_json::from_str(&fields).unwrap_or_default())
    })
}

pub(super) fn claimed_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Claimed> {
    let status: String = row.get(7)?;
    let files: Option<String> = row.get(8)?;
    Ok(Claimed {
        recipient: RecipientId(row.get(0)?),
        copy: None,
        key: row.get(1)?,
        row: source_row(row, 2)?,
        date: row.get(5)?,
        digest: row.get(6)?,
        in_doubt: Status::named(&status) == Some(Status::InDoubt),
        files: files
            .and_then(|files| serde_json::from_str(&files).ok())
            .unwrap_or_default(),
        attempts: row.get(9)?,
    })
}
