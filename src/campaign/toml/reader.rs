//! The campaign file as a document with places.
//!
//! `serde` would stop at the first error; a user wants all of them. So the parsed TOML keeps its
//! spans, every table is asked for the keys that it may have, and a key that was not asked for is
//! unknown: the nearest known key is suggested. The keys that are asked for here are the whole
//! vocabulary of the file: no second list has to be kept up to date.

use std::cell::RefCell;
use std::ops::{Range, RangeInclusive};
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::campaign::draft::{File, TableDraft};
use crate::campaign::values::{Place, Problem, Text, Wrong, hidden, nearest};

use super::masking;
use super::wanted::Wanted;
use crate::words::{Arg, Said, say};

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

    /// The text as it may be shown.
    pub(super) fn shown(&self) -> &str {
        &self.text
    }

    pub(super) fn place(&self, span: Range<usize>) -> Place {
        Place::in_file(Arc::clone(&self.path), Arc::clone(&self.text), span)
    }

    pub(super) fn problem(&self, span: Range<usize>, problem: Problem) {
        self.problems.borrow_mut().push(problem.at(self.place(span)));
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

/// One table of the document.
pub(super) struct Section<'d> {
    pub(super) document: &'d Document,
    /// What a reader calls it: `message.attach`.
    name: String,
    /// Its key, exactly: `message.attach[2]`.
    key: String,
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
            key: String::new(),
            table: table.get_ref(),
            span: 0..0,
            asked: RefCell::default(),
        }
    }

    /// Where the table itself stands.
    pub(super) fn itself(&self) -> TableDraft {
        TableDraft {
            key: self.key.clone(),
            place: self.document.place(self.span.clone()),
        }
    }

    /// A problem with the value of a key.
    pub(super) fn problem(&self, key: &str, span: Range<usize>, problem: Problem) {
        self.document.problem(span, problem.about(below(&self.key, key)));
    }

    fn named(&self, key: &str) -> String {
        below(&self.name, key)
    }

    fn must_be(&self, key: &str, wanted: Wanted, value: &Spanned<DeValue<'_>>) -> Problem {
        Problem::of_campaign(wanted.not_given(&hidden::urls(&self.named(key)), value.get_ref()))
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
        wanted: Wanted,
        read: impl FnOnce(&'d DeValue<'d>, Range<usize>) -> Option<T>,
    ) -> Option<T> {
        let value = self.value(key)?;
        let got = read(value.get_ref(), value.span());
        if got.is_none() {
            self.problem(key, value.span(), self.must_be(key, wanted, value));
        }
        got
    }

    pub(super) fn text(&self, key: &'static str) -> Option<Text> {
        self.wanted(key, Wanted::Text, |v, span| {
            v.as_str().map(|s| self.document.text_of(s, span))
        })
    }

    pub(super) fn flag(&self, key: &'static str) -> Option<bool> {
        self.wanted(key, Wanted::Flag, |v, _| v.as_bool())
    }

    /// A text, or a list of texts.
    pub(super) fn texts(&self, key: &'static str) -> Option<Vec<Text>> {
        self.wanted(key, Wanted::Texts, |v, span| match v.as_array() {
            Some(list) => list
                .iter()
                .map(|item| {
                    item.get_ref()
                        .as_str()
                        .map(|s| self.document.text_of(s, item.span()))
                })
                .collect(),
            None => v.as_str().map(|s| vec![self.document.text_of(s, span)]),
        })
    }

    /// One of several words.
    pub(super) fn choice<T: Copy>(&self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        let found = choices.iter().find(|(name, _)| *name == text.value);
        if found.is_none() {
            let names = choices.iter().map(|(name, _)| format!("\"{name}\""));
            let what = say!(
                "campaign-file-must-be-one-of",
                key = key,
                choices = Arg::or(names)
            );
            let problem = Problem::of_campaign(what);
            self.problem(key, text.place.span, problem);
        }
        found.map(|(_, choice)| *choice)
    }

    /// A path that starts from `folder`.
    pub(super) fn file(&self, key: &'static str, folder: &Path) -> Option<File> {
        self.text(key).map(|text| File::below(folder, text))
    }

    pub(super) fn number(&self, key: &'static str, range: RangeInclusive<u64>) -> Option<u64> {
        let wanted = Wanted::Number(*range.start(), *range.end());
        self.wanted(key, wanted, |v, _| {
            let integer = v.as_integer()?;
            u64::from_str_radix(&integer.as_str().replace('_', ""), integer.radix())
                .ok()
                .filter(|n| range.contains(n))
        })
    }

    /// A length of time such as `30s`, `5m`, `1h 30m`.
    pub(super) fn duration(&self, key: &'static str) -> Option<Duration> {
        self.wanted(key, Wanted::Duration, |v, _| {
            let text = v.as_str()?.replace("min", "m");
            let duration: SignedDuration = text.parse().ok()?;
            Duration::try_from(duration).ok().filter(|d| !d.is_zero())
        })
    }

    pub(super) fn parsed<T: FromStr<Err = Wrong>>(&self, key: &'static str) -> Option<T> {
        let text = self.text(key)?;
        self.parse(key, &text)
    }

    pub(super) fn parse<T: FromStr<Err = Wrong>>(&self, key: &str, text: &Text) -> Option<T> {
        match text.value.parse() {
            Ok(value) => Some(value),
            Err(why) => {
                let problem = Problem::of_wrong(below(&self.key, key), &text.place, why);
                self.document.problems.borrow_mut().push(problem);
                None
            }
        }
    }

    pub(super) fn section(&self, key: &'static str) -> Option<Section<'d>> {
        let value = self.value(key)?;
        self.open(key, value)
    }

    pub(super) fn open(&self, key: &str, value: &'d Spanned<DeValue<'d>>) -> Option<Section<'d>> {
        let Some(table) = value.get_ref().as_table() else {
            let help = say!("campaign-file-table-hint", table = hidden::urls(&self.named(key)));
            let problem = self.must_be(key, Wanted::Table, value).help(help);
            self.problem(key, value.span(), problem);
            return None;
        };
        Some(Section {
            document: self.document,
            name: self.named(key),
            key: below(&self.key, key),
            table,
            span: value.span(),
            asked: RefCell::default(),
        })
    }

    /// The table at this place of a list.
    pub(super) fn open_item(&self, item: &Item<'d>) -> Option<Section<'d>> {
        let section = self.open(item.key, item.value)?;
        Some(Section {
            key: match item.at {
                Some(at) => format!("{}[{at}]", section.key),
                None => section.key.clone(),
            },
            ..section
        })
    }

    /// The values of a key that takes one value or a list of them.
    pub(super) fn items(&self, key: &'static str) -> Option<Vec<Item<'d>>> {
        let value = self.value(key)?;
        Some(match value.get_ref().as_array() {
            Some(list) => list
                .iter()
                .enumerate()
                .map(|(at, value)| Item {
                    key,
                    at: Some(at),
                    value,
                })
                .collect(),
            None => vec![Item { key, at: None, value }],
        })
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
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.problem(key, value.span(), self.must_be(key, Wanted::Text, value));
        }
        text.map(|text| self.document.text_of(text, value.span()))
    }

    /// The key of such an entry, where the user chooses it.
    pub(super) fn key_text(&self, key: &str, span: Range<usize>) -> Text {
        Text {
            value: key.to_owned(),
            place: self.document.place(span),
        }
    }

    /// What nobody asked for is unknown.
    pub(super) fn finish(&self) {
        self.finish_with(|_| None);
    }

    /// The same; `hint` knows what some keys are about.
    pub(super) fn finish_with(&self, hint: impl Fn(&str) -> Option<Said>) {
        let asked = self.asked.borrow();
        for (key, span, _) in self.entries() {
            if asked.contains(&key) {
                continue;
            }
            let help = hint(key).unwrap_or_else(|| match nearest(key, asked.iter().copied()) {
                Some(known) => say!("campaign-did-you-mean", near = known),
                None => say!(
                    "campaign-file-keys-here",
                    keys = Arg::commas(asked.iter().copied())
                ),
            });
            let what = say!("campaign-file-unknown-key", key = hidden::urls(&self.named(key)));
            let problem = Problem::of_campaign(what);
            self.problem(key, span, problem.help(help));
        }
    }
}

/// One value of a list, or the only one.
pub(super) struct Item<'d> {
    pub(super) key: &'d str,
    /// Its place in the list.
    pub(super) at: Option<usize>,
    pub(super) value: &'d Spanned<DeValue<'d>>,
}

/// The key of a table's key.
fn below(table: &str, key: &str) -> String {
    if table.is_empty() {
        key.to_owned()
    } else {
        format!("{table}.{key}")
    }
}
