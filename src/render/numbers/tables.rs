//! Inserts calls into a template, so that a list or a row never becomes text, and hidden entries of
//! a row are not in loops over its cells.

use std::collections::HashSet;
use std::ops::Range;

use super::tokens::{Kind, Token, tags, tokens};

/// The filter that refuses everything but text, and the one that leaves out what is hidden in a
/// row.
pub(in crate::render) const AS_TEXT: &str = "_as_text";
pub(in crate::render) const VISIBLE: &str = "_visible";

/// Filters out of which a list may come.
const LISTS: [&str; 10] = [
    "split", "sort", "unique", "reverse", "values", "keys", "pairs", "group_by", "first", "last",
];

/// Where these filters go, and what is written there.
pub(super) fn insertions(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (inside, block) in tags(text) {
        let all = tokens(text, inside.clone());
        let words = without_dashes(&all, inside.start);
        let Some(last) = words.last() else { continue };
        if block {
            let Some(within) = iterated(words) else { continue };
            found.push((within.at, "(".to_owned()));
            found.push((last.end(), format!(") | {VISIBLE}")));
        } else if words.first().is_some_and(|first| !first.is("<")) && may_be_list(words) {
            let first = words.first().map_or(last.at, |first| first.at);
            found.push((first, "(".to_owned()));
            found.push((last.end(), format!(") | {AS_TEXT}")));
        }
    }
    found
}

/// The tag that may have written a whole row: the first that names a table and takes nothing out of it.
pub(in crate::render) fn suspect(text: &str) -> Option<Range<usize>> {
    let tags: Vec<_> = tags(text);
    let all = tags
        .iter()
        .map(|(inside, block)| (tokens(text, inside.clone()), inside, *block));
    let all: Vec<_> = all.collect();
    let mut tables = HashSet::from(["row", "rows"]);
    tables.extend(
        all.iter()
            .filter(|(_, _, block)| *block)
            .flat_map(|(words, _, _)| made(words)),
    );
    let is_table = |words: &[Token<'_>], at: usize| {
        let taken = |token: Option<&Token<'_>>| token.is_some_and(|token| token.is(".") || token.is("["));
        let word = words.get(at).filter(|word| word.kind == Kind::Name);
        word.is_some_and(|word| tables.contains(word.text))
            && !taken(words.get(at + 1))
            && !at
                .checked_sub(1)
                .and_then(|at| words.get(at))
                .is_some_and(|before| before.is("."))
    };
    let mut values = all.iter().filter(|(_, _, block)| !block);
    let (_, inside, _) = values.find(|(words, _, _)| (0..words.len()).any(|at| is_table(words, at)))?;
    Some(inside.start - 2..inside.end + 2)
}

/// The columns that a template takes out of `row` by their names, and the files that it includes. Where
/// it makes a `row` of its own, nobody knows.
pub(in crate::render) fn taken(text: &str) -> (Vec<String>, Vec<&str>) {
    let (mut columns, mut files) = (Vec::new(), Vec::new());
    for (inside, block) in tags(text) {
        let words = tokens(text, inside);
        if block && made(&words).any(|name| name == "row") {
            return (Vec::new(), Vec::new());
        }
        let includes = words
            .iter()
            .any(|word| word.word("include") || word.word("extends"));
        for (at, word) in words.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| words.get(at));
            let quoted = |token: Option<&Token<'_>>| token.is_some_and(|token| token.kind == Kind::Quoted);
            if block && includes && quoted(Some(word)) {
                files.push(unquoted(word.text));
            }
            if !word.word("row") || before.is_some_and(|before| before.is(".")) {
                continue;
            }
            match (words.get(at + 1), words.get(at + 2), words.get(at + 3)) {
                (Some(open), Some(name), Some(close))
                    if open.is("[") && close.is("]") && quoted(Some(name)) =>
                {
                    columns.push(unquoted(name.text).replace('\\', ""));
                }
                (Some(point), Some(name), _) if point.is(".") && name.kind == Kind::Name => {
                    columns.push(name.text.to_owned());
                }
                _ => {}
            }
        }
    }
    (columns, files)
}

fn unquoted(text: &str) -> &str {
    text.get(1..text.len().saturating_sub(1)).unwrap_or_default()
}

/// The variables that a block makes.
fn made<'t>(words: &[Token<'t>]) -> impl Iterator<Item = &'t str> {
    let mut rest = words.iter().skip_while(|word| word.is("-"));
    let makes = rest
        .next()
        .is_some_and(|first| ["for", "set", "set_global"].contains(&first.text));
    let names = rest.take_while(|word| !word.word("in") && !word.is("="));
    let names: Vec<_> = names
        .filter(|word| makes && word.kind == Kind::Name)
        .map(|word| word.text)
        .collect();
    names.into_iter()
}

/// What a loop goes over, where that may be the cells of a row.
fn iterated<'a, 't>(words: &'a [Token<'t>]) -> Option<&'a Token<'t>> {
    let (first, rest) = words.split_first()?;
    let within = rest.iter().position(|word| word.word("in"))?;
    let iterated = rest.get(within + 1)?;
    (first.word("for") && (within > 1 || iterated.word("row"))).then_some(iterated)
}

/// Whether a value may be a list: it is written as one, or a filter makes one.
fn may_be_list(words: &[Token<'_>]) -> bool {
    if let [only] = words {
        return only.word("row") || only.word("rows");
    }
    words.iter().enumerate().any(|(at, word)| {
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        let of_value = before.is_some_and(|before| {
            matches!(before.kind, Kind::Name | Kind::Quoted) || before.is("]") || before.is(")")
        });
        let filter = before.is_some_and(|before| before.is("|"));
        word.is("[") && !of_value || filter && LISTS.contains(&word.text)
    })
}

/// The words of a tag, without what says what becomes of the blanks around it.
fn without_dashes<'a, 't>(tokens: &'a [Token<'t>], start: usize) -> &'a [Token<'t>] {
    let words = match tokens {
        [first, rest @ ..] if first.is("-") && first.at == start => rest,
        all => all,
    };
    match words {
        [rest @ .., last] if last.is("-") => rest,
        all => all,
    }
}
