//! Where the values of a template come from: which cell a name means.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::expression::{Expression, Form, Path};
use super::parser::expression;
use super::tokens::{Kind, Token};

/// Variables that are not cells.
pub(super) const NO_CELLS: [&str; 3] = ["loop", "row_number", "campaign"];

/// The cell that a value comes from: its column, and what it is taken from, if not from the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Origin<'t> {
    pub(super) column: &'t str,
    pub(super) from: Option<&'t str>,
}

impl Origin<'_> {
    /// As arguments of a call, by these names.
    pub(super) fn arguments(self, column: &str, of: &str) -> String {
        let quote = if self.column.contains('"') { '\'' } else { '"' };
        let mut written = format!("{column}={quote}{}{quote}", self.column);
        if let Some(from) = self.from {
            let _ = write!(written, ", {of}={from}");
        }
        written
    }
}

/// What the names of a template stand for.
pub(super) struct Origins<'t> {
    text: &'t str,
    /// Names that the template makes: those that stand for a cell, and others.
    made: HashMap<&'t str, Option<Origin<'t>>>,
}

impl<'t> Origins<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self {
            text,
            made: HashMap::new(),
        }
    }

    /// Notes the names that a tag makes.
    pub(super) fn make(&mut self, tokens: &[Token<'t>]) {
        let is_name = |token: &&Token<'t>| token.kind == Kind::Name;
        for (at, token) in tokens.iter().enumerate() {
            let next = tokens.get(at + 1).filter(is_name);
            match next {
                Some(name) if token.word("for") => {
                    self.made.insert(name.text, None);
                    let other = tokens.get(at + 3).filter(is_name);
                    if let Some(other) = other.filter(|_| tokens.get(at + 2).is_some_and(|t| t.is(","))) {
                        self.made.insert(other.text, None);
                    }
                }
                Some(name) if at == 0 && (token.word("set") || token.word("set_global")) => {
                    let value = tokens.get(2).filter(|token| token.is("="));
                    let value = value.and_then(|_| expression(tokens.get(3..)?));
                    let origin = value.and_then(|value| self.cell(&value));
                    let before = self.made.insert(name.text, origin);
                    if before.is_some_and(|before| before != origin) {
                        self.made.insert(name.text, None);
                    }
                }
                Some(_) if at == 0 && token.word("component") => {
                    for name in tokens.iter().skip(2).filter(is_name) {
                        self.made.insert(name.text, None);
                    }
                }
                Some(_) | None => {}
            }
        }
    }

    /// The cell that an expression is.
    pub(super) fn cell(&self, of: &Expression<'t>) -> Option<Origin<'t>> {
        if let Form::Group(inside) = &of.form {
            return self.cell(inside);
        }
        let Form::Variable(path) = &of.form else {
            return None;
        };
        self.of_path(path, of.at.start)
    }

    fn of_path(&self, path: &Path<'t>, start: usize) -> Option<Origin<'t>> {
        let column = path.column;
        let quotes = column.contains('"') && column.contains('\'');
        if NO_CELLS.contains(&path.name) || column.is_empty() || quotes {
            return None;
        }
        match path.from {
            None => match self.made.get(path.name) {
                Some(origin) => *origin,
                None => Some(Origin { column, from: None }),
            },
            Some(end) => {
                let from = self.text.get(start..end)?;
                // The hidden values of `row` are those of the cells.
                let from = (from != "row").then_some(from);
                Some(Origin { column, from })
            }
        }
    }

    /// The cell that an expression is, or is made of by filters.
    pub(super) fn base(&self, of: &Expression<'t>) -> Option<Origin<'t>> {
        if let Form::Filter(inside, ..) = &of.form {
            return self.base(inside);
        }
        self.cell(of)
    }
}
