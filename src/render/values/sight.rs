//! The cells of the current message, for values whose origin a template does not show: `x` after
//! `{% set x = … %}`, the result of a filter, the arguments of a component.

use std::cell::RefCell;

use crate::storage::composed;
use crate::table::Row;

/// A cell.
#[derive(Default)]
struct InSight {
    column: usize,
    shown: String,
    plain: Option<String>,
}

thread_local! {
    static CELLS: RefCell<Vec<InSight>> = const { RefCell::new(Vec::new()) };
}

/// From here on, these cells are in sight on this thread; none without a row.
pub(in crate::render) fn show(row: Option<&Row>) {
    CELLS.with_borrow_mut(|cells| {
        let mut used = 0;
        for row in row.into_iter().flat_map(Row::members) {
            for (column, shown) in row.fields.iter().enumerate() {
                if used == cells.len() {
                    cells.push(InSight::default());
                }
                if let Some(cell) = cells.get_mut(used) {
                    cell.column = column;
                    cell.shown.clear();
                    cell.shown.push_str(&composed(shown));
                    let plain = row.plain.iter().find(|(at, _)| *at == column);
                    cell.plain = plain.map(|(_, plain)| plain.clone());
                }
                used += 1;
            }
        }
        cells.truncate(used);
    });
}

/// The columns that show this text.
pub(super) fn columns_of(text: &str) -> Vec<usize> {
    CELLS.with_borrow(|cells| {
        let same = cells.iter().filter(|cell| cell.shown == text);
        same.map(|cell| cell.column).collect()
    })
}

/// What the cell is that shows this text, where it is something else.
pub(super) fn plain_of(text: &str) -> Option<String> {
    CELLS.with_borrow(|cells| {
        let mut same = cells
            .iter()
            .filter(|cell| cell.shown == text)
            .map(|cell| &cell.plain);
        let first = same.next()?.clone();
        same.all(|other| *other == first).then_some(first)?
    })
}
