//! `mailshot.toml` -> a draft: one function for each of its tables.

use std::path::Path;

use toml::de::DeTable;

use super::dkim::dkim;
use super::draft::{AttachDraft, Draft, MessageDraft, RecipientsDraft, RelayDraft};
use super::reader::{Document, Section};
use super::relay_table::relays;
use super::{Problem, RetryPolicy, Text};

/// Reads the text of a campaign file called `shown` in messages; `folder` is
/// what paths in it start from.
pub(super) fn read(shown: &str, text: &str, folder: &Path) -> (Option<Draft>, Vec<Problem>) {
    parse(shown, text, |file| root(file, folder))
}

/// The relays alone, for who wants to log in before the rest is right.
pub(super) fn read_relays(shown: &str, text: &str, folder: &Path) -> (Option<Vec<RelayDraft>>, Vec<Problem>) {
    parse(shown, text, |file| {
        file.section("relay")
            .map(|s| relays(&s, folder))
            .unwrap_or_default()
    })
}

fn parse<T>(shown: &str, text: &str, read: impl FnOnce(&Section<'_>) -> T) -> (Option<T>, Vec<Problem>) {
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
    let draft = errors.is_empty().then(|| read(&Section::root(&document, &table)));
    (draft, document.into_problems())
}

fn root(file: &Section<'_>, folder: &Path) -> Draft {
    let draft = Draft {
        name: file.text("name"),
        recipients: file
            .section("recipients")
            .map(|s| recipients(&s))
            .unwrap_or_default(),
        message: file
            .section("message")
            .map(|s| message(&s, folder))
            .unwrap_or_default(),
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

fn message(table: &Section<'_>, folder: &Path) -> MessageDraft {
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
        dkim: dkim(table, folder),
    };
    table.not_yet(&[
        "markdown",
        "inline",
        "inline_css",
        "calendar",
        "unsubscribe",
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
