//! A template as the engine compiles it, and where its user wrote what stands in it.

use std::ops::Range;

use crate::campaign::Place;

use crate::render::spelling::Changes;

/// A template's text with what was inserted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::render) struct Rewritten {
    pub(in crate::render) text: String,
    /// Where something was inserted, in `text`, and how much.
    pub(super) inserted: Vec<Range<usize>>,
}

impl Rewritten {
    /// What stands here was written where, in the user's own text.
    pub(in crate::render) fn original(&self, at: usize) -> usize {
        let before = self.inserted.iter().take_while(|range| range.start < at);
        at - before.map(|range| range.end.min(at) - range.start).sum::<usize>()
    }

    /// The same text between two others that the user did not write.
    pub(in crate::render) fn between(self, before: &str, after: &str) -> Self {
        let shift = before.len();
        let moved = self
            .inserted
            .into_iter()
            .map(|range| range.start + shift..range.end + shift);
        let end = shift + self.text.len();
        let around = [0..shift, end..end + after.len()];
        let mut inserted: Vec<_> = moved.chain(around).collect();
        inserted.sort_by_key(|range| range.start);
        Self {
            text: format!("{before}{}{after}", self.text),
            inserted,
        }
    }

    /// The same with `words` inserted at these places, which stand in their order.
    pub(in crate::render) fn with(self, places: &[usize], words: &str) -> Self {
        let before = |at: usize| places.iter().take_while(|place| **place <= at).count() * words.len();
        let moved = self
            .inserted
            .iter()
            .map(|range| range.start + before(range.start)..range.end + before(range.start));
        let mut inserted: Vec<_> = moved.collect();
        let mut text = String::with_capacity(self.text.len() + places.len() * words.len());
        let mut done = 0;
        for place in places {
            text.push_str(self.text.get(done..*place).unwrap_or_default());
            inserted.push(text.len()..text.len() + words.len());
            text.push_str(words);
            done = *place;
        }
        text.push_str(self.text.get(done..).unwrap_or_default());
        inserted.sort_by_key(|range| range.start);
        Self { text, inserted }
    }

    /// The tag that is open here, up to its end.
    pub(in crate::render) fn tag_around(&self, at: usize) -> &str {
        let (before, after) = self.text.split_at_checked(at).unwrap_or((&self.text, ""));
        let start = before.rfind("{{").max(before.rfind("{%")).unwrap_or(0);
        let end = ["}}", "%}"].iter().filter_map(|close| after.find(close)).min();
        let end = end.map_or(self.text.len(), |end| at + end);
        self.text.get(start..end).unwrap_or_default()
    }

    /// Whether a cell is taken for a number somewhere.
    pub(in crate::render) fn calculates(&self) -> bool {
        self.text.contains(CALL)
    }
}

/// A template as it was written, and as it was compiled.
pub(in crate::render) struct Source {
    pub(in crate::render) place: Place,
    pub(in crate::render) compiled: Rewritten,
    /// Where it is spelled in another way than its user wrote it.
    pub(in crate::render) spelling: Changes,
}

impl Source {
    /// Where something stands that the engine found in the compiled text. Where the user's text
    /// could not be found letter for letter (escapes in TOML), its whole value is pointed at.
    pub(in crate::render) fn at(&self, span: Range<usize>) -> Place {
        let spelled = self.compiled.original(span.start)..self.compiled.original(span.end);
        let written = self.spelling.original(&spelled);
        let start = self.place.span.start;
        if start + written.end > self.place.span.end {
            return self.place.clone();
        }
        self.place.at(start + written.start..start + written.end)
    }
}

/// The variable that holds what the cells of a row are.
pub(in crate::render) const CELLS: &str = "_cells";

/// The filter that makes a number of a cell, and the one that makes yes or no of it.
pub(in crate::render) const PLAIN: &str = "_plain";
pub(in crate::render) const TRUTH: &str = "_truth";

pub(super) const CALL: &str = " | _plain(column=";

/// The columns that a text takes for numbers, and what it takes each from.
pub(in crate::render) fn calls(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split(CALL).skip(1).filter_map(|call| {
        let quote = call.chars().next()?;
        let (column, of) = call.strip_prefix(quote)?.split_once(quote)?;
        Some((column, of.strip_prefix(", of=")?.split_once("))")?.0))
    })
}
