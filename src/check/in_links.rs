//! Columns in the addresses of links: a value with characters that have a meaning there, or that
//! end the address, leads elsewhere than its author meant.

use std::ops::Range;

use crate::campaign::{Place, Problem};
use crate::render::in_template;
use crate::table::Header;
use crate::words::say;

use super::html::Html;
use super::pieces::{Tag, What};
use super::source::{Kind, Source};

/// A column that goes into an address as it is.
#[derive(Debug)]
pub(super) struct InLink {
    pub(super) column: usize,
    /// Where it stands.
    pub(super) place: Place,
    part: Part,
}

/// The part of an address that it goes into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Path,
    Query,
    /// Of a message to write: blanks do no harm there, and `+` is itself.
    Mail,
}

/// Filters behind which a cell is still what it was, or nearly so.
const SAME: [&str; 11] = [
    "upper",
    "lower",
    "capitalize",
    "title",
    "trim",
    "safe",
    "escape",
    "escape_html",
    "default",
    "default_name",
    "truncate",
];

/// The columns in the links of a template.
pub(super) fn columns(source: &Source, html: Option<&Html>, header: &Header) -> Vec<InLink> {
    let in_text = match source.kind {
        Kind::Text | Kind::Markdown => true,
        Kind::Html => false,
        Kind::Line | Kind::Part | Kind::Other => return Vec::new(),
    };
    let masked = source.masked('x');
    let mut links: Vec<Range<usize>> = html
        .iter()
        .flat_map(|html| &html.links)
        .map(|link| link.span.clone())
        .collect();
    if in_text {
        links.extend(written(&masked));
    }
    let mut found: Vec<InLink> = Vec::new();
    for link in links {
        for piece in &source.pieces {
            let What::Value(tag) = &piece.what else { continue };
            let before = masked.get(link.start..piece.span.start).unwrap_or_default();
            if piece.span.start <= link.start || piece.span.end > link.end || !is_plain(tag) {
                continue;
            }
            let Some(part) = part(before) else { continue };
            for (name, span) in tag.columns() {
                let place = source.at(span.clone());
                if let Some(column) = header.position(name)
                    && !found.iter().any(|known| known.place == place)
                {
                    found.push(InLink { column, place, part });
                }
            }
        }
    }
    found
}

/// Addresses of pages as written in a text.
pub(super) fn written(text: &str) -> Vec<Range<usize>> {
    let starts = ["https://", "http://"]
        .into_iter()
        .flat_map(|scheme| text.match_indices(scheme));
    let spans = starts.map(|(start, _)| {
        let rest = text.get(start..).unwrap_or_default();
        let end = rest.find(|c: char| c.is_whitespace() || "<>\")]".contains(c));
        start..end.map_or(text.len(), |end| start + end)
    });
    spans.collect()
}

fn is_plain(tag: &Tag) -> bool {
    tag.filters.iter().all(|filter| SAME.contains(&filter.as_str()))
}

/// Where the next octet of an address stands; `None` where a column may be anything.
fn part(before: &str) -> Option<Part> {
    let before = before.trim_start();
    let (scheme, rest) = before.split_once(':')?;
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => {
            let path = rest.trim_start_matches('/').split_once(['/', '?', '#'])?;
            let query = rest.contains('?') && !rest.contains('#');
            // Text before any `=` may be names and values.
            let last = path.1.rsplit(['&', '?']).next().unwrap_or_default();
            match query {
                true if last.contains('=') => Some(Part::Query),
                true => None,
                false => Some(Part::Path),
            }
        }
        "mailto" => rest.contains('?').then_some(Part::Mail),
        _ => None,
    }
}

impl InLink {
    /// Whether this cell would be taken for something else there.
    pub(super) fn breaks(&self, cell: &str) -> bool {
        let cell = cell.trim();
        let means = |c: char| match self.part {
            Part::Path => matches!(c, '?' | '#' | '"' | '<' | '>' | '\\') || c.is_whitespace(),
            Part::Query => matches!(c, '&' | '+' | '#' | '"' | '<' | '>' | '\\') || c.is_whitespace(),
            Part::Mail => matches!(c, '&' | '#' | '?' | '"'),
        };
        cell.contains(means) || cell.match_indices('%').any(|(at, _)| !is_escape(cell, at))
    }
}

/// The sentence about it; `cell` is the first that breaks it.
pub(super) fn problem(link: Option<&InLink>, header: &Header, cell: &str) -> Problem {
    let name = link.and_then(|link| header.columns.get(link.column));
    let name = name.map_or("", String::as_str);
    let shown: String = cell.trim().chars().take(60).collect();
    Problem::warning(say!(
        "check-unencoded-link",
        column = name,
        cell = shown.escape_debug().to_string()
    ))
    .code("unencoded-link")
    .help(say!(
        "check-unencoded-link-hint",
        name = &*in_template(name, header)
    ))
}

/// `%20`: it is encoded already.
fn is_escape(text: &str, at: usize) -> bool {
    let digits = text.get(at + 1..at + 3);
    digits.is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_stands_in_a_part_of_an_address() {
        for (before, expected) in [
            ("https://", None),
            ("https://x", None),
            ("https://uni.example/", Some(Part::Path)),
            ("https://uni.example/a/x/", Some(Part::Path)),
            ("https://uni.example/?", None),
            ("https://uni.example/?a=1&c=", Some(Part::Query)),
            ("https://uni.example?c=", Some(Part::Query)),
            ("mailto:", None),
            ("mailto:a@uni.example?subject=", Some(Part::Mail)),
            ("tel:", None),
            ("cid:", None),
        ] {
            assert_eq!(part(before), expected, "{before}");
        }
    }
}
