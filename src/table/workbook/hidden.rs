//! Rows that are hidden, by a filter or by hand: they are rows of the list like any other, which
//! whoever hid them may not expect.

use std::io::Read;

use zip::ZipArchive;

use crate::campaign::{Place, Problem};

use super::book::{Book, Octets};
use super::xml::{attribute, attribute_of_local_name, each_element, local};

/// Rows that are told by their numbers.
const TOLD: usize = 10;

/// What is said of the hidden rows below the row `header`.
pub(super) fn told(shown: &str, sheet: &str, hidden: &[u64], header: u64) -> Option<Problem> {
    let below: Vec<u64> = hidden.iter().copied().filter(|row| *row > header).collect();
    let first: Vec<_> = below.iter().take(TOLD).map(u64::to_string).collect();
    let more = below.len().saturating_sub(TOLD);
    let rows = match more {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    };
    let what = match below.len() {
        0 => return None,
        1 => format!("row {rows} of the sheet \"{sheet}\" is hidden, and is read like the others"),
        many => {
            format!("{many} rows of the sheet \"{sheet}\" are hidden, and are read like the others: {rows}")
        }
    };
    let problem = Problem::warning(what).code("hidden-rows").at(Place::whole(shown)).help(
        "a filter of the spreadsheet program chooses nobody here: delete the rows that are not meant, or choose by where = \"…\"",
    );
    Some(problem)
}

/// The hidden rows of a sheet of an .xlsx that have something in them. What cannot be read here is
/// told by whoever reads the cells.
pub(super) fn of_xlsx(book: &Book<'_>, sheet: &str) -> Vec<u64> {
    let found = || {
        let mut archive = ZipArchive::new(book.octets()).ok()?;
        let part = part_of(&mut archive, sheet)?;
        rows(archive.by_name(&part).ok()?)
    };
    found().unwrap_or_default()
}

/// The name of the part that holds a sheet (ECMA-376 part 1, §18.2.19).
fn part_of(archive: &mut ZipArchive<Octets>, sheet: &str) -> Option<String> {
    let mut relation = None;
    each_element(archive.by_name("xl/workbook.xml").ok()?, |element| {
        if local(element) == "sheet" && attribute(element, "name").as_deref() == Some(sheet) {
            relation = attribute_of_local_name(element, "id");
        }
    })?;
    let (relation, mut target) = (relation?, None);
    each_element(archive.by_name("xl/_rels/workbook.xml.rels").ok()?, |element| {
        if attribute(element, "Id").as_ref() == Some(&relation) {
            target = attribute(element, "Target");
        }
    })?;
    let target = target?;
    Some(match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("xl/{target}"),
    })
}

fn rows(part: impl Read) -> Option<Vec<u64>> {
    let mut hidden = Vec::new();
    // The row at hand, whether it is hidden, and whether it was told.
    let (mut row, mut is_hidden) = (0_u64, false);
    each_element(part, |element| match local(element) {
        "row" => {
            let number = attribute(element, "r").and_then(|number| number.parse().ok());
            row = number.unwrap_or(row.saturating_add(1));
            is_hidden =
                attribute(element, "hidden").is_some_and(|hidden| matches!(hidden.as_str(), "1" | "true"));
        }
        // A value, or a text of its own.
        "v" | "is" if is_hidden => {
            hidden.push(row);
            is_hidden = false;
        }
        _ => {}
    })?;
    Some(hidden)
}
