//! Markdown as mailmerge reads it (Python-Markdown with `nl2br`), and as
//! mailshot does (CommonMark with tables and strikethrough).

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::words::say;

use super::source::{Source, Warnings};

/// mailmerge keeps the line ends of a paragraph; in Markdown as such, two
/// blanks before them say so.
pub(super) fn with_line_breaks(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut done = 0;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        if event == Event::SoftBreak && range.start >= done {
            out.push_str(text.get(done..range.start).unwrap_or_default());
            out.push_str("  ");
            done = range.start;
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// Says what of a text looks otherwise now: each thing once.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "of a library's many events, those that differ"
)]
pub(super) fn tell_differences(source: &Source, range: Range<usize>, warnings: &mut Warnings) {
    let text = source.get(range.clone());
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let (mut items, mut told) = (0_usize, Vec::new());
    for (event, at) in Parser::new_ext(text, options).into_offset_iter() {
        let what = match &event {
            Event::Start(Tag::Strikethrough) => Some(say!("import-strikethrough")),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => Some(say!("import-code")),
            Event::Start(Tag::Table(_)) => Some(say!("import-table")),
            Event::Start(Tag::FootnoteDefinition(_)) => Some(say!("import-footnote")),
            Event::Start(Tag::List(_)) if items == 0 && follows_text(text, at.start) => {
                Some(say!("import-list"))
            }
            Event::Start(Tag::List(_)) if items > 0 && indent(text, at.start) < 4 => {
                Some(say!("import-nested-list"))
            }
            _ => None,
        };
        match event {
            Event::Start(Tag::Item) => items += 1,
            Event::End(TagEnd::Item) => items = items.saturating_sub(1),
            _ => {}
        }
        if let Some(what) = what.filter(|what| !told.contains(what)) {
            told.push(what.clone());
            let line = text
                .get(at.clone())
                .and_then(|t| t.lines().next())
                .map_or(0, str::len);
            let start = range.start + at.start;
            warnings.at(source, start..start + line, what, say!("import-markdown-help"));
        }
    }
}

/// Whether the line above is a part of the text.
fn follows_text(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let above = before
        .rfind('\n')
        .and_then(|end| before.get(..end))
        .unwrap_or_default();
    let above = above.rsplit('\n').next().unwrap_or_default().trim();
    !above.is_empty() && !above.starts_with('#') && !above.starts_with("{%")
}

/// The blanks before a list's sign.
fn indent(text: &str, at: usize) -> usize {
    let start = text
        .get(..at)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |end| end + 1);
    let line = text.get(start..).unwrap_or_default();
    let blanks = line.chars().take_while(|c| matches!(c, ' ' | '\t'));
    blanks.map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

/// Whether a cell would be more than letters in Markdown.
pub(super) fn is_markup(cell: &str) -> bool {
    Parser::new(cell).any(|event| {
        !matches!(
            event,
            Event::Start(Tag::Paragraph)
                | Event::End(TagEnd::Paragraph)
                | Event::Text(_)
                | Event::SoftBreak
                | Event::HardBreak
        )
    })
}
