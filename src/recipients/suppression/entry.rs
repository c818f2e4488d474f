//! The entries that a list may contain.

use std::fmt;

use crate::words::{Said, Speak, say};

use super::super::pieces::pieces;
use super::super::token::is_token;
use super::super::why::Why;
use super::super::{Key, address, reading};
use super::wildcard::{self, Many};

/// One who is not to be written to, in the form in which they are compared.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Entry {
    /// `ada@example.org`, folded as [`Key::of_address`] does.
    Address(String),
    /// `@example.org`: everybody at this domain.
    Domain(String),
    /// `@*.example.org`: everybody at the domains below this one.
    Below(String),
    /// `ada+*@example.org`, `ada@*`: everybody whose folded address fits.
    Pattern(String),
    /// An unsubscribe token, in lower case.
    Token(String),
}

impl Entry {
    /// Reads one entry: an address, `Name <address>`, `@domain`, one with wildcards, or a token.
    ///
    /// # Errors
    /// Why it is not an entry, in words that continue "it is neither …:".
    pub fn parse(text: &str) -> Result<Self, Said> {
        let mut entries = Self::parse_all(text)?.into_iter();
        match (entries.next(), entries.next()) {
            (Some(entry), None) => Ok(entry),
            (None, _) => Err(Why::Empty.said()),
            (Some(_), Some(_)) => Err(Why::Several.said()),
        }
    }

    /// Reads the entries of a cell, which may hold several, separated by `,` or `;`.
    ///
    /// # Errors
    /// Why one of them is not an entry.
    pub(super) fn parse_all(text: &str) -> Result<Vec<Self>, Said> {
        let mut entries = Vec::new();
        for piece in pieces(text) {
            if let Some(entry) = Self::of_many(address::bare(piece.text)) {
                entries.push(entry?);
                continue;
            }
            for (_, read) in reading::all(piece.text) {
                let read = read.map_err(|why| in_words(piece.text, why))?;
                entries.push(match Self::with_wildcards(read.address.as_ref()) {
                    Some(entry) => entry?,
                    None => Self::Address(Key::of_address(&read.address).as_str().to_owned()),
                });
            }
        }
        Ok(entries)
    }

    /// An entry that is not an address; `None` for a text that can only be an address.
    fn of_many(text: &str) -> Option<Result<Self, Said>> {
        if is_token(text) {
            return Some(Ok(Self::Token(text.to_ascii_lowercase())));
        }
        if let Some(entry) = Self::with_wildcards(text) {
            return Some(entry);
        }
        // A route is not an entry, and is reported as such.
        if text.starts_with(['@', '＠']) && !text.contains(':') {
            // A domain is one that an address can have.
            let folded = address::parse(&format!("x{text}")).map(|address| Key::of_address(&address));
            let domain = |folded: Key| folded.as_str().strip_prefix('x').unwrap_or_default().to_owned();
            let domain = folded.map(|folded| Self::Domain(domain(folded)));
            return Some(domain.map_err(|why| why.said()));
        }
        None
    }

    fn with_wildcards(text: &str) -> Option<Result<Self, Said>> {
        let entry = |many| match many {
            Many::Domain(text) => Self::Domain(text),
            Many::Below(text) => Self::Below(text),
            Many::Pattern(text) => Self::Pattern(text),
        };
        wildcard::read(text).map(|many| many.map(entry))
    }

    /// As it is compared, and kept.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Address(text)
            | Self::Domain(text)
            | Self::Below(text)
            | Self::Pattern(text)
            | Self::Token(text) => text,
        }
    }
}

/// Why a text is not an address, and what it may be instead.
fn in_words(text: &str, why: Why) -> Said {
    let domain = text.trim().trim_matches('.');
    let is_domain = domain.contains('.') && address::parse(&format!("x@{domain}")).is_ok();
    if why == Why::NoAt && is_domain {
        return say!("recipients-domain-instead", why = &why, domain = domain);
    }
    why.said()
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
