//! A login that works, for the next time: its secret in the keyring, and its relay in the user's
//! settings.

use std::path::Path;

use crate::campaign::{Relay, SecretSource, edited, heading};
use crate::userdata::change_settings;
use crate::words::{Said, Speak as _, say};
use secrecy::SecretString;

use super::super::explain::Failure;
use super::super::settings;
use super::super::shell::quoted;
use super::found::Written;

/// What became of it, and what is left to do.
#[derive(Debug, Default)]
pub(in crate::cli) struct Kept {
    pub(in crate::cli) said: Vec<Said>,
    pub(in crate::cli) hints: Vec<Said>,
}

/// Stores what worked, and says where, or where else to put it.
pub(in crate::cli) fn keep(relay: &Relay, written: Written, secret: &SecretString) -> Result<Kept, Failure> {
    let mut kept = Kept::default();
    let stored = store(relay, secret, &mut kept);
    let reads_keyring = matches!(source(relay), Some(SecretSource::Keyring { .. }));
    match (written, settings::file()) {
        (Written::Nowhere, Some(file)) => save(relay, stored, &file, &mut kept)?,
        (Written::Nowhere, None) => kept.hints.push(say!("cli-login-hint-no-settings")),
        (Written::InSettings, Some(file)) => {
            let changed = change_settings(&file, |text| edited::with_login(text, relay, stored))
                .map_err(|error| Failure::spoken(&error))?;
            if changed {
                let (table, file) = (heading(&relay.name), file.as_path());
                kept.said
                    .push(say!("cli-login-added", table = table, file = file));
            } else if stored && !reads_keyring {
                kept.hints.push(write_yourself(relay));
            }
        }
        (Written::InCampaign, _) if stored && !reads_keyring => kept.hints.push(write_yourself(relay)),
        (Written::InSettings | Written::InCampaign, _) => {}
    }
    Ok(kept)
}

fn source(relay: &Relay) -> Option<&SecretSource> {
    match &relay.oauth2 {
        Some(oauth2) => Some(&oauth2.refresh_token),
        None => relay.password.as_ref(),
    }
}

/// `password`, or `refresh_token`.
fn key(relay: &Relay) -> &'static str {
    if relay.oauth2.is_some() {
        "refresh_token"
    } else {
        "password"
    }
}

/// Puts the secret into the keyring; whether it is there.
fn store(relay: &Relay, secret: &SecretString, kept: &mut Kept) -> bool {
    let token = relay.oauth2.is_some();
    let Err(error) = relay.keyring_entry().store(secret) else {
        kept.said.push(if token {
            say!("cli-login-token-stored")
        } else {
            say!("cli-login-password-stored")
        });
        return true;
    };
    let why = error.said();
    kept.said.push(if token {
        say!("cli-login-token-not-stored", why = why)
    } else {
        say!("cli-login-password-not-stored", why = why)
    });
    let key = key(relay);
    let variable = format!("MAILSHOT_{}", key.to_uppercase());
    kept.hints
        .push(say!("cli-login-hint-elsewhere", key = key, variable = variable));
    false
}

/// Puts a relay that is written nowhere into the settings.
fn save(relay: &Relay, stored: bool, file: &Path, kept: &mut Kept) -> Result<(), Failure> {
    let table = edited::table(relay, stored);
    let changed = change_settings(file, |text| edited::with_relay(text, relay, stored));
    let changed = changed.map_err(|error| {
        let lines = say!("cli-login-hint-lines", file = file, lines = table.as_str());
        Failure::Hinted(error.said(), error.hints().into_iter().chain([lines]).collect())
    })?;
    if !changed {
        kept.hints
            .push(say!("cli-login-hint-lines", file = file, lines = table.as_str()));
        return Ok(());
    }
    let heading = heading(&relay.name);
    kept.said.push(if stored {
        say!("cli-login-saved", table = heading, file = file)
    } else {
        say!("cli-login-saved-without", table = heading, file = file)
    });
    kept.said.push(match settings::number_of_relays(file) {
        0 | 1 => say!("cli-login-serves-all"),
        relays => say!(
            "cli-login-serves-chosen",
            relays = relays,
            relay = quoted(&relay.name)
        ),
    });
    Ok(())
}

fn write_yourself(relay: &Relay) -> Said {
    let mut table = heading(&relay.name);
    if relay.oauth2.is_some() {
        table.truncate(table.len() - 1);
        table += ".oauth2]";
    }
    say!("cli-login-hint-write", table = table, key = key(relay))
}
