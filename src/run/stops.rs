//! Stop requests from another process, from the moment a run has its campaign.

use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::watch;

use crate::delivery::StopRequest;
use crate::ledger::{HowToStop, Stoppable};
use crate::pass::Cancel;

/// How often the mark is looked for: a person who waits for the end hardly notices.
const EVERY: Duration = Duration::from_millis(200);

/// Looks for the mark on a thread of its own while it lives.
pub(super) struct Stops {
    requests: watch::Receiver<StopRequest>,
    /// Its end is the thread's.
    alive: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Stops {
    /// Of the run that holds the lock of `ledger`; what it ends before the sending is `cancel`.
    ///
    /// # Errors
    /// What it is called cannot be written beside the lock.
    pub(super) fn of(ledger: &Path, drain: Duration, cancel: Cancel) -> std::io::Result<Self> {
        let stoppable = Stoppable::new(ledger, drain)?;
        let (requests_in, requests) = watch::channel(StopRequest::None);
        let (alive, ended) = channel();
        let thread = std::thread::Builder::new()
            .name("stop mark".to_owned())
            .spawn(move || {
                while ended.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
                    let request = match stoppable.asked() {
                        None => continue,
                        Some(HowToStop::Drain) => StopRequest::Drain,
                        Some(HowToStop::Now) => StopRequest::Now,
                    };
                    cancel.cancel();
                    // Each is reported once: the process may ask for more.
                    requests_in.send_if_modified(|said| {
                        let news = *said != request;
                        *said = request;
                        news
                    });
                }
            })?;
        Ok(Self {
            requests,
            alive: Some(alive),
            thread: Some(thread),
        })
    }

    /// Whether it was asked for.
    pub(super) fn is_asked_for(&self) -> bool {
        *self.requests.borrow() != StopRequest::None
    }

    /// What is asked for, also from now on.
    pub(super) fn requests(&self) -> watch::Receiver<StopRequest> {
        self.requests.clone()
    }
}

impl Drop for Stops {
    /// The file beside the lock is removed before the lock: what comes later belongs to the next
    /// run.
    fn drop(&mut self) {
        drop(self.alive.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
