//! `oauth2 = { … }`: what is needed to get access tokens for XOAUTH2.
//!
//! Google and Microsoft do not accept passwords over SMTP, or not for much longer: a login uses an
//! access token that is valid for an hour, and a refresh token (RFC 6749 §6) gets the next one.
//! This is only what the campaign says about it. The client secret and the refresh token are named
//! by their sources like a password, and neither is sent over a network without TLS.

use url::Url;

use super::secret::SecretSource;

/// How a relay's access tokens are obtained.
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
