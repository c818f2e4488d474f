//! The variables of an expression, with what is taken out of them.

use super::tokens::{Kind, Token};

/// Words that are no variables.
const WORDS: [&str; 27] = [
    "and",
    "or",
    "not",
    "in",
    "is",
    "if",
    "elif",
    "else",
    "for",
    "true",
    "false",
    "none",
    "True",
    "False",
    "None",
    "set",
    "set_global",
    "include",
    "extends",
    "block",
    "filter",
    "loop",
    "endif",
    "endfor",
    "endset",
    "endblock",
    "self",
];

/// A variable with what is taken out of it: `score`, `row["Score"]`, `r.amount`.
pub(super) struct Operand<'t> {
    /// Its tokens.
    pub(super) first: usize,
    /// The token behind it.
    pub(super) after: usize,
    /// The column, and what it is taken from; `None`: by its own name.
    pub(super) column: &'t str,
    pub(super) from: Option<usize>,
}

/// The operand that begins at this token.
pub(super) fn operand<'t>(tokens: &[Token<'t>], first: usize) -> Option<Operand<'t>> {
    let name = tokens.get(first)?;
    let before = first.checked_sub(1).and_then(|i| tokens.get(i));
    let next = tokens.get(first + 1);
    let taken =
        before.is_some_and(|token| token.is(".") || token.is("?.") || token.is("|") || token.word("is"));
    let called = next.is_some_and(|token| token.is("(") || token.is("="));
    let of_test = before.is_some_and(|token| token.word("not"))
        && first
            .checked_sub(2)
            .and_then(|i| tokens.get(i))
            .is_some_and(|token| token.word("is"));
    let declared = before
        .is_some_and(|token| matches!(token.text, "for" | "set" | "set_global" | "block" | "filter"))
        || next.is_some_and(|token| token.word("in") && before.is_some_and(|b| b.is(",") || b.word("for")));
    if name.kind != Kind::Name || WORDS.contains(&name.text) || taken || called || of_test || declared {
        return None;
    }
    let (mut after, mut column, mut from) = (first + 1, name.text, None);
    loop {
        match tokens.get(after) {
            Some(token) if token.is(".") || token.is("?.") => {
                let part = tokens.get(after + 1).filter(|token| token.kind == Kind::Name)?;
                (column, from) = (part.text, Some(after - 1));
                after += 2;
            }
            Some(token) if token.is("[") => {
                let close = closing(tokens, after)?;
                let index = tokens.get(after + 1)?;
                column = match (index.kind, close - after) {
                    (Kind::Quoted, 2) => index.text.get(1..index.text.len().saturating_sub(1))?,
                    _ => "",
                };
                from = Some(after - 1);
                after = close + 1;
            }
            Some(_) | None => break,
        }
    }
    Some(Operand {
        first,
        after,
        column,
        from,
    })
}

fn closing(tokens: &[Token<'_>], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (i, token) in tokens.iter().enumerate().skip(open) {
        if token.is("[") {
            depth += 1;
        } else if token.is("]") {
            depth -= 1;
            if depth == 0 {
                return Some(i);
            }
        }
    }
    None
}
