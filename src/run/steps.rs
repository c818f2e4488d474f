//! The steps of a run, for `-v`; never a secret, nor the arguments of a command that prints one.

use crate::campaign::{Campaign, Relay, SecretSource};
use crate::check::Checked;
use crate::ledger::Mailing;
use crate::table::Header;
use crate::words::Speak;

/// The campaign was read.
pub(super) fn campaign(campaign: &Campaign) {
    match &campaign.file {
        Some(file) => tracing::info!("campaign {}: {}", campaign.name, file.display()),
        None => tracing::info!("campaign {}: by flags alone", campaign.name),
    }
    for relay in &campaign.relays {
        if let Some(file) = &relay.settings {
            tracing::info!("relay {}: from the settings {}", relay.name, file.display());
        }
    }
}

/// The recipients file was opened.
pub(super) fn recipients(header: &Header) {
    tracing::info!(
        "recipients: {}, columns: {}",
        header.file,
        header.names.join(", ")
    );
}

/// Rows were checked.
pub(super) fn checked(checked: &Checked) {
    tracing::info!(
        "checked: {} rows, {} recipients, {} addresses, {} octets",
        checked.rows,
        checked.recipients,
        checked.addresses,
        checked.octets
    );
}

/// The mailing was found, or begun.
pub(super) fn mailing(mailing: &Mailing) {
    tracing::info!("mailing {} of {}", mailing.uid, mailing.started_at);
}

/// A relay is made ready.
pub(super) fn relay(relay: &Relay) {
    let login = match (&relay.user, &relay.oauth2, &relay.password) {
        (None, ..) => "no login".to_owned(),
        (Some(user), Some(_), _) => format!("login as {user} with an access token"),
        (Some(user), None, Some(source)) => format!("login as {user}, password from {}", origin(source)),
        (Some(user), None, None) => format!("login as {user}, password asked for"),
    };
    let rates: Vec<_> = relay.rates.iter().map(ToString::to_string).collect();
    let rates = if rates.is_empty() {
        "no limit".to_owned()
    } else {
        rates.join(", ")
    };
    tracing::info!(
        "relay {}: {}:{} ({:?}), {login}; connections: up to {}, messages over each: {}, {rates}",
        relay.name,
        relay.server.host,
        relay.server.port,
        relay.server.security,
        relay.connections,
        relay.messages_per_connection,
    );
}

fn origin(source: &SecretSource) -> String {
    match source {
        SecretSource::Env(_) => source.said().to_string(),
        SecretSource::Command(_) => "a command".to_owned(),
        SecretSource::File(path) => path.display().to_string(),
        SecretSource::Keyring { service, .. } => format!("the keyring ({service})"),
    }
}
