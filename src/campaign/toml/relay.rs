//! The tables `[relay.NAME]` -> drafts of relays.

use std::path::Path;

use crate::campaign::draft::{OAuth2Draft, RelayDraft};
use crate::smtp::{AuthMechanism, Pipelining, Timeouts};

use super::reader::Section;
use super::secret::secret;

pub(super) fn relays(table: &Section<'_>, folder: &Path) -> Vec<RelayDraft> {
    table
        .entries()
        .filter_map(|(name, span, value)| {
            if !value.get_ref().is_table() {
                table
                    .document
                    .problem(span, format!("`relay.{name}` must be a table of its own"))
                    .help("a relay has a name: write [relay.school] above its keys");
                return None;
            }
            table.open(name, value).map(|s| relay(name, &s, folder))
        })
        .collect()
}

fn relay(name: &str, table: &Section<'_>, folder: &Path) -> RelayDraft {
    let written = table.texts("rate");
    let rates = table
        .has("rate")
        .then(|| written.iter().filter_map(|text| table.parse(text)).collect());
    let draft = RelayDraft {
        name: name.to_owned(),
        place: Some(table.place()),
        server_named: table.has("server"),
        server: table.parsed("server"),
        preset: table.text("preset"),
        region: table.text("region"),
        weight: table.number("weight", 1..=1000),
        user: table.text("user").map(|t| t.value),
        password: secret(table, "password", folder),
        auth: choice(
            table,
            "auth",
            &[
                ("plain", AuthMechanism::Plain),
                ("login", AuthMechanism::Login),
                ("xoauth2", AuthMechanism::XOAuth2),
            ],
        ),
        connections: table.number("connections", 1..=1000),
        messages_per_connection: table.number("messages_per_connection", 1..=1_000_000),
        pipelining: choice(
            table,
            "pipelining",
            &[
                ("full", Pipelining::Full { proven: false }),
                ("envelope", Pipelining::Envelope),
                ("off", Pipelining::Off),
            ],
        ),
        oauth2: table.section("oauth2").map(|s| oauth2(&s, folder)),
        ehlo: ehlo(table),
        rates,
        ca_file: table.text("ca_file").map(|t| folder.join(t.value)),
        allow_plaintext: table.flag("allow_plaintext").unwrap_or(false),
        timeouts: table
            .section("timeouts")
            .map(|s| timeouts(&s))
            .unwrap_or_default(),
    };
    table.finish();
    draft
}

fn ehlo(table: &Section<'_>) -> Option<String> {
    let text = table.text("ehlo")?;
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    if text.value.is_empty() || !text.value.chars().all(fits) {
        table
            .document
            .problem(
                text.place.span.clone(),
                "this is not a host name to greet a relay with",
            )
            .help("write a name of ASCII letters, digits, dots and hyphens such as \"host.uni.example\"");
        return None;
    }
    Some(text.value)
}

fn timeouts(table: &Section<'_>) -> Timeouts {
    let default = Timeouts::default();
    let timeouts = Timeouts {
        connect: table.duration("connect").unwrap_or(default.connect),
        greeting: table.duration("greeting").unwrap_or(default.greeting),
        command: table.duration("command").unwrap_or(default.command),
        data_start: table.duration("data").unwrap_or(default.data_start),
        content: table.duration("content").unwrap_or(default.content),
        final_dot: table.duration("final_dot").unwrap_or(default.final_dot),
        ..default
    };
    table.finish();
    timeouts
}

fn choice<T: Copy>(table: &Section<'_>, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
    let text = table.text(key)?;
    let found = choices
        .iter()
        .find(|(name, _)| *name == text.value)
        .map(|(_, v)| *v);
    if found.is_none() {
        let names: Vec<_> = choices.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        drop(table.document.problem(
            text.place.span.clone(),
            format!("`{key}` must be one of {}", names.join(", ")),
        ));
    }
    found
}

fn oauth2(table: &Section<'_>, folder: &Path) -> OAuth2Draft {
    let draft = OAuth2Draft {
        place: table.place(),
        client_id_named: table.has("client_id"),
        client_id: table.text("client_id"),
        client_secret: secret(table, "client_secret", folder),
        refresh_token_named: table.has("refresh_token"),
        refresh_token: secret(table, "refresh_token", folder),
        token_url: table.text("token_url"),
        tenant: table.text("tenant"),
        scope: table.text("scope"),
    };
    table.finish();
    draft
}
