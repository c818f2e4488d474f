//! What a worker reports to the dispatcher.

use std::sync::Arc;
use std::time::Duration;

use crate::delivery::event::Habit;
use crate::delivery::journal::{Attempt, JournalError};
use crate::delivery::outbound::OutboundMessage;
use crate::delivery::reply::{At, Outcome, Verdict};
use crate::smtp::{Phase, Reply, SessionFailure, Unsuitable};
use crate::words::say;

/// What a worker reports.
pub(crate) enum Report {
    /// The attempt is over and recorded.
    Settled {
        worker: usize,
        settled: Settled,
        /// Messages that lay ready and go back: the relay has said something
        /// that the dispatcher is to think about first.
        returned: Vec<OutboundMessage>,
    },
    /// The message was not sent, and nobody can have it: it goes back, with
    /// those that lay ready behind it.
    Unsent {
        worker: usize,
        message: OutboundMessage,
        why: Unsent,
        returned: Vec<OutboundMessage>,
    },
    /// An outcome that was reported is in doubt after all, and recorded so. The worker is still
    /// at work.
    Doubted { worker: usize, doubted: Decided },
    /// The journal failed: nothing may leave.
    Failed { worker: usize, error: JournalError },
    /// The relay has greeted the session of this order, which is not open yet.
    Greeted { worker: usize, order: u64 },
    /// The session of this order was opened.
    Connected { worker: usize, order: u64 },
    /// It could not be opened.
    NotConnected {
        worker: usize,
        order: u64,
        failure: Arc<SessionFailure>,
    },
    /// It takes no more messages, and is being closed.
    Ending { worker: usize, order: u64 },
    /// It is over: what was laid down for it meanwhile is untouched.
    Closed { worker: usize, order: u64 },
    /// Nothing is heard of the relay for so long, in this step.
    Silent {
        worker: usize,
        phase: Phase,
        since: Duration,
    },
    /// No envelope goes behind a content with this relay; and why, where that is news and certain.
    NoEnvelopeAhead { worker: usize, lesson: Option<Lesson> },
}

/// Something that is known of a relay now.
pub(crate) struct Lesson {
    pub(crate) habit: Habit,
    /// Which server it is about, as its greeting tells.
    pub(crate) greeting: String,
}

/// An attempt that is over.
pub(crate) struct Settled {
    pub(crate) message: OutboundMessage,
    /// As the journal has it.
    pub(crate) attempt: Arc<Attempt>,
    /// What the relay's reply means; `None` where there was none.
    pub(crate) verdict: Option<Verdict>,
    /// The content was handed over.
    pub(crate) after_content: bool,
}

/// Whose attempt ended, without the message.
#[derive(Clone)]
pub(crate) struct Decided {
    pub(crate) key: String,
    /// Whose copy, where it is one.
    pub(crate) copy: Option<String>,
    /// The relay seemed to take it.
    pub(crate) accepted: bool,
    pub(crate) attempt: Arc<Attempt>,
}

impl Decided {
    pub(crate) fn of(settled: &Settled) -> Self {
        Self {
            key: settled.message.key.clone(),
            copy: settled.message.copy_address(),
            accepted: matches!(settled.attempt.outcome, Outcome::Accepted(_)),
            attempt: Arc::clone(&settled.attempt),
        }
    }

    /// The same attempt, once its relay's replies turned out to be shifted.
    pub(crate) fn in_doubt(&self, failure: &SessionFailure) -> Self {
        let reply = self.attempt.outcome.reply();
        let words = say!("delivery-out-of-step", failure = failure, reply = reply);
        let attempt = Attempt {
            outcome: Outcome::InDoubt(Reply::ours(words)),
            ..(*self.attempt).clone()
        };
        Self {
            attempt: Arc::new(attempt),
            ..self.clone()
        }
    }
}

impl Settled {
    /// The reply to a content that was permanently refused, where that may be
    /// meant for everybody: the dispatcher decides.
    pub(crate) fn undecided(&self) -> Option<Verdict> {
        let verdict = self.verdict?;
        if self.message.recipient.of_copy().is_some() && verdict.is_to_be_weighed() {
            // A copy is tried beside its message, which is there: it is meant itself.
            return None;
        }
        let everybody = verdict == Verdict::RelayRefuses { permanent: true };
        (everybody || verdict.is_to_be_weighed()).then_some(verdict)
    }
}

/// Why a message comes back.
pub(crate) enum Unsent {
    /// The relay refuses everybody, or this session; or it refuses this
    /// message, and it is not clear yet whom it means.
    Relay { at: At, reply: Reply, verdict: Verdict },
    /// The session cannot take it, so nothing was said. `again` where another
    /// session with this relay may.
    Unsuitable { why: Unsuitable, again: bool },
    /// The session with this number died under this message, before its dot.
    SessionDied(u64, SessionFailure),
    /// The session ended before this message was begun in earnest: not its doing.
    Untouched,
    /// The run is being stopped.
    Stopping,
}
