//! What SQLite says, in words its reader knows.

use rusqlite::{Error, ErrorCode};

use crate::campaign::{Place, Problem, Text};

use super::super::TableError;

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
pub(super) fn while_asking(shown: &str, query: &Text, error: Error) -> TableError {
    let asked = |what: String, place: Place| Problem::error(what).code("query").at(place);
    let problem = match &error {
        Error::SqlInputError { msg, offset, .. } => {
            let place = usize::try_from(*offset)
                .ok()
                .and_then(|offset| word_at(query, offset))
                .unwrap_or_else(|| query.place.clone());
            asked(format!("the query is not understood: {msg}"), place)
        }
        Error::MultipleStatement => asked(
            "the query holds several statements, and may be one".to_owned(),
            query.place.clone(),
        )
        .help("take out what stands behind the first semicolon"),
        Error::Empty => asked("the query is empty".to_owned(), query.place.clone())
            .help("write for example: query = \"select email, name from people\""),
        Error::SqliteFailure(failure, Some(said)) if failure.code == ErrorCode::Unknown => {
            asked(format!("the query fails: {said}"), query.place.clone())
        }
        _ => return failed(shown, &error),
    };
    problem.into()
}

/// The place of the word at an octet of the query, where it stands in the file as it is.
fn word_at(query: &Text, offset: usize) -> Option<Place> {
    let written = query.place.text.get(query.place.span.clone())?;
    let rest = query.value.get(offset..)?;
    let letters = |c: char| c.is_alphanumeric() || c == '_';
    let length = rest.find(|c| !letters(c)).unwrap_or(rest.len());
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let start = query.place.span.start + offset;
    (written == query.value).then(|| query.place.at(start..start + length.max(first)))
}

fn words(error: &Error) -> String {
    match error {
        Error::SqliteFailure(failure, None) => failure.to_string(),
        Error::SqliteFailure(_, Some(said)) => said.clone(),
        _ => error.to_string(),
    }
}
