//! Which relays serve a campaign: its own, or one of the user's settings.
//!
//! A campaign with relays of its own uses these alone, so that nothing leaves through an account
//! that it does not name. A table without `server` and `preset` is the settings' relay of that name,
//! with the campaign's keys over it; with one of them it is a relay of its own, and no login of the
//! user is offered to it. A campaign without relays gets the only one of the settings: of several
//! nobody knows which.

use std::borrow::Cow;

use crate::words::{Arg, say};

use super::draft::{Draft, NamedRelay, RELAY_FLAG, RelayDraft};
use super::settings::Settings;
use super::values::{Place, Preset, Problem, Problems, Server, Text, UserSettings, heading, hidden, nearest};

/// Gives the draft of a file its relays; `flags` are what goes over it, and are everything where
/// there is no file.
pub(super) fn choose(
    file: &mut Draft,
    has_file: bool,
    flags: &Draft,
    mut settings: Settings,
    problems: &mut Problems,
) {
    let mut user = UserSettings {
        file: settings.file.clone(),
        secrets: settings.secrets(),
        note: settings.note(),
        refusal: Problems::default(),
    };
    if let Some(name) = &flags.chosen_relay {
        file.relays_of_settings = by_name(name, file, &mut settings, problems);
    } else if file.relays.is_empty() && flags.any_relay.server.is_none() {
        file.relays_of_settings = true;
        file.relays = settings.relays.drain(..).collect();
        if file.relays.len() > 1 && settings.problems.0.is_empty() {
            user.refusal.push(several(&file.relays, has_file));
        }
    }
    if file.relays_of_settings {
        user.refusal.0.append(&mut settings.problems.0);
        user.note = None;
        if !user.refusal.0.is_empty() {
            file.relays.clear();
        }
    } else if completed(&mut file.relays, &mut settings.relays) {
        problems.0.append(&mut settings.problems.0);
        user.note = None;
    }
    misnamed(&file.relays, &settings.relays, problems);
    file.inbox = file.inbox.take().or(settings.inbox);
    file.settings = user;
}

/// The relay of this name is the only one; whether the settings must have it.
fn by_name(name: &Text, file: &mut Draft, settings: &mut Settings, problems: &mut Problems) -> bool {
    let is = |relay: &NamedRelay| relay.name == name.value;
    if let Some(at) = file.relays.iter().position(is) {
        file.relays = vec![file.relays.swap_remove(at)];
        return false;
    }
    if let Some(at) = settings.relays.iter().position(is) {
        file.relays = vec![settings.relays.swap_remove(at)];
        return true;
    }
    if !settings.problems.0.is_empty() {
        // It may be there, where they cannot be read.
        return true;
    }
    if let Some(preset) = Preset::find(&name.value) {
        file.relays = vec![of_preset(preset, name)];
    } else {
        problems.push(unknown(name, file, settings));
        file.relays.clear();
    }
    false
}

fn of_preset(preset: &Preset, written: &Text) -> NamedRelay {
    NamedRelay {
        name: preset.name.clone(),
        table: None,
        keys: RelayDraft {
            preset: Some(written.clone()),
            ..RelayDraft::default()
        },
        settings: None,
    }
}

fn unknown(name: &Text, file: &Draft, settings: &Settings) -> Problem {
    let known = file.relays.iter().chain(&settings.relays);
    let known: Vec<&str> = known.map(|relay| relay.name.as_str()).collect();
    let near = nearest(&name.value, known.iter().copied());
    // A host without the scheme is the commonest mistake; what may be a password is not shown.
    if let Err(why) = name.value.parse::<Server>()
        && near.is_none()
        && (name.value.contains('.') || name.value.is_empty())
    {
        return Problem::of_wrong(RELAY_FLAG, &name.place, why);
    }
    let what = say!("campaign-relay-unknown", relay = hidden::server(&name.value));
    let mut problem = Problem::of_key(RELAY_FLAG, &name.place, what);
    let presets: Vec<&str> = Preset::names().collect();
    if let Some(near) = near.or_else(|| nearest(&name.value, presets.iter().copied())) {
        problem = problem.help(say!("campaign-did-you-mean", near = near));
    }
    if !known.is_empty() {
        problem = problem.help(say!("campaign-relay-known", relays = Arg::commas(known)));
    }
    problem
        .help(say!("campaign-relay-presets", presets = Arg::commas(presets)))
        .help(say!("campaign-server-forms"))
}

/// Gives the relays of a campaign what the settings say of them.
pub(super) fn complete(relays: &mut [NamedRelay], mut settings: Settings, problems: &mut Problems) {
    if completed(relays, &mut settings.relays) {
        problems.0.append(&mut settings.problems.0);
    }
    misnamed(relays, &settings.relays, problems);
}

/// Tables that name no server of their own get the rest from the settings' relay of that name;
/// whether there are such.
fn completed(relays: &mut [NamedRelay], settings: &mut Vec<NamedRelay>) -> bool {
    let mut any = false;
    for relay in relays {
        if relay.settings.is_some() || relay.keys.server.is_some() || relay.keys.preset.is_some() {
            continue;
        }
        if let Some(at) = settings.iter().position(|known| known.name == relay.name) {
            let known = settings.swap_remove(at);
            relay.keys = std::mem::take(&mut relay.keys).or(known.keys);
            relay.settings = known.settings;
            any = true;
        }
    }
    any
}

/// Tables that name no server, and nearly a relay of the settings.
fn misnamed(relays: &[NamedRelay], settings: &[NamedRelay], problems: &mut Problems) {
    let known = settings.iter().map(|known| known.name.as_str());
    for relay in relays {
        let named = relay.keys.server.is_some() || relay.keys.preset.is_some();
        let (Some(table), false) = (&relay.table, named) else {
            continue;
        };
        if let Some(near) = nearest(&relay.name, known.clone()) {
            let what = say!("campaign-relay-without-server", relay = &relay.name);
            let problem = Problem::of_key(table.key_of("server"), &table.place, what);
            problems.push(
                (problem.help(say!("campaign-settings-near", table = heading(near))))
                    .help(say!("campaign-relay-without-server-hint")),
            );
        }
    }
}

/// A word as a shell takes it.
pub(super) fn pasted(name: &str) -> String {
    shlex::try_quote(name).map_or_else(|_| name.to_owned(), Cow::into_owned)
}

fn several(relays: &[NamedRelay], has_file: bool) -> Problem {
    let names = relays.iter().map(|relay| relay.name.as_str());
    let first = relays
        .first()
        .map(|relay| relay.name.as_str())
        .unwrap_or_default();
    let file = relays.iter().find_map(|relay| relay.settings.as_deref());
    let shown = file.map(|file| file.display().to_string()).unwrap_or_default();
    let what = say!(
        "campaign-settings-several",
        relays = relays.len(),
        names = Arg::commas(names)
    );
    let problem = Problem::of_key(RELAY_FLAG, &Place::whole(shown), what)
        .help(say!("campaign-settings-several-flag", relay = pasted(first)));
    if has_file {
        return problem.help(say!("campaign-settings-several-table", table = heading(first)));
    }
    problem
}
