//! The table `[recipients]` -> a draft.

use std::path::Path;

use crate::campaign::draft::{File, RecipientsDraft};
use crate::campaign::values::SheetChoice;

use super::reader::Section;
use super::wanted::Wanted;

/// Rows of a sheet, as Excel has them.
const MOST_ROWS: u64 = 1_048_576;

pub(super) fn recipients(table: &Section<'_>, folder: &Path) -> RecipientsDraft {
    let draft = RecipientsDraft {
        file: table.file("file", folder),
        only: None,
        delimiter: table.text("delimiter"),
        encoding: table.text("encoding"),
        sheet: sheet(table),
        header_row: table.number("header_row", 1..=MOST_ROWS),
        query: table.text("query"),
        filter: table.text("where"),
        group_by: table.texts("group_by"),
        sort: table.texts("sort"),
        key: table.texts("key"),
        suppress: table
            .texts("suppress")
            .map(|lists| lists.into_iter().map(|list| File::below(folder, list)).collect()),
    };
    table.finish();
    draft
}

fn sheet(table: &Section<'_>) -> Option<SheetChoice> {
    table.wanted("sheet", Wanted::Sheet, |value, span| match value.as_integer() {
        Some(number) => {
            let number = number.as_str().parse().ok().filter(|number| *number > 0)?;
            Some(SheetChoice::Numbered(number, table.document.place(span)))
        }
        None => {
            let name = value.as_str()?;
            Some(SheetChoice::Named(table.document.text_of(name, span)))
        }
    })
}
