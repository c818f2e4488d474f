//! `server = "imaps://imap.uni.example"`: where a mailbox is read, how, and how the connection is
//! protected.

use std::fmt;
use std::str::FromStr;

use crate::smtp::Security;
use crate::words::{Said, Speak, say, spoken};

use super::server::Server;
use super::wrong::Wrong;

/// How a mailbox is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MailProtocol {
    /// IMAP (RFC 3501).
    Imap,
    /// POP3 (RFC 1939).
    Pop3,
}

impl Speak for MailProtocol {
    fn said(&self) -> Said {
        Said::verbatim(match self {
            Self::Imap => "IMAP",
            Self::Pop3 => "POP3",
        })
    }
}

spoken!(MailProtocol);

/// A mail server's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailServer {
    /// What it speaks.
    pub protocol: MailProtocol,
    /// Host, port and protection.
    pub server: Server,
}

const SCHEMES: [(&str, Security, u16); 6] = [
    ("imaps", Security::ImplicitTls, 993),
    ("imap", Security::StartTls, 143),
    ("imap+plain", Security::Plaintext, 143),
    ("pop3s", Security::ImplicitTls, 995),
    ("pop3", Security::StartTls, 110),
    ("pop3+plain", Security::Plaintext, 110),
];

impl MailServer {
    /// The usual port of a protocol, under TLS from the beginning.
    pub(crate) fn under_tls(protocol: MailProtocol, host: &str) -> Self {
        let port = match protocol {
            MailProtocol::Imap => 993,
            MailProtocol::Pop3 => 995,
        };
        Self {
            protocol,
            server: Server {
                host: host.to_owned(),
                port,
                security: Security::ImplicitTls,
            },
        }
    }
}

impl FromStr for MailServer {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Self, Wrong> {
        let (server, scheme) = Server::located(text, &SCHEMES, &|| say!("campaign-mail-server-forms"))?;
        let protocol = if scheme.starts_with("imap") {
            MailProtocol::Imap
        } else {
            MailProtocol::Pop3
        };
        Ok(Self { protocol, server })
    }
}

impl fmt::Display for MailServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.protocol {
            MailProtocol::Imap => "imap",
            MailProtocol::Pop3 => "pop3",
        };
        let end = match self.server.security {
            Security::ImplicitTls => "s",
            Security::StartTls => "",
            Security::Plaintext => "+plain",
        };
        let Server { host, port, .. } = &self.server;
        if host.contains(':') {
            write!(f, "{name}{end}://[{host}]:{port}")
        } else {
            write!(f, "{name}{end}://{host}:{port}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_and_their_ports() {
        for (text, shown) in [
            ("imaps://imap.uni.example", "imaps://imap.uni.example:993"),
            ("imap://imap.uni.example", "imap://imap.uni.example:143"),
            ("imap+plain://[::1]:1143", "imap+plain://[::1]:1143"),
            ("pop3s://pop.uni.example", "pop3s://pop.uni.example:995"),
            ("pop3://pop.uni.example:1110", "pop3://pop.uni.example:1110"),
            ("pop3+plain://127.0.0.1", "pop3+plain://127.0.0.1:110"),
        ] {
            let parsed = text.parse::<MailServer>().map(|server| server.to_string());
            assert_eq!(parsed, Ok(shown.to_owned()), "{text}");
        }
        for (text, word) in [
            ("imap.uni.example", "imaps://"),
            ("smtps://uni.example", "imaps://"),
            ("pop://uni.example", "pop3s://"),
            ("imaps://ada:secret@uni.example", "password"),
            ("imaps://uni.example/INBOX", "follow"),
        ] {
            let error = text.parse::<MailServer>().unwrap_err().to_string();
            assert!(
                error.contains(word) && !error.contains("secret"),
                "{text}: {error}"
            );
        }
    }
}
