//! A template as the engine compiles it, and where the user wrote each part of it.

use std::ops::Range;

use crate::campaign::Place;

use crate::render::spelling::Changes;

/// Something in a rewritten text that its user did not write, and how much of the user's own text
/// it stands for: nothing, where it was inserted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) at: Range<usize>,
    pub(super) of: usize,
}

/// A template's text with what was inserted and replaced.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::render) struct Rewritten {
    pub(in crate::render) text: String,
    /// What the user did not write, in the order of `text`.
    pub(super) edits: Vec<Edit>,
    /// What it asks of cells.
    pub(in crate::render) asks: Asks,
}

/// What a template asks of cells besides their text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::render) struct Asks {
    /// It calculates with them or compares them.
    pub(in crate::render) values: bool,
    /// It asks something of values whose cells are not written beside it: of `x` behind `set x = …`.
    pub(in crate::render) origins: bool,
    /// The columns that it asks for yes or no.
    pub(in crate::render) truths: Vec<String>,
}

impl Asks {
    /// Adds what another template asks.
    pub(in crate::render) fn add(&mut self, other: &Self) {
        self.values |= other.values;
        self.origins |= other.origins;
        self.truths.extend(other.truths.iter().cloned());
    }
}

impl Rewritten {
    /// Where the text at this place was written, in the user's own text.
    pub(in crate::render) fn original(&self, at: usize) -> usize {
        let (mut added, mut taken) = (0, 0);
        for edit in self.edits.iter().take_while(|edit| edit.at.start < at) {
            if at < edit.at.end {
                let into = (at - edit.at.start).min(edit.of);
                return edit.at.start - added + taken + into;
            }
            added += edit.at.len();
            taken += edit.of;
        }
        at - added + taken
    }

    /// The same text between two others that the user did not write.
    pub(in crate::render) fn between(self, before: &str, after: &str) -> Self {
        let shift = before.len();
        let end = shift + self.text.len();
        let around = |at| Edit { at, of: 0 };
        let moved = self.edits.into_iter().map(|edit| Edit {
            at: edit.at.start + shift..edit.at.end + shift,
            of: edit.of,
        });
        let mut edits = vec![around(0..shift)];
        edits.extend(moved);
        edits.push(around(end..end + after.len()));
        Self {
            text: format!("{before}{}{after}", self.text),
            edits,
            asks: self.asks,
        }
    }

    /// The same with `words` inserted at these places, which are in order.
    pub(in crate::render) fn with(self, places: &[usize], words: &str) -> Self {
        let before = |at: usize| places.iter().take_while(|place| **place <= at).count() * words.len();
        let moved = self.edits.iter().map(|edit| {
            let by = before(edit.at.start);
            Edit {
                at: edit.at.start + by..edit.at.end + by,
                of: edit.of,
            }
        });
        let mut edits: Vec<_> = moved.collect();
        let mut text = String::with_capacity(self.text.len() + places.len() * words.len());
        let mut done = 0;
        for place in places {
            text.push_str(self.text.get(done..*place).unwrap_or_default());
            edits.push(Edit {
                at: text.len()..text.len() + words.len(),
                of: 0,
            });
            text.push_str(words);
            done = *place;
        }
        text.push_str(self.text.get(done..).unwrap_or_default());
        edits.sort_by_key(|edit| edit.at.start);
        Self {
            text,
            edits,
            asks: self.asks,
        }
    }

    /// The tag that is open here, up to its end.
    pub(in crate::render) fn tag_around(&self, at: usize) -> &str {
        let (before, after) = self.text.split_at_checked(at).unwrap_or((&self.text, ""));
        let start = before.rfind("{{").max(before.rfind("{%")).unwrap_or(0);
        let end = ["}}", "%}"].iter().filter_map(|close| after.find(close)).min();
        let end = end.map_or(self.text.len(), |end| at + end);
        self.text.get(start..end).unwrap_or_default()
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

/// The variable that holds what the cells of a row are, where they show something else.
pub(in crate::render) const CELLS: &str = "_cells";

/// The filter that makes of a cell what it is, and the one that makes yes or no of it.
pub(in crate::render) const PLAIN: &str = "_plain";
pub(in crate::render) const TRUTH: &str = "_truth";

/// The functions that compare and that calculate.
pub(in crate::render) const COMPARE: &str = "_compare";
pub(in crate::render) const CALCULATE: &str = "_calculate";

/// The columns that a text takes for what they are, and what it takes each from.
pub(in crate::render) fn calls(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split(" | _plain(column=").skip(1).filter_map(|call| {
        let quote = call.chars().next()?;
        let (column, rest) = call.strip_prefix(quote)?.split_once(quote)?;
        let of = rest.strip_prefix(", of=").and_then(|of| of.split_once(')'));
        Some((column, of.map_or("", |(of, _)| of)))
    })
}
