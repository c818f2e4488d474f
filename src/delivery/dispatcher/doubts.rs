//! Outcomes that are taken back: a session went out of step, so nobody knows what its last reply
//! was about. The recipients of such outcomes are not sent to again in this run.

use std::sync::Arc;

use crate::delivery::event::Event;
use crate::delivery::journal::{Journal, RecipientId};
use crate::delivery::worker::Decided;

use super::state::Dispatcher;

impl<J: Journal> Dispatcher<'_, J> {
    /// Whether this recipient's refusal was taken back, and it may be under way again all the same.
    pub(crate) fn is_doubted(&self, recipient: RecipientId) -> bool {
        self.doubts.iter().any(|attempt| attempt.recipient == recipient)
    }

    /// An outcome was taken back.
    pub(crate) async fn doubted(&mut self, relay: usize, doubted: Decided) {
        let Decided {
            key,
            copy,
            accepted,
            attempt,
        } = doubted;
        if let Some(address) = copy {
            (self.observe)(Event::Copy {
                key: &key,
                address: &address,
                outcome: &attempt.outcome,
                again: None,
            });
        } else {
            self.settled_unasked(relay, &key, &attempt, 0);
        }
        if !accepted {
            self.doubts.push(attempt);
            self.settle_doubts().await;
        }
    }

    /// Those who were put up for another try, or held back, are in doubt instead: no outcome was
    /// recorded of what they were refused for. Who is with a worker is looked for again later.
    pub(crate) async fn settle_doubts(&mut self) {
        let mut at = 0;
        while let Some(attempt) = self.doubts.get(at) {
            let attempt = Arc::clone(attempt);
            if !self.forget(attempt.recipient) {
                at += 1;
                continue;
            }
            self.doubts.swap_remove(at);
            if let Err(error) = self.journal.settle(attempt).await {
                return self.stop(error.into());
            }
        }
    }

    /// True where this recipient was to be decided about, or tried again, here.
    fn forget(&mut self, recipient: RecipientId) -> bool {
        let waited = self.retry.forget(recipient);
        let ready = self.ready.len();
        self.ready.retain(|message| message.recipient != recipient);
        let was_ready = self.ready.len() < ready;
        if was_ready {
            self.ready_octets = self.ready.iter().map(|message| message.octets()).sum();
        }
        let held = self.refusals.forget(recipient);
        let was_set_aside = self.set_aside.remove(&recipient);
        if was_set_aside && self.set_aside.is_empty() {
            self.parked = None;
        }
        was_set_aside || held || was_ready || waited
    }
}
