//! Inserts calls into a template that turn its cells into their values: numbers, dates, yes and no.

use std::ops::Range;

use super::expression::{Expression, Form, Operator};
use super::operands::{chain, is_amount, is_text, may_be_truth};
use super::origins::{NO_CELLS, Origins};
use super::parser::{arguments, expression};
use super::rewritten::{CALCULATE, COMPARE, Edit, PLAIN, Rewritten, TRUTH};
use super::tokens::{Token, tags, tokens};

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

/// Tests that want a number.
const TEST_PLAIN: [&str; 7] = [
    "number",
    "integer",
    "float",
    "string",
    "odd",
    "even",
    "divisible_by",
];

/// Filters that compare the cells of rows.
const COMPARING: [&str; 2] = ["sort", "filter"];

/// Rewrites a template.
pub(in crate::render) fn template(text: &str) -> Rewritten {
    tagged(text, true)
}

/// Rewrites what a template asks of its cells, and leaves alone what it calculates and compares.
pub(in crate::render) fn only_conditions(text: &str) -> Rewritten {
    tagged(text, false)
}

/// Rewrites an expression alone: a condition.
pub(in crate::render) fn condition(text: &str) -> Rewritten {
    let mut writing = Writing::new(text, true);
    let tokens = tokens(text, 0..text.len());
    writing.origins.make(&tokens);
    writing.rewrite(&tokens, true);
    writing.finish()
}

fn tagged(text: &str, numbers: bool) -> Rewritten {
    let mut writing = Writing::new(text, numbers);
    let tags = tags(text);
    let tags: Vec<_> = tags
        .into_iter()
        .map(|(at, block)| (inner(text, at), block))
        .collect();
    for (tokens, _) in &tags {
        writing.origins.make(tokens);
    }
    for (tokens, block) in &tags {
        writing.tag(tokens, *block);
    }
    writing.finish()
}

/// The tokens of a tag, except for those that only say what becomes of the blanks around it.
fn inner(text: &str, inside: Range<usize>) -> Vec<Token<'_>> {
    let mut tokens = tokens(text, inside.clone());
    if tokens
        .last()
        .is_some_and(|last| last.is("-") && last.end() == inside.end)
    {
        tokens.pop();
    }
    // With a blank before it, it is a sign.
    if tokens
        .first()
        .is_some_and(|first| first.is("-") && first.at == inside.start)
    {
        tokens.remove(0);
    }
    tokens
}

struct Writing<'t> {
    text: &'t str,
    /// Whether calculations and comparisons are rewritten.
    numbers: bool,
    done: usize,
    written: Rewritten,
    origins: Origins<'t>,
}

impl<'t> Writing<'t> {
    fn new(text: &'t str, numbers: bool) -> Self {
        Self {
            text,
            numbers,
            done: 0,
            written: Rewritten::default(),
            origins: Origins::of(text),
        }
    }

    fn copy_to(&mut self, at: usize) {
        self.written
            .text
            .push_str(self.text.get(self.done..at).unwrap_or_default());
        self.done = at.max(self.done);
    }

    /// Writes something into the place of the user's text up to there.
    fn replace(&mut self, to: usize, words: &str) {
        let start = self.written.text.len();
        let in_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        // `if[0] > 1` is no `if_compare`.
        if self.written.text.ends_with(in_name) && words.starts_with(in_name) {
            self.written.text.push(' ');
        }
        self.written.text.push_str(words);
        let length = self.written.text.len() - start;
        self.written.edits.push(Edit {
            at: start..start + length,
            of: to - self.done,
        });
        self.done = to;
    }

    fn insert(&mut self, words: &str) {
        self.replace(self.done, words);
    }

    fn finish(mut self) -> Rewritten {
        self.copy_to(self.text.len());
        self.written
    }

    fn tag(&mut self, tokens: &[Token<'t>], block: bool) {
        let Some((first, rest)) = tokens.split_first() else {
            return;
        };
        match first.text {
            _ if !block || first.is("<") => self.rewrite(tokens, false),
            "if" | "elif" => self.rewrite(rest, true),
            "for" => {
                let start = if rest.get(1).is_some_and(|token| token.is(",")) {
                    3
                } else {
                    1
                };
                if rest.get(start).is_some_and(|token| token.word("in")) {
                    self.rewrite(rest.get(start + 1..).unwrap_or_default(), false);
                }
            }
            "set" | "set_global" if rest.get(1).is_some_and(|token| token.is("=")) => {
                self.rewrite(rest.get(2..).unwrap_or_default(), false);
            }
            "filter" => {
                let arguments = rest.get(1..).and_then(arguments);
                for argument in arguments.unwrap_or_default() {
                    self.expression(&argument, false);
                }
            }
            _ => {}
        }
    }

    /// `asked`: whether the whole holds.
    fn rewrite(&mut self, tokens: &[Token<'t>], asked: bool) {
        if let Some(whole) = expression(tokens) {
            self.expression(&whole, asked);
        }
    }

    fn all(&mut self, several: &[Expression<'t>]) {
        for one in several {
            self.expression(one, false);
        }
    }

    fn expression(&mut self, of: &Expression<'t>, asked: bool) {
        match &of.form {
            Form::Literal(_) => {}
            Form::Variable(path) => {
                self.all(&path.inside);
                self.asked(of, asked);
            }
            Form::Group(inside) => self.expression(inside, asked),
            Form::Not(inside) => self.expression(inside, true),
            Form::Negative(end, inside) => self.negative(of, *end, inside),
            Form::Binary(operator, left, right) => self.binary(of, *operator, left, right, asked),
            Form::Test(inside, name, arguments) => {
                self.taken(inside, TEST_PLAIN.contains(name));
                self.all(arguments);
            }
            Form::Filter(inside, name, arguments) => {
                self.written.asks.values |= COMPARING.contains(name);
                self.taken(inside, WANT_PLAIN.contains(name));
                self.all(arguments);
                self.asked(of, asked);
            }
            Form::Ternary {
                then,
                condition,
                otherwise,
            } => {
                self.expression(then, asked);
                self.expression(condition, true);
                self.expression(otherwise, asked);
            }
            Form::List(_, values) | Form::Other(values) => self.all(values),
            Form::Comprehension {
                value,
                within,
                condition,
            } => {
                self.expression(value, false);
                self.expression(within, false);
                if let Some(condition) = condition {
                    self.expression(condition, true);
                }
            }
        }
    }

    fn binary(
        &mut self,
        whole: &Expression<'t>,
        operator: Operator,
        left: &Expression<'t>,
        right: &Expression<'t>,
        asked: bool,
    ) {
        match operator {
            // What comes out of `a and b` is b, where a holds.
            Operator::And => {
                self.expression(left, true);
                self.expression(right, asked);
            }
            Operator::Or => {
                self.expression(left, asked);
                self.expression(right, asked);
            }
            Operator::In if self.numbers => self.compare(whole, "in", left, right),
            Operator::NotIn if self.numbers => self.compare(whole, "not in", left, right),
            Operator::Compares(mark) if self.numbers => self.compare(whole, mark, left, right),
            // The engine's words are about the amount.
            Operator::Calculates(_) if self.numbers && is_amount(right) => {
                self.taken(left, true);
                self.expression(right, false);
            }
            Operator::Calculates(_) if self.numbers => self.calculate(whole),
            Operator::In
            | Operator::NotIn
            | Operator::Compares(_)
            | Operator::Calculates(_)
            | Operator::Joins => {
                self.expression(left, false);
                self.expression(right, false);
            }
        }
    }

    /// What a filter or a test takes: what the cell is, where it is `plain`.
    fn taken(&mut self, of: &Expression<'t>, plain: bool) {
        self.expression(of, false);
        if let Some(origin) = self.origins.cell(of).filter(|_| plain && self.numbers) {
            self.copy_to(of.at.end);
            self.written.asks.values = true;
            self.insert(&format!(" | {PLAIN}({})", origin.arguments("column", "of")));
        }
    }

    /// Asks whether a value holds.
    fn asked(&mut self, of: &Expression<'t>, asked: bool) {
        if !asked {
            return;
        }
        self.copy_to(of.at.end);
        self.written.asks.values = true;
        match self.origins.base(of) {
            Some(origin) => {
                self.written.asks.truths.push(origin.column.to_owned());
                self.insert(&format!(" | {TRUTH}({})", origin.arguments("c", "of")));
            }
            None => {
                self.seek(of);
                self.insert(&format!(" | {TRUTH}"));
            }
        }
    }

    fn negative(&mut self, whole: &Expression<'t>, sign: usize, of: &Expression<'t>) {
        if !self.numbers {
            return self.expression(of, false);
        }
        self.copy_to(whole.at.start);
        self.replace(sign, &format!("{CALCULATE}(v0=0, v1="));
        self.operand(of, "c1", "o1");
        self.insert(", op=\"-\")");
    }

    fn compare(
        &mut self,
        whole: &Expression<'t>,
        operator: &str,
        left: &Expression<'t>,
        right: &Expression<'t>,
    ) {
        self.copy_to(whole.at.start);
        // Beside what may be `true`, a cell is an answer.
        for (side, other) in [(left, right), (right, left)] {
            if let Some(origin) = self.origins.cell(side).filter(|_| may_be_truth(other)) {
                self.written.asks.truths.push(origin.column.to_owned());
            }
        }
        self.insert(&format!("{COMPARE}(a="));
        self.operand(left, "ac", "ao");
        self.replace(right.at.start, &format!(", op=\"{operator}\", b="));
        self.operand(right, "bc", "bo");
        let literal = match (is_text(left), is_text(right)) {
            (false, false) => ")",
            (true, false) => ", text=\"a\")",
            (false, true) => ", text=\"b\")",
            (true, true) => ", text=\"ab\")",
        };
        self.insert(literal);
    }

    /// One call for `a + b - c`: the engine has a limit of nested calls.
    fn calculate(&mut self, whole: &Expression<'t>) {
        let (mut operands, mut operators) = (Vec::new(), String::new());
        chain(whole, &mut operands, &mut operators);
        self.copy_to(whole.at.start);
        self.insert(&format!("{CALCULATE}(v0="));
        for (number, operand) in operands.into_iter().enumerate() {
            if number > 0 {
                self.replace(operand.at.start, &format!(", v{number}="));
            }
            self.operand(operand, &format!("c{number}"), &format!("o{number}"));
        }
        self.insert(&format!(", op=\"{operators}\")"));
    }

    /// A value that is calculated with or compared, and where it comes from.
    fn operand(&mut self, of: &Expression<'t>, column: &str, from: &str) {
        self.written.asks.values = true;
        self.expression(of, false);
        self.copy_to(of.at.end);
        match self.origins.cell(of) {
            Some(origin) => self.insert(&format!(", {}", origin.arguments(column, from))),
            None => self.seek(of),
        }
    }

    /// A value is searched for among the cells, unless it cannot be a cell.
    fn seek(&mut self, of: &Expression<'t>) {
        self.written.asks.origins |= match &of.form {
            Form::Variable(path) => !NO_CELLS.contains(&path.name),
            Form::Group(inside) => return self.seek(inside),
            Form::Filter(..) | Form::Ternary { .. } | Form::Comprehension { .. } | Form::Other(_) => true,
            Form::Binary(operator, ..) => matches!(operator, Operator::Or | Operator::And),
            Form::List(written, _) => !written,
            Form::Literal(_) | Form::Not(_) | Form::Negative(..) | Form::Test(..) => false,
        };
    }
}
