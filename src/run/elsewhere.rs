//! A mailing beside the one that a ledger knows, in which people of the list are.

use std::path::PathBuf;

/// People who are named.
const NAMED: usize = 5;

/// Who of a list is in another mailing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// People in the list.
    pub listed: u64,
    /// Of them, in the other mailing.
    pub shared: u64,
    /// Of them, who have or may have its message; `None` where that is not known.
    pub have: Option<u64>,
    /// The first few of those.
    pub names: Vec<String>,
}

/// What knows of a mailing that this ledger does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Witness {
    /// The campaign was copied from this folder, ledger and all.
    CopyOf(PathBuf),
    /// Results of a mailing that no ledger here knows; when its run began.
    Results(PathBuf, String),
    /// Results that tell of more than the ledger does: an older one took its place.
    Newer(PathBuf, String),
}

/// A mailing beside the one that the ledger knows, in which people of the list are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// What tells of it.
    pub witness: Witness,
    /// Who.
    pub known: Known,
}

impl Known {
    /// Somebody of the list has its message.
    pub(super) fn meet(&mut self, key: &str) {
        self.have = self.have.map(|have| have + 1);
        if self.names.len() < NAMED {
            self.names.push(key.to_owned());
        }
    }
}
