//! An SQLite file of ours: created if it does not exist, and known to be ours before anything is
//! read from it.
//!
//! `application_id` says which program it belongs to, and `user_version` which tables it has.
//! Another program's file, a file of a later mailshot, or a damaged file is refused. The caller
//! chooses the words for it, because the remedy differs.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OptionalExtension, TransactionBehavior};

use super::obstacle::Obstacle;
use super::private::{link_at, open_own};

/// What makes an SQLite file one of ours.
#[derive(Debug)]
pub struct Database {
    /// `PRAGMA application_id`.
    pub application: i32,
    /// `PRAGMA user_version`: raised with every change of the tables.
    pub version: i32,
    /// The statements that make them.
    pub tables: &'static str,
    /// A query that answers with a sentence for what no program of ours writes. SQLite finds damage of
    /// its own structure, not of a value.
    pub sound: Option<&'static str>,
    /// The statements that make each version of the one before, from 2 on.
    pub migrations: &'static [&'static str],
}

/// Why a file cannot be used.
#[derive(Debug)]
pub enum Unfit {
    /// It is of something else.
    Foreign,
    /// It is of a later mailshot.
    Newer {
        /// Its version.
        found: i32,
    },
    /// SQLite finds it damaged, in these words.
    Damaged(String),
    /// Another program holds it.
    Held,
    /// It cannot be made or opened.
    File(Obstacle),
    /// Anything else that SQLite says.
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for Unfit {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::Foreign,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged(error.to_string()),
            _ if Held::is(&error) => Self::Held,
            _ => Self::Sqlite(error),
        }
    }
}

/// Another program holds a database and did not let go of it in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "another program holds it (a database browser, a backup?); close it there, then run the command again"
)]
pub struct Held;

impl Held {
    /// Whether SQLite says so.
    pub fn is(error: &rusqlite::Error) -> bool {
        matches!(
            error.sqlite_error_code(),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
        )
    }
}

/// How long to wait for another process that holds the file.
const PATIENCE: Duration = Duration::from_secs(10);

impl Database {
    /// Opens the file for writing; one that is new gets its tables.
    ///
    /// # Errors
    /// Why it cannot be used.
    pub fn open(&self, path: &Path) -> Result<Connection, Unfit> {
        // SQLite would give it the mode of the umask.
        drop(open_own(path).map_err(Unfit::File)?);
        // Nor does it ask what it writes its log into.
        for suffix in ["-wal", "-shm", "-journal"] {
            let mut beside = path.as_os_str().to_owned();
            beside.push(suffix);
            let beside = PathBuf::from(beside);
            if let Some(target) = link_at(&beside) {
                return Err(Unfit::File(Obstacle::of_link(&beside, target)));
            }
        }
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(PATIENCE)?;
        if is_empty(&connection)? {
            self.make(&mut connection)?;
        }
        let found = self.recognise(&connection)?;
        if found < self.version {
            self.migrate(&mut connection)?;
        }
        self.examine(&connection)?;
        Ok(connection)
    }

    /// Looks for damage, as deep as is relied on: that a recipient is in the ledger once depends on an
    /// index, and only `integrity_check` compares indexes with their tables.
    fn examine(&self, connection: &Connection) -> Result<(), Unfit> {
        let words: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        if words != "ok" {
            return Err(Unfit::Damaged(words));
        }
        let found = self.sound.map(|query| {
            let found = connection.query_row(query, [], |row| row.get::<_, String>(0));
            found.optional()
        });
        match found.transpose()?.flatten() {
            Some(words) => Err(Unfit::Damaged(words)),
            None => Ok(()),
        }
    }

    /// Refuses what is not ours, or not yet known; its version.
    ///
    /// # Errors
    /// Why it cannot be used.
    pub fn recognise(&self, connection: &Connection) -> Result<i32, Unfit> {
        connection.busy_timeout(PATIENCE)?;
        let pragma = |name| connection.query_row(name, [], |row| row.get::<_, i32>(0));
        if pragma("PRAGMA application_id")? != self.application {
            return Err(Unfit::Foreign);
        }
        let found = pragma("PRAGMA user_version")?;
        if found > self.version {
            return Err(Unfit::Newer { found });
        }
        Ok(found)
    }

    /// Brings an older file up to date: all of it, or nothing.
    fn migrate(&self, connection: &mut Connection) -> Result<(), Unfit> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have done it while this one waited for the lock.
        let found = self.recognise(&transaction)?;
        let known = usize::try_from(found).unwrap_or_default().saturating_sub(1);
        for step in self.migrations.iter().skip(known) {
            transaction.execute_batch(step)?;
        }
        transaction.pragma_update(None, "user_version", self.version)?;
        transaction.commit()?;
        Ok(())
    }

    fn make(&self, connection: &mut Connection) -> Result<(), Unfit> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have made them while this one waited for the lock.
        if is_empty(&transaction)? {
            transaction.execute_batch(self.tables)?;
            transaction.pragma_update(None, "application_id", self.application)?;
            transaction.pragma_update(None, "user_version", self.version)?;
        }
        transaction.commit()?;
        Ok(())
    }
}

fn is_empty(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTES: Database = Database {
        application: 0x6e6f_7465,
        version: 1,
        tables: "CREATE TABLE note (words TEXT)",
        sound: None,
        migrations: &[],
    };

    const LATER: Database = Database {
        version: 3,
        tables: "CREATE TABLE note (words TEXT, author TEXT, day TEXT)",
        migrations: &[
            "ALTER TABLE note ADD COLUMN author TEXT",
            "ALTER TABLE note ADD COLUMN day TEXT",
        ],
        ..NOTES
    };

    #[test]
    fn an_older_file_is_brought_up_to_date_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.db");
        let first = NOTES.open(&path).unwrap();
        first.execute("INSERT INTO note VALUES ('kept')", []).unwrap();
        drop(first);
        for _ in 0..2 {
            let connection = LATER.open(&path).unwrap();
            let words: String = connection
                .query_row(
                    "SELECT words || coalesce(author, '-') || coalesce(day, '-') FROM note",
                    [],
                    |row| row.get(0),
                )
                .unwrap();
            assert_eq!(words, "kept--");
        }
        assert!(matches!(NOTES.open(&path), Err(Unfit::Newer { found: 3 })));
    }

    #[test]
    fn a_step_that_fails_leaves_the_older_file_as_it_was() {
        const BROKEN: Database = Database {
            migrations: &[
                "ALTER TABLE note ADD COLUMN author TEXT",
                "ALTER TABLE nothing ADD COLUMN x",
            ],
            ..LATER
        };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.db");
        drop(NOTES.open(&path).unwrap());
        assert!(matches!(BROKEN.open(&path), Err(Unfit::Sqlite(_))));
        drop(NOTES.open(&path).unwrap());
    }

    #[test]
    fn a_file_that_another_process_made_meanwhile_is_used_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.db");
        let first = NOTES.open(&path).unwrap();
        first.execute("INSERT INTO note VALUES ('kept')", []).unwrap();
        let mut second = Connection::open(&path).unwrap();
        NOTES.make(&mut second).unwrap();
        let words: String = second
            .query_row("SELECT words FROM note", [], |row| row.get(0))
            .unwrap();
        assert_eq!(words, "kept");
    }
}
