//! `oauth2 = { … }`: what it takes to get access tokens for XOAUTH2.
//!
//! Google and Microsoft take no password over SMTP, or not for long: a login
//! shows an access token that lives for an hour, and a refresh token (RFC 6749
//! §6) gets the next one. Here is only what the campaign says of it. The
//! client secret and the refresh token are named by their sources like a
//! password, and neither goes over a network without TLS.

use url::Url;

use super::secret::SecretSource;

/// How a relay's access tokens are had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OAuth2 {
    /// The application's id, as registered with the provider.
    pub client_id: String,
    /// The application's secret; public clients (Microsoft) have none.
    pub client_secret: Option<SecretSource>,
    /// The refresh token.
    pub refresh_token: SecretSource,
    /// The token endpoint (RFC 6749 §3.2): https, or http on this machine.
    pub token_url: Url,
    /// The scope to ask for; without one, that of the refresh token.
    pub scope: Option<String>,
}

impl OAuth2 {
    /// Its entries in the keyring are this account's, beside a password's.
    pub(super) fn belongs_to(&mut self, account: &str) {
        let entry = |source: &SecretSource, what| source.clone().for_user(format!("{account} ({what})"));
        self.refresh_token = entry(&self.refresh_token, "refresh token");
        self.client_secret = self
            .client_secret
            .as_ref()
            .map(|source| entry(source, "client secret"));
    }
}
