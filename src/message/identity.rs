//! What a message is called: derived from the mailing and the recipient, so
//! that the same message has the same name however often it is composed.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};

use crate::recipients::Key;

/// Characters of a Message-ID's left part: 130 bits, nobody meets a second.
const LENGTH: usize = 26;

/// The random id of one going-out of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MailingId([u8; 16]);

impl MailingId {
    /// A new mailing's id, from the system's random source.
    ///
    /// # Errors
    /// The system has no randomness to give.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut id = [0; 16];
        getrandom::fill(&mut id)?;
        Ok(Self(id))
    }

    /// The id of a dry run: the same for the same campaign, every time.
    pub fn of_dry_run(campaign: &str) -> Self {
        let digest: [u8; 32] = Sha256::digest(format!("mailshot dry run\0{campaign}")).into();
        let mut id = [0; 16];
        id.copy_from_slice(&digest[..16]);
        Self(id)
    }

    /// From the form [`Display`](fmt::Display) writes.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = data_encoding::HEXLOWER.decode(text.as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// What Message-IDs of this mailing to `key` begin with.
    pub fn names(&self, key: &Key) -> String {
        self.token(key, "")
    }

    /// The 26 characters that name the message of `key` in this mailing.
    fn token(&self, key: &Key, salt: &str) -> String {
        let mut hash = Sha256::new();
        hash.update(self.0);
        hash.update(key.as_str().as_bytes());
        if !salt.is_empty() {
            hash.update([0]);
            hash.update(salt.as_bytes());
        }
        let mut token = BASE32_NOPAD.encode(&hash.finalize()).to_lowercase();
        token.truncate(LENGTH);
        token
    }
}

impl fmt::Display for MailingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

/// The Message-ID (RFC 5322 §3.6.4) of a recipient's message, with brackets.
pub fn message_id(mailing: &MailingId, key: &Key, salt: &str, from_domain: &str) -> String {
    format!("<{}@{from_domain}>", mailing.token(key, salt))
}

/// What an event of a recipient's invitation is called: the same in every
/// mailing of the campaign.
pub(super) fn event(campaign: &str, key: &Key, index: usize) -> String {
    let named = Sha256::digest(format!("mailshot event {index}\0{campaign}\0{key}"));
    let mut token = BASE32_NOPAD.encode(&named).to_lowercase();
    token.truncate(LENGTH);
    token
}

/// A multipart boundary: no body holds it, for nobody can know it before.
pub(super) fn boundary(mailing: &MailingId, key: &Key, kind: &str) -> String {
    format!("{kind}-{}", mailing.token(key, kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_derived() {
        let mailing = MailingId::of_dry_run("news");
        let key = Key::typed("ada@example.org");
        let id = message_id(&mailing, &key, "", "uni.example");
        assert_eq!(
            id,
            message_id(
                &MailingId::parse(&mailing.to_string()).unwrap(),
                &key,
                "",
                "uni.example"
            )
        );
        assert_eq!(id.len(), LENGTH + "<@uni.example>".len());
        assert_ne!(id, message_id(&mailing, &key, "test", "uni.example"));
        assert_ne!(
            id,
            message_id(&mailing, &Key::typed("bob@example.org"), "", "uni.example")
        );
        assert_ne!(MailingId::random().unwrap(), MailingId::random().unwrap());
    }
}
