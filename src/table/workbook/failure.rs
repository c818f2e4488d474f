//! Why a workbook cannot be read, and what to do.

use std::fmt;

use crate::campaign::{Place, Problem};
use crate::words::{Said, say};

use super::super::failure::TableError;

/// A library cannot read it, for its own reasons.
pub(super) fn damaged(shown: &str, error: &dyn fmt::Display) -> TableError {
    unreadable(shown, say!("table-workbook-damaged", own = error.to_string()))
}

/// It cannot be read, because of this.
pub(super) fn wrong(shown: &str, why: Said) -> TableError {
    unreadable(shown, say!("table-workbook-wrong", why = why))
}

fn unreadable(shown: &str, what: Said) -> TableError {
    Problem::error(what)
        .code("recipients-file")
        .at(Place::whole(shown))
        .help(say!("table-workbook-save-again"))
        .into()
}

pub(super) fn locked(shown: &str) -> TableError {
    Problem::error(say!("table-workbook-locked"))
        .code("recipients-file")
        .at(Place::whole(shown))
        .help(say!("table-workbook-locked-help"))
        .into()
}

pub(super) fn too_large(shown: &str, why: Said) -> TableError {
    Problem::error(say!("table-workbook-too-large", why = why))
        .code("recipients-file")
        .at(Place::whole(shown))
        .help(say!("table-workbook-too-large-help"))
        .into()
}
