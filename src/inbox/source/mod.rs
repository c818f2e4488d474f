//! Where mails that came back are read from: a mailbox file, a Maildir, a folder of files, one file.
//!
//! Nothing is moved, marked or removed. Of a very large mail only the beginning is kept.

mod folder;
mod incoming;
mod kind;
mod lines;
mod mbox;
mod opened;
mod separator;

pub use incoming::{Incoming, Unreadable};
pub use opened::Source;

#[cfg(test)]
mod tests;
