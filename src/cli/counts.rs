//! How many messages came to what, as far as a run has come.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::delivery::Outcome;

use super::wording::thousands;

#[derive(Debug, Default)]
pub(super) struct Counts {
    /// Accepted, refused, deferred (however often), in doubt, invalid.
    counts: [u64; 5],
    /// Who is deferred now: a hash of each key, of many thousands.
    deferred: HashSet<u64>,
}

impl Counts {
    /// One more of these; how many there were so far.
    pub(super) fn settled(&mut self, key: &str, outcome: &Outcome) -> u64 {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        if matches!(outcome, Outcome::Deferred(_)) {
            self.deferred.insert(hasher.finish());
        } else if !self.deferred.is_empty() {
            self.deferred.remove(&hasher.finish());
        }
        let at = match outcome {
            Outcome::Accepted(_) => 0,
            Outcome::Rejected(_) => 1,
            Outcome::Deferred(_) => 2,
            Outcome::InDoubt(_) => 3,
        };
        self.counts[at] += 1;
        self.counts[at]
    }

    /// One more that could not be made.
    pub(super) fn invalid(&mut self) {
        self.counts[4] += 1;
    }

    /// Those who are done. A deferred recipient is not; it comes again.
    pub(super) fn done(&self) -> u64 {
        let [accepted, refused, _, in_doubt, invalid] = self.counts;
        accepted + refused + in_doubt + invalid
    }

    /// `3 accepted, 1 refused`.
    pub(super) fn shown(&self) -> String {
        let [accepted, refused, _, in_doubt, invalid] = self.counts;
        let deferred = self.deferred.len() as u64;
        let counts = [accepted, refused, deferred, in_doubt, invalid];
        let names = ["accepted", "refused", "deferred", "in doubt", "invalid"];
        let there = counts.into_iter().zip(names).filter(|(n, _)| *n > 0);
        let shown: Vec<_> = there
            .map(|(n, what)| format!("{} {what}", thousands(n)))
            .collect();
        shown.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use crate::delivery::Outcome;
    use crate::smtp::Reply;

    use super::*;

    #[test]
    fn who_is_tried_twice_is_deferred_once_and_then_no_more() {
        let mut counts = Counts::default();
        let reply = |text: &str| Reply::ours(text);
        for key in ["ada", "bob", "ada"] {
            counts.settled(key, &Outcome::Deferred(reply("450 busy")));
        }
        assert_eq!((counts.shown().as_str(), counts.done()), ("2 deferred", 0));
        counts.settled("ada", &Outcome::Accepted(reply("250 ok")));
        assert_eq!(
            (counts.shown().as_str(), counts.done()),
            ("1 accepted, 1 deferred", 1)
        );
    }
}
