//! Where the dispatcher lays a worker's messages.
//!
//! A worker has the message it is sending and more lying ready, the next of
//! which can share a flight with the content before it. What lies here
//! untouched can be taken back, when this worker's relay lets it wait.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::delivery::outbound::OutboundMessage;

/// Messages for one worker.
#[derive(Default)]
pub(crate) struct Handoff {
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Default)]
struct State {
    messages: VecDeque<OutboundMessage>,
    closed: bool,
}

impl Handoff {
    fn state(&self) -> MutexGuard<'_, State> {
        // A panic while it is held leaves a queue that is whole all the same.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lays a message down.
    pub(crate) fn put(&self, message: OutboundMessage) {
        self.state().messages.push_back(message);
        self.changed.notify_one();
    }

    /// The next message, if one lies there.
    pub(crate) fn take(&self) -> Option<OutboundMessage> {
        self.state().messages.pop_front()
    }

    /// The next message; `None` once this is closed and empty.
    pub(crate) async fn next(&self) -> Option<OutboundMessage> {
        loop {
            let changed = self.changed.notified();
            {
                let mut state = self.state();
                if let Some(message) = state.messages.pop_front() {
                    return Some(message);
                }
                if state.closed {
                    return None;
                }
            }
            changed.await;
        }
    }

    /// Nothing more will be laid down.
    pub(crate) fn close(&self) {
        self.state().closed = true;
        self.changed.notify_one();
    }
}
