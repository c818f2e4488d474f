//! Templates as they are written: text, and tags with the names in them.
//!
//! The lints look at what stands in the files and not at what comes of it, so
//! they find as much where a template cannot be compiled. A tag is taken
//! apart into words and no further: whoever needs to know what it *means* asks
//! Tera.

use std::ops::Range;

use crate::campaign::Place;

/// What becomes of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The subject, or a further header.
    Line,
    /// The text/plain part.
    Text,
    /// The text/html part.
    Html,
    /// An address, a path, a file name: what is wrong with it is met elsewhere.
    Other,
}

/// One template with its tags.
#[derive(Debug)]
pub(super) struct Source {
    /// The whole of it.
    pub(super) place: Place,
    pub(super) kind: Kind,
    pub(super) pieces: Vec<Piece>,
}

/// A part of a template; spans are octets of its text.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) span: Range<usize>,
    pub(super) what: What,
}

#[derive(Debug)]
pub(super) enum What {
    /// It goes out as it is.
    Text,
    /// The same, and somebody meant it: between `{% raw %}` and its end.
    Raw,
    /// `{{ … }}`
    Value(Tag),
    /// `{% … %}`
    Block(Tag),
    /// `{# … #}`
    Comment,
}

/// The words of a tag.
#[derive(Debug, Default)]
pub(super) struct Tag {
    /// Names of variables.
    pub(super) names: Vec<(String, Range<usize>)>,
    /// Columns named by `row["…"]` or `row.…`.
    pub(super) of_row: Vec<(String, Range<usize>)>,
    /// `row` stands for itself: any column may be meant.
    pub(super) whole_row: bool,
    /// Filters, in their order.
    pub(super) filters: Vec<String>,
    /// Words of the language, and what they begin: `if`, `or`, `boolean`.
    pub(super) words: Vec<String>,
    /// Strings, with their quotes.
    pub(super) strings: Vec<Range<usize>>,
    /// It stands inside an `{% if %}` or a `{% for %}`.
    pub(super) conditional: bool,
}

impl Tag {
    /// Every column it may fill in, and where it names it.
    pub(super) fn columns(&self) -> impl Iterator<Item = &(String, Range<usize>)> {
        self.names.iter().chain(&self.of_row)
    }

    /// Whether an empty cell is thought of: by an alternative, or by a
    /// condition around it.
    pub(super) fn guarded(&self) -> bool {
        self.conditional
            || self
                .words
                .iter()
                .any(|w| matches!(w.as_str(), "if" | "or" | "and" | "not" | "is" | "boolean"))
    }
}

/// Words that are no variables.
const WORDS: [&str; 46] = [
    "if",
    "elif",
    "else",
    "endif",
    "for",
    "in",
    "endfor",
    "set",
    "set_global",
    "endset",
    "block",
    "endblock",
    "extends",
    "include",
    "filter",
    "endfilter",
    "raw",
    "endraw",
    "component",
    "endcomponent",
    "and",
    "or",
    "not",
    "is",
    "true",
    "True",
    "false",
    "False",
    "none",
    "None",
    "null",
    "loop",
    "self",
    "continue",
    "break",
    "import",
    "macro",
    "endmacro",
    "as",
    "super",
    "body",
    "autoescape",
    "endautoescape",
    "with",
    "endwith",
    "ignore",
];

impl Source {
    /// Takes the text of `place` apart.
    pub(super) fn new(place: Place, kind: Kind) -> Self {
        let text = place.text.get(place.span.clone()).unwrap_or_default();
        let pieces = pieces(text);
        Self { place, kind, pieces }
    }

    pub(super) fn text(&self) -> &str {
        self.place.text.get(self.place.span.clone()).unwrap_or_default()
    }

    /// The place of some octets of its text.
    pub(super) fn at(&self, span: Range<usize>) -> Place {
        let start = self.place.span.start;
        self.place.at(start + span.start..start + span.end)
    }

    /// What it fills in.
    pub(super) fn values(&self) -> impl Iterator<Item = (&Range<usize>, &Tag)> {
        self.pieces.iter().filter_map(|piece| match &piece.what {
            What::Value(tag) => Some((&piece.span, tag)),
            What::Text | What::Raw | What::Block(_) | What::Comment => None,
        })
    }

    /// All its tags.
    pub(super) fn tags(&self) -> impl Iterator<Item = (&Range<usize>, &Tag)> {
        self.pieces.iter().filter_map(|piece| match &piece.what {
            What::Value(tag) | What::Block(tag) => Some((&piece.span, tag)),
            What::Text | What::Raw | What::Comment => None,
        })
    }

    /// Its text with every tag replaced, octet for octet: a value by `x`, a
    /// comment by blanks, anything else by `block`. Positions stay what they are.
    pub(super) fn masked(&self, block: char) -> String {
        let text = self.text();
        let mut masked = String::with_capacity(text.len());
        for piece in &self.pieces {
            let octets = text.get(piece.span.clone()).unwrap_or_default();
            match piece.what {
                What::Text | What::Raw => masked.push_str(octets),
                What::Value(_) => masked.extend(std::iter::repeat_n('x', octets.len())),
                What::Block(_) => masked.extend(std::iter::repeat_n(block, octets.len())),
                What::Comment => masked.extend(std::iter::repeat_n(' ', octets.len())),
            }
        }
        masked
    }
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut depth = 0_usize;
    let mut at = 0;
    let push = |pieces: &mut Vec<Piece>, span: Range<usize>, what| {
        if !span.is_empty() {
            pieces.push(Piece { span, what });
        }
    };
    while let Some((start, kind)) = next_tag(text, at) {
        push(&mut pieces, at..start, What::Text);
        let Some(end) = end_of(text, start, kind) else {
            // What is never closed is no template; the compiler says so.
            push(&mut pieces, start..text.len(), What::Text);
            return pieces;
        };
        if kind == b'#' {
            push(&mut pieces, start..end, What::Comment);
            at = end;
            continue;
        }
        let mut tag = tag(text, start + 2..end - 2);
        let word = tag.words.first().map(String::as_str);
        if kind == b'{' {
            tag.conditional = depth > 0;
            push(&mut pieces, start..end, What::Value(tag));
        } else if word == Some("raw") {
            let close = close_of_raw(text, end).unwrap_or(text.len()..text.len());
            push(&mut pieces, start..end, What::Comment);
            push(&mut pieces, end..close.start, What::Raw);
            push(&mut pieces, close.clone(), What::Comment);
            at = close.end;
            continue;
        } else {
            match word {
                Some("if" | "for") => depth += 1,
                Some("endif" | "endfor") => depth = depth.saturating_sub(1),
                _ => {}
            }
            tag.conditional = true;
            push(&mut pieces, start..end, What::Block(tag));
        }
        at = end;
    }
    push(&mut pieces, at..text.len(), What::Text);
    pieces
}

/// The next `{{`, `{%` or `{#`, and which of them.
fn next_tag(text: &str, from: usize) -> Option<(usize, u8)> {
    let octets = text.as_bytes();
    memchr::memchr_iter(b'{', octets.get(from..)?).find_map(|i| {
        let kind = *octets.get(from + i + 1)?;
        matches!(kind, b'{' | b'%' | b'#').then_some((from + i, kind))
    })
}

/// Where the tag that starts here ends; its strings may hold its end.
fn end_of(text: &str, start: usize, kind: u8) -> Option<usize> {
    let octets = text.as_bytes();
    let close = if kind == b'{' { b'}' } else { kind };
    let mut quote = None;
    let mut at = start + 2;
    while let Some(octet) = octets.get(at) {
        match quote {
            Some(open) if *octet == open => quote = None,
            Some(_) => {}
            None if kind != b'#' && matches!(octet, b'"' | b'\'' | b'`') => quote = Some(*octet),
            None if *octet == close && octets.get(at + 1) == Some(&b'}') => return Some(at + 2),
            None => {}
        }
        at += 1;
    }
    None
}

/// Where the `{% endraw %}` stands.
fn close_of_raw(text: &str, from: usize) -> Option<Range<usize>> {
    let mut at = from;
    while let Some(found) = text.get(at..)?.find("{%") {
        let start = at + found;
        let end = start + text.get(start..)?.find("%}")? + 2;
        let inner = text.get(start + 2..end - 2)?;
        if inner.trim_matches(|c: char| c == '-' || c.is_whitespace()) == "endraw" {
            return Some(start..end);
        }
        at = start + 2;
    }
    None
}

#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Token {
    Name,
    Quoted,
    Mark(u8),
}

/// Takes a tag's inside apart.
fn tag(text: &str, inside: Range<usize>) -> Tag {
    let tokens = tokens(text, inside);
    let mut tag = Tag::default();
    for (i, (token, span)) in tokens.iter().enumerate() {
        let word = text.get(span.clone()).unwrap_or_default();
        let before = i.checked_sub(1).and_then(|i| tokens.get(i)).map(|t| t.0);
        let after = |n: usize| tokens.get(i + n).map(|t| t.0);
        match token {
            Token::Quoted => tag.strings.push(span.clone()),
            Token::Mark(_) => {}
            Token::Name if before == Some(Token::Mark(b'.')) => {}
            Token::Name if before == Some(Token::Mark(b'|')) => tag.filters.push(word.to_owned()),
            Token::Name if WORDS.contains(&word) => tag.words.push(word.to_owned()),
            Token::Name if after(1) == Some(Token::Mark(b'(')) => {}
            // `value=` of a filter, or what a `set` makes.
            Token::Name if after(1) == Some(Token::Mark(b'=')) && after(2) != Some(Token::Mark(b'=')) => {
                tag.words.push(word.to_owned());
            }
            Token::Name if word == "row" => {
                let column = match (after(1), after(2), after(3)) {
                    (Some(Token::Mark(b'[')), Some(Token::Quoted), Some(Token::Mark(b']'))) => {
                        tokens.get(i + 2).and_then(|(_, span)| {
                            let inner = span.start + 1..span.end - 1;
                            Some((text.get(inner.clone())?.to_owned(), inner))
                        })
                    }
                    (Some(Token::Mark(b'.')), Some(Token::Name), _) => tokens
                        .get(i + 2)
                        .and_then(|(_, span)| Some((text.get(span.clone())?.to_owned(), span.clone()))),
                    _ => None,
                };
                match column {
                    Some(column) => tag.of_row.push(column),
                    None => tag.whole_row = true,
                }
            }
            Token::Name => tag.names.push((word.to_owned(), span.clone())),
        }
    }
    tag
}

fn tokens(text: &str, inside: Range<usize>) -> Vec<(Token, Range<usize>)> {
    let octets = text.as_bytes();
    let mut found = Vec::new();
    let mut at = inside.start;
    let in_name = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    while at < inside.end {
        let Some(octet) = octets.get(at) else { break };
        let start = at;
        at += 1;
        match octet {
            b'"' | b'\'' | b'`' => {
                while at < inside.end && octets.get(at) != Some(octet) {
                    at += 1;
                }
                at = (at + 1).min(inside.end);
                found.push((Token::Quoted, start..at));
            }
            b if in_name(b) => {
                while at < inside.end && octets.get(at).is_some_and(in_name) {
                    at += 1;
                }
                if !b.is_ascii_digit() {
                    found.push((Token::Name, start..at));
                }
            }
            b if b.is_ascii_whitespace() => {}
            b => found.push((Token::Mark(*b), start..at)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn source(text: &str) -> Source {
        Source::new(Place::in_file("t", Arc::from(text), 0..text.len()), Kind::Html)
    }

    #[test]
    fn a_tag_is_taken_apart_into_the_columns_it_may_name() {
        for (text, names) in [
            ("{{ name }}", "name"),
            ("{{- name | upper -}}", "name"),
            ("{{ row[\"First Name\"] }} {{ row.plan }}", "First Name,plan"),
            ("{{ \"name }} \" ~ other }}", "other"),
            ("{% if plan == 'patron' %}{{ a or b }}{% endif %}", "plan,a,b"),
            ("{{ when | date(format=style) }}{{ now() }}", "when,style"),
            ("{# name #}{% raw %}{{ name }}{% endraw %}", ""),
            ("{% set x = y %}{{ a.b }}{{ 1e5 }}", "y,a"),
            ("{% for c in courses %}{% endfor %}", "c,courses"),
            ("{{ never closed", ""),
        ] {
            let source = source(text);
            let found: Vec<_> = source
                .tags()
                .flat_map(|(_, tag)| tag.columns())
                .map(|(name, span)| {
                    assert_eq!(&text[span.clone()], name, "{text}");
                    name.as_str()
                })
                .collect();
            assert_eq!(found.join(","), names, "{text}");
            let whole: usize = source.pieces.iter().map(|piece| piece.span.len()).sum();
            assert_eq!(whole, text.len(), "{text}");
            assert_eq!(source.masked(' ').len(), text.len(), "{text}");
        }
        let whole = |text: &str| source(text).tags().any(|(_, tag)| tag.whole_row);
        assert!(whole("{% for key, cell in row %}") && whole("{{ row[column] }}"));
        assert!(!whole("{{ row['a'] }}") && !whole("{{ arrow }}"));
    }

    #[test]
    fn an_alternative_or_a_condition_is_a_guard() {
        for (text, guarded) in [
            ("{{ name }}", false),
            ("{{ name | upper }}", false),
            // Of Tera's `default`: an empty cell is not undefined.
            ("{{ name | default(value='x') }}", false),
            ("{{ name | default(value='x', boolean=true) }}", true),
            ("{{ name or 'friend' }}", true),
            ("{{ name if name else 'friend' }}", true),
            ("{% if name %}{{ name }}{% endif %}", true),
            ("{% if a %}{% if b %}{% endif %}{% endif %}{{ name }}", false),
            ("{% if a %}{% else %}{{ name }}{% endif %}", true),
        ] {
            let source = source(text);
            let guards: Vec<_> = source.values().map(|(_, tag)| tag.guarded()).collect();
            assert_eq!(guards, [guarded], "{text}");
        }
    }
}
