//! What sorting finds out about a mail.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a mail that came back is, and how that was found out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Sorted {
    /// What it is.
    pub class: Class,
    /// One for each recipient that the mail reports on: of bounces, delay notices, news of delivery,
    /// and complaints. Empty for all others.
    pub recipients: Vec<Reported>,
    /// All that could be tokens of ours, in the order found: see `tokens.rs`.
    pub tokens: Vec<String>,
    /// What decided, in short English facts.
    pub evidence: Vec<String>,
    /// The addresses that the mail itself went to, from its Delivered-To, X-Original-To,
    /// Envelope-To and To fields, without BATV's tags.
    pub envelope_to: Vec<String>,
    /// The address of its From field.
    pub from: Option<String>,
    /// Its subject, decoded, in one line.
    pub subject: Option<String>,
    /// Its Date field.
    pub date: Option<Timestamp>,
    /// Its Message-ID, without angle brackets.
    pub message_id: Option<String>,
    /// Of replies, automatic answers and requests to leave: how the person's own words begin, without
    /// what they quote.
    pub words: Option<String>,
}

/// What a mail is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// A report that a message was not delivered and will not be.
    Bounce,
    /// A report that a message was not delivered yet.
    Delayed,
    /// A report that a message was delivered, or handed on to where no reports come from.
    Delivered,
    /// A recipient called a message spam.
    Complaint,
    /// An automatic answer: the person is away, or mail is no longer read.
    Autoreply,
    /// A demand that the sender proves to be a person.
    Challenge,
    /// A person has opened or deleted a message.
    Receipt,
    /// A request to get no more mail.
    Unsubscribe,
    /// A person's answer.
    Reply,
    /// Anything else.
    #[default]
    Other,
}

/// What a report says about one recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reported {
    /// Who it is about, as the report writes it.
    pub address: String,
    /// Who the message was for, where that is another address.
    pub original: Option<String>,
    /// What became of the message.
    pub action: Option<Action>,
    /// The enhanced status code that counts (RFC 3463), such as `5.1.1`.
    pub status: Option<String>,
    /// The SMTP reply code, such as 550.
    pub code: Option<u16>,
    /// Of bounces: what it means for the address.
    pub kind: Option<Kind>,
    /// The cause.
    pub reason: Option<Reason>,
    /// What the far end said, in one line.
    pub words: String,
}

/// What became of a message for one recipient (RFC 3464 §2.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// It is given up.
    Failed,
    /// It is tried again.
    Delayed,
    /// It is in the mailbox.
    Delivered,
    /// It went on to a system that does not report.
    Relayed,
    /// It went on to several addresses.
    Expanded,
}

/// What a bounce means for the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Nobody is there.
    Hard,
    /// Not this time: full, unreachable, given up after waiting.
    Soft,
    /// It is about the sender or the message, not about the recipient.
    Sender,
    /// The report does not say.
    Unsure,
}

/// Why a message was not delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// There is no such mailbox.
    NoMailbox,
    /// There is no such domain, or it takes no mail.
    NoDomain,
    /// The mailbox is closed.
    Disabled,
    /// The recipient has another address now.
    Moved,
    /// The mailbox is full.
    Full,
    /// The recipient's system could not be reached, or has a fault.
    Unreachable,
    /// Tried for as long as the sending system does.
    Expired,
    /// The recipient's system wants to see the message again later.
    Greylisted,
    /// Refused by a rule of the recipient's system or the recipient.
    Policy,
    /// The sending system is on a block list or has a bad reputation.
    BlockList,
    /// Taken for spam.
    Spam,
    /// The sending system failed a check: login, SPF, DKIM, DMARC, reverse DNS, TLS.
    Authentication,
    /// The message is too large.
    Size,
    /// Too much or too fast.
    Rate,
    /// The sender's address is refused.
    SenderRefused,
    /// The form or content of the message is refused: a virus, a kind of attachment, a fault of syntax.
    Content,
    /// It went round in a circle.
    Loop,
    /// Another cause, or none is said.
    Other,
}
