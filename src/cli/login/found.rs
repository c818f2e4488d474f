//! Which relay a login is for, and where its table is: in a campaign, in the user's settings, or
//! nowhere yet.

use std::path::Path;

use crate::campaign::{Campaign, FILE_NAME, Preset, Relay, Server, Settings, Wrong, hidden, nearest};
use crate::words::{Arg, say};

use super::super::explain::Failure;
use super::super::settings;
use super::super::shell::quoted;
use super::super::terminal;

/// Where a relay's table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Written {
    InCampaign,
    InSettings,
    Nowhere,
}

/// What is known of relays by name.
struct Known {
    /// There is a campaign.
    campaign: bool,
    of_campaign: Vec<Relay>,
    of_settings: Vec<Relay>,
}

/// The relay that is meant, and where it is written.
pub(in crate::cli) fn found(
    name: &str,
    campaign: &Path,
    user: Option<&str>,
) -> Result<(Relay, Written), Failure> {
    let file = settings::file();
    let is_campaign = campaign.is_file() || campaign.join(FILE_NAME).is_file();
    let mut of_campaign = Vec::new();
    if is_campaign {
        of_campaign = Campaign::relays_of(campaign, file.as_deref())?;
        if let Some(at) = of_campaign.iter().position(|relay| relay.name == name) {
            return Ok(placed(for_user(of_campaign.swap_remove(at), user)));
        }
    }
    // What is wrong there is to be corrected before anything is added.
    let of_settings = file.map(|file| Settings::read(&file).valid_relays());
    let known = Known {
        campaign: is_campaign,
        of_campaign,
        of_settings: of_settings.transpose()?.unwrap_or_default(),
    };
    let named = known.of_settings.iter().find(|relay| relay.name == name);
    let is_theirs = |relay: &&Relay| user.is_none() || relay.user.is_none() || relay.user.as_deref() == user;
    if let Some(relay) = named.filter(is_theirs) {
        let mut relay = for_user(relay.clone(), user);
        if relay.user.is_none() {
            let user = asked_user(name, &relay.server.host)?;
            relay = relay.for_user(&user);
        }
        return Ok((relay, Written::InSettings));
    }
    let relay = new(name, user, &known)?;
    Ok(known.same_as(&relay).map_or_else(
        || (known.named_anew(relay), Written::Nowhere),
        |same| placed(same.clone()),
    ))
}

fn for_user(relay: Relay, user: Option<&str>) -> Relay {
    match user {
        Some(user) => relay.for_user(user),
        None => relay,
    }
}

fn placed(relay: Relay) -> (Relay, Written) {
    let written = if relay.settings.is_some() {
        Written::InSettings
    } else {
        Written::InCampaign
    };
    (relay, written)
}

/// A server, or a preset.
fn new(name: &str, user: Option<&str>, known: &Known) -> Result<Relay, Failure> {
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
    } else if let Some(relay) = known.of_settings.iter().find(|relay| relay.name == name) {
        let has = relay.user.as_deref().unwrap_or_default();
        let server = relay.server.to_string();
        return Err(Failure::Hinted(
            say!("cli-login-other-user", relay = name, user = has),
            vec![
                say!("cli-login-hint-that-user", relay = quoted(name)),
                say!(
                    "cli-login-hint-own-table",
                    server = server,
                    user = quoted(user.unwrap_or_default())
                ),
            ],
        ));
    } else {
        return Err(unknown(name, known));
    };
    if user.is_some() || relay.user.is_some() {
        return Ok(for_user(relay, user));
    }
    let user = asked_user(name, &relay.server.host)?;
    Ok(relay.for_user(&user))
}

/// Who logs in, where nobody said it.
fn asked_user(relay: &str, host: &str) -> Result<String, Failure> {
    let nobody = || {
        Failure::hinted(
            say!("cli-login-who", host = host),
            say!("cli-login-hint-who", relay = quoted(relay)),
        )
    };
    if !terminal::can_ask() {
        return Err(nobody());
    }
    let prompt = terminal::words(&say!("cli-login-user", host = host));
    let typed = terminal::line(&prompt).map_err(|_| nobody())?;
    let typed = typed.filter(|user| !user.is_empty());
    typed.ok_or_else(|| Failure::of(say!("cli-login-nothing-typed")))
}

impl Known {
    /// The same login at the same server, under whatever name.
    fn same_as(&self, relay: &Relay) -> Option<&Relay> {
        let is = |known: &&Relay| known.server == relay.server && known.user == relay.user;
        self.of_campaign.iter().chain(&self.of_settings).find(is)
    }

    /// Under a name that the settings do not have: two accounts at one provider are two relays.
    fn named_anew(&self, mut relay: Relay) -> Relay {
        let base = relay.name.clone();
        let user = relay.user.as_deref().unwrap_or_default();
        let local = user.split_once('@').map_or(user, |(local, _)| local).to_owned();
        let is_taken = |name: &str| self.of_settings.iter().any(|known| known.name == name);
        let mut number = 2;
        while is_taken(&relay.name) {
            relay.name = if number == 2 {
                format!("{base}-{local}")
            } else {
                format!("{base}-{local}-{number}")
            };
            number += 1;
        }
        relay
    }
}

fn unknown(name: &str, known: &Known) -> Failure {
    let names = |relays: &[Relay]| relays.iter().map(|relay| relay.name.clone()).collect::<Vec<_>>();
    let (of_campaign, of_settings) = (names(&known.of_campaign), names(&known.of_settings));
    let presets: Vec<&str> = Preset::names().collect();
    // Of what may be an address with a password in it, only what is not one.
    let name = &*hidden::server(name);
    let mut hints = Vec::new();
    let all = of_campaign.iter().chain(&of_settings).map(String::as_str);
    if let Some(near) = nearest(name, all.chain(presets.iter().copied())) {
        hints.push(say!("cli-did-you-mean", meant = near));
    }
    if !of_campaign.is_empty() {
        hints.push(say!("cli-login-hint-relays", relays = Arg::commas(of_campaign)));
    } else if !known.campaign {
        hints.push(say!("cli-login-hint-folder", relay = quoted(name)));
    }
    if !of_settings.is_empty() {
        hints.push(say!("cli-login-hint-settings", relays = Arg::commas(of_settings)));
    }
    hints.push(say!("cli-login-hint-presets", presets = Arg::commas(presets)));
    Failure::Hinted(say!("cli-login-unknown-relay", relay = name), hints)
}
