//! A recipient: the addresses and the key of a row.

use std::collections::HashSet;

use lettre::Address;
use lettre::message::Mailbox;

use super::key::Key;

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
    /// The Sender mailbox, if it is another person.
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
        if self.cc.is_empty() && self.bcc.is_empty() {
            return vec![self.to.email.clone()];
        }
        let mut known = HashSet::new();
        // A person in both To and Cc gets one copy, however the address is written.
        let first = |mailbox: &&Mailbox| known.insert(Key::of_address(&mailbox.email));
        all.filter(first).map(|mailbox| mailbox.email.clone()).collect()
    }
}
