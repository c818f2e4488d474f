//! Cells that do not fit what a template does with them: a word where it calculates.
//!
//! The engine only says of which types the two values were. Whose cell it was is found out from
//! the calls that [`numbers`](super::numbers) wrote into the template.

use tera::{Error, ErrorKind};

use crate::campaign::{Place, Problem};
use crate::table::Row;
use crate::table::cell::{Number, is_empty};

use super::engine_errors::{is_of_types, names_value};
use super::names::in_template;
use super::numbers::{CELLS, calls};
use super::templates::{Entry, TemplateId, Templates};

impl Templates {
    /// What is wrong with a cell of this row, where that is why a template could not be rendered.
    pub(super) fn misfit(&self, error: &Error, row: &Row) -> Option<Problem> {
        let ErrorKind::RenderingError(report) = error.kind() else {
            return None;
        };
        let source = self.sources.get(report.filename())?;
        let (message, span) = (report.message(), &report.span().range);
        let of_types = is_of_types(message);
        let tag = source.compiled.tag_around(span.start);
        let mut misfits = calls(tag).flat_map(|(column, of)| self.no_numbers(column, of, row));
        let misfit = if of_types {
            misfits.next()
        } else {
            // A filter names the text that it cannot use.
            misfits.find(|misfit| names_value(message, misfit.is))
        };
        let place = source.at(span.clone());
        let Some(misfit) = misfit else {
            return (of_types && tag.contains('|')).then(|| {
                Problem::error(message)
                    .code("template")
                    .at(place)
                    .help("a filter belongs to what stands right before it; brackets make that the whole: {{ (fee * 2) | money }}")
            });
        };
        Some(misfit.problem(message, of_types, &place, self))
    }

    /// The cell that a value came from, among those of a row and those grouped with it: the one that
    /// equals it, or holds it; the only one that the template names. The row, where nobody knows.
    pub fn place_of(&self, template: Option<TemplateId>, row: &Row, value: &str) -> Place {
        let named = match template.and_then(|id| self.entries.get(id.0)) {
            Some(Entry::Cell(column, _)) => std::slice::from_ref(column),
            Some(Entry::Compiled(_, name)) => self.named.get(name).map_or(&[][..], Vec::as_slice),
            Some(Entry::Constant(_)) | None => &[],
        };
        let all: Vec<usize> = (0..self.header.columns.len()).collect();
        let find = |columns: &[usize], fits: &dyn Fn(&str) -> bool| {
            row.members().find_map(|row| {
                let cell = |at: &usize| row.fields.get(*at).is_some_and(|cell| fits(cell.trim()));
                Some((row, columns.iter().copied().find(cell)?))
            })
        };
        let found = match (value.trim(), named) {
            ("", [only]) => Some((row, *only)),
            ("", _) => None,
            (value, named) => find(named, &|cell| cell == value)
                .or_else(|| find(&all, &|cell| cell == value))
                .or_else(|| find(&all, &|cell| cell.contains(value))),
        };
        match found {
            Some((row, column)) => self.header.place(row, Some(column)),
            None => self.header.place(row, None),
        }
    }

    /// The cells of a column that are no numbers: of the message, or of a row that is taken by itself.
    fn no_numbers<'r>(&self, column: &str, of: &str, row: &'r Row) -> Vec<Misfit<'r>> {
        let Some(column) = self.header.position(column) else {
            return Vec::new();
        };
        let among = if of == CELLS { 1 } else { usize::MAX };
        let cells = row.members().take(among).filter_map(|row| {
            let is = row.value(column);
            Number::of(is).is_none().then_some(Misfit { row, column, is })
        });
        cells.collect()
    }
}

/// A cell that is no number.
struct Misfit<'r> {
    row: &'r Row,
    column: usize,
    /// What it is, whatever it shows.
    is: &'r str,
}

impl Misfit<'_> {
    fn problem(&self, message: &str, of_types: bool, used: &Place, templates: &Templates) -> Problem {
        let place = templates.header.place(self.row, Some(self.column));
        let name = templates.header.columns.get(self.column);
        let name = in_template(name.map_or("", String::as_str), &templates.header);
        if is_empty(self.is) {
            let does = if of_types {
                "calculates with it"
            } else {
                "makes a date or a number of it"
            };
            return Problem::error(format!("this cell is empty, and {used} {does}"))
                .code("empty-cell")
                .at(place)
                .help(format!(
                    "fill it in; or ask first whether there is something: {{% if {name} %}} … {{% endif %}}"
                ));
        }
        if !of_types {
            return Problem::error(message)
                .code("template")
                .at(place)
                .help(format!("it is used in {used}"));
        }
        let problem = Problem::error(format!(
            "`{}` is no number, and {used} calculates with it",
            self.is
        ))
        .code("not-a-number")
        .at(place)
        .help("write digits and a point into the cell, such as 1234.50");
        if self.is.contains(|c: char| c.is_ascii_digit()) {
            problem.help(format!(
                "numbers such as 1.234,50 or 1,234.50 are read by a filter: ({name} | number(point=\",\"))"
            ))
        } else {
            problem
        }
    }
}
