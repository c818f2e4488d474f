//! `mailshot login`: asks for a password, tries it, and only then stores it.
//!
//! Nothing is sent. `password = { keyring = … }` (or `refresh_token` likewise) reads what is
//! stored. A machine without a keyring is not a failure: the try is useful, and there are other
//! places for a password.

use std::path::PathBuf;

use crate::campaign::{Campaign, FILE_NAME, Preset, Relay, SecretSource, Server, Wrong, hidden, nearest};
use crate::run::{End, log_in};
use crate::words::{Arg, Said, Speak as _, say};
use secrecy::SecretString;

use super::explain::{Failure, Outcome};
use super::output::{Globals, say, tell};
use super::shell::quoted;
use super::{connect, heading, next, silence, terminal};

#[derive(Debug, clap::Args)]
pub(super) struct LoginArgs {
    relay: String,
    #[arg(value_name = "CAMPAIGN", default_value = ".", hide_default_value = true)]
    pub(super) campaign: PathBuf,
    #[arg(long, help_heading = heading::RELAY)]
    user: Option<String>,
}

pub(super) fn run(globals: &Globals, login: &LoginArgs) -> Outcome {
    let (mut relay, written) = found(login)?;
    if let Some(user) = &login.user {
        relay = relay.for_user(user);
    }
    if relay.user.is_none() {
        return Err(Failure::hinted(
            say!("cli-login-no-user", relay = &login.relay),
            say!("cli-login-hint-user", relay = &relay.name),
        ));
    }
    let secret = asked(globals, &relay)?;
    let mut said = None;
    let tried = log_in(&relay, secret, &mut |phase, _| {
        if said.replace(phase) != Some(phase) {
            let what = silence::said(phase, &relay.name, std::slice::from_ref(&relay));
            let what = terminal::words(&what);
            say(globals, &format!("{what} …"));
        }
    })?;
    say(globals, &connect::described(&relay, &tried.reached));
    let (said, hint) = kept(&relay, written, &tried.keep);
    say(globals, &(terminal::words(&said) + &next::hints(hint.as_slice())));
    Ok(End::Complete)
}

/// The relay that is meant, and whether a campaign has it.
fn found(login: &LoginArgs) -> Result<(Relay, bool), Failure> {
    let name = &login.relay;
    let campaign = login.campaign.is_file() || login.campaign.join(FILE_NAME).is_file();
    let mut relays = Vec::new();
    if campaign {
        relays = Campaign::relays_of(&login.campaign)?;
        if let Some(at) = relays.iter().position(|relay| relay.name == *name) {
            return Ok((relays.swap_remove(at), true));
        }
    }
    let relay = if name.contains("://") || name.contains(['@', '＠']) {
        let server: Server = name
            .parse()
            .map_err(|why: Wrong| Failure::Hinted(why.what, why.help.into_iter().collect()))?;
        Relay::new(server.host.clone(), server)
    } else if let Some(preset) = Preset::find(name) {
        let server = preset.server(None).map_err(|why| {
            let otherwise = say!("cli-login-hint-server");
            Failure::Hinted(why.what, why.help.into_iter().chain([otherwise]).collect())
        })?;
        let mut relay = Relay::new(preset.name.clone(), server);
        relay.preset = Some(preset);
        relay.user.clone_from(&preset.user);
        relay
    } else {
        return Err(unknown(name, &relays, campaign));
    };
    if login.user.is_none() && relay.user.is_none() {
        return Err(Failure::hinted(
            say!("cli-login-who", host = &relay.server.host),
            say!("cli-login-hint-who"),
        ));
    }
    Ok((relay, false))
}

fn unknown(name: &str, relays: &[Relay], campaign: bool) -> Failure {
    let known: Vec<_> = relays.iter().map(|relay| relay.name.as_str()).collect();
    let presets: Vec<&str> = Preset::names().collect();
    // Of what may be an address with a password in it, only what is not one.
    let name = &*hidden::server(name);
    let mut hints = Vec::new();
    if let Some(near) = nearest(name, known.iter().chain(&presets).copied()) {
        hints.push(say!("cli-did-you-mean", meant = near));
    }
    if !known.is_empty() {
        hints.push(say!("cli-login-hint-relays", relays = Arg::commas(known)));
    } else if !campaign {
        hints.push(say!("cli-login-hint-folder", relay = quoted(name)));
    }
    hints.push(say!("cli-login-hint-presets", presets = Arg::commas(presets)));
    Failure::Hinted(say!("cli-login-unknown-relay", relay = name), hints)
}

fn asked(globals: &Globals, relay: &Relay) -> Result<SecretString, Failure> {
    let nobody = || Failure::hinted(say!("run-no-terminal"), say!("cli-login-hint-no-terminal"));
    if !terminal::can_ask() {
        return Err(nobody());
    }
    if let (Some(preset), None) = (relay.preset, &relay.oauth2) {
        tell(globals, &preset.login);
    }
    let (user, host) = (relay.user.as_deref().unwrap_or_default(), &relay.server.host);
    let prompt = match &relay.oauth2 {
        Some(_) => say!("cli-login-refresh-token", user = user, host = host),
        None => say!("cli-login-password", user = user, host = host),
    };
    let secret = terminal::password(&terminal::words(&prompt)).map_err(|_| nobody())?;
    if secret.is_empty() {
        return Err(Failure::of(say!("cli-login-nothing-typed")));
    }
    Ok(SecretString::from(secret))
}

/// Stores what worked, and says where, or where else to put it.
fn kept(relay: &Relay, written: bool, secret: &SecretString) -> (Said, Option<Said>) {
    let token = relay.oauth2.is_some();
    let key = if token { "refresh_token" } else { "password" };
    if let Err(error) = relay.keyring_entry().store(secret) {
        let why = error.said();
        let said = if token {
            say!("cli-login-token-not-stored", why = why)
        } else {
            say!("cli-login-password-not-stored", why = why)
        };
        let variable = format!("MAILSHOT_{}", key.to_uppercase());
        return (
            said,
            Some(say!("cli-login-hint-elsewhere", key = key, variable = variable)),
        );
    }
    let source = match &relay.oauth2 {
        Some(oauth2) => Some(&oauth2.refresh_token),
        None => relay.password.as_ref(),
    };
    let stored = if token {
        say!("cli-login-token-stored")
    } else {
        say!("cli-login-password-stored")
    };
    if written && matches!(source, Some(SecretSource::Keyring { .. })) {
        return (stored, None);
    }
    let hint = match (written, &relay.oauth2) {
        (true, None) => say!(
            "cli-login-hint-write",
            table = format!("[relay.{}]", relay.name),
            key = key
        ),
        (true, Some(_)) => say!(
            "cli-login-hint-write",
            table = format!("[relay.{}.oauth2]", relay.name),
            key = key
        ),
        (false, _) => say!("cli-login-hint-write-relay", key = key),
    };
    (stored, Some(hint))
}
