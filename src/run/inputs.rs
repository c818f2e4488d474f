//! The files the messages are made of, watched while they are sent.
//!
//! What goes out was read and checked before, so a file saved meanwhile does
//! no harm by itself; but whoever saved it believes it went out. The run
//! stops and says so.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};
use tokio::sync::watch;

use crate::delivery::StopRequest;
use crate::storage::open_regular;

use super::prepare::Prepared;

/// How often the files are looked at.
const EVERY: Duration = Duration::from_millis(500);

/// A file, what it held, and how it looked when it last held that.
struct Watched {
    path: PathBuf,
    shown: String,
    /// `None` when there was no such file.
    digest: Option<[u8; 32]>,
    looks: Option<(SystemTime, u64)>,
}

/// The files of a run.
pub(super) struct Inputs(Vec<Watched>);

impl Inputs {
    /// Everything that went into the check pass.
    pub(super) fn of(prepared: &Prepared, recipients: Option<[u8; 32]>) -> Self {
        let shown = |path: &PathBuf| prepared.campaign.shown(path);
        let mut files: Vec<_> = prepared
            .composer
            .inputs()
            .chain(&prepared.campaign_file)
            .map(|input| (input.path.clone(), shown(&input.path), Some(input.digest)))
            .collect();
        if let Some(digest) = recipients
            && !prepared.campaign.recipients.stdin
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
        });
        Self(watched.collect())
    }

    /// The first file that does not hold what it held; a file whose time and
    /// size have not changed is not read again.
    pub(super) fn changed(&mut self) -> Option<String> {
        for file in &mut self.0 {
            let looks = std::fs::metadata(&file.path)
                .ok()
                .and_then(|m| Some((m.modified().ok()?, m.len())));
            if looks.is_some() && looks == file.looks {
                continue;
            }
            let same = match hash(&file.path) {
                Ok(digest) => file.digest == Some(digest),
                Err(error) => file.digest.is_none() && error.kind() == std::io::ErrorKind::NotFound,
            };
            if !same {
                return Some(file.shown.clone());
            }
            file.looks = looks;
        }
        None
    }

    /// Watches until something changes, and asks for a stop then.
    pub(super) async fn watch(mut self, stop: watch::Sender<StopRequest>) {
        let mut ticks = tokio::time::interval(EVERY);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            let looked = tokio::task::spawn_blocking(move || {
                let changed = self.changed();
                (self, changed)
            });
            match looked.await {
                Ok((_, Some(file))) => {
                    self::stop(&stop, file);
                    return;
                }
                Ok((inputs, None)) => self = inputs,
                Err(_) => return,
            }
        }
    }
}

/// Asks for a stop because of this file, unless one was asked for already.
pub(super) fn stop(stop: &watch::Sender<StopRequest>, file: String) {
    stop.send_if_modified(|request| {
        let quiet = *request == StopRequest::None;
        if quiet {
            *request = StopRequest::InputsChanged(file);
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
