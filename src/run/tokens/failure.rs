//! Why there is no access token.

use crate::campaign::SecretError;
use crate::words::{Said, Speak, say};

/// A secret that is shown for an access token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {
    /// The refresh token.
    RefreshToken,
    /// The client secret.
    ClientSecret,
}

/// Why there is no access token; never holds any of the secrets.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said())]
pub enum TokenError {
    /// The source of the refresh token or the client secret gives none.
    Secret {
        /// Which of the two.
        what: Credential,
        /// The relay.
        relay: String,
        /// The source's words.
        source: SecretError,
    },
    /// The token endpoint cannot be asked.
    Unreachable {
        /// The endpoint's host.
        host: String,
        /// The network's words.
        reason: Said,
        /// Another time may do.
        passes: bool,
    },
    /// The refresh token has ended or was taken back (`invalid_grant`).
    LoginAgain {
        /// The endpoint's host.
        host: String,
        /// The relay.
        relay: String,
        /// The endpoint's words.
        words: String,
    },
    /// The endpoint refuses for another reason.
    Refused {
        /// The endpoint's host.
        host: String,
        /// The endpoint's words.
        words: String,
    },
    /// Its answer is not that of a token endpoint.
    NotAnAnswer {
        /// The endpoint's host.
        host: String,
    },
}

impl Speak for TokenError {
    fn said(&self) -> Said {
        match self {
            Self::Secret { what, relay, source } => match what {
                Credential::RefreshToken => say!("run-no-refresh-token", relay = relay, why = source),
                Credential::ClientSecret => say!("run-no-client-secret", relay = relay, why = source),
            },
            Self::Unreachable { host, reason, .. } => {
                say!("run-token-unreachable", host = host, why = reason.clone())
            }
            Self::LoginAgain { host, relay, words } => {
                say!(
                    "run-refresh-token-rejected",
                    host = host,
                    relay = relay,
                    own = words
                )
            }
            Self::Refused { host, words } => say!("run-token-refused", host = host, own = words),
            Self::NotAnAnswer { host } => say!("run-token-no-answer", host = host),
        }
    }

    fn hints(&self) -> Vec<Said> {
        match self {
            Self::Refused { .. } => vec![say!("run-hint-token-refused")],
            Self::NotAnAnswer { .. } => vec![say!("run-hint-token-url")],
            Self::Secret { .. } | Self::Unreachable { .. } | Self::LoginAgain { .. } => Vec::new(),
        }
    }
}
