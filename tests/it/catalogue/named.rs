//! What a source file says: the messages that it names, and the sentences that it still has itself.
//! Read as Rust tokens, without what is compiled for tests only.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A message that is named by `say!`, `Said::new` or `.is(…)`.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) id: String,
    /// `None` where it is named without them.
    pub(super) arguments: Option<BTreeSet<String>>,
    pub(super) line: usize,
}

/// Macros and functions whose words nobody but developers reads.
const UNREAD: [&str; 21] = [
    "trace",
    "info",
    "warn",
    "debug",
    "unreachable",
    "assert",
    "assert_eq",
    "debug_assert",
    "debug_assert_eq",
    "panic",
    "expect",
    "span",
    "info_span",
    "debug_span",
    "trace_span",
    "execute",
    "execute_batch",
    "prepare",
    "prepare_cached",
    "query_row",
    "include_str",
];

/// The messages that a file names.
pub(super) fn spoken_in(path: &str, text: &str) -> Vec<Named> {
    let mut found = Vec::new();
    walk(tokens(path, text), &mut |name, arguments| {
        if name != "say" {
            return true;
        }
        let mut tokens = arguments.clone().into_iter().peekable();
        let Some(TokenTree::Literal(literal)) = tokens.next() else {
            return true;
        };
        let Some(id) = text_of(&literal.to_string()).filter(|id| is_id(id)) else {
            return true;
        };
        let line = literal.span().start().line;
        let mut names = BTreeSet::new();
        let mut begins = false;
        for token in tokens {
            match &token {
                TokenTree::Punct(punct) if punct.as_char() == ',' => begins = true,
                TokenTree::Ident(ident) if begins => {
                    names.insert(ident.to_string());
                    begins = false;
                }
                TokenTree::Group(_) | TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {
                    begins = false;
                }
            }
        }
        found.push(Named {
            id,
            arguments: Some(names),
            line,
        });
        true
    });
    literals(tokens(path, text), &mut |words, line| {
        // Named in data: a table of ids.
        if is_id(words) && !found.iter().any(|named| named.line == line && named.id == words) {
            found.push(Named {
                id: words.to_owned(),
                arguments: None,
                line,
            });
        }
    });
    let said: BTreeSet<_> = crate::catalogue::messages::messages("en").into_keys().collect();
    found.retain(|named| named.arguments.is_some() || said.contains(&named.id));
    found
}

fn is_id(words: &str) -> bool {
    words.contains('-')
        && words
            .bytes()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, b'-' | b'.'))
}

/// The sentences that a file has itself: at least three words, one of them lower-case letters only.
pub(super) fn sentences_in(path: &str, text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    literals(tokens(path, text), &mut |words, line| {
        if is_sentence(words) {
            found.push((line, words.to_owned()));
        }
    });
    found
}

fn is_sentence(words: &str) -> bool {
    let sql = [
        "SELECT ", "INSERT ", "UPDATE ", "DELETE ", "CREATE ", "PRAGMA ", "ALTER ", "DROP ", "ATTACH ",
        "WITH ", "BEGIN", " FROM ", " WHERE ",
    ];
    if sql.iter().any(|verb| words.contains(verb)) {
        return false;
    }
    let plain = words
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| c.is_ascii_punctuation()))
        .filter(|word| word.len() > 1 && word.bytes().all(|c| c.is_ascii_lowercase()))
        .count();
    plain >= 2 && words.split_whitespace().count() >= 3
}

fn tokens(path: &str, text: &str) -> TokenStream {
    let is_test = path
        .split('/')
        .any(|part| matches!(part, "tests" | "tests.rs" | "hostile.rs"));
    if is_test {
        return TokenStream::new();
    }
    text.parse()
        .unwrap_or_else(|error| panic!("src/{path} is not Rust: {error}"))
}

/// The tokens without attributes, and without what `#[cfg(test)]` stands before.
fn shipped(stream: TokenStream) -> Vec<TokenTree> {
    let mut kept = Vec::new();
    let mut tokens = stream.into_iter().peekable();
    let mut skipping = false;
    while let Some(token) = tokens.next() {
        let attribute = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
        if attribute {
            if matches!(tokens.peek(), Some(TokenTree::Punct(bang)) if bang.as_char() == '!') {
                tokens.next();
            }
            if let Some(TokenTree::Group(group)) = tokens.peek()
                && group.delimiter() == Delimiter::Bracket
            {
                let words = group.stream().to_string().replace(' ', "");
                skipping |= words == "cfg(test)" || words == "test";
                // The words of an error are ours.
                if words.starts_with("error(") {
                    kept.push(TokenTree::Group(group.clone()));
                }
                tokens.next();
            }
            continue;
        }
        if skipping {
            let ends = match &token {
                TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                TokenTree::Punct(punct) => punct.as_char() == ';',
                TokenTree::Ident(_) | TokenTree::Literal(_) => false,
            };
            skipping = !ends;
            continue;
        }
        kept.push(token);
    }
    kept
}

/// Every call `name(…)` and `name!(…)`; `visit` says whether to go into its arguments.
fn walk(stream: TokenStream, visit: &mut impl FnMut(&str, &TokenStream) -> bool) {
    let mut name = String::new();
    for token in shipped(stream) {
        match token {
            TokenTree::Ident(ident) => name = ident.to_string(),
            TokenTree::Punct(punct) if punct.as_char() == '!' => {}
            TokenTree::Group(group) => {
                if visit(&name, &group.stream()) {
                    walk(group.stream(), visit);
                }
                name.clear();
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => name.clear(),
        }
    }
}

/// Every literal of text but those that only developers read.
fn literals(stream: TokenStream, visit: &mut impl FnMut(&str, usize)) {
    let mut name = String::new();
    for token in shipped(stream) {
        match token {
            TokenTree::Ident(ident) => name = ident.to_string(),
            TokenTree::Punct(punct) if punct.as_char() == '!' => {}
            TokenTree::Group(group) => {
                if !UNREAD.contains(&name.as_str()) {
                    literals(group.stream(), visit);
                }
                name.clear();
            }
            TokenTree::Literal(literal) => {
                let line = literal.span().start().line;
                if let Some(words) = text_of(&literal.to_string()) {
                    visit(&words, line);
                }
            }
            TokenTree::Punct(_) => name.clear(),
        }
    }
}

/// The text of a literal of text; escapes stay as they are written.
fn text_of(literal: &str) -> Option<String> {
    let inner = literal.trim_start_matches('r').trim_matches('#');
    let inner = inner.strip_prefix('"')?.strip_suffix('"')?;
    Some(inner.replace("\\\n", " "))
}
