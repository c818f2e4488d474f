//! `[inbox]`: the mailbox that answers arrive in, and how to read it.

use jiff::Timestamp;

use super::mail_server::MailServer;
use super::preset::Preset;
use super::relay::Relay;

/// The name that the login of a mailbox has among the relays'.
pub(crate) const INBOX: &str = "inbox";

/// The mailbox that answers arrive in.
#[derive(Debug, Clone)]
pub struct MailAccount {
    /// Where it is.
    pub server: MailServer,
    /// Who reads it, what certificates are trusted, and the time limits: as for a relay, whose secrets
    /// have the same sources.
    pub access: Relay,
    /// The folders, by the names that people read.
    pub folders: Vec<String>,
    /// Mails from this moment on.
    pub since: Option<Timestamp>,
}

impl MailAccount {
    /// With the login and the trust of a relay.
    pub(crate) fn new(server: MailServer, access: Relay) -> Self {
        Self {
            server,
            access,
            folders: vec!["INBOX".to_owned()],
            since: None,
        }
    }
}

impl Preset {
    /// The preset whose mailboxes are at this host.
    pub fn of_mailbox(host: &str) -> Option<&'static Self> {
        let is = |known: &Option<String>| {
            known
                .as_ref()
                .is_some_and(|known| known.eq_ignore_ascii_case(host))
        };
        Self::all().find(|preset| is(&preset.imap) || is(&preset.pop))
    }
}
