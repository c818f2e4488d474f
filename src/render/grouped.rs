//! Messages of several rows: which columns have a single value in them.

use std::collections::BTreeMap;

use tera::{Context, Value};

use crate::campaign::{Place, Problem, Problems};
use crate::storage::composed;
use crate::table::Row;
use crate::words::say;

use super::filters::HIDDEN;
use super::names::{ROWS, in_template};
use super::templates::Templates;
use super::whole_rows::mark;

impl Templates {
    /// Whether the rows of a message differ in a column that the template names by itself.
    pub(super) fn differs(&self, template: &str, row: &Row) -> bool {
        !row.others.is_empty() && self.columns_that_differ(template, row).next().is_some()
    }

    fn columns_that_differ<'t>(&'t self, template: &str, row: &'t Row) -> impl Iterator<Item = &'t String> {
        let named = self.named.get(template).into_iter().flatten();
        named
            .filter(|column| row.shared(**column).is_none())
            .filter_map(|column| self.header.columns.get(*column))
    }

    /// The sentence about the columns in which they differ.
    pub(super) fn differing(&self, template: &str, row: &Row) -> Problems {
        let source = self.sources.get(template).map(|source| &source.place);
        let problems = self.columns_that_differ(template, row).map(|name| {
            let written = in_template(name, &self.header);
            let each = match written.strip_prefix("row") {
                Some(part) if part.starts_with('[') => format!("r{part}"),
                _ => format!("r.{written}"),
            };
            let what = say!("render-rows-differ", column = name);
            let place = source.map_or_else(|| Place::whole(template), |source| first(source, name));
            Problem::error(what)
                .code("group-differs")
                .at(place)
                .help(say!("render-rows-differ-loop-hint", column = each))
                .help(say!("render-rows-differ-group-hint"))
        });
        Problems(problems.collect())
    }

    /// The rows of the message, each by itself.
    pub(super) fn insert_rows(&self, context: &mut Context, row: &Row) {
        let of = |row: &Row| -> Value {
            let mut cells: BTreeMap<&str, Value> = BTreeMap::new();
            for (column, cell) in self.header.columns.iter().zip(&row.fields) {
                cells.insert(column, Value::from(&*composed(cell)));
            }
            let mut hidden = BTreeMap::from([(HIDDEN, mark())]);
            if self.asks.values {
                let plain = row.plain.iter();
                let plain = plain.filter_map(|(at, plain)| Some((self.header.columns.get(*at)?, plain)));
                hidden.extend(plain.map(|(column, plain)| (column.as_str(), Value::from(plain.as_str()))));
            }
            cells.insert(HIDDEN, Value::from_serializable(&hidden));
            Value::from_serializable(&cells)
        };
        let rows: Vec<_> = row.members().map(of).collect();
        context.insert(ROWS, &rows);
    }
}

/// Where a template names a column first; all of the template where it is not found.
fn first(source: &Place, name: &str) -> Place {
    named_at(source, name, |before| {
        let open = before.rfind("{{").max(before.rfind("{%"));
        open > before.rfind("}}").max(before.rfind("%}"))
    })
}

/// Where a text names a column first, behind something that makes it code; all of the text where
/// it is not found.
pub fn named_at(source: &Place, name: &str, is_code: impl Fn(&str) -> bool) -> Place {
    let text = source.text.get(source.span.clone()).unwrap_or_default();
    let in_name = |c: char| c.is_alphanumeric() || c == '_';
    let found = text.match_indices(name).map(|(at, _)| at).find(|at| {
        let before = text.get(..*at).unwrap_or_default();
        let after = text.get(at + name.len()..).unwrap_or_default();
        !before.ends_with(|c| in_name(c) || c == '.') && !after.starts_with(in_name) && is_code(before)
    });
    let start = source.span.start;
    found.map_or_else(
        || source.clone(),
        |at| source.at(start + at..start + at + name.len()),
    )
}
