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
    /// How a client comes to an encrypted connection.
    pub tls: Tls,
    /// Which logins are accepted, and whether one is needed.
    pub login: LoginPolicy,
    /// A client silent for so long gets 421 and is cut off (RFC 5321 §4.5.3.2.7 asks for 5 minutes).
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
    /// Not at all: STARTTLS is not offered.
    Off,
    /// On request, by STARTTLS (RFC 3207).
    StartTls,
    /// From the first octet on, as on port 465 (RFC 8314 §3.3).
    Implicit,
}

/// Which logins (RFC 4954) a sandbox accepts.
#[derive(Debug, Clone)]
pub enum LoginPolicy {
    /// AUTH is offered and every user and password is right; nobody has to log in.
    Any,
    /// Only this login is right, and MAIL is refused with 530 before it.
    Only {
        /// User name (authentication identity).
        user: String,
        /// Password, or the bearer token of XOAUTH2.
        password: SecretString,
    },
    /// AUTH is not offered.
    None,
}
