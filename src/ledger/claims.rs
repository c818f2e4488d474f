//! Claiming: the next recipients of a run, marked as its own.

use rusqlite::{OptionalExtension, params};

use crate::delivery::{Claimed, RecipientId};
use crate::recipients::Key;
use crate::table::Row;

use super::Status;
use super::journal::Writer;

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
        self.remaining = self.remaining.saturating_sub(claimed.len() as u64);
        self.mark(&claimed)?;
        Ok(claimed)
    }

    fn claim_next(&mut self, most: usize) -> rusqlite::Result<Vec<Claimed>> {
        // By rowid from the cursor on: by the index on (mailing, key), SQLite would sort the whole
        // mailing for each block.
        let sql = format!(
            "SELECT {CLAIM_COLUMNS} FROM recipient r NOT INDEXED CROSS JOIN source_row s ON s.recipient = r.id
             WHERE r.id > ?2 AND r.mailing = ?1 AND r.listed = 1 AND s.problem IS NULL AND r.status IN ({}) ORDER BY r.id LIMIT ?3",
            self.statuses
        );
        let mut statement = self.ledger.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![self.mailing, self.cursor, most], claimed_row)?;
        let claimed: Vec<Claimed> = rows.collect::<rusqlite::Result<_>>()?;
        if let Some(last) = claimed.last() {
            self.cursor = last.recipient.0;
        }
        Ok(claimed)
    }

    fn claim_named(&self, keys: &mut Vec<Key>, most: usize) -> rusqlite::Result<Vec<Claimed>> {
        let sql = format!(
            "SELECT {CLAIM_COLUMNS} FROM recipient r JOIN source_row s ON s.recipient = r.id
             WHERE r.mailing = ?1 AND r.key = ?2 AND r.listed = 1 AND s.problem IS NULL AND r.status IN ({})",
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
        Ok(claimed)
    }

    pub(super) fn claim_again(&mut self, recipients: &[RecipientId]) -> rusqlite::Result<Vec<Claimed>> {
        let sql = format!(
            "SELECT {CLAIM_COLUMNS} FROM recipient r JOIN source_row s ON s.recipient = r.id WHERE r.id = ?1"
        );
        let mut statement = self.ledger.connection.prepare_cached(&sql)?;
        let mut claimed = Vec::with_capacity(recipients.len());
        for recipient in recipients {
            claimed.extend(statement.query_row([recipient.0], claimed_row).optional()?);
        }
        drop(statement);
        self.mark(&claimed)?;
        Ok(claimed)
    }

    fn mark(&mut self, claimed: &[Claimed]) -> rusqlite::Result<()> {
        self.doubtful
            .extend(claimed.iter().filter(|c| c.in_doubt).map(|c| c.recipient));
        for one in claimed {
            self.run_cached(
                "UPDATE recipient SET claimed_by = ?2 WHERE id = ?1",
                params![one.recipient.0, self.run],
            )?;
        }
        Ok(())
    }
}

const CLAIM_COLUMNS: &str = "r.id, r.key, s.number, s.fields, r.date, r.digest, r.status";

fn claimed_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Claimed> {
    let fields: String = row.get(3)?;
    let status: String = row.get(6)?;
    Ok(Claimed {
        recipient: RecipientId(row.get(0)?),
        key: row.get(1)?,
        row: Row::new(row.get(2)?, serde_json::from_str(&fields).unwrap_or_default()),
        date: row.get(4)?,
        digest: row.get(5)?,
        in_doubt: Status::named(&status) == Some(Status::InDoubt),
    })
}
