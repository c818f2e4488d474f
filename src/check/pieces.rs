//! A template in pieces: text, and tags with the names in them.
//!
//! A tag is only split into words: Tera knows what it *means*.

use std::ops::Range;

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
    /// The same, but intended: between `{% raw %}` and its end.
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

/// Words that are not variables.
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

/// Takes a template apart; all pieces together are the whole of it.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
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
            // A tag that is never closed is not a template; the compiler reports it, once for
            // everything after it.
            push(&mut pieces, start..text.len(), What::Raw);
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
            Some(_) if *octet == b'\\' => at += 1,
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
                    at += 1 + usize::from(octets.get(at) == Some(&b'\\'));
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
