//! Reads mailboxes on mail servers: what is new in a folder, mail by mail.
//!
//! [`Mailbox`](mailbox::Mailbox) is the seam: IMAP and POP3 are behind it. [`Fetching`] reads on a thread
//! of its own, over as many connections as it takes, and knows what is to be remembered ([`Memory`]); who
//! keeps that is not decided here. Nothing is ever deleted, and nothing changed that was not asked for.
//!
//! Servers are not trusted: each step has a time limit, and lines, literals and answers have a largest
//! size (`wire`). What a mail is, and whose, is decided elsewhere.

mod certificate;
mod driver;
mod failure;
mod fetching;
mod imap;
mod mailbox;
mod memory;
mod news;
mod pop3;
mod sasl;
mod server;
mod wire;

pub use driver::Wanted;
pub use failure::{Again, FetchError};
pub use fetching::Fetching;
pub use mailbox::Listed;
pub use memory::{Memory, Place, Rescan};
pub use news::News;
pub use server::Access;
