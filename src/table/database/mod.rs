//! SQLite: the rows that a query returns.
//!
//! Nothing is written to the file or beside it: see [`copy`]. The query runs on a separate thread,
//! because SQLite returns rows from a statement that borrows its connection.

mod copy;
mod failure;
mod query;

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use sha2::{Digest, Sha256};

use crate::campaign::{Place, Problem, RecipientsSource, Text};
use crate::storage::open_regular;
use crate::words::{Said, say};

use super::about::{About, Format, ignored};
use super::failure::{TableError, cannot_read};
use super::source::{CellFault, Feed, Readable, Record, Sink, Source};

use copy::Opened;
use failure::{PATIENCE_FOR_A_ROW, while_asking};

/// How a file begins that is a database.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// How files are called that should be one.
const SUFFIXES: [&str; 5] = ["db", "db3", "sqlite", "sqlite3", "s3db"];

/// Steps of SQLite's machine between two looks at whether anybody still waits.
const STEPS: i32 = 10_000;

/// Opens a file that begins with `start`, if it is a database.
///
/// # Errors
/// A database that cannot be read, a query that is not valid.
pub(super) fn open(source: &RecipientsSource, start: &[u8]) -> Result<Option<Readable>, TableError> {
    let shown = source.shown.as_str();
    if !start.starts_with(MAGIC) {
        return match named_one(source) && !start.is_ascii() {
            false => Ok(None),
            true => Err(Problem::error(say!("table-not-a-database"))
                .code("recipients-file")
                .at(Place::whole(shown))
                .help(say!("table-export-as-csv"))
                .into()),
        };
    }
    let opened = copy::open(&source.file, shown)?;
    let asked = query::choose(&opened.connection, source)?;
    let names = asked.columns.clone();
    let (digest, gone) = (Arc::new(OnceLock::new()), Arc::new(AtomicBool::new(false)));
    let reading = Reading {
        file: source.file.clone(),
        shown: shown.to_owned(),
        query: asked.query,
        digest: Arc::clone(&digest),
        gone: Arc::clone(&gone),
        begun: Instant::now(),
        last_row: Arc::default(),
    };
    let feed = Feed::start(move |sink| reading.run(opened, sink));
    let about = About {
        format: Format::Sqlite,
        sheet: asked.table,
        sheets: asked.tables,
        warnings: ignored(source, &["delimiter", "encoding", "header_row"], Format::Sqlite),
        ..About::default()
    };
    let database = Database {
        names,
        feed: feed.map_err(|error| cannot_read(shown, &error))?,
        digest,
        gone,
    };
    Ok(Some((Box::new(database), about)))
}

fn named_one(source: &RecipientsSource) -> bool {
    let suffix = source.file.extension().and_then(|suffix| suffix.to_str());
    suffix.is_some_and(|suffix| SUFFIXES.iter().any(|known| known.eq_ignore_ascii_case(suffix)))
}

/// An open database.
struct Database {
    names: Vec<String>,
    feed: Feed,
    digest: Arc<OnceLock<[u8; 32]>>,
    gone: Arc<AtomicBool>,
}

impl Drop for Database {
    fn drop(&mut self) {
        // A query may take hours to its next row.
        self.gone.store(true, Ordering::Relaxed);
    }
}

impl Source for Database {
    fn next(&mut self, record: &mut Record) -> Result<bool, TableError> {
        self.feed.next(record)
    }

    fn columns(&self) -> Option<Vec<String>> {
        Some(self.names.clone())
    }

    fn digest(&self) -> [u8; 32] {
        self.digest.get().copied().unwrap_or_default()
    }
}

/// The reading of all rows.
struct Reading {
    file: PathBuf,
    shown: String,
    query: Text,
    digest: Arc<OnceLock<[u8; 32]>>,
    gone: Arc<AtomicBool>,
    begun: Instant,
    /// When the last row was there, in milliseconds since then.
    last_row: Arc<AtomicU64>,
}

impl Reading {
    fn run(self, mut opened: Opened, sink: &mut Sink) -> Result<(), TableError> {
        let gone = Arc::clone(&self.gone);
        let (last, begun) = (Arc::clone(&self.last_row), self.begun);
        let stop = move || {
            let since = begun.elapsed().as_millis() as u64;
            let waited = since.saturating_sub(last.load(Ordering::Relaxed));
            gone.load(Ordering::Relaxed) || u128::from(waited) > PATIENCE_FOR_A_ROW.as_millis()
        };
        let read = opened
            .connection
            .progress_handler(STEPS, Some(stop))
            .and_then(|()| self.rows(&opened.connection, sink));
        if self.gone.load(Ordering::Relaxed) {
            return Ok(());
        }
        match read {
            Ok(()) => opened.still_the_same(&self.shown),
            Err(error) => Err(while_asking(&self.shown, &self.query, &error)),
        }
    }

    fn rows(&self, connection: &Connection, sink: &mut Sink) -> rusqlite::Result<()> {
        let mut statement = connection.prepare(&self.query.value)?;
        let width = statement.column_count();
        let mut rows = statement.query([])?;
        let mut number = 0;
        while let Some(row) = rows.next()? {
            number += 1;
            if !sink.put(record(row, number, width)?) {
                return Ok(());
            }
            // Not before: the consumer of the rows may be slow.
            let now = self.begun.elapsed().as_millis() as u64;
            self.last_row.store(now, Ordering::Relaxed);
        }
        // As long as the statement is open, nobody changes the file.
        if let Ok(digest) = digest(&self.file) {
            let _ = self.digest.set(digest);
        }
        Ok(())
    }
}

fn record(row: &Row<'_>, number: u64, width: usize) -> rusqlite::Result<Record> {
    let mut record = Record {
        number,
        ..Record::default()
    };
    for at in 0..width {
        let mut fault = |what: Said, help: Said| {
            record.faults.push(CellFault {
                cell: Some(at),
                code: "unreadable-cell",
                what,
                help,
            });
            String::new()
        };
        let cell = match row.get_ref(at)? {
            ValueRef::Null => String::new(),
            ValueRef::Integer(number) => number.to_string(),
            ValueRef::Real(number) => plain_digits(number),
            ValueRef::Text(text) => match std::str::from_utf8(text) {
                Ok(text) => text.to_owned(),
                Err(_) => fault(say!("table-value-not-utf-8"), say!("table-value-not-utf-8-help")),
            },
            ValueRef::Blob(octets) => fault(
                say!("table-value-blob", octets = octets.len()),
                say!("table-value-blob-help"),
            ),
        };
        record.cells.push(cell);
    }
    Ok(record)
}

/// The shortest digits that are this number; with an exponent only where they would be a row of
/// zeros.
fn plain_digits(number: f64) -> String {
    if number == 0.0 || (1e-7..1e21).contains(&number.abs()) {
        number.to_string()
    } else {
        format!("{number:e}")
    }
}

fn digest(path: &Path) -> io::Result<[u8; 32]> {
    let mut file = open_regular(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = file.read(&mut buffer)?;
        if n == 0 {
            return Ok(hash.finalize().into());
        }
        hash.update(buffer.get(..n).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests;
