//! Cells that a template calculates with.
//!
//! A cell is text, as the sheet shows it: `007` stays that, and `group == "2"` is true of a cell 2.
//! Where an expression calculates with a cell or compares it with a number, it is a number. The
//! template engine knows nothing of cells, so those places are written anew before it compiles the
//! template: `score >= 60` becomes `(score | _plain(column="score", of=_cells)) >= 60`. What was
//! inserted is noted ([`Rewritten`]), so that every message points to what the user wrote.

use std::ops::Range;

use crate::campaign::Place;

mod tokens;

use tokens::{Kind, Token, tags, tokens};

/// A template's text with what was inserted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Rewritten {
    pub(super) text: String,
    /// Where something was inserted, in `text`, and how much.
    inserted: Vec<Range<usize>>,
}

impl Rewritten {
    /// What stands here was written where, in the user's own text.
    pub(super) fn original(&self, at: usize) -> usize {
        let before = self.inserted.iter().take_while(|range| range.start < at);
        at - before.map(|range| range.end.min(at) - range.start).sum::<usize>()
    }

    /// The same text between two others that the user did not write.
    pub(super) fn between(self, before: &str, after: &str) -> Self {
        let shift = before.len();
        let moved = self
            .inserted
            .into_iter()
            .map(|range| range.start + shift..range.end + shift);
        let end = shift + self.text.len();
        let around = [0..shift, end..end + after.len()];
        let mut inserted: Vec<_> = moved.chain(around).collect();
        inserted.sort_by_key(|range| range.start);
        Self {
            text: format!("{before}{}{after}", self.text),
            inserted,
        }
    }

    /// A text as it is.
    pub(super) fn of(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            inserted: Vec::new(),
        }
    }

    /// The tag that is open here, up to its end.
    pub(super) fn tag_around(&self, at: usize) -> &str {
        let (before, after) = self.text.split_at_checked(at).unwrap_or((&self.text, ""));
        let start = before.rfind("{{").max(before.rfind("{%")).unwrap_or(0);
        let end = ["}}", "%}"].iter().filter_map(|close| after.find(close)).min();
        let end = end.map_or(self.text.len(), |end| at + end);
        self.text.get(start..end).unwrap_or_default()
    }

    /// Whether a cell is taken for a number somewhere.
    pub(super) fn calculates(&self) -> bool {
        self.text.contains(CALL)
    }
}

/// A template as it was written, and as it was compiled.
pub(super) struct Source {
    pub(super) place: Place,
    pub(super) compiled: Rewritten,
}

impl Source {
    /// Where something stands that the engine found in the compiled text. Where the user's text
    /// could not be found letter for letter (escapes in TOML), its whole value is pointed at.
    pub(super) fn at(&self, span: Range<usize>) -> Place {
        let start = self.place.span.start;
        let end = start + self.compiled.original(span.end);
        if end > self.place.span.end {
            return self.place.clone();
        }
        self.place.at(start + self.compiled.original(span.start)..end)
    }
}

/// The variable that holds what the cells of a row are.
pub(super) const CELLS: &str = "_cells";

/// The filter that makes a number of a cell, and the one that makes yes or no of it.
pub(super) const PLAIN: &str = "_plain";
pub(super) const TRUTH: &str = "_truth";

const CALL: &str = " | _plain(column=";

/// The columns that a text takes for numbers, and what it takes each from.
pub(super) fn calls(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split(CALL).skip(1).filter_map(|call| {
        let quote = call.chars().next()?;
        let (column, of) = call.strip_prefix(quote)?.split_once(quote)?;
        Some((column, of.strip_prefix(", of=")?.split_once("))")?.0))
    })
}

/// Filters that want a number or a date.
const WANT_PLAIN: [&str; 9] = [
    "round",
    "abs",
    "int",
    "float",
    "number",
    "money",
    "pluralize",
    "date",
    "iso",
];

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

/// Rewrites a template.
pub(super) fn template(text: &str) -> Rewritten {
    let mut writing = Writing::new(text);
    for (inside, block) in tags(text) {
        writing.expression(inside, block);
    }
    writing.finish()
}

/// Rewrites an expression alone: a condition.
pub(super) fn condition(text: &str) -> Rewritten {
    let mut writing = Writing::new(text);
    writing.expression(0..text.len(), true);
    writing.finish()
}

/// A variable with what is taken out of it: `score`, `row["Score"]`, `r.amount`.
struct Operand<'t> {
    /// Its tokens.
    first: usize,
    /// The token behind it.
    after: usize,
    /// The column, and what it is taken from; `None`: by its own name.
    column: &'t str,
    from: Option<usize>,
}

struct Writing<'t> {
    text: &'t str,
    done: usize,
    written: Rewritten,
}

impl<'t> Writing<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            done: 0,
            written: Rewritten::default(),
        }
    }

    fn copy_to(&mut self, at: usize) {
        self.written
            .text
            .push_str(self.text.get(self.done..at).unwrap_or_default());
        self.done = at.max(self.done);
    }

    fn insert(&mut self, words: &str) {
        let start = self.written.text.len();
        self.written.text.push_str(words);
        self.written.inserted.push(start..start + words.len());
    }

    fn finish(mut self) -> Rewritten {
        self.copy_to(self.text.len());
        self.written
    }

    fn expression(&mut self, inside: Range<usize>, block: bool) {
        let mut tokens = tokens(self.text, inside);
        // Those that only say what becomes of the blanks around the tag.
        if tokens.first().is_some_and(|token| token.is("-")) {
            tokens.remove(0);
        }
        if tokens.last().is_some_and(|token| token.is("-")) {
            tokens.pop();
        }
        if tokens.first().is_some_and(|token| token.is("<")) {
            return;
        }
        let condition = block
            && tokens
                .first()
                .is_none_or(|token| token.word("if") || token.word("elif"));
        let condition = condition || (block && self.text.get(..2) != Some("{%") && !self.text.contains("{%"));
        let mut at = 0;
        while at < tokens.len() {
            let Some(operand) = operand(&tokens, at) else {
                at += 1;
                continue;
            };
            if wants_number(&tokens, &operand) {
                self.wrap(&tokens, &operand, true);
                at = operand.after;
            } else if wants_truth(&tokens, &operand, condition) {
                self.wrap(&tokens, &operand, false);
                at = operand.after;
            } else {
                // What it is indexed by may be an expression of its own.
                at += 1;
            }
        }
    }

    fn wrap(&mut self, tokens: &[Token<'t>], operand: &Operand<'t>, number: bool) {
        let (Some(first), Some(last)) = (tokens.get(operand.first), tokens.get(operand.after - 1)) else {
            return;
        };
        let of = match operand.from.and_then(|from| tokens.get(from)) {
            // The hidden values of `row` are those of the cells.
            Some(from) if !(first.word("row") && operand.from == Some(operand.first)) => {
                self.text.get(first.at..from.end()).unwrap_or(CELLS)
            }
            Some(_) | None => CELLS,
        };
        let quote = if operand.column.contains('"') { '\'' } else { '"' };
        let call = if number {
            format!("{CALL}{quote}{}{quote}, of={of}))", operand.column)
        } else {
            format!(" | {TRUTH})")
        };
        self.copy_to(first.at);
        self.insert("(");
        self.copy_to(last.end());
        self.insert(&call);
    }
}

/// The operand that begins at this token.
fn operand<'t>(tokens: &[Token<'t>], first: usize) -> Option<Operand<'t>> {
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

fn wants_number(tokens: &[Token<'_>], operand: &Operand<'_>) -> bool {
    let get = |at: Option<usize>| at.and_then(|at| tokens.get(at));
    let before = get(operand.first.checked_sub(1));
    let after = tokens.get(operand.after);
    let beside = |token: &Token<'_>| token.calculates() || token.orders();
    let number = |token: Option<&Token<'_>>| token.is_some_and(|token| token.kind == Kind::Number);
    if before.is_some_and(beside) || after.is_some_and(beside) {
        return true;
    }
    if after.is_some_and(Token::equals) {
        let minus = tokens.get(operand.after + 1).is_some_and(|token| token.is("-"));
        return number(tokens.get(operand.after + 1 + usize::from(minus)));
    }
    if before.is_some_and(Token::equals) {
        return number(get(operand.first.checked_sub(2)));
    }
    let filter = after
        .filter(|token| token.is("|"))
        .and_then(|_| tokens.get(operand.after + 1));
    filter.is_some_and(|filter| WANT_PLAIN.contains(&filter.text))
}

/// Whether it is only asked whether there is something: `FALSE` and 0 are nothing then.
fn wants_truth(tokens: &[Token<'_>], operand: &Operand<'_>, condition: bool) -> bool {
    let before = operand.first.checked_sub(1).and_then(|at| tokens.get(at));
    let after = tokens.get(operand.after);
    let words = |token: Option<&Token<'_>>, words: &[&str]| {
        token
            .is_some_and(|token| words.contains(&token.text) && matches!(token.kind, Kind::Name | Kind::Mark))
    };
    let begins = before.is_none() || words(before, &["if", "elif", "and", "or", "not", "("]);
    let ends = after.is_none() || words(after, &["and", "or", ")"]);
    // Of `a if b else c` it is the condition between the words.
    let within = tokens
        .iter()
        .take(operand.first)
        .skip(1)
        .any(|token| token.word("if"))
        && tokens.iter().skip(operand.after).any(|token| token.word("else"));
    if condition {
        begins && ends
    } else {
        within && words(before, &["if", "and", "or", "not"]) && words(after, &["else", "and", "or"])
    }
}

#[cfg(test)]
mod tests;
