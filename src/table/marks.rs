//! Where reading can begin again in the middle of a file.
//!
//! A pass over the rows notes at intervals where a row begins, so that a later row is found without
//! reading those before it. For any length of the file, at most [`MOST`] such places are kept: if
//! there is no room for another, every second one is dropped.

/// Places that are kept: 192 KiB at most.
const MOST: usize = 4096;

/// Octets between two of them at first, about 150 rows: nobody notices the time they take.
const STRIDE: u64 = 1 << 14;

/// Where a row begins, and what its reader has to know to begin there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// Rows before it, as the spreadsheet counts them.
    pub(super) rows: u64,
    /// The octet of the file, as it is stored, from which on it is read.
    pub(super) octet: u64,
    /// Octets of UTF-8 made from there on that still belong to the rows before it.
    pub(super) made: u64,
    /// The octet before it was CR: an LF that follows belongs to the row before.
    pub(super) after_cr: bool,
    /// Line and octet in it where an element of a JSON list begins.
    pub(super) at: (usize, usize),
}

/// The places that a pass noted.
#[derive(Debug, Clone)]
pub(super) struct Marks {
    marks: Vec<Mark>,
    stride: u64,
    most: usize,
}

impl Default for Marks {
    fn default() -> Self {
        Self::new(STRIDE, MOST)
    }
}

impl Marks {
    /// Room for `most` places that are `stride` octets or more apart.
    pub(super) fn new(stride: u64, most: usize) -> Self {
        Self {
            marks: Vec::new(),
            stride,
            most,
        }
    }

    /// Notes where a row begins, unless the last place noted is near.
    pub(super) fn note(&mut self, mark: Mark) {
        if !self.is_due(&mark) {
            return;
        }
        if self.marks.len() >= self.most {
            self.thin();
        }
        if self.is_due(&mark) {
            self.marks.push(mark);
        }
    }

    /// The last place from which a row can be reached.
    pub(super) fn before(&self, row: u64) -> Option<&Mark> {
        let behind = self.marks.partition_point(|mark| mark.rows < row);
        self.marks.get(behind.checked_sub(1)?)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    fn is_due(&self, mark: &Mark) -> bool {
        let far = |last: &Mark| mark.octet >= last.octet.saturating_add(self.stride);
        self.marks.last().is_none_or(far)
    }

    /// Doubles the distance until half of the room is free.
    fn thin(&mut self) {
        while self.marks.len() > self.most / 2 && self.marks.len() > 1 {
            self.stride = self.stride.saturating_mul(2).max(1);
            let (stride, mut next) = (self.stride, 0);
            self.marks.retain(|mark| {
                let keep = mark.octet >= next;
                if keep {
                    next = mark.octet.saturating_add(stride);
                }
                keep
            });
        }
    }
}

#[cfg(test)]
#[path = "tests/marks.rs"]
mod tests;
