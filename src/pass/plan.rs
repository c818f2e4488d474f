//! What is composed in a pass, and what it yields.

use jiff::Timestamp;
use lettre::Address;
use lettre::message::Mailbox;

use crate::audience::{Audience, Condition};
use crate::campaign::{Problem, Problems};
use crate::message::{Composer, Content, NamedFile, Signing, Stamp};
use crate::recipients::Key;
use crate::table::{Row, RowFault, TableError};
use crate::words::Said;

use super::cancel::Cancel;

/// What is composed in a pass.
#[derive(Clone)]
pub struct Pass<'p> {
    /// Whose rows are read.
    pub audience: &'p Audience,
    /// Composes their messages.
    pub composer: &'p Composer,
    /// The mailing the messages say they belong to.
    pub stamp: Stamp,
    /// Their Date.
    pub date: Timestamp,
    /// Who of them this run is about; all of them when absent.
    pub chosen: Option<&'p Condition>,
    /// Signs those whose content is kept. Nobody else's: it takes longer than all the rest.
    pub signing: Option<&'p Signing>,
    /// Whose content is kept; asked on any thread.
    pub keep: &'p (dyn Fn(&Key) -> bool + Sync),
    /// Ends it early.
    pub cancel: Cancel,
}

/// Why a pass did not come to its end.
#[derive(Debug)]
pub enum PassError {
    /// The file cannot be read to its end.
    Table(TableError),
    /// A row's templates take too long.
    TooLong(Box<Problem>),
    /// It was [cancelled](Cancel).
    Cancelled,
}

impl From<TableError> for PassError {
    fn from(error: TableError) -> Self {
        Self::Table(error)
    }
}

/// A row that came by.
#[derive(Debug)]
pub struct Passed<S> {
    /// As it was read.
    pub read: Result<Row, RowFault>,
    /// Its result.
    pub outcome: Outcome,
    /// What was seen of it on the way.
    pub seen: S,
}

/// The result of a row.
#[derive(Debug)]
pub enum Outcome {
    /// A message.
    Composed(Composed),
    /// A suppressed recipient.
    Suppressed {
        /// Who it is.
        key: Key,
        /// Where they stand: `unsubscribed.csv, line 3`.
        why: Said,
    },
    /// No message.
    Fault {
        /// Why.
        problems: Problems,
        /// Where its recipient is at, where that much is known.
        domain: Option<String>,
    },
}

/// What is kept of a message.
#[derive(Debug)]
pub struct Composed {
    /// Who it is for.
    pub key: Key,
    /// The To mailbox.
    pub to: Mailbox,
    /// Its envelope recipients.
    pub addresses: u64,
    /// Those of them by Bcc.
    pub bcc: Vec<Address>,
    /// Octets of it.
    pub octets: u64,
    /// Octets that are in memory for it alone.
    pub own: usize,
    /// Whether this run is about it.
    pub chosen: bool,
    /// The message, where it is kept.
    pub content: Option<Content>,
    /// The files in it that its row names.
    pub files: Vec<NamedFile>,
}

impl<'p> Pass<'p> {
    /// Composes every message for `stamp` and keeps none.
    pub fn new(audience: &'p Audience, composer: &'p Composer, stamp: Stamp) -> Self {
        Self {
            audience,
            composer,
            stamp,
            date: Timestamp::UNIX_EPOCH,
            chosen: None,
            signing: None,
            keep: &|_| false,
            cancel: Cancel::default(),
        }
    }
}
