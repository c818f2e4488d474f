//! Several byte strings, written one after another as the network takes them.

use std::io::IoSlice;

/// Parts handed to the network in one call at most.
const PARTS: usize = 16;

/// What is still to be written.
pub(super) struct Rest<'a> {
    parts: &'a [&'a [u8]],
    /// Bytes written of the first of `parts`.
    within: usize,
    /// Bytes written in all.
    pub(super) at: usize,
}

impl<'a> Rest<'a> {
    pub(super) fn of(parts: &'a [&'a [u8]]) -> Rest<'a> {
        let mut rest = Rest {
            parts,
            within: 0,
            at: 0,
        };
        rest.advance(0);
        rest
    }

    pub(super) fn is_written(&self) -> bool {
        self.parts.is_empty()
    }

    pub(super) fn advance(&mut self, bytes: usize) {
        self.at += bytes;
        self.within += bytes;
        while let Some(first) = self.parts.first()
            && self.within >= first.len()
        {
            self.within -= first.len();
            self.parts = &self.parts[1..];
        }
    }

    /// The next bytes, as the network takes them in one call.
    pub(super) fn slices(&self) -> ([IoSlice<'a>; PARTS], usize) {
        let mut slices = [IoSlice::new(&[]); PARTS];
        let count = self.parts.len().min(PARTS);
        for (slice, part) in slices.iter_mut().zip(self.parts) {
            *slice = IoSlice::new(part);
        }
        if let Some(first) = self.parts.first() {
            slices[0] = IoSlice::new(&first[self.within..]);
        }
        (slices, count)
    }
}
