//! What became of recipients in an earlier mailing, for conditions that ask for it.
//!
//! It is kept in a temporary database on disk that disappears with the process, so a million recipients
//! take no memory. What it says comes from the ledger, and stays as it was when it was read.

use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, OptionalExtension, params_from_iter};

use crate::campaign::{Place, Problem, Problems};
use crate::recipients::Key;
use crate::table::{OWN_COLUMNS, Row};
use crate::words::{say, sqlite};

/// The values of [`OWN_COLUMNS`] for one recipient; empty for a recipient who was not in the mailing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome([String; OWN_COLUMNS.len()]);

impl Outcome {
    /// A recipient's, in the order of the columns.
    pub fn of(values: [String; OWN_COLUMNS.len()]) -> Self {
        Self(values)
    }

    /// Whether the recipient was in the mailing.
    pub(super) fn is_known(&self) -> bool {
        self.0.iter().any(|value| !value.is_empty())
    }

    /// The cells of a row, and these behind them; `width` is the number of its columns.
    pub(super) fn behind(&self, row: &Row, width: usize) -> Row {
        let mut fields = row.fields.clone();
        fields.resize(width, String::new());
        fields.extend(self.0.iter().cloned());
        Row {
            number: row.number,
            fields,
            plain: row.plain.clone(),
            line: row.line.clone(),
            others: Vec::new(),
        }
    }
}

/// The outcomes of a mailing, by the keys of its recipients.
pub struct Outcomes {
    connection: Mutex<Connection>,
}

impl Outcomes {
    /// Takes them from `fill`, which hands over one recipient after the other.
    ///
    /// # Errors
    /// There is no room for them, or `fill` fails.
    pub fn new<E: From<Problems>>(
        fill: impl FnOnce(&mut dyn FnMut(&str, Outcome) -> Result<(), Problems>) -> Result<(), E>,
    ) -> Result<Self, E> {
        let names = OWN_COLUMNS.join(", ");
        // SQLite's own temporary files: removed as soon as they are opened.
        let open = || {
            let connection = Connection::open("")?;
            connection.execute_batch(&format!(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16384;
                 CREATE TABLE outcome (key TEXT NOT NULL, {names}); BEGIN"
            ))?;
            Ok(connection)
        };
        let connection = open().map_err(|error| failed(&error))?;
        let marks = vec!["?"; OWN_COLUMNS.len()].join(", ");
        let insert = format!("INSERT INTO outcome VALUES (?, {marks})");
        fill(&mut |key, outcome| {
            let values = std::iter::once(key).chain(outcome.0.iter().map(String::as_str));
            connection
                .prepare_cached(&insert)
                .and_then(|mut statement| statement.execute(params_from_iter(values)))
                .map(drop)
                .map_err(|error| failed(&error))
        })?;
        // Sorted once, and not with every row.
        connection
            .execute_batch("COMMIT; CREATE UNIQUE INDEX by_key ON outcome (key)")
            .map_err(|error| failed(&error))?;
        Ok(Self {
            connection: Mutex::new(connection),
        })
    }

    /// What became of a recipient.
    ///
    /// # Errors
    /// The disk fails.
    pub(super) fn of(&self, key: &Key) -> Result<Outcome, Problems> {
        let sql = format!("SELECT {} FROM outcome WHERE key = ?1", OWN_COLUMNS.join(", "));
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let read = |row: &rusqlite::Row<'_>| {
            let mut values = Outcome::default();
            for (at, value) in values.0.iter_mut().enumerate() {
                *value = row.get(at)?;
            }
            Ok(values)
        };
        let found = connection
            .prepare_cached(&sql)
            .and_then(|mut statement| statement.query_row([key.as_str()], read).optional());
        Ok(found.map_err(|error| failed(&error))?.unwrap_or_default())
    }
}

fn failed(error: &rusqlite::Error) -> Problems {
    Problem::error(say!("audience-outcomes", error = sqlite(error)))
        .code("recipients-file")
        .at(Place::whole("where"))
        .help(say!("audience-order-room"))
        .into()
}
