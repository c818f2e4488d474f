//! How many messages have which result, so far in a run.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::delivery::Outcome;
use crate::words::{Said, say};

#[derive(Debug, Default)]
pub(super) struct Counts {
    /// Accepted, rejected, deferred (however often), in doubt, invalid.
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
        let [accepted, rejected, _, in_doubt, invalid] = self.counts;
        accepted + rejected + in_doubt + invalid
    }

    /// `3 accepted`, `1 rejected`: those of which there are some.
    pub(super) fn said(&self) -> Vec<Said> {
        let [accepted, rejected, _, in_doubt, invalid] = self.counts;
        let deferred = self.deferred.len() as u64;
        let all = [
            (accepted, say!("cli-run-n-accepted", n = accepted)),
            (rejected, say!("cli-run-n-rejected", n = rejected)),
            (deferred, say!("cli-run-n-deferred", n = deferred)),
            (in_doubt, say!("cli-run-n-in-doubt", n = in_doubt)),
            (invalid, say!("cli-run-n-invalid", n = invalid)),
        ];
        let there = all.into_iter().filter(|(n, _)| *n > 0);
        there.map(|(_, said)| said).collect()
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
        let reply = |text: &str| Reply::ours(crate::words::Said::verbatim(text));
        let shown = |counts: &Counts| counts.said().iter().map(ToString::to_string).collect::<Vec<_>>();
        for key in ["ada", "bob", "ada"] {
            counts.settled(key, &Outcome::Deferred(reply("450 busy")));
        }
        assert_eq!(
            (shown(&counts), counts.done()),
            (vec!["2 deferred".to_owned()], 0)
        );
        counts.settled("ada", &Outcome::Accepted(reply("250 ok")));
        assert_eq!(shown(&counts), ["1 accepted", "1 deferred"]);
        assert_eq!(counts.done(), 1);
    }
}
