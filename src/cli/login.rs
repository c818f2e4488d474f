//! `mailshot login`: asks for a password, tries it, and only then stores it.
//!
//! Nothing is sent. `password = { keyring = … }` (or `refresh_token` likewise) reads what is
//! stored. A machine without a keyring is not a failure: the try is useful, and there are other
//! places for a password.

use std::path::PathBuf;

use crate::campaign::{Campaign, FILE_NAME, Preset, Relay, SecretSource, Server, Wrong, hidden, nearest};
use crate::run::{End, log_in};
use secrecy::SecretString;

use super::explain::{Failure, Outcome};
use super::output::{Globals, say};
use super::{connect, heading, silence, terminal};

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
        return Err(Failure::Words(format!(
            "the relay `{}` names no user to log in as\n  hint: write user = \"…\" below [relay.{}], or add --user",
            login.relay, relay.name
        )));
    }
    let what = if relay.oauth2.is_some() {
        "Refresh token"
    } else {
        "Password"
    };
    let secret = asked(globals, &relay, what)?;
    let mut said = None;
    let tried = log_in(&relay, secret, &mut |phase, _| {
        if said.replace(phase) != Some(phase) {
            let what = silence::said(phase, &relay.name, std::slice::from_ref(&relay));
            let what = terminal::words(&what);
            say(globals, &format!("{what} …"));
        }
    })?;
    say(globals, &connect::described(&relay, &tried.reached));
    say(globals, &kept(&relay, written, &tried.keep));
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
            .map_err(|why: Wrong| Failure::Words(why.to_string()))?;
        Relay::new(server.host.clone(), server)
    } else if let Some(preset) = Preset::find(name) {
        let server = preset.server(None).map_err(|why| {
            Failure::Words(format!(
                "{why}\n  hint: or name the server itself: mailshot login smtps://… --user …"
            ))
        })?;
        let mut relay = Relay::new(preset.name.clone(), server);
        relay.preset = Some(preset);
        relay.user.clone_from(&preset.user);
        relay
    } else {
        return Err(Failure::Words(unknown(name, &relays, campaign)));
    };
    if login.user.is_none() && relay.user.is_none() {
        return Err(Failure::Words(format!(
            "who is to log in at {}?\n  hint: add --user, or name a relay of a campaign",
            relay.server.host
        )));
    }
    Ok((relay, false))
}

fn unknown(name: &str, relays: &[Relay], campaign: bool) -> String {
    let mut words = format!("there is no relay `{}`", hidden::server(name));
    let known: Vec<_> = relays.iter().map(|relay| relay.name.as_str()).collect();
    let presets: Vec<&str> = Preset::names().collect();
    if let Some(near) = nearest(name, known.iter().chain(&presets).copied()) {
        words.push_str(&format!("\n  hint: did you mean `{near}`?"));
    }
    if !known.is_empty() {
        words.push_str(&format!(
            "\n  hint: the relays of this campaign are: {}",
            known.join(", ")
        ));
    } else if !campaign {
        words.push_str("\n  hint: there is no campaign here; name its folder behind the relay");
    }
    words.push_str(&format!(
        "\n  hint: without a campaign: smtps://HOST, or one of {}, with --user",
        presets.join(", ")
    ));
    words
}

fn asked(globals: &Globals, relay: &Relay, what: &str) -> Result<SecretString, Failure> {
    let nobody = || {
        Failure::Words(
            "there is no terminal to ask on\n  hint: mailshot login asks on the terminal; a program reads a password from { env = … }, { command = … } or { file = … } in the campaign file"
                .to_owned(),
        )
    };
    if !terminal::can_ask() {
        return Err(nobody());
    }
    if let (Some(preset), None) = (relay.preset, &relay.oauth2) {
        say(globals, &terminal::words(&preset.login));
    }
    let user = relay.user.as_deref().unwrap_or_default();
    let secret =
        terminal::password(&format!("{what} for {user} at {}: ", relay.server.host)).map_err(|_| nobody())?;
    if secret.is_empty() {
        return Err(Failure::Words(
            "nothing was typed, so nothing was tried".to_owned(),
        ));
    }
    Ok(SecretString::from(secret))
}

/// Stores what worked, and says where, or where else to put it.
fn kept(relay: &Relay, written: bool, secret: &SecretString) -> String {
    let (key, what) = match &relay.oauth2 {
        Some(_) => ("refresh_token", "refresh token"),
        None => ("password", "password"),
    };
    let entry = relay.keyring_entry();
    if let Err(error) = entry.store(secret) {
        return format!(
            "The login works, but the {what} is not stored: {error}\n  hint: let the campaign read it from elsewhere: {key} = {{ command = \"pass show smtp/uni\" }}, {{ file = \"{key}.txt\" }} (mode 0600) or {{ env = \"MAILSHOT_{}\" }}",
            key.to_uppercase()
        );
    }
    let source = match &relay.oauth2 {
        Some(oauth2) => Some(&oauth2.refresh_token),
        None => relay.password.as_ref(),
    };
    if written && matches!(source, Some(SecretSource::Keyring { .. })) {
        return format!("The login works, and the {what} is in the keyring, where the campaign reads it.");
    }
    let table = match (written, &relay.oauth2) {
        (true, None) => format!("[relay.{}]", relay.name),
        (true, Some(_)) => format!("[relay.{}.oauth2]", relay.name),
        (false, _) => "the relay's table".to_owned(),
    };
    format!(
        "The login works, and the {what} is in the keyring. Write below {table}: {key} = {{ keyring = true }}"
    )
}
