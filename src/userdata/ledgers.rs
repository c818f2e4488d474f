//! Where the ledgers of the user's campaigns lie: for answers that are about a message of another
//! campaign.
//!
//! One small file a ledger, called by a hash of its place, so that no process has to wait for another.
//! A ledger that is gone is forgotten; of very many, the oldest notes are.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::storage::{Replacement, is_absent, private_folder};

use super::failure::UserFileError;

/// The folder in the user's state.
const FOLDER: &str = "ledgers";

/// This many are remembered: each may have to be looked into.
const MOST: usize = 500;

/// Notes where the ledger of a campaign lies.
///
/// # Errors
/// The note cannot be written.
pub fn remember_ledger(state: &Path, ledger: &Path) -> Result<(), UserFileError> {
    let Ok(ledger) = ledger.canonicalize() else {
        return Ok(());
    };
    let folder = state.join(FOLDER);
    let place = ledger.to_string_lossy();
    let hash = Sha256::digest(place.as_bytes());
    let note = folder.join(HEXLOWER.encode(hash.get(..16).unwrap_or_default()));
    if note.is_file() {
        return Ok(());
    }
    private_folder(&folder)?;
    let failed = |error| UserFileError::file(&note, error);
    let mut file = Replacement::of(&note).map_err(failed)?;
    file.write_all(place.as_bytes()).map_err(failed)?;
    file.keep().map_err(failed)?;
    forget(&folder);
    Ok(())
}

/// The ledgers that are still where they were, the latest note first.
pub fn recall_ledgers(state: &Path) -> Vec<PathBuf> {
    let found = notes(&state.join(FOLDER));
    let ledgers = found.into_iter().filter_map(|(_, note)| ledger_of(&note));
    ledgers.filter(|ledger| ledger.is_file()).collect()
}

fn ledger_of(note: &Path) -> Option<PathBuf> {
    let place = std::fs::read_to_string(note).ok()?;
    Some(PathBuf::from(place.trim_end()))
}

fn notes(folder: &Path) -> Vec<(SystemTime, PathBuf)> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut notes: Vec<_> = entries
        .flatten()
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
        .collect();
    notes.sort();
    notes.reverse();
    notes
}

/// Removes the notes about ledgers that are gone, and the oldest of too many. What stays does no harm.
fn forget(folder: &Path) {
    for (n, (_, note)) in notes(folder).into_iter().enumerate() {
        if n >= MOST || ledger_of(&note).is_none_or(|ledger| is_absent(&ledger)) {
            let _ = std::fs::remove_file(note);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ledgers_that_are_gone_are_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["a.db", "b.db", "c.db"] {
            std::fs::write(at(name), "").unwrap();
            remember_ledger(&at("state"), &at(name)).unwrap();
        }
        remember_ledger(&at("state"), &at("a.db")).unwrap();
        assert_eq!(recall_ledgers(&at("state")).len(), 3);
        std::fs::remove_file(at("b.db")).unwrap();
        assert_eq!(recall_ledgers(&at("state")).len(), 2);
        std::fs::write(at("d.db"), "").unwrap();
        remember_ledger(&at("state"), &at("d.db")).unwrap();
        assert_eq!(std::fs::read_dir(at("state/ledgers")).unwrap().count(), 3);
    }
}
