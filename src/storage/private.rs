//! Files and folders that nobody but their owner may read.
//!
//! On Unix they have this mode from the moment they are created. On other systems they inherit the
//! access list of their folder, which belongs to the user.

use std::fs::{DirBuilder, File, OpenOptions};
use std::path::{Path, PathBuf};

use super::obstacle::Obstacle;

/// A folder cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("the folder {} cannot be made: {obstacle}", .path.display())]
pub struct FolderError {
    /// The folder.
    pub path: PathBuf,
    /// What is in the way.
    pub obstacle: Obstacle,
}

/// How a file is opened for writing that only its owner may read where it is
/// made now; whether it is made, and what becomes of an old one, is the
/// caller's to add.
pub fn private_file() -> OpenOptions {
    let mut options = File::options();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Opens a file for writing that only its owner can read, and creates it if it does not exist. A
/// link is refused, because the person who made the link would choose which file is overwritten.
///
/// # Errors
/// What is in the way, a link as well.
pub fn open_own(path: &Path) -> Result<File, Obstacle> {
    if let Some(target) = link_at(path) {
        return Err(Obstacle::of_link(path, target));
    }
    let mut options = private_file();
    options.read(true).create(true).truncate(false);
    // Where the link came a moment ago.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        i32::try_from(rustix::fs::OFlags::NOFOLLOW.bits()).unwrap_or_default(),
    );
    options.open(path).map_err(|error| Obstacle::to_file(path, error))
}

/// Where a link at a path leads.
pub(super) fn link_at(path: &Path) -> Option<PathBuf> {
    path.read_link().ok()
}

/// Makes a folder, and those above it that are missing, into which only its
/// owner may look. A folder that is there stays as it is.
///
/// # Errors
/// What is in the way.
pub fn private_folder(path: &Path) -> Result<(), FolderError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| FolderError {
        path: path.to_owned(),
        obstacle: Obstacle::to_folder(path, error),
    })
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn what_is_made_is_for_its_owner_alone() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("a/b");
        private_folder(&folder).unwrap();
        private_folder(&folder).unwrap();
        let file = folder.join("c");
        private_file().create_new(true).open(&file).unwrap();
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(
            [mode(&root.path().join("a")), mode(&folder), mode(&file)],
            [0o700, 0o700, 0o600]
        );
    }
}
