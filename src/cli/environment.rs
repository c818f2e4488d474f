//! Environment variables that describe a campaign if no flag does: for jobs without a person, and
//! containers.
//!
//! A flag overrides them, and they override the file; `send` says which of them it uses. Their
//! values are never shown.

use std::path::PathBuf;

use crate::campaign::{Overrides, Relay, SecretSource};
use crate::words::{Arg, Said, say};

const RELAY: &str = "MAILSHOT_RELAY";
const USER: &str = "MAILSHOT_USER";
const PASSWORD: &str = "MAILSHOT_PASSWORD";
const CONNECTIONS: &str = "MAILSHOT_CONNECTIONS";
const RATE: &str = "MAILSHOT_RATE";

/// The folder of the user, if the system knows it.
pub(super) fn home() -> Option<PathBuf> {
    etcetera::home_dir().ok()
}

/// Flags, and the variables in the place of those that are missing.
pub(super) fn over(mut flags: Overrides) -> Overrides {
    let mut used = Vec::new();
    let mut value = |name: &'static str| {
        let value = std::env::var(name).ok().filter(|value| !value.trim().is_empty());
        used.extend(value.as_ref().map(|_| name));
        value
    };
    if flags.relay.is_none() {
        flags.relay = value(RELAY);
    }
    if flags.user.is_none() {
        flags.user = value(USER);
    }
    if flags.rate.is_empty()
        && let Some(rates) = value(RATE)
    {
        let rates = rates.split([' ', ';']).filter(|rate| !rate.is_empty());
        flags.rate = rates.map(str::to_owned).collect();
    }
    if flags.connections.is_none()
        && let Some(connections) = value(CONNECTIONS)
    {
        match connections.trim().parse() {
            Ok(number @ 1..=1000) => flags.connections = Some(number),
            Ok(_) | Err(_) => {
                let wrong = say!("cli-run-connections", variable = CONNECTIONS);
                flags.wrong.push((CONNECTIONS, wrong));
            }
        }
    }
    let password = std::env::var_os(PASSWORD).filter(|value| !value.is_empty());
    if password.is_some() && flags.password.is_none() {
        let source = SecretSource::Env(PASSWORD.to_owned());
        // The file has no password for a login that it does not know; otherwise the file's own
        // password is used first, because it belongs to that login.
        if used.contains(&USER) || used.contains(&RELAY) {
            flags.password = Some(source);
        } else {
            flags.password_otherwise = Some(source);
        }
    }
    flags.variables = used;
    flags
}

/// Which variables were used, for the question.
pub(super) fn told(flags: &Overrides, relays: &[Relay]) -> Option<Said> {
    let mut used = flags.variables.clone();
    let password = SecretSource::Env(PASSWORD.to_owned());
    if relays
        .iter()
        .any(|relay| relay.password.as_ref() == Some(&password))
    {
        used.push(PASSWORD);
    }
    (!used.is_empty()).then(|| say!("cli-run-environment", variables = Arg::commas(used)))
}
