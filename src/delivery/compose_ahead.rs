//! Claims recipients and composes their messages, on all cores and a little
//! ahead of the workers.
//!
//! Claims are made in blocks, because each is an fsync. Messages are composed only when the
//! dispatcher asks for them, up to a limit in octets, because a block of messages with personal
//! attachments would fill the memory.

use std::collections::VecDeque;
use std::sync::Arc;

use rayon::prelude::*;
use tokio::sync::mpsc;

use crate::campaign::Problems;

use super::journal::{Claimed, Journal, JournalError, RecipientId};
use super::outbound::{Compose, OutboundMessage};

/// Octets of content composed ahead in one go.
pub(crate) const AHEAD_OCTETS: usize = 8 << 20;

/// Messages composed side by side before the octets are looked at again.
const SIDE_BY_SIDE: usize = 64;

/// What the dispatcher wants.
pub(crate) enum Ask {
    /// Up to this many messages of further recipients.
    Further(usize),
    /// The messages of these, once more.
    Again(Vec<RecipientId>),
}

/// What was composed.
pub(crate) enum Supply {
    /// Messages, and those that could not be composed.
    Messages {
        messages: Vec<OutboundMessage>,
        invalid: Vec<(String, u64, Problems)>,
        /// No further recipients are left.
        exhausted: bool,
    },
    /// The journal failed.
    Failed(JournalError),
    /// Composing ended unexpectedly.
    Panicked,
}

/// Claims and composes on a thread of its own, one request at a time. It is the same thread for the
/// whole run: with one for each request, the allocator would keep what each of them has freed.
pub(crate) struct ComposeAhead {
    asks: mpsc::Sender<Ask>,
    supplies: mpsc::Receiver<Supply>,
    asked: bool,
}

impl ComposeAhead {
    pub(crate) fn new<J: Journal>(journal: Arc<J>, compose: Compose, block: usize) -> Self {
        let (asks, mut asked) = mpsc::channel(1);
        let (supplied, supplies) = mpsc::channel(1);
        let mut claims = Claims {
            journal,
            compose,
            block,
            backlog: VecDeque::new(),
            exhausted: false,
        };
        // Ends when nobody asks any more.
        tokio::task::spawn_blocking(move || {
            while let Some(ask) = asked.blocking_recv() {
                let supply = claims.supply(ask).unwrap_or_else(Supply::Failed);
                if supplied.blocking_send(supply).is_err() {
                    return;
                }
            }
        });
        Self {
            asks,
            supplies,
            asked: false,
        }
    }

    /// Asks for messages, when nothing is asked for already.
    pub(crate) fn ask(&mut self, ask: Ask) {
        if !self.asked {
            self.asked = true;
            // It fails where the thread has ended, and then there is no answer either.
            let _ = self.asks.try_send(ask);
        }
    }

    /// Whether an answer is owed.
    pub(crate) fn is_asked(&self) -> bool {
        self.asked
    }

    /// The answer; `None` while nothing is asked for.
    pub(crate) async fn next(&mut self) -> Option<Supply> {
        if !self.asked {
            return None;
        }
        let supply = self.supplies.recv().await.unwrap_or(Supply::Panicked);
        self.asked = false;
        Some(supply)
    }
}

/// Recipients that are claimed, and what composes their messages.
struct Claims<J> {
    journal: Arc<J>,
    compose: Compose,
    /// Recipients claimed in one go.
    block: usize,
    /// Claimed and not composed yet.
    backlog: VecDeque<Claimed>,
    exhausted: bool,
}

impl<J: Journal> Claims<J> {
    fn supply(&mut self, ask: Ask) -> Result<Supply, JournalError> {
        match ask {
            Ask::Again(recipients) => {
                let claimed = self.journal.claim_again(&recipients)?;
                // Those whose wait is over come before those who have not been tried.
                claimed.into_iter().rev().for_each(|c| self.backlog.push_front(c));
                self.composed(self.block)
            }
            Ask::Further(most) => {
                if self.backlog.is_empty() && !self.exhausted {
                    self.backlog.extend(self.journal.claim(self.block)?);
                    self.exhausted = self.backlog.is_empty();
                }
                self.composed(most)
            }
        }
    }

    fn composed(&mut self, most: usize) -> Result<Supply, JournalError> {
        let (mut messages, mut invalid) = (Vec::new(), Vec::new());
        let mut octets = 0;
        while messages.len() < most && octets < AHEAD_OCTETS && !self.backlog.is_empty() {
            let count = SIDE_BY_SIDE.min(most - messages.len()).min(self.backlog.len());
            let claimed: Vec<Claimed> = self.backlog.drain(..count).collect();
            let composed: Vec<_> = claimed.par_iter().map(&self.compose).collect();
            for (claimed, composed) in claimed.into_iter().zip(composed) {
                match composed {
                    Ok(composed) => {
                        let message = OutboundMessage::of(claimed, composed);
                        octets += message.octets();
                        messages.push(message);
                    }
                    Err(problems) => {
                        self.journal.invalid(claimed.recipient, &problems.first_words())?;
                        invalid.push((claimed.key, claimed.row.number, problems));
                    }
                }
            }
        }
        Ok(Supply::Messages {
            messages,
            invalid,
            exhausted: self.exhausted && self.backlog.is_empty(),
        })
    }
}
