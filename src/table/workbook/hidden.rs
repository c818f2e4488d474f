//! Rows and columns that are hidden, by a filter or by hand: they are read like any other, which
//! the user may not expect.

use std::io::Read;
use std::sync::Arc;

use quick_xml::events::BytesStart;
use zip::ZipArchive;

use crate::campaign::{Place, Problem};
use crate::words::{Arg, say};

use super::super::header::Header;
use super::book::{Book, Hidden, Octets};
use super::xml::{attribute, attribute_of_local_name, each_element, local};

/// Rows that are reported with their numbers.
const TOLD: usize = 10;

/// The sentence about the hidden rows below the row `header`.
pub(super) fn told(shown: &str, sheet: &str, hidden: &[u64], header: u64) -> Option<Problem> {
    let below: Vec<u64> = hidden.iter().copied().filter(|row| *row > header).collect();
    if below.is_empty() {
        return None;
    }
    let what = say!(
        "table-hidden-rows",
        count = below.len(),
        rows = first_of(below.iter().map(u64::to_string), below.len()),
        sheet = sheet
    );
    let problem = Problem::warning(what)
        .code("hidden-rows")
        .at(Place::whole(shown))
        .help(say!("table-hidden-rows-help"));
    Some(problem)
}

/// The first few of `count` items, and how many more there are.
fn first_of(items: impl Iterator<Item = String>, count: usize) -> Arg {
    let list = Arg::commas(items.take(TOLD));
    match count.saturating_sub(TOLD) {
        0 => list,
        more => say!("table-and-more", list = list, more = more).into(),
    }
}

/// The sentence about hidden columns that have a name.
pub(in crate::table) fn told_columns(header: &Header) -> Option<Problem> {
    let hidden = header.hidden_columns();
    let hidden: Vec<_> = hidden
        .map(|(column, letter)| format!("`{column}` ({letter})"))
        .collect();
    let count = hidden.len();
    if count == 0 {
        return None;
    }
    let columns = first_of(hidden.into_iter(), count);
    let what = match header.sheet.as_deref() {
        Some(sheet) => {
            say!(
                "table-hidden-columns-of-sheet",
                count = count,
                columns = columns,
                sheet = sheet
            )
        }
        None => say!("table-hidden-columns", count = count, columns = columns),
    };
    let problem = Problem::warning(what)
        .code("hidden-columns")
        .at(Place::whole(Arc::clone(&header.file)))
        .help(say!("table-hidden-columns-help"));
    Some(problem)
}

/// What is hidden in a sheet of an .xlsx. Reading the cells reports what cannot be read here.
pub(super) fn of_xlsx(book: &Book<'_>, sheet: &str) -> Hidden {
    let found = || {
        let mut archive = ZipArchive::new(book.octets()).ok()?;
        let part = part_of(&mut archive, sheet)?;
        within(archive.by_name(&part).ok()?)
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

fn within(part: impl Read) -> Option<Hidden> {
    let mut found = Hidden::default();
    // The current row, whether it is hidden, and whether it was reported.
    let (mut row, mut is_hidden) = (0_u64, false);
    let hides = |element: &BytesStart<'_>| {
        attribute(element, "hidden").is_some_and(|hidden| matches!(hidden.as_str(), "1" | "true"))
    };
    each_element(part, |element| match local(element) {
        "col" if hides(element) => {
            let number = |name| attribute(element, name).and_then(|number| number.parse::<usize>().ok());
            if let (Some(first), Some(last)) = (number("min"), number("max")) {
                found
                    .columns
                    .push((first.saturating_sub(1), last.saturating_sub(1)));
            }
        }
        "row" => {
            let number = attribute(element, "r").and_then(|number| number.parse().ok());
            row = number.unwrap_or(row.saturating_add(1));
            is_hidden = hides(element);
        }
        // A value, or a text of its own.
        "v" | "is" if is_hidden => {
            found.rows.push(row);
            is_hidden = false;
        }
        _ => {}
    })?;
    Some(found)
}
