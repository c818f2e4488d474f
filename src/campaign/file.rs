//! `mailshot.toml` -> a draft: one function for each of its tables.

use std::path::Path;

use toml::de::DeTable;

use super::draft::{AttachDraft, Draft, MessageDraft, RecipientsDraft, RelayDraft};
use super::reader::{Document, Section};
use super::{AuthMechanism, Pipelining, Problem, Rate, RetryPolicy, SecretSource, Text, TimeoutOverrides};

/// Reads the text of a campaign file called `shown` in messages; `folder` is
/// what paths in it start from.
pub(super) fn read(shown: &str, text: &str, folder: &Path) -> (Option<Draft>, Vec<Problem>) {
    let document = Document::new(shown, text);
    let (table, mut errors) = DeTable::parse_recoverable(text);
    errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
    for error in &errors {
        let span = error.span().unwrap_or(0..0);
        let what = format!("this is not TOML: {}", error.message().replace('\n', ", "));
        document
            .problem(span, what)
            .help("a line is `key = value`, each key once; text stands in quotes, which are closed on the same line");
    }
    // What a broken line swallowed would be reported as missing: noise.
    let draft = errors
        .is_empty()
        .then(|| root(&Section::root(&document, &table), folder));
    (draft, document.into_problems())
}

fn root(file: &Section<'_>, folder: &Path) -> Draft {
    let draft = Draft {
        name: file.text("name"),
        recipients: file
            .section("recipients")
            .map(|s| recipients(&s))
            .unwrap_or_default(),
        message: file.section("message").map(|s| message(&s)).unwrap_or_default(),
        relays: file
            .section("relay")
            .map(|s| relays(&s, folder))
            .unwrap_or_default(),
        retry: file.section("delivery").map(|s| delivery(&s)).unwrap_or_default(),
    };
    file.finish();
    draft
}

fn recipients(table: &Section<'_>) -> RecipientsDraft {
    let draft = RecipientsDraft {
        file: table.text("file"),
        delimiter: table.text("delimiter"),
        key: table.texts("key"),
    };
    if let Some(encoding) = table.text("encoding")
        && !matches!(encoding.value.to_lowercase().as_str(), "utf-8" | "utf8")
    {
        table
            .document
            .problem(
                encoding.place.span.clone(),
                "only the encoding utf-8 is supported yet",
            )
            .help("save the file as \"CSV UTF-8\" and leave `encoding` out");
    }
    table.not_yet(&[
        "sheet",
        "where",
        "sort",
        "group_by",
        "suppress",
        "header_row",
        "query",
    ]);
    table.finish();
    draft
}

fn message(table: &Section<'_>) -> MessageDraft {
    let draft = MessageDraft {
        from: table.text("from"),
        to: table.text("to"),
        cc: table.text("cc"),
        bcc: table.text("bcc"),
        reply_to: table.text("reply_to"),
        return_path: table.text("return_path"),
        subject: table.text("subject"),
        text: table.text("text"),
        html: table.text("html"),
        attach: attachments(table),
        headers: table.section("headers").map(|s| headers(&s)).unwrap_or_default(),
    };
    table.not_yet(&[
        "markdown",
        "inline",
        "inline_css",
        "calendar",
        "unsubscribe",
        "dkim",
        "attach_root",
    ]);
    table.finish();
    draft
}

fn attachments(table: &Section<'_>) -> Vec<AttachDraft> {
    let Some(value) = table.value("attach") else {
        return Vec::new();
    };
    let one;
    let items = match value.get_ref().as_array() {
        Some(list) => list.iter().collect::<Vec<_>>(),
        None => {
            one = [value];
            one.to_vec()
        }
    };
    let mut drafts = Vec::new();
    for item in items {
        if item.get_ref().is_str() {
            drafts.extend(table.entry_text("attach", item).map(AttachDraft::plain));
            continue;
        }
        if !item.get_ref().is_table() {
            table
                .document
                .problem(item.span(), "an attachment is a file's name in quotes")
                .help("write attach = [\"map.pdf\"], or { path = \"letters/{{ id }}.pdf\" } for a file of each row's own");
            continue;
        }
        let Some(entry) = table.open("attach", item) else {
            continue;
        };
        let path = entry.text("path");
        let draft = AttachDraft {
            name: entry.text("name"),
            optional: entry.flag("optional").unwrap_or(false),
            ..AttachDraft::plain(path.clone().unwrap_or_else(|| Text {
                value: String::new(),
                place: entry.place(),
            }))
        };
        if path.is_none() {
            table
                .document
                .problem(item.span(), "this attachment has no `path`")
                .help("write { path = \"letters/{{ id }}.pdf\" }");
        } else {
            drafts.push(draft);
        }
        entry.finish();
    }
    drafts
}

fn headers(table: &Section<'_>) -> Vec<(String, Text)> {
    table
        .entries()
        .filter_map(|(name, span, value)| {
            if let Some(why) = unfit_header(name) {
                table
                    .document
                    .problem(span, format!("`{name}` cannot be set here"))
                    .help(why);
                return None;
            }
            table.entry_text(name, value).map(|text| (name.to_owned(), text))
        })
        .collect()
}

/// Why a header field of this name is not the user's to set.
pub(super) fn unfit_header(name: &str) -> Option<&'static str> {
    if name.is_empty() || name.len() > 70 || !name.bytes().all(|b| b.is_ascii_graphic() && b != b':') {
        return Some("a header's name has ASCII letters, digits and hyphens only");
    }
    match name.to_ascii_lowercase().as_str() {
        "from" | "to" | "cc" | "bcc" | "reply-to" | "subject" => {
            Some("it has a key of its own in [message]: from, to, cc, bcc, reply_to, subject")
        }
        "date"
        | "message-id"
        | "mime-version"
        | "content-type"
        | "content-transfer-encoding"
        | "content-disposition"
        | "return-path"
        | "received"
        | "sender"
        | "dkim-signature" => Some("mailshot writes this header itself (or the relay does)"),
        _ => None,
    }
}

fn relays(table: &Section<'_>, folder: &Path) -> Vec<RelayDraft> {
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
    let rates = table
        .texts("rate")
        .iter()
        .filter_map(|text| {
            let rate = table.parse::<Rate>(text)?;
            Some((rate, text.place.clone()))
        })
        .collect();
    let draft = RelayDraft {
        name: name.to_owned(),
        place: Some(table.place()),
        server_named: table.has("server"),
        server: table.parsed("server"),
        user: table.text("user").map(|t| t.value),
        password: password(table, folder),
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
                ("full", Pipelining::Full),
                ("envelope", Pipelining::Envelope),
                ("off", Pipelining::Off),
            ],
        ),
        ehlo: ehlo(table),
        rates,
        ca_file: table.text("ca_file").map(|t| folder.join(t.value)),
        allow_plaintext: table.flag("allow_plaintext").unwrap_or(false),
        timeouts: table
            .section("timeouts")
            .map(|s| timeouts(&s))
            .unwrap_or_default(),
    };
    table.not_yet(&["preset", "weight", "oauth2"]);
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

fn timeouts(table: &Section<'_>) -> TimeoutOverrides {
    let timeouts = TimeoutOverrides {
        connect: table.duration("connect"),
        greeting: table.duration("greeting"),
        command: table.duration("command"),
        data: table.duration("data"),
        content: table.duration("content"),
        final_dot: table.duration("final_dot"),
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

fn password(table: &Section<'_>, folder: &Path) -> Option<SecretSource> {
    const FORMS: &str = "write password = { env = \"MAILSHOT_PASSWORD\" }, { command = \"pass show smtp/uni\" }, { file = \"password.txt\" } or { keyring = true }; without any of them mailshot asks for it on the terminal";
    let value = table.value("password")?;
    if value.get_ref().is_str() {
        table
            .document
            .problem(value.span(), "a password may not stand in the campaign file")
            .help("files are copied, mailed and backed up; take it out, and change it if others have seen it")
            .help(FORMS);
        return None;
    }
    let source = table.open("password", value)?;
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
            (Some(true), _) => found.push(SecretSource::Keyring {
                service: "mailshot".to_owned(),
                user: String::new(),
            }),
            (_, Some(service)) => found.push(SecretSource::Keyring {
                service: service.to_owned(),
                user: String::new(),
            }),
            _ => drop(table.document.problem(
                entry.span(),
                "`keyring` must be true, or the service name of an entry in quotes",
            )),
        }
    }
    source.finish();
    if found.len() > 1 {
        drop(
            table
                .document
                .problem(value.span(), "a password has one source, not several")
                .help(FORMS),
        );
    }
    found.into_iter().next()
}

fn delivery(table: &Section<'_>) -> RetryPolicy {
    let default = RetryPolicy::default();
    let attempts = table.number("attempts", 1..=1000);
    let waits = table.section("retry");
    let wait = |key| waits.as_ref().and_then(|s| s.duration(key));
    let policy = RetryPolicy {
        attempts: attempts
            .and_then(|n| u32::try_from(n).ok())
            .unwrap_or(default.attempts),
        first: wait("first").unwrap_or(default.first),
        max: wait("max").unwrap_or(default.max),
        greylist: wait("greylist").unwrap_or(default.greylist),
    };
    if let Some(waits) = &waits {
        waits.finish();
    }
    table.finish();
    policy
}
