//! Recipients and copies in doubt, with everything that is known about them.

use rusqlite::params;
use serde::Serialize;

use super::copy_doubts::LOST;
use super::failure::LedgerError;
use super::read::Reader;

/// A recipient in doubt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Doubt {
    /// Its key.
    pub key: String,
    /// Its first row in the recipients file.
    pub row: Option<u64>,
    /// Why.
    pub reply: String,
    /// When the ledger learnt of it.
    pub at: String,
    /// The Message-ID: what to look for.
    pub message_id: String,
    /// The relay it was handed to.
    pub relay: String,
    /// The session, as its run counts them.
    pub session: Option<u64>,
    /// When that run began.
    pub run_started_at: Option<String>,
}

impl Reader {
    /// The recipients in doubt, at most `most`, in the order of the list.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn in_doubt(&self, mailing: i64, most: Option<u32>) -> Result<Vec<Doubt>, LedgerError> {
        let intent = if self.running { "" } else { ", 'intent'" };
        let sql = format!(
            "SELECT r.key, (SELECT min(number) FROM source_row s WHERE s.recipient = r.id),
                    coalesce(r.reply, ?3), coalesce(r.at, ''),
                    coalesce(r.message_id, ''), coalesce(r.relay, ''), r.session, run.started_at
             FROM recipient r LEFT JOIN run ON run.id = r.run
             WHERE r.mailing = ?1 AND r.status IN ('in_doubt'{intent}) ORDER BY r.id LIMIT ?2"
        );
        let doubts = self.connection.prepare(&sql).and_then(|mut statement| {
            let doubts = statement.query_map(params![mailing, most.map_or(-1, i64::from), LOST], |row| {
                Ok(Doubt {
                    key: row.get(0)?,
                    row: row.get(1)?,
                    reply: row.get::<_, String>(2)?.replace('\n', " "),
                    at: row.get(3)?,
                    message_id: row.get(4)?,
                    relay: row.get(5)?,
                    session: row.get(6)?,
                    run_started_at: row.get(7)?,
                })
            })?;
            doubts.collect::<rusqlite::Result<_>>()
        });
        doubts.map_err(|e| self.failed(e))
    }
}

/// A copy in doubt; its message was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CopyDoubt {
    /// Of whose message.
    pub key: String,
    /// Whose copy.
    pub address: String,
    /// Why.
    pub reply: String,
    /// When the ledger learnt of it.
    pub at: String,
    /// The Message-ID: what to look for.
    pub message_id: String,
}

impl Reader {
    /// The copies in doubt, in the order of the list.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn copies_in_doubt(&self, mailing: i64) -> Result<Vec<CopyDoubt>, LedgerError> {
        let intent = if self.running { "" } else { ", 'intent'" };
        let sql = format!(
            "SELECT r.key, c.address, CASE c.status WHEN 'intent' THEN ?2 ELSE c.reply END, c.at,
                    coalesce(r.message_id, '')
             FROM copy c CROSS JOIN recipient r ON r.id = c.recipient
             WHERE r.mailing = ?1 AND c.status IN ('in_doubt'{intent}) ORDER BY c.recipient, c.position"
        );
        let read = || {
            let mut statement = self.connection.prepare(&sql)?;
            let rows = statement.query_map(params![mailing, LOST], |row| {
                Ok(CopyDoubt {
                    key: row.get(0)?,
                    address: row.get(1)?,
                    reply: row.get::<_, String>(2)?.replace('\n', " "),
                    at: row.get(3)?,
                    message_id: row.get(4)?,
                })
            })?;
            rows.collect::<rusqlite::Result<_>>()
        };
        read().map_err(|e| self.failed(e))
    }
}
