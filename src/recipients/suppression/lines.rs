//! The lines of a list: where the entry is in each.
//!
//! Lists come in many forms: one address per line, an export of the newsletter program, one of our
//! reports. The first lines show which.

use std::sync::Arc;

use crate::campaign::Problem;
use crate::table::{Layout, List, ListLine, Naming, OWN_PREFIX, TableError, naming};
use crate::words::{Said, Speak, say};

use super::super::why::Why;
use super::entry::Entry;

/// Lines that are looked at to find the column with the addresses.
const AHEAD: usize = 100;

/// The first columns of the list that we keep, and of no other.
const OWN: [&str; 2] = ["who", "added_at"];

/// What columns of tokens are called.
const TOKENS: [&str; 2] = ["token", "unsubscribe token"];

/// What may be a column of addresses, or of streets.
const PERHAPS: [&str; 2] = ["address", "地址"];

/// Longer than a column is called by anybody.
const LONGEST_NAME: usize = 24;

/// Passes every entry of a list to `each`, with its line; a line that is not an entry becomes a
/// problem. Returns the SHA-256 of the file.
pub(super) fn read(
    mut list: List,
    shown: &str,
    each: &mut dyn FnMut(u64, Result<Entry, Problem>),
) -> Result<[u8; 32], TableError> {
    let mut ahead = Vec::new();
    while ahead.len() < AHEAD
        && let Some(line) = list.next_line()?
    {
        ahead.push(line);
    }
    let reading = Reading {
        shown: shown.into(),
        layout: list.layout(),
        form: form(&ahead),
    };
    let header = usize::from(matches!(reading.form, Form::Columns { .. }));
    for line in ahead.iter().skip(header) {
        reading.line(line, each);
    }
    while let Some(line) = list.next_line()? {
        reading.line(&line, each);
    }
    Ok(list.digest())
}

/// How a list is made.
enum Form {
    /// No header: the entries can be anywhere.
    Plain,
    /// A header, and the columns that hold entries.
    Columns {
        columns: Vec<usize>,
        /// The header's cells.
        width: usize,
        /// Our own column in a report.
        status: Option<usize>,
    },
}

fn form(ahead: &[ListLine]) -> Form {
    let Some(ListLine { cells: first, .. }) = ahead.first() else {
        return Form::Plain;
    };
    if first.iter().any(|cell| is_meant(cell)) {
        return Form::Plain;
    }
    let names: Vec<String> = first.iter().map(|name| name.trim().to_lowercase()).collect();
    let called = |known: &[&str]| -> Vec<usize> {
        let fits = |(i, name): (usize, &String)| known.contains(&name.as_str()).then_some(i);
        names.iter().enumerate().filter_map(fits).collect()
    };
    let named = |kinds: &[Naming]| -> Vec<usize> {
        let fits = |(i, name): (usize, &String)| kinds.contains(&naming(name)).then_some(i);
        first.iter().enumerate().filter_map(fits).collect()
    };
    let below = ahead.get(1..).unwrap_or_default();
    let mut columns = [named(&[Naming::Addresses]), called(&TOKENS)].concat();
    if columns.is_empty() && names.iter().map(String::as_str).eq(OWN) {
        columns = vec![0];
    }
    if columns.is_empty() {
        // What a name only suggests, the cells must bear out.
        columns = [named(&[Naming::Likely]), called(&PERHAPS)].concat();
        columns.retain(|i| below.is_empty() || entries_in(*i, below) > 0);
    }
    if columns.is_empty() {
        columns = by_content(&names, below);
        let is_name = |i: &usize| names.get(*i).is_some_and(|name| is_name(name));
        if columns.is_empty() || !columns.iter().all(is_name) {
            return Form::Plain;
        }
    }
    Form::Columns {
        columns,
        width: names.len(),
        status: names.iter().position(|name| name == "mailshot_status"),
    }
}

/// How many of these lines have an entry in a column.
fn entries_in(column: usize, lines: &[ListLine]) -> usize {
    let entry = |line: &&ListLine| {
        let cell = line.cells.get(column).map(|cell| Entry::parse_all(cell));
        cell.is_some_and(|entries| entries.is_ok_and(|entries| !entries.is_empty()))
    };
    lines.iter().filter(entry).count()
}

/// The columns with the most entries.
fn by_content(names: &[String], lines: &[ListLine]) -> Vec<usize> {
    // A Message-ID looks like an address.
    let theirs = |i: &usize| names.get(*i).is_some_and(|name| !name.starts_with(OWN_PREFIX));
    let counts: Vec<_> = (0..names.len())
        .filter(theirs)
        .map(|i| (i, entries_in(i, lines)))
        .collect();
    let most = counts.iter().map(|(_, n)| *n).max().unwrap_or(0);
    if most == 0 {
        return Vec::new();
    }
    counts
        .into_iter()
        .filter(|(_, n)| *n == most)
        .map(|(i, _)| i)
        .collect()
}

/// Whether a cell is the name of a column, and not an entry with a missing letter.
fn is_name(text: &str) -> bool {
    let fits = |c: char| c.is_alphabetic() || matches!(c, ' ' | '_' | '-');
    !text.is_empty() && text.chars().count() <= LONGEST_NAME && text.chars().all(fits)
}

/// Whether a cell is an entry, or was meant to be one.
fn is_meant(cell: &str) -> bool {
    cell.contains(['@', '＠']) || Entry::parse(cell).is_ok()
}

/// A list being read.
struct Reading {
    shown: Arc<str>,
    layout: Layout,
    form: Form,
}

impl Reading {
    fn line(&self, line: &ListLine, each: &mut dyn FnMut(u64, Result<Entry, Problem>)) {
        let ListLine { number, cells, .. } = line;
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        let filled = |i: &usize| cells.get(*i).is_some_and(|cell| !cell.trim().is_empty());
        let (chosen, lenient): (Vec<usize>, bool) = match &self.form {
            Form::Plain => {
                let meant: Vec<_> = (0..cells.len())
                    .filter(|i| cells.get(*i).is_some_and(|cell| is_meant(cell)))
                    .collect();
                // If nothing in it looks like an entry, the first cell is reported.
                let chosen = if meant.is_empty() {
                    (0..cells.len()).filter(filled).take(1).collect()
                } else {
                    meant
                };
                (chosen, false)
            }
            Form::Columns {
                columns,
                width,
                status,
            } => {
                if (*width..cells.len()).any(|i| filled(&i)) {
                    each(*number, Err(self.too_wide(line, *width)));
                    return;
                }
                let status = status.and_then(|i| cells.get(i)).map(|cell| cell.trim());
                let chosen = columns.iter().copied().filter(filled).collect();
                // Of a report's rows, those were nobody's.
                (chosen, status == Some("invalid"))
            }
        };
        if chosen.is_empty() && !lenient {
            each(
                *number,
                Err(self.problem(line, None, say!("recipients-line-nobody"))),
            );
        }
        for i in chosen {
            let cell = cells.get(i).map_or("", |cell| cell.trim());
            match Entry::parse_all(cell) {
                Ok(entries) if !entries.is_empty() => {
                    entries.into_iter().for_each(|entry| each(*number, Ok(entry)));
                }
                Ok(_) | Err(_) if lenient => {}
                Ok(_) => each(*number, Err(self.neither(line, i, cell, Why::Empty.said()))),
                Err(why) => each(*number, Err(self.neither(line, i, cell, why))),
            }
        }
    }

    fn neither(&self, line: &ListLine, cell: usize, value: &str, why: Said) -> Problem {
        let value = super::super::form::shown(value);
        let what = say!("recipients-line-neither", value = value, why = why);
        self.problem(line, Some(cell), what)
    }

    fn too_wide(&self, line: &ListLine, width: usize) -> Problem {
        let what = say!(
            "recipients-line-too-wide",
            cells = line.cells.len(),
            width = width
        );
        self.problem(line, None, what)
    }

    fn problem(&self, line: &ListLine, cell: Option<usize>, what: Said) -> Problem {
        let place = line.place(&self.shown, self.layout, cell);
        Problem::error(what).at(place).help(say!("recipients-line-help"))
    }
}
