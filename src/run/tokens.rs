//! Access tokens for XOAUTH2: obtained with a refresh token (RFC 6749 §6), and kept until a minute
//! before they expire.
//!
//! The token endpoint is contacted with the TLS settings of the sessions, follows no redirect, and
//! is the only host that gets a refresh token. A token is never part of an error, not even if the
//! endpoint repeats it; the endpoint's words are shortened and stripped of control characters. A
//! refresh token that is replaced is remembered, and stored in the keyring if it came from there.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use crate::campaign::{OAuth2, Relay, SecretSource, Waiting, clock};
use crate::words::{Arg, say};

use super::failure::RunError;
use super::tls::tls;

mod failure;
mod http;
#[cfg(test)]
mod tests;

pub use failure::{Credential, TokenError};

/// A token is replaced so long before it ends: a login takes time, and clocks
/// differ.
const MARGIN: Duration = Duration::from_secs(60);

/// How long a token is trusted whose end the endpoint does not tell.
const UNKNOWN_LIFE: Duration = Duration::from_secs(300);

/// The access tokens of a relay: one at a time, renewed when it is about to end.
pub struct AccessTokens {
    http: ureq::Agent,
    oauth2: OAuth2,
    relay: String,
    host: String,
    /// Where a replaced refresh token goes.
    source: Option<SecretSource>,
    state: Mutex<State>,
}

struct State {
    refresh_token: SecretString,
    /// Kept for what an endpoint may repeat.
    client_secret: Option<SecretString>,
    access: Option<Access>,
}

/// RFC 6749 §5.1; a kind of token that is not Bearer has other fields.
#[derive(Deserialize)]
struct Granted {
    access_token: String,
    #[serde(rename = "token_type")]
    _kind: String,
    expires_in: Option<u64>,
    refresh_token: Option<String>,
}

/// RFC 6749 §5.2.
#[derive(Deserialize)]
struct Refusal {
    error: String,
    error_description: Option<String>,
}

struct Access {
    token: SecretString,
    /// By both clocks: the one stands still while a machine sleeps, the other
    /// may be set.
    until: (Instant, Timestamp),
}

impl AccessTokens {
    /// For `relay`, with the refresh token of its campaign.
    ///
    /// # Errors
    /// A secret is not available; TLS or HTTP cannot be set up.
    pub fn new(relay: &Relay, oauth2: &OAuth2, waiting: &mut Waiting<'_>) -> Result<Self, RunError> {
        let refresh_token = read(Credential::RefreshToken, relay, &oauth2.refresh_token, waiting)?;
        let mut tokens = Self::with(relay, oauth2, refresh_token, waiting)?;
        tokens.source = Some(oauth2.refresh_token.clone());
        Ok(tokens)
    }

    /// For `relay`, with a refresh token that is not stored anywhere.
    ///
    /// # Errors
    /// As for [`new`](Self::new).
    pub fn with(
        relay: &Relay,
        oauth2: &OAuth2,
        refresh_token: SecretString,
        waiting: &mut Waiting<'_>,
    ) -> Result<Self, RunError> {
        let host = oauth2.token_url.host_str().unwrap_or_default().to_owned();
        let client_secret = match &oauth2.client_secret {
            None => None,
            Some(source) => Some(read(Credential::ClientSecret, relay, source, waiting)?),
        };
        // Without TLS it is on this very machine: nobody needs to be trusted.
        let tls = match oauth2.token_url.scheme() {
            "https" => Some(tls(relay)?),
            _ => None,
        };
        Ok(Self {
            http: http::agent(&host, tls),
            oauth2: oauth2.clone(),
            relay: relay.name.clone(),
            host,
            source: None,
            state: Mutex::new(State {
                refresh_token,
                client_secret,
                access: None,
            }),
        })
    }

    /// A token that is good for a login now; asks the endpoint (and blocks)
    /// when the last one is about to end.
    ///
    /// # Errors
    /// The endpoint gives none.
    pub fn token(&self) -> Result<SecretString, TokenError> {
        let mut state = self.state();
        if let Some(access) = &state.access
            && access.until.0 > Instant::now()
            && access.until.1 > clock::now()
        {
            return Ok(access.token.clone());
        }
        state.access = None;
        let answer = self.ask(&state)?;
        let life = answer.expires_in.map_or(UNKNOWN_LIFE, Duration::from_secs);
        let life = life.saturating_sub(MARGIN);
        let token = SecretString::from(answer.access_token);
        if let Some(replaced) = answer.refresh_token {
            self.replace(&mut state, SecretString::from(replaced));
        }
        state.access = Some(Access {
            token: token.clone(),
            until: (
                Instant::now() + life,
                clock::now().saturating_add(life).unwrap_or(Timestamp::MAX),
            ),
        });
        Ok(token)
    }

    /// The refresh token as it is now.
    pub fn refresh_token(&self) -> SecretString {
        self.state().refresh_token.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A thread that panicked here has left the state intact.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ask(&self, state: &State) -> Result<Granted, TokenError> {
        let mut form = vec![
            ("grant_type", "refresh_token"),
            ("refresh_token", state.refresh_token.expose_secret()),
            ("client_id", &self.oauth2.client_id),
        ];
        if let Some(secret) = &state.client_secret {
            form.push(("client_secret", secret.expose_secret()));
        }
        if let Some(scope) = &self.oauth2.scope {
            form.push(("scope", scope));
        }
        let host = || self.host.clone();
        let unreachable = |reason, passes| TokenError::Unreachable {
            host: host(),
            reason,
            passes,
        };
        let (status, body) = http::post(&self.http, self.oauth2.token_url.as_str(), &form)
            .map_err(|none| unreachable(none.words, none.passes))?;
        match status {
            // The errors of these readings may hold the answer, and so a token.
            200 => serde_json::from_slice(&body).map_err(|_| TokenError::NotAnAnswer { host: host() }),
            // RFC 6749 §5.2: refusals come with 400 or 401.
            400 | 401 => Err(match serde_json::from_slice(&body) {
                Ok(refusal) => self.refused(state, refusal),
                Err(_) => TokenError::NotAnAnswer { host: host() },
            }),
            // Anything else is not about us. Too many of us (429) and its own trouble (5xx) pass.
            _ => Err(unreachable(
                say!("run-token-http", status = Arg::plain(status)),
                matches!(status, 408 | 429 | 500..),
            )),
        }
    }

    fn refused(&self, state: &State, refusal: Refusal) -> TokenError {
        let host = self.host.clone();
        let words = match refusal.error_description {
            Some(description) => format!("{}: {description}", refusal.error),
            None => refusal.error.clone(),
        };
        let words = state.harmless(&words);
        if refusal.error == "invalid_grant" {
            let relay = self.relay.clone();
            return TokenError::LoginAgain { host, relay, words };
        }
        TokenError::Refused { host, words }
    }

    fn replace(&self, state: &mut State, replaced: SecretString) {
        if replaced.expose_secret() == state.refresh_token.expose_secret() {
            return;
        }
        state.refresh_token = replaced;
        if let Some(source) = &self.source
            && let Err(error) = source.store(&state.refresh_token)
        {
            // The new one is good for this run; the next may have to log in again.
            tracing::warn!("the new refresh token of {} is not kept: {error}", self.relay);
        }
    }
}

impl State {
    /// An endpoint's words, without secrets and fit for a terminal.
    fn harmless(&self, words: &str) -> String {
        let secrets = [Some(&self.refresh_token), self.client_secret.as_ref()];
        let mut words = words.to_owned();
        for secret in secrets.into_iter().flatten() {
            words = words.replace(secret.expose_secret(), "***");
        }
        words
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .take(300)
            .collect()
    }
}

fn read(
    what: Credential,
    relay: &Relay,
    source: &SecretSource,
    waiting: &mut Waiting<'_>,
) -> Result<SecretString, TokenError> {
    source.read_waiting(waiting).map_err(|source| TokenError::Secret {
        what,
        relay: relay.name.clone(),
        source,
    })
}
