//! Why a workbook cannot be read, and what to do.

use std::fmt;

use crate::campaign::{Place, Problem};

use super::super::failure::TableError;

pub(super) fn damaged(shown: &str, error: &dyn fmt::Display) -> TableError {
    Problem::error(format!("this workbook cannot be read: {error}"))
        .code("recipients-file")
        .at(Place::whole(shown))
        .help("open it in the spreadsheet program and save it again, as .xlsx or .ods")
        .into()
}

pub(super) fn locked(shown: &str) -> TableError {
    Problem::error("this workbook is protected by a password")
        .code("recipients-file")
        .at(Place::whole(shown))
        .help("save it without a password to open it (File, Save as, Tools or Options), or as \"CSV UTF-8\"")
        .into()
}

pub(super) fn too_large(shown: &str, why: &str) -> TableError {
    Problem::error(format!("this workbook is too large: {why}"))
        .code("recipients-file")
        .at(Place::whole(shown))
        .help("save the sheet as \"CSV UTF-8\": such a file may have any size")
        .into()
}
