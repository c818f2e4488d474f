//! A title above the header: `Students of the autumn term`, an empty row, and
//! only then the names of the columns.

use crate::campaign::{Place, Problem};

use super::address_names::names_addresses;
use super::failure::TableError;

/// Rows that a header is looked for in.
const ROWS: usize = 20;

/// Rows that tell whether there is a title: one, those that a header may be in, and as many below.
pub(super) const LOOKED_AT: usize = 2 * ROWS + 1;

/// The row that names the columns, where titles stand above it; what is said of it goes to the
/// notes.
///
/// # Errors
/// It may be so, or not.
pub(super) fn header_below<'r>(
    shown: &str,
    rows: impl Iterator<Item = (u64, &'r [String])>,
    notes: &mut Vec<String>,
) -> Result<Option<u64>, TableError> {
    let Some(Title { row, header, certain }) = above(rows) else {
        return Ok(None);
    };
    if certain {
        notes.push(format!(
            "{shown}: row {row} is a title, row {header} names the columns; header_row = … below [recipients] says otherwise"
        ));
        return Ok(Some(header));
    }
    Err(Problem::error(format!(
        "row {row} looks like a title, and row {header} like the names of the columns"
    ))
    .code("header")
    .at(Place::whole(shown))
    .help(format!("write header_row = {header} below [recipients]"))
    .help(format!(
        "if row {row} does name the columns, write header_row = {row}"
    ))
    .into())
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

/// Whether the first row of these is a title, and the names of the columns stand below it.
pub(super) fn above<'r>(rows: impl Iterator<Item = (u64, &'r [String])>) -> Option<Title> {
    let mut rows = rows.filter(|(_, cells)| filled(cells).next().is_some());
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
        row,
        header,
        certain: distinct.iter().any(|name| names_addresses(name)),
    })
}

fn filled(cells: &[String]) -> impl Iterator<Item = &str> {
    cells
        .iter()
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty())
}
