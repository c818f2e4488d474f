//! Where an expression asks whether a variable holds: `if`, `and`, `or`, `not`, and the word
//! between the values of `a if b else c`.

use std::ops::Range;

use super::operands::operand;
use super::tokens::{Kind, Token};

/// Expressions in expressions that are looked at. Tera takes 40, its `MAX_RECURSION_DEPTH`.
const DEEPEST: usize = 64;

/// The tokens behind which it is asked whether what stands before them holds, in their order.
/// `asked`: it is asked of the whole.
pub(super) fn questions(tokens: &[Token<'_>], asked: bool) -> Vec<usize> {
    let mut found = Found {
        tokens,
        behind: Vec::new(),
        depth: 0,
    };
    found.statement(asked);
    found.behind.sort_unstable();
    found.behind
}

struct Found<'a, 't> {
    tokens: &'a [Token<'t>],
    behind: Vec<usize>,
    /// How deep the expression at hand stands in others.
    depth: usize,
}

impl Found<'_, '_> {
    /// A tag's inside: `for x in …` and `set x = …` begin with names that they make.
    fn statement(&mut self, asked: bool) {
        let all = 0..self.tokens.len();
        let made = match self.tokens.first() {
            Some(first) if first.word("for") => self.top_level(&all).find(|at| self.word(*at, "in")),
            Some(first) if first.word("set") || first.word("set_global") => {
                self.top_level(&all).find(|at| self.is(*at, "="))
            }
            Some(_) | None => None,
        };
        let start = made.map_or(0, |at| at + 1);
        self.expression(start..all.end, asked);
    }

    fn expression(&mut self, part: Range<usize>, asked: bool) {
        // The engine refuses what is deeper, so it is not looked at; and the stack has an end.
        if self.depth < DEEPEST {
            self.depth += 1;
            self.parts(part, asked);
            self.depth -= 1;
        }
    }

    fn parts(&mut self, part: Range<usize>, asked: bool) {
        // The arguments of a filter, the values of a list or of a table, the ends of a slice.
        let several = self.split(&part, |found, at| found.is(at, ",") || found.is(at, ":"));
        if several.len() > 1 {
            for part in several {
                self.expression(part, false);
            }
            return;
        }
        let part = match self.tokens.get(part.start + 1) {
            Some(token) if token.is("=") && part.len() > 1 => part.start + 2..part.end,
            Some(_) | None => part,
        };
        if let Some(at) = self.first(&part, "for") {
            self.expression(part.start..at, false);
            let condition = self.first(&(at..part.end), "if").unwrap_or(part.end);
            let within = self.first(&(at..condition), "in").map_or(condition, |at| at + 1);
            self.expression(within..condition, false);
            self.expression((condition + 1).min(part.end)..part.end, true);
        } else if let Some(at) = self.first(&part, "if") {
            let otherwise = self.otherwise(at + 1..part.end);
            self.expression(part.start..at, asked);
            self.expression(at + 1..otherwise, true);
            self.expression((otherwise + 1).min(part.end)..part.end, asked);
        } else {
            for part in self.split(&part, |found, at| found.word(at, "or")) {
                let mut parts = self.split(&part, |found, at| found.word(at, "and"));
                // What comes out of `a and b` is b, where a holds.
                let last = parts.pop();
                for part in parts {
                    self.operand(part, true);
                }
                if let Some(part) = last {
                    self.operand(part, asked);
                }
            }
        }
    }

    /// A part without `and`, `or` and `if`.
    fn operand(&mut self, part: Range<usize>, asked: bool) {
        let negations = (part.start..part.end).take_while(|at| self.word(*at, "not"));
        let negations = negations.count();
        let (part, asked) = (part.start + negations..part.end, asked || negations > 0);
        let (after, brackets) = match operand(self.tokens, part.start) {
            Some(operand) => (operand.after, None),
            None if self.is(part.start, "(") => {
                let close = self.closing(part.start, part.end);
                (close + 1, Some(part.start + 1..close))
            }
            None => (part.start, None),
        };
        let whole = after == part.end;
        let is_value = after > part.start && self.filtered(after, part.end) == part.end;
        if let Some(inside) = brackets
            && whole
        {
            return self.expression(inside, asked);
        }
        self.groups(part.clone());
        if asked && is_value && !part.is_empty() {
            self.behind.push(part.end - 1);
        }
    }

    /// What stands in brackets of any kind is an expression of its own.
    fn groups(&mut self, part: Range<usize>) {
        let mut at = part.start;
        while at < part.end {
            if self.opens(at) {
                let close = self.closing(at, part.end);
                self.expression(at + 1..close, false);
                at = close;
            }
            at += 1;
        }
    }

    /// The token behind the filters that follow.
    fn filtered(&self, mut at: usize, end: usize) -> usize {
        let name = |at: usize| self.tokens.get(at).is_some_and(|token| token.kind == Kind::Name);
        while at < end && self.is(at, "|") && name(at + 1) {
            at += 2;
            if at < end && self.is(at, "(") {
                at = self.closing(at, end) + 1;
            }
        }
        at
    }

    /// Where the `else` of an `if` stands, whose condition begins there.
    fn otherwise(&self, part: Range<usize>) -> usize {
        let mut open = 0_usize;
        for at in self.top_level(&part) {
            if self.word(at, "if") {
                open += 1;
            } else if self.word(at, "else") {
                if open == 0 {
                    return at;
                }
                open -= 1;
            }
        }
        part.end
    }

    fn first(&self, part: &Range<usize>, word: &str) -> Option<usize> {
        self.top_level(part).find(|at| self.word(*at, word))
    }

    fn split(&self, part: &Range<usize>, between: impl Fn(&Self, usize) -> bool) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut start = part.start;
        for at in self.top_level(part).filter(|at| between(self, *at)) {
            parts.push(start..at);
            start = at + 1;
        }
        parts.push(start..part.end);
        parts
    }

    /// The tokens that stand in no brackets within the part.
    fn top_level(&self, part: &Range<usize>) -> impl Iterator<Item = usize> + use<'_> {
        let mut depth = 0_usize;
        part.clone().filter(move |at| {
            if self.closes(*at) {
                depth = depth.saturating_sub(1);
            }
            let top = depth == 0;
            if self.opens(*at) {
                depth += 1;
            }
            top
        })
    }

    /// The bracket that closes the one at `open`; the end where none does.
    fn closing(&self, open: usize, end: usize) -> usize {
        let mut depth = 0_usize;
        for at in open..end {
            if self.opens(at) {
                depth += 1;
            } else if self.closes(at) {
                depth -= 1;
                if depth == 0 {
                    return at;
                }
            }
        }
        end
    }

    fn opens(&self, at: usize) -> bool {
        ["(", "[", "{"].iter().any(|mark| self.is(at, mark))
    }

    fn closes(&self, at: usize) -> bool {
        [")", "]", "}"].iter().any(|mark| self.is(at, mark))
    }

    fn is(&self, at: usize, mark: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(mark))
    }

    /// A word of the language, and not a column of that name taken out of something.
    fn word(&self, at: usize, word: &str) -> bool {
        let taken = at > 0 && (self.is(at - 1, ".") || self.is(at - 1, "?."));
        !taken && self.tokens.get(at).is_some_and(|token| token.word(word))
    }
}
