//! Where mailings that only flags describe were begun.
//!
//! Such a campaign has no folder of its own: the same command in another folder (first typed by a
//! person, then run by cron) would not find it. Its list and its name identify it.

use std::io::Write;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::storage::{Replacement, private_folder};

use super::failure::UserFileError;

/// The folder in the user's state.
const FOLDER: &str = "begun";

/// Notes where the ledger of a campaign lies that flags alone describe.
///
/// # Errors
/// The note cannot be written.
pub fn remember_begun(state: &Path, list: &Path, name: &str, ledger: &Path) -> Result<(), UserFileError> {
    let Some(path) = note(state, list, name) else {
        return Ok(());
    };
    let Ok(ledger) = ledger.canonicalize() else {
        return Ok(());
    };
    private_folder(&state.join(FOLDER))?;
    let failed = |error| UserFileError::file(&path, error);
    let mut file = Replacement::of(&path).map_err(failed)?;
    file.write_all(ledger.to_string_lossy().as_bytes())
        .map_err(failed)?;
    file.keep().map_err(failed)
}

/// Where the ledger of such a campaign lies, as far as that is known.
pub fn recall_begun(state: &Path, list: &Path, name: &str) -> Option<PathBuf> {
    let path = std::fs::read_to_string(note(state, list, name)?).ok()?;
    Some(PathBuf::from(path.trim_end()))
}

/// Nothing but a hash: who looks into the folder learns of no campaign.
fn note(state: &Path, list: &Path, name: &str) -> Option<PathBuf> {
    let list = list.canonicalize().ok()?;
    let mut hash = Sha256::new();
    hash.update(list.to_string_lossy().as_bytes());
    hash.update([0]);
    hash.update(name.as_bytes());
    let hash = HEXLOWER.encode(hash.finalize().get(..16)?);
    Some(state.join(FOLDER).join(hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_and_a_name_lead_to_the_ledger() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["people.csv", "others.csv", "people.db"] {
            std::fs::write(at(name), "").unwrap();
        }
        remember_begun(&at("state"), &at("people.csv"), "people", &at("people.db")).unwrap();
        let recalled = |list: &str, name: &str| recall_begun(&at("state"), &at(list), name);
        assert_eq!(
            recalled("people.csv", "people"),
            at("people.db").canonicalize().ok()
        );
        assert_eq!(recalled("people.csv", "other"), None);
        assert_eq!(recalled("others.csv", "people"), None);
    }
}
