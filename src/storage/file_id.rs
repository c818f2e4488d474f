//! The identity of the file at a path: is it still the file that was there before?

use std::fs::Metadata;
use std::io;
use std::path::Path;

/// Tells a file from every other one that is there at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileId {
    /// On Unix the device; elsewhere when the file was made.
    first: u64,
    /// On Unix the inode.
    second: u64,
}

impl FileId {
    /// Of the file to which a path leads.
    ///
    /// # Errors
    /// There is none, or nobody may look.
    pub fn at(path: &Path) -> io::Result<Self> {
        path.metadata().map(|found| Self::of(&found))
    }

    /// Of a file whose metadata were read.
    #[cfg(unix)]
    pub fn of(found: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self {
            first: found.dev(),
            second: found.ino(),
        }
    }

    /// Of a file whose metadata were read. An open file cannot be replaced on Windows; the time is for
    /// those that were closed meanwhile.
    #[cfg(not(unix))]
    pub fn of(found: &Metadata) -> Self {
        let made = found
            .created()
            .ok()
            .and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok())
            .map(|since| u64::try_from(since.as_nanos()).unwrap_or(u64::MAX));
        Self {
            first: made.unwrap_or_default(),
            second: 0,
        }
    }
}

/// Whether an error says that nothing is there, and not only that nobody may look.
pub fn says_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_took_the_place_of_another_is_another() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("a"), "first").unwrap();
        let first = FileId::at(&at("a")).unwrap();
        std::fs::write(at("a"), "written again").unwrap();
        assert_eq!(FileId::at(&at("a")).unwrap(), first);
        std::fs::write(at("b"), "second").unwrap();
        std::fs::rename(at("b"), at("a")).unwrap();
        assert_ne!(FileId::at(&at("a")).unwrap(), first);
        assert!(says_absent(&FileId::at(&at("b")).unwrap_err()));
        assert!(says_absent(&FileId::at(&at("a/c")).unwrap_err()));
    }
}
