//! Why a template cannot do with a value what it does. The engine's errors hold but words, so what
//! they are about is kept beside them until the engine hands the error back.

use std::cell::RefCell;

use tera::Error;

use crate::table::Seen;

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
    /// It is no number.
    NoNumber(Culprit),
    /// It is no date that can be read for sure.
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
    Other { what: String, help: String },
}

thread_local! {
    static LAST: RefCell<Option<Failure>> = const { RefCell::new(None) };
}

impl Failure {
    /// An error for the engine; [`take`] has the failure.
    pub(super) fn raise(self) -> Error {
        let words = match &self {
            Self::Empty(_) => "this value is empty".to_owned(),
            Self::NoNumber(culprit) => format!("`{}` is no number", culprit.text),
            Self::NoDate(culprit) => format!("`{}` is no date", culprit.text),
            Self::Zero(_) => "something is divided by zero".to_owned(),
            Self::Unknown(name) => format!("`{name}` is not known"),
            Self::Unsure { column, .. } => format!("`{column}` has answers and other words"),
            Self::Other { what, .. } => what.clone(),
        };
        LAST.with_borrow_mut(|last| *last = Some(self));
        Error::message(words)
    }
}

/// The failure behind the last error, once.
pub(in crate::render) fn take() -> Option<Failure> {
    LAST.take()
}
