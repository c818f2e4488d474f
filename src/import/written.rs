//! How an expression is written, and how it may be put into another one.

use crate::words::Said;

/// What an expression yields, as far as that shows: in mailmerge a cell is
/// text, so `a + b` of two cells sets them side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A cell, or what a text filter makes.
    Text,
    /// What `int`, `float`, `length` and arithmetic make.
    Number,
    /// The answer of a comparison or a test.
    Truth,
    /// A list, a map, or nobody knows.
    Other,
}

/// How tightly what was written holds together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Hold {
    /// It contains operators.
    Loose,
    /// It contains filters: they bind tighter than every operator.
    Piped,
    /// A name, a literal, something in brackets.
    Whole,
}

/// An expression in Tera's words.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) text: String,
    pub(super) kind: Kind,
    hold: Hold,
}

impl Written {
    pub(super) fn piped(text: String, kind: Kind) -> Self {
        Self {
            text,
            kind,
            hold: Hold::Piped,
        }
    }

    pub(super) fn loose(text: String, kind: Kind) -> Self {
        Self {
            text,
            kind,
            hold: Hold::Loose,
        }
    }

    pub(super) fn whole(text: String, kind: Kind) -> Self {
        Self {
            text,
            kind,
            hold: Hold::Whole,
        }
    }

    /// As an operand.
    pub(super) fn operand(&self) -> String {
        self.held(Hold::Piped)
    }

    /// As what is indexed.
    pub(super) fn inner(&self) -> String {
        self.held(Hold::Whole)
    }

    fn held(&self, least: Hold) -> String {
        if self.hold >= least {
            self.text.clone()
        } else {
            format!("({})", self.text)
        }
    }
}

/// Why an expression stays as it is, and what its writer can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) what: Said,
    pub(super) help: Said,
}

impl Refusal {
    pub(super) fn new(what: Said, help: Said) -> Self {
        Self { what, help }
    }
}
