//! Markdown (CommonMark, with tables and strikethrough) -> HTML.
//!
//! The values in it are sealed (see [`sealed`]): the parser takes them for plain letters, and they
//! are unsealed in its result, as text. So a cell is never markup, in any place, and never prevents
//! the text around it from being markup.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, html};

use crate::render::{Seam, sealed};

use super::emphasis;
use super::references::{Of, Reference, references};

/// Quotes and lists inside each other, at most: the parser takes ever longer for each. A letter has
/// two or three.
pub(super) const MOST_NESTED: usize = 100;

/// Blanks that a line of a list in lists begins with, at most.
const MOST_BLANKS: usize = 20 * MOST_NESTED;

/// Whether a line is inside more quotes and lists than allowed.
pub(super) fn is_too_deep(text: &str) -> bool {
    text.lines().any(|line| {
        let (mut rest, mut markers, mut blanks) = (line, 0, 0);
        loop {
            let bare = rest.trim_start_matches([' ', '\t']);
            blanks += rest.len() - bare.len();
            let digits = bare.trim_start_matches(|c: char| c.is_ascii_digit());
            // A line of dashes is a rule, and one of stars may be one.
            let item = |rest: &str| rest.starts_with([' ', '\t']);
            let after = match bare.strip_prefix('>') {
                Some(quoted) => Some(quoted),
                None if digits.len() < bare.len() => {
                    digits.strip_prefix(['.', ')']).filter(|rest| item(rest))
                }
                None => bare.strip_prefix(['-', '+', '*']).filter(|rest| item(rest)),
            };
            match after {
                Some(after) => rest = after,
                None => return false,
            }
            markers += 1;
            if markers > MOST_NESTED || blanks > MOST_BLANKS {
                return true;
            }
        }
    }) || text
        .lines()
        .any(|line| line.len() - line.trim_start_matches([' ', '\t']).len() > MOST_BLANKS)
}

/// What is more than CommonMark.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_FOOTNOTES);

/// The pictures that a Markdown text names, in its own way and in HTML.
#[expect(clippy::wildcard_enum_match_arm, reason = "nothing else names a picture")]
pub(super) fn pictures(text: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    let mut events = Parser::new_ext(text, OPTIONS).into_offset_iter();
    let defined: Vec<_> = events
        .reference_definitions()
        .iter()
        .map(|(_, definition)| definition.span.clone())
        .collect();
    for (event, span) in events.by_ref() {
        match event {
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
                let inside = references(text.get(span.clone()).unwrap_or_default());
                found.extend(inside.into_iter().map(|reference| Reference {
                    span: span.start + reference.span.start..span.start + reference.span.end,
                    ..reference
                }));
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                // Behind its words, or where the reference is defined.
                let written = std::iter::once(&span).chain(&defined).find_map(|span| {
                    let at = span.start + text.get(span.clone())?.rfind(&*dest_url)?;
                    Some(at..at + dest_url.len())
                });
                found.extend(written.map(|span| Reference { span, of: Of::Page }));
            }
            _ => {}
        }
    }
    found
}

/// The page of a Markdown text.
pub(super) fn to_html(text: &str) -> String {
    let mut page = String::with_capacity(text.len() * 2 + 128);
    page.push_str("<!DOCTYPE html>\n<html>\n<head><meta charset=\"utf-8\"></head>\n<body>\n");
    let text = emphasis::prepared(text);
    let mut in_code = false;
    let events = Parser::new_ext(&text, OPTIONS).flat_map(|event| {
        if matches!(
            event,
            Event::Start(Tag::CodeBlock(_)) | Event::End(TagEnd::CodeBlock)
        ) {
            in_code = !in_code;
        }
        unsealed(event, in_code)
    });
    html::push_html(&mut page, events);
    page.push_str("</body>\n</html>\n");
    page
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "what holds no text of the template's is nothing to unseal"
)]
fn unsealed(event: Event<'_>, in_code: bool) -> Vec<Event<'_>> {
    match event {
        // Code has its line breaks as they are.
        Event::Text(text) if in_code => vec![Event::Text(plain(&text))],
        Event::Text(text) if holds_value(&text) => lines(&plain(&text)),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
            vec![Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(plain(
                &language,
            ))))]
        }
        Event::Start(Tag::FootnoteDefinition(label)) => {
            vec![Event::Start(Tag::FootnoteDefinition(plain(&label)))]
        }
        Event::FootnoteReference(label) => vec![Event::FootnoteReference(plain(&label))],
        Event::Code(code) => vec![Event::Code(plain(&code))],
        Event::Html(html) => vec![Event::Html(escaped(html))],
        Event::InlineHtml(html) => vec![Event::InlineHtml(escaped(html))],
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => vec![Event::Start(Tag::Link {
            link_type,
            dest_url: plain(&dest_url),
            title: plain(&title),
            id,
        })],
        Event::Start(Tag::Image {
            link_type,
            dest_url,
            title,
            id,
        }) => vec![Event::Start(Tag::Image {
            link_type,
            dest_url: plain(&dest_url),
            title: plain(&title),
            id,
        })],
        other => vec![other],
    }
}

fn holds_value(text: &str) -> bool {
    text.chars().any(|c| sealed(c).is_some() || Seam::of(c).is_some())
}

fn plain<'t>(text: &CowStr<'_>) -> CowStr<'t> {
    text.chars()
        .filter(|c| Seam::of(*c).is_none())
        .map(|c| sealed(c).unwrap_or(c))
        .collect::<String>()
        .into()
}

/// A value's lines are lines in the message, too.
fn lines<'t>(text: &str) -> Vec<Event<'t>> {
    let mut events = Vec::new();
    for (i, line) in text.lines().enumerate() {
        if i > 0 {
            events.push(Event::HardBreak);
        }
        events.push(Event::Text(line.to_owned().into()));
    }
    events
}

/// In raw HTML, a value is text or the text of an attribute.
fn escaped(html: CowStr<'_>) -> CowStr<'_> {
    if !holds_value(&html) {
        return html;
    }
    let mut out = String::with_capacity(html.len() + 16);
    for c in html.chars().filter(|c| Seam::of(*c).is_none()) {
        match sealed(c) {
            None => out.push(c),
            Some('<') => out.push_str("&lt;"),
            Some('>') => out.push_str("&gt;"),
            Some('&') => out.push_str("&amp;"),
            Some('"') => out.push_str("&quot;"),
            Some('\'') => out.push_str("&#x27;"),
            Some(c) => out.push(c),
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::*;
    use crate::campaign::{Place, TemplateFile};
    use crate::render::{Compiler, Escape};
    use crate::table::{Header, Row};

    #[test]
    fn what_no_letter_has_inside_each_other_is_too_deep() {
        let deep = |marker: &str, count| is_too_deep(&format!("a\n{}b\n", marker.repeat(count)));
        for marker in ["> ", ">", "- ", "* ", "+ ", "1. ", "> - ", "10) "] {
            assert!(!deep(marker, 50), "{marker}");
            assert!(deep(marker, 101), "{marker}");
        }
        for marker in ["-", "*", "=", "a - ", " ", "1"] {
            assert!(!deep(marker, 1000), "{marker}");
        }
        assert!(deep(" ", 2_001));
    }

    /// The page of a template with `value` in its only column.
    fn page(template: &str, value: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notice.md");
        std::fs::write(&path, template).unwrap();
        let mut compiler = Compiler::new(Path::new(""));
        let place = Place::whole("mailshot.toml");
        let id = compiler.file(
            &TemplateFile {
                path,
                typed: None,
                place,
            },
            "notice.md",
            Escape::Markdown,
        );
        let mut header = Header::unknown("people.csv");
        header.columns.push("v".to_owned());
        header.names.push("v".to_owned());
        let templates = compiler.finish(&Arc::new(header), "test").unwrap();
        let row = Row::new(2, vec![value.to_owned()]);
        let text = templates.render(id, &templates.context(&row)).unwrap();
        let page = to_html(&text);
        let body = page.split("<body>\n").nth(1).unwrap();
        body.split("</body>").next().unwrap().to_owned()
    }

    #[test]
    fn markdown_is_markup_and_a_value_never_is() {
        for (template, value, expected) in [
            ("**{{ v }}**", "Ada", "<p><strong>Ada</strong></p>\n"),
            ("**{{ v }}**", " *Ada* ", "<p><strong> *Ada* </strong></p>\n"),
            (
                "{{ v }}",
                "<b>x</b> & \"y\"",
                "<p>&lt;b&gt;x&lt;/b&gt; &amp; \"y\"</p>\n",
            ),
            (
                "{{ v }}",
                "[a](https://evil.example)",
                "<p>[a](https://evil.example)</p>\n",
            ),
            ("{{ v }}", "1. one", "<p>1. one</p>\n"),
            ("{{ v }}", "    indented", "<p>    indented</p>\n"),
            ("{{ v }}", "# one\n# two", "<p># one<br />\n# two</p>\n"),
            ("`{{ v }}`", "a\\b`c", "<p><code>a\\b`c</code></p>\n"),
            (
                "[map](https://uni.example/?q={{ v }})",
                "a&b \"c\"",
                "<p><a href=\"https://uni.example/?q=a&amp;b%20%22c%22\">map</a></p>\n",
            ),
            (
                "<i title=\"{{ v }}\">x</i>",
                "\" onclick=\"y",
                "<p><i title=\"&quot; onclick=&quot;y\">x</i></p>\n",
            ),
            (
                "| a | b |\n|---|---|\n| {{ v }} | 1 |",
                "x | y",
                "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>\n<tr><td>x | y</td><td>1</td></tr>\n</tbody></table>\n",
            ),
            ("{{ v | safe }}", "*Ada*", "<p><em>Ada</em></p>\n"),
        ] {
            assert_eq!(page(template, value), expected, "{template} {value:?}");
        }
    }
}
