//! `mailshot login`: asks for a password, tries it, and only then stores it.
//!
//! Nothing is sent. `password = { keyring = … }` (or `refresh_token` likewise) reads what is
//! stored. A machine without a keyring is not a failure: the try is useful, and there are other
//! places for a password. A relay of no campaign goes into the user's settings, and serves all.

use std::path::PathBuf;

use crate::campaign::Relay;
use crate::run::{End, log_in};
use crate::words::say;
use secrecy::SecretString;

use super::explain::{Failure, Outcome};
use super::output::{Globals, say, tell};
use super::{connect, heading, next, silence, terminal};

mod found;
mod kept;

#[derive(Debug, clap::Args)]
pub(super) struct LoginArgs {
    relay: String,
    #[arg(value_name = "CAMPAIGN", default_value = ".", hide_default_value = true)]
    pub(super) campaign: PathBuf,
    #[arg(long, help_heading = heading::RELAY)]
    user: Option<String>,
}

pub(super) fn run(globals: &Globals, login: &LoginArgs) -> Outcome {
    let (relay, written) = found::found(&login.relay, &login.campaign, login.user.as_deref())?;
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
    let kept = kept::keep(&relay, written, &tried.keep)?;
    let said: Vec<_> = kept.said.iter().map(terminal::words).collect();
    say(globals, &(said.join("\n") + &next::hints(&kept.hints)));
    Ok(End::Complete)
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
