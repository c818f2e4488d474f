//! Where a mailbox is, how the connection to it is protected, and who reads it.

use crate::campaign::MailProtocol;
use crate::smtp::Endpoint;

/// A mail server, and everything that is needed to read a mailbox there.
#[derive(Debug, Clone)]
pub struct Access {
    /// What it speaks.
    pub protocol: MailProtocol,
    /// Host, port, protection, login and time limits.
    pub endpoint: Endpoint,
    /// What it is called where it is remembered: `imaps://imap.uni.example:993`.
    pub name: String,
}
