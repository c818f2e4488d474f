//! Writes the filters into a template that make numbers, or yes and no, of its cells.

use std::ops::Range;

use super::operands::{Operand, operand};
use super::rewritten::{CALL, CELLS, Rewritten, TRUTH};
use super::tokens::{Kind, Token, tags, tokens};

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

/// Rewrites a template.
pub(in crate::render) fn template(text: &str) -> Rewritten {
    let mut writing = Writing::new(text);
    for (inside, block) in tags(text) {
        writing.expression(inside, block);
    }
    writing.finish()
}

/// Rewrites an expression alone: a condition.
pub(in crate::render) fn condition(text: &str) -> Rewritten {
    let mut writing = Writing::new(text);
    writing.expression(0..text.len(), true);
    writing.finish()
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
