//! Why the ledger cannot be used.

use std::path::Path;

use crate::storage::{FolderError, Held, Obstacle};

/// The ledger cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// SQLite's words.
    #[error("the ledger {path} cannot be used: {source}")]
    Sqlite {
        /// The file.
        path: String,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// Another program holds it.
    #[error("the ledger {path} cannot be used: {held}")]
    Held {
        /// The file.
        path: String,
        /// What to do.
        held: Held,
    },
    /// The folder cannot be made.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The file cannot be made or opened.
    #[error("the ledger {path} cannot be opened: {obstacle}")]
    Unopenable {
        /// The file.
        path: String,
        /// What is in the way.
        obstacle: Obstacle,
    },
    /// The thread that syncs the ledger cannot start.
    #[error(
        "the thread that syncs the ledger cannot be started: {0}; end other programs or raise your limit of processes, then run the command again"
    )]
    Thread(std::io::Error),
    /// It is an SQLite file of something else.
    #[error("{0} is not a mailshot ledger; move it away, or name the campaign differently")]
    Foreign(String),
    /// It was written by a later mailshot.
    #[error(
        "{path} was written by a newer mailshot (ledger version {found}, this one knows {known}); use that one"
    )]
    Newer {
        /// The file.
        path: String,
        /// Its version.
        found: i32,
        /// Ours.
        known: i32,
    },
    /// It is damaged.
    #[error(
        "{path} is damaged ({words}); restore it from a backup: it is the only record of who has the message, and without it everybody would be sent to again"
    )]
    Damaged {
        /// The file.
        path: String,
        /// What SQLite found.
        words: String,
    },
    /// There is none.
    #[error("no mailing is recorded here: there is no {0}")]
    None(String),
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
