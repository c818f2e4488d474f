//! Which `{#` begins a comment: minified style sheets hold `@media print{#menu{display:none}}`.

use std::ops::Range;

/// Where in a template something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Area {
    /// Plain text, or a line of the campaign file.
    Plain,
    /// Between the tags of HTML.
    Between,
    /// In a tag of HTML.
    Tag,
    /// In a style sheet or a script that ends here.
    Style(usize),
}

/// What a `{#` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    /// It begins a comment that ends here.
    Comment(usize),
    /// It is text.
    Text,
    /// It was meant as a comment, and none ends it.
    Unclosed,
}

/// What the `{#` at `start` is.
pub(super) fn opening(text: &str, start: usize, area: &Area) -> Opening {
    let from = start + 2;
    let rest = text.get(from..).unwrap_or_default();
    let deliberate = rest.starts_with(|c: char| c.is_whitespace() || c == '-');
    let end = match area {
        Area::Style(end) => (*end).max(from),
        Area::Plain | Area::Between | Area::Tag => text.len(),
    };
    let close = text.get(from..end).and_then(|rest| rest.find("#}"));
    let inner = close.and_then(|close| rest.get(..close));
    match (inner, deliberate) {
        (Some(inner), true) => Opening::Comment(from + inner.len() + 2),
        (None, true) => Opening::Unclosed,
        (Some(inner), false) if in_one_element(inner, area) => Opening::Comment(from + inner.len() + 2),
        (_, false) => Opening::Text,
    }
}

/// Whether a comment that nobody set off with blanks ends in the element in which it begins.
fn in_one_element(inner: &str, area: &Area) -> bool {
    if inner.contains("{#") {
        return false;
    }
    match area {
        Area::Plain => !inner.contains("\n\n") && !inner.contains("\n\r\n"),
        Area::Between => is_balanced(inner),
        Area::Tag => !inner.contains(['<', '>', '"', '\'']),
        Area::Style(_) => !inner.contains(['{', '}', ';']),
    }
}

/// Whether no tag of HTML closes what was opened before.
fn is_balanced(html: &str) -> bool {
    let mut depth = 0_usize;
    for (at, _) in html.match_indices('<') {
        let rest = html.get(at + 1..).unwrap_or_default();
        let name = rest.trim_start_matches('/');
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let lower = |word: &str| {
            name.get(..word.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(word))
        };
        if lower("style") || lower("script") {
            return false;
        }
        if !rest.starts_with('/') {
            // An element without an end counts as one with an end: then less text counts as a
            // comment.
            depth += 1;
        } else if depth == 0 {
            return false;
        } else {
            depth -= 1;
        }
    }
    true
}

/// The insides of `<style>` and `<script>`.
pub(super) fn styles(html: &str) -> Vec<Range<usize>> {
    let lower = html.to_ascii_lowercase();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((start, close)) = next_style(&lower, at) {
        let inside = lower.get(start..).and_then(|rest| rest.find('>'));
        let Some(inside) = inside.map(|end| start + end + 1) else {
            break;
        };
        let end = lower.get(inside..).and_then(|rest| rest.find(close));
        let end = end.map_or(html.len(), |end| inside + end);
        found.push(inside..end);
        at = end;
    }
    found
}

fn next_style(lower: &str, from: usize) -> Option<(usize, &'static str)> {
    let rest = lower.get(from..)?;
    let of = |open: &str, close| Some((from + rest.find(open)?, close));
    match (of("<style", "</style"), of("<script", "</script")) {
        (Some(style), Some(script)) => Some(if style.0 < script.0 { style } else { script }),
        (style, script) => style.or(script),
    }
}
