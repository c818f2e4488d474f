//! Files and folders that nobody but their owner may read.
//!
//! On Unix their mode says so from the moment they are made. Elsewhere they
//! inherit the access list of the folder they are made in, which is the user's.

use std::fs::DirBuilder;
use std::io;
use std::path::Path;

/// A folder cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("the folder {path} cannot be made: {source}")]
pub struct FolderError {
    /// The folder.
    pub path: String,
    /// The system's words.
    pub source: io::Error,
}

/// Makes a folder, and those above it that are missing, into which only its
/// owner may look. A folder that is there stays as it is.
///
/// # Errors
/// The system's.
pub fn private_folder(path: &Path) -> Result<(), FolderError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|source| FolderError {
        path: path.display().to_string(),
        source,
    })
}
