//! Rows in another order than the file's: sorted, and those of a group together.
//!
//! They are in a temporary database on disk that disappears with the process, so a list of a
//! million rows takes no memory. SQLite sorts it.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use unicode_normalization::UnicodeNormalization;

use crate::campaign::{Place, Problem};
use crate::table::cell::{Moment, Number, is_empty};
use crate::table::{Row, TableError, dated};
use crate::words::{say, sqlite};

/// Rows that are read at a time.
const TOGETHER: i64 = 512;

/// A column to sort by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SortBy {
    pub(super) column: usize,
    /// The largest first.
    pub(super) descending: bool,
}

/// A database that is being filled.
pub(super) struct Arranging {
    shown: String,
    connection: Connection,
    insert: String,
}

/// A row in the database: number, cells, their kinds, its line.
type Kept = (u64, Vec<String>, Vec<(usize, String)>, Option<Box<str>>);

impl Arranging {
    /// Makes the database; `keys` columns are sorted by.
    ///
    /// # Errors
    /// There is no room for it.
    pub(super) fn new(shown: &str, keys: usize) -> Result<Self, TableError> {
        let columns: String = (0..keys).map(|i| format!(", key{i}")).collect();
        let values: String = (0..keys).map(|i| format!(", ?{}", i + 3)).collect();
        let open = || {
            // SQLite's own temporary files: removed as soon as they are opened.
            let connection = Connection::open("")?;
            connection.execute_batch(&format!(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16384;
                 CREATE TABLE row (id INTEGER PRIMARY KEY, leader TEXT, kept TEXT NOT NULL{columns});
                 BEGIN"
            ))?;
            Ok(connection)
        };
        Ok(Self {
            connection: open().map_err(|error| failed(shown, &error))?,
            insert: format!("INSERT INTO row (leader, kept{columns}) VALUES (?1, ?2{values})"),
            shown: shown.to_owned(),
        })
    }

    /// Takes a row of `group`, or of none.
    ///
    /// # Errors
    /// The disk is full.
    pub(super) fn put(&mut self, row: &Row, group: Option<&str>, sort: &[SortBy]) -> Result<(), TableError> {
        let kept =
            serde_json::to_string(&(row.number, &row.fields, &row.plain, &row.line)).unwrap_or_default();
        let keys = sort.iter().map(|by| key(row, by.column));
        let values = [group.map(str::to_owned).into(), Value::Text(kept)];
        self.connection
            .prepare_cached(&self.insert)
            .and_then(|mut statement| statement.execute(params_from_iter(values.into_iter().chain(keys))))
            .map(drop)
            .map_err(|error| failed(&self.shown, &error))
    }

    /// All rows are there: puts them in order. A group stands where its first row does.
    ///
    /// # Errors
    /// The disk is full.
    pub(super) fn finish(self, sort: &[SortBy]) -> Result<Arranged, TableError> {
        let order: String = sort
            .iter()
            .enumerate()
            .map(|(i, by)| format!("key{i} {}, ", if by.descending { "DESC" } else { "ASC" }))
            .collect();
        let arrange = format!(
            "CREATE TABLE sorted (id INTEGER PRIMARY KEY, leader TEXT, kept TEXT NOT NULL);
             INSERT INTO sorted (leader, kept) SELECT leader, kept FROM row ORDER BY {order}id;
             DROP TABLE row;
             CREATE TABLE first (leader TEXT PRIMARY KEY, id INTEGER) WITHOUT ROWID;
             INSERT INTO first SELECT leader, min(id) FROM sorted WHERE leader IS NOT NULL GROUP BY leader;
             CREATE TABLE arranged (id INTEGER PRIMARY KEY, message INTEGER NOT NULL, kept TEXT NOT NULL);
             INSERT INTO arranged (message, kept)
                SELECT coalesce(f.id, s.id) AS message, s.kept FROM sorted s LEFT JOIN first f USING (leader)
                ORDER BY message, s.id;
             DROP TABLE sorted; DROP TABLE first;
             COMMIT"
        );
        self.connection
            .execute_batch(&arrange)
            .map_err(|error| failed(&self.shown, &error))?;
        Ok(Arranged {
            shown: self.shown,
            connection: self.connection,
            last: 0,
            block: Vec::new().into_iter(),
            next: None,
        })
    }
}

/// Rows in their order.
pub(super) struct Arranged {
    shown: String,
    connection: Connection,
    /// The last row that was read.
    last: i64,
    block: std::vec::IntoIter<(i64, Row)>,
    /// The first row of the next message.
    next: Option<(i64, Row)>,
}

impl Arranged {
    /// The rows of the next message, as one.
    ///
    /// # Errors
    /// The disk fails.
    pub(super) fn next(&mut self) -> Result<Option<Row>, TableError> {
        let first = match self.next.take() {
            Some(first) => Some(first),
            None => self.read()?,
        };
        let Some((message, mut row)) = first else {
            return Ok(None);
        };
        while let Some((of, other)) = self.read()? {
            if of != message {
                self.next = Some((of, other));
                break;
            }
            row.others.push(other);
        }
        Ok(Some(row))
    }

    fn read(&mut self) -> Result<Option<(i64, Row)>, TableError> {
        if let Some(row) = self.block.next() {
            return Ok(Some(row));
        }
        let block = self.block().map_err(|error| failed(&self.shown, &error))?;
        self.block = block.into_iter();
        Ok(self.block.next())
    }

    fn block(&mut self) -> rusqlite::Result<Vec<(i64, Row)>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, message, kept FROM arranged WHERE id > ?1 ORDER BY id LIMIT ?2")?;
        let mut rows = statement.query([self.last, TOGETHER])?;
        let mut block = Vec::new();
        while let Some(row) = rows.next()? {
            self.last = row.get(0)?;
            let kept: Kept = serde_json::from_str(row.get_ref(2)?.as_str()?).unwrap_or_default();
            let (number, fields, plain, line) = kept;
            let row_of_file = Row {
                plain,
                line,
                ..Row::new(number, fields)
            };
            block.push((row.get(1)?, row_of_file));
        }
        Ok(block)
    }
}

/// What a cell is sorted by: numbers by their size, before texts without their case.
fn key(row: &Row, column: usize) -> Value {
    let cell = row.value(column);
    match Number::of(cell) {
        Some(number) => Value::Real(number.size()),
        // Empty cells come last, and first where the largest does.
        None if is_empty(cell) => Value::Text("\u{10ffff}".to_owned()),
        None => Value::Text(match dated::moment(cell) {
            // Days in their order, however they are written.
            Some(Ok(Moment::Local(day))) => day.to_string(),
            Some(_) | None => cell.trim().nfc().flat_map(char::to_lowercase).collect(),
        }),
    }
}

fn failed(shown: &str, error: &rusqlite::Error) -> TableError {
    Problem::error(say!("audience-order", error = sqlite(error)))
        .code("recipients-file")
        .at(Place::whole(shown))
        .help(say!("audience-order-room"))
        .into()
}
