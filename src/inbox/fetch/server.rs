//! Where a mailbox is, how the connection to it is protected, and who reads it.

use crate::smtp::Endpoint;

/// How a mailbox is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// IMAP (RFC 3501).
    Imap,
    /// POP3 (RFC 1939).
    Pop3,
}

impl Protocol {
    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Imap => "IMAP",
            Self::Pop3 => "POP3",
        }
    }
}

/// A mail server, and everything that is needed to read a mailbox there.
#[derive(Debug, Clone)]
pub struct MailServer {
    /// What it speaks.
    pub protocol: Protocol,
    /// Host, port, protection, login and time limits.
    pub endpoint: Endpoint,
    /// What it is called where it is remembered: `imaps://imap.uni.example:993`.
    pub name: String,
}
