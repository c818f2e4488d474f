//! Trying a relay: a session is opened, logged in and closed; nothing is sent.
//!
//! `check --connect` and `login` use the same endpoint as a run that sends, and so get the same
//! refusals.

use std::time::Duration;

use secrecy::SecretString;

use crate::campaign::Relay;
use crate::delivery::{Event, SILENT};
use crate::smtp::{Capabilities, Login, Phase, Session, watched};

use super::failure::RunError;
use super::front::Front;
use super::relay::{endpoint, login, login_as};
use super::tokens::AccessTokens;

/// What a relay is like that took the connection and the login.
#[derive(Debug, Clone)]
pub struct Reached {
    /// The conversation was under TLS.
    pub encrypted: bool,
    /// What it offers.
    pub capabilities: Capabilities,
}

/// A login that worked.
#[derive(Debug)]
pub struct Tried {
    /// What the relay is like.
    pub reached: Reached,
    /// What to keep for the next time: the password, or the refresh token,
    /// which the provider may have replaced while it was tried.
    pub keep: SecretString,
}

/// Tries `relay` as a run would, with the secret of the campaign or a person.
///
/// # Errors
/// The secret is not available, or the relay cannot be used.
pub fn connect(relay: &Relay, front: &mut dyn Front) -> Result<Reached, RunError> {
    let (login, _) = login(relay, front)?;
    reach(relay, login, &mut |phase, since| {
        let relay = relay.name.as_str();
        front.event(&Event::Silent { relay, phase, since });
    })
}

/// Tries `relay` with this password, or with this refresh token if it logs in by OAuth2; nothing is
/// stored. `silent` is called if the relay says nothing for some time.
///
/// # Errors
/// The token endpoint or the relay refuses it, or cannot be reached.
pub fn log_in(
    relay: &Relay,
    secret: SecretString,
    silent: &mut dyn FnMut(Phase, Duration),
) -> Result<Tried, RunError> {
    let user = relay.user.as_deref().unwrap_or_default();
    let Some(oauth2) = &relay.oauth2 else {
        let reached = reach(relay, Some(login_as(relay, user, secret.clone())), silent)?;
        return Ok(Tried {
            reached,
            keep: secret,
        });
    };
    let tokens = AccessTokens::with(relay, oauth2, secret, &mut |_| true)?;
    let token = tokens.token()?;
    let reached = reach(relay, Some(login_as(relay, user, token)), silent)?;
    Ok(Tried {
        reached,
        keep: tokens.refresh_token(),
    })
}

fn reach(
    relay: &Relay,
    login: Option<Login>,
    silent: &mut dyn FnMut(Phase, Duration),
) -> Result<Reached, RunError> {
    let endpoint = endpoint(relay, login)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(RunError::Runtime)?;
    let reached = runtime
        .block_on(async {
            let session = watched(Session::open(&endpoint), SILENT, silent).await?;
            let reached = Reached {
                encrypted: session.is_encrypted(),
                capabilities: session.capabilities().clone(),
            };
            session.quit().await;
            Ok(reached)
        })
        .map_err(|failure| RunError::Session {
            relay: Box::new(relay.clone()),
            failure: Box::new(failure),
        });
    // A name server that keeps silent holds nobody up who is done.
    runtime.shutdown_background();
    reached
}
