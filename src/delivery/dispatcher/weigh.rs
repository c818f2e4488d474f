//! A message that a relay refused: is it about the recipient, the session, or the relay? Another
//! session or relay is asked before a recipient is rejected, and a relay that refuses many in the
//! same way is stopped instead.

use std::sync::Arc;

use crate::delivery::breaker::Trip;
use crate::delivery::event::{RelayCause, RelayFailure, Stop};
use crate::delivery::journal::{Attempt, Journal, RecipientId};
use crate::delivery::outbound::OutboundMessage;
use crate::delivery::refusals::Refused;
use crate::delivery::reply::{Likeness, Outcome};
use crate::delivery::worker::Settled;
use crate::smtp::{Reply, Unsuitable};
use crate::words::Speak;

use super::state::{Dispatcher, now};

/// Sessions in a row that could not take a message, though others of the same
/// relay could, before it is put off.
const SESSIONS_UNSUITED: u32 = 8;

impl<J: Journal> Dispatcher<'_, J> {
    /// A session could not take this message. Another relay is asked, then
    /// another session with this one.
    pub(crate) async fn unsuitable(
        &mut self,
        relay: usize,
        mut message: OutboundMessage,
        why: &Unsuitable,
        again: bool,
    ) {
        if self.is_stopping() {
            return;
        }
        if self.offer_elsewhere(relay, &mut message) {
            message.unsuited = 0;
            return self.back(message);
        }
        let reply = Reply::ours(why.said());
        if !again {
            return self.weigh(relay, message, reply, false).await;
        }
        message.refused_by.retain(|other| *other != relay);
        message.unsuited += 1;
        if message.unsuited < SESSIONS_UNSUITED {
            self.back(message);
        } else {
            self.record(relay, message, Outcome::Deferred(reply)).await;
        }
    }

    /// A permanent refusal that names no mailbox.
    pub(crate) async fn weigh(
        &mut self,
        relay: usize,
        mut message: OutboundMessage,
        reply: Reply,
        after_content: bool,
    ) {
        if message.recipient.of_copy().is_some() {
            // Its message was accepted, so it is meant itself.
            return self.record(relay, message, Outcome::Rejected(reply)).await;
        }
        let like = likeness(&message, &reply);
        let alike = self
            .refusals
            .noted(relay, message.recipient, &like, after_content);
        if self.relays[relay].closed {
            // This one came too late to count.
            return self
                .release(relay, vec![refused(message, reply, after_content)])
                .await;
        }
        if alike {
            let mut released = self.refusals.released(relay);
            released.push(refused(message, reply.clone(), after_content));
            self.close_for(relay, RelayCause::Reply(reply.clone()), |_| {
                Stop::EveryContentRefused(reply)
            });
            return self.release(relay, released).await;
        }
        if self.offer_elsewhere(relay, &mut message) {
            if after_content && !self.is_nobodys(message.recipient).await {
                return;
            }
            return self.back(message);
        }
        self.refusals
            .hold(relay, &like, refused(message, reply, after_content));
        if let Some(trip) = self.breaker.reached(self.refusals.held()) {
            self.trip(relay, trip, None);
        }
    }

    /// Whether another relay is to be asked before this message is refused.
    pub(crate) fn offer_elsewhere(&mut self, relay: usize, message: &mut OutboundMessage) -> bool {
        if !message.refused_by.contains(&relay) {
            message.refused_by.push(relay);
        }
        let mut relays = self.relays.iter().enumerate();
        relays.any(|(number, other)| other.is_worth_a_wait(now()) && !message.refused_by.contains(&number))
    }

    /// What only other relays were to take may go over any again: one of them
    /// is away.
    pub(crate) fn forget_refused_by(&mut self) {
        for message in &mut self.ready {
            message.refused_by.clear();
        }
    }

    /// These are as pending as they were; while there are other relays, they
    /// are sent over those.
    async fn release(&mut self, relay: usize, refused: Vec<Refused>) {
        debug_assert!(self.relays[relay].closed || self.is_stopping());
        let now = now();
        for one in refused {
            if one.after_content && !self.is_nobodys(one.recipient).await {
                return;
            }
            if !self.is_stopping() {
                self.retry.again(one.recipient, now);
            }
        }
    }

    /// The refusal of its content that the journal holds is not about this recipient. False where
    /// that cannot be recorded, which stops the run.
    async fn is_nobodys(&mut self, recipient: RecipientId) -> bool {
        let withdrawn = self.journal.withdraw(recipient).await;
        withdrawn.map_err(|error| self.stop(error.into())).is_ok()
    }

    /// A recipient was accepted: so the earlier refusals of this relay are about their own
    /// recipients.
    pub(crate) async fn accepted_by(&mut self, relay: usize) {
        for refused in self.refusals.accepted(relay) {
            self.reject(relay, refused).await;
        }
    }

    async fn reject(&mut self, relay: usize, refused: Refused) {
        let attempt = Arc::new(Attempt {
            recipient: refused.recipient,
            session: 0,
            relay: Arc::clone(&self.relays[relay].plan.name),
            outcome: Outcome::Rejected(refused.reply),
            message_id: refused.message_id,
            row: refused.row,
            number: refused.number,
            refused: Vec::new(),
        });
        match self.journal.settle(Arc::clone(&attempt)).await {
            Ok(()) => self.rejected(relay, &refused.key, &attempt, refused.octets),
            Err(error) => self.stop(error.into()),
        }
    }

    /// The run is over: those who are still held back are rejected, unless
    /// their relay may mean everybody.
    pub(crate) async fn conclude(&mut self) {
        if matches!(
            self.delivered.stop,
            Some(Stop::Journal(_) | Stop::LedgerReplaced(_) | Stop::Internal(_))
        ) {
            return;
        }
        // A limit of failures also counts those held back.
        let early = !matches!(self.delivered.stop, None | Some(Stop::TooManyFailures(_)));
        if let Some(reply) = self.refusals.alike_in_all() {
            self.stop(Stop::EveryContentRefused(reply));
        }
        for (relay, held, meant) in self.refusals.rest(early) {
            if !meant {
                self.withdraw_all(held).await;
                continue;
            }
            for refused in held {
                self.reject(relay, refused).await;
            }
        }
        if let Some(left) = self.parked.take().or(self.left.take()) {
            self.stop(Stop::RelayLost(left));
        }
    }

    async fn withdraw_all(&mut self, held: Vec<Refused>) {
        for one in held {
            if one.after_content && !self.is_nobodys(one.recipient).await {
                return;
            }
        }
    }

    /// What the breaker says is to stop.
    pub(crate) fn trip(&mut self, relay: usize, trip: Trip, reply: Option<&Reply>) {
        match (trip, reply) {
            (Trip::Failures(failures), _) => self.stop(Stop::TooManyFailures(failures)),
            (Trip::Doubts, Some(reply)) => {
                self.close_for(relay, RelayCause::Reply(reply.clone()), Stop::RelayLost);
            }
            (Trip::Doubts, None) => {}
        }
    }

    /// Nothing goes over this relay any more in this run, which ends with
    /// `stop` when there is no other.
    pub(crate) fn close_for(
        &mut self,
        relay: usize,
        cause: RelayCause,
        stop: impl FnOnce(RelayFailure) -> Stop,
    ) {
        self.relays[relay].closed = true;
        self.relays[relay].failing = true;
        if self.relays.iter().all(|relay| relay.closed) {
            let failure = self.named(relay, cause);
            return self.stop(stop(failure));
        }
        self.show_down(relay, &cause, None);
        self.forget_refused_by();
        for slot in 0..self.relays[relay].slots.len() {
            while let Some(message) = self.take_back(relay, slot) {
                self.back(message);
            }
        }
    }

    /// Records an outcome that no worker could.
    pub(crate) async fn record(&mut self, relay: usize, message: OutboundMessage, outcome: Outcome) {
        let attempt = Arc::new(Attempt {
            recipient: message.recipient,
            session: 0,
            relay: Arc::clone(&self.relays[relay].plan.name),
            outcome,
            message_id: message.message.message_id.clone(),
            row: message.row,
            number: message.attempts + 1,
            refused: Vec::new(),
        });
        match self.journal.settle(Arc::clone(&attempt)).await {
            Ok(()) => {
                let settled = Settled {
                    message,
                    attempt,
                    verdict: None,
                    after_content: false,
                };
                self.settled(relay, &settled).await;
            }
            Err(error) => self.stop(error.into()),
        }
    }
}

/// What is alike in a refusal of this message.
pub(crate) fn likeness(message: &OutboundMessage, reply: &Reply) -> Likeness {
    let to = message.message.recipients.first();
    Likeness::of(reply, &to.map(ToString::to_string).unwrap_or_default())
}

fn refused(message: OutboundMessage, reply: Reply, after_content: bool) -> Refused {
    Refused {
        recipient: message.recipient,
        octets: if after_content {
            message.message.content.len()
        } else {
            0
        },
        key: message.key,
        row: message.row,
        number: message.attempts + 1,
        message_id: message.message.message_id,
        reply,
        after_content,
    }
}
