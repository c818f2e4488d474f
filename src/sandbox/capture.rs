//! Captured messages on disk: one .eml file and one line in `envelopes.jsonl` per message.
//!
//! A file holds the exact octets of the content and nothing of ours: the .jsonl file has what the
//! envelope said. A message is written under a temporary name and renamed, so a program that
//! watches the folder sees only complete messages; it is in both places before the client gets its
//! 250.
//!
//! It never overwrites: numbers continue after those of earlier runs, and a lock keeps two
//! sandboxes out of one folder. [`clear`] removes only what this module wrote. Nothing is synced:
//! these are test results, not mail.

use std::fs::{self, File, TryLockError};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;

use crate::storage::{private_file, private_folder};

use super::failure::SandboxError;
use super::names::{file_name, number_of, temporary_name};
use super::session::Message;

const MESSAGES: &str = "messages";
const ENVELOPES: &str = "envelopes.jsonl";
const LOCK: &str = ".lock";

/// One captured message, as told to the caller and, except for `number`, to `envelopes.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Captured {
    /// Its number in the output folder, or in this run when nothing is kept.
    #[serde(skip)]
    pub number: u64,
    /// The file, relative to the output folder and with `/`; `None` if nothing is kept.
    pub file: Option<String>,
    /// Reverse-path of MAIL as written; empty for the null reverse-path.
    pub from: String,
    /// Addresses of RCPT as written, in order.
    pub to: Vec<String>,
    /// Octets of the content after un-stuffing.
    pub size: u64,
    /// Whether it was sent over TLS.
    pub tls: bool,
    /// The user that was logged in.
    pub login: Option<String>,
    /// The name that the client gave in EHLO or HELO.
    pub helo: String,
    /// Whether MAIL had SMTPUTF8.
    pub smtputf8: bool,
}

/// What a sandbox did in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Messages captured, that is answered 250 after the dot.
    pub messages: u64,
    /// Envelope recipients of those messages.
    pub recipients: u64,
    /// Connections served; those refused with 421 do not count.
    pub connections: u64,
    /// Octets of content of those messages, after un-stuffing.
    pub bytes: u64,
}

/// Where messages go, and how many have gone there.
pub(super) struct Capture {
    folder: Option<Folder>,
    last: AtomicU64,
    messages: AtomicU64,
    recipients: AtomicU64,
    bytes: AtomicU64,
}

struct Folder {
    messages: PathBuf,
    envelopes: Mutex<Envelopes>,
    /// Held as long as the sandbox lives, also by a killed process no longer.
    _lock: File,
}

struct Envelopes {
    file: File,
    length: u64,
}

impl Capture {
    /// Makes the folders and finds the last number in use.
    pub(super) fn open(output: Option<&Path>) -> Result<Self, SandboxError> {
        let (folder, last) = match output {
            Some(output) => {
                let (folder, last) = Folder::open(output)?;
                (Some(folder), last)
            }
            None => (None, 0),
        };
        let zero = || AtomicU64::new(0);
        Ok(Self {
            folder,
            last: AtomicU64::new(last),
            messages: zero(),
            recipients: zero(),
            bytes: zero(),
        })
    }

    /// Stores a message, off the async threads. On an error nothing of it is left.
    pub(super) async fn store(self: &Arc<Self>, message: Message) -> io::Result<Captured> {
        if self.folder.is_none() {
            return self.write(message);
        }
        let capture = Arc::clone(self);
        tokio::task::spawn_blocking(move || capture.write(message))
            .await
            .map_err(io::Error::other)?
    }

    fn write(&self, message: Message) -> io::Result<Captured> {
        let number = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        let Message {
            from,
            to,
            content,
            helo,
            login,
            tls,
            smtputf8,
        } = message;
        let size = content.len() as u64;
        let mut captured = Captured {
            number,
            file: None,
            from,
            to,
            size,
            tls,
            login,
            helo,
            smtputf8,
        };
        if let Some(folder) = &self.folder {
            folder.write(&mut captured, &content)?;
        }
        self.messages.fetch_add(1, Ordering::Relaxed);
        self.recipients
            .fetch_add(captured.to.len() as u64, Ordering::Relaxed);
        self.bytes.fetch_add(size, Ordering::Relaxed);
        Ok(captured)
    }

    pub(super) fn tally(&self, connections: u64) -> Tally {
        Tally {
            messages: self.messages.load(Ordering::Relaxed),
            recipients: self.recipients.load(Ordering::Relaxed),
            connections,
            bytes: self.bytes.load(Ordering::Relaxed),
        }
    }
}

impl Folder {
    fn open(output: &Path) -> Result<(Self, u64), SandboxError> {
        let messages = output.join(MESSAGES);
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| SandboxError::Output { path, source }
        };
        private_folder(&messages).map_err(|error| failed(&messages)(error.obstacle.into()))?;
        let lock_path = messages.join(LOCK);
        let lock = private_file()
            // Not for appending: Windows locks no file that is open for that only.
            .create(true)
            .truncate(false)
            .open(&lock_path)
            .map_err(failed(&lock_path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(SandboxError::InUse {
                    path: output.to_owned(),
                });
            }
            // A file system without locks is no reason not to test on it.
            Err(TryLockError::Error(source)) if source.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(source)) => return Err(failed(&lock_path)(source)),
        }
        let last = own_files(&messages)
            .map_err(failed(&messages))?
            .map(|(number, _)| number)
            .max();
        let path = output.join(ENVELOPES);
        let mut file = private_file()
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(failed(&path))?;
        let length = file.seek(SeekFrom::End(0)).map_err(failed(&path))?;
        let envelopes = Mutex::new(Envelopes { file, length });
        Ok((
            Self {
                messages,
                envelopes,
                _lock: lock,
            },
            last.unwrap_or(0),
        ))
    }

    fn write(&self, captured: &mut Captured, content: &[u8]) -> io::Result<()> {
        let recipient = captured.to.first().map(String::as_str).unwrap_or_default();
        let name = file_name(captured.number, recipient);
        let temporary = self.messages.join(temporary_name(captured.number));
        let path = self.messages.join(&name);
        captured.file = Some(format!("{MESSAGES}/{name}"));
        let written = private_file()
            .create(true)
            .truncate(true)
            .open(&temporary)
            .and_then(|mut file| file.write_all(content))
            .and_then(|()| fs::rename(&temporary, &path));
        if let Err(error) = written {
            // It may not even have come into being.
            let _ = fs::remove_file(&temporary);
            return Err(error);
        }
        let mut line = serde_json::to_vec(captured)?;
        line.push(b'\n');
        let mut envelopes = self.envelopes.lock().unwrap_or_else(PoisonError::into_inner);
        envelopes.append(&line).inspect_err(|_| {
            let _ = fs::remove_file(&path);
        })
    }
}

impl Envelopes {
    /// Appends a whole line or nothing, so that a full disk leaves no torn one behind.
    fn append(&mut self, line: &[u8]) -> io::Result<()> {
        if let Err(error) = self.file.write_all(line) {
            let _ = self.file.set_len(self.length);
            let _ = self.file.seek(SeekFrom::Start(self.length));
            return Err(error);
        }
        self.length += line.len() as u64;
        Ok(())
    }
}

/// Removes what earlier runs left in `output`: `messages/NNNNNN-*.eml`, unfinished ones, and
/// `envelopes.jsonl`. Anything else there stays. A folder that does not exist is clear.
///
/// # Errors
/// The error of the system, or [`io::ErrorKind::ResourceBusy`] while a sandbox writes to the
/// folder.
pub fn clear(output: &Path) -> io::Result<()> {
    let messages = output.join(MESSAGES);
    let _lock = match File::options().write(true).open(messages.join(LOCK)) {
        Ok(lock) => match lock.try_lock() {
            Err(TryLockError::WouldBlock) => {
                let words = format!("a sandbox is writing to {}; stop it first", output.display());
                return Err(io::Error::new(io::ErrorKind::ResourceBusy, words));
            }
            Ok(()) | Err(TryLockError::Error(_)) => Some(lock),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let absent_is_fine = |result: io::Result<()>| match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    };
    match own_files(&messages) {
        Ok(files) => {
            for (_, path) in files {
                absent_is_fine(fs::remove_file(path))?;
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    absent_is_fine(fs::remove_file(output.join(ENVELOPES)))
}

/// Files of this module in the messages folder, with their numbers.
fn own_files(messages: &Path) -> io::Result<impl Iterator<Item = (u64, PathBuf)>> {
    let entries = fs::read_dir(messages)?.collect::<io::Result<Vec<_>>>()?;
    Ok(entries.into_iter().filter_map(|entry| {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        let number = number_of(entry.file_name().to_str()?).filter(|_| is_file)?;
        Some((number, entry.path()))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clear_removes_its_own_files_only() {
        let folder = tempfile::tempdir().unwrap();
        clear(&folder.path().join("absent")).unwrap();
        let messages = folder.path().join(MESSAGES);
        fs::create_dir_all(messages.join("000009-folder.eml")).unwrap();
        for name in ["000001-a@example.org.eml", ".000002.tmp", "notes.txt", "mine.eml"] {
            fs::write(messages.join(name), "x").unwrap();
        }
        fs::write(folder.path().join(ENVELOPES), "{}\n").unwrap();
        fs::write(folder.path().join("report.csv"), "x").unwrap();
        clear(folder.path()).unwrap();
        let names = |path: &Path| {
            let mut names: Vec<_> = fs::read_dir(path)
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            names.sort();
            names
        };
        assert_eq!(names(&messages), ["000009-folder.eml", "mine.eml", "notes.txt"]);
        assert_eq!(names(folder.path()), [MESSAGES, "report.csv"]);
    }
}
