//! Two rows, one recipient: found in one pass at nine octets a row, proved in
//! a second that only runs when something was found.

use std::collections::hash_map::RandomState;
use std::collections::{BTreeMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, Hasher};

use super::Key;

/// Hashes of the keys met so far. A clash of two different keys is possible
/// (one in 10^8 for a million rows), so what is found here is a suspicion.
#[derive(Default)]
pub struct Seen {
    state: RandomState,
    hashes: HashSet<u64, BuildHasherDefault<Already>>,
    suspects: HashSet<u64, BuildHasherDefault<Already>>,
}

impl Seen {
    /// Notes a key.
    pub fn note(&mut self, key: &Key) {
        let hash = self.state.hash_one(key.as_str());
        if !self.hashes.insert(hash) {
            self.suspects.insert(hash);
        }
    }

    /// Whether a second pass has anything to prove.
    pub fn is_suspicious(&self) -> bool {
        !self.suspects.is_empty()
    }

    /// The proof: fed with the rows once more, tells what is really repeated.
    pub fn second_pass(self) -> Repeats {
        Repeats {
            state: self.state,
            suspects: self.suspects,
            rows: BTreeMap::new(),
        }
    }
}

/// Keys that occur more than once, and in which rows.
#[derive(Default)]
pub struct Repeats {
    state: RandomState,
    suspects: HashSet<u64, BuildHasherDefault<Already>>,
    rows: BTreeMap<Key, Vec<u64>>,
}

impl Repeats {
    /// Notes the key of a row, in the order of the file.
    pub fn note(&mut self, key: &Key, row: u64) {
        if self.suspects.contains(&self.state.hash_one(key.as_str())) {
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

    /// The rows that repeat an earlier one.
    pub fn later_rows(&self) -> HashSet<u64> {
        self.groups()
            .flat_map(|(_, rows)| rows.iter().skip(1).copied())
            .collect()
    }
}

/// The keys are hashes already.
#[derive(Default)]
struct Already(u64);

impl Hasher for Already {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_are_proved_in_the_second_pass() {
        let keys: Vec<Key> = ["a@x.test", "b@x.test", "A@X.test", "c@x.test", "a@x.test"]
            .map(Key::typed)
            .to_vec();
        let mut seen = Seen::default();
        keys.iter().for_each(|k| seen.note(k));
        assert!(seen.is_suspicious());
        let mut repeats = seen.second_pass();
        keys.iter().zip(2..).for_each(|(k, row)| repeats.note(k, row));
        let groups: Vec<_> = repeats
            .groups()
            .map(|(k, rows)| (k.to_string(), rows.to_vec()))
            .collect();
        assert_eq!(groups, [("a@x.test".to_owned(), vec![2, 4, 6])]);
        assert_eq!(repeats.later_rows(), HashSet::from([4, 6]));
    }
}
