//! Recipient + rendered templates -> a message: envelope, headers, parts.
//!
//! lettre encodes header fields, bodies and attachments; the lines that are the same in every
//! message are made once, and shared attachments are referenced, not copied. Everything that would
//! make two compositions of the same message differ (Message-ID, boundaries, Date) is derived, not
//! random, so a dry run is reproducible, and a message that is sent again is the same, octet for
//! octet. Data is guarded before lettre sees it (control characters panic there), and the finished
//! octets pass a gate: CRLF only, no NUL, no line over 998 octets. If a message is to be signed
//! (DKIM), this happens afterwards, when it is sent.
//!
//! Of SMTP it knows only the envelope.

mod attachments;
mod bodies;
mod calendar;
mod compile;
mod compose;
mod content;
mod dkim;
mod dkim_key;
mod emphasis;
mod encoded;
mod encoding;
mod fields;
mod gate;
mod headers;
mod hiding;
#[cfg(test)]
mod hostile;
mod identity;
mod layout;
mod line_ends;
mod links;
mod markdown;
mod neighbours;
mod nodes;
mod plain;
mod readable;
mod ready;
mod references;
mod styles;
mod tables;
mod tags;
mod unsubscribe;
mod wordless;

pub use attachments::{
    ATTACH_COLUMN, NamedFile, files_in_cell, is_local_picture, picture_named, shows_picture,
};
pub use bodies::LANGUAGE;
pub use compile::compile;
pub use compose::{Composer, Rendered, Stamp};
pub use content::Content;
pub use dkim::{Signer, Signing};
pub use dkim_key::{KeyKind, PublicKey, generate as generate_key};

pub use hiding::{Sight, sight};
pub use identity::{IdForm, MailingId, token_in};
pub use ready::{COMPOSING_RULES, Message};
pub use references::images_in;
