//! The relays that file and flags name together, and what they must not be.
//!
//! The campaign overrides its preset, and a flag overrides both. Here it is decided, before
//! anything is read or opened, that no password and (unless allowed) no mail is sent over a network
//! unencrypted.

use crate::campaign::draft::{NamedRelay, RELAY_FLAG, RelayDraft, TableDraft, TimeoutsDraft};
use crate::campaign::home::Home;
use crate::campaign::values::{Preset, Problem, Problems, Relay, Server, Text, hidden};
use crate::smtp::{AuthMechanism, Security, Timeouts};

use super::oauth2::oauth2;
use crate::words::{Arg, say};

/// The relays; `any` is what is said about relays without naming one of several.
pub(crate) fn relays(
    drafts: Vec<NamedRelay>,
    any: &RelayDraft,
    home: &Home,
    problems: &mut Problems,
) -> Vec<Relay> {
    if problems.are_about(RELAY_FLAG) {
        return Vec::new();
    }
    if drafts.len() > 1 {
        one_user_for_several(&drafts, any, problems);
    }
    let valid = |NamedRelay {
                     name,
                     table,
                     keys,
                     settings,
                 }| {
        let nowhere = || TableDraft {
            key: format!("relay.{name}"),
            place: home.nowhere(),
        };
        let table = table.unwrap_or_else(nowhere);
        Some(Relay {
            settings,
            ..relay(name, &table, keys, problems)?
        })
    };
    drafts.into_iter().filter_map(valid).collect()
}

/// A user and a password cannot be said of several relays: whose are they?
fn one_user_for_several(drafts: &[NamedRelay], any: &RelayDraft, problems: &mut Problems) {
    let user = any.user.as_ref().map(|user| &user.place);
    let Some(place) = user.or(any.password.as_ref().map(|password| &password.place)) else {
        return;
    };
    let flag = &*place.path;
    let names = drafts.iter().map(|draft| format!("`{}`", draft.name));
    let first = drafts
        .first()
        .map(|draft| draft.name.as_str())
        .unwrap_or_default();
    let what = say!("campaign-relay-one-user", flag = flag, relays = drafts.len());
    problems.push(
        Problem::of_key(flag, place, what)
            .help(say!("campaign-relay-one-user-names", names = Arg::commas(names)))
            .help(say!("campaign-relay-one-user-hint", relay = first)),
    );
}

fn relay(name: String, table: &TableDraft, mut draft: RelayDraft, problems: &mut Problems) -> Option<Relay> {
    let preset = preset(table, &draft, problems);
    let server = server(&name, table, &draft, preset, problems)?;
    password_in_user(table, &draft, problems);
    let user = draft.user.take().map(|user| user.value);
    let user = user.or_else(|| preset.and_then(|preset| preset.user.clone()));
    check_protection(table, &server, user.is_some(), &draft, problems);
    if draft.tls_fingerprint.is_some() && server.security == Security::Plaintext {
        let what = say!("campaign-relay-pin-without-tls", server = server.to_string());
        let problem = table.problem(what);
        problems.push(problem.help(say!("campaign-relay-pin-without-tls-hint")));
    }
    let oauth2_wanted = draft.oauth2.is_some();
    if user.is_none() && (draft.password.is_some() || oauth2_wanted) {
        let what = if oauth2_wanted {
            say!("campaign-relay-oauth2-without-user", relay = &name)
        } else {
            say!("campaign-relay-password-without-user", relay = &name)
        };
        problems.push(table.problem(what).help(say!("campaign-relay-without-user-hint")));
    }
    let ehlo = draft.ehlo.take().and_then(|text| ehlo(table, text, problems));
    let tokens = draft.oauth2.take();
    let tokens = tokens.and_then(|tokens| oauth2(tokens, &name, &draft, preset, problems));
    let mut relay = Relay::new(name, server);
    if let Some(preset) = preset {
        relay = relay.with(preset);
    }
    let small = |n: Option<u64>| n.and_then(|n| u32::try_from(n).ok());
    let connections = draft.connections.and_then(|n| usize::try_from(n).ok());
    let relay = Relay {
        weight: small(draft.weight).unwrap_or(relay.weight),
        password: draft.password.map(|password| password.source),
        auth: draft.auth.or(tokens.is_some().then_some(AuthMechanism::XOAuth2)),
        oauth2: tokens,
        connections: connections.unwrap_or(relay.connections),
        messages_per_connection: small(draft.messages_per_connection)
            .unwrap_or(relay.messages_per_connection),
        pipelining: draft.pipelining.unwrap_or(relay.pipelining),
        ehlo,
        rates: draft.rates.unwrap_or(relay.rates),
        ca_file: draft.ca_file,
        tls_fingerprint: draft.tls_fingerprint.map(|pin| pin.0),
        timeouts: timeouts(draft.timeouts.unwrap_or_default()),
        ..relay
    };
    Some(match user {
        Some(user) => relay.for_user(&user),
        None => relay,
    })
}

/// `user = "ada:secret"`: it would be shown wherever the login is named.
pub(super) fn password_in_user(table: &TableDraft, draft: &RelayDraft, problems: &mut Problems) {
    let Some(user) = draft
        .user
        .as_ref()
        .filter(|user| user.value.contains([':', '：']))
    else {
        return;
    };
    if draft.password.is_none() && draft.oauth2.is_none() {
        problems.push(
            Problem::of_key(
                table.key_of("user"),
                &user.place,
                say!("campaign-relay-password-in-user"),
            )
            .help(say!("campaign-relay-password-in-user-hint")),
        );
    }
}

fn preset(table: &TableDraft, draft: &RelayDraft, problems: &mut Problems) -> Option<&'static Preset> {
    let Some(text) = &draft.preset else {
        if let Some(region) = &draft.region {
            let key = table.key_of("region");
            problems.push(
                Problem::of_key(key, &region.place, say!("campaign-relay-region-alone"))
                    .help(say!("campaign-relay-region-alone-hint")),
            );
        }
        return None;
    };
    let preset = Preset::find(&text.value);
    if preset.is_none() {
        let what = say!("campaign-preset-unknown", name = hidden::server(&text.value));
        let problem = Problem::of_key(table.key_of("preset"), &text.place, what);
        let help = Preset::unknown(&text.value);
        problems.push(help.into_iter().fold(problem, Problem::help));
    }
    preset
}

/// The server that is written, or that of the preset.
fn server(
    name: &str,
    table: &TableDraft,
    draft: &RelayDraft,
    preset: Option<&Preset>,
    problems: &mut Problems,
) -> Option<Server> {
    if draft.server.is_some() {
        return draft.server.clone();
    }
    // A server that is there but wrong was reported where it stands.
    if problems.are_within(&table.key_of("server")) {
        return None;
    }
    let Some(written) = &draft.preset else {
        problems.push(
            (table.problem(say!("campaign-relay-without-server", relay = name)))
                .help(say!("campaign-relay-without-server-hint")),
        );
        return None;
    };
    let (key, written) = match &draft.region {
        Some(region) => ("region", region),
        None => ("preset", written),
    };
    let region = draft.region.as_ref().map(|text| text.value.as_str());
    match preset?.server(region) {
        Ok(server) => Some(server),
        Err(why) => {
            problems.push(Problem::of_wrong(table.key_of(key), &written.place, why));
            None
        }
    }
}

/// No password, and no mail unless allowed, goes over a network in the clear.
fn check_protection(
    table: &TableDraft,
    server: &Server,
    has_user: bool,
    draft: &RelayDraft,
    problems: &mut Problems,
) {
    if server.security != Security::Plaintext || server.is_loopback() {
        return;
    }
    let logs_in = has_user || draft.password.is_some();
    let what = if logs_in {
        say!("campaign-relay-password-without-tls", server = server.to_string())
    } else if draft.allow_plaintext == Some(true) {
        return;
    } else {
        say!("campaign-relay-plaintext", server = server.to_string())
    };
    let mut problem = table
        .problem(what)
        .help(say!("campaign-relay-plaintext-hint", host = &server.host));
    if !logs_in {
        problem = problem.help(say!("campaign-relay-plaintext-allow"));
    }
    problems.push(problem);
}

fn ehlo(table: &TableDraft, text: Text, problems: &mut Problems) -> Option<String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    if !text.value.is_empty() && text.value.chars().all(fits) {
        return Some(text.value);
    }
    let what = say!("campaign-relay-bad-ehlo");
    problems.push(
        Problem::of_key(table.key_of("ehlo"), &text.place, what).help(say!("campaign-relay-bad-ehlo-hint")),
    );
    None
}

fn timeouts(draft: TimeoutsDraft) -> Timeouts {
    let default = Timeouts::default();
    Timeouts {
        connect: draft.connect.unwrap_or(default.connect),
        greeting: draft.greeting.unwrap_or(default.greeting),
        command: draft.command.unwrap_or(default.command),
        data_start: draft.data.unwrap_or(default.data_start),
        content: draft.content.unwrap_or(default.content),
        final_dot: draft.final_dot.unwrap_or(default.final_dot),
        ..default
    }
}

#[cfg(test)]
mod tests;
