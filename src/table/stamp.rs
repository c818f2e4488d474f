//! Whether a file is still the same.

use std::fs::Metadata;
use std::path::Path;
use std::time::SystemTime;

/// What a file looks like from outside. A look at it takes no time and does not read it, so that a
/// change within the same tick of the file system's clock and of no octet's length is not seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    inode: Inode,
}

impl Stamp {
    /// That of the file there; `None` where there is no file.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let metadata = std::fs::metadata(path).ok()?;
        Some(Self {
            length: metadata.len(),
            modified: metadata.modified().ok(),
            inode: inode(&metadata),
        })
    }
}

/// Which file it is, and when anything about it was changed last: programs that copy files may set
/// their times of modification back, and not this one.
#[cfg(unix)]
type Inode = (u64, i64, i64);

#[cfg(unix)]
fn inode(metadata: &Metadata) -> Inode {
    use std::os::unix::fs::MetadataExt;
    (metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
}

/// Elsewhere, length and time of modification must do.
#[cfg(not(unix))]
type Inode = ();

#[cfg(not(unix))]
fn inode(_: &Metadata) -> Inode {}
