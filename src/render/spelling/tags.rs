//! A whole template, tag by tag.

use std::collections::HashSet;
use std::ops::Range;

use crate::table::Header;

use super::changed::{Spelled, Writing};
use super::characters::is_blank;
use super::columns::Columns;
use super::comments::{Area, Opening, opening, styles};
use super::lexer::{End, Inside, Kind, Token, elements, inside};
use super::meaning::{Meaning, declares, markup};

/// A part of a template that is not text.
enum Part {
    Tag {
        open: Range<usize>,
        end: End,
        inside: Inside,
    },
    /// It stays as it is: a comment, what is raw.
    Kept(Range<usize>),
    /// A `{#` that is text.
    Literal(Range<usize>),
}

/// Whether a text has tags, in whatever braces.
pub(in crate::render) fn begins_tag(text: &str) -> bool {
    text.char_indices()
        .any(|(at, _)| brace(text, at, false).is_some())
}

/// A template, `markup`: of HTML or with HTML in it, as the engine reads it.
pub fn spelled(text: &str, markup: bool, header: &Header) -> Spelled {
    if header.literal {
        return literal(text);
    }
    let columns = Columns::of(header);
    let parts = parts(text, markup, &columns);
    let tags = parts.iter().filter_map(|part| match part {
        Part::Tag { inside, .. } => Some(inside),
        Part::Kept(_) | Part::Literal(_) => None,
    });
    let declared: HashSet<String> = tags
        .flat_map(|tag| declares(&tag.tokens))
        .map(str::to_owned)
        .collect();
    let mut writing = Writing::new(text);
    for part in &parts {
        match part {
            Part::Tag { open, end, inside } => {
                let meaning = Meaning {
                    tokens: &inside.tokens,
                    end: *end,
                    columns: &columns,
                    declared: &declared,
                };
                tag(&mut writing, text, open, inside, &meaning);
            }
            Part::Kept(span) => writing.keep(span.end),
            Part::Literal(at) => {
                writing.replace(at.start..at.start, "{% raw %}");
                writing.keep(at.end);
                writing.replace(at.end..at.end, "{% endraw %}");
            }
        }
    }
    writing.finish()
}

/// A page in which everything that is not text is replaced, octet for octet (values by letters, as they
/// may be part of a word), and where the tags stand.
pub(in crate::render) fn masked(text: &str, header: &Header) -> (String, Vec<Range<usize>>) {
    let columns = Columns::of(header);
    let (mut masked, mut tags) = (text.as_bytes().to_vec(), Vec::new());
    for part in parts(text, true, &columns) {
        let (span, mask) = match part {
            Part::Tag { open, end, inside } => {
                let span = open.start..inside.close.end;
                tags.push(span.clone());
                (span, if end == End::Value { b'x' } else { b' ' })
            }
            Part::Kept(span) if text.get(span.clone()).is_some_and(|kept| kept.starts_with("{#")) => {
                (span, b' ')
            }
            Part::Kept(_) | Part::Literal(_) => continue,
        };
        masked
            .get_mut(span)
            .into_iter()
            .flatten()
            .for_each(|octet| *octet = mask);
    }
    (String::from_utf8_lossy(&masked).into_owned(), tags)
}

/// A text that is to come out as it is.
fn literal(text: &str) -> Spelled {
    let mut writing = Writing::new(text);
    let mut from = 0;
    while let Some(at) = tags_of_engine(text.get(from..).unwrap_or_default()) {
        let at = from + at.start..from + at.end;
        writing.replace(at.start..at.start, "{% raw %}");
        writing.keep(at.end);
        writing.replace(at.end..at.end, "{% endraw %}");
        from = at.end;
    }
    writing.finish()
}

/// The first of what the engine takes for the beginning of a tag.
fn tags_of_engine(text: &str) -> Option<Range<usize>> {
    let opens = |at: &usize| matches!(text.as_bytes().get(at + 1), Some(b'{' | b'%' | b'#'));
    let at = memchr::memchr_iter(b'{', text.as_bytes()).find(opens)?;
    Some(at..at + 2)
}

/// An expression alone, as the engine reads it.
pub(in crate::render) fn spelled_expression(text: &str, header: &Header) -> Spelled {
    let columns = Columns::of(header);
    let mut writing = Writing::new(text);
    if let Some(inside) = inside(text, 0, End::Text, false, &columns) {
        let declared = declares(&inside.tokens).map(str::to_owned).collect();
        let meaning = Meaning {
            tokens: &inside.tokens,
            end: End::Text,
            columns: &columns,
            declared: &declared,
        };
        words(&mut writing, text, 0, &inside, &meaning);
    }
    writing.finish()
}

fn tag(
    writing: &mut Writing<'_>,
    text: &str,
    open: &Range<usize>,
    inside: &Inside,
    meaning: &Meaning<'_, '_>,
) {
    let (before, behind) = markup(&inside.tokens);
    let all = |spans: Vec<Range<usize>>| -> String {
        spans.into_iter().filter_map(|span| text.get(span)).collect()
    };
    let before = parting(text, open).to_owned() + &all(before);
    if !before.is_empty() {
        writing.replace(open.start..open.start, &before);
    }
    let (opened, closed) = match meaning.end {
        End::Value => ("{{", "}}"),
        End::Block => ("{%", "%}"),
        End::Text => ("", ""),
    };
    writing.replace(open.clone(), opened);
    words(writing, text, open.end, inside, meaning);
    writing.replace(inside.close.clone(), closed);
    let behind = all(behind) + parting(text, &inside.close);
    if !behind.is_empty() {
        writing.replace(inside.close.end..inside.close.end, &behind);
    }
}

/// What an editor put between the two characters that begin a tag, or end it.
fn parting<'t>(text: &'t str, marks: &Range<usize>) -> &'t str {
    let marks = text.get(marks.clone()).unwrap_or_default();
    marks.trim_matches(['{', '｛', '%', '％', '}', '｝'])
}

/// The words of a tag, and the blanks between them.
fn words(writing: &mut Writing<'_>, text: &str, from: usize, inside: &Inside, meaning: &Meaning<'_, '_>) {
    let (mut at, mut end) = (0, from);
    while let Some(token) = inside.tokens.get(at) {
        blanks(writing, text, end..token.at.start);
        let written = meaning.written(at);
        (at..at + written.tokens).for_each(|at| {
            if let (Some(doubt), Some(token)) = (meaning.doubt(at), inside.tokens.get(at)) {
                writing.doubt(doubt, token.at.clone());
            }
        });
        at += written.tokens;
        end = inside.tokens.get(at - 1).map_or(end, |last| last.at.end);
        writing.replace(token.at.start..end, &written.text);
    }
    blanks(writing, text, end..inside.close.start);
}

/// Blanks that the engine knows stay as they are; the others become such, or nothing.
fn blanks(writing: &mut Writing<'_>, text: &str, between: Range<usize>) {
    let written = text.get(between.clone()).unwrap_or_default();
    if written.bytes().all(|octet| octet.is_ascii_whitespace()) {
        return;
    }
    let shows = written.contains('&') || written.chars().any(char::is_whitespace);
    writing.replace(between, if shows { " " } else { "" });
}

/// The opening brace at this place, given by its second character; with `markup`, there may be
/// elements between the two.
fn brace(text: &str, at: usize, markup: bool) -> Option<(char, usize)> {
    let rest = text.get(at..)?;
    let first = rest.chars().next().filter(|c| matches!(c, '{' | '｛'))?;
    let behind = rest.get(first.len_utf8()..)?;
    let parted = if markup { elements(behind) } else { None };
    let second = behind.get(parted.unwrap_or_default()..)?.chars().next()?;
    let kind = match (second, parted) {
        ('{' | '｛', _) => '{',
        ('%' | '％', _) => '%',
        ('#' | '＃', None) => '#',
        _ => return None,
    };
    Some((
        kind,
        first.len_utf8() + parted.unwrap_or_default() + second.len_utf8(),
    ))
}

fn parts(text: &str, markup: bool, columns: &Columns<'_>) -> Vec<Part> {
    let styles = if markup { styles(text) } else { Vec::new() };
    let mut parts = Vec::new();
    let (mut at, mut in_tag) = (0, false);
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(['{', '｛', '<', '>'])) {
        let start = at + found;
        let rest = text.get(start..).unwrap_or_default();
        let next = rest.chars().next().map_or(1, char::len_utf8);
        if rest.starts_with('<') {
            in_tag |= rest
                .get(1..)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/'));
        } else if rest.starts_with('>') {
            in_tag = false;
        }
        at = start + next;
        let Some((kind, length)) = brace(text, start, markup) else {
            continue;
        };
        let open = start..start + length;
        let area = match styles.iter().find(|style| style.contains(&start)) {
            Some(style) => Area::Style(style.end),
            None if !markup => Area::Plain,
            None if in_tag => Area::Tag,
            None => Area::Between,
        };
        let part = match kind {
            '#' => comment(text, &open, &area),
            kind => {
                let end = if kind == '{' { End::Value } else { End::Block };
                match inside(text, open.end, end, markup, columns) {
                    // Braces of a keyboard are a tag where they are closed like one.
                    Some(inside) if open.len() > 2 && !is_one(text, &open, open.end..inside.close.start) => {
                        None
                    }
                    Some(inside) => Some(Part::Tag { open, end, inside }),
                    None if open.len() > 2 => None,
                    // The engine says that it is never closed; what follows is part of it.
                    None => return parts,
                }
            }
        };
        match part {
            Some(Part::Tag { open, end, inside }) => {
                at = inside.close.end;
                let raw = raw_end(text, &inside, end);
                parts.push(Part::Tag { open, end, inside });
                if let Some(raw) = raw {
                    parts.push(Part::Kept(at..raw));
                    at = raw;
                }
            }
            Some(kept) => {
                at = match &kept {
                    Part::Kept(span) => span.end,
                    Part::Literal(span) => span.end,
                    Part::Tag { inside, .. } => inside.close.end,
                };
                parts.push(kept);
            }
            None => {}
        }
    }
    parts
}

/// Whether this is the inside of one tag, and not text up to the end of the next. Programs that
/// write elements break their lines anywhere.
fn is_one(text: &str, open: &Range<usize>, inside: Range<usize>) -> bool {
    let breaks = !parting(text, open).is_empty();
    let inside = text.get(inside).unwrap_or_default();
    let begins = |(at, _)| brace(inside, at, breaks).is_some();
    (breaks || !inside.contains('\n')) && !inside.char_indices().any(begins)
}

/// What begins with `{#`; of full-width ones, only what is surely a comment.
fn comment(text: &str, open: &Range<usize>, area: &Area) -> Option<Part> {
    if open.len() > 2 {
        return None;
    }
    match opening(text, open.start, area) {
        Opening::Comment(end) => Some(Part::Kept(open.start..end)),
        Opening::Text => Some(Part::Literal(open.clone())),
        // The engine says that nothing closes it.
        Opening::Unclosed => Some(Part::Kept(open.start..text.len())),
    }
}

/// Where what is raw ends, with its `{% endraw %}`.
fn raw_end(text: &str, inside: &Inside, end: End) -> Option<usize> {
    let is_dash = |token: &&Token| token.is("-") || token.kind == Kind::Markup;
    let words: Vec<_> = inside.tokens.iter().filter(|token| !is_dash(token)).collect();
    let raw = matches!(words.as_slice(), [word] if word.word("raw"));
    if end != End::Block || !raw {
        return None;
    }
    let from = inside.close.end;
    let mut at = from;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find("{%")) {
        let start = at + found + 2;
        let close = text.get(start..).and_then(|rest| rest.find("%}"));
        let Some(close) = close.map(|close| start + close) else {
            break;
        };
        let word = text.get(start..close).unwrap_or_default();
        if word.trim_matches(|c: char| c == '-' || is_blank(c)) == "endraw" {
            return Some(close + 2);
        }
        at = start;
    }
    Some(text.len())
}
