//! Making commits durable without delaying the writer.
//!
//! In WAL mode with `synchronous = NORMAL`, a commit is a write into the log that need not survive
//! a power cut; `FULL` adds an fsync of the log before the next command. That fsync is done here
//! instead, on a separate thread, for everything committed so far: the writer continues while the
//! disk works. Code that must know that something is on disk (a claim) gets its answer from this
//! thread, after the fsync.

use std::fs::File;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::storage::FileId;
use crate::words::Said;

use super::standing::Standing;

/// Nothing committed is off the disk for longer (plus the disk's own time).
const WITHIN: Duration = Duration::from_millis(10);

/// Done once all that was committed before is on disk; told why when it is not.
pub(super) type Afterwards = Box<dyn FnOnce(Result<(), Undurable>) + Send>;

/// Why what was committed is on no disk that anybody reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Undurable {
    /// The disk failed.
    Disk(io::ErrorKind, String),
    /// The files are not those at their paths any more.
    Replaced(Said),
}

enum Message {
    /// Something was committed.
    Dirty,
    /// Something was committed that a caller waits for.
    Tell(Afterwards),
}

/// The thread that syncs the write-ahead log.
pub(super) struct Durable {
    messages: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
    /// A `Dirty` is on its way already.
    dirty: Arc<AtomicBool>,
    failure: Arc<Mutex<Option<Undurable>>>,
}

impl Durable {
    /// Syncs the log of a ledger from now on.
    pub(super) fn start(standing: Arc<Standing>) -> io::Result<Self> {
        let (messages, queue) = channel();
        let dirty = Arc::new(AtomicBool::new(false));
        let failure = Arc::new(Mutex::new(None));
        let mut syncer = Syncer {
            standing,
            file: None,
            dirty: Arc::clone(&dirty),
            failure: Arc::clone(&failure),
        };
        let thread = std::thread::Builder::new()
            .name("ledger-sync".to_owned())
            .spawn(move || syncer.work(&queue))?;
        Ok(Self {
            messages: Some(messages),
            thread: Some(thread),
            dirty,
            failure,
        })
    }

    /// Something was committed.
    pub(super) fn committed(&self) {
        if !self.dirty.swap(true, Ordering::AcqRel) {
            self.send(Message::Dirty);
        }
    }

    /// Something was committed; `afterwards` runs once it is on disk.
    pub(super) fn committed_then(&self, afterwards: Afterwards) {
        self.send(Message::Tell(afterwards));
    }

    /// Why the disk failed, once it has.
    pub(super) fn failure(&self) -> Option<Undurable> {
        self.failure
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn send(&self, message: Message) {
        if let Some(messages) = &self.messages {
            // Gone only after a panic there; then nobody waits in vain, for
            // the answer's sender is dropped with the message.
            let _ = messages.send(message);
        }
    }
}

impl Drop for Durable {
    /// Everything committed is on disk when this returns.
    fn drop(&mut self) {
        self.messages.take();
        if let Some(thread) = self.thread.take() {
            // A panic there has lost nothing that was promised.
            let _ = thread.join();
        }
    }
}

struct Syncer {
    standing: Arc<Standing>,
    file: Option<File>,
    dirty: Arc<AtomicBool>,
    failure: Arc<Mutex<Option<Undurable>>>,
}

impl Syncer {
    fn work(&mut self, queue: &Receiver<Message>) {
        let mut open = true;
        while open {
            let Ok(first) = queue.recv() else { break };
            let deadline = Instant::now() + WITHIN;
            let mut afterwards = Vec::new();
            let mut next = Some(first);
            while let Some(message) = next.take() {
                if let Message::Tell(tell) = message {
                    afterwards.push(tell);
                    break;
                }
                // Others may commit meanwhile: one sync serves them all.
                match queue.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                    Ok(message) => next = Some(message),
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => open = false,
                }
            }
            // What is committed from here on may miss this sync and asks for another.
            self.dirty.store(false, Ordering::Release);
            afterwards.extend(queue.try_iter().filter_map(|message| match message {
                Message::Tell(tell) => Some(tell),
                Message::Dirty => None,
            }));
            let result = self.sync();
            if let Err(why) = &result {
                *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(why.clone());
            }
            for tell in afterwards {
                tell(result.clone());
            }
        }
    }

    /// What is on disk is of use only where it will be looked for.
    fn sync(&mut self) -> Result<(), Undurable> {
        let replaced = || self.standing.changed().map(Undurable::Replaced);
        let Some(log) = self.standing.log() else {
            // Each commit is on disk by itself.
            return replaced().map_or(Ok(()), Err);
        };
        let failed =
            |error: io::Error| replaced().unwrap_or_else(|| Undurable::Disk(error.kind(), error.to_string()));
        let file = match self.file.take() {
            Some(file) => file,
            None => {
                // Windows syncs only what it may write.
                let file = File::options().read(true).write(true).open(log).map_err(failed)?;
                self.standing
                    .log_is(FileId::of(&file.metadata().map_err(failed)?));
                file
            }
        };
        file.sync_data().map_err(failed)?;
        self.file = Some(file);
        replaced().map_or(Ok(()), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_waits_is_told_after_the_sync_and_why_it_failed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        std::fs::write(&path, "ledger").unwrap();
        std::fs::write(folder.path().join("a.db-wal"), "log").unwrap();
        let (told, telling) = channel();
        let standing = || Arc::new(Standing::of(&path, true).unwrap());
        let durable = Durable::start(standing()).unwrap();
        durable.committed();
        let sender = told.clone();
        durable.committed_then(Box::new(move |result| sender.send(result).unwrap()));
        assert_eq!(telling.recv_timeout(Duration::from_secs(10)).unwrap(), Ok(()));
        drop(durable);

        let ask = |durable: &Durable| {
            let told = told.clone();
            durable.committed_then(Box::new(move |result| told.send(result).unwrap()));
            telling.recv_timeout(Duration::from_secs(10)).unwrap()
        };
        let durable = Durable::start(standing()).unwrap();
        assert_eq!(ask(&durable), Ok(()));
        std::fs::remove_file(folder.path().join("a.db-wal")).unwrap();
        assert!(matches!(ask(&durable), Err(Undurable::Replaced(_))));
        assert!(durable.failure().is_some());
        let durable = Durable::start(standing()).unwrap();
        assert!(matches!(ask(&durable), Err(Undurable::Disk(..))));
    }
}
