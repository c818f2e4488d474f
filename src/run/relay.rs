//! From the campaign's relay to an endpoint: the campaign's words become the
//! SMTP client's.

use std::sync::Arc;
use std::time::Duration;

use crate::campaign::{self, Pipelining, Relay, RetryPolicy, Security, Server, TimeoutOverrides};
use crate::delivery::{Plan, RelayPlan};
use crate::smtp::{self, Endpoint, Login, Timeouts, client_config};

use super::{Front, RunError, SendOptions};

/// The relay of a run in the sandbox: the campaign's settings for speed, on
/// loopback, without login.
pub(super) fn sandbox(campaign: Option<&Relay>, port: u16, rates_by_flag: bool) -> Relay {
    let server = Server {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::Plaintext,
    };
    let rates = campaign.filter(|_| rates_by_flag).map(|r| r.rates.clone());
    Relay {
        name: "sandbox".to_owned(),
        server,
        user: None,
        password: None,
        auth: None,
        connections: campaign.map_or(4, |r| r.connections),
        messages_per_connection: campaign.map_or(100, |r| r.messages_per_connection),
        pipelining: campaign.map_or(Pipelining::Full, |r| r.pipelining),
        ehlo: None,
        rates: rates.unwrap_or_default(),
        ca_file: None,
        timeouts: TimeoutOverrides::default(),
    }
}

/// How to deliver through `relay`; reads its secret.
pub(super) fn plan(
    relay: &Relay,
    retry: RetryPolicy,
    options: &SendOptions,
    front: &mut dyn Front,
) -> Result<Plan, RunError> {
    let login = match &relay.user {
        None => None,
        Some(user) => {
            let secret = match &relay.password {
                Some(source) => source.read()?,
                None => front.ask_password(relay)?,
            };
            Some(Login {
                user: user.clone(),
                secret,
                mechanism: relay.auth.map(mechanism),
            })
        }
    };
    let tls = match relay.server.security {
        Security::Plaintext => None,
        Security::ImplicitTls | Security::StartTls => Some(tls(relay)?),
    };
    let relay_plan = RelayPlan {
        name: relay.name.as_str().into(),
        account: None,
        endpoint: Endpoint {
            host: relay.server.host.clone(),
            port: relay.server.port,
            security: security(relay.server.security),
            tls,
            ehlo: relay.ehlo.clone(),
            login,
            timeouts: timeouts(&relay.timeouts),
            pipelining: match relay.pipelining {
                Pipelining::Off => smtp::Pipelining::Off,
                Pipelining::Envelope => smtp::Pipelining::Envelope,
                Pipelining::Full => smtp::Pipelining::Full { proven: false },
            },
        },
        renew: None,
        connections: relay.connections,
        messages_per_connection: relay.messages_per_connection,
        rates: relay.rates.clone(),
        weight: 1,
    };
    Ok(Plan {
        relays: vec![relay_plan],
        retry,
        max_failures: options.max_failures,
        drain: options.drain,
        wait: false,
    })
}

fn tls(relay: &Relay) -> Result<Arc<tokio_rustls::rustls::ClientConfig>, RunError> {
    let pem = match &relay.ca_file {
        None => None,
        Some(path) => Some(std::fs::read(path).map_err(|source| RunError::CaFile {
            path: path.display().to_string(),
            source,
        })?),
    };
    Ok(client_config(pem.as_deref())?)
}

fn security(security: Security) -> smtp::Security {
    match security {
        Security::ImplicitTls => smtp::Security::ImplicitTls,
        Security::StartTls => smtp::Security::StartTls,
        Security::Plaintext => smtp::Security::Plaintext,
    }
}

fn mechanism(mechanism: campaign::AuthMechanism) -> smtp::AuthMechanism {
    match mechanism {
        campaign::AuthMechanism::Plain => smtp::AuthMechanism::Plain,
        campaign::AuthMechanism::Login => smtp::AuthMechanism::Login,
        campaign::AuthMechanism::XOAuth2 => smtp::AuthMechanism::XOAuth2,
    }
}

fn timeouts(over: &TimeoutOverrides) -> Timeouts {
    let default = Timeouts::default();
    Timeouts {
        connect: over.connect.unwrap_or(default.connect),
        greeting: over.greeting.unwrap_or(default.greeting),
        command: over.command.unwrap_or(default.command),
        data_start: over.data.unwrap_or(default.data_start),
        content: over.content.unwrap_or(default.content),
        final_dot: over.final_dot.unwrap_or(default.final_dot),
        ..default
    }
}

/// How long so many messages take at least: what the rates allow, or a fifth
/// of a second each, which is what a relay on the internet usually takes.
pub(super) fn estimate(relay: &Relay, messages: u64) -> Duration {
    let messages = messages as f64;
    let each = if relay.server.is_loopback() { 0.001 } else { 0.2 };
    let unhindered = messages * each / relay.connections.max(1) as f64;
    let slowest = relay
        .rates
        .iter()
        .map(|rate| messages / rate.per_second())
        .fold(unhindered, f64::max);
    Duration::try_from_secs_f64(slowest).unwrap_or(Duration::MAX)
}
