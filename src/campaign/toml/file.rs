//! The whole file: its syntax, and its root table.

use std::path::Path;

use toml::de::DeTable;

use crate::campaign::draft::{DeliveryDraft, Draft, InboxDraft, NamedRelay, RetryDraft};
use crate::campaign::values::Problems;

use super::inbox::inbox;
use super::message::message;
use super::reader::{Document, Section};
use super::recipients::recipients;
use super::relay::relays;
use super::syntax;

/// Reads the text of a campaign file called `shown` in messages; `folder` is
/// what paths in it start from.
pub(crate) fn read(shown: &str, text: &str, folder: &Path, problems: &mut Problems) -> Option<Draft> {
    parse(shown, text, problems, |file| root(file, folder))
}

/// The relays alone: a login needs no more than their tables to be right.
pub(crate) fn read_relays(
    shown: &str,
    text: &str,
    folder: &Path,
    problems: &mut Problems,
) -> Option<Vec<NamedRelay>> {
    parse(shown, text, problems, |file| {
        file.section("relay")
            .map(|s| relays(&s, folder))
            .unwrap_or_default()
    })
}

/// The mailbox and the relays alone: collecting answers needs no more than their tables to be right.
pub(crate) fn read_inbox(
    shown: &str,
    text: &str,
    folder: &Path,
    problems: &mut Problems,
) -> Option<(Option<InboxDraft>, Vec<NamedRelay>)> {
    parse(shown, text, problems, |file| {
        let relays = file.section("relay").map(|s| relays(&s, folder));
        (
            file.section("inbox").map(|s| inbox(&s, folder)),
            relays.unwrap_or_default(),
        )
    })
}

pub(super) fn parse<T>(
    shown: &str,
    text: &str,
    problems: &mut Problems,
    read: impl FnOnce(&Section<'_>) -> T,
) -> Option<T> {
    let document = Document::new(shown, text);
    let (table, mut errors) = DeTable::parse_recoverable(text);
    errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
    let mut line = None;
    for error in &errors {
        let span = error.span().unwrap_or(0..0);
        // The parser stumbles over one mistake several times.
        let here = text.get(..span.start).map(|before| before.matches('\n').count());
        if std::mem::replace(&mut line, here) == here {
            continue;
        }
        let problem = syntax::problem(text, document.shown(), error.message(), &span);
        document.problem(span, problem);
    }
    // What a broken line swallowed would be reported as missing: noise.
    let read = errors.is_empty().then(|| read(&Section::root(&document, &table)));
    problems.0.extend(document.into_problems());
    read
}

fn root(file: &Section<'_>, folder: &Path) -> Draft {
    let draft = Draft {
        name: file.text("name"),
        recipients: file
            .section("recipients")
            .map(|s| recipients(&s, folder))
            .unwrap_or_default(),
        message: file
            .section("message")
            .map(|s| message(&s, folder))
            .unwrap_or_default(),
        relays: file
            .section("relay")
            .map(|s| relays(&s, folder))
            .unwrap_or_default(),
        delivery: file.section("delivery").map(|s| delivery(&s)).unwrap_or_default(),
        inbox: file.section("inbox").map(|s| inbox(&s, folder)),
        ..Draft::default()
    };
    file.finish();
    draft
}

fn delivery(table: &Section<'_>) -> DeliveryDraft {
    let draft = DeliveryDraft {
        attempts: table.number("attempts", 1..=1000),
        retry: table.section("retry").map(|s| retry(&s)),
    };
    table.finish();
    draft
}

fn retry(table: &Section<'_>) -> RetryDraft {
    let draft = RetryDraft {
        first: table.duration("first"),
        max: table.duration("max"),
        greylist: table.duration("greylist"),
    };
    table.finish();
    draft
}
