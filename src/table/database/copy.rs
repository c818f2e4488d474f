//! Opening a database without leaving anything beside it.
//!
//! A database with a write-ahead log is read with two files beside it, and SQLite creates them if
//! they are missing, even for a reader. So a database that no process has open, which is then
//! complete by itself, is opened as immutable; and one whose log was copied without its index is
//! read from a copy of both.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

use crate::campaign::{Place, Problem};
use crate::storage::open_regular;
use crate::words::say;

use super::super::failure::{TableError, cannot_read};
use super::failure::{LONGEST, failed};

/// How long to wait for a program that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// A database that is open for reading.
pub(super) struct Opened {
    // Dropped before the folder of its copy.
    pub(super) connection: Connection,
    /// The log that was not there, and must not be at the end either.
    no_log: Option<PathBuf>,
    _copy: Option<TempDir>,
}

impl Opened {
    /// Whether a file that was taken as nobody's was left alone.
    ///
    /// # Errors
    /// A program began to write to it.
    pub(super) fn still_the_same(&self, shown: &str) -> Result<(), TableError> {
        match &self.no_log {
            Some(log) if is_filled(log) => Err(Problem::error(say!("table-database-changed"))
                .code("recipients-file")
                .at(Place::whole(shown))
                .help(say!("table-run-again"))
                .into()),
            Some(_) | None => Ok(()),
        }
    }
}

/// Opens the database for reading.
pub(super) fn open(path: &Path, shown: &str) -> Result<Opened, TableError> {
    let log = beside(path, "-wal");
    let (mut no_log, mut copy, mut file) = (None, None, path.to_owned());
    if has_log_mode(path).map_err(|error| cannot_read(shown, &error))? {
        if !is_filled(&log) {
            no_log = Some(log);
        } else if !beside(path, "-shm").exists() {
            let (folder, copied) = copied(path, &log).map_err(|error| cannot_read(shown, &error))?;
            copy = Some(folder);
            file = copied;
        }
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = if no_log.is_some() {
        Connection::open_with_flags(immutable(path), flags | OpenFlags::SQLITE_OPEN_URI)
    } else {
        Connection::open_with_flags(file, flags)
    };
    let connection = connection.and_then(|connection| {
        connection.busy_timeout(PATIENCE)?;
        // A view can make values of any size out of nothing.
        connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST)?;
        // A view may call any function; functions with side effects are forbidden.
        connection.pragma_update(None, "trusted_schema", false)?;
        Ok(connection)
    });
    Ok(Opened {
        connection: connection.map_err(|error| failed(shown, &error))?,
        no_log,
        _copy: copy,
    })
}

/// Whether its header (§1.3.3 of the format) says that changes go into a log.
fn has_log_mode(path: &Path) -> io::Result<bool> {
    let mut header = [0; 20];
    match open_regular(path)?.read_exact(&mut header) {
        Ok(()) => Ok(header.ends_with(&[2, 2])),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

fn is_filled(log: &Path) -> bool {
    fs::metadata(log).is_ok_and(|log| log.len() > 0)
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

fn copied(path: &Path, log: &Path) -> io::Result<(TempDir, PathBuf)> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("database");
    fs::copy(log, folder.path().join("database-wal"))?;
    fs::copy(path, &file)?;
    Ok((folder, file))
}

/// The path as a URI that says that nobody writes.
fn immutable(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let path = path.to_string_lossy().replace('\\', "/");
    let slash = if path.starts_with('/') { "" } else { "/" };
    let encode = |part: &str| percent_encode(part.as_bytes(), NON_ALPHANUMERIC).to_string();
    let parts: Vec<_> = path.split('/').map(encode).collect();
    format!("file://{slash}{}?immutable=1", parts.join("/"))
}
