//! Files that a row names: by a path template, or in its cell of `_attach`.
//!
//! Such a path is confined to a folder: a row may not mail `../../etc/passwd` to anybody. What a
//! file held goes with the message, so that a change of it is noticed when the mailing goes on.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::campaign::Reserved;

use super::file::{Encoded, NamedBy, Unread, read};

/// Octets of encoded files that are kept for rows that name the same one.
const KEPT_OCTETS: usize = 32 << 20;

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
    /// The last file that could not be read, and why.
    unread: Mutex<Option<(String, String)>>,
    pub(super) reserved: Arc<Reserved>,
}

/// Files that were read, in case another row names them, too.
#[derive(Default)]
struct Kept {
    files: HashMap<PathBuf, (Looks, Arc<Encoded>)>,
    octets: usize,
}

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

    /// The last file that was not there or could not be read since this was asked.
    pub(super) fn take_unread(&self) -> Option<(String, String)> {
        self.unread.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// The file at `path` below `base`, whatever links lead there.
    pub(super) fn read(&self, base: &Path, path: &str) -> Result<Arc<Encoded>, Unread> {
        let read = self.find(base, path);
        if let Err(why @ (Unread::Missing | Unread::Io(_))) = &read {
            let mut unread = self.unread.lock().unwrap_or_else(PoisonError::into_inner);
            *unread = Some((path.to_owned(), why.to_string()));
        }
        read
    }

    fn find(&self, base: &Path, path: &str) -> Result<Arc<Encoded>, Unread> {
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
        let base = base.canonicalize().map_err(Unread::from)?;
        if !inside(relative) || (relative.is_absolute() && !relative.starts_with(&base)) {
            return Err(Unread::Outside);
        }
        let real = base.join(relative).canonicalize().map_err(Unread::from)?;
        if !real.starts_with(&base) {
            return Err(Unread::Outside);
        }
        let metadata = std::fs::metadata(&real)?;
        let looks = (metadata.modified().ok(), metadata.len());
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((before, encoded)) = kept.files.get(&real)
            && *before == looks
        {
            return Ok(Arc::clone(encoded));
        }
        let (encoded, _) = read(&real, NamedBy::Cell(&base), &self.reserved)?;
        let encoded = Arc::new(encoded);
        kept.keep(real, looks, Arc::clone(&encoded));
        Ok(encoded)
    }
}

impl Kept {
    fn keep(&mut self, path: PathBuf, looks: Looks, encoded: Arc<Encoded>) {
        let octets = encoded.body.octets.len();
        if self.octets + octets > KEPT_OCTETS {
            self.files.clear();
            self.octets = 0;
        }
        self.octets += octets;
        if let Some((_, before)) = self.files.insert(path, (looks, encoded)) {
            self.octets -= before.body.octets.len();
        }
    }
}
