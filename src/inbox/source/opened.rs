//! Opens what holds mails, whatever it is.

use std::path::Path;

use super::folder::Folder;
use super::incoming::{Incoming, Unreadable};
use super::kind::Named;
use super::mbox::Mbox;

/// The mails at a place, one after the other.
pub enum Source {
    /// In one file.
    File(Mbox),
    /// In the files of a folder.
    Folder(Folder),
}

impl Source {
    /// The mails at `path`: a mailbox file, a file with one mail, a Maildir, or a folder of files.
    ///
    /// # Errors
    /// It is not there, or cannot be read.
    pub fn open(path: &Path) -> Result<Self, Unreadable> {
        if path.is_dir() {
            return Folder::open(path).map(Self::Folder);
        }
        Mbox::open(path, Named::ByPerson).map(Self::File)
    }

    /// Files of a folder that were passed over so far, because they hold no mails.
    pub fn passed_over(&self) -> u64 {
        match self {
            Self::File(_) => 0,
            Self::Folder(folder) => folder.passed_over(),
        }
    }
}

impl Iterator for Source {
    type Item = Result<Incoming, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::File(mbox) => mbox.next(),
            Self::Folder(folder) => folder.next(),
        }
    }
}
