//! The tables, and how a ledger is opened.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::LedgerError;

/// `mail` in ASCII: `file ledger.db` and we know it is ours.
const APPLICATION_ID: i32 = 0x6d61_696c;

/// Raised with every change of the tables.
const VERSION: i32 = 1;

/// Times are UTC as ISO 8601 text, `date` is unix seconds, ids are rowids.
const TABLES: &str = "
CREATE TABLE mailing (
    id           INTEGER PRIMARY KEY,
    uid          TEXT NOT NULL UNIQUE,          -- random; every Message-ID derives from it
    campaign     TEXT NOT NULL,
    started_at   TEXT NOT NULL,
    finished_at  TEXT,                          -- nobody is left to send to
    abandoned_at TEXT,
    columns      TEXT NOT NULL,                 -- JSON: the recipients file's header
    content      TEXT NOT NULL                  -- JSON: part -> hash, to notice changes
);
CREATE TABLE run (
    id           INTEGER PRIMARY KEY,
    mailing      INTEGER NOT NULL REFERENCES mailing(id),
    boot         TEXT NOT NULL,                 -- which start of the machine
    host         TEXT NOT NULL,
    pid          INTEGER NOT NULL,
    started_at   TEXT NOT NULL,
    ended_at     TEXT,
    exit_code    INTEGER
);
CREATE TABLE recipient (
    id           INTEGER PRIMARY KEY,
    mailing      INTEGER NOT NULL REFERENCES mailing(id),
    key          TEXT NOT NULL,
    status       TEXT NOT NULL DEFAULT 'pending', -- 'intent': handed over, no reply recorded yet
    claimed_by   INTEGER,                       -- the run that may send to it now
    attempts     INTEGER NOT NULL DEFAULT 0,
    date         INTEGER,                       -- the Date header of the first intent
    digest       BLOB,                          -- a hash of the content then
    code         INTEGER,
    reply        TEXT,
    message_id   TEXT,
    relay        TEXT,
    at           TEXT,
    listed       INTEGER NOT NULL DEFAULT 1,    -- still in the recipients file
    UNIQUE (mailing, key)
);
CREATE TABLE source_row (
    mailing      INTEGER NOT NULL REFERENCES mailing(id),
    number       INTEGER NOT NULL,              -- as the spreadsheet counts
    recipient    INTEGER,                       -- whose it is; NULL for rows that are nobody's
    status       TEXT,                          -- invalid, duplicate or suppressed rows
    problem      TEXT,
    fields       TEXT NOT NULL,                 -- JSON: the cells
    PRIMARY KEY (mailing, number)
) WITHOUT ROWID;
CREATE INDEX source_row_recipient ON source_row (recipient);
CREATE TABLE attempt (
    id           INTEGER PRIMARY KEY,
    recipient    INTEGER NOT NULL REFERENCES recipient(id),
    run          INTEGER NOT NULL REFERENCES run(id),
    session      INTEGER NOT NULL,
    relay        TEXT NOT NULL,
    outcome      TEXT NOT NULL,
    code         INTEGER,
    reply        TEXT,
    refused      TEXT,                          -- JSON: other envelope recipients refused
    at           TEXT NOT NULL
);
";

/// Opens for writing, making or checking the tables.
pub(super) fn open(path: &Path) -> Result<Connection, LedgerError> {
    private_file(path)?;
    let failed = |source| failed(path, source);
    let connection = Connection::open(path).map_err(failed)?;
    connection.busy_timeout(Duration::from_secs(10)).map_err(failed)?;
    verify(path, &connection)?;
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL;
             PRAGMA synchronous = NORMAL;
             PRAGMA wal_autocheckpoint = 8000;
             PRAGMA foreign_keys = OFF;
             PRAGMA temp_store = MEMORY;
             PRAGMA fullfsync = ON;
             PRAGMA checkpoint_fullfsync = ON;",
        )
        .map_err(failed)?;
    Ok(connection)
}

/// Opens for reading, beside whoever writes.
pub(super) fn open_read_only(path: &Path) -> Result<Connection, LedgerError> {
    if !path.is_file() {
        return Err(LedgerError::None(path.display().to_string()));
    }
    let failed = |source| failed(path, source);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(failed)?;
    connection.busy_timeout(Duration::from_secs(10)).map_err(failed)?;
    let (application, version) = identity(&connection).map_err(failed)?;
    check(path, application, version)?;
    Ok(connection)
}

fn failed(path: &Path, source: rusqlite::Error) -> LedgerError {
    let path = path.display().to_string();
    match source.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => LedgerError::Foreign(path),
        Some(ErrorCode::DatabaseCorrupt) => LedgerError::Damaged {
            path,
            words: source.to_string(),
        },
        _ => LedgerError::Sqlite { path, source },
    }
}

fn identity(connection: &Connection) -> rusqlite::Result<(i32, i32)> {
    let pragma = |name| connection.query_row(name, [], |row| row.get::<_, i32>(0));
    Ok((pragma("PRAGMA application_id")?, pragma("PRAGMA user_version")?))
}

fn check(path: &Path, application: i32, version: i32) -> Result<(), LedgerError> {
    if application != APPLICATION_ID {
        return Err(LedgerError::Foreign(path.display().to_string()));
    }
    if version > VERSION {
        return Err(LedgerError::Newer {
            path: path.display().to_string(),
            found: version,
            known: VERSION,
        });
    }
    Ok(())
}

fn verify(path: &Path, connection: &Connection) -> Result<(), LedgerError> {
    let failed = |source| failed(path, source);
    let (application, version) = identity(connection).map_err(failed)?;
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(failed)?;
    if tables == 0 {
        return connection
            .execute_batch(&format!(
                "BEGIN IMMEDIATE; {TABLES} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION}; COMMIT;"
            ))
            .map_err(failed);
    }
    check(path, application, version)?;
    let words: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(failed)?;
    if words != "ok" {
        return Err(LedgerError::Damaged {
            path: path.display().to_string(),
            words,
        });
    }
    Ok(())
}

/// SQLite gives its files the mode of the umask; this one holds addresses.
fn private_file(path: &Path) -> Result<(), LedgerError> {
    let mut options = std::fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
        .open(path)
        .map(drop)
        .map_err(|source| LedgerError::Folder {
            path: path.display().to_string(),
            source,
        })
}
