//! Unsubscribe tokens: they identify a recipient in a link without showing the address.
//!
//! A token is made from the address and a key that only this user has. So nobody can make a token
//! for another person or turn one back into an address, and the same person has the same token in
//! every campaign.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use lettre::Address;
use sha2::Sha256;

use super::Key;

/// Characters of a token: 130 bits, nobody guesses one.
pub(super) const LENGTH: usize = 26;

/// The user's secret that tokens are made with.
#[derive(Clone)]
pub struct TokenKey(Hmac<Sha256>);

impl TokenKey {
    /// The key of these octets.
    pub fn new(secret: &[u8; 32]) -> Self {
        // HMAC fills a key up to its block with zeros (RFC 2104 §2).
        let mut block = [0; 64];
        for (octet, secret) in block.iter_mut().zip(secret) {
            *octet = *secret;
        }
        Self(Hmac::new(&block.into()))
    }

    /// The token of an address, however it is written.
    pub fn token(&self, address: &Address) -> String {
        self.of_folded(Key::of_address(address).as_str())
    }

    /// The token of an address that is folded already.
    pub fn of_folded(&self, address: &str) -> String {
        let mut mac = self.0.clone();
        mac.update(address.as_bytes());
        let mut token = BASE32_NOPAD.encode(&mac.finalize().into_bytes());
        token.make_ascii_lowercase();
        token.truncate(LENGTH);
        token
    }
}

/// A secret is shown to nobody.
impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenKey(…)")
    }
}

/// Whether a text can be a token, in either case: some mail programs change it in links.
pub(super) fn is_token(text: &str) -> bool {
    let of_base32 = |b: u8| matches!(b, b'a'..=b'z' | b'A'..=b'Z' | b'2'..=b'7');
    text.len() == LENGTH && text.bytes().all(of_base32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Address {
        super::super::address::parse(text).unwrap()
    }

    #[test]
    fn a_token_is_the_same_for_ever_and_says_nothing() {
        let key = TokenKey::new(&[7; 32]);
        let token = key.token(&address("ada@example.org"));
        // Tokens that went out in mails must be known to every later version.
        assert_eq!(token, "bulyyfndmtj7ou2o62ca2m5h6q");
        assert!(is_token(&token) && is_token(&token.to_uppercase()));
        assert_eq!(key.token(&address("Ada@EXAMPLE.org")), token);
        assert_ne!(key.token(&address("bob@example.org")), token);
        assert_ne!(TokenKey::new(&[8; 32]).token(&address("ada@example.org")), token);
        assert_eq!(format!("{key:?}"), "TokenKey(…)");
    }
}
