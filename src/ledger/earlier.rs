//! The mailing before the one that a run is about, for conditions that ask what became of recipients
//! in it.

use rusqlite::{Connection, OptionalExtension, params};

use super::failure::LedgerError;
use super::file::Ledger;
use super::mailing::{Mailing, OF_MAILING};
use super::read::{Reader, status_of};
use super::status::{Status, listed};

/// A mailing that came before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierMailing {
    id: i64,
    /// Which it is, counted from 1.
    pub nth: u64,
    /// When it began.
    pub started_at: String,
    /// When its recipients were removed.
    pub purged_at: Option<String>,
}

/// What became of a recipient in it.
#[derive(Debug)]
pub struct Became<'r> {
    /// Their key.
    pub key: &'r str,
    /// Where they stand.
    pub status: Status,
    /// The relay's reply code.
    pub code: Option<u16>,
    /// The relay's words, or ours.
    pub reply: &'r str,
    /// Attempts.
    pub attempts: u32,
    /// The Message-ID, once handed over.
    pub message_id: &'r str,
    /// The relay of the last attempt.
    pub relay: &'r str,
    /// When.
    pub at: &'r str,
}

/// Which mailing the next run is going to be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// A new one.
    New,
    /// The one that is there if it is not finished, else a new one.
    Open,
}

/// Who was not tried in a mailing.
const UNTRIED: [Status; 3] = [Status::Pending, Status::Invalid, Status::Suppressed];

impl Ledger {
    /// The mailing before this one: the last in which anybody was tried.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn earlier(&self, mailing: &Mailing) -> Result<Option<EarlierMailing>, LedgerError> {
        before(&self.connection, mailing.id).map_err(|e| self.failed(e))
    }

    /// Hands everybody in it to `each`, and stops at its first error.
    ///
    /// # Errors
    /// The ledger cannot be read; or whatever `each` says.
    pub fn each_of<E: From<LedgerError>>(
        &self,
        earlier: &EarlierMailing,
        each: impl FnMut(Became<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        each_of(&self.connection, earlier.id, false, &|e| self.failed(e), each)
    }
}

impl Reader {
    /// The mailing before the next run's.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn earlier(&self, next: Next) -> Result<Option<EarlierMailing>, LedgerError> {
        before_next(&self.connection, next).map_err(|e| self.failed(e))
    }

    /// Hands everybody in it to `each`, and stops at its first error.
    ///
    /// # Errors
    /// The ledger cannot be read; or whatever `each` says.
    pub fn each_of<E: From<LedgerError>>(
        &self,
        earlier: &EarlierMailing,
        each: impl FnMut(Became<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        each_of(
            &self.connection,
            earlier.id,
            self.running,
            &|e| self.failed(e),
            each,
        )
    }
}

fn before_next(connection: &Connection, next: Next) -> rusqlite::Result<Option<EarlierMailing>> {
    let sql = format!(
        "SELECT id, finished_at IS NOT NULL, {} FROM mailing m WHERE abandoned_at IS NULL ORDER BY id DESC LIMIT 1",
        was_tried()
    );
    let latest: Option<(i64, bool, bool)> = connection
        .query_row(&sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((latest, finished, tried)) = latest else {
        return Ok(None);
    };
    // A new mailing takes the place of one in which nobody was tried.
    let of_latest = before(connection, latest)?;
    let of_new = || before(connection, i64::MAX);
    match next {
        Next::New => of_new(),
        Next::Open if tried && (finished || of_latest.is_none()) => of_new(),
        Next::Open => Ok(of_latest),
    }
}

fn was_tried() -> String {
    let untried = listed(&UNTRIED);
    format!(
        "(m.purged_at IS NOT NULL
          OR EXISTS (SELECT 1 FROM recipient r WHERE r.mailing = m.id AND r.status NOT IN ({untried})))"
    )
}

fn before(connection: &Connection, mailing: i64) -> rusqlite::Result<Option<EarlierMailing>> {
    let sql = format!(
        "SELECT id, (SELECT count(*) FROM mailing o WHERE o.id <= m.id), started_at, purged_at
         FROM mailing m WHERE id < ?1 AND {} ORDER BY id DESC LIMIT 1",
        was_tried()
    );
    connection
        .query_row(&sql, [mailing], |row| {
            Ok(EarlierMailing {
                id: row.get(0)?,
                nth: row.get(1)?,
                started_at: row.get(2)?,
                purged_at: row.get(3)?,
            })
        })
        .optional()
}

fn each_of<E: From<LedgerError>>(
    connection: &Connection,
    mailing: i64,
    running: bool,
    failed: &dyn Fn(rusqlite::Error) -> LedgerError,
    mut each: impl FnMut(Became<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let sql = format!(
        "SELECT key, status, code, coalesce(reply, ''), attempts, coalesce(message_id, ''), coalesce(relay, ''),
                coalesce(at, '')
         FROM recipient NOT INDEXED WHERE {OF_MAILING}"
    );
    let mut statement = connection.prepare(&sql).map_err(failed)?;
    let mut rows = statement.query(params![mailing]).map_err(failed)?;
    while let Some(row) = rows.next().map_err(failed)? {
        each(became(row, running).map_err(failed)?)?;
    }
    Ok(())
}

fn became<'r>(row: &'r rusqlite::Row<'_>, running: bool) -> rusqlite::Result<Became<'r>> {
    let text = |column: usize| -> rusqlite::Result<&'r str> { Ok(row.get_ref(column)?.as_str()?) };
    Ok(Became {
        key: text(0)?,
        status: status_of(text(1)?, running),
        code: row.get(2)?,
        reply: text(3)?,
        attempts: row.get(4)?,
        message_id: text(5)?,
        relay: text(6)?,
        at: text(7)?,
    })
}
