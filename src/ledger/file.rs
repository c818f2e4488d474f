//! The ledger's file, open for writing.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::Connection;

use crate::storage::{Obstacle, private_folder, shared_file_system};

use super::failure::LedgerError;
use super::keys_of_before;
use super::reloading::Reloading;
use super::schema;
use super::standing::Standing;

/// The ledger of a campaign, open for writing.
pub struct Ledger {
    pub(super) path: PathBuf,
    pub(super) connection: Connection,
    /// Other machines may have it open as well: it has no write-ahead log.
    pub(super) shared: bool,
    pub(super) standing: Arc<Standing>,
    /// Some message that was loaded is made of several rows.
    pub(super) grouped: bool,
    /// The header that the mailing had before it was gone on with.
    pub(super) columns_before: Option<String>,
    /// A list is loaded that was loaded before.
    pub(super) reloading: Option<Reloading>,
}

impl Ledger {
    /// The path of the ledger of the campaign called `name`, below `state`.
    pub fn file(state: &Path, name: &str) -> PathBuf {
        state.join(format!("{name}.db"))
    }

    /// Opens the ledger, making it where there is none.
    ///
    /// # Errors
    /// A folder that cannot be made; a file that is damaged, foreign, or from
    /// a later version.
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        if let Some(folder) = path.parent() {
            private_folder(folder)?;
        }
        let shared = Self::shared_by(path).is_some();
        let mut connection = schema::open(path, shared)?;
        keys_of_before::renew(&mut connection).map_err(|error| LedgerError::of_sqlite(path, error))?;
        let standing = Standing::of(path, !shared).map_err(|error| LedgerError::Unopenable {
            path: path.display().to_string(),
            obstacle: Obstacle::to_file(path, error),
        })?;
        Ok(Self {
            path: path.to_owned(),
            connection,
            shared,
            standing: Arc::new(standing),
            grouped: false,
            columns_before: None,
            reloading: None,
        })
    }

    /// The kind of file system on which a ledger lies that other machines may have open as well.
    pub fn shared_by(path: &Path) -> Option<&'static str> {
        shared_file_system(path.parent()?)
    }

    /// Whether there is a ledger at `path`.
    ///
    /// # Errors
    /// Something else is there, or the file cannot be read.
    pub fn is_there(path: &Path) -> Result<bool, LedgerError> {
        schema::is_there(path)
    }

    pub(super) fn failed(&self, source: rusqlite::Error) -> LedgerError {
        LedgerError::of_sqlite(&self.path, source)
    }

    pub(super) fn execute(&self, sql: &str, values: impl rusqlite::Params) -> Result<(), LedgerError> {
        self.count(sql, values).map(drop)
    }

    pub(super) fn count(&self, sql: &str, values: impl rusqlite::Params) -> Result<u64, LedgerError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.failed(e))?;
        if statement.column_count() > 0 {
            // A PRAGMA that answers.
            return statement
                .query(values)
                .and_then(|mut rows| rows.next().map(|_| 0))
                .map_err(|e| self.failed(e));
        }
        let changed = statement.execute(values).map_err(|e| self.failed(e))?;
        Ok(changed as u64)
    }
}
