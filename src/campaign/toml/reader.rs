//! The campaign file as a document of places.
//!
//! `serde` would stop at the first thing it dislikes; a user wants the list.
//! So the parsed TOML keeps its spans, every table is asked for the keys it
//! may have, and what nobody asked for is an unknown key with the nearest
//! known one suggested. What is asked here is the whole vocabulary of the
//! file: there is no second list of keys to keep in step.

use std::cell::RefCell;
use std::ops::{Range, RangeInclusive};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::campaign::values::{Place, Problem, Text, nearest};

use super::masking;

/// A document being read, and what was found wrong in it.
pub(super) struct Document {
    path: Arc<str>,
    text: Arc<str>,
    problems: RefCell<Vec<Problem>>,
}

impl Document {
    pub(super) fn new(path: &str, text: &str) -> Self {
        Self {
            path: Arc::from(path),
            text: Arc::from(masking::masked(text)),
            problems: RefCell::default(),
        }
    }

    pub(super) fn place(&self, span: Range<usize>) -> Place {
        Place::in_file(Arc::clone(&self.path), Arc::clone(&self.text), span)
    }

    pub(super) fn problem(&self, span: Range<usize>, what: impl Into<String>) -> ProblemHere<'_> {
        ProblemHere(self, Some(Problem::error(what).at(self.place(span))))
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems.into_inner()
    }

    /// A string value with the place of its text: inside the quotes where no
    /// escape makes the two differ, so that a template's error points into it.
    pub(super) fn text_of(&self, value: &str, span: Range<usize>) -> Text {
        let inner = self
            .text
            .get(span.clone())
            .and_then(|raw| raw.find(value))
            .filter(|_| !value.is_empty())
            .map(|at| span.start + at..span.start + at + value.len());
        Text {
            value: value.to_owned(),
            place: self.place(inner.unwrap_or(span)),
        }
    }
}

/// A problem that is recorded when its last hint was given.
pub(super) struct ProblemHere<'d>(&'d Document, Option<Problem>);

impl ProblemHere<'_> {
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.1 = self.1.take().map(|p| p.help(help));
        self
    }
}

impl Drop for ProblemHere<'_> {
    fn drop(&mut self) {
        self.0.problems.borrow_mut().extend(self.1.take());
    }
}

/// One table of the document.
pub(super) struct Section<'d> {
    pub(super) document: &'d Document,
    name: String,
    table: &'d DeTable<'d>,
    /// Where the table stands, for what is missing in it.
    span: Range<usize>,
    asked: RefCell<Vec<&'static str>>,
}

impl<'d> Section<'d> {
    pub(super) fn root(document: &'d Document, table: &'d Spanned<DeTable<'d>>) -> Self {
        Self {
            document,
            name: String::new(),
            table: table.get_ref(),
            span: 0..0,
            asked: RefCell::default(),
        }
    }

    /// The place of the table's own header.
    pub(super) fn place(&self) -> Place {
        self.document.place(self.span.clone())
    }

    fn named(&self, key: &str) -> String {
        if self.name.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.name)
        }
    }

    /// Whether the key is there, right or wrong.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    pub(super) fn value(&self, key: &'static str) -> Option<&'d Spanned<DeValue<'d>>> {
        self.asked.borrow_mut().push(key);
        self.table.get(key)
    }

    /// The value under `key` when `read` likes it; else a problem saying what
    /// was wanted.
    pub(super) fn wanted<T>(
        &self,
        key: &'static str,
        wanted: &str,
        read: impl FnOnce(&'d DeValue<'d>, Range<usize>) -> Option<T>,
    ) -> Option<T> {
        let value = self.value(key)?;
        let got = read(value.get_ref(), value.span());
        if got.is_none() {
            let what = format!(
                "`{}` must be {wanted}, not {}",
                self.named(key),
                a(value.get_ref())
            );
            drop(self.document.problem(value.span(), what));
        }
        got
    }

    pub(super) fn text(&self, key: &'static str) -> Option<Text> {
        self.wanted(key, "text in quotes", |v, span| {
            v.as_str().map(|s| self.document.text_of(s, span))
        })
    }

    pub(super) fn flag(&self, key: &'static str) -> Option<bool> {
        self.wanted(key, "true or false", |v, _| v.as_bool())
    }

    /// A text, or a list of texts.
    pub(super) fn texts(&self, key: &'static str) -> Vec<Text> {
        self.wanted(key, "text in quotes, or a list of them", |v, span| {
            match v.as_array() {
                Some(list) => list
                    .iter()
                    .map(|item| {
                        item.get_ref()
                            .as_str()
                            .map(|s| self.document.text_of(s, item.span()))
                    })
                    .collect(),
                None => v.as_str().map(|s| vec![self.document.text_of(s, span)]),
            }
        })
        .unwrap_or_default()
    }

    pub(super) fn number(&self, key: &'static str, range: RangeInclusive<u64>) -> Option<u64> {
        let wanted = format!("a whole number from {} to {}", range.start(), range.end());
        self.wanted(key, &wanted, |v, _| {
            let integer = v.as_integer()?;
            u64::from_str_radix(&integer.as_str().replace('_', ""), integer.radix())
                .ok()
                .filter(|n| range.contains(n))
        })
    }

    /// A length of time such as `30s`, `5m`, `1h 30m`.
    pub(super) fn duration(&self, key: &'static str) -> Option<Duration> {
        self.wanted(
            key,
            "a length of time such as \"30s\", \"5m\" or \"1h\"",
            |v, _| {
                let text = v.as_str()?.replace("min", "m");
                let duration: SignedDuration = text.parse().ok()?;
                Duration::try_from(duration).ok().filter(|d| !d.is_zero())
            },
        )
    }

    pub(super) fn parsed<T: FromStr<Err = String>>(&self, key: &'static str) -> Option<T> {
        let text = self.text(key)?;
        self.parse(&text)
    }

    pub(super) fn parse<T: FromStr<Err = String>>(&self, text: &Text) -> Option<T> {
        match text.value.parse() {
            Ok(value) => Some(value),
            Err(why) => {
                let (what, help) = split_help(&why);
                let here = self.document.problem(text.place.span.clone(), what);
                drop(help.map(|h| here.help(h)));
                None
            }
        }
    }

    pub(super) fn section(&self, key: &'static str) -> Option<Section<'d>> {
        let value = self.value(key)?;
        self.open(key, value)
    }

    pub(super) fn open(&self, key: &str, value: &'d Spanned<DeValue<'d>>) -> Option<Section<'d>> {
        match value.get_ref().as_table() {
            Some(table) => Some(Section {
                document: self.document,
                name: self.named(key),
                table,
                span: value.span(),
                asked: RefCell::default(),
            }),
            None => {
                let what = format!(
                    "`{}` must be a table, not {}",
                    self.named(key),
                    a(value.get_ref())
                );
                self.document.problem(value.span(), what).help(format!(
                    "write [{}] and its keys on the lines below",
                    self.named(key)
                ));
                None
            }
        }
    }

    /// Every entry, for tables whose keys are the user's own.
    pub(super) fn entries(
        &self,
    ) -> impl Iterator<Item = (&'d str, Range<usize>, &'d Spanned<DeValue<'d>>)> + use<'d> {
        let mut entries: Vec<_> = self.table.iter().collect();
        // A TOML table keeps no order of its own; the file's is what the user sees.
        entries.sort_by_key(|(k, _)| k.span().start);
        entries
            .into_iter()
            .map(|(k, v)| (k.get_ref().as_ref(), k.span(), v))
    }

    /// A text of an entry found by [`entries`](Self::entries).
    pub(super) fn entry_text(&self, key: &str, value: &'d Spanned<DeValue<'d>>) -> Option<Text> {
        let text = value
            .get_ref()
            .as_str()
            .map(|s| self.document.text_of(s, value.span()));
        if text.is_none() {
            let what = format!(
                "`{}` must be text in quotes, not {}",
                self.named(key),
                a(value.get_ref())
            );
            drop(self.document.problem(value.span(), what));
        }
        text
    }

    /// What nobody asked for is unknown.
    pub(super) fn finish(&self) {
        let asked = self.asked.borrow();
        for (key, span, _) in self.entries() {
            if asked.contains(&key) {
                continue;
            }
            let here = self
                .document
                .problem(span, format!("unknown key `{}`", self.named(key)));
            match nearest(key, asked.iter().copied()) {
                Some(known) => drop(here.help(format!("did you mean `{known}`?"))),
                None => drop(here.help(format!("the keys here are: {}", asked.join(", ")))),
            }
        }
    }
}

/// An error text of the form "what is wrong; what to do".
fn split_help(why: &str) -> (&str, Option<&str>) {
    match why.split_once("; ") {
        Some((what, help)) => (what, Some(help)),
        None => (why, None),
    }
}

fn a(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "this text",
        DeValue::Integer(_) => "this number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "this list",
        DeValue::Table(_) => "a table",
    }
}
