//! Replacing a file as a whole.
//!
//! The new content is written beside the old file and then moved to its place: nobody reads half of
//! it, and if the process dies in between, the old file is still there.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// What is to take the place of a file. Dropped before it is kept, it leaves
/// nothing behind and the file as it was. Only its owner may read it.
#[derive(Debug)]
pub struct Replacement {
    path: PathBuf,
    // Made with mode 0600 on Unix.
    file: NamedTempFile,
}

impl Replacement {
    /// Begins one of the file at `path`, whose folder must be there.
    ///
    /// # Errors
    /// The system's.
    pub fn of(path: &Path) -> io::Result<Self> {
        Ok(Self {
            path: path.to_owned(),
            file: NamedTempFile::new_in(folder_of(path))?,
        })
    }

    /// Puts it into its place, on disk.
    ///
    /// # Errors
    /// The system's; the old file is as it was then.
    pub fn keep(self) -> io::Result<()> {
        self.file.as_file().sync_all()?;
        self.file.persist(&self.path).map_err(|error| error.error)?;
        sync_folder(&self.path);
        Ok(())
    }

    /// Puts it into its place, where nothing may be yet.
    ///
    /// # Errors
    /// The system's: [`io::ErrorKind::AlreadyExists`] where something is.
    pub fn keep_as_new(self) -> io::Result<()> {
        self.file.as_file().sync_all()?;
        self.file
            .persist_noclobber(&self.path)
            .map_err(|error| error.error)?;
        sync_folder(&self.path);
        Ok(())
    }
}

impl Write for Replacement {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.file.write(octets)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

/// The new name is on disk as well, where folders can be synced.
fn sync_folder(path: &Path) {
    if let Ok(folder) = File::open(folder_of(path)) {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_file_stays_until_the_new_one_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        std::fs::write(&path, "old").unwrap();
        let begun = || {
            let mut new = Replacement::of(&path).unwrap();
            new.write_all(b"new").unwrap();
            new
        };
        drop(begun());
        let clash = begun().keep_as_new().unwrap_err();
        assert_eq!(clash.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read(&path).unwrap(), b"old");
        begun().keep().unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            1,
            "nothing is left over"
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}
