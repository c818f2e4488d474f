//! A title above the header: `Students of the autumn term`, an empty row, and
//! only then the names of the columns.

use crate::campaign::{Place, Problem};
use crate::words::{Arg, Said, say};

use super::address_names::names_addresses;
use super::failure::TableError;

/// Rows that a header is looked for in.
const ROWS: usize = 20;

/// Rows that tell whether there is a title: one, those that a header may be in, and as many below.
pub(super) const LOOKED_AT: usize = 2 * ROWS + 1;

/// The row that names the columns, if titles are above it; what to say about it is added to the
/// notes.
///
/// # Errors
/// It may be so, or not.
pub(super) fn header_below<'r>(
    shown: &str,
    rows: impl Iterator<Item = (u64, &'r [String])>,
    notes: &mut Vec<Said>,
) -> Result<Option<u64>, TableError> {
    let Some(Title { row, header, certain }) = above(rows) else {
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
            .at(Place::whole(shown))
            .help(say!("table-title-write", header = Arg::plain(header)))
            .help(say!("table-title-otherwise", row = Arg::plain(row)))
            .into(),
    )
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
pub(super) fn above<'r>(rows: impl Iterator<Item = (u64, &'r [String])>) -> Option<Title> {
    let mut rows = rows.filter(|(_, cells)| filled(cells).next().is_some());
    let (row, title) = rows.next()?;
    let alone = filled(title).next()?;
    if filled(title).count() > 1 || names_addresses(alone) || alone.contains('@') {
        return None;
    }
    let below: Vec<_> = rows.take(2 * ROWS).collect();
    // Below the first there may be further lines of it.
    let first = below
        .iter()
        .take(ROWS)
        .position(|(_, cells)| filled(cells).count() > 1)?;
    let found = named_by(&below, first)?;
    let (header, names) = below.get(found)?;
    let above = below.get(..found).unwrap_or_default();
    // Lines of a title, and what is said about the list, are shorter than what names its columns.
    let shorter = above
        .iter()
        .all(|(_, cells)| filled(cells).count() < filled(names).count());
    Some(Title {
        row,
        header: *header,
        certain: (found == first || shorter) && filled(names).any(names_addresses),
    })
}

/// Which of these rows names the columns of the most addresses: reports have a table about
/// themselves above that of the people, and blocks with a line of their own between.
fn named_by(rows: &[(u64, &[String])], first: usize) -> Option<usize> {
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

fn filled(cells: &[String]) -> impl Iterator<Item = &str> {
    cells
        .iter()
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty())
}
