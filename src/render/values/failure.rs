//! Why a template cannot use a value as it does. The engine's errors contain only words, so what
//! they are about is kept beside them until the engine returns the error.

use std::cell::RefCell;

use tera::Error;

use crate::table::Seen;
use crate::words::{Said, say};

/// A value, and the column that it is written as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::render) struct Culprit {
    /// Its column, where it is a cell by its own name.
    pub(in crate::render) column: Option<String>,
    /// What it is, whatever it shows.
    pub(in crate::render) text: String,
}

/// Why it cannot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::render) enum Failure {
    /// There is nothing in it.
    Empty(Culprit),
    /// It is not a number.
    NoNumber(Culprit),
    /// It is not a date that can be read with certainty.
    NoDate(Culprit),
    /// It is zero, and something is divided by it.
    Zero(Culprit),
    /// No column has this name.
    Unknown(String),
    /// The column has answers and other words.
    Unsure {
        /// How the template calls it.
        column: String,
        /// The first answer.
        answer: Seen,
        /// The first other word.
        other: Seen,
    },
    /// Anything else, with what to write instead.
    Other { what: Said, help: Said },
}

thread_local! {
    static LAST: RefCell<Option<Failure>> = const { RefCell::new(None) };
    /// What a filter of ours said last.
    static SAID: RefCell<Option<Said>> = const { RefCell::new(None) };
}

impl Failure {
    /// An error for the engine; [`take`] has the failure.
    pub(super) fn raise(self) -> Error {
        let said = match &self {
            Self::Empty(_) => say!("render-value-empty"),
            Self::NoNumber(culprit) => say!("render-value-not-a-number", value = &culprit.text),
            Self::NoDate(culprit) => say!("render-value-not-a-date", value = &culprit.text),
            Self::Zero(_) => say!("render-divides-by-zero"),
            Self::Unknown(name) => say!("render-unknown-column", name = name),
            Self::Unsure { column, .. } => say!("render-value-unsure", column = column),
            Self::Other { what, .. } => what.clone(),
        };
        LAST.with_borrow_mut(|last| *last = Some(self));
        refusal(said)
    }
}

/// An error of a filter or function of ours, for the engine; [`said_in`] has the sentence.
pub(in crate::render) fn refusal(said: Said) -> Error {
    let words = said.to_string();
    SAID.with_borrow_mut(|last| *last = Some(said));
    Error::message(words)
}

/// The sentence of ours that a message of the engine hands back, where it is one.
pub(in crate::render) fn said_in(message: &str) -> Option<Said> {
    SAID.with_borrow(|last| last.clone().filter(|said| message == said.to_string()))
}

/// The failure behind the last error, once.
pub(in crate::render) fn take() -> Option<Failure> {
    LAST.take()
}
