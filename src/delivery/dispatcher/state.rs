//! The state of a run, and what changes it from outside: composed messages, a
//! stop, the clock, a worker that ends.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task;

use crate::delivery::breaker::Breaker;
use crate::delivery::compose_ahead::{AHEAD_OCTETS, Ask, ComposeAhead, Supply};
use crate::delivery::event::{Delivered, Event, Part, RelayFailure, Stop, StopRequest};
use crate::delivery::journal::{Attempt, Journal, RecipientId};
use crate::delivery::outbound::OutboundMessage;
use crate::delivery::plan::Plan;
use crate::delivery::refusals::Refusals;
use crate::delivery::relay::{QuotaClient, RelayState};
use crate::delivery::retry::Retry;

use super::workers::Workers;

/// Recipients claimed ahead for each session: at most this many are in doubt per session after a
/// power cut. A block costs an fsync, 1 to 10 ms, in which a session on loopback sends about this
/// many.
pub(crate) const BLOCK_PER_SESSION: usize = 32;

/// The monotonic clock, as the runtime has it.
pub(crate) fn now() -> Instant {
    tokio::time::Instant::now().into_std()
}

/// All state of a run.
pub(crate) struct Dispatcher<'a, J> {
    pub(crate) plan: &'a Plan,
    pub(crate) journal: Arc<J>,
    pub(crate) observe: &'a mut (dyn FnMut(Event<'_>) + Send),
    pub(crate) relays: Vec<RelayState>,
    pub(crate) workers: Workers,
    pub(crate) compose_ahead: ComposeAhead,
    pub(crate) quota_client: QuotaClient,
    pub(crate) retry: Retry,
    pub(crate) breaker: Breaker,
    pub(crate) refusals: Refusals,
    /// Why a recipient is left that a relay would not take now, for a reason that is not theirs,
    /// and that is not tried again in this run.
    pub(crate) left: Option<RelayFailure>,
    /// Their number, since a recipient was last accepted.
    pub(crate) given_up: u32,
    /// The same, of those whom a relay refuses while it takes others.
    pub(crate) parked: Option<RelayFailure>,
    /// Who those are.
    pub(crate) set_aside: HashSet<RecipientId>,
    /// Refusals that were taken back, of those who may be under way again.
    pub(crate) doubts: Vec<Arc<Attempt>>,
    pub(crate) ready: VecDeque<OutboundMessage>,
    /// Octets in `ready`.
    pub(crate) ready_octets: usize,
    /// Messages with a worker.
    pub(crate) working: usize,
    exhausted: bool,
    /// The last wait that was shown.
    pub(crate) shown_wait: Option<Instant>,
    pub(crate) started: Option<Instant>,
    pub(crate) delivered: Delivered,
    /// Stopping: nothing goes out any more, and by when all must be over.
    deadline: Option<Instant>,
}

impl<'a, J: Journal> Dispatcher<'a, J> {
    pub(crate) fn new(
        plan: &'a Plan,
        journal: Arc<J>,
        observe: &'a mut (dyn FnMut(Event<'_>) + Send),
        relays: Vec<RelayState>,
        workers: Workers,
        compose_ahead: ComposeAhead,
        quota_client: QuotaClient,
    ) -> Self {
        Self {
            retry: Retry::new(plan.retry, fastrand::Rng::new()),
            breaker: Breaker::new(plan.max_failures, relays.len()),
            refusals: Refusals::new(relays.len()),
            left: None,
            given_up: 0,
            parked: None,
            set_aside: HashSet::new(),
            doubts: Vec::new(),
            ready: VecDeque::new(),
            ready_octets: 0,
            working: 0,
            exhausted: false,
            shown_wait: None,
            started: None,
            delivered: Delivered::default(),
            deadline: None,
            plan,
            journal,
            observe,
            relays,
            workers,
            compose_ahead,
            quota_client,
        }
    }

    pub(crate) fn is_stopping(&self) -> bool {
        self.delivered.stop.is_some()
    }

    /// The time to finish in is over: nobody waits for a worker any more.
    pub(crate) fn is_cut_off(&self) -> bool {
        self.deadline.is_some_and(|at| at <= now())
    }

    pub(crate) fn is_done(&self) -> bool {
        if self.is_stopping() {
            return self.working == 0 || self.is_cut_off();
        }
        self.has_all() && self.ready.is_empty() && self.working == 0 && self.retry.waiting().is_none()
    }

    /// Whether everybody's message was handed out or waits for another attempt.
    pub(crate) fn has_all(&self) -> bool {
        self.exhausted && !self.compose_ahead.is_asked()
    }

    /// Keeps a few messages ready for each session.
    pub(crate) fn ask(&mut self, now: Instant) {
        let block = self.workers.count() * BLOCK_PER_SESSION;
        if self.compose_ahead.is_asked()
            || self.is_stopping()
            || self.ready.len() > block / 2
            || self.ready_octets > AHEAD_OCTETS
        {
            return;
        }
        let due = self.retry.due(now, block);
        let ask = if !due.is_empty() {
            Ask::Again(due)
        } else if !self.exhausted {
            Ask::Further(block)
        } else {
            return;
        };
        self.exhausted = false;
        self.compose_ahead.ask(ask);
    }

    /// Takes in what was composed.
    pub(crate) fn supplied(&mut self, supply: Supply) {
        match supply {
            Supply::Failed(error) => self.stop(error.into()),
            Supply::Panicked => self.stop(Stop::Internal(Part::Composing)),
            Supply::Messages {
                messages,
                invalid,
                exhausted,
            } => {
                self.exhausted = exhausted;
                for (key, row, problems) in &invalid {
                    (self.observe)(Event::Invalid {
                        key,
                        row: *row,
                        problems,
                    });
                }
                if !self.is_stopping() {
                    self.ready_octets += messages.iter().map(OutboundMessage::octets).sum::<usize>();
                    self.ready.extend(messages);
                }
            }
        }
    }

    /// When to look again, whatever else comes.
    pub(crate) fn next_wake(&self, now: Instant) -> Option<Instant> {
        if self.is_stopping() {
            return self.deadline;
        }
        // What was due before this turn waits for something else: a report, a supply, a permit.
        let relays = self.relays.iter().filter_map(|relay| relay.wake(now));
        let retry = self.retry.waiting().map(|(_, at)| at);
        let waits = !self.ready.is_empty();
        let opens = self.relays.iter().filter_map(|relay| relay.opens_at(now));
        let opens = opens.filter(|_| waits).min();
        [retry, opens, self.next_rescue(now)]
            .into_iter()
            .flatten()
            .chain(relays)
            .filter(|at| *at > now)
            .min()
    }

    pub(crate) fn woken(&mut self, now: Instant) {
        if self.deadline.is_some_and(|at| at <= now) {
            self.working = 0;
        }
        self.quota_client.renew(&self.relays, now);
    }

    pub(crate) fn stop_requested(&mut self, request: StopRequest) {
        match request {
            StopRequest::None => {}
            StopRequest::InputsChanged(what) => self.stop(Stop::InputsChanged(what)),
            StopRequest::InputUnreadable { file, why } => self.stop(Stop::InputUnreadable { file, why }),
            StopRequest::Drain => self.stop(Stop::Requested),
            StopRequest::Now => {
                self.stop(Stop::Requested);
                self.deadline = Some(now());
            }
        }
    }

    /// Ends the run: what is under way may finish, nothing new goes out.
    pub(crate) fn stop(&mut self, stop: Stop) {
        if self.is_stopping() {
            return;
        }
        (self.observe)(Event::Stopping(&stop));
        self.delivered.stop = Some(stop);
        self.workers.stop();
        self.deadline = Some(now() + self.plan.drain);
        self.ready.clear();
        // What lies ready is not begun.
        for relay in 0..self.relays.len() {
            for slot in 0..self.relays[relay].slots.len() {
                while self.take_back(relay, slot).is_some() {}
            }
        }
    }

    /// A worker has ended before the run did: a defect of ours. Whether its
    /// messages went out, the journal knows.
    pub(crate) fn worker_ended(&mut self, task: task::Id) {
        self.stop(Stop::Internal(Part::Worker));
        if let Some((relay, slot)) = self.workers.place_of(task) {
            for _ in 0..self.relays[relay].slots.messages(slot) {
                self.freed(relay, slot);
            }
        }
    }

    /// The next message that lies ready in this slot and is not begun.
    pub(crate) fn take_back(&mut self, relay: usize, slot: usize) -> Option<OutboundMessage> {
        let mut message = self.workers.handoff(relay, slot).take()?;
        self.freed(relay, slot);
        self.return_permit(relay, &mut message);
        Some(message)
    }

    /// A message of this slot is through, or was taken back.
    pub(crate) fn freed(&mut self, relay: usize, slot: usize) {
        self.relays[relay].slots.freed(slot, now());
        self.working = self.working.saturating_sub(1);
    }

    /// Nothing of this message went out: its permit is free again.
    pub(crate) fn return_permit(&mut self, relay: usize, message: &mut OutboundMessage) {
        if let Some(permit) = message.permit.take() {
            self.relays[relay].quota.through(permit, false);
        }
    }

    /// A message that was not begun goes before the others.
    pub(crate) fn back(&mut self, mut message: OutboundMessage) {
        if !self.is_stopping() {
            self.offer_anew(&mut message);
            self.ready_octets += message.octets();
            self.ready.push_front(message);
        }
    }

    /// A message that every relay still open has refused is offered to them once more: those that
    /// it waited for are closed.
    pub(crate) fn offer_anew(&self, message: &mut OutboundMessage) {
        let mut relays = self.relays.iter().enumerate();
        if relays.all(|(number, relay)| relay.closed || message.refused_by.contains(&number)) {
            message.refused_by.clear();
        }
    }

    /// Closes sessions and reservations; workers have this long to say QUIT.
    pub(crate) async fn finish(mut self, farewell: Duration) -> Delivered {
        if self.is_cut_off() {
            self.workers.cut_off().await;
        }
        // What is known by now is dealt with: an outcome may have been taken back.
        while let Ok(report) = self.workers.reports.try_recv() {
            self.reported(report).await;
        }
        self.settle_doubts().await;
        self.conclude().await;
        for relay in &mut self.relays {
            self.quota_client.close_all(relay);
        }
        self.workers.finish(farewell).await;
        self.compose_ahead.next().await;
        self.quota_client.finish().await;
        self.delivered
    }
}
