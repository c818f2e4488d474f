//! What SQLite says, in words that a user knows.

use std::time::Duration;

use rusqlite::{Error, ErrorCode};

use crate::campaign::{Place, Problem, Text};

use super::super::failure::TableError;

/// Octets of a value, and of a row.
pub(super) const LONGEST: i32 = 16 << 20;

/// The longest a query may take from one row to the next.
pub(super) const PATIENCE_FOR_A_ROW: Duration = Duration::from_secs(60);

/// The database cannot be read.
pub(super) fn failed(shown: &str, error: &Error) -> TableError {
    let problem = |what: &str| {
        Problem::error(what)
            .code("recipients-file")
            .at(Place::whole(shown))
    };
    let said = words(error);
    let problem = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            problem("another program is writing to the database and keeps it locked")
                .help("close that program, or wait until it is ready, and run the same command again")
        }
        Some(ErrorCode::NotADatabase) => {
            problem("this is no SQLite database, or an encrypted one")
                .help("export the table as CSV with the program that made it")
        }
        Some(ErrorCode::DatabaseCorrupt) => problem(&format!("the database is damaged: {said}"))
            .help("take a copy from a backup, or try: sqlite3 FILE .recover"),
        // A reader may not undo the change of a program that died in the middle of it.
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen) => problem(&format!("the database cannot be read: {said}"))
            .help("a program that died may have left it in the middle of a change: open it once with that program (or sqlite3)"),
        _ => problem(&format!("the database cannot be read: {said}")),
    };
    problem.into()
}

/// The query cannot be asked, or failed on the way.
pub(super) fn while_asking(shown: &str, query: &Text, error: &Error) -> TableError {
    let asked = |what: String| Problem::error(what).code("query").at(query.place.clone());
    if let Error::SqlInputError { msg, offset, .. } = error {
        let problem = asked(format!("the query is not understood: {msg}"));
        let offset = usize::try_from(*offset).ok();
        return match offset.and_then(|offset| word_at(query, offset)) {
            Some(place) => problem.at(place).into(),
            None => problem.into(),
        };
    }
    if matches!(error, Error::MultipleStatement) {
        return asked("the query holds several statements, and may be one".to_owned())
            .help("take out what stands behind the first semicolon")
            .into();
    }
    if matches!(error, Error::Empty) {
        return asked("the query is empty".to_owned())
            .help("write for example: query = \"select email, name from people\"")
            .into();
    }
    if error.sqlite_error_code() == Some(ErrorCode::TooBig) {
        return asked(format!(
            "the query makes a value or a row of more than {} MiB",
            LONGEST >> 20
        ))
        .help("leave that column out of the query, or take a part of it: substr(…, 1, 1000)")
        .into();
    }
    if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) {
        return asked(format!(
            "the query gave no row for {} s, and was ended",
            PATIENCE_FOR_A_ROW.as_secs()
        ))
        .help("a view or a recursive query may have no end; otherwise put what it gives into a table, and read that")
        .into();
    }
    if error.sqlite_error_code() == Some(ErrorCode::Unknown) {
        return asked(format!("the query fails: {}", words(error))).into();
    }
    failed(shown, error)
}

/// The place of the word at an octet of the query, if the file has the query unchanged.
fn word_at(query: &Text, offset: usize) -> Option<Place> {
    let written = query.place.text.get(query.place.span.clone())?;
    let rest = query.value.get(offset..)?;
    let letters = |c: char| c.is_alphanumeric() || c == '_';
    let length = rest.find(|c| !letters(c)).unwrap_or(rest.len());
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let start = query.place.span.start + offset;
    (written == query.value).then(|| query.place.at(start..start + length.max(first)))
}

/// SQLite's own words, where it said some.
fn words(error: &Error) -> String {
    if let Error::SqliteFailure(failure, said) = error {
        return said.clone().unwrap_or_else(|| failure.to_string());
    }
    error.to_string()
}
