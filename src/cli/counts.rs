//! How many messages came to what, as far as a run has come.

use crate::delivery::Outcome;

use super::wording::thousands;

/// Accepted, refused, deferred, in doubt, invalid.
#[derive(Debug, Default)]
pub(super) struct Counts([u64; 5]);

impl Counts {
    /// One more of these; how many there are now.
    pub(super) fn settled(&mut self, outcome: &Outcome) -> u64 {
        let at = match outcome {
            Outcome::Accepted(_) => 0,
            Outcome::Rejected(_) => 1,
            Outcome::Deferred(_) => 2,
            Outcome::InDoubt(_) => 3,
        };
        self.0[at] += 1;
        self.0[at]
    }

    /// One more that could not be made.
    pub(super) fn invalid(&mut self) {
        self.0[4] += 1;
    }

    /// Those who are done. A deferred recipient is not; it comes again.
    pub(super) fn done(&self) -> u64 {
        let [accepted, refused, _, in_doubt, invalid] = self.0;
        accepted + refused + in_doubt + invalid
    }

    /// `3 accepted, 1 refused`.
    pub(super) fn shown(&self) -> String {
        let names = ["accepted", "refused", "deferred", "in doubt", "invalid"];
        let there = self.0.iter().zip(names).filter(|(n, _)| **n > 0);
        let shown: Vec<_> = there
            .map(|(n, what)| format!("{} {what}", thousands(*n)))
            .collect();
        shown.join(", ")
    }
}
