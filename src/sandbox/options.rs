//! The options of a sandbox: plain data, filled by the caller.

use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;

/// What a sandbox offers its clients and what it keeps of their messages.
#[derive(Debug, Clone)]
pub struct Options {
    /// Folder that gets `messages/*.eml` and `envelopes.jsonl`; `None` keeps nothing but counts.
    pub output: Option<PathBuf>,
    /// Host name in the greeting and in the certificate: visible ASCII without spaces.
    pub name: String,
    /// Largest content accepted, in octets after un-stuffing; advertised as SIZE (RFC 1870).
    pub max_message_size: u64,
    /// How a client gets an encrypted connection.
    pub tls: Tls,
    /// Which logins are accepted, and whether one is needed.
    pub login: LoginPolicy,
    /// A client that is silent for this time gets 421 and is disconnected (RFC 5321 §4.5.3.2.7 asks
    /// for 5 minutes).
    pub idle_timeout: Duration,
    /// Connections served at once; further ones get 421.
    pub max_connections: usize,
    /// Allow listening beyond loopback, where anybody could fill the disk with "mail".
    pub allow_remote: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            output: None,
            name: "sandbox.localhost".to_owned(),
            max_message_size: 50 * 1024 * 1024,
            tls: Tls::StartTls,
            login: LoginPolicy::Any,
            idle_timeout: Duration::from_secs(300),
            max_connections: 100,
            allow_remote: false,
        }
    }
}

/// How a client comes to an encrypted connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// No encryption: STARTTLS is not offered.
    Off,
    /// On request, by STARTTLS (RFC 3207).
    StartTls,
    /// From the first octet on, as on port 465 (RFC 8314 §3.3).
    Implicit,
}

/// Which logins (RFC 4954) a sandbox accepts.
#[derive(Debug, Clone)]
pub enum LoginPolicy {
    /// AUTH is offered and accepts every user and password; a login is not required.
    Any,
    /// Only this login is accepted, and MAIL is refused with 530 before it.
    Only {
        /// User name (authentication identity).
        user: String,
        /// Password, or the bearer token of XOAUTH2.
        password: SecretString,
    },
    /// AUTH is not offered.
    None,
}
