//! A mail that was read, and why a file cannot be read.

use std::io;
use std::path::{Path, PathBuf};

use crate::storage::Obstacle;
use crate::words::{Said, Speak, say};

/// Octets of a mail that are kept: sorting needs no more, and a server is asked for no more.
pub(super) const MOST: usize = 256 << 10;

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
    why: Why,
}

#[derive(Debug)]
enum Why {
    Obstacle(Obstacle),
    NoMail(NotMail),
}

/// What a file is that holds no mail in a form that is read here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotMail {
    /// A data file of Outlook (.pst, .ost).
    OutlookData,
    /// One message of Outlook (.msg).
    OutlookMessage,
    /// A data file of Outlook Express (.dbx).
    OutlookExpress,
    /// A zip file or the like.
    Packed,
    /// A picture, a document, a list: anything else.
    Other,
}

impl Speak for Unreadable {
    fn said(&self) -> Said {
        let file = self.path.as_path();
        match &self.why {
            Why::Obstacle(obstacle) => say!("inbox-unreadable", file = file, why = obstacle),
            Why::NoMail(NotMail::OutlookData) => say!("inbox-outlook-data", file = file),
            Why::NoMail(NotMail::OutlookMessage) => say!("inbox-outlook-message", file = file),
            Why::NoMail(NotMail::OutlookExpress) => say!("inbox-outlook-express", file = file),
            Why::NoMail(NotMail::Packed) => say!("inbox-packed", file = file),
            Why::NoMail(NotMail::Other) => say!("inbox-no-mail", file = file),
        }
    }

    fn hints(&self) -> Vec<Said> {
        match &self.why {
            Why::Obstacle(obstacle) => obstacle.hints(),
            Why::NoMail(NotMail::Packed) => vec![say!("inbox-packed-hint")],
            Why::NoMail(NotMail::Other) => vec![say!("inbox-no-mail-hint")],
            Why::NoMail(NotMail::OutlookData | NotMail::OutlookMessage | NotMail::OutlookExpress) => {
                vec![say!("inbox-outlook-hint")]
            }
        }
    }
}

impl Unreadable {
    pub(super) fn at(path: &Path, error: io::Error) -> Self {
        Self {
            path: path.to_owned(),
            why: Why::Obstacle(Obstacle::to_file(path, error)),
        }
    }

    pub(super) fn no_mail(path: &Path, what: NotMail) -> Self {
        Self {
            path: path.to_owned(),
            why: Why::NoMail(what),
        }
    }

    /// It can be read, and holds no mail.
    pub fn is_no_mail(&self) -> bool {
        matches!(self.why, Why::NoMail(_))
    }
}
