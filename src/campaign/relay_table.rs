//! The tables `[relay.NAME]` -> drafts of relays.
//!
//! A secret is named by where it is to be had; one that stands in the file
//! itself is refused, and is not shown.

use std::path::Path;

use super::draft::RelayDraft;
use super::oauth2::OAuth2Draft;
use super::reader::Section;
use super::secret::KEYRING_SERVICE;
use super::SecretSource;
use crate::smtp::{AuthMechanism, Pipelining, Timeouts};

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

/// A source of a password or token; the thing itself is refused.
pub(super) fn secret(table: &Section<'_>, key: &'static str, folder: &Path) -> Option<SecretSource> {
    let (it, forms) = match key {
        "client_secret" => (
            "client secret",
            "write client_secret = { env = \"MAILSHOT_CLIENT_SECRET\" }, { command = \"pass show oauth/client\" }, { file = \"client-secret.txt\" } or { keyring = true }",
        ),
        "refresh_token" => (
            "refresh token",
            "write refresh_token = { keyring = true } (mailshot login puts it there), { env = \"MAILSHOT_REFRESH_TOKEN\" }, { command = \"pass show oauth/refresh\" } or { file = \"refresh-token.txt\" }",
        ),
        "key" => (
            "private key",
            "write key = { file = \"dkim.pem\" }, { env = \"MAILSHOT_DKIM_KEY\" }, { command = \"pass show dkim/uni\" } or { keyring = true }; mailshot dkim new makes such a file",
        ),
        _ => (
            "password",
            "write password = { env = \"MAILSHOT_PASSWORD\" }, { command = \"pass show smtp/uni\" }, { file = \"password.txt\" } or { keyring = true }; without any of them mailshot asks for it on the terminal",
        ),
    };
    let value = table.value(key)?;
    if value.get_ref().is_str() {
        table
            .document
            .problem(value.span(), format!("a {it} may not stand in the campaign file"))
            .help("files are copied, mailed and backed up; take it out, and change it if others have seen it")
            .help(forms);
        return None;
    }
    let source = table.open(key, value)?;
    let mut found = Vec::new();
    found.extend(source.text("env").map(|t| SecretSource::Env(t.value)));
    found.extend(source.text("command").map(|t| SecretSource::Command(t.value)));
    found.extend(
        source
            .text("file")
            .map(|t| SecretSource::File(folder.join(t.value))),
    );
    if let Some(entry) = source.value("keyring") {
        match (entry.get_ref().as_bool(), entry.get_ref().as_str()) {
            (Some(true), _) => found.push(SecretSource::keyring(KEYRING_SERVICE)),
            (_, Some(service)) => found.push(SecretSource::keyring(service)),
            _ => drop(table.document.problem(
                entry.span(),
                "`keyring` must be true, or the service name of an entry in quotes",
            )),
        }
    }
    source.finish();
    if found.len() > 1 {
        table
            .document
            .problem(value.span(), format!("a {it} has one source, not several"))
            .help(forms);
    }
    found.into_iter().next()
}
