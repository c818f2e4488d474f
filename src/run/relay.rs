//! From the campaign's relays to endpoints that the SMTP client opens sessions
//! with: logins are made here, and the CAs to trust read.

use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;

use crate::campaign::{Per, Relay, RetryPolicy, SecretError, Server};
use crate::delivery::{Plan, RelayPlan, Renew};
use crate::smtp::{Endpoint, Login, Security};

use super::failure::RunError;
use super::front::Front;
use super::options::SendOptions;
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
fn account(relay: &Relay) -> String {
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
            // Who forgot to set it may still type it, where there is somebody to ask.
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
        Security::ImplicitTls | Security::StartTls => Some(tls(relay)?),
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
    })
}

/// How long so many messages take at least, with all relays at work: what the
/// rates allow, or a fifth of a second each, which is what a relay on the
/// internet usually takes.
pub(super) fn estimate(relays: &[Relay], messages: u64) -> Duration {
    let messages = messages as f64;
    let taken = |seconds| relays.iter().map(|relay| capacity(relay, seconds)).sum::<f64>();
    let mut long = 1.0;
    while taken(long) < messages {
        long *= 2.0;
        if long > 1e10 {
            // No relay, or one for longer than anybody will wait.
            return Duration::MAX;
        }
    }
    // Capacities only grow with time, so halving finds the first that will do.
    let mut short = 0.0;
    for _ in 0..64 {
        let middle = f64::midpoint(short, long);
        if taken(middle) < messages {
            short = middle;
        } else {
            long = middle;
        }
    }
    Duration::try_from_secs_f64(long).unwrap_or(Duration::MAX)
}

/// Messages that a relay takes in this time. An hour's and a day's limit may be
/// used up at once, and again when the hour (the day) is over.
fn capacity(relay: &Relay, seconds: f64) -> f64 {
    let each = if relay.server.is_loopback() { 0.001 } else { 0.2 };
    let unhindered = seconds * relay.connections.max(1) as f64 / each;
    let allowed = relay.rates.iter().map(|rate| match rate.per {
        Per::Second | Per::Minute => seconds * rate.per_second(),
        Per::Hour | Per::Day => {
            let windows = (seconds / rate.per.duration().as_secs_f64()).floor() + 1.0;
            windows * f64::from(rate.count.get())
        }
    });
    allowed.fold(unhindered, f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_estimate_counts_days_by_what_each_of_them_allows() {
        let relay = |rates: &[&str]| {
            let server = "smtps://smtp.uni.example".parse().unwrap();
            let mut relay = Relay::new("school", server);
            relay.rates = rates.iter().map(|rate| rate.parse().unwrap()).collect();
            relay
        };
        let seconds = |relays: &[Relay], messages| estimate(relays, messages).as_secs_f64().round();
        let days = 86_400.0;
        for (rates, messages, expected) in [
            (&["2000/day"][..], 2_000, 100.0),
            (&["2000/day"], 2_001, days),
            (&["2000/day"], 5_000, 2.0 * days),
            (&["2000/day", "1/s"], 2_000, 2_000.0),
            (&["500/h", "2000/day"], 2_000, 3.0 * 3600.0),
            (&["2/s"], 12, 6.0),
            (&[], 200, 10.0),
        ] {
            assert_eq!(
                seconds(&[relay(rates)], messages),
                expected,
                "{rates:?}: {messages}"
            );
        }
        let (slow, fast) = (relay(&["1/s"]), relay(&["3/s"]));
        assert_eq!(seconds(&[slow, fast], 400), 100.0);
        assert_eq!(estimate(&[], 1), Duration::MAX);
    }
}
