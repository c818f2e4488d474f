//! The relays that file and flags name together, and what they must not be.
//!
//! What a campaign writes goes before its preset, and a flag before both. That
//! no password and (unless allowed) no mail goes over a network in the clear is
//! decided here, before anything is read or opened.

use crate::campaign::draft::{NamedRelay, RELAY_FLAG, RelayDraft, TimeoutsDraft};
use crate::campaign::home::Home;
use crate::campaign::values::{Place, Preset, Problem, Problems, Relay, Server, Text};
use crate::smtp::{AuthMechanism, Pipelining, Security, Timeouts};

use super::oauth2::oauth2;

/// The relays; `any` is what is said of relays without naming one of several.
pub(in crate::campaign) fn relays(
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
    drafts
        .into_iter()
        .filter_map(|draft| {
            let place = draft.place.unwrap_or_else(|| home.nowhere());
            relay(draft.name, place, draft.keys, problems)
        })
        .collect()
}

/// A user and a password cannot be said of several relays: whose are they?
fn one_user_for_several(drafts: &[NamedRelay], any: &RelayDraft, problems: &mut Problems) {
    let user = any.user.as_ref().map(|user| &user.place);
    let Some(place) = user.or(any.password.as_ref().map(|password| &password.place)) else {
        return;
    };
    let flag = &place.path;
    let names: Vec<_> = drafts.iter().map(|draft| format!("`{}`", draft.name)).collect();
    problems.push(
        Problem::error(format!(
            "{flag} goes with one relay, and this campaign has {}",
            drafts.len()
        ))
        .about(&**flag)
        .at(place.clone())
        .help(format!("the relays are {}", names.join(", ")))
        .help(
            "write `user` and `password` below each of them, or name the one to use with --relay smtps://…",
        ),
    );
}

fn relay(name: String, place: Place, draft: RelayDraft, problems: &mut Problems) -> Option<Relay> {
    let preset = preset(&draft, problems);
    let server = server(&name, &place, &draft, preset, problems)?;
    let user = draft.user.map(|user| user.value);
    let user = user.or_else(|| preset.and_then(|preset| preset.user.clone()));
    let logs_in = user.is_some() || draft.password.is_some();
    let may_be_read = draft.allow_plaintext.unwrap_or(false);
    check_protection(&place, &server, logs_in, may_be_read, problems);
    let wants_login = draft.password.is_some() || draft.oauth2.is_some();
    if wants_login && user.is_none() {
        let what = if draft.oauth2.is_some() {
            "`oauth2`"
        } else {
            "a password"
        };
        problems.push(
            Problem::error(format!("the relay `{name}` has {what} but no `user`"))
                .about(format!("relay.{name}.user"))
                .at(place)
                .help("write user = \"…\", or use --user"),
        );
    }
    let ehlo = draft.ehlo.and_then(|text| ehlo(&name, text, problems));
    let has_password = draft.password.is_some();
    let tokens = draft
        .oauth2
        .and_then(|tokens| oauth2(&name, tokens, draft.auth, has_password, preset, problems));
    let usually = Relay::new(name, server);
    let (connections, messages_per_connection, pipelining) = match preset {
        Some(preset) => (
            preset.connections,
            preset.messages_per_connection,
            Pipelining::Envelope,
        ),
        None => (
            usually.connections,
            usually.messages_per_connection,
            usually.pipelining,
        ),
    };
    let small = |n: Option<u64>| n.and_then(|n| u32::try_from(n).ok());
    let relay = Relay {
        preset,
        weight: small(draft.weight).unwrap_or(usually.weight),
        password: draft.password.map(|password| password.source),
        auth: draft.auth.or(tokens.is_some().then_some(AuthMechanism::XOAuth2)),
        oauth2: tokens,
        connections: draft
            .connections
            .and_then(|n| usize::try_from(n).ok())
            .unwrap_or(connections),
        messages_per_connection: small(draft.messages_per_connection).unwrap_or(messages_per_connection),
        pipelining: draft.pipelining.unwrap_or(pipelining),
        ehlo,
        rates: draft
            .rates
            .or_else(|| preset.map(|preset| preset.rates.clone()))
            .unwrap_or_default(),
        ca_file: draft.ca_file,
        timeouts: timeouts(draft.timeouts.unwrap_or_default()),
        ..usually
    };
    Some(match user {
        Some(user) => relay.as_user(&user),
        None => relay,
    })
}

fn preset(draft: &RelayDraft, problems: &mut Problems) -> Option<&'static Preset> {
    let Some(text) = &draft.preset else {
        if let Some(region) = &draft.region {
            problems.push(
                Problem::error("`region` belongs to a `preset`")
                    .at(region.place.clone())
                    .help("write preset = \"ses\" beside it, or take it out"),
            );
        }
        return None;
    };
    let preset = Preset::find(&text.value);
    if preset.is_none() {
        let problem = Problem::error(format!("there is no preset `{}`", text.value)).at(text.place.clone());
        let help = Preset::unknown(&text.value);
        problems.push(help.into_iter().fold(problem, Problem::help));
    }
    preset
}

/// The server that is written, or that of the preset.
fn server(
    name: &str,
    place: &Place,
    draft: &RelayDraft,
    preset: Option<&Preset>,
    problems: &mut Problems,
) -> Option<Server> {
    if draft.server.is_some() {
        return draft.server.clone();
    }
    let key = format!("relay.{name}.server");
    // A server that is there but wrong was reported where it stands.
    if problems.are_within(&key) {
        return None;
    }
    let (Some(preset), Some(written)) = (preset, &draft.preset) else {
        // So was an unknown preset.
        if draft.preset.is_none() {
            problems.push(
                Problem::error(format!("the relay `{name}` has no `server`"))
                    .about(key)
                    .at(place.clone())
                    .help("write server = \"smtps://smtp.uni.example\", or preset = \"163\" for a provider that is known"),
            );
        }
        return None;
    };
    let region = draft.region.as_ref();
    match preset.server(region.map(|text| text.value.as_str())) {
        Ok(server) => Some(server),
        Err(why) => {
            problems.push(Problem::from(why).at(region.unwrap_or(written).place.clone()));
            None
        }
    }
}

/// No password, and no mail unless allowed, goes over a network in the clear.
fn check_protection(
    place: &Place,
    server: &Server,
    logs_in: bool,
    may_be_read: bool,
    problems: &mut Problems,
) {
    let in_the_clear = server.security == Security::Plaintext && !server.is_loopback();
    let what = if !in_the_clear || (may_be_read && !logs_in) {
        return;
    } else if logs_in {
        format!("a password is never sent without TLS, and {server} has none")
    } else {
        format!("{server} would send every message readable by anyone on the way")
    };
    let mut problem = Problem::error(what).at(place.clone()).help(format!(
        "use smtps://{0} (port 465) or smtp://{0} (STARTTLS, port 587)",
        server.host
    ));
    if !logs_in {
        problem = problem.help("or, on a network you trust, write allow_plaintext = true");
    }
    problems.push(problem);
}

fn ehlo(name: &str, text: Text, problems: &mut Problems) -> Option<String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    if text.value.is_empty() || !text.value.chars().all(fits) {
        problems.push(
            Problem::error("this is not a host name to greet a relay with")
                .about(format!("relay.{name}.ehlo"))
                .at(text.place)
                .help("write a name of ASCII letters, digits, dots and hyphens such as \"host.uni.example\""),
        );
        return None;
    }
    Some(text.value)
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
