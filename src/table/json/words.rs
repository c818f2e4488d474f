//! What is wrong with JSON, in words that a user knows.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use serde_json::error::Category;

use crate::campaign::{Place, Problem};
use crate::storage::open_regular;

use super::super::failure::TableError;
use super::super::records;

/// Why a text is not a row.
#[derive(Debug)]
pub(super) enum Broken {
    /// It is not JSON.
    Syntax(serde_json::Error),
    /// It is JSON, and no object.
    Kind(&'static str),
    /// It has a key that was not there when all keys were read.
    Changed(String),
    /// With it, there are more columns than this.
    Keys(usize),
}

/// Lines up to this length are shown with a caret below.
const SHOWN: usize = 4096;

impl Broken {
    /// What is wrong with `text`, and what to do.
    pub(super) fn words(&self, what: &str, text: &str) -> (String, String) {
        match self {
            Self::Kind(found) => (
                format!("{what} is {found}, not an object"),
                "a row is an object: {\"email\": \"ada@uni.example\", \"name\": \"Ada\"}".to_owned(),
            ),
            Self::Changed(key) => (
                format!("{what} has a key `{key}` that was not there when the file was first read"),
                "the file changed meanwhile; run the same command again".to_owned(),
            ),
            Self::Keys(most) => (
                format!("up to {what} there are more than {most} different keys"),
                "each key is a column, so all objects should have the same few; what differs belongs into values".to_owned(),
            ),
            Self::Syntax(error) => {
                let (why, help) = syntax(error);
                let line = text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
                // serde counts octets.
                let at_end = error.classify() == Category::Eof;
                let before = line.get(..error.column().saturating_sub(1)).filter(|_| !at_end).unwrap_or(line);
                // It may stop inside of a word that it does not know.
                let before = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
                let mut near: String = line.get(before.len()..).unwrap_or_default().chars().take(20).collect();
                if near.trim().is_empty() {
                    near = "the end".to_owned();
                } else {
                    near = format!("`{near}`");
                }
                let column = before.chars().count() + 1;
                (format!("{what} is not JSON: {why} (column {column}, at {near})"), help)
            }
        }
    }
}

/// What is wrong inside of a cell.
pub(super) fn cell_words(error: &serde_json::Error) -> (String, String) {
    let (why, help) = syntax(error);
    (format!("the text of this value is not JSON: {why}"), help)
}

/// serde's reasons, without its positions.
fn syntax(error: &serde_json::Error) -> (String, String) {
    let said = error.to_string();
    let reason = said
        .rfind(" at line ")
        .and_then(|at| said.get(..at))
        .unwrap_or(&said);
    let (why, help) = match reason {
        _ if error.classify() == Category::Eof => (
            "it ends in the middle",
            "something is missing at the end: a quotation mark, or one of } and ]",
        ),
        "trailing comma" => (
            "a comma stands before a closing bracket",
            "take the comma out: JSON has none behind the last value",
        ),
        "trailing characters" => (
            "something follows behind its end",
            "a line holds one object and nothing else; a file one list",
        ),
        "key must be a string" => (
            "a name in double quotes is expected",
            "it may be that a comma stands before the closing bracket, or that a quotation mark is missing",
        ),
        "expected value" | "expected ident" | "invalid number" => (
            "a value is expected",
            "names and texts stand in double quotes, values are \"text\", numbers, true, false or null",
        ),
        "control character (\\u0000-\\u001F) found while parsing a string" => (
            "a text holds a line break or another control character",
            "write \\n for a line break and \\t for a tab inside of a text",
        ),
        "lone leading surrogate in hex escape" | "unexpected end of hex escape" => (
            "a text holds half a character (\\ud800 to \\udfff without the other half)",
            "write the character itself, or both halves of it",
        ),
        "invalid unicode code point" => (
            "it is not UTF-8 text",
            "JSON files are UTF-8; write the file again in that encoding",
        ),
        _ => (
            reason,
            "compare it with the lines around; a JSON checker (jq . FILE) points to the same place",
        ),
    };
    (why.to_owned(), help.to_owned())
}

/// The file as a whole is not JSON: at the place of the error.
pub(super) fn file_error(path: &Path, shown: &str, error: &serde_json::Error) -> TableError {
    if error.classify() == Category::Io {
        return Problem::error(format!("reading this file failed: {error}"))
            .code("recipients-file")
            .at(Place::whole(shown))
            .into();
    }
    let (why, help) = syntax(error);
    problem_at(
        path,
        shown,
        error.line(),
        error.column(),
        &format!("this is not JSON: {why}"),
    )
    .help(help)
    .into()
}

/// A problem at a line and an octet's column of the file, with the line where that is short.
pub(super) fn problem_at(path: &Path, shown: &str, line: usize, column: usize, what: &str) -> Problem {
    let problem = |what: String| Problem::error(what).code("recipients-file");
    let Some(text) = line_of(path, line) else {
        return problem(format!("{what} (line {line}, octet {column})")).at(Place::whole(shown));
    };
    let from = column.saturating_sub(1).min(text.len());
    let from = (0..=from)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0);
    let to = text
        .get(from..)
        .and_then(|rest| rest.chars().next())
        .map_or(from, |c| from + c.len_utf8());
    problem(what.to_owned()).at(Place {
        first_line: line,
        ..Place::in_file(shown, text.into(), from..to)
    })
}

fn line_of(path: &Path, line: usize) -> Option<String> {
    let mut input = BufReader::new(open_regular(path).ok()?);
    for _ in 1..line {
        input.skip_until(b'\n').ok()?;
    }
    let mut text = Vec::new();
    input.take(SHOWN as u64 + 1).read_until(b'\n', &mut text).ok()?;
    let text = String::from_utf8(text).ok()?;
    let text = text.trim_end_matches(['\r', '\n']);
    (text.len() <= SHOWN && !text.is_empty()).then(|| {
        text.chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect::<String>()
    })
}

/// A row is longer than one may be.
pub(super) fn too_long(shown: &str, row: &str) -> TableError {
    Problem::error(format!("{row} is larger than {} MiB", records::LONGEST >> 20))
        .code("recipients-file")
        .at(Place::whole(shown))
        .help("a row is one object of a recipient's few values; files are attached by their names")
        .into()
}
