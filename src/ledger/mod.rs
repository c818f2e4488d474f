//! The ledger: the durable record of every mailing, recipient and attempt of
//! a campaign, in one SQLite file.
//!
//! Two promises in two strengths, because an fsync a message is slow and a
//! process dies more often than a machine: a *claim* is on disk before a
//! message is composed; an *intent* is in the write-ahead log before the first
//! octet of content leaves, and an *outcome* after its reply; both are on disk
//! within 10 ms. After a crash of the process the intents say who is in doubt;
//! after a power cut the claims do.
//!
//! One process writes (a lock that dies with it), any number read. The schema
//! reads well in the `sqlite3` shell.

mod boot;
mod change;
mod claims;
mod content;
mod doubt;
mod durable;
mod journal;
mod lock;
mod mailing;
mod purge;
mod read;
mod rows;
mod schema;
mod settle;

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::storage::{FolderError, Obstacle, is_there, private_folder};

pub use change::Change;
pub use content::{Content, Difference, Texts};
pub use doubt::Doubt;
pub use journal::LedgerJournal;
pub use lock::{Lock, LockError};
pub use mailing::{Chosen, InDoubt, Mailing, NewMailing, RunEnd};
pub use purge::Listed;
pub use read::{LatestRun, Reader, ReportRow, Totals};
pub use rows::{SourceRow, Whose};
pub use settle::Decision;

/// Where a recipient stands in a mailing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Not tried yet.
    Pending,
    /// The relay has taken responsibility.
    Accepted,
    /// The relay refused for good.
    Rejected,
    /// The relay refused for now, and the attempts of the run are used up.
    Deferred,
    /// The message was handed over and no reply came.
    InDoubt,
    /// The row is no recipient, or its message cannot be composed.
    Invalid,
    /// Not to be written to.
    Suppressed,
    /// A row that repeats another's recipient.
    Duplicate,
    /// Accepted, and came back.
    Bounced,
}

impl Status {
    /// Every status, in the order of the fixed list.
    pub const ALL: [Self; 9] = [
        Self::Pending,
        Self::Accepted,
        Self::Rejected,
        Self::Deferred,
        Self::InDoubt,
        Self::Invalid,
        Self::Suppressed,
        Self::Duplicate,
        Self::Bounced,
    ];

    /// Its name in the ledger and in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Deferred => "deferred",
            Self::InDoubt => "in_doubt",
            Self::Invalid => "invalid",
            Self::Suppressed => "suppressed",
            Self::Duplicate => "duplicate",
            Self::Bounced => "bounced",
        }
    }

    /// The status of that name. `intent` (content handed over, no outcome
    /// recorded) is in doubt once the run that wrote it is over.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "intent" => Some(Self::InDoubt),
            _ => Self::ALL.into_iter().find(|s| s.name() == name),
        }
    }
}

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
        "{path} is damaged ({words}); restore it from a backup, or move it away to start anew (who was sent to is then not known)"
    )]
    Damaged {
        /// The file.
        path: String,
        /// What SQLite found.
        words: String,
    },
    /// There is none.
    #[error("nothing was sent from this campaign yet: there is no {0}")]
    None(String),
}

/// The ledger of a campaign, open for writing.
pub struct Ledger {
    path: PathBuf,
    connection: Connection,
    /// Some message that was loaded is made of several rows.
    grouped: bool,
}

impl Ledger {
    /// Whether there is a ledger at `path`.
    ///
    /// # Errors
    /// Something else is there, or the file cannot be read.
    pub fn is_there(path: &Path) -> Result<bool, LedgerError> {
        is_there(path).map_err(|obstacle| LedgerError::Unopenable {
            path: path.display().to_string(),
            obstacle,
        })
    }

    /// Where the ledger of the campaign called `name` lies below `state`.
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
        let connection = schema::open(path)?;
        Ok(Self {
            path: path.to_owned(),
            connection,
            grouped: false,
        })
    }

    fn failed(&self, source: rusqlite::Error) -> LedgerError {
        LedgerError::Sqlite {
            path: self.path.display().to_string(),
            source,
        }
    }
}

#[cfg(test)]
mod tests;
