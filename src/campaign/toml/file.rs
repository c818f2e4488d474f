//! `mailshot.toml` -> a draft: one function for each of its tables.

use std::path::Path;

use toml::de::DeTable;

use crate::campaign::draft::{Draft, RelayDraft};
use crate::campaign::values::{Problem, RetryPolicy};

use super::message::message;
use super::reader::{Document, Section};
use super::recipients::recipients;
use super::relay::relays;

/// Reads the text of a campaign file called `shown` in messages; `folder` is
/// what paths in it start from.
pub(in crate::campaign) fn read(shown: &str, text: &str, folder: &Path) -> (Option<Draft>, Vec<Problem>) {
    parse(shown, text, |file| root(file, folder))
}

/// The relays alone, for who wants to log in before the rest is right.
pub(in crate::campaign) fn read_relays(
    shown: &str,
    text: &str,
    folder: &Path,
) -> (Option<Vec<RelayDraft>>, Vec<Problem>) {
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
