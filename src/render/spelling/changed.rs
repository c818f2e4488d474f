//! A rewritten text, and the original place of each piece.

use std::ops::Range;

/// What was written in another way: octets of the new text, and of the old one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    new: Range<usize>,
    old: Range<usize>,
}

/// Where a new text differs from the old one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes(Vec<Change>);

impl Changes {
    /// Where this piece of the new text was in the old one.
    pub fn original(&self, span: &Range<usize>) -> Range<usize> {
        let start = self.start(span.start);
        start..self.end(span.end).max(start)
    }

    fn start(&self, at: usize) -> usize {
        let before = self.0.partition_point(|change| change.new.start <= at);
        match before.checked_sub(1).and_then(|last| self.0.get(last)) {
            Some(change) if at < change.new.end => change.old.start,
            Some(change) => change.old.end + (at - change.new.end),
            None => at,
        }
    }

    fn end(&self, at: usize) -> usize {
        let before = self.0.partition_point(|change| change.new.start < at);
        match before.checked_sub(1).and_then(|last| self.0.get(last)) {
            Some(change) if at < change.new.end => change.old.end,
            Some(change) => change.old.end + (at - change.new.end),
            None => at,
        }
    }
}

/// Something in a tag that can mean two things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// A name of ours that a column has, too.
    Own(String),
    /// A word of the language that a column is called.
    Word(String),
    /// All that is known, at once.
    Everything,
}

/// A template as the engine reads it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spelled {
    /// The text.
    pub text: String,
    /// Where it differs from what was written.
    pub changes: Changes,
    /// What can mean two things, and where it was written.
    pub doubts: Vec<(Doubt, Range<usize>)>,
}

/// A text that is being rewritten.
pub(super) struct Writing<'t> {
    old: &'t str,
    /// So much of the old text is done.
    done: usize,
    spelled: Spelled,
}

impl<'t> Writing<'t> {
    pub(super) fn new(old: &'t str) -> Self {
        Self {
            old,
            done: 0,
            spelled: Spelled::default(),
        }
    }

    /// Everything up to here stays as it is.
    pub(super) fn keep(&mut self, to: usize) {
        let kept = self.old.get(self.done..to).unwrap_or_default();
        self.spelled.text.push_str(kept);
        self.done = self.done.max(to);
    }

    /// This piece, which is the next that is not done or later, is written so.
    pub(super) fn replace(&mut self, old: Range<usize>, new: &str) {
        self.keep(old.start);
        if self.old.get(old.clone()) == Some(new) {
            return self.keep(old.end);
        }
        let start = self.spelled.text.len();
        self.spelled.text.push_str(new);
        let change = Change {
            new: start..start + new.len(),
            old: old.clone(),
        };
        self.spelled.changes.0.push(change);
        self.done = self.done.max(old.end);
    }

    pub(super) fn doubt(&mut self, doubt: Doubt, at: Range<usize>) {
        self.spelled.doubts.push((doubt, at));
    }

    pub(super) fn finish(mut self) -> Spelled {
        self.keep(self.old.len());
        self.spelled
    }
}
