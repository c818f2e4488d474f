//! Suppression lists: addresses, domains, patterns and unsubscribe tokens that get no mail.
//!
//! The worst that can happen here is an unsubscribe request that is ignored without anybody
//! noticing. So everything in a list that cannot be read is an error.

mod entry;
mod lines;
mod wildcard;

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, RandomState};
use std::path::Path;

use lettre::Address;
use lettre::message::Mailbox;
use xxhash_rust::xxh3::xxh3_128_with_seed;

use crate::campaign::{Problem, Problems};
use crate::table::List;
use crate::words::{Arg, Said, say};

use super::canonical::former;
use super::duplicates::Already;
use super::{Key, TokenKey};

pub use entry::Entry;

use wildcard::fits;

/// Problems of a list that are shown; the others are counted.
const SHOWN: usize = 20;

/// Everybody on the lists of a campaign and on the user's own, each with the
/// place where they stand. 25 to 50 octets a line: lists may be long.
pub struct Suppression {
    seed: u64,
    /// By a hash of the entry's text, as in [`super::Seen`]; the first place counts.
    entries: HashMap<(u64, u64), Origin, BuildHasherDefault<Already>>,
    files: Vec<Option<String>>,
    domains: bool,
    /// Some entry means the domains below one.
    below: bool,
    patterns: Vec<(String, Origin)>,
    tokens: Option<(usize, u64)>,
    key: Option<TokenKey>,
}

#[derive(Debug, Clone, Copy)]
struct Origin {
    file: u32,
    line: u32,
}

impl Default for Suppression {
    fn default() -> Self {
        Self {
            seed: RandomState::new().hash_one(0),
            entries: HashMap::default(),
            files: Vec::new(),
            domains: false,
            below: false,
            patterns: Vec::new(),
            tokens: None,
            key: None,
        }
    }
}

impl Suppression {
    /// Adds all of a list. Messages call its file `shown`, reports `named`; the user's own list has no
    /// name there.
    /// Returns the SHA-256 of what was read.
    ///
    /// # Errors
    /// The file cannot be read; inside: a line that is not an address, domain or token.
    pub fn read(
        &mut self,
        path: &Path,
        shown: &str,
        named: Option<&str>,
    ) -> std::io::Result<Result<[u8; 32], Problems>> {
        let list = match List::open(path, shown)? {
            Ok(list) => list,
            Err(error) => return Ok(Err(error.into_problems())),
        };
        let file = self.files.len();
        self.files.push(named.map(str::to_owned));
        let mut problems = Problems::default();
        let mut unshown = 0_u64;
        let digest = lines::read(list, shown, &mut |line, found| match found {
            Ok(entry) => self.add(&entry, file, line),
            Err(problem) if problems.0.len() < SHOWN => problems.push(problem),
            Err(_) => unshown += 1,
        });
        if unshown > 0 {
            problems.push(
                Problem::error(say!("recipients-list-more", lines = unshown))
                    .code("bad-address")
                    .at(crate::campaign::Place::whole(shown)),
            );
        }
        let digest = digest.unwrap_or_else(|error| {
            problems.0.extend(error.into_problems().0);
            [0; 32]
        });
        Ok(if problems.0.is_empty() {
            Ok(digest)
        } else {
            Err(problems)
        })
    }

    fn add(&mut self, entry: &Entry, file: usize, line: u64) {
        let origin = Origin {
            file: u32::try_from(file).unwrap_or(u32::MAX),
            line: u32::try_from(line).unwrap_or(u32::MAX),
        };
        match entry {
            Entry::Address(_) => {}
            Entry::Domain(_) => self.domains = true,
            Entry::Below(_) => self.below = true,
            Entry::Pattern(pattern) => {
                self.patterns.push((pattern.clone(), origin));
                return;
            }
            Entry::Token(_) => {
                self.tokens.get_or_insert((file, line));
            }
        }
        self.entries.entry(self.hash(entry.as_str())).or_insert(origin);
    }

    /// Where the first token stands: with one, the lists say nothing of
    /// anybody before they have the [key](Self::with_key).
    pub fn first_token(&self) -> Option<Said> {
        self.tokens.map(|(file, line)| self.words(file, line))
    }

    /// Knows whose the tokens are.
    #[must_use]
    pub fn with_key(self, key: TokenKey) -> Self {
        Self {
            key: Some(key),
            ..self
        }
    }

    /// Nobody is on any list.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.patterns.is_empty()
    }

    /// Where an address stands, in words: `unsubscribed.csv, line 3`.
    pub fn place_of(&self, address: &Address) -> Option<Said> {
        if self.is_empty() {
            return None;
        }
        let folded = Key::of_address(address);
        let folded = folded.as_str();
        if let Some(origin) = self.entries.get(&self.hash(folded)) {
            return Some(self.at(*origin));
        }
        if let Some((origin, by)) = self.by_domain(folded) {
            return Some(say!("recipients-listed-by", place = self.at(origin), entry = by));
        }
        let pattern = self.patterns.iter().find(|(pattern, _)| fits(pattern, folded));
        if let Some((pattern, origin)) = pattern {
            let place = self.at(*origin);
            return Some(say!("recipients-listed-by", place = place, entry = pattern));
        }
        let key = self.key.as_ref().filter(|_| self.tokens.is_some())?;
        let of = |address: &str| self.entries.get(&self.hash(&key.of_folded(address)));
        let origin = of(folded).or_else(|| of(&former(folded)?))?;
        Some(say!("recipients-listed-by-token", place = self.at(*origin)))
    }

    /// The entry of a whole domain, or of those below one, that an address is at.
    fn by_domain(&self, folded: &str) -> Option<(Origin, String)> {
        let domain = folded.get(folded.rfind('@')?..)?;
        if self.domains
            && let Some(origin) = self.entries.get(&self.hash(domain))
        {
            return Some((*origin, domain.to_owned()));
        }
        if !self.below {
            return None;
        }
        domain.match_indices('.').find_map(|(dot, _)| {
            let by = format!("@*{}", domain.get(dot..)?);
            let origin = self.entries.get(&self.hash(&by))?;
            Some((*origin, by))
        })
    }

    /// Removes everybody who is on a list.
    pub fn take_out(&self, mailboxes: &mut Vec<Mailbox>) {
        if !self.is_empty() {
            mailboxes.retain(|mailbox| self.place_of(&mailbox.email).is_none());
        }
    }

    fn at(&self, origin: Origin) -> Said {
        self.words(origin.file as usize, u64::from(origin.line))
    }

    fn words(&self, file: usize, line: u64) -> Said {
        match self.files.get(file).and_then(Option::as_deref) {
            Some(file) => say!("recipients-listed", file = file, line = Arg::plain(line)),
            None => say!("recipients-listed-by-own", line = Arg::plain(line)),
        }
    }

    /// In halves: as one number it would be padded.
    fn hash(&self, text: &str) -> (u64, u64) {
        let hash = xxh3_128_with_seed(text.as_bytes(), self.seed);
        ((hash >> 64) as u64, hash as u64)
    }
}

#[cfg(test)]
mod tests;
