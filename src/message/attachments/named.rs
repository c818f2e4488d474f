//! Files that a row names: by a path template, or in its cell of `_attach`.
//!
//! Such a path is confined to a folder: a row may not mail `../../etc/passwd` to anybody. The
//! contents of a file are recorded with the message, so a change is noticed when the mailing
//! continues.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::campaign::Reserved;
use crate::storage::Names;
use crate::words::{Said, Speak};

use super::file::{Encoded, NamedBy, Unread, read};

/// Octets of encoded files that are kept for rows that name the same one.
const KEPT_OCTETS: usize = 32 << 20;

/// What a file counts for that is known by its looks alone.
const LOOKS_OCTETS: usize = 512;

/// A file that a row names, and what it held when the message was composed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedFile {
    /// The path, as the row has it.
    pub path: String,
    /// The first 8 octets of the SHA-256 of its content; `None` where it may be missing and is.
    pub digest: Option<u64>,
}

impl NamedFile {
    /// The first file of `now` that is not what it was in `before`, of those in both.
    pub fn changed<'f>(before: &[Self], now: &'f [Self]) -> Option<&'f Self> {
        now.iter().find(|file| {
            let same = |earlier: &&Self| earlier.path == file.path;
            before
                .iter()
                .find(same)
                .is_some_and(|earlier| earlier.digest != file.digest)
        })
    }

    pub(super) fn read(path: &str, encoded: &Encoded) -> Self {
        let first = encoded.digest.first_chunk().copied().unwrap_or_default();
        Self {
            path: path.to_owned(),
            digest: Some(u64::from_be_bytes(first)),
        }
    }

    pub(super) fn missing(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            digest: None,
        }
    }
}

/// Reads such files.
pub(super) struct NamedFiles {
    kept: Mutex<Kept>,
    /// The last file that each thread could not read, and why: a message is composed on one.
    unread: Mutex<HashMap<ThreadId, (String, Said)>>,
    pub(super) reserved: Arc<Reserved>,
}

/// Files that were read, in case another row names them, too.
#[derive(Default)]
struct Kept {
    files: HashMap<PathBuf, Known>,
    octets: usize,
    /// Folders, and what they are with no link on the way.
    real: HashMap<PathBuf, PathBuf>,
    /// What files are called that a row names with other accents.
    names: Names,
}

/// A file that was read before.
#[derive(Clone)]
struct Known {
    looks: Looks,
    /// How often it was read.
    times: u8,
    /// Kept once it is more than one row's: that is read by the check, and for sending.
    encoded: Option<Arc<Encoded>>,
}

/// Such a file does not belong to a single row.
const SHARED: u8 = 3;

/// By what a file that was saved since is known: its time and its size.
type Looks = (Option<SystemTime>, u64);

impl NamedFiles {
    pub(super) fn new(reserved: Arc<Reserved>) -> Self {
        Self {
            kept: Mutex::default(),
            unread: Mutex::default(),
            reserved,
        }
    }

    /// The last file that was not there or could not be read on this thread since this was asked.
    pub(super) fn take_unread(&self) -> Option<(String, Said)> {
        self.unread().remove(&thread::current().id())
    }

    fn unread(&self) -> MutexGuard<'_, HashMap<ThreadId, (String, Said)>> {
        self.unread.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The file at `path` below `base`, whatever links lead there.
    pub(super) fn read(&self, base: &Path, path: &str) -> Result<Arc<Encoded>, Unread> {
        let read = self.find(base, path);
        if let Err(why) = &read {
            self.note_unread(path, why);
        }
        read
    }

    /// Notes on this thread that a file is not there or cannot be read now.
    pub(super) fn note_unread(&self, path: &str, why: &Unread) {
        if let Unread::Missing | Unread::Io(_) = why {
            let unread = (path.to_owned(), why.said());
            self.unread().insert(thread::current().id(), unread);
        }
    }

    /// The same as [`Self::read`], of a file that need not be there.
    pub(super) fn find(&self, base: &Path, path: &str) -> Result<Arc<Encoded>, Unread> {
        let relative = Path::new(path);
        if path.is_empty() {
            return Err(Unread::NoName);
        }
        let inside = |p: &Path| p.components().all(|c| !matches!(c, Component::ParentDir));
        let base = if base.as_os_str().is_empty() {
            Path::new(".")
        } else {
            base
        };
        let base = self.real(base)?;
        if !inside(relative) || (relative.is_absolute() && !relative.starts_with(&base)) {
            return Err(Unread::Outside);
        }
        let path = base.join(relative);
        let real = path.canonicalize().or_else(|error| {
            // A Mac has written its accents in another way.
            let called = self.kept().names.found(&path);
            if called == path {
                Err(error)
            } else {
                called.canonicalize()
            }
        })?;
        if !real.starts_with(&base) {
            return Err(Unread::Outside);
        }
        let metadata = std::fs::metadata(&real)?;
        let looks = (metadata.modified().ok(), metadata.len());
        let known = self.kept().files.get(&real).cloned();
        let known = known.filter(|known| known.looks == looks);
        if let Some(encoded) = known.as_ref().and_then(|known| known.encoded.clone()) {
            return Ok(encoded);
        }
        // The others read theirs meanwhile.
        let (encoded, _) = read(&real, NamedBy::Cell(&base), &self.reserved)?;
        let encoded = Arc::new(encoded);
        let times = known.map_or(1, |known| known.times.saturating_add(1));
        let known = Known {
            looks,
            times,
            encoded: (times >= SHARED).then(|| Arc::clone(&encoded)),
        };
        self.kept().keep(real, known);
        Ok(encoded)
    }

    /// A folder by its name without links. It stays what it was at the first look: if a link is
    /// changed later, its new target is outside.
    fn real(&self, folder: &Path) -> Result<PathBuf, Unread> {
        if let Some(real) = self.kept().real.get(folder) {
            return Ok(real.clone());
        }
        let real = folder.canonicalize()?;
        self.kept().real.insert(folder.to_owned(), real.clone());
        Ok(real)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn octets(&self) -> usize {
        LOOKS_OCTETS
            + self
                .encoded
                .as_ref()
                .map_or(0, |encoded| encoded.body.octets.len())
    }
}

impl Kept {
    fn keep(&mut self, path: PathBuf, known: Known) {
        if self.octets + known.octets() > KEPT_OCTETS {
            self.files.clear();
            self.octets = 0;
        }
        self.octets += known.octets();
        if let Some(before) = self.files.insert(path, known) {
            self.octets -= before.octets();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_known_where_it_was_tried() {
        let folder = tempfile::tempdir().unwrap();
        let files = NamedFiles::new(Arc::default());
        let _ = files.read(folder.path(), "away.txt");
        let elsewhere = thread::scope(|scope| scope.spawn(|| files.take_unread()).join().unwrap());
        assert_eq!(elsewhere, None, "another message's thread");
        assert_eq!(files.take_unread().unwrap().0, "away.txt");
        assert_eq!(files.take_unread(), None, "it is taken");
    }

    #[test]
    fn a_file_is_kept_once_it_is_no_row_s_own() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.txt"), "1").unwrap();
        let files = NamedFiles::new(Arc::default());
        let read = || files.read(folder.path(), "a.txt").unwrap();
        let (first, second, third, fourth) = (read(), read(), read(), read());
        assert!(!Arc::ptr_eq(&first, &second) && !Arc::ptr_eq(&second, &third));
        assert!(Arc::ptr_eq(&third, &fourth));
        std::fs::write(folder.path().join("a.txt"), "22").unwrap();
        assert_ne!(read().digest, fourth.digest, "it was saved since");
    }
}
