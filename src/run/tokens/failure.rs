//! Why there is no access token.

use crate::campaign::SecretError;

/// Why there is no access token; never holds any of the secrets.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// The source of the refresh token or the client secret gives none.
    #[error("the {what} of the relay `{relay}` cannot be had: {source}")]
    Secret {
        /// Which of the two.
        what: &'static str,
        /// The relay.
        relay: String,
        /// The source's words.
        source: SecretError,
    },
    /// The token endpoint cannot be asked.
    #[error("{host} cannot be asked for an access token: {reason}")]
    Unreachable {
        /// The endpoint's host.
        host: String,
        /// The network's words.
        reason: String,
        /// Another time may do.
        passes: bool,
    },
    /// The refresh token has ended or was taken back (`invalid_grant`).
    #[error("{host} does not take the refresh token of the relay `{relay}` any more ({words})")]
    LoginAgain {
        /// The endpoint's host.
        host: String,
        /// The relay.
        relay: String,
        /// The endpoint's words.
        words: String,
    },
    /// The endpoint refuses for another reason.
    #[error("{host} gives no access token: {words}; check client_id, client_secret and scope below `oauth2`")]
    Refused {
        /// The endpoint's host.
        host: String,
        /// The endpoint's words.
        words: String,
    },
    /// What it answered is no answer of a token endpoint.
    #[error("{host} answered with something that is no access token; check token_url below `oauth2`")]
    NotAnAnswer {
        /// The endpoint's host.
        host: String,
    },
}
