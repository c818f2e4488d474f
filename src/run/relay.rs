//! Turns the campaign's relays into endpoints for the SMTP client: it makes the logins, and reads
//! the CAs to trust.

use std::sync::Arc;

use secrecy::SecretString;

use crate::campaign::{Relay, RetryPolicy, SecretError, Server};
use crate::delivery::{Plan, RelayPlan, Renew};
use crate::smtp::{Endpoint, Login, Remembered, Security, pinned_config};

use super::failure::RunError;
use super::front::Front;
use super::options::SendOptions;
use super::steps;
use super::tls::tls;
use super::tokens::AccessTokens;

/// The relay of a run in the sandbox: the campaign's settings for speed, on
/// loopback, without login.
pub(super) fn sandbox(campaign: Option<&Relay>, port: u16, rates_by_flag: bool) -> Relay {
    let server = Server {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::Plaintext,
    };
    let rates = campaign.filter(|_| rates_by_flag).map(|r| r.rates.clone());
    let mut relay = Relay::new("sandbox", server);
    if let Some(campaign) = campaign {
        relay.connections = campaign.connections;
        relay.messages_per_connection = campaign.messages_per_connection;
        relay.pipelining = campaign.pipelining;
    }
    relay.rates = rates.unwrap_or_default();
    relay
}

/// How to deliver through `relays`; reads their secrets. `counted`: what goes
/// out counts against their accounts' limits.
pub(super) fn plan(
    relays: &[Relay],
    counted: bool,
    retry: RetryPolicy,
    options: &SendOptions,
    front: &mut dyn Front,
) -> Result<Plan, RunError> {
    let mut plans = Vec::with_capacity(relays.len());
    for relay in relays {
        steps::relay(relay);
        let (login, renew) = login(relay, front)?;
        plans.push(RelayPlan {
            name: relay.name.as_str().into(),
            account: counted.then(|| account(relay)),
            endpoint: endpoint(relay, login)?,
            renew,
            connections: relay.connections,
            messages_per_connection: relay.messages_per_connection,
            rates: relay.rates.clone(),
            weight: relay.weight,
        });
    }
    Ok(Plan {
        relays: plans,
        retry,
        max_failures: options.max_failures,
        drain: options.drain,
        wait: options.wait,
    })
}

/// Whose limits count: `user@host:port`.
pub(super) fn account(relay: &Relay) -> String {
    let Server { host, port, .. } = &relay.server;
    format!("{}@{host}:{port}", relay.user.as_deref().unwrap_or_default())
}

/// Who to log in as, with the password or the first access token.
pub(super) fn login(
    relay: &Relay,
    front: &mut dyn Front,
) -> Result<(Option<Login>, Option<Renew>), RunError> {
    let Some(user) = &relay.user else {
        return Ok((None, None));
    };
    let mut renew = None;
    let secret = match (&relay.oauth2, &relay.password) {
        (Some(oauth2), _) => {
            let tokens = Arc::new(AccessTokens::new(relay, oauth2, &mut |wait| front.waits(wait))?);
            let token = tokens.token()?;
            renew = Some(Arc::new(move || Ok(tokens.token()?)) as Renew);
            token
        }
        (None, Some(source)) => match source.read_waiting(&mut |wait| front.waits(wait)) {
            // A user who forgot to set it can still type it, if there is a terminal.
            Err(missing @ SecretError::EnvMissing(_)) => front.ask_password(relay).map_err(|_| missing)?,
            read => read?,
        },
        (None, None) => front.ask_password(relay)?,
    };
    Ok((Some(login_as(relay, user, secret)), renew))
}

/// The login of `relay` with this very secret.
pub(super) fn login_as(relay: &Relay, user: &str, secret: SecretString) -> Login {
    Login {
        user: user.to_owned(),
        secret,
        mechanism: relay.auth,
    }
}

/// How to open sessions with `relay`.
pub(super) fn endpoint(relay: &Relay, login: Option<Login>) -> Result<Endpoint, RunError> {
    let tls = match relay.server.security {
        Security::Plaintext => None,
        Security::ImplicitTls | Security::StartTls => Some(match relay.tls_fingerprint {
            Some(fingerprint) => pinned_config(fingerprint)?,
            None => tls(relay)?,
        }),
    };
    Ok(Endpoint {
        host: relay.server.host.clone(),
        port: relay.server.port,
        security: relay.server.security,
        tls,
        ehlo: relay.ehlo.clone(),
        login,
        timeouts: relay.timeouts,
        pipelining: relay.pipelining,
        flights_proven: false,
        name: relay.name.as_str().into(),
        remembered: Remembered::default(),
    })
}
