//! A message as it leaves this room.

use lettre::Address;

use crate::campaign::Dsn;

use super::attachments::NamedFile;
use super::content::Content;

/// The number of the rules by which messages are composed. A change of the octets of a campaign's
/// messages must raise it, so that a mailing that was begun with other rules stops instead of
/// continuing with other octets.
pub const COMPOSING_RULES: u32 = 4;

/// A message ready to be handed to a relay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The reverse-path (RFC 5321 §4.1.1.2).
    pub return_path: Address,
    /// The forward-paths, the To first.
    pub recipients: Vec<Address>,
    /// The Message-ID with its angle brackets.
    pub message_id: String,
    /// What the relay is asked to report back.
    pub dsn: Option<Dsn>,
    /// Headers and body.
    pub content: Content,
    /// The files in it that its row names.
    pub files: Vec<NamedFile>,
}

impl Message {
    /// Whether the content needs 8BITMIME.
    pub fn is_eight_bit(&self) -> bool {
        !self.content.is_ascii()
    }

    /// Whether its header needs SMTPUTF8: an address beyond ASCII has no other form.
    pub fn has_utf8_header(&self) -> bool {
        let own = &self.content.own;
        let header = memchr::memmem::find(own, b"\r\n\r\n").unwrap_or(own.len());
        self.is_eight_bit() && !own.get(..header).unwrap_or_default().is_ascii()
    }
}
