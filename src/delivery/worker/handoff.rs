//! The desk of a worker: where the dispatcher lays its letters.
//!
//! A worker has the letter it is sending and one more lying ready, whose
//! envelope can share a flight with the content before it. What lies there
//! untouched can be taken back, when this worker's relay lets it wait.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::delivery::Letter;

/// Letters for one worker.
#[derive(Default)]
pub(crate) struct Desk {
    state: Mutex<State>,
    bell: Notify,
}

#[derive(Default)]
struct State {
    letters: VecDeque<Letter>,
    closed: bool,
}

impl Desk {
    fn state(&self) -> MutexGuard<'_, State> {
        // A panic while it is held leaves a queue that is whole all the same.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lays a letter down.
    pub(crate) fn put(&self, letter: Letter) {
        self.state().letters.push_back(letter);
        self.bell.notify_one();
    }

    /// The next letter, if one lies there.
    pub(crate) fn take(&self) -> Option<Letter> {
        self.state().letters.pop_front()
    }

    /// The next letter; `None` once the desk is closed and empty.
    pub(crate) async fn next(&self) -> Option<Letter> {
        loop {
            let bell = self.bell.notified();
            {
                let mut state = self.state();
                if let Some(letter) = state.letters.pop_front() {
                    return Some(letter);
                }
                if state.closed {
                    return None;
                }
            }
            bell.await;
        }
    }

    /// Nothing more will be laid down.
    pub(crate) fn close(&self) {
        self.state().closed = true;
        self.bell.notify_one();
    }
}
