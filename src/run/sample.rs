//! `--sample`: some of the recipients, for a test.
//!
//! The choice is as good as random, but the same each time: a dry run shows the recipients of the
//! test, and two dry runs are the same.

use std::collections::BinaryHeap;

use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::recipients::Key;

/// The keys with the smallest hashes, which are a random lot.
pub(super) struct Sample {
    most: usize,
    seed: u64,
    found: BinaryHeap<(u64, Key)>,
}

impl Sample {
    /// At most `most` recipients of the campaign called so.
    pub(super) fn new(campaign: &str, most: u64) -> Self {
        Self {
            most: usize::try_from(most).unwrap_or(usize::MAX),
            seed: xxh3_64_with_seed(campaign.as_bytes(), 0),
            found: BinaryHeap::new(),
        }
    }

    pub(super) fn note(&mut self, key: Key) {
        let hash = xxh3_64_with_seed(key.as_str().as_bytes(), self.seed);
        self.found.push((hash, key));
        if self.found.len() > self.most {
            self.found.pop();
        }
    }

    pub(super) fn keys(self) -> Vec<Key> {
        self.found.into_iter().map(|(_, key)| key).collect()
    }
}
