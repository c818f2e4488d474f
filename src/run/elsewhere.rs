//! A mailing other than the one that a ledger knows, with people from the list in it.

use std::path::PathBuf;

use crate::words::{Arg, Said, Speak, say};

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
    /// Results that contain more than the ledger: an older one took its place.
    Newer(PathBuf, String),
}

/// A mailing beside the one that the ledger knows, in which people of the list are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// The evidence for it.
    pub witness: Witness,
    /// Who.
    pub known: Known,
}

impl Known {
    /// A recipient in the list has its message.
    pub(super) fn meet(&mut self, key: &str) {
        self.have = self.have.map(|have| have + 1);
        if self.names.len() < NAMED {
            self.names.push(key.to_owned());
        }
    }
}

impl Speak for Elsewhere {
    fn said(&self) -> Said {
        say!("run-elsewhere", what = &self.witness, who = &self.known)
    }
}

impl Speak for Witness {
    fn said(&self) -> Said {
        match self {
            Self::CopyOf(folder) => say!("run-copy-of", folder = folder.as_path()),
            Self::Results(results, started_at) if started_at.is_empty() => {
                say!("run-results-unknown", results = results.as_path())
            }
            Self::Results(results, started_at) => say!(
                "run-results-unknown-of",
                results = results.as_path(),
                started = Arg::minute(started_at)
            ),
            Self::Newer(results, started_at) if started_at.is_empty() => {
                say!("run-results-newer", results = results.as_path())
            }
            Self::Newer(results, started_at) => say!(
                "run-results-newer-of",
                results = results.as_path(),
                started = Arg::minute(started_at)
            ),
        }
    }
}

impl Speak for Known {
    fn said(&self) -> Said {
        let listed = self.listed;
        let names = Arg::commas(self.names.iter().map(String::as_str));
        let Some(have) = self.have else {
            return say!("run-who-has-it-unknown");
        };
        match have.saturating_sub(self.names.len() as u64) {
            _ if have == 0 => say!("run-who-is-in-it", shared = self.shared, listed = listed),
            0 => say!("run-who-has-it", have = have, listed = listed, names = names),
            more => say!(
                "run-who-has-it-and-more",
                have = have,
                listed = listed,
                names = names,
                more = more
            ),
        }
    }
}
