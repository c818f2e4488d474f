//! Titles above the header: `Students of the autumn term`, who teaches the course, an empty row, and
//! only then the names of the columns.
//!
//! The header is the row that names a column of addresses, and has addresses below that name. Where
//! no row does, and the first looks like a title, the rows are shown and the user decides.

use std::ops::Range;

use crate::campaign::{Place, Problem};
use crate::words::{Arg, Said, say};

use super::address_names::{Naming, names_addresses, naming};
use super::failure::TableError;

/// Rows that a header is looked for in.
const ROWS: usize = 20;

/// Rows that tell whether there is a title: one, those that a header may be in, and as many below.
pub(super) const LOOKED_AT: usize = 2 * ROWS + 1;

/// Lines that are shown where it is not certain which row is the header, and characters of a line.
const SHOWN: u64 = 12;
const LONGEST_LINE: usize = 100;

/// Characters of a name: what is longer is a sentence.
const LONGEST: usize = 40;

/// A row that is not blank, and its number.
type Numbered<'r> = (u64, &'r [String]);

/// The row that names the columns, if titles are above it; what to say about it is added to the
/// notes.
///
/// # Errors
/// It may be so, or not.
pub(super) fn header_below<'r>(
    shown: &str,
    rows: impl Iterator<Item = Numbered<'r>>,
    notes: &mut Vec<Said>,
) -> Result<Option<u64>, TableError> {
    let rows = filled_rows(rows);
    let Some(Title { row, header, certain }) = title(&rows) else {
        return Ok(None);
    };
    let (at, below) = (Arg::plain(row), Arg::plain(header));
    if certain {
        notes.push(say!("table-title-found", file = shown, row = at, header = below));
        return Ok(Some(header));
    }
    Err(
        Problem::error(say!("table-title-perhaps", row = at, header = below))
            .code("header")
            .at(first_rows(shown, &rows, header))
            .help(say!("table-title-write", header = Arg::plain(header)))
            .help(say!("table-title-otherwise", row = Arg::plain(row)))
            .into(),
    )
}

/// The rows down to the one below this, for their reader to decide.
fn first_rows(shown: &str, rows: &[Numbered<'_>], header: u64) -> Place {
    let until = rows
        .iter()
        .map(|(number, _)| *number)
        .find(|number| *number > header);
    let until = until.filter(|next| *next < header + SHOWN).unwrap_or(header);
    let first = rows.first().map_or(1, |(number, _)| *number);
    let first = first.max(until.saturating_sub(SHOWN));
    let line = |number: u64| {
        let row = rows.iter().find(|(at, _)| *at == number);
        row.map(|(_, cells)| on_one_line(cells)).unwrap_or_default()
    };
    let text: Vec<String> = (first..=until).map(line).collect();
    let text = text.join("\n");
    Place {
        first_line: usize::try_from(first).unwrap_or(usize::MAX),
        ..Place::in_file(shown, text.as_str().into(), 0..text.len())
    }
}

fn on_one_line(cells: &[String]) -> String {
    let last = cells.iter().rposition(|cell| !cell.trim().is_empty());
    let cells = cells.get(..=last.unwrap_or(0)).unwrap_or_default();
    let line = cells.join("|").replace(char::is_control, " ");
    line.chars().take(LONGEST_LINE).collect()
}

/// What looks like a title.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Title {
    /// Its row.
    pub(super) row: u64,
    /// The row that seems to name the columns.
    pub(super) header: u64,
    /// One of those names is that of a column of addresses.
    pub(super) certain: bool,
}

/// Whether the first of these rows is a title, and the names of the columns are below it.
pub(super) fn above<'r>(rows: impl Iterator<Item = Numbered<'r>>) -> Option<Title> {
    title(&filled_rows(rows))
}

fn filled_rows<'r>(rows: impl Iterator<Item = Numbered<'r>>) -> Vec<Numbered<'r>> {
    let rows = rows.filter(|(_, cells)| filled(cells).next().is_some());
    rows.take(LOOKED_AT).collect()
}

fn title(rows: &[Numbered<'_>]) -> Option<Title> {
    let (row, first) = rows.first()?;
    let people = rows
        .iter()
        .position(|(_, cells)| cells.iter().any(|cell| is_like_address(cell)))?;
    let found = |at: usize, certain: bool| {
        let (header, _) = rows.get(at).filter(|_| at > 0)?;
        Some(Title {
            row: *row,
            header: *header,
            certain,
        })
    };
    if people == 0 {
        // Whom to ask, above the list; or a list without a header.
        return found(named(rows, 1..rows.len().min(ROWS), Naming::Addresses)?, false);
    }
    let head = 0..people.min(ROWS);
    let several = filled(first).nth(1).is_some();
    if let Some(at) = named(rows, head.clone(), Naming::Addresses) {
        // Further below there may be another table.
        let names = rows.get(at).map_or(0, |(header, _)| *header);
        let other = named(rows, people..rows.len().min(ROWS), Naming::Addresses);
        let below = by_blocks(rows).filter(|title| !several && title.header > names);
        return below.filter(|_| at > 0).or_else(|| found(at, other.is_none()));
    }
    let likely = named(rows, head.clone(), Naming::Likely);
    let fitting = fitting(rows, head, people);
    if several {
        return match (likely, fitting) {
            // The names are above, or the first row is as good as any.
            (_, Some(0)) | (_, None) => likely.filter(|at| *at > 0).and_then(|at| found(at, false)),
            (Some(0) | None, Some(at)) if !is_about_the_list(first, rows.get(at)?.1) => None,
            (Some(0) | None, Some(at)) | (Some(at), Some(_)) => found(at, false),
        };
    }
    let fitting = likely.or(fitting);
    if filled(first).any(names_addresses) {
        return None;
    }
    let by_blocks = by_blocks(rows)?;
    match fitting {
        Some(at) if !by_blocks.certain => found(at, false),
        Some(_) | None => Some(by_blocks),
    }
}

/// Of these rows, the first that names a column in this way below which there are addresses; one that
/// names nothing else only where no other does.
fn named(rows: &[Numbered<'_>], among: Range<usize>, wanted: Naming) -> Option<usize> {
    let names = |at: &usize| {
        let Some((_, cells)) = rows.get(*at) else {
            return false;
        };
        let below = rows.get(at + 1..).unwrap_or_default();
        cells.iter().enumerate().any(|(column, name)| {
            naming(name) == wanted
                && below
                    .iter()
                    .take(ROWS)
                    .any(|(_, cells)| cells.get(column).is_some_and(|cell| is_like_address(cell)))
        })
    };
    let several = |at: &usize| {
        rows.get(*at)
            .is_some_and(|(_, cells)| filled(cells).nth(1).is_some())
    };
    let mut all = among.clone().filter(names);
    let first = among.filter(names).find(several);
    first.or_else(|| all.next())
}

/// The last row that has something above every cell of the first person: a person without an address
/// has not.
fn fitting(rows: &[Numbered<'_>], mut head: Range<usize>, people: usize) -> Option<usize> {
    let (_, person) = rows.get(people)?;
    let is_filled = |cells: &[String], at: usize| cells.get(at).is_some_and(|cell| !cell.trim().is_empty());
    let wanted: Vec<usize> = (0..person.len()).filter(|at| is_filled(person, *at)).collect();
    let fits = |at: &usize| {
        rows.get(*at)
            .is_some_and(|(_, cells)| wanted.iter().all(|column| is_filled(cells, *column)))
    };
    head.rfind(|at| wanted.len() > 1 && fits(at))
}

/// Whether a row says something about the list, as `Teacher: Li` does, or is above groups of these
/// names, and does not name the columns itself.
fn is_about_the_list(cells: &[String], names: &[String]) -> bool {
    let says = |cell: &str| {
        let behind = cell.split_once([':', '：']).map(|(_, behind)| behind.trim());
        behind.is_some_and(|behind| !behind.is_empty()) || cell.chars().count() > LONGEST
    };
    filled(cells).any(says) || filled(cells).count() * 2 <= filled(names).count()
}

/// Below a first row of one cell: reports have a table about themselves above that of the people, and
/// blocks with a line of their own between.
fn by_blocks(rows: &[Numbered<'_>]) -> Option<Title> {
    let ((row, _), below) = rows.split_first()?;
    // Below the first there may be further lines of it.
    let first = below
        .iter()
        .take(ROWS)
        .position(|(_, cells)| filled(cells).count() > 1)?;
    let found = named_by(below, first)?;
    let (header, names) = below.get(found)?;
    let above = below.get(..found).unwrap_or_default();
    // Lines of a title, and what is said about the list, are shorter than what names its columns.
    let shorter = above
        .iter()
        .all(|(_, cells)| filled(cells).count() < filled(names).count());
    Some(Title {
        row: *row,
        header: *header,
        certain: (found == first || shorter) && filled(names).any(names_addresses),
    })
}

/// Which of these rows names the columns of the most addresses.
fn named_by(rows: &[Numbered<'_>], first: usize) -> Option<usize> {
    let candidates = (first..rows.len().min(ROWS)).filter_map(|at| {
        let names = rows.get(at)?.1;
        let mut distinct: Vec<&str> = filled(names).collect();
        distinct.sort_unstable();
        distinct.dedup();
        if distinct.len() < 2 || distinct.iter().any(|name| name.contains('@')) {
            return None;
        }
        let block = rows.get(at + 1..)?.iter().map(|(_, cells)| cells);
        let block = block.take_while(|cells| filled(cells).count() > 1 || has_address(cells));
        let addressed = block.filter(|cells| has_address(cells)).count();
        let named = distinct.iter().any(|name| names_addresses(name));
        (addressed > 0).then_some((at, (named, addressed)))
    });
    // Of those that are alike, the first: what follows are rows without an address.
    let best = candidates.reduce(|best, other| if other.1 > best.1 { other } else { best });
    best.map(|(at, _)| at)
}

fn has_address(cells: &[String]) -> bool {
    cells.iter().any(|cell| cell.contains('@'))
}

/// Whether a cell holds an address, and not a sentence with one in it.
fn is_like_address(cell: &str) -> bool {
    let cell = cell.trim();
    if !cell.contains(['@', '＠']) {
        return false;
    }
    let bare = cell.strip_prefix("mailto:").unwrap_or(cell);
    let sentence = bare.contains([':', '：']) || bare.split_whitespace().count() > 1;
    !sentence || bare.contains('<')
}

fn filled(cells: &[String]) -> impl Iterator<Item = &str> {
    cells
        .iter()
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty())
}
