//! The ids of a message: derived from the mailing and the recipient, so that the same message has
//! the same ids however often it is composed.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};

use crate::recipients::Key;

/// Characters of a token: 130 bits, nobody meets a second.
const LENGTH: usize = 26;

/// Where a Message-ID's left part has its dot.
const DOT: usize = LENGTH / 2;

/// The composing rules from which on Message-IDs have a dot.
const DOTTED_SINCE: u32 = 3;

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

    /// The 26 characters that name the message of `key` in this mailing. A `salt` names another
    /// message to them, as a test is.
    pub fn token(&self, key: &Key, salt: &str) -> String {
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

/// How the messages of a mailing tell what they are called. A mailing keeps the form that it was begun
/// with, so that what is sent again is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdForm {
    /// `<token@domain>`.
    Plain,
    /// A Message-ID with a dot in the middle of the token, and the token whole in `X-Mailshot-Id`.
    /// Filters know a left part of letters and digits alone from spam programs (`MSGID_RANDY` of
    /// SpamAssassin, where the domain has a digit).
    Dotted,
}

impl IdForm {
    /// Of a mailing that was begun by composing rules of this number.
    pub fn of_rules(number: u32) -> Self {
        if number < DOTTED_SINCE {
            Self::Plain
        } else {
            Self::Dotted
        }
    }

    /// The Message-ID (RFC 5322 §3.6.4) of the message with this token, with brackets.
    pub(super) fn message_id(self, token: &str, from_domain: &str) -> String {
        match (self, token.split_at_checked(DOT)) {
            (Self::Dotted, Some((left, right))) => format!("<{left}.{right}@{from_domain}>"),
            _ => format!("<{token}@{from_domain}>"),
        }
    }
}

/// The token in a Message-ID of ours, in either form.
pub fn token_in(message_id: &str) -> Option<String> {
    let left = message_id.trim_start_matches('<').split('@').next()?;
    let token = left.replace('.', "");
    (token.len() == LENGTH && token.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7'))).then_some(token)
}

/// What an event of a recipient's invitation is called: the same in every
/// mailing of the campaign.
pub(super) fn event(campaign: &str, key: &Key, index: usize) -> String {
    let named = Sha256::digest(format!("mailshot event {index}\0{campaign}\0{key}"));
    let mut token = BASE32_NOPAD.encode(&named).to_lowercase();
    token.truncate(LENGTH);
    token
}

/// A multipart boundary: no body contains it, because nobody can know it in advance.
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
        let token = mailing.token(&key, "");
        let parsed = MailingId::parse(&mailing.to_string()).unwrap();
        assert_eq!(token, parsed.token(&key, ""));
        assert_eq!(token.len(), LENGTH);
        assert_ne!(token, mailing.token(&key, "test"));
        assert_ne!(token, mailing.token(&Key::typed("bob@example.org"), ""));
        assert_ne!(MailingId::random().unwrap(), MailingId::random().unwrap());
    }

    #[test]
    fn a_mailing_keeps_the_form_of_its_rules() {
        let token = "abcdefghijklmnopqrstuvwxyz";
        let of = |rules| IdForm::of_rules(rules).message_id(token, "163.com");
        assert_eq!(of(2), "<abcdefghijklmnopqrstuvwxyz@163.com>");
        assert_eq!(of(3), "<abcdefghijklm.nopqrstuvwxyz@163.com>");
        for rules in [2, 3] {
            assert_eq!(token_in(&of(rules)).as_deref(), Some(token));
        }
        assert_eq!(token_in("<x@163.com>"), None);
    }
}
