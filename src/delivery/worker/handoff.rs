//! Where the dispatcher puts a worker's orders and messages.
//!
//! A worker opens a session when it is asked to, and gets messages once the session is open: the
//! one it is sending and others that are ready, the next of which can share a flight with the
//! content before it. What is not started can be taken back if this worker's relay lets it wait.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::delivery::outbound::OutboundMessage;

/// What a worker is to do.
pub(crate) enum Order {
    /// Open a session; the number of this order is reported with the result.
    Open(u64),
    /// Close it.
    Close,
    /// Send this over it.
    Send(Box<OutboundMessage>),
}

/// Orders and messages for one worker.
#[derive(Default)]
pub(crate) struct Handoff {
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Default)]
struct State {
    close: bool,
    open: Option<u64>,
    messages: VecDeque<OutboundMessage>,
    /// Nothing more comes.
    ended: bool,
}

impl Handoff {
    fn state(&self) -> MutexGuard<'_, State> {
        // A panic while it is held leaves a queue that is whole all the same.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Orders a session.
    pub(crate) fn open(&self, order: u64) {
        self.state().open = Some(order);
        self.changed.notify_one();
    }

    /// Takes that back: the session is closed, or not opened any further.
    pub(crate) fn close(&self) {
        let mut state = self.state();
        state.open = None;
        state.close = true;
        drop(state);
        self.changed.notify_one();
    }

    /// Lays a message down.
    pub(crate) fn put(&self, message: OutboundMessage) {
        self.state().messages.push_back(message);
        self.changed.notify_one();
    }

    /// The next message, if there is one.
    pub(crate) fn take(&self) -> Option<OutboundMessage> {
        self.state().messages.pop_front()
    }

    /// The next order; `None` once there are no more. A worker without a session takes no message:
    /// those that came before it was known are taken back.
    pub(crate) async fn next(&self, takes_messages: bool) -> Option<Order> {
        loop {
            let changed = self.changed.notified();
            {
                let mut state = self.state();
                if std::mem::take(&mut state.close) {
                    return Some(Order::Close);
                }
                if let Some(order) = state.open.take() {
                    return Some(Order::Open(order));
                }
                if takes_messages && let Some(message) = state.messages.pop_front() {
                    return Some(Order::Send(Box::new(message)));
                }
                if state.ended {
                    return None;
                }
            }
            changed.await;
        }
    }

    /// Returns when the session that is being opened is not wanted any more.
    pub(crate) async fn unwanted(&self) {
        loop {
            let changed = self.changed.notified();
            {
                let state = self.state();
                if state.close || state.ended {
                    return;
                }
            }
            changed.await;
        }
    }

    /// Nothing more will be laid down.
    pub(crate) fn end(&self) {
        self.state().ended = true;
        self.changed.notify_one();
    }
}
