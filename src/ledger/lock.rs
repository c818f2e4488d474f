//! One run per campaign: a lock that dies with its process.
//!
//! The operating system holds it, so nothing is left after a crash; the file beside it says who has
//! the lock, for the process that is refused.

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::campaign::clock;
use crate::storage::{FolderError, Obstacle, open_own, private_folder};
use crate::words::{Arg, Said, Speak, say};

use super::boot;

/// Who holds a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The machine.
    pub host: String,
    /// The process there.
    pub pid: u32,
    /// Since when.
    pub since: String,
}

/// The campaign cannot be held.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said())]
pub enum LockError {
    /// Another run holds it.
    Held(Holder),
    /// Another run holds it, and did not say who it is.
    HeldBySomebody,
    /// The lock file cannot be used.
    Io {
        /// The file.
        path: String,
        /// What is in the way.
        obstacle: Obstacle,
    },
    /// The file system has no locks.
    NoLocks {
        /// The file.
        path: String,
        /// The system's words.
        source: std::io::Error,
    },
    /// The folder for it cannot be made.
    Folder(#[from] FolderError),
}

impl Speak for LockError {
    fn said(&self) -> Said {
        match self {
            Self::Held(Holder { host, pid, since }) => say!(
                "ledger-lock-held",
                pid = Arg::plain(pid),
                host = host,
                since = Arg::minute(since)
            ),
            Self::HeldBySomebody => say!("ledger-lock-held-by-another"),
            Self::Io { path, obstacle } => say!("ledger-lock-not-taken", path = path, why = obstacle),
            Self::NoLocks { path, source } => {
                say!("ledger-no-locks", path = path, own = source.to_string())
            }
            Self::Folder(error) => error.said(),
        }
    }

    fn hints(&self) -> Vec<Said> {
        match self {
            Self::Held(_) | Self::HeldBySomebody => Vec::new(),
            Self::Io { obstacle, .. } => obstacle.hints(),
            Self::NoLocks { .. } => vec![say!("ledger-hint-no-locks")],
            Self::Folder(error) => error.hints(),
        }
    }
}

/// Held as long as it lives.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Nobody holds it: it names nobody, and is as it was before. Closing it releases it.
        let _ = self.file.set_len(0);
    }
}

impl Lock {
    /// The lock of the ledger at `ledger`.
    pub(super) fn file(ledger: &Path) -> PathBuf {
        ledger.with_extension("lock")
    }

    /// Takes the lock of a ledger.
    ///
    /// # Errors
    /// [`LockError::Held`] names who has it.
    pub fn take(ledger: &Path) -> Result<Self, LockError> {
        let path = Self::file(ledger);
        let failed = |error| LockError::Io {
            path: path.display().to_string(),
            obstacle: Obstacle::to_file(&path, error),
        };
        if let Some(folder) = path.parent() {
            private_folder(folder)?;
        }
        let mut file = open_own(&path).map_err(|obstacle| LockError::Io {
            path: path.display().to_string(),
            obstacle,
        })?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(holder(&mut file)),
            Err(TryLockError::Error(e)) if has_no_locks(&e) => {
                return Err(LockError::NoLocks {
                    path: path.display().to_string(),
                    source: e,
                });
            }
            Err(TryLockError::Error(e)) => return Err(failed(e)),
        }
        let holder = Holder {
            host: boot::host(),
            pid: std::process::id(),
            since: clock::now().strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
        };
        let text = serde_json::to_string(&holder).unwrap_or_default();
        file.set_len(0)
            .and_then(|()| file.seek(SeekFrom::Start(0)))
            .and_then(|_| file.write_all(text.as_bytes()))
            .map_err(failed)?;
        Ok(Self { file })
    }

    /// Whether a run holds the ledger at the moment.
    pub fn is_held(ledger: &Path) -> bool {
        File::open(Self::file(ledger))
            .is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
    }
}

/// Whether an error says that there is no locking at all, not that another process has the lock.
fn has_no_locks(error: &std::io::Error) -> bool {
    #[cfg(unix)]
    {
        use rustix::io::Errno;
        [Errno::NOLCK, Errno::OPNOTSUPP, Errno::NOTSUP, Errno::NOSYS]
            .iter()
            .any(|none| error.raw_os_error() == Some(none.raw_os_error()))
    }
    #[cfg(not(unix))]
    {
        error.kind() == std::io::ErrorKind::Unsupported
    }
}

fn holder(file: &mut File) -> LockError {
    let mut text = String::new();
    // On Windows the locked file cannot be read: then nobody is named.
    match file
        .read_to_string(&mut text)
        .ok()
        .and_then(|_| serde_json::from_str(&text).ok())
    {
        Some(holder) => LockError::Held(holder),
        None => LockError::HeldBySomebody,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_holds_it() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("news.db");
        let first = Lock::take(&ledger).unwrap();
        assert!(Lock::is_held(&ledger));
        let words = Lock::take(&ledger).unwrap_err().to_string();
        assert!(
            words.contains(&format!("process {}", std::process::id())),
            "{words}"
        );
        drop(first);
        assert!(!Lock::is_held(&ledger));
        Lock::take(&ledger).unwrap();
    }
}
