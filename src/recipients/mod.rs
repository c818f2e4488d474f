//! Rows -> recipients: who a row is for, whether two rows are the same
//! person, and who is not to be written to.
//!
//! An address template is taken apart into mailboxes, phrase and address
//! before anything is rendered; each piece is rendered and checked by itself.
//! So a cell can never add a mailbox, close a bracket or start a header: the
//! name `x> , evil@example.net, <y` stays a name. A recipient is known by a
//! key, never by position, so rows may be sorted, added or mended between two
//! runs.

mod address;
mod addressing;
mod arranged;
mod columns;
mod duplicates;
mod form;
mod key;
mod mailboxes;
mod selection;
mod suppression;
mod token;

use lettre::Address;
use lettre::message::Mailbox;

pub use address::is_address;
pub use addressing::{Addressing, TOKEN};
pub use duplicates::{Repeats, Seen};
pub use key::Key;
pub use selection::{Condition, Rows, Selection, disagreement};
pub use suppression::{Entry, Suppression};
pub use token::TokenKey;

/// A row with an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// The row as the spreadsheet counts it.
    pub row: u64,
    /// Who it is.
    pub key: Key,
    /// The From mailbox; of several, the first.
    pub from: Mailbox,
    /// Further From mailboxes; then there is a Sender (RFC 5322 §3.6.2).
    pub more_from: Vec<Mailbox>,
    /// The Sender mailbox, where that is somebody else.
    pub sender: Option<Mailbox>,
    /// The one To mailbox.
    pub to: Mailbox,
    /// Cc mailboxes.
    pub cc: Vec<Mailbox>,
    /// Bcc mailboxes: in the envelope only.
    pub bcc: Vec<Mailbox>,
    /// Reply-To mailboxes.
    pub reply_to: Vec<Mailbox>,
    /// The envelope's reverse-path.
    pub return_path: Address,
}

impl Recipient {
    /// Everybody the message goes to, the To first.
    pub fn envelope_recipients(&self) -> Vec<Address> {
        let all = std::iter::once(&self.to).chain(&self.cc).chain(&self.bcc);
        let mut addresses: Vec<Address> = Vec::with_capacity(1 + self.cc.len() + self.bcc.len());
        for mailbox in all {
            // Who stands in To and Cc gets one copy.
            if !addresses.contains(&mailbox.email) {
                addresses.push(mailbox.email.clone());
            }
        }
        addresses
    }
}

#[cfg(test)]
mod tests;
