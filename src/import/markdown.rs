//! Markdown as mailmerge reads it (Python-Markdown with `nl2br`), and as
//! mailshot does (CommonMark with tables and strikethrough).

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

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
            Event::Start(Tag::Strikethrough) => "this is struck through here; mailmerge leaves the tildes",
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                "this is a block of code here; mailmerge makes it a line of code"
            }
            Event::Start(Tag::Table(_)) => "this is a table here; mailmerge leaves its lines as text",
            Event::Start(Tag::FootnoteDefinition(_)) => {
                "this is a footnote here; mailmerge leaves it as text"
            }
            Event::Start(Tag::List(_)) if items == 0 && follows_text(text, at.start) => {
                "this is a list here; without a blank line above it, mailmerge leaves it as text"
            }
            Event::Start(Tag::List(_)) if items > 0 && indent(text, at.start) < 4 => {
                "this list lies inside of an entry here; with fewer than four blanks before it, mailmerge makes it a part of the list around it"
            }
            _ => "",
        };
        match event {
            Event::Start(Tag::Item) => items += 1,
            Event::End(TagEnd::Item) => items = items.saturating_sub(1),
            _ => {}
        }
        if !what.is_empty() && !told.contains(&what) {
            told.push(what);
            let line = text
                .get(at.clone())
                .and_then(|t| t.lines().next())
                .map_or(0, str::len);
            let start = range.start + at.start;
            warnings.at(
                source,
                start..start + line,
                what,
                "nothing is to be done where that is what it looks like; else a \\ before a sign makes it a letter",
            );
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
