//! The files the messages are made of, watched while they are sent.
//!
//! The messages were read and checked before, so a file that is saved in the meantime does no harm
//! by itself; but its author believes that the change is sent. The run stops and says so. A file
//! that cannot be read was not saved: it is read again, and only if that lasts does the run stop,
//! with other words.

use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime};

use sha2::{Digest, Sha256};
use tokio::sync::watch;

use crate::campaign::Problems;
use crate::delivery::StopRequest;
use crate::message::NamedFile;
use crate::storage::{open_regular, says_absent};
use crate::words::{Said, system};

use super::failure::RunError;
use super::prepare::Prepared;

/// How often the files are looked at.
const EVERY: Duration = Duration::from_millis(500);

/// How long a file may be unreadable: away while an editor saves it, held by a virus scanner, on a
/// drive whose network is gone for a moment.
const PATIENCE: Duration = Duration::from_secs(10);

/// A file, what it held, and how it looked when it last held that.
struct Watched {
    path: PathBuf,
    shown: String,
    /// `None` when there was no such file.
    digest: Option<[u8; 32]>,
    looks: Option<(SystemTime, u64)>,
    /// Since when it cannot be read.
    unread: Option<Instant>,
}

/// The files of a run.
pub(super) struct Inputs(Vec<Watched>);

impl Inputs {
    /// Everything that went into the check pass.
    pub(super) fn of(prepared: &Prepared, recipients: Option<[u8; 32]>) -> Self {
        let shown = |path: &PathBuf| prepared.campaign.shown(path);
        let text = prepared.campaign.message.text.as_ref();
        let typed = text.filter(|text| text.typed.is_some()).map(|text| &text.path);
        let mut files: Vec<_> = prepared
            .composer
            .inputs()
            .filter(|input| Some(&input.path) != typed)
            .chain(&prepared.campaign_file)
            .map(|input| (input.path.clone(), shown(&input.path), Some(input.digest)))
            .collect();
        if let Some(digest) = recipients
            && !prepared.campaign.recipients.stdin
            && prepared.campaign.recipients.only.is_none()
        {
            let source = &prepared.campaign.recipients;
            files.push((source.file.clone(), source.shown.clone(), Some(digest)));
        }
        // Who is added to a list while a run is going is not to be written to.
        let lists = prepared.lists.iter();
        files.extend(lists.map(|list| (list.path.clone(), list.shown.clone(), list.digest)));
        let watched = files.into_iter().map(|(path, shown, digest)| Watched {
            path,
            shown,
            digest,
            looks: None,
            unread: None,
        });
        Self(watched.collect())
    }

    /// The first file that does not hold what it held, or that cannot be read for longer than a disk,
    /// a virus scanner or an editor needs; a file whose time and size have not changed is not read
    /// again.
    pub(super) fn look(&mut self) -> Option<Found> {
        for file in &mut self.0 {
            match file.look() {
                Ok(true) => file.unread = None,
                Ok(false) => return Some(Found::Saved(file.shown.clone())),
                // This process has opened too much, or has no memory left: nothing is known then.
                Err(error) if is_ours(&error) => {}
                Err(error) => {
                    let since = *file.unread.get_or_insert_with(Instant::now);
                    if since.elapsed() >= PATIENCE {
                        return Some(Found::Unreadable(file.shown.clone(), system(&error)));
                    }
                }
            }
        }
        None
    }

    /// Looks until every file is read, at most as long as a file may be unreadable.
    pub(super) fn look_once(&mut self) -> Option<Found> {
        loop {
            if let Some(found) = self.look() {
                return Some(found);
            }
            if self.0.iter().all(|file| file.unread.is_none()) {
                return None;
            }
            std::thread::sleep(EVERY);
        }
    }

    /// Watches until something changes, and asks for a stop then.
    pub(super) async fn watch(mut self, stop: watch::Sender<StopRequest>) {
        let mut ticks = tokio::time::interval(EVERY);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            let looked = tokio::task::spawn_blocking(move || {
                let found = self.look();
                (self, found)
            });
            match looked.await {
                Ok((_, Some(found))) => {
                    self::stop(&stop, found.into());
                    return;
                }
                Ok((inputs, None)) => self = inputs,
                Err(_) => return,
            }
        }
    }
}

impl Watched {
    /// Whether it holds what it held.
    fn look(&mut self) -> std::io::Result<bool> {
        let looks = match std::fs::metadata(&self.path) {
            Ok(metadata) => Some((metadata.modified()?, metadata.len())),
            // There never was one, and there is none.
            Err(error) if self.digest.is_none() && says_absent(&error) => return Ok(true),
            Err(error) => return Err(error),
        };
        if looks == self.looks {
            return Ok(true);
        }
        let same = self.digest == Some(hash(&self.path)?);
        if same {
            self.looks = looks;
        }
        Ok(same)
    }
}

/// What is wrong with a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// It holds something else.
    Saved(String),
    /// It cannot be read, and why.
    Unreadable(String, Said),
}

impl From<Found> for StopRequest {
    fn from(found: Found) -> Self {
        match found {
            Found::Saved(file) => Self::InputsChanged(file),
            Found::Unreadable(file, why) => Self::InputUnreadable { file, why },
        }
    }
}

impl From<Found> for RunError {
    fn from(found: Found) -> Self {
        match found {
            Found::Saved(file) => Self::InputsChanged(file),
            Found::Unreadable(file, why) => Self::InputUnreadable { file, why },
        }
    }
}

/// Whether an error is about this process and not about the file.
fn is_ours(error: &std::io::Error) -> bool {
    /// EMFILE and ENFILE, the same wherever there are such.
    const TOO_MANY: [i32; 2] = [24, 23];
    let too_many = || error.raw_os_error().is_some_and(|code| TOO_MANY.contains(&code));
    error.kind() == std::io::ErrorKind::OutOfMemory || (cfg!(unix) && too_many())
}

/// Composes a message; again, as long as a file that its row names and that was read in the check
/// cannot be read. If that lasts, it asks for a stop.
pub(super) fn patiently<T, W: Into<Said>>(
    stop: &watch::Sender<StopRequest>,
    checked: &[NamedFile],
    compose: impl Fn() -> Result<T, Problems>,
    unread: impl Fn() -> Option<(String, W)>,
) -> Result<T, Problems> {
    let begun = Instant::now();
    loop {
        let composed = compose();
        let was_there = |path: &str| {
            let same = |file: &&NamedFile| file.path == path;
            checked
                .iter()
                .find(same)
                .is_some_and(|file| file.digest.is_some())
        };
        let Some((file, why)) = unread().filter(|(path, _)| was_there(path)) else {
            return composed;
        };
        if *stop.borrow() != StopRequest::None {
            return composed;
        }
        if begun.elapsed() >= PATIENCE {
            if composed.is_err() {
                let why = why.into();
                self::stop(stop, StopRequest::InputUnreadable { file, why });
            }
            return composed;
        }
        std::thread::sleep(EVERY);
    }
}

/// Asks for a stop, unless one was asked for already.
pub(super) fn stop(stop: &watch::Sender<StopRequest>, wanted: StopRequest) {
    stop.send_if_modified(|request| {
        let quiet = *request == StopRequest::None;
        if quiet {
            *request = wanted;
        }
        quiet
    });
}

fn hash(path: &std::path::Path) -> std::io::Result<[u8; 32]> {
    let mut file = open_regular(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = std::io::Read::read(&mut file, &mut buffer)?;
        if n == 0 {
            return Ok(hash.finalize().into());
        }
        hash.update(buffer.get(..n).unwrap_or_default());
    }
}
