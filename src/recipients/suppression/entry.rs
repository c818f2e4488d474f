//! What may stand in a list.

use std::fmt;

use super::super::token::is_token;
use super::super::{Key, address, mailboxes};

/// One who is not to be written to, in the form in which they are compared.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Entry {
    /// `ada@example.org`, folded as [`Key::of_address`] does.
    Address(String),
    /// `@example.org`: everybody at this domain.
    Domain(String),
    /// An unsubscribe token, in lower case.
    Token(String),
}

impl Entry {
    /// Reads one entry: an address, `Name <address>`, `@domain` or a token.
    ///
    /// # Errors
    /// Why it is none, in words that continue "it is neither …:".
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut entries = Self::parse_all(text)?.into_iter();
        match (entries.next(), entries.next()) {
            (Some(entry), None) => Ok(entry),
            (None, _) => Err(address::Why::Empty.to_string()),
            (Some(_), Some(_)) => Err(address::Why::Several.to_string()),
        }
    }

    /// Reads the entries of a cell, which may hold several, separated by `,` or `;`.
    ///
    /// # Errors
    /// Why one of them is none.
    pub(super) fn parse_all(text: &str) -> Result<Vec<Self>, String> {
        let one = |piece: Result<mailboxes::Piece, &'static str>| {
            let piece = piece.map_err(str::to_owned)?;
            let text = text.get(piece.address).unwrap_or_default();
            Self::bare(text.trim()).map_err(|why| why.to_string())
        };
        mailboxes::split(text, false).into_iter().map(one).collect()
    }

    fn bare(text: &str) -> Result<Self, address::Why> {
        if is_token(text) {
            return Ok(Self::Token(text.to_ascii_lowercase()));
        }
        if text.starts_with('@') {
            // A domain is one that an address can have.
            let folded = Key::of_address(&address::parse(&format!("x{text}"))?);
            let domain = folded.as_str().strip_prefix('x').unwrap_or_default();
            return Ok(Self::Domain(domain.to_owned()));
        }
        let folded = Key::of_address(&address::parse(text)?);
        Ok(Self::Address(folded.as_str().to_owned()))
    }

    /// As it is compared, and kept.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Address(text) | Self::Domain(text) | Self::Token(text) => text,
        }
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
