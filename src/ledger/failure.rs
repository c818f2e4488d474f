//! Why the ledger cannot be used.

use std::path::Path;

use crate::storage::{FolderError, Held, Obstacle};
use crate::words::{Arg, Said, Speak, hints_of, say, sqlite, system};

/// The ledger cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said())]
pub enum LedgerError {
    /// SQLite's words.
    Sqlite {
        /// The file.
        path: String,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// Another program holds it.
    Held {
        /// The file.
        path: String,
        /// What to do.
        held: Held,
    },
    /// The folder cannot be made.
    Folder(#[from] FolderError),
    /// The file cannot be made or opened.
    Unopenable {
        /// The file.
        path: String,
        /// What is in the way.
        obstacle: Obstacle,
    },
    /// The thread that syncs the ledger cannot start.
    Thread(std::io::Error),
    /// It is an SQLite file of something else.
    Foreign(String),
    /// It was written by a later mailshot.
    Newer {
        /// The file.
        path: String,
        /// Its version.
        found: i32,
        /// Ours.
        known: i32,
    },
    /// It is damaged.
    Damaged {
        /// The file.
        path: String,
        /// What SQLite found.
        words: String,
    },
    /// There is none.
    None(String),
}

impl Speak for LedgerError {
    fn said(&self) -> Said {
        match self {
            Self::Sqlite { path, source } => {
                say!("ledger-unusable", path = path, why = sqlite(source))
            }
            Self::Held { path, held } => say!("ledger-unusable", path = path, why = held),
            Self::Folder(error) => error.said(),
            Self::Unopenable { path, obstacle } => {
                say!("ledger-unopenable", path = path, why = obstacle)
            }
            Self::Thread(error) => say!("ledger-no-thread", why = system(error)),
            Self::Foreign(path) => say!("ledger-foreign", path = path),
            Self::Newer { path, found, known } => say!(
                "ledger-newer",
                path = path,
                found = Arg::plain(found),
                known = Arg::plain(known)
            ),
            Self::Damaged { path, words } => say!("ledger-damaged", path = path, own = words),
            Self::None(path) => say!("ledger-none", path = path),
        }
    }

    fn hints(&self) -> Vec<Said> {
        match self {
            Self::Held { held, .. } => held.hints(),
            Self::Folder(error) => error.hints(),
            Self::Unopenable { obstacle, .. } => obstacle.hints(),
            Self::Thread(error) => {
                let known = hints_of(error);
                if known.is_empty() {
                    vec![say!("ledger-hint-threads")]
                } else {
                    known
                }
            }
            Self::Foreign(_) => vec![say!("ledger-hint-foreign")],
            Self::Newer { .. } => vec![say!("ledger-hint-newer")],
            Self::Damaged { .. } => vec![say!("ledger-hint-damaged")],
            Self::Sqlite { .. } | Self::None(_) => Vec::new(),
        }
    }
}

impl LedgerError {
    /// A file or folder of ledgers, with what is in its way.
    pub(super) fn unopenable(path: &Path, error: std::io::Error) -> Self {
        Self::Unopenable {
            path: path.display().to_string(),
            obstacle: Obstacle::to_file(path, error),
        }
    }

    /// What SQLite said of the ledger at `path`.
    pub(super) fn of_sqlite(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.display().to_string();
        if Held::is(&source) {
            Self::Held { path, held: Held }
        } else {
            Self::Sqlite { path, source }
        }
    }
}
