//! A title above the header: `Students of the autumn term`, an empty row, and
//! only then the names of the columns.

use super::words::names_addresses;

/// Rows that a header is looked for in.
const ROWS: usize = 20;

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

/// Whether the first row of these is a title, and the names of the columns stand below it.
pub(super) fn above(rows: &[(u64, Vec<String>)]) -> Option<Title> {
    let mut rows = rows.iter().filter(|(_, cells)| filled(cells).next().is_some());
    let (row, title) = rows.next()?;
    let alone = filled(title).next()?;
    if filled(title).count() > 1 || names_addresses(alone) || alone.contains('@') {
        return None;
    }
    // Below the first there may be further lines of it.
    let (header, names) = rows
        .by_ref()
        .take(ROWS)
        .find(|(_, cells)| filled(cells).count() > 1)?;
    let mut distinct: Vec<&str> = filled(names).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let names_columns = distinct.len() > 1 && distinct.iter().all(|name| !name.contains('@'));
    let mut below = rows.take(ROWS).flat_map(|(_, cells)| cells);
    if !names_columns || !below.any(|cell| cell.contains('@')) {
        return None;
    }
    Some(Title {
        row: *row,
        header: *header,
        certain: distinct.iter().any(|name| names_addresses(name)),
    })
}

fn filled(cells: &[String]) -> impl Iterator<Item = &str> {
    cells
        .iter()
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty())
}
