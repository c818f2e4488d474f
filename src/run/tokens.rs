//! Access tokens for XOAUTH2: got with a refresh token (RFC 6749 §6), kept
//! until a minute before they end.
//!
//! The token endpoint is spoken to over the TLS settings that sessions have,
//! follows no redirect, and is the only host a refresh token goes to. A token
//! is never part of an error, not even when the endpoint repeats it; what an
//! endpoint says is cut to a length and stripped of control characters. A
//! refresh token that is replaced meanwhile is remembered, and put into the
//! keyring where it came from there.

use std::error::Error;
use std::io::Read;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use oauth2::basic::{BasicClient, BasicErrorResponse, BasicErrorResponseType, BasicTokenResponse};
use oauth2::{
    AuthType, ClientId, ClientSecret, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, RefreshToken,
    RequestTokenError, Scope, TokenResponse, TokenUrl,
};
use reqwest::redirect::Policy;
use secrecy::{ExposeSecret, SecretString};
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::campaign::{OAuth2, Relay, SecretError, SecretSource, clock};

use super::RunError;
use super::relay::tls;

#[cfg(test)]
mod tests;

/// A token is replaced so long before it ends: a login takes time, and clocks
/// differ.
const MARGIN: Duration = Duration::from_secs(60);

/// How long a token is trusted whose end the endpoint does not tell.
const UNKNOWN_LIFE: Duration = Duration::from_secs(300);

/// How long the token endpoint may take for its answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// No answer of a token endpoint is longer.
const LONGEST_ANSWER: u64 = 1 << 18;

type Client = BasicClient<EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

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
    /// HTTP cannot be set up on this machine.
    #[error("HTTP cannot be set up: {0}")]
    Setup(String),
    /// The token endpoint cannot be asked.
    #[error("{host} cannot be asked for an access token: {reason}")]
    Unreachable {
        /// The endpoint's host.
        host: String,
        /// The network's words.
        reason: String,
    },
    /// The refresh token has ended or was taken back (`invalid_grant`).
    #[error(
        "{host} does not take the refresh token any more ({words}); log in again with: mailshot login {relay}"
    )]
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

/// The access tokens of a relay: one at a time, renewed when it is about to end.
pub struct AccessTokens {
    client: Client,
    http: reqwest::blocking::Client,
    scope: Option<Scope>,
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
    /// A secret cannot be had; TLS or HTTP cannot be set up.
    pub fn new(relay: &Relay, oauth2: &OAuth2) -> Result<Self, RunError> {
        let refresh_token = read("refresh token", relay, &oauth2.refresh_token)?;
        let mut tokens = Self::with(relay, oauth2, refresh_token)?;
        tokens.source = Some(oauth2.refresh_token.clone());
        Ok(tokens)
    }

    /// For `relay`, with a refresh token that is not stored anywhere.
    ///
    /// # Errors
    /// As for [`new`](Self::new).
    pub fn with(relay: &Relay, oauth2: &OAuth2, refresh_token: SecretString) -> Result<Self, RunError> {
        let mut client = BasicClient::new(ClientId::new(oauth2.client_id.clone()))
            .set_token_uri(TokenUrl::from_url(oauth2.token_url.clone()))
            .set_auth_type(AuthType::RequestBody);
        let mut client_secret = None;
        if let Some(source) = &oauth2.client_secret {
            let secret = read("client secret", relay, source)?;
            client = client.set_client_secret(ClientSecret::new(secret.expose_secret().to_owned()));
            client_secret = Some(secret);
        }
        Ok(Self {
            client,
            http: http(relay, oauth2)?,
            scope: oauth2.scope.clone().map(Scope::new),
            relay: relay.name.clone(),
            host: oauth2.token_url.host_str().unwrap_or_default().to_owned(),
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
        let life = answer.expires_in().unwrap_or(UNKNOWN_LIFE).saturating_sub(MARGIN);
        let token = SecretString::from(answer.access_token().secret().clone());
        if let Some(replaced) = answer.refresh_token() {
            self.replace(&mut state, replaced);
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
        // Whoever panicked here has left the state whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ask(&self, state: &State) -> Result<BasicTokenResponse, TokenError> {
        let refresh_token = RefreshToken::new(state.refresh_token.expose_secret().to_owned());
        let mut request = self.client.exchange_refresh_token(&refresh_token);
        if let Some(scope) = &self.scope {
            request = request.add_scope(scope.clone());
        }
        request
            .request(&|request| self.call(request))
            .map_err(|error| self.failure(error, state))
    }

    fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpFailure> {
        let failed = |error: reqwest::Error| HttpFailure(root(&error.without_url()));
        let request = reqwest::blocking::Request::try_from(request).map_err(failed)?;
        let answer = self.http.execute(request).map_err(failed)?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        // RFC 6749 §5.2: errors come with 400 or 401; anything else is not about us.
        if !status.is_success() && !matches!(status.as_u16(), 400 | 401) {
            return Err(HttpFailure(format!("it answers HTTP {}", status.as_u16())));
        }
        let mut body = Vec::new();
        answer
            .take(LONGEST_ANSWER)
            .read_to_end(&mut body)
            .map_err(|error| HttpFailure(error.to_string()))?;
        let mut response = HttpResponse::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }

    fn failure(
        &self,
        error: RequestTokenError<HttpFailure, BasicErrorResponse>,
        state: &State,
    ) -> TokenError {
        let host = self.host.clone();
        match error {
            RequestTokenError::Request(HttpFailure(reason)) => TokenError::Unreachable { host, reason },
            RequestTokenError::ServerResponse(answer) => {
                let mut words = answer.error().as_ref().to_owned();
                if let Some(description) = answer.error_description() {
                    words.push_str(": ");
                    words.push_str(description);
                }
                let words = state.harmless(&words);
                if *answer.error() == BasicErrorResponseType::InvalidGrant {
                    let relay = self.relay.clone();
                    return TokenError::LoginAgain { host, relay, words };
                }
                TokenError::Refused { host, words }
            }
            // Both may hold the answer, and so a token.
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => TokenError::NotAnAnswer { host },
        }
    }

    fn replace(&self, state: &mut State, replaced: &RefreshToken) {
        if replaced.secret() == state.refresh_token.expose_secret() {
            return;
        }
        state.refresh_token = SecretString::from(replaced.secret().clone());
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

/// What went wrong on the way, in words.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct HttpFailure(String);

/// The innermost cause, which says most.
fn root(error: &dyn Error) -> String {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}

fn read(what: &'static str, relay: &Relay, source: &SecretSource) -> Result<SecretString, TokenError> {
    source.read().map_err(|source| TokenError::Secret {
        what,
        relay: relay.name.clone(),
        source,
    })
}

fn http(relay: &Relay, oauth2: &OAuth2) -> Result<reqwest::blocking::Client, RunError> {
    let setup = |error: String| TokenError::Setup(error);
    let builder = reqwest::blocking::Client::builder()
        .timeout(PATIENCE)
        .redirect(Policy::none());
    let builder = if oauth2.token_url.scheme() == "https" {
        builder
            .https_only(true)
            .tls_backend_preconfigured(ClientConfig::clone(&*tls(relay)?))
    } else {
        // On this very machine: nobody needs to be trusted, nor asked for the way.
        let nobody = ClientConfig::builder_with_provider(aws_lc_rs::default_provider().into())
            .with_safe_default_protocol_versions()
            .map_err(|error| setup(error.to_string()))?
            .with_root_certificates(RootCertStore::empty())
            .with_no_client_auth();
        builder.no_proxy().tls_backend_preconfigured(nobody)
    };
    Ok(builder.build().map_err(|error| setup(root(&error)))?)
}
