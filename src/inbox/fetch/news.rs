//! What comes of fetching, in the order in which it happens.

use super::failure::FetchError;
use super::mailbox::{Listed, Uid};
use super::memory::{Memory, Place, Rescan};

/// A step of fetching.
#[derive(Debug)]
pub enum News {
    /// A folder is read now.
    Folder {
        /// Which.
        place: Place,
        /// What is known of it from here on.
        memory: Memory,
        /// Mails that will be read.
        new: usize,
        /// Why they are more than those that came since.
        rescan: Option<Rescan>,
    },
    /// A mail.
    Mail {
        /// Where it is.
        listed: Listed,
        /// Its octets, or their beginning.
        octets: Vec<u8>,
    },
    /// A mail that could not be read.
    Unreadable {
        /// Where it is.
        listed: Listed,
        /// Why.
        why: String,
    },
    /// A mail was deleted before it could be read.
    Gone {
        /// Where it was.
        listed: Listed,
    },
    /// All mails up to this one were handed on.
    UpTo(Uid),
    /// The folder was read to its end; over POP3, the names of its mails.
    Read(Option<Vec<[u8; 16]>>),
    /// It ends early.
    Failed(FetchError),
}
