//! The draft of `[inbox]` -> the mailbox that answers arrive in.

use crate::campaign::draft::InboxDraft;
use crate::campaign::values::{
    INBOX, MailAccount, MailProtocol, MailServer, Preset, Problem, Problems, Relay, SecretSource, hidden,
    nearest,
};
use crate::smtp::{AuthMechanism, Security, Timeouts};
use crate::words::say;

use super::oauth2::oauth2;
use super::relay::password_in_user;

/// How long a mail server may be silent: nothing is lost by giving up earlier than on a relay.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(60);

/// The mailbox.
pub(crate) fn inbox(mut draft: InboxDraft, problems: &mut Problems) -> Option<MailAccount> {
    let preset = preset(&draft, problems);
    let server = server(&draft, preset, problems)?;
    let table = &draft.table;
    password_in_user(table, &draft.access, problems);
    if server.server.security == Security::Plaintext && !server.server.is_loopback() {
        let what = say!("campaign-inbox-plaintext", server = server.to_string());
        let help = say!("campaign-inbox-plaintext-hint", host = &server.server.host);
        problems.push(table.problem(what).help(help));
    }
    if draft.access.tls_fingerprint.is_some() && server.server.security == Security::Plaintext {
        let what = say!("campaign-relay-pin-without-tls", server = server.to_string());
        problems.push(
            table
                .problem(what)
                .help(say!("campaign-inbox-pin-without-tls-hint")),
        );
    }
    let user = draft.access.user.take().map(|user| user.value);
    if user.is_none() && !problems.are_within(&table.key_of("user")) {
        problems.push(
            table
                .problem(say!("campaign-inbox-no-user"))
                .help(say!("campaign-inbox-no-user-hint")),
        );
    }
    let tokens = draft.access.oauth2.take();
    let tokens = tokens.and_then(|tokens| oauth2(tokens, INBOX, &draft.access, preset, problems));
    let folders: Vec<String> = draft
        .folder
        .iter()
        .flatten()
        .map(|text| text.value.clone())
        .collect();
    if draft.folder.is_some() && (folders.is_empty() || folders.iter().any(|name| name.trim().is_empty())) {
        problems.push(table.problem(say!("campaign-inbox-no-folder")));
    }
    let relay = Relay::new(INBOX, server.server.clone());
    let access = Relay {
        preset,
        password: draft.access.password.map(|password| password.source),
        auth: draft
            .access
            .auth
            .or(tokens.is_some().then_some(AuthMechanism::XOAuth2)),
        oauth2: tokens,
        ca_file: draft.access.ca_file,
        tls_fingerprint: draft.access.tls_fingerprint.map(|pin| pin.0),
        timeouts: {
            let written = draft.access.timeouts.unwrap_or_default();
            let default = Timeouts::default();
            Timeouts {
                connect: written.connect.unwrap_or(default.connect),
                greeting: written.greeting.unwrap_or(PATIENCE),
                command: written.command.unwrap_or(PATIENCE),
                ..default
            }
        },
        settings: draft.settings,
        ..relay
    };
    let account = MailAccount::new(server, access.for_user(&user?));
    Some(MailAccount {
        folders: if folders.is_empty() {
            account.folders
        } else {
            folders
        },
        since: draft.since,
        ..account
    })
}

/// The mailbox that flags name.
pub(crate) fn inbox_by_flags(server: MailServer, user: &str, password: Option<SecretSource>) -> MailAccount {
    let access = Relay {
        password,
        timeouts: Timeouts {
            greeting: PATIENCE,
            command: PATIENCE,
            ..Timeouts::default()
        },
        ..Relay::new(INBOX, server.server.clone())
    };
    MailAccount::new(server, access.for_user(user))
}

/// The mailbox of a relay's account, where the relay is a preset whose mailboxes can be read with the
/// same login.
pub(crate) fn inbox_of_relay(relay: &Relay) -> Option<MailAccount> {
    let preset = relay.preset?;
    let server = of_preset(preset)?;
    let user = relay.user.clone()?;
    // A token for sending does not open a mailbox.
    if relay.oauth2.is_some() && preset.scope.is_some() {
        return None;
    }
    let access = Relay {
        name: INBOX.to_owned(),
        server: server.server.clone(),
        tls_fingerprint: None,
        timeouts: Timeouts {
            greeting: PATIENCE,
            command: PATIENCE,
            ..relay.timeouts
        },
        user: Some(user),
        ..relay.clone()
    };
    Some(MailAccount::new(server, access))
}

fn of_preset(preset: &Preset) -> Option<MailServer> {
    let imap = preset
        .imap
        .as_deref()
        .map(|host| MailServer::under_tls(MailProtocol::Imap, host));
    imap.or_else(|| {
        let host = preset.pop.as_deref()?;
        Some(MailServer::under_tls(MailProtocol::Pop3, host))
    })
}

fn preset(draft: &InboxDraft, problems: &mut Problems) -> Option<&'static Preset> {
    let text = draft.access.preset.as_ref()?;
    let preset = Preset::find(&text.value);
    if preset.is_none() {
        let what = say!("campaign-preset-unknown", name = hidden::server(&text.value));
        let problem = Problem::of_key(draft.table.key_of("preset"), &text.place, what);
        let near = nearest(&text.value, Preset::names());
        let help = near.map(|near| say!("campaign-did-you-mean", near = near));
        let problem = help.into_iter().fold(problem, Problem::help);
        problems.push(problem.help(say!("campaign-mail-server-forms")));
    }
    preset
}

/// The server that is written, or that of the preset.
fn server(draft: &InboxDraft, preset: Option<&Preset>, problems: &mut Problems) -> Option<MailServer> {
    if let Some(server) = &draft.server {
        return Some(server.clone());
    }
    let table = &draft.table;
    if problems.are_within(&table.key_of("server")) || problems.are_within(&table.key_of("preset")) {
        return None;
    }
    let found = preset.and_then(of_preset);
    if found.is_none() {
        let what = match preset {
            Some(preset) => say!("campaign-inbox-preset-has-none", preset = &preset.name),
            None => say!("campaign-inbox-without-server"),
        };
        problems.push(table.problem(what).help(say!("campaign-mail-server-forms")));
    }
    found
}
