//! Which rows have the same recipient.

use std::fmt;

use lettre::Address;
use unicode_normalization::UnicodeNormalization;

use super::reading::{self, Read};
use super::{address, canonical};

/// What a recipient is known by in the ledger: the folded To address, or the
/// folded values of the campaign's `key` columns joined by `|`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(String);

impl Key {
    /// The key of an address: local part in NFC and lower case and without quotation marks that it
    /// does not need, domain as A-labels in lower case.
    pub fn of_address(address: &Address) -> Self {
        Self(canonical::folded(address))
    }

    /// The key of several cells. What looks like an address is folded as one;
    /// other values count as they are written, in NFC.
    pub fn of_values<'v>(values: impl Iterator<Item = &'v str>) -> Self {
        let folded: Vec<String> = values.map(fold).collect();
        Self(folded.join("|"))
    }

    /// The key a person typed, for `--only` and `settle`: as a mail program shows the mailbox, too.
    pub fn typed(text: &str) -> Self {
        match reading::one(text) {
            Ok(Read { address, .. }) => Self::of_address(&address),
            Err(_) => Self(text.split('|').map(fold).collect::<Vec<_>>().join("|")),
        }
    }

    /// A key of before, as it would be made now: quotation marks that an address does not need were
    /// part of it.
    pub fn anew(stored: &str) -> Self {
        Self(stored.split('|').map(fold).collect::<Vec<_>>().join("|"))
    }

    /// A key that was stored.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn fold(value: &str) -> String {
    let value = value.trim();
    match address::parse(value) {
        Ok(address) => Key::of_address(&address).0,
        // The bar separates the values of a key.
        Err(_) => value.nfc().collect::<String>().replace('|', "\u{a6}"),
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_fold_what_mail_folds() {
        let key = |text: &str| Key::of_address(&super::super::address::parse(text).unwrap());
        assert_eq!(key("Ada@Example.ORG"), key("ada@example.org"));
        assert_eq!(key("wang@例子.example"), key("wang@XN--FSQU00A.example"));
        assert_eq!(key("e\u{301}va@example.org"), key("Éva@example.org"));
        assert_ne!(key("ada+x@example.org"), key("ada@example.org"));
        assert_eq!(key("\"Brian\"@example.org"), key("brian@example.org"));
        assert_eq!(key("\"a.b\"@example.org"), key("a.b@example.org"));
        assert_eq!(key("\"a\\b\"@example.org"), key("ab@example.org"));
        assert_eq!(key("\"a\\ b\"@example.org"), key("\"a b\"@example.org"));
        assert_ne!(key("\"a b\"@example.org"), key("ab@example.org"));
        assert_ne!(key("\"a.\"@example.org"), key("a@example.org"));
        assert_eq!(key("ada@example.org."), key("ada@EXAMPLE.org"));
        assert_eq!(key("ada＠example．org"), key("ada@example.org"));
    }

    #[test]
    fn a_typed_key_meets_the_stored_one() {
        let stored = Key::of_values(["Ada@Example.org ", "Maths 101"].into_iter());
        assert_eq!(stored.as_str(), "ada@example.org|Maths 101");
        assert_eq!(Key::typed("ADA@example.org | Maths 101"), stored);
    }
}
