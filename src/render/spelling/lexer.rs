//! The inside of a tag as tokens, whatever keyboard or editor wrote it.

use std::ops::Range;

use super::characters::{
    as_mark, as_marks, closes_string, in_name, is_blank, is_straight, opens_string, seen,
};
use super::columns::Columns;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Name,
    Number,
    Quoted,
    Mark,
    /// A column whose name is not a plain word.
    Column(usize),
    /// A tag of HTML that an editor put in between.
    Markup,
}

/// A piece of a tag's inside.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// As the engine reads it.
    pub(super) text: String,
    /// Where it was written.
    pub(super) at: Range<usize>,
}

impl Token {
    pub(super) fn is(&self, mark: &str) -> bool {
        self.kind == Kind::Mark && self.text == mark
    }

    pub(super) fn word(&self, word: &str) -> bool {
        self.kind == Kind::Name && self.text == word
    }
}

/// What ends a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// `}}`
    Value,
    /// `%}`
    Block,
    /// The end of the text.
    Text,
}

/// A tag's inside, and where its end stands.
pub(super) struct Inside {
    pub(super) tokens: Vec<Token>,
    pub(super) close: Range<usize>,
}

/// Elements that editors put around words.
const INLINE: [&str; 24] = [
    "span", "b", "i", "u", "s", "em", "strong", "font", "a", "mark", "code", "small", "big", "sub", "sup",
    "del", "ins", "tt", "br", "wbr", "o:p", "nobr", "strike", "label",
];

/// Takes the tag apart whose inside begins here; `None` where nothing ends it.
pub(super) fn inside(
    text: &str,
    start: usize,
    end: End,
    markup: bool,
    columns: &Columns<'_>,
) -> Option<Inside> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = start;
    loop {
        let parted = || parted_end(text, at, end).filter(|_| markup);
        if let Some(close) = closed(text, at, end).or_else(parted) {
            return Some(Inside { tokens, close });
        }
        let here = seen(text, at)?;
        if is_blank(here.c) {
            at += here.length;
            continue;
        }
        let (kind, word, to) = next(text, at, end, markup, columns, &tokens)?;
        tokens.push(Token {
            kind,
            text: word,
            at: at..to,
        });
        at = to;
    }
}

fn next(
    text: &str,
    at: usize,
    end: End,
    markup: bool,
    columns: &Columns<'_>,
    before: &[Token],
) -> Option<(Kind, String, usize)> {
    let rest = text.get(at..)?;
    let here = seen(text, at)?;
    let last = before.last();
    let taken = last.is_some_and(|token| token.is("|"));
    // `if`, `for`: the first word of a block is not a column.
    let statement = end == End::Block && before.iter().all(|token| token.is("-"));
    if !taken
        && !statement
        && let Some((column, to)) = columns.standing(text, at)
    {
        return Some((Kind::Column(column), columns.alias(column), to));
    }
    if opens_string(here.c)
        && let Some((word, to)) = string(text, at, end)
    {
        return Some((Kind::Quoted, word, to));
    }
    if markup && let Some(length) = element(rest) {
        return Some((Kind::Markup, String::new(), at + length));
    }
    if here.c.is_ascii_digit() && !here.entity {
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        let fraction = rest.get(length..).is_some_and(|rest| {
            rest.strip_prefix('.')
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        });
        let more = rest.get(length + 1..).filter(|_| fraction);
        let more = more.map_or(0, |rest| 1 + rest.bytes().take_while(u8::is_ascii_digit).count());
        let number = rest.get(..length + more)?.to_owned();
        return Some((Kind::Number, number, at + length + more));
    }
    if in_name(here.c) || escaped_underscore(rest) {
        let (word, to) = name(text, at);
        return Some((Kind::Name, word, to));
    }
    // Editors of Markdown put a backslash before what could be markup.
    if here.c == '\\'
        && let Some(c) = rest.chars().nth(1).filter(char::is_ascii_punctuation)
        && !opens_string(c)
    {
        return Some((Kind::Mark, c.to_string(), at + 2));
    }
    if let Some(marks) = as_marks(here.c) {
        return Some((Kind::Mark, marks.to_owned(), at + here.length));
    }
    let (mark, length) = mark(text, at)?;
    Some((Kind::Mark, mark, at + length))
}

/// The mark at this place, as the engine writes it, and its length.
fn mark(text: &str, at: usize) -> Option<(String, usize)> {
    let here = seen(text, at)?;
    let plain = |c: char| as_mark(c).unwrap_or(c);
    let first = plain(here.c);
    let Some(second) = seen(text, at + here.length) else {
        return Some((first.to_string(), here.length));
    };
    let both = here.length + second.length;
    let third = seen(text, at + both).filter(|third| plain(third.c) == '=');
    Some(match (first, plain(second.c)) {
        // As other languages, and spreadsheets, write it.
        ('&', '&') => (" and ".to_owned(), both),
        ('|', '|') => (" or ".to_owned(), both),
        ('<', '>') => ("!=".to_owned(), both),
        ('=' | '!', '=') => (format!("{first}="), both + third.map_or(0, |third| third.length)),
        ('<' | '>', '=') | ('/', '/') | ('*', '*') | ('?', '.' | '[') => {
            (format!("{first}{}", plain(second.c)), both)
        }
        _ => (first.to_string(), here.length),
    })
}

/// The range of the end of the tag, if it is at this place.
pub(super) fn closed(text: &str, at: usize, end: End) -> Option<Range<usize>> {
    let mut chars = text.get(at..)?.chars();
    let (first, second) = match (end, chars.next(), chars.next()) {
        (End::Text, None, _) => return Some(at..at),
        (End::Value, Some(first @ ('}' | '｝')), Some(second @ ('}' | '｝'))) => (first, second),
        (End::Block, Some(first @ ('%' | '％')), Some(second @ ('}' | '｝'))) => (first, second),
        _ => return None,
    };
    Some(at..at + first.len_utf8() + second.len_utf8())
}

/// The end of a tag whose two characters have elements between them: `}</b>}`.
fn parted_end(text: &str, at: usize, end: End) -> Option<Range<usize>> {
    let first = match end {
        End::Value => '}',
        End::Block => '%',
        End::Text => return None,
    };
    let behind = text.get(at..)?.strip_prefix(first)?;
    let length = elements(behind)?;
    let closes = behind.get(length..)?.starts_with('}');
    closes.then_some(at..at + length + 2)
}

/// The string that begins here, as the engine writes it, and where it ends.
fn string(text: &str, at: usize, end: End) -> Option<(String, usize)> {
    let open = seen(text, at)?;
    let from = at + open.length;
    let straight = is_straight(open.c) && !open.entity;
    if straight
        && let Some(close) = straight_end(text, from, open.c)
        && (!holds_end(text, from, close, end) || people_s_end(text, from, open.c, end).is_none())
    {
        return Some((text.get(at..=close)?.to_owned(), close + 1));
    }
    let (close, length) = people_s_end(text, from, open.c, end)?;
    let mut content = String::new();
    let mut here = from;
    while here < close {
        let seen = seen(text, here)?;
        let length = if open.entity {
            seen.length
        } else {
            text.get(here..)?.chars().next()?.len_utf8()
        };
        let c = if open.entity {
            seen.c
        } else {
            text.get(here..)?.chars().next()?
        };
        if c == '"' {
            content.push('\\');
        }
        content.push(c);
        here += length;
    }
    Some((format!("\"{content}\""), close + length))
}

/// Where the engine sees the end of a string.
fn straight_end(text: &str, from: usize, open: char) -> Option<usize> {
    let mut escaped = false;
    let found = text.get(from..)?.char_indices().find(|(_, c)| {
        let ends = *c == open && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    });
    Some(from + found?.0)
}

/// Whether the end of the tag would be in a string.
fn holds_end(text: &str, from: usize, to: usize, end: End) -> bool {
    let inside = text.get(from..to).unwrap_or_default();
    inside
        .char_indices()
        .any(|(at, _)| closed(text, from + at, end).is_some_and(|close| !close.is_empty()))
}

/// Where a person sees the end of a string, before that of the tag: at a quotation mark like the
/// opening one, else at a plain one; an apostrophe in a word does not count.
fn people_s_end(text: &str, from: usize, open: char, end: End) -> Option<(usize, usize)> {
    let mut plain = None;
    let (mut at, mut before) = (from, ' ');
    while closed(text, at, end).is_none() {
        let Some(here) = seen(text, at) else { break };
        if closes_string(open, here.c) {
            let after = seen(text, at + here.length).map_or(' ', |seen| seen.c);
            let apostrophe = matches!(here.c, '’' | '\'' | '´' | '′');
            let in_word = apostrophe && before.is_alphanumeric() && after.is_alphanumeric();
            match (in_word, is_straight(here.c)) {
                (true, _) => {}
                (false, true) => plain = plain.or(Some((at, here.length))),
                (false, false) => return Some((at, here.length)),
            }
        }
        (before, at) = (here.c, at + here.length);
    }
    plain
}

/// The name that begins here, without what shows nothing in it.
fn name(text: &str, start: usize) -> (String, usize) {
    let (mut word, mut at) = (String::new(), start);
    loop {
        let rest = text.get(at..).unwrap_or_default();
        if escaped_underscore(rest) {
            word.push('_');
            at += 2;
            continue;
        }
        match seen(text, at) {
            Some(seen) if in_name(seen.c) => {
                word.push(seen.c);
                at += seen.length;
            }
            // A zero-width blank in the middle of a word.
            Some(blank) if is_blank(blank.c) && !blank.c.is_whitespace() => {
                match seen(text, at + blank.length) {
                    Some(next) if in_name(next.c) => at += blank.length,
                    Some(_) | None => return (word, at),
                }
            }
            Some(_) | None => return (word, at),
        }
    }
}

/// `first\_name`, as editors of Markdown write it.
fn escaped_underscore(rest: &str) -> bool {
    rest.starts_with("\\_")
}

/// The length of the tags of HTML that begin here, at least one.
pub(super) fn elements(text: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(length) = text.get(at..).and_then(element) {
        at += length;
    }
    (at > 0).then_some(at)
}

/// The length of a tag of HTML that an editor puts around words.
fn element(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('<')?;
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let length = inner
        .bytes()
        .take_while(|octet| octet.is_ascii_alphanumeric() || *octet == b':')
        .count();
    let name = inner.get(..length)?.to_ascii_lowercase();
    let behind = inner.get(length..)?;
    let close = behind.find(['>', '<', '{', '}'])?;
    let attributes = behind.get(..close)?.trim_end_matches('/').trim();
    let fits = INLINE.contains(&name.as_str()) && (attributes.is_empty() || attributes.contains('='));
    (fits && behind.get(close..)?.starts_with('>')).then(|| rest.len() - behind.len() + close + 1)
}
