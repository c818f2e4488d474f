//! Where a session goes and how: host, security, login, patience.
//!
//! Plain data, filled by the caller from its own settings; nothing here is looked up or checked
//! against the network. Secrets are held in a type that neither `Debug` nor `Display` shows.
//! The defaults of [`Timeouts`] are the minima of RFC 5321 §4.5.3.2: a shorter wait for the
//! final reply would turn accepted messages into doubtful ones.

use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use secrecy::SecretString;
use tokio_rustls::rustls;

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Security {
    /// TLS from the first byte (port 465, RFC 8314 §3.3).
    ImplicitTls,
    /// STARTTLS (port 587, RFC 3207), required: a relay that does not offer it is refused.
    StartTls,
    /// No TLS. Logging in is then possible to a loopback address only.
    Plaintext,
}

/// A relay, and everything a session needs to open a conversation with it.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// Host name (also an international one) or IP address; also the name its certificate must have.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// The TLS settings, made once by [`client_config`](super::client_config) and shared by all
    /// sessions; `None` makes them for each session from the machine's own CA store.
    pub tls: Option<Arc<rustls::ClientConfig>>,
    /// The name to give in EHLO; `None` for this machine's full name or the socket's address.
    pub ehlo: Option<String>,
    /// Who to log in as; `None` for no AUTH.
    pub login: Option<Login>,
    /// How long each step may take.
    pub timeouts: Timeouts,
    /// How much may share a flight where PIPELINING is offered.
    pub pipelining: Pipelining,
    /// Several commands in one flight have worked with this relay before; until then they are a try.
    pub flights_proven: bool,
    /// What it is called where a conversation is shown.
    pub name: Arc<str>,
    /// Which of its addresses works; shared by all sessions.
    pub remembered: Remembered,
}

/// The address of a relay that a session was opened with last, for those that follow.
#[derive(Debug, Clone, Default)]
pub struct Remembered(Arc<Mutex<Option<SocketAddr>>>);

impl Remembered {
    fn address(&self) -> MutexGuard<'_, Option<SocketAddr>> {
        // A panic while it is held leaves an address that is whole all the same.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn works(&self, address: SocketAddr) {
        *self.address() = Some(address);
    }

    /// Puts the address that worked before the others, where it is still one of them.
    pub(super) fn first(&self, addresses: &mut [SocketAddr]) {
        let works = *self.address();
        addresses.sort_by_key(|address| Some(*address) != works);
    }
}

/// How much may be sent before the replies to it are read (RFC 2920). Where a relay does not
/// offer PIPELINING, one command at a time whatever this says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pipelining {
    /// One command at a time.
    Off,
    /// MAIL, RCPT and DATA of one message.
    Envelope,
    /// Also the content of one message and the envelope of the next (RFC 2920 §3.1), which some
    /// relays refuse and a few swallow.
    Full {
        /// It has worked with this relay before. Until then it is a trial: if a relay is slow to
        /// answer what followed a content, it is assumed to have lost it.
        proven: bool,
    },
}

/// User and secret for AUTH (RFC 4954).
#[derive(Debug, Clone)]
pub struct Login {
    /// The user name as the relay knows it.
    pub user: String,
    /// The password, or the access token for XOAUTH2.
    pub secret: SecretString,
    /// The mechanism to use; `None`: PLAIN, else LOGIN, else XOAUTH2, as offered.
    pub mechanism: Option<AuthMechanism>,
}

/// A way to log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AuthMechanism {
    /// User and password in one go (RFC 4616).
    Plain,
    /// User and password, asked for one after the other; obsolete, and all that some relays offer.
    Login,
    /// An OAuth 2 access token, as Google and Microsoft want it.
    XOAuth2,
}

impl AuthMechanism {
    /// The SASL name, as in EHLO.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            AuthMechanism::Plain => "PLAIN",
            AuthMechanism::Login => "LOGIN",
            AuthMechanism::XOAuth2 => "XOAUTH2",
        }
    }
}

impl fmt::Display for AuthMechanism {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How long each step may take, for the whole of what is awaited and not for a byte of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// Name lookup and TCP connection together; the same again for the TLS handshake.
    pub connect: Duration,
    /// The relay's first words.
    pub greeting: Duration,
    /// EHLO, STARTTLS, AUTH, MAIL, RCPT, RSET: each reply.
    pub command: Duration,
    /// The 354 to DATA.
    pub data_start: Duration,
    /// Each block of content to be taken by the network.
    pub content: Duration,
    /// The reply to the final dot. Giving up here leaves the message in doubt.
    pub final_dot: Duration,
    /// The goodbye: QUIT and its reply together.
    pub quit: Duration,
}

impl Default for Timeouts {
    fn default() -> Timeouts {
        Timeouts {
            connect: Duration::from_secs(30),
            greeting: Duration::from_mins(5),
            command: Duration::from_mins(5),
            data_start: Duration::from_mins(2),
            content: Duration::from_mins(3),
            final_dot: Duration::from_mins(10),
            quit: Duration::from_secs(2),
        }
    }
}
