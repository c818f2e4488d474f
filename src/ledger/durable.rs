//! Making commits durable without holding the writer up.
//!
//! In WAL mode with `synchronous = NORMAL` a commit is a write into the log
//! that no power cut has to survive; `FULL` is the same plus an fsync of the
//! log before the next command. That fsync is done here instead, on a thread
//! of its own and for everything committed so far: the writer goes on while
//! the disk works. Whoever must know that something is on disk (a claim) is
//! answered by this thread, after the fsync.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Nothing committed is off the disk for longer (plus the disk's own time).
const WITHIN: Duration = Duration::from_millis(10);

/// Done once all that was committed before is on disk; told why when it is not.
pub(super) type Afterwards = Box<dyn FnOnce(Result<(), String>) + Send>;

enum Message {
    /// Something was committed.
    Dirty,
    /// Something was committed that somebody waits for.
    Tell(Afterwards),
}

/// The thread that syncs the write-ahead log.
pub(super) struct Durable {
    messages: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
    /// A `Dirty` is on its way already.
    dirty: Arc<AtomicBool>,
    failure: Arc<Mutex<Option<String>>>,
}

impl Durable {
    /// Syncs the log of the ledger at `path` from now on.
    pub(super) fn start(path: &Path) -> std::io::Result<Self> {
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        let (messages, queue) = channel();
        let dirty = Arc::new(AtomicBool::new(false));
        let failure = Arc::new(Mutex::new(None));
        let mut syncer = Syncer {
            log: PathBuf::from(log),
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
    pub(super) fn failure(&self) -> Option<String> {
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
    log: PathBuf,
    file: Option<File>,
    dirty: Arc<AtomicBool>,
    failure: Arc<Mutex<Option<String>>>,
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
            if let Err(words) = &result {
                *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(words.clone());
            }
            for tell in afterwards {
                tell(result.clone());
            }
        }
    }

    fn sync(&mut self) -> Result<(), String> {
        let words = |e: std::io::Error| format!("{}: {e}", self.log.display());
        let file = match self.file.take() {
            Some(file) => file,
            // Windows syncs only what it may write.
            None => File::options()
                .read(true)
                .write(true)
                .open(&self.log)
                .map_err(words)?,
        };
        file.sync_data().map_err(words)?;
        self.file = Some(file);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_waits_is_told_after_the_sync_and_why_it_failed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        std::fs::write(folder.path().join("a.db-wal"), "log").unwrap();
        let (told, telling) = channel();
        let durable = Durable::start(&path).unwrap();
        durable.committed();
        let sender = told.clone();
        durable.committed_then(Box::new(move |result| sender.send(result).unwrap()));
        assert_eq!(telling.recv_timeout(Duration::from_secs(10)).unwrap(), Ok(()));
        drop(durable);

        let durable = Durable::start(&folder.path().join("missing.db")).unwrap();
        durable.committed_then(Box::new(move |result| told.send(result).unwrap()));
        assert!(telling.recv_timeout(Duration::from_secs(10)).unwrap().is_err());
        assert!(durable.failure().is_some());
    }
}
