//! What SQLite says, in words that a user knows.

use std::time::Duration;

use rusqlite::{Error, ErrorCode};

use crate::campaign::{Place, Problem, Text};
use crate::words::{Arg, Said, say, sqlite};

use super::super::failure::TableError;

/// Octets of a value, and of a row.
pub(super) const LONGEST: i32 = 16 << 20;

/// The longest a query may take from one row to the next.
pub(super) const PATIENCE_FOR_A_ROW: Duration = Duration::from_secs(60);

/// The database cannot be read.
pub(super) fn failed(shown: &str, error: &Error) -> TableError {
    let problem = |what: Said| {
        Problem::error(what)
            .code("recipients-file")
            .at(Place::whole(shown))
    };
    let said = words(error);
    let problem = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            problem(say!("table-database-locked")).help(say!("table-database-locked-help"))
        }
        Some(ErrorCode::NotADatabase) => {
            problem(say!("table-not-a-database")).help(say!("table-export-as-csv"))
        }
        Some(ErrorCode::DatabaseCorrupt) => problem(say!("table-database-damaged", own = said))
            .help(say!("table-database-damaged-help", file = shown)),
        // A reader may not undo the change of a program that died in the middle of it.
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen) => {
            problem(say!("table-database-unreadable", own = said))
                .help(say!("table-database-unreadable-help"))
        }
        _ => problem(say!("table-database-failed", why = sqlite(error))),
    };
    problem.into()
}

/// The query cannot be asked, or failed on the way.
pub(super) fn while_asking(shown: &str, query: &Text, error: &Error) -> TableError {
    let asked = |what: Said| Problem::error(what).code("query").at(query.place.clone());
    if let Error::SqlInputError { msg, offset, .. } = error {
        let what = known(msg).unwrap_or_else(|| say!("table-query-not-understood", own = msg));
        let problem = asked(what);
        let offset = usize::try_from(*offset).ok();
        return match offset.and_then(|offset| word_at(query, offset)) {
            Some(place) => problem.at(place).into(),
            None => problem.into(),
        };
    }
    if matches!(error, Error::MultipleStatement) {
        return asked(say!("table-query-several"))
            .help(say!("table-query-several-help"))
            .into();
    }
    if matches!(error, Error::Empty) {
        return asked(say!("table-query-empty"))
            .help(say!("table-query-empty-help"))
            .into();
    }
    if error.sqlite_error_code() == Some(ErrorCode::TooBig) {
        return asked(say!("table-query-too-big", most = Arg::plain(LONGEST >> 20)))
            .help(say!("table-query-too-big-help"))
            .into();
    }
    if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) {
        return asked(say!("table-query-endless", time = PATIENCE_FOR_A_ROW))
            .help(say!("table-query-endless-help"))
            .into();
    }
    if error.sqlite_error_code() == Some(ErrorCode::Unknown) {
        let said = words(error);
        let what = known(&said).unwrap_or_else(|| say!("table-query-failed", own = said));
        return asked(what).into();
    }
    failed(shown, error)
}

/// What SQLite says of a query, where we have words of our own for it.
fn known(said: &str) -> Option<Said> {
    if let Some(table) = said.strip_prefix("no such table: ") {
        return Some(say!("table-query-no-table", table = table));
    }
    if let Some(column) = said.strip_prefix("no such column: ") {
        return Some(say!("table-query-no-column", column = column));
    }
    let near = said.strip_prefix("near \"")?;
    let near = near.strip_suffix("\": syntax error")?;
    Some(say!("table-query-syntax", near = near))
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
