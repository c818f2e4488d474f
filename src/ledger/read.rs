//! Reading the ledger, even while a run writes it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, params};
use serde::Deserialize;

use crate::recipients::Key;

use super::copies::{Copies, copies};
use super::failure::LedgerError;
use super::file::Ledger;
use super::latest::LATEST;
use super::lock::Lock;
use super::mailing::OF_MAILING;
use super::run::{LeftOut, left_out};
use super::schema;
use super::status::Status;

/// How many recipients (and rows that are nobody's) have each status.
pub type Totals = BTreeMap<Status, u64>;

/// The ledger, open for reading.
pub struct Reader {
    path: PathBuf,
    pub(super) connection: Connection,
    /// A run is going on: what was handed over is not in doubt yet.
    pub(super) running: bool,
}

/// The latest run of a mailing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LatestRun {
    /// When it began.
    pub started_at: String,
    /// When it ended; `None` while it runs, or when it was killed.
    pub ended_at: Option<String>,
    /// Its exit code, once ended.
    pub exit_code: Option<i32>,
}

/// One line of a report: a source row and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRow<'r> {
    /// The row as the spreadsheet counts it.
    pub number: u64,
    /// The file's own cells.
    pub fields: Vec<Cow<'r, str>>,
    /// Where it stands.
    pub status: Status,
    /// The relay's reply code.
    pub code: Option<u16>,
    /// The relay's words, or ours.
    pub reply: &'r str,
    /// Attempts so far.
    pub attempts: u32,
    /// The Message-ID, once handed over.
    pub message_id: &'r str,
    /// The relay of the last attempt.
    pub relay: &'r str,
    /// When.
    pub at: &'r str,
    /// The recipient's key, where it is one.
    pub key: &'r str,
}

impl Reader {
    /// Opens the ledger at `path`.
    ///
    /// # Errors
    /// There is none, or it cannot be read.
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        Ok(Self {
            connection: schema::open_read_only(path)?,
            path: path.to_owned(),
            running: Lock::is_held(path),
        })
    }

    /// For a run that has ended but still holds its lock: messages that were handed over without a
    /// reply are in doubt. It reads what that run wrote, even if another file is at the path by
    /// now.
    pub fn of_ended_run(ledger: Ledger) -> Self {
        Self {
            path: ledger.path,
            connection: ledger.connection,
            running: false,
        }
    }

    /// Whether a run is going on.
    pub fn is_running(&self) -> bool {
        self.running
    }

    pub(super) fn failed(&self, source: rusqlite::Error) -> LedgerError {
        LedgerError::of_sqlite(&self.path, source)
    }

    /// The number, uid and start of a mailing: the latest, or the `nth` from
    /// the first (counted from 1).
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn mailing(&self, nth: Option<u64>) -> Result<Option<(i64, String, String)>, LedgerError> {
        let (sql, offset) = match nth {
            Some(n) => (
                "SELECT id, uid, started_at FROM mailing ORDER BY id LIMIT 1 OFFSET ?1".to_owned(),
                n.saturating_sub(1),
            ),
            None => (
                // Where all of them were given up, the last of those.
                format!(
                    "SELECT id, uid, started_at FROM mailing ORDER BY id = ({LATEST}) DESC, id DESC LIMIT 1 OFFSET ?1"
                ),
                0,
            ),
        };
        self.connection
            .query_row(&sql, [offset], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()
            .map_err(|e| self.failed(e))
    }

    /// How many mailings there are.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn mailings(&self) -> Result<u64, LedgerError> {
        self.connection
            .query_row("SELECT count(*) FROM mailing", [], |row| row.get(0))
            .map_err(|e| self.failed(e))
    }

    /// The columns of the recipients file as the mailing has it.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn columns(&self, mailing: i64) -> Result<Vec<String>, LedgerError> {
        let columns: String = self
            .connection
            .query_row("SELECT columns FROM mailing WHERE id = ?1", [mailing], |row| {
                row.get(0)
            })
            .map_err(|e| self.failed(e))?;
        Ok(serde_json::from_str(&columns).unwrap_or_default())
    }

    /// The latest run of a mailing.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn latest_run(&self, mailing: i64) -> Result<Option<LatestRun>, LedgerError> {
        self.connection
            .query_row(
                "SELECT started_at, ended_at, exit_code FROM run WHERE mailing = ?1 ORDER BY id DESC LIMIT 1",
                [mailing],
                |row| {
                    Ok(LatestRun {
                        started_at: row.get(0)?,
                        ended_at: row.get(1)?,
                        exit_code: row.get(2)?,
                    })
                },
            )
            .optional()
            .map_err(|e| self.failed(e))
    }

    /// How many have each status: recipients, and rows that are nobody's.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn totals(&self, mailing: i64) -> Result<Totals, LedgerError> {
        totals(&self.connection, mailing, self.running).map_err(|e| self.failed(e))
    }

    /// When the recipients of a mailing were removed.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn purged_at(&self, mailing: i64) -> Result<Option<String>, LedgerError> {
        self.connection
            .query_row("SELECT purged_at FROM mailing WHERE id = ?1", [mailing], |row| {
                row.get(0)
            })
            .map_err(|e| self.failed(e))
    }

    /// Those whom every run so far left out by a choice.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn left_out(&self, mailing: i64) -> Result<Option<LeftOut>, LedgerError> {
        left_out(&self.connection, mailing, "").map_err(|e| self.failed(e))
    }

    /// What became of the copies of a mailing, those permanently refused in all of its runs.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn copies(&self, mailing: i64) -> Result<Copies, LedgerError> {
        copies(&self.connection, mailing, None, self.running).map_err(|e| self.failed(e))
    }

    /// Hands every source row to `each`, in the file's order; one row at a
    /// time, however many there are. Stops at its first error.
    ///
    /// # Errors
    /// The ledger cannot be read; or whatever `each` says.
    pub fn rows<E: From<LedgerError>>(
        &self,
        mailing: i64,
        mut each: impl FnMut(ReportRow<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = "SELECT s.number, s.fields, coalesce(s.status, r.status), r.code,
                          CASE WHEN s.status IS NULL THEN coalesce(r.reply, '') ELSE coalesce(s.problem, r.reply, '') END,
                          coalesce(r.attempts, 0), coalesce(r.message_id, ''), coalesce(r.relay, ''), coalesce(r.at, ''),
                          coalesce(r.key, '')
                   FROM source_row s LEFT JOIN recipient r ON r.id = s.recipient
                   WHERE s.mailing = ?1 ORDER BY s.number";
        let mut statement = self.connection.prepare(sql).map_err(|e| self.failed(e))?;
        let mut rows = statement.query([mailing]).map_err(|e| self.failed(e))?;
        while let Some(row) = rows.next().map_err(|e| self.failed(e))? {
            each(self.report_row(row).map_err(|e| self.failed(e))?)?;
        }
        Ok(())
    }

    fn report_row<'r>(&self, row: &'r rusqlite::Row<'_>) -> rusqlite::Result<ReportRow<'r>> {
        // Borrowed: a million rows are a million times ten texts.
        let text = |column: usize| -> rusqlite::Result<&'r str> { Ok(row.get_ref(column)?.as_str()?) };
        Ok(ReportRow {
            number: row.get(0)?,
            fields: fields(text(1)?),
            status: status_of(text(2)?, self.running),
            code: row.get(3)?,
            reply: text(4)?,
            attempts: row.get(5)?,
            message_id: text(6)?,
            relay: text(7)?,
            at: text(8)?,
            key: text(9)?,
        })
    }
}

/// What the writer of a run asks of what it has written.
impl Ledger {
    /// How many have each status: recipients, and rows that are nobody's.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn totals(&self, mailing: i64) -> Result<Totals, LedgerError> {
        totals(&self.connection, mailing, false).map_err(|e| self.failed(e))
    }

    /// How many of those whom the latest run is about have each status.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn totals_of_chosen(&self, mailing: i64) -> Result<Totals, LedgerError> {
        counted(&self.connection, mailing, false, "AND chosen = 1").map_err(|e| self.failed(e))
    }

    /// How many of these recipients have one of the statuses.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn count_among(&self, mailing: i64, keys: &[Key], statuses: &[Status]) -> Result<u64, LedgerError> {
        let mut count = 0;
        for key in keys {
            let name: Option<String> = self
                .connection
                .query_row(
                    "SELECT status FROM recipient WHERE mailing = ?1 AND key = ?2",
                    params![mailing, key.as_str()],
                    |row| row.get(0),
                )
                .optional()
                .map_err(|e| self.failed(e))?;
            count += u64::from(name.is_some_and(|name| statuses.contains(&status_of(&name, false))));
        }
        Ok(count)
    }

    /// The number of recipients that a run saw permanently refused, and that still are.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn rejected_in(&self, run: i64) -> Result<u64, LedgerError> {
        self.connection
            .query_row(
                "SELECT count(DISTINCT a.recipient) FROM attempt a JOIN recipient r ON r.id = a.recipient
                 WHERE a.run = ?1 AND a.outcome = ?2 AND r.status = ?2",
                params![run, Status::Rejected.name()],
                |row| row.get(0),
            )
            .map_err(|e| self.failed(e))
    }
}

/// The cells of a row, as the ledger keeps them.
pub(super) fn fields(json: &str) -> Vec<Cow<'_, str>> {
    /// Borrowed where nothing is escaped; serde borrows no `Cow` within a `Vec` by itself.
    #[derive(Deserialize)]
    struct Cell<'c>(#[serde(borrow)] Cow<'c, str>);

    let cells: Vec<Cell<'_>> = serde_json::from_str(json).unwrap_or_default();
    cells.into_iter().map(|cell| cell.0).collect()
}

/// What a name in the ledger stands for.
pub(super) fn status_of(name: &str, running: bool) -> Status {
    match name {
        // Handed over this moment; the reply is on its way.
        "intent" if running => Status::Pending,
        _ => Status::named(name).unwrap_or(Status::InDoubt),
    }
}

/// How many of a mailing have each status; of one that was purged, as it was then.
pub(super) fn totals(connection: &Connection, mailing: i64, running: bool) -> rusqlite::Result<Totals> {
    let kept: Option<String> =
        connection.query_row("SELECT totals FROM mailing WHERE id = ?1", [mailing], |row| {
            row.get(0)
        })?;
    if let Some(kept) = kept {
        return Ok(serde_json::from_str(&kept).unwrap_or_default());
    }
    counted(connection, mailing, running, "")
}

/// How many of a mailing's recipients have each status whom the list has no longer.
pub(super) fn counted_apart(
    connection: &Connection,
    mailing: i64,
    running: bool,
) -> rusqlite::Result<Totals> {
    let sql = format!("SELECT status FROM recipient NOT INDEXED WHERE {OF_MAILING} AND listed = 0");
    count(connection, &sql, mailing, running)
}

fn counted(connection: &Connection, mailing: i64, running: bool, whose: &str) -> rusqlite::Result<Totals> {
    let sql = format!(
        "SELECT status FROM recipient NOT INDEXED WHERE {OF_MAILING} AND listed > 0 {whose}
         UNION ALL
         SELECT status FROM source_row WHERE mailing = ?1 AND recipient IS NULL"
    );
    count(connection, &sql, mailing, running)
}

/// Counts the statuses that come out of a query; grouped by SQLite they would be sorted first.
fn count(connection: &Connection, sql: &str, mailing: i64, running: bool) -> rusqlite::Result<Totals> {
    let mut totals = Totals::new();
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([mailing])?;
    while let Some(row) = rows.next()? {
        *totals
            .entry(status_of(row.get_ref(0)?.as_str()?, running))
            .or_default() += 1;
    }
    Ok(totals)
}
