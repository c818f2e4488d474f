//! A text with parts from the template and parts that are values.

use std::ops::Range;

/// It contains values, whose octets are always literal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Mixed {
    text: String,
    filled: Vec<Range<usize>>,
}

impl Mixed {
    pub(super) fn push(&mut self, text: &str, filled: bool) {
        if filled && !text.is_empty() {
            let start = self.text.len();
            self.filled.push(start..start + text.len());
        }
        self.text.push_str(text);
    }

    pub(super) fn append(&mut self, other: &Self) {
        for (text, filled) in other.pieces() {
            self.push(text, filled);
        }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn is_filled(&self, at: usize) -> bool {
        self.filled.iter().any(|range| range.contains(&at))
    }

    /// Something was filled in, be it nothing but blanks.
    pub(super) fn first_value(&self) -> Option<&str> {
        self.filled.first().and_then(|range| self.text.get(range.clone()))
    }

    /// The template's own character that comes first of these, from here on, and where.
    pub(super) fn find(&self, from: usize, wanted: &[char]) -> Option<(usize, char)> {
        let rest = self.text.get(from..)?;
        let mut found = rest.char_indices().map(|(at, c)| (from + at, c));
        found.find(|(at, c)| wanted.contains(c) && !self.is_filled(*at))
    }

    pub(super) fn slice(&self, range: Range<usize>) -> Self {
        let inside = |filled: &Range<usize>| {
            let (start, end) = (filled.start.max(range.start), filled.end.min(range.end));
            (start < end).then(|| start - range.start..end - range.start)
        };
        Self {
            text: self.text.get(range.clone()).unwrap_or_default().to_owned(),
            filled: self.filled.iter().filter_map(inside).collect(),
        }
    }

    /// Without the template's own blanks around it.
    pub(super) fn trimmed(&self) -> Self {
        let first = self.filled.first().map_or(self.text.len(), |range| range.start);
        let last = self.filled.last().map_or(0, |range| range.end);
        let start = (self.text.len() - self.text.trim_start().len()).min(first);
        self.slice(start..self.text.trim_end().len().max(start).max(last))
    }

    /// Its parts, and whether they were filled in.
    pub(super) fn pieces(&self) -> impl Iterator<Item = (&str, bool)> {
        let mut at = 0;
        let mut filled = self.filled.iter();
        let mut next = filled.next();
        std::iter::from_fn(move || {
            let (end, is_filled) = match next {
                Some(range) if range.start == at => {
                    next = filled.next();
                    (range.end, true)
                }
                Some(range) => (range.start, false),
                None if at < self.text.len() => (self.text.len(), false),
                None => return None,
            };
            let piece = self.text.get(at..end)?;
            at = end;
            Some((piece, is_filled))
        })
    }
}
