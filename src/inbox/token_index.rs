//! Finds the recipient of a token among very many, with 16 octets for each.

/// The tokens of a ledger: the beginning of each, with the number of its recipient. A hit is looked up
/// in the ledger, so a few others with the same beginning do no harm.
#[derive(Debug, Default)]
pub(super) struct TokenIndex {
    entries: Vec<(u64, i64)>,
    sorted: bool,
}

impl TokenIndex {
    pub(super) fn add(&mut self, token: &str, recipient: i64) {
        if let Some(beginning) = beginning(token) {
            self.entries.push((beginning, recipient));
            self.sorted = false;
        }
    }

    /// When all are there.
    pub(super) fn sort(&mut self) {
        self.entries.sort_unstable();
        self.sorted = true;
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The recipients whose token may be this one.
    pub(super) fn of(&self, token: &str) -> Vec<i64> {
        debug_assert!(self.sorted || self.entries.is_empty());
        let Some(beginning) = beginning(token) else {
            return Vec::new();
        };
        let first = self.entries.partition_point(|(other, _)| *other < beginning);
        let found = self.entries.iter().skip(first);
        found
            .take_while(|(other, _)| *other == beginning)
            .map(|(_, recipient)| *recipient)
            .collect()
    }
}

/// The first twelve characters, of five bits each.
fn beginning(token: &str) -> Option<u64> {
    token.bytes().take(12).try_fold(0, |bits, byte| {
        let five = match byte {
            b'a'..=b'z' => byte - b'a',
            b'2'..=b'7' => byte - b'2' + 26,
            _ => return None,
        };
        Some(bits << 5 | u64::from(five))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_leads_to_its_recipients() {
        let mut index = TokenIndex::default();
        index.add("bulyyfndmtj7ou2o62ca2m5h6q", 1);
        index.add("bulyyfndmtj7aaaaaaaaaaaaaa", 2);
        index.add("77777777777777777777777777", 3);
        index.sort();
        assert_eq!(index.of("bulyyfndmtj7ou2o62ca2m5h6q"), [1, 2]);
        assert_eq!(index.of("77777777777777777777777777"), [3]);
        assert_eq!(index.of("aaaaaaaaaaaaaaaaaaaaaaaaaa"), [0; 0]);
        assert_eq!(index.of("1!"), [0; 0]);
    }
}
