//! The context in which an expression is translated: what its names mean, and the arguments of a
//! call.

use std::collections::{BTreeSet, HashMap};

use minijinja::value::Value;

use crate::words::Said;

use super::written::{Kind, Refusal, Written};

/// What names mean in the current template.
#[derive(Debug, Default)]
pub(super) struct Scope {
    /// The database's columns.
    pub(super) columns: Vec<String>,
    /// What `for` and `set` named, and what it holds.
    pub(super) locals: HashMap<String, Kind>,
    /// The columns that were named.
    pub(super) named: BTreeSet<String>,
    /// Values are escaped where they are filled in (HTML, Markdown).
    pub(super) escapes: bool,
    /// The template is in the campaign file, in double quotes.
    pub(super) in_file: bool,
    /// What is translated and yet worth a word.
    pub(super) doubts: Vec<Refusal>,
}

impl Scope {
    /// A text in quotes.
    pub(super) fn literal(&self, text: &str) -> String {
        let quote = if self.in_file { '\'' } else { '"' };
        let mut out = String::from(quote);
        for c in text.chars() {
            match c {
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                c if c == quote => out.extend(['\\', c]),
                c => out.push(c),
            }
        }
        out.push(quote);
        out
    }

    pub(super) fn doubt(&mut self, what: Said, help: Said) {
        self.doubts.push(Refusal::new(what, help));
    }
}

/// What a filter, a test or a function is given, with what is the same always.
#[derive(Debug, Default)]
pub(super) struct Arguments {
    pub(super) by_place: Vec<(Written, Option<Value>)>,
    pub(super) by_name: Vec<(String, Written, Option<Value>)>,
}

impl Arguments {
    pub(super) fn is_empty(&self) -> bool {
        self.by_place.is_empty() && self.by_name.is_empty()
    }
}
