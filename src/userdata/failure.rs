//! Why one of the user's files cannot be used.

use std::io;
use std::path::Path;

use crate::storage::{FolderError, Held, Obstacle};
use crate::words::{Arg, Said, Speak, say, sqlite};

/// A file of what belongs to the user cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said())]
pub enum UserFileError {
    /// There is no place for it.
    NoHome,
    /// Its folder cannot be made.
    Folder(#[from] FolderError),
    /// It cannot be read or written.
    File {
        /// The file.
        path: String,
        /// What is in the way.
        obstacle: Obstacle,
    },
    /// The key is not what was written.
    DamagedKey(String),
    /// A line of the list cannot be read.
    DamagedList {
        /// The file.
        path: String,
        /// The line.
        line: u64,
        /// What the line says.
        who: String,
        /// What is wrong with it.
        why: Said,
    },
}

/// The account store cannot be opened.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said())]
pub enum AccountStoreError {
    /// There is no place for it.
    NoHome,
    /// Its folder cannot be made.
    Folder(#[from] FolderError),
    /// The file cannot be made or opened.
    Unopenable {
        /// The file.
        path: String,
        /// What is in the way.
        obstacle: Obstacle,
    },
    /// The file cannot be written.
    Unusable {
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
    /// It is a file of something else.
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
}

impl Speak for UserFileError {
    fn said(&self) -> Said {
        match self {
            Self::NoHome => say!("userdata-no-home-for-list"),
            Self::Folder(error) => error.said(),
            Self::File { path, obstacle } => say!("userdata-file-unusable", path = path, why = obstacle),
            Self::DamagedKey(path) => say!("userdata-key-damaged", path = path),
            Self::DamagedList { path, line, who, why } => say!(
                "userdata-list-damaged",
                path = path,
                line = Arg::plain(line),
                who = who,
                why = why.clone()
            ),
        }
    }

    fn hints(&self) -> Vec<Said> {
        match self {
            Self::NoHome => vec![say!("userdata-hint-lasting-folder")],
            Self::Folder(error) => or_elsewhere(&error.obstacle),
            Self::File { obstacle, .. } => obstacle.hints(),
            Self::DamagedKey(_) => vec![say!("userdata-hint-key-damaged")],
            Self::DamagedList { .. } => vec![say!("userdata-hint-list-damaged")],
        }
    }
}

impl Speak for AccountStoreError {
    fn said(&self) -> Said {
        match self {
            Self::NoHome => say!("userdata-no-home-for-accounts"),
            Self::Folder(error) => error.said(),
            Self::Unopenable { path, obstacle } => {
                say!("userdata-accounts-unopenable", path = path, why = obstacle)
            }
            Self::Unusable { path, source } => {
                say!("userdata-accounts-unusable", path = path, why = sqlite(source))
            }
            Self::Held { path, held } => say!("userdata-accounts-unusable", path = path, why = held),
            Self::Foreign(path) => say!("userdata-accounts-foreign", path = path),
            Self::Newer { path, found, known } => say!(
                "userdata-accounts-newer",
                path = path,
                found = Arg::plain(found),
                known = Arg::plain(known)
            ),
            Self::Damaged { path, words } => say!("userdata-accounts-damaged", path = path, own = words),
        }
    }

    fn hints(&self) -> Vec<Said> {
        match self {
            Self::NoHome => vec![say!("userdata-hint-lasting-folder")],
            Self::Folder(FolderError { obstacle, .. }) | Self::Unopenable { obstacle, .. } => {
                or_elsewhere(obstacle)
            }
            Self::Unusable { .. } => vec![say!("userdata-hint-writable-folder")],
            Self::Held { held, .. } => held.hints(),
            Self::Foreign(_) => vec![say!("userdata-hint-accounts-foreign")],
            Self::Newer { .. } => vec![say!("userdata-hint-accounts-newer")],
            Self::Damaged { .. } => vec![say!("userdata-hint-accounts-damaged")],
        }
    }
}

/// What to do about an obstacle, or another folder.
fn or_elsewhere(obstacle: &Obstacle) -> Vec<Said> {
    let mut hints = obstacle.hints();
    hints.push(if hints.is_empty() {
        say!("userdata-hint-writable-folder")
    } else {
        say!("userdata-hint-other-folder")
    });
    hints
}

impl UserFileError {
    pub(super) fn file(path: &Path, error: io::Error) -> Self {
        Self::File {
            path: path.display().to_string(),
            obstacle: Obstacle::to_file(path, error),
        }
    }
}
