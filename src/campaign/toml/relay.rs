//! The tables `[relay.NAME]` -> drafts of relays.

use std::path::Path;

use crate::campaign::draft::{NamedRelay, OAuth2Draft, RelayDraft, TimeoutsDraft};
use crate::campaign::values::{Problem, hidden};
use crate::smtp::{AuthMechanism, Pipelining};

use super::reader::Section;
use super::secret::secret;
use crate::words::say;

pub(super) fn relays(table: &Section<'_>, folder: &Path) -> Vec<NamedRelay> {
    table
        .entries()
        .filter_map(|(name, span, value)| {
            if !value.get_ref().is_table() {
                let name_shown = hidden::urls(name);
                let problem =
                    Problem::of_campaign(say!("campaign-file-relay-not-a-table", name = name_shown))
                        .help(say!("campaign-file-relay-not-a-table-hint"));
                table.problem(name, span, problem);
                return None;
            }
            let table = table.open(name, value)?;
            Some(NamedRelay {
                name: name.to_owned(),
                table: Some(table.itself()),
                keys: relay(&table, folder),
                settings: None,
            })
        })
        .collect()
}

fn relay(table: &Section<'_>, folder: &Path) -> RelayDraft {
    let draft = RelayDraft {
        rates: table.texts("rate").map(|rates| {
            rates
                .iter()
                .filter_map(|rate| table.parse("rate", rate))
                .collect()
        }),
        server: table.parsed("server"),
        preset: table.text("preset"),
        region: table.text("region"),
        weight: table.number("weight", 1..=1000),
        user: table.text("user"),
        password: secret(table, "password", folder),
        auth: table.choice(
            "auth",
            &[
                ("plain", AuthMechanism::Plain),
                ("login", AuthMechanism::Login),
                ("xoauth2", AuthMechanism::XOAuth2),
            ],
        ),
        connections: table.number("connections", 1..=1000),
        messages_per_connection: table.number("messages_per_connection", 1..=1_000_000),
        pipelining: table.choice(
            "pipelining",
            &[
                ("full", Pipelining::Full { proven: false }),
                ("envelope", Pipelining::Envelope),
                ("off", Pipelining::Off),
            ],
        ),
        oauth2: table.section("oauth2").map(|s| oauth2(&s, folder)),
        ehlo: table.text("ehlo"),
        ca_file: table.file("ca_file", folder).map(|file| file.path),
        tls_fingerprint: table.parsed("tls_fingerprint"),
        allow_plaintext: table.flag("allow_plaintext"),
        timeouts: table.section("timeouts").map(|s| timeouts(&s)),
    };
    table.finish();
    draft
}

fn timeouts(table: &Section<'_>) -> TimeoutsDraft {
    let draft = TimeoutsDraft {
        connect: table.duration("connect"),
        greeting: table.duration("greeting"),
        command: table.duration("command"),
        data: table.duration("data"),
        content: table.duration("content"),
        final_dot: table.duration("final_dot"),
    };
    table.finish();
    draft
}

pub(super) fn oauth2(table: &Section<'_>, folder: &Path) -> OAuth2Draft {
    let draft = OAuth2Draft {
        table: table.itself(),
        client_id: table.text("client_id"),
        client_secret: secret(table, "client_secret", folder),
        refresh_token: secret(table, "refresh_token", folder),
        token_url: table.text("token_url"),
        tenant: table.text("tenant"),
        scope: table.text("scope"),
    };
    table.finish();
    draft
}
