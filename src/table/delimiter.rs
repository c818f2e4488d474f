//! Which character separates the cells: `,`, `;` (where the comma is the
//! decimal point), a tab or `|`.

use super::records::{RecordError, Records};
use super::titles;

const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Rows that are looked at.
const ROWS: usize = 100;

/// Rows with their numbers.
type Rows = Vec<(u64, Vec<String>)>;

/// What comes before the rows.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Prologue<'t> {
    /// What Excel's line `sep=;` says.
    pub(super) separator: Option<u8>,
    /// The number of the first row that is neither that line, nor blank, nor a comment.
    pub(super) first: u64,
    /// The last comment before it, with its row: it may be a header that begins with `#`.
    pub(super) comment: Option<(u64, &'t [u8])>,
    /// The text from there on.
    pub(super) rest: &'t [u8],
}

/// Takes apart the text that a file begins with.
pub(super) fn prologue(mut text: &[u8]) -> Prologue<'_> {
    while let Some(rest) = text.strip_prefix("\u{feff}".as_bytes()) {
        text = rest;
    }
    let mut prologue = Prologue {
        first: 1,
        rest: text,
        ..Prologue::default()
    };
    while !prologue.rest.is_empty() {
        let (line, rest) = first_line(prologue.rest);
        if prologue.first == 1 && separator(line).is_some() {
            prologue.separator = separator(line);
        } else if line.first() == Some(&b'#') {
            prologue.comment = Some((prologue.first, line));
        } else if !line.is_empty() {
            break;
        }
        prologue.first += 1;
        prologue.rest = rest;
    }
    prologue
}

fn first_line(text: &[u8]) -> (&[u8], &[u8]) {
    let Some(end) = memchr::memchr2(b'\r', b'\n', text) else {
        return (text, &[]);
    };
    let (line, rest) = text.split_at(end);
    let rest = rest.strip_prefix(b"\r\n").or_else(|| rest.get(1..));
    (line, rest.unwrap_or_default())
}

fn separator(line: &[u8]) -> Option<u8> {
    let line = line
        .strip_prefix(b"\"")
        .map_or(line, |quoted| quoted.strip_suffix(b"\"").unwrap_or(quoted));
    match line {
        [s, e, p, b'=', separator] if [s, e, p].map(u8::to_ascii_lowercase) == *b"sep" => {
            (separator.is_ascii() && !separator.is_ascii_alphanumeric() && *separator != b'"')
                .then_some(*separator)
        }
        _ => None,
    }
}

/// The first rows of `text`, from row `from` on.
pub(super) fn rows(text: &[u8], delimiter: u8, from: u64) -> (Rows, Option<RecordError>) {
    taken(Records::new(text, delimiter).without_comments_before(from), from)
}

fn taken(mut records: Records<&[u8]>, from: u64) -> (Rows, Option<RecordError>) {
    let mut rows = Vec::new();
    let mut cells = Vec::new();
    while rows.len() < ROWS {
        match records.next(&mut cells) {
            Ok(Some(number)) if number < from => {}
            Ok(Some(number)) => rows.push((number, std::mem::take(&mut cells))),
            Ok(None) => break,
            Err(error) => return (rows, Some(error)),
        }
    }
    (rows, None)
}

/// The delimiter that splits the first rows most evenly into most cells; `usual` when nothing
/// splits them (a file with one column), and in doubt.
pub(super) fn detect(text: &[u8], from: u64, usual: u8) -> u8 {
    let score = |delimiter: u8| {
        let score = score(text, delimiter, from)?;
        let bonus = if delimiter == usual && usual != b',' {
            300.0
        } else {
            0.0
        };
        Some((score + bonus, delimiter))
    };
    CANDIDATES
        .into_iter()
        .filter_map(score)
        .fold(
            (0.0, usual),
            |best, next| if next.0 > best.0 { next } else { best },
        )
        .1
}

/// How well a delimiter explains the rows: the share of rows as wide as the
/// header, then the width. Quoted cells are parsed as such, so a comma
/// in a name does not count.
fn score(text: &[u8], delimiter: u8, from: u64) -> Option<f64> {
    let (mut all, error) = rows(text, delimiter, from);
    // Above the header there may be a title.
    if let Some(title) = titles::above(all.iter().map(|(number, cells)| (*number, cells.as_slice()))) {
        all.retain(|(number, _)| *number >= title.header);
    }
    let mut rows = all.iter().map(|(_, cells)| cells.len());
    let width = rows.next()?;
    if width < 2 {
        return None;
    }
    let even = rows.clone().filter(|found| *found == width).count();
    // A closing mark in the midst of a cell closes one that is longer: the delimiter is another.
    let amiss = usize::from(matches!(error, Some(RecordError::AfterQuote { .. })));
    let rows = rows.count() + amiss;
    // The last row may be cut off by the end of the sample.
    let share = if rows <= 1 && amiss == 0 {
        1.0
    } else {
        number(even) / number(rows)
    };
    Some(share * 1000.0 + number(width.min(200)))
}

/// Whether CR alone ends a row, and an LF stands for a line break in a cell that has no quotes
/// around it: where that makes all rows as wide as the first, and nothing else does.
pub(super) fn is_ended_by_cr(text: &[u8], delimiter: u8, from: u64) -> bool {
    let crlf = memchr::memmem::find(text, b"\r\n").is_some();
    if crlf || !text.contains(&b'\r') || !text.contains(&b'\n') {
        return false;
    }
    let (mut any, _) = rows(text, delimiter, from);
    let records = Records::new(text, delimiter).without_comments_before(from);
    let (mut by_cr, error) = taken(records.ended_by_cr(), from);
    // The last may be cut off by the end of the sample.
    any.pop();
    by_cr.pop();
    error.is_none() && by_cr.len() > 1 && is_even(&by_cr) && !is_even(&any)
}

fn is_even(rows: &[(u64, Vec<String>)]) -> bool {
    let mut widths = rows.iter().map(|(_, cells)| cells.len());
    let first = widths.next();
    widths.all(|width| Some(width) == first)
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
