//! What is wrong with a calendar file, and where.

use crate::campaign::Problem;
use crate::render::Templates;
use crate::table::Row;
use crate::words::{Said, say};

/// Where a line of a template stands: its name in the engine, and the octet in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::message) struct Mark {
    pub(super) name: String,
    pub(super) at: usize,
}

/// Something that no calendar program would understand, or that it would take for something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::message) struct Fault {
    pub(super) what: Said,
    help: Said,
    /// The line of the template.
    at: Option<Mark>,
    /// What was filled in there.
    value: Option<String>,
}

impl Fault {
    pub(super) fn new(what: Said, help: Said) -> Self {
        Self {
            what,
            help,
            at: None,
            value: None,
        }
    }

    /// The same, with the line at this place.
    pub(super) fn at(mut self, mark: Option<&Mark>) -> Self {
        self.at = self.at.or_else(|| mark.cloned());
        self
    }

    /// The same, because of this value.
    pub(super) fn of(mut self, value: Option<&str>) -> Self {
        self.value = self.value.or_else(|| value.map(str::to_owned));
        self
    }

    /// A problem of the row, at the cell that a value came from; else at the line of the template.
    pub(in crate::message) fn problem(self, templates: &Templates, row: &Row) -> Problem {
        let line = self.at.and_then(|mark| templates.line_at(&mark.name, mark.at));
        let value = self.value.filter(|value| !value.trim().is_empty());
        let (what, place) = match (line, value) {
            (Some(line), Some(value)) => (
                say!("message-at-line", what = self.what, line = line.to_string()),
                templates.place_of(None, row, &value),
            ),
            (Some(line), None) => (self.what, line),
            (None, _) => (self.what, templates.header().place(row, None)),
        };
        Problem::error(what).code("calendar").at(place).help(self.help)
    }
}

/// The beginning of a text, for words about it: control characters show, and nothing else is changed.
pub(in crate::message) fn shown(text: &str) -> String {
    let mut shown = String::new();
    for c in text.trim().chars().take(60) {
        if c.is_control() {
            shown.extend(c.escape_debug());
        } else {
            shown.push(c);
        }
    }
    shown
}
