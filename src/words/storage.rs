//! What storage met, in words: the ground below this room has none for people.

use std::error::Error;
use std::io;

use rusqlite::ErrorCode;

use crate::storage::{FolderError, Held};

use super::said::{Arg, Said, Speak, say};
use super::system::system;

impl Speak for FolderError {
    fn said(&self) -> Said {
        say!(
            "storage-folder-not-made",
            path = self.path.as_path(),
            why = &self.obstacle
        )
    }

    fn hints(&self) -> Vec<Said> {
        self.obstacle.hints()
    }
}

impl Speak for Held {
    fn said(&self) -> Said {
        say!("storage-held")
    }

    fn hints(&self) -> Vec<Said> {
        vec![say!("storage-hint-held")]
    }
}

/// What SQLite says, by its kind.
#[must_use]
pub fn sqlite(error: &rusqlite::Error) -> Said {
    let own = || Arg::from(error.to_string());
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Held.said(),
        Some(ErrorCode::DiskFull) => say!("words-system-storage-full"),
        Some(ErrorCode::TooBig) => say!("words-system-file-too-large"),
        Some(ErrorCode::PermissionDenied) => say!("words-system-permission-denied"),
        Some(ErrorCode::OutOfMemory) => say!("words-system-out-of-memory"),
        Some(ErrorCode::ReadOnly) => say!("storage-sqlite-read-only"),
        Some(ErrorCode::CannotOpen) => say!("storage-sqlite-cannot-open"),
        Some(ErrorCode::NotADatabase) => say!("storage-sqlite-not-a-database"),
        Some(ErrorCode::SystemIoFailure) => say!("storage-sqlite-io", own = own()),
        Some(ErrorCode::DatabaseCorrupt) => say!("storage-sqlite-damaged", own = own()),
        _ => say!("storage-sqlite-other", own = own()),
    }
}

/// An error whose kind is not known here: of the system, of SQLite, of storage; else in its own words.
#[must_use]
pub fn of_error(error: &(dyn Error + 'static)) -> Said {
    if let Some(error) = error.downcast_ref::<io::Error>() {
        return system(error);
    }
    if let Some(error) = error.downcast_ref::<rusqlite::Error>() {
        return sqlite(error);
    }
    match error.downcast_ref::<Held>() {
        Some(held) => held.said(),
        None => Said::verbatim(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::storage::Obstacle;

    use super::super::system::hints_of;
    use super::*;

    #[test]
    fn what_storage_met_is_said_wherever_it_is_wrapped() {
        let root = tempfile::tempdir().unwrap();
        let met = |path: &Path| Obstacle::to_file(path, std::fs::write(path, "").unwrap_err());
        let folder = met(root.path());
        assert_eq!(folder.said().to_string(), "it is a folder");
        assert_eq!(folder.hints().len(), 1);
        let wrapped = io::Error::from(folder);
        assert_eq!(system(&wrapped).to_string(), "it is a folder");
        assert_eq!(hints_of(&wrapped).len(), 1);
        let missing = io::Error::from(met(&root.path().join("none/a")));
        assert_eq!(system(&missing).to_string(), "there is no such file or folder");
        assert!(hints_of(&missing).is_empty());
        assert_eq!(of_error(&wrapped).to_string(), "it is a folder");
        let denied = Obstacle::to_file(&root.path().join("new"), io::ErrorKind::PermissionDenied.into());
        assert!(denied.hints()[0].is("storage-hint-permission"));
    }
}
