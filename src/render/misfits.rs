//! Cells that do not fit what a template does with them: a word where it calculates.
//!
//! The engine only says which types the two values have. The calls that [`numbers`](super::numbers)
//! wrote into the template show whose cell it was.

use tera::{Error, ErrorKind};

use crate::campaign::{Place, Problem};
use crate::storage::composed;
use crate::table::Row;
use crate::table::cell::{Number, bare, is_empty};
use crate::words::{Arg, Said, say};

use super::engine_errors::{is_of_types, names_value, said};
use super::names::{Written, in_template, unknown_name};
use super::numbers::calls;
use super::templates::{Entry, TemplateId, Templates};
use super::values::{self, Culprit, Failure};

impl Templates {
    /// What is wrong with a cell of this row, where that is why a template could not be rendered.
    pub(super) fn misfit(&self, error: &Error, row: &Row) -> Option<Problem> {
        let ErrorKind::RenderingError(report) = error.kind() else {
            return None;
        };
        let source = self.sources.get(report.filename())?;
        let (message, span) = (report.message(), &report.span().range);
        if let Some(failure) = values::take_failure() {
            return Some(self.failed(failure, row, &source.at(span.clone())));
        }
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
                Problem::error(say!("render-types-do-not-fit", own = message))
                    .code("template")
                    .at(place)
                    .help(say!("render-filter-brackets-hint"))
            });
        };
        Some(misfit.problem(message, of_types, &place, self))
    }

    /// The sentence about a value that `used` cannot use.
    fn failed(&self, failure: Failure, row: &Row, used: &Place) -> Problem {
        let at = |what: Said| Problem::error(what).code("template").at(used.clone());
        let named = |column: &str| in_template(column, &self.header).into_owned();
        match failure {
            Failure::Empty(culprit) | Failure::NoNumber(culprit) => match self.cell_of(&culprit, row) {
                Some(cell) => cell.problem("", true, used, self),
                None if culprit.text.is_empty() => {
                    let name = culprit.column.as_deref().map_or_else(|| "it".to_owned(), named);
                    at(say!("render-value-empty")).help(say!("render-ask-first-hint", name = name))
                }
                None => at(say!("render-calculates-with-text", text = culprit.text))
                    .help(say!("render-number-or-join-hint")),
            },
            Failure::NoDate(culprit) => match self.cell_of(&culprit, row) {
                Some(cell) => Problem::error(say!(
                    "render-unsure-date-in-cell",
                    text = culprit.text,
                    place = used.to_string()
                ))
                .code("not-a-date")
                .at(self.header.place(cell.row, Some(cell.column))),
                None => at(say!("render-unsure-date", text = culprit.text)),
            }
            .help(say!("render-unsure-date-hint")),
            Failure::Zero(culprit) => {
                let name = culprit.column.as_deref().map_or_else(|| "n".to_owned(), named);
                let cell = culprit.column.as_ref().and_then(|_| self.cell_of(&culprit, row));
                match cell {
                    Some(cell) => Problem::error(say!("render-cell-is-zero", place = used.to_string()))
                        .code("division-by-zero")
                        .at(self.header.place(cell.row, Some(cell.column))),
                    None => at(say!("render-divides-by-zero")),
                }
                .help(say!("render-ask-for-zero-hint", name = name))
            }
            Failure::Unknown(name) => unknown_name(&name, used.clone(), &self.header, Written::InTemplate),
            Failure::Unsure {
                column,
                answer,
                other,
            } => {
                let name = named(&column);
                let what = say!(
                    "render-unsure-yes-or-no",
                    column = column,
                    answer = &answer.text,
                    answer_row = Arg::plain(answer.row),
                    other = other.text,
                    other_row = Arg::plain(other.row),
                );
                Problem::error(what)
                    .code("yes-or-no")
                    .at(used.clone())
                    .help(say!(
                        "render-unsure-yes-or-no-hint",
                        name = name,
                        answer = answer.text.replace(['\'', '\\'], "")
                    ))
                    .help(say!("render-only-answers-hint"))
            }
            Failure::Other { what, help } => at(what).help(help),
        }
    }

    /// The cell of this message that a value is.
    fn cell_of<'r>(&self, culprit: &Culprit, row: &'r Row) -> Option<Misfit<'r>> {
        let named = culprit
            .column
            .as_deref()
            .and_then(|name| self.header.position(name));
        let columns = match named {
            Some(column) => column..column + 1,
            None if culprit.text.is_empty() => return None,
            None => 0..self.header.columns.len(),
        };
        let cells = row
            .members()
            .flat_map(|row| columns.clone().map(move |column| (row, column)));
        let found = cells.map(|(row, column)| Misfit {
            row,
            column,
            is: row.value(column),
        });
        let mut found = found.filter(|cell| composed(bare(cell.is)) == culprit.text);
        found.next()
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

    /// The cells of a column that are not numbers: of the message, or of a single row.
    fn no_numbers<'r>(&self, column: &str, of: &str, row: &'r Row) -> Vec<Misfit<'r>> {
        let Some(column) = self.header.position(column) else {
            return Vec::new();
        };
        let among = if of.is_empty() { 1 } else { usize::MAX };
        let cells = row.members().take(among).filter_map(|row| {
            let is = row.value(column);
            Number::of(is).is_none().then_some(Misfit { row, column, is })
        });
        cells.collect()
    }
}

/// A cell that is not a number.
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
            let what = if of_types {
                say!("render-empty-cell-calculated", place = used.to_string())
            } else {
                say!("render-empty-cell-converted", place = used.to_string())
            };
            return Problem::error(what)
                .code("empty-cell")
                .at(place)
                .help(say!("render-empty-cell-hint", name = &*name));
        }
        if !of_types {
            return Problem::error(said(message))
                .code("template")
                .at(place)
                .help(say!("render-used-in-hint", place = used.to_string()));
        }
        let problem = Problem::error(say!(
            "render-cell-not-a-number",
            text = self.is,
            place = used.to_string()
        ))
        .code("not-a-number")
        .at(place)
        .help(say!("render-cell-not-a-number-hint"));
        if self.is.contains(|c: char| c.is_ascii_digit()) {
            problem.help(say!("render-number-filter-hint", name = &*name))
        } else {
            problem
        }
    }
}
