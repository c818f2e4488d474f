//! Writes the filters into a template that make numbers, or yes and no, of its cells.

use std::ops::Range;

use super::conditions::questions;
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
    tagged(text, true)
}

/// Rewrites what a template asks of its cells, and leaves alone what it calculates.
pub(in crate::render) fn only_conditions(text: &str) -> Rewritten {
    tagged(text, false)
}

/// Rewrites an expression alone: a condition.
pub(in crate::render) fn condition(text: &str) -> Rewritten {
    let mut writing = Writing::new(text, true);
    writing.expression(&tokens(text, 0..text.len()), true);
    writing.finish()
}

fn tagged(text: &str, numbers: bool) -> Rewritten {
    let mut writing = Writing::new(text, numbers);
    for (inside, block) in tags(text) {
        writing.tag(inside, block);
    }
    writing.finish()
}

struct Writing<'t> {
    text: &'t str,
    /// Whether numbers are made of cells.
    numbers: bool,
    done: usize,
    written: Rewritten,
}

impl<'t> Writing<'t> {
    fn new(text: &'t str, numbers: bool) -> Self {
        Self {
            text,
            numbers,
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

    fn tag(&mut self, inside: Range<usize>, block: bool) {
        let tokens = tokens(self.text, inside);
        // Those that only say what becomes of the blanks around the tag.
        let mut tokens = tokens.as_slice();
        if let [first, rest @ ..] = tokens
            && first.is("-")
        {
            tokens = rest;
        }
        if let [rest @ .., last] = tokens
            && last.is("-")
        {
            tokens = rest;
        }
        match tokens {
            // A component.
            [first, ..] if first.is("<") => {}
            [first, condition @ ..] if block && (first.word("if") || first.word("elif")) => {
                self.expression(condition, true);
            }
            _ => self.expression(tokens, false),
        }
    }

    /// `asked`: whether the whole holds.
    fn expression(&mut self, tokens: &[Token<'t>], asked: bool) {
        let mut insertions: Vec<(usize, String)> = Vec::new();
        let mut at = 0;
        while self.numbers && at < tokens.len() {
            at = match operand(tokens, at) {
                Some(operand) if wants_number(tokens, &operand) => {
                    insertions.extend(self.number(tokens, &operand));
                    operand.after
                }
                // What it is indexed by may be an expression of its own.
                Some(_) | None => at + 1,
            };
        }
        let behind = questions(tokens, asked).into_iter();
        let ends = behind.filter_map(|at| tokens.get(at).map(Token::end));
        insertions.extend(ends.map(|end| (end, format!(" | {TRUTH}"))));
        insertions.sort_by_key(|(at, _)| *at);
        for (at, words) in insertions {
            self.copy_to(at);
            self.insert(&words);
        }
    }

    /// What makes a number of an operand, in brackets: it may stand behind a sign.
    fn number(&self, tokens: &[Token<'t>], operand: &Operand<'t>) -> Vec<(usize, String)> {
        let (Some(first), Some(last)) = (tokens.get(operand.first), tokens.get(operand.after - 1)) else {
            return Vec::new();
        };
        let of = match operand.from.and_then(|from| tokens.get(from)) {
            // The hidden values of `row` are those of the cells.
            Some(from) if !(first.word("row") && operand.from == Some(operand.first)) => {
                self.text.get(first.at..from.end()).unwrap_or(CELLS)
            }
            Some(_) | None => CELLS,
        };
        let quote = if operand.column.contains('"') { '\'' } else { '"' };
        let call = format!("{CALL}{quote}{}{quote}, of={of}))", operand.column);
        vec![(first.at, "(".to_owned()), (last.end(), call)]
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
