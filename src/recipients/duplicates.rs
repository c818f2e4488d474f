//! Two rows with the same recipient: found while the rows are read, with seventeen octets per row;
//! named in a second pass that only runs if there are any.

use std::collections::{BTreeMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState};

use xxhash_rust::xxh3::xxh3_128_with_seed;

use super::Key;

/// Hashes of the keys met so far. At 128 bits two keys with the same hash are
/// not to be expected (one in 10^26 for a million rows), and the seed is a
/// new one each time: nobody can make some up.
pub struct Seen {
    seed: u64,
    hashes: Hashes,
    repeated: Hashes,
}

type Hashes = HashSet<u128, BuildHasherDefault<Already>>;

impl Default for Seen {
    fn default() -> Self {
        Self {
            seed: RandomState::new().hash_one(0),
            hashes: Hashes::default(),
            repeated: Hashes::default(),
        }
    }
}

impl Seen {
    /// Notes a key; whether it is the first time.
    pub fn note(&mut self, key: &Key) -> bool {
        let hash = hash(key, self.seed);
        let first = self.hashes.insert(hash);
        if !first {
            self.repeated.insert(hash);
        }
        first
    }

    /// For a second pass: fed with the rows once more, tells who is repeated,
    /// and where. `None` when nobody is.
    pub fn repeats(self) -> Option<Repeats> {
        (!self.repeated.is_empty()).then(|| Repeats {
            seed: self.seed,
            repeated: self.repeated,
            rows: BTreeMap::new(),
        })
    }
}

/// Keys that occur more than once, and in which rows.
pub struct Repeats {
    seed: u64,
    repeated: Hashes,
    rows: BTreeMap<Key, Vec<u64>>,
}

impl Repeats {
    /// Notes the key of a row, in the order of the file.
    pub fn note(&mut self, key: &Key, row: u64) {
        if self.repeated.contains(&hash(key, self.seed)) {
            self.rows.entry(key.clone()).or_default().push(row);
        }
    }

    /// Each repeated key with its rows.
    pub fn groups(&self) -> impl Iterator<Item = (&Key, &[u64])> {
        self.rows
            .iter()
            .filter(|(_, rows)| rows.len() > 1)
            .map(|(key, rows)| (key, rows.as_slice()))
    }
}

fn hash(key: &Key, seed: u64) -> u128 {
    xxh3_128_with_seed(key.as_str().as_bytes(), seed)
}

/// The keys are hashes already.
#[derive(Default)]
pub(super) struct Already(u64);

impl Hasher for Already {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u128(&mut self, hash: u128) {
        self.0 = (hash >> 64) as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_are_found_at_once_and_told_by_a_second_pass() {
        let keys: Vec<Key> = ["a@x.test", "b@x.test", "A@X.test", "c@x.test", "a@x.test"]
            .map(Key::typed)
            .to_vec();
        let mut seen = Seen::default();
        let first: Vec<_> = keys.iter().map(|k| seen.note(k)).collect();
        assert_eq!(first, [true, true, false, true, false]);
        let mut repeats = seen.repeats().unwrap();
        keys.iter().zip(2..).for_each(|(k, row)| repeats.note(k, row));
        let groups: Vec<_> = repeats
            .groups()
            .map(|(k, rows)| (k.to_string(), rows.to_vec()))
            .collect();
        assert_eq!(groups, [("a@x.test".to_owned(), vec![2, 4, 6])]);
    }

    #[test]
    fn where_nobody_is_repeated_there_is_no_second_pass() {
        let mut seen = Seen::default();
        assert!(seen.note(&Key::typed("a@x.test")) && seen.note(&Key::typed("b@x.test")));
        assert!(seen.repeats().is_none());
    }
}
