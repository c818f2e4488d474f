//! Why one of the user's files cannot be used.

use std::io;
use std::path::Path;

use crate::storage::{FolderError, Held, Obstacle};

use super::state::or_elsewhere;

/// A file of what belongs to the user cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum UserFileError {
    /// There is no place for it.
    #[error(
        "there is no home folder to keep your suppression list in; set MAILSHOT_STATE to a folder that stays"
    )]
    NoHome,
    /// Its folder cannot be made.
    #[error("{error}{}", or_elsewhere(&.0.obstacle), error = .0)]
    Folder(#[from] FolderError),
    /// It cannot be read or written.
    #[error("{path} cannot be used: {obstacle}")]
    File {
        /// The file.
        path: String,
        /// What is in the way.
        obstacle: Obstacle,
    },
    /// The key is not what was written.
    #[error(
        "the key for unsubscribe tokens, {0}, is damaged; restore it from a backup: with another one, the tokens in mails that went out mean nobody"
    )]
    DamagedKey(String),
    /// A line of the list cannot be read.
    #[error(
        "your suppression list {path}, line {line}: `{who}` is neither an e-mail address nor an unsubscribe token: {why}; correct the line, or take it out"
    )]
    DamagedList {
        /// The file.
        path: String,
        /// The line.
        line: u64,
        /// What the line says.
        who: String,
        /// What is wrong with it.
        why: String,
    },
}

/// The account store cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum AccountStoreError {
    /// There is no place for it.
    #[error(
        "there is no home folder to keep the relays' quotas in; set MAILSHOT_STATE to a folder that stays"
    )]
    NoHome,
    /// Its folder cannot be made.
    #[error("{error}{}", or_elsewhere(&.0.obstacle), error = .0)]
    Folder(#[from] FolderError),
    /// The file cannot be made or opened.
    #[error("the account store {path} cannot be opened: {obstacle}{}", or_elsewhere(.obstacle))]
    Unopenable {
        /// The file.
        path: String,
        /// What is in the way.
        obstacle: Obstacle,
    },
    /// The file cannot be written.
    #[error(
        "the account store {path} cannot be used: {words}; set MAILSHOT_STATE to a folder that can be written"
    )]
    Unusable {
        /// The file.
        path: String,
        /// SQLite's words.
        words: String,
    },
    /// Another program holds it.
    #[error("the account store {path} cannot be used: {held}")]
    Held {
        /// The file.
        path: String,
        /// What to do.
        held: Held,
    },
    /// It is a file of something else.
    #[error("{0} is not mailshot's account store; move it away, or set MAILSHOT_STATE to another folder")]
    Foreign(String),
    /// It was written by a later mailshot.
    #[error(
        "{path} was written by a newer mailshot (account store version {found}, this one knows {known}); use that one"
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
        "the account store {path} is damaged ({words}); move it away to start anew (what was sent in the last 24 hours is then not counted against the relays' limits)"
    )]
    Damaged {
        /// The file.
        path: String,
        /// What SQLite found.
        words: String,
    },
}

impl UserFileError {
    pub(super) fn file(path: &Path, error: io::Error) -> Self {
        Self::File {
            path: path.display().to_string(),
            obstacle: Obstacle::to_file(path, error),
        }
    }
}
