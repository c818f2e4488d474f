//! What is asked of a mailbox, whatever its server speaks.
//!
//! A mailbox lists what is in a folder and hands out the beginnings of mails, or pieces of one. It
//! changes nothing but marks and places of mails, if that is asked for, and it never deletes.

use jiff::Timestamp;

use super::failure::FetchError;

/// So much of a mail is enough to say what it is.
pub const PIECE: u64 = 256 * 1024;

/// What a mail is called in its folder: its UID, or its number in the listing over POP3.
pub type Uid = u32;

/// A folder that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Its name, for people.
    pub name: String,
    /// UIDVALIDITY: with another one, UIDs mean other mails. `None` where there are no UIDs.
    pub validity: Option<u32>,
    /// Mails in it.
    pub exists: u32,
    /// The UID of the next mail, where the server says it.
    pub next: Option<Uid>,
}

/// A mail in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// What it is called there.
    pub uid: Uid,
    /// Octets, as the server says; servers are wrong about it.
    pub size: Option<u64>,
    /// When the server got it.
    pub arrived: Option<Timestamp>,
    /// A hash of its UIDL.
    pub uidl: Option<[u8; 16]>,
}

/// What came of the wish for a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Got {
    /// Its octets, as many as were wanted at most; whether that is all.
    Mail {
        /// The octets.
        octets: Vec<u8>,
        /// Nothing is missing.
        whole: bool,
    },
    /// The answer about it cannot be read.
    Unreadable(String),
    /// It is there no more.
    Gone,
}

/// Takes mails as they come; `false` ends it.
pub type Taking<'t> = dyn FnMut(Uid, Got) -> bool + Send + 't;

/// A conversation about mailboxes.
pub trait Mailbox {
    /// Opens a folder for reading.
    async fn open(&mut self, folder: &str) -> Result<Folder, FetchError>;

    #[expect(
        dead_code,
        reason = "the options that show, mark and move mails are not there yet"
    )]
    /// The names of all folders.
    async fn folders(&mut self) -> Result<Vec<String>, FetchError>;

    /// The mails of the folder from this UID on, in the order in which they came.
    async fn list(&mut self, folder: &Folder, from: Uid) -> Result<Vec<Listed>, FetchError>;

    /// The first `piece` octets of these mails. Each mail is handed on once, in this order as far
    /// as the server keeps it.
    async fn heads(&mut self, mails: &[Listed], piece: u64, take: &mut Taking<'_>) -> Result<(), FetchError>;

    #[expect(
        dead_code,
        reason = "the options that show, mark and move mails are not there yet"
    )]
    /// A mail up to `most` octets, in pieces.
    async fn whole(&mut self, mail: &Listed, most: u64) -> Result<Got, FetchError>;

    #[expect(
        dead_code,
        reason = "the options that show, mark and move mails are not there yet"
    )]
    /// Marks these mails as read, or moves them.
    async fn mark(&mut self, folder: &str, uids: &[Uid], mark: &Mark) -> Result<(), FetchError>;

    /// Says goodbye; what comes back does not matter.
    async fn leave(self);
}

/// What is done to mails that were matched, if it is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    /// They are marked as read.
    pub seen: bool,
    /// They are moved to this folder.
    pub move_to: Option<String>,
}
