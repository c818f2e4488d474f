//! The question before the first message: who gets what, through which relay, and when it will be
//! done.

use std::time::Duration;

use jiff::Timestamp;
use lettre::Address;

use crate::campaign::{Rate, Relay};
use crate::ledger::Owed;

/// From this number of copies on, a message is mentioned.
pub const MANY: u64 = 20;

/// What a limit by the hour or day leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// Of the relay called so.
    pub relay: String,
    /// The limit.
    pub limit: Rate,
    /// Envelope recipients that may still be sent to.
    pub left: u64,
    /// With nothing left: how long it takes until there is something again.
    pub wait: Option<Duration>,
}

/// What is asked before the first mail.
#[derive(Debug)]
pub struct Question<'q> {
    /// Messages of this run to recipients.
    pub messages: u64,
    /// Copies of messages of earlier runs.
    pub owed: Owed,
    /// The relays.
    pub relays: &'q [Relay],
    /// What their limits by the hour and day leave.
    pub room: Vec<Room>,
    /// How many envelope recipients these limits let go out at once, where there are such.
    pub at_once: Option<u64>,
    /// Who is to be the sender.
    pub from: &'q str,
    /// The first of those who get a message of this run, as mailboxes.
    pub first: Vec<String>,
    /// All of it goes to this address instead.
    pub test_to: Option<&'q Address>,
    /// Files that go with every message.
    pub attached: Vec<String>,
    /// Files that go with some.
    pub own_files: OwnFiles,
    /// Cc and Bcc.
    pub copies: Copies,
    /// How long it will take at least.
    pub estimate: Duration,
    /// What time it is.
    pub now: Timestamp,
    /// The mailing goes on: how many have been accepted before.
    pub accepted_before: u64,
}

/// Files that rows name.
#[derive(Debug, Clone, Default)]
pub struct OwnFiles {
    /// The number of messages.
    pub messages: u64,
    /// The first of them.
    pub first: Option<String>,
    /// Not all messages were looked at: there may be more.
    pub more: bool,
}

/// Copies of the messages of a run, by Cc and Bcc.
#[derive(Debug, Clone, Default)]
pub struct Copies {
    /// How many.
    pub count: u64,
    /// Not all messages were looked at: it may be another number.
    pub about: bool,
    /// Who gets one of every message, and whether only the envelope says so (Bcc); of one message,
    /// where they are few.
    pub of_all: Vec<(Address, bool)>,
    /// Messages with [`MANY`] and more.
    pub many: u64,
    /// The most that one message has.
    pub most: u64,
}
