//! Whether the files of an open ledger are those at their paths.
//!
//! A program that cleans up or synchronises folders may remove them or put older ones in their
//! place during a run. SQLite continues to write to files that nobody will ever open again, so each
//! claim and each intent checks this first.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use crate::storage::{FileId, says_absent};
use crate::words::{Said, say};

use super::lock::Lock;

/// Between two looks of those who write many times a second.
const PAUSE_MICROS: u64 = 1_000;

/// The files of an open ledger.
pub(super) struct Standing {
    database: Watched,
    /// Where there is one: a ledger that is thrown away needs none.
    lock: Option<Watched>,
    /// `None`: there is no write-ahead log.
    log: Option<PathBuf>,
    /// Known once it was opened to be synced.
    log_id: OnceLock<FileId>,
    since: Instant,
    /// Microseconds from `since` to the latest look.
    looked: AtomicU64,
}

struct Watched {
    path: PathBuf,
    id: FileId,
}

impl Watched {
    fn at(path: PathBuf) -> std::io::Result<Self> {
        let id = FileId::at(&path)?;
        Ok(Self { path, id })
    }
}

impl Standing {
    /// Of the ledger at `path`, just opened.
    pub(super) fn of(path: &Path, logs: bool) -> std::io::Result<Self> {
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        Ok(Self {
            database: Watched::at(path.to_owned())?,
            lock: Watched::at(Lock::file(path)).ok(),
            log: logs.then(|| log.into()),
            log_id: OnceLock::new(),
            since: Instant::now(),
            looked: AtomicU64::new(0),
        })
    }

    /// Where the write-ahead log lies, where there is one.
    pub(super) fn log(&self) -> Option<&Path> {
        self.log.as_deref()
    }

    /// This is the log that is written.
    pub(super) fn log_is(&self, id: FileId) {
        // It is opened once.
        let _ = self.log_id.set(id);
    }

    /// What is not as it was, as a sentence.
    pub(super) fn changed(&self) -> Option<Said> {
        let log = self.log().zip(self.log_id.get().copied());
        let lock = self
            .lock
            .iter()
            .map(|lock| (Part::Lock, lock.path.as_path(), lock.id));
        let others = lock.chain(log.map(|(path, id)| (Part::Log, path, id)));
        let database = (Part::Database, self.database.path.as_path(), self.database.id);
        std::iter::once(database)
            .chain(others)
            .find_map(|(part, path, id)| match FileId::at(path) {
                Ok(now) if now == id => None,
                Ok(_) => Some(part.replaced(path)),
                Err(error) if says_absent(&error) => Some(part.removed(path)),
                // Whether it can be written is SQLite's to find out.
                Err(_) => None,
            })
    }

    /// The same, unless it was checked a moment ago.
    pub(super) fn changed_lately(&self) -> Option<Said> {
        let now = u64::try_from(self.since.elapsed().as_micros()).unwrap_or(u64::MAX);
        let looked = self.looked.load(Ordering::Relaxed);
        if looked > 0 && now.saturating_sub(looked) < PAUSE_MICROS {
            return None;
        }
        self.looked.store(now.max(1), Ordering::Relaxed);
        self.changed()
    }
}

/// A file of a ledger.
#[derive(Debug, Clone, Copy)]
enum Part {
    Database,
    Lock,
    Log,
}

impl Part {
    fn replaced(self, path: &Path) -> Said {
        match self {
            Self::Database => say!("ledger-replaced", path = path),
            Self::Lock => say!("ledger-lock-replaced", path = path),
            Self::Log => say!("ledger-log-replaced", path = path),
        }
    }

    fn removed(self, path: &Path) -> Said {
        match self {
            Self::Database => say!("ledger-removed", path = path),
            Self::Lock => say!("ledger-lock-removed", path = path),
            Self::Log => say!("ledger-log-removed", path = path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_that_is_gone_or_another_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let begun = || {
            for name in ["a.db", "a.lock", "a.db-wal"] {
                std::fs::write(at(name), name).unwrap();
            }
            let standing = Standing::of(&at("a.db"), true).unwrap();
            standing.log_is(FileId::at(&at("a.db-wal")).unwrap());
            assert_eq!(standing.changed(), None);
            standing
        };
        for name in ["a.db", "a.lock", "a.db-wal"] {
            let standing = begun();
            std::fs::write(at("other"), "").unwrap();
            std::fs::rename(at("other"), at(name)).unwrap();
            let words = standing.changed().unwrap().to_string();
            assert!(
                words.ends_with(&format!("{name} was replaced by another file")),
                "{words}"
            );
            std::fs::remove_file(at(name)).unwrap();
            let words = standing.changed().unwrap().to_string();
            assert!(
                words.ends_with(&format!("{name} was removed or moved away")),
                "{words}"
            );
        }
    }
}
