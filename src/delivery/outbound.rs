//! A message on its way to a recipient.

use crate::campaign::Problems;
use crate::message::Message;

use super::journal::{Claimed, RecipientId};
use super::relay::Permit;

/// A claimed recipient's message, as composed.
#[derive(Debug)]
pub struct Composed {
    /// The Date header, unix seconds; kept with the intent.
    pub date: i64,
    /// Envelope and content.
    pub message: Message,
}

/// Composes a claimed recipient's message; called on several threads at once.
pub type Compose = Box<dyn Fn(&Claimed) -> Result<Composed, Problems> + Send + Sync>;

/// A composed message on its way, and who it is for.
#[derive(Debug)]
pub(crate) struct OutboundMessage {
    /// The recipient in the journal.
    pub(crate) recipient: RecipientId,
    /// The recipient's key, for people.
    pub(crate) key: String,
    /// The row of the list that it was made of.
    pub(crate) row: u64,
    /// Attempts before, in this mailing.
    pub(crate) attempts: u32,
    /// The Date header, unix seconds.
    pub(crate) date: i64,
    /// Envelope and content.
    pub(crate) message: Message,
    /// What it was given of its relay's hour and day limits.
    pub(crate) permit: Option<Permit>,
    /// Relays that would not take it, by number: the others are asked first.
    pub(crate) refused_by: Vec<usize>,
    /// Sessions in a row that could not take it.
    pub(crate) unsuited: u32,
}

impl OutboundMessage {
    /// The message of a claimed recipient.
    pub(crate) fn of(claimed: Claimed, mut composed: Composed) -> Self {
        if let Some(copy) = &claimed.copy {
            let mut to = composed.message.recipients.clone();
            to.retain(|address| address.to_string() == *copy);
            to.truncate(1);
            // An address that the list has no more is still owed the copy.
            to.extend(copy.parse().ok().filter(|_| to.is_empty()));
            composed.message.recipients = to;
        }
        Self {
            recipient: claimed.recipient,
            row: claimed.row.number,
            attempts: claimed.attempts,
            key: claimed.key,
            date: composed.date,
            message: composed.message,
            permit: None,
            refused_by: Vec::new(),
            unsuited: 0,
        }
    }

    /// Whose copy it is, where it is one alone.
    pub(crate) fn copy_address(&self) -> Option<String> {
        self.recipient.of_copy()?;
        self.message.recipients.first().map(ToString::to_string)
    }

    /// Octets it holds in memory by itself.
    pub(crate) fn octets(&self) -> usize {
        self.message.content.own.len()
    }

    /// Envelope recipients, as limits count them.
    pub(crate) fn recipients(&self) -> u32 {
        u32::try_from(self.message.recipients.len()).unwrap_or(u32::MAX)
    }
}
