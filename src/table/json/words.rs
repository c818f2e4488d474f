//! What is wrong with JSON, in words that a user knows.

use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use serde_json::error::Category;

use crate::campaign::{Place, Problem};
use crate::storage::open_regular;
use crate::words::{self, Arg, Said, say};

use super::super::failure::TableError;
use super::super::records;

/// Why a text is not a row.
#[derive(Debug)]
pub(super) enum Broken {
    /// It is not JSON.
    Syntax(serde_json::Error),
    /// It is JSON, and no object.
    Kind(Said),
    /// It has a key that was not there when all keys were read.
    Changed(String),
    /// With it, there are more columns than this.
    Keys(usize),
}

/// What serde says of a control character in a text.
const CONTROL: &str = "control character (\\u0000-\\u001F) found while parsing a string";

/// Lines up to this length are shown with a caret below.
const SHOWN: usize = 4096;

impl Broken {
    /// What is wrong with `text`, and what to do.
    pub(super) fn words(&self, what: Said, text: &str) -> (Said, Said) {
        match self {
            Self::Kind(found) => (
                say!("table-json-not-object", what = what, found = found.clone()),
                say!("table-json-object-help"),
            ),
            Self::Changed(key) => (
                say!("table-json-new-key", what = what, key = key),
                say!("table-json-new-key-help"),
            ),
            Self::Keys(most) => (
                say!("table-json-many-keys", what = what, most = *most),
                say!("table-json-many-keys-help"),
            ),
            Self::Syntax(error) => {
                let (why, help) = syntax(error);
                (not_json(what, why, error, text), help)
            }
        }
    }
}

/// That `what`, which reads `text`, is not JSON, and where.
fn not_json(what: Said, why: Said, error: &serde_json::Error, text: &str) -> Said {
    let line = text.split('\n').nth(error.line().saturating_sub(1));
    let line = line.unwrap_or_default();
    // serde counts octets.
    let at_end = error.classify() == Category::Eof;
    let before = line.get(..error.column().saturating_sub(1));
    let before = before.filter(|_| !at_end).unwrap_or(line);
    // It may stop inside of a word that it does not know.
    let before = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
    let near = line.get(before.len()..).unwrap_or_default();
    let near: String = near.chars().take(20).collect();
    let column = Arg::plain(before.chars().count() + 1);
    if near.trim().is_empty() {
        say!(
            "table-json-broken-at-end",
            what = what,
            why = why,
            column = column
        )
    } else {
        say!(
            "table-json-broken",
            what = what,
            why = why,
            column = column,
            near = near
        )
    }
}

/// What is wrong inside of a cell.
pub(super) fn cell_words(error: &serde_json::Error) -> (Said, Said) {
    let (why, help) = syntax(error);
    (say!("table-json-cell", why = why), help)
}

/// serde's reasons in our words, without its positions.
fn syntax(error: &serde_json::Error) -> (Said, Said) {
    let said = error.to_string();
    let reason = said
        .rfind(" at line ")
        .and_then(|at| said.get(..at))
        .unwrap_or(&said);
    match reason {
        _ if error.classify() == Category::Eof => {
            (say!("table-json-cut-off"), say!("table-json-cut-off-help"))
        }
        "trailing comma" => (say!("table-json-comma"), say!("table-json-comma-help")),
        "trailing characters" => (say!("table-json-behind"), say!("table-json-behind-help")),
        "key must be a string" => (say!("table-json-key"), say!("table-json-key-help")),
        "expected value" | "expected ident" | "invalid number" => {
            (say!("table-json-value"), say!("table-json-value-help"))
        }
        CONTROL => (say!("table-json-control"), say!("table-json-control-help")),
        "lone leading surrogate in hex escape" | "unexpected end of hex escape" => {
            (say!("table-json-surrogate"), say!("table-json-surrogate-help"))
        }
        "invalid unicode code point" => (say!("table-json-not-utf-8"), say!("table-json-write-utf-8")),
        _ => (
            say!("table-json-other", own = reason),
            say!("table-json-other-help"),
        ),
    }
}

/// The file as a whole is not JSON: at the place of the error.
pub(super) fn file_error(path: &Path, shown: &str, error: &serde_json::Error) -> TableError {
    if let Some(kind) = error.io_error_kind() {
        let why = words::system(&io::Error::from(kind));
        return Problem::error(say!("table-reading-failed", why = why))
            .code("recipients-file")
            .at(Place::whole(shown))
            .into();
    }
    let (why, help) = syntax(error);
    let what = say!("table-json-file-broken", why = why);
    problem_at(path, shown, error.line(), error.column(), what)
        .help(help)
        .into()
}

/// A problem at a line and an octet's column of the file, with the line where that is short.
pub(super) fn problem_at(path: &Path, shown: &str, line: usize, column: usize, what: Said) -> Problem {
    let problem = |what: Said| Problem::error(what).code("recipients-file");
    let Some(text) = line_of(path, line) else {
        let (line, octet) = (Arg::plain(line), Arg::plain(column));
        let what = say!("table-json-at", what = what, line = line, octet = octet);
        return problem(what).at(Place::whole(shown));
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
    problem(what).at(Place {
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
pub(super) fn too_long(shown: &str, row: Said) -> TableError {
    let most = Arg::plain(records::LONGEST >> 20);
    Problem::error(say!("table-json-too-long", what = row, most = most))
        .code("recipients-file")
        .at(Place::whole(shown))
        .help(say!("table-json-too-long-help"))
        .into()
}
