//! Recipient + rendered templates -> a message: envelope, headers, parts.
//!
//! lettre encodes header fields, bodies and attachments; the lines that are the
//! same in every message are made once, and shared attachments are held and not
//! copied. Everything that would make two compositions of the same message
//! differ (Message-ID, boundaries, Date) is derived instead of random, so a dry
//! run is reproducible and a re-sent message is the same, octet for octet. Data is guarded before lettre sees
//! it (control characters panic there), and the finished octets pass a gate:
//! CRLF only, no NUL, no line over 998 octets. A message that is to be signed (DKIM) is
//! signed after that, by whoever lets it out.
//!
//! It knows nothing of SMTP beyond what the envelope is.

mod attachments;
mod bodies;
mod calendar;
mod compile;
mod compose;
mod content;
mod dkim;
mod dkim_key;
mod encoding;
mod gate;
mod headers;
#[cfg(test)]
mod hostile;
mod identity;
mod layout;
mod line_ends;
mod markdown;
mod styles;
mod unsubscribe;

use lettre::Address;

use crate::campaign::Dsn;

pub use attachments::NamedFile;
pub use bodies::{LANGUAGE, languages};
pub use compile::compile;
pub use compose::{Composer, Rendered, Stamp};
pub use content::{Content, Shared};
pub use dkim::{SignError, Signer, Signing};
pub use dkim_key::{KeyError, KeyKind, PublicKey, generate as generate_key};
pub use gate::{GateError, pass as pass_gate};
pub use identity::{MailingId, message_id};

/// The number of the rules by which messages are composed. Whoever changes the octets that a
/// campaign's messages have raises it, so that a mailing that was begun by other rules stops
/// instead of going on with other octets.
pub const COMPOSING_RULES: u32 = 1;

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
