//! A mail on its way in, or why there is none.

use std::io;
use std::path::{Path, PathBuf};

use crate::storage::Obstacle;
use crate::words::{Said, Speak, say};

/// Octets of a mail that are kept.
pub(super) const MOST: usize = 8 << 20;

/// A mail, and where it is.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// The file in the folder, or the name of the file.
    pub file: String,
    /// Where it begins in a mailbox file; 0 in a file of its own.
    pub at: u64,
    /// Which mail it is, counted from 1.
    pub number: u64,
    /// The mail.
    pub octets: Vec<u8>,
}

/// A mail, or a folder of mails, that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said())]
pub struct Unreadable {
    /// The file.
    pub path: PathBuf,
    obstacle: Obstacle,
}

impl Speak for Unreadable {
    fn said(&self) -> Said {
        say!(
            "inbox-unreadable",
            file = self.path.as_path(),
            why = &self.obstacle
        )
    }

    fn hints(&self) -> Vec<Said> {
        self.obstacle.hints()
    }
}

impl Unreadable {
    pub(super) fn at(path: &Path, error: io::Error) -> Self {
        Self {
            path: path.to_owned(),
            obstacle: Obstacle::to_file(path, error),
        }
    }
}
