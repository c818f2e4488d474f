//! Which sessions are opened and closed, and the results. A message goes to a session that is open,
//! never to one that waits for its greeting.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::delivery::event::{Capped, Event, RelayCause, RelayFailure, Stop};
use crate::delivery::journal::Journal;
use crate::delivery::outbound::OutboundMessage;
use crate::delivery::relay::Sign;
use crate::delivery::reply::{At, Verdict, judge};
use crate::smtp::{Cause, Phase, SessionFailure};

use super::state::{Dispatcher, now};

/// A login that was refused while others are logged in is tried again after so long at the earliest:
/// relays count those that fail.
const LOGIN: Duration = Duration::from_secs(60);

impl<J: Journal> Dispatcher<'_, J> {
    /// Orders sessions for the messages that wait; those that are being opened for nobody are given up.
    pub(crate) fn open_sessions(&mut self, now: Instant) {
        if self.is_stopping() {
            return;
        }
        if self.ready.is_empty() {
            if self.has_all() {
                for relay in 0..self.relays.len() {
                    self.give_up_opening(relay, now);
                }
            }
            return;
        }
        for relay in 0..self.relays.len() {
            if self.relays[relay].slots.all_there() {
                continue;
            }
            let for_it = |refused_by: &Vec<usize>| !refused_by.contains(&relay);
            let mut for_it = self.ready.iter().filter(|one| for_it(&one.refused_by));
            let Some(recipients) = for_it.next().map(OutboundMessage::recipients) else {
                continue;
            };
            let waiting = 1 + for_it.take(self.relays[relay].slots.len()).count();
            let state = &mut self.relays[relay];
            if !state.has_permits() {
                // Without permits there is nothing to open one for.
                self.quota_client.reserve(relay, state, recipients, now);
                continue;
            }
            while let Some(slot) = self.relays[relay].wants_session(waiting, now) {
                let order = self.relays[relay].slots.opens(slot, now);
                self.workers.handoff(relay, slot).open(order);
            }
        }
    }

    /// Closes those that are being opened.
    fn give_up_opening(&mut self, relay: usize, since: Instant) {
        let waiting = self.relays[relay].slots.opening_since(since);
        for slot in &waiting {
            self.relays[relay].slots.ended(*slot);
            self.workers.handoff(relay, *slot).close();
        }
    }

    /// The relay has greeted the session of an order.
    pub(crate) fn greeted(&mut self, worker: usize, order: u64) {
        let (relay, slot) = self.workers.place(worker);
        if self.relays[relay].slots.is_of(slot, order) {
            self.relays[relay].greeted(slot);
        }
    }

    /// The session of an order is open.
    pub(crate) fn connected(&mut self, worker: usize, order: u64) {
        let (relay, slot) = self.workers.place(worker);
        self.delivered.connections += 1;
        (self.observe)(Event::Connected {
            relay: &self.relays[relay].plan.name,
        });
        let state = &mut self.relays[relay];
        if !state.slots.is_of(slot, order) {
            return;
        }
        let first = !state.proven;
        if state.opened(slot, now()) {
            self.quota_client.learn_cap(&state.plan, state.cap.most());
        } else if first && state.cap.most().is_some() {
            // As it is remembered.
            self.show_cap(relay, false);
        }
        self.decide(relay);
    }

    /// The session of an order is ending, or has ended.
    pub(crate) fn ended(&mut self, worker: usize, order: u64, is_over: bool) {
        let (relay, slot) = self.workers.place(worker);
        if !self.relays[relay].slots.is_of(slot, order) {
            return;
        }
        if is_over {
            self.relays[relay].slots.ended(slot);
        } else {
            self.relays[relay].slots.ending(slot);
        }
        let untouched = std::iter::from_fn(|| self.take_back(relay, slot)).collect::<Vec<_>>();
        for message in untouched.into_iter().rev() {
            self.back(message);
        }
    }

    /// The session of an order could not be opened.
    pub(crate) fn not_connected(&mut self, worker: usize, order: u64, failure: Arc<SessionFailure>) {
        let (relay, slot) = self.workers.place(worker);
        if !self.relays[relay].slots.is_of(slot, order) {
            return;
        }
        self.relays[relay].slots.ended(slot);
        if self.is_stopping() {
            return;
        }
        let slots = &self.relays[relay].slots;
        if slots.open() + slots.opening() > 0 && sign(&failure).is_some() {
            self.relays[relay].undecided = Some(failure);
            return self.decide(relay);
        }
        self.relays[relay].undecided = None;
        self.none_opened(relay, &failure);
    }

    /// No session could be opened, and not because there are others.
    fn none_opened(&mut self, relay: usize, failure: &Arc<SessionFailure>) {
        let cause = RelayCause::Session(Arc::clone(failure));
        let refused = matches!(&failure.cause, Cause::Refused(reply) if reply.is_permanent());
        let alone = self.relays.len() == 1;
        let proven = self.relays[relay].proven;
        if !proven && alone {
            return self.stop(Stop::RelayRefused(RelayFailure::unnamed(cause)));
        }
        // Trying a wrong password again and again locks accounts.
        if failure.phase == Phase::Auth && refused {
            if alone {
                return self.stop(Stop::RelayLost(RelayFailure::unnamed(cause)));
            }
            return self.close(relay, cause);
        }
        if !proven && failure.is_final() {
            return self.close(relay, cause);
        }
        self.not_reached(relay, failure);
    }

    /// Whether a session that was not opened is one too many shows by the others: those that are at
    /// work go on, and none of them rests for it.
    fn decide(&mut self, relay: usize) {
        let state = &mut self.relays[relay];
        let open = state.slots.open();
        if state.slots.opening() > 0 {
            return;
        }
        let Some(failure) = state.undecided.take() else {
            return;
        };
        match sign(&failure) {
            Some((sign, least)) if open > 0 => self.one_too_many(relay, sign, least, false),
            Some(_) | None => self.none_opened(relay, &failure),
        }
    }

    fn one_too_many(&mut self, relay: usize, sign: Sign, least: Duration, silent: bool) {
        let state = &mut self.relays[relay];
        let open = state.slots.open();
        if state.cap.refused(open, sign, least, now()) {
            self.quota_client.learn_cap(&state.plan, state.cap.most());
            self.show_cap(relay, silent);
        }
    }

    fn show_cap(&mut self, relay: usize, silent: bool) {
        let state = &self.relays[relay];
        let Some(takes) = state.cap.most() else {
            return;
        };
        (self.observe)(Event::Capped(Capped {
            relay: &state.plan.name,
            takes,
            of: state.slots.len(),
            silent,
        }));
    }

    fn not_reached(&mut self, relay: usize, failure: &Arc<SessionFailure>) {
        let cause = RelayCause::Session(Arc::clone(failure));
        if let Cause::Refused(reply) = &failure.cause {
            let verdict = judge(at(failure), reply);
            // Before there is a message nothing is about one, or about how many there were.
            if verdict.concerns_the_relay() && verdict != Verdict::ConnectionSpent {
                return self.relay_says(relay, verdict, cause);
            }
        }
        self.relay_down(relay, cause);
    }

    /// A relay says nothing. Where it does so to a session that is being opened and answers the
    /// others, it has enough of them.
    pub(crate) fn silent(&mut self, worker: usize, phase: Phase, since: Duration) {
        let (relay, slot) = self.workers.place(worker);
        if self.relays[relay].slots.is_closed(slot) {
            return;
        }
        let now = now();
        let held_back = self.relays[relay].held_back(now);
        if held_back.is_empty() {
            let relay = &self.relays[relay].plan.name;
            return (self.observe)(Event::Silent { relay, phase, since });
        }
        for slot in &held_back {
            self.relays[relay].slots.ended(*slot);
            self.workers.handoff(relay, *slot).close();
        }
        self.relays[relay].undecided = None;
        self.one_too_many(relay, Sign::Clear, Duration::ZERO, true);
    }
}

fn at(failure: &SessionFailure) -> At {
    if failure.phase == Phase::Auth {
        At::Auth
    } else {
        At::Connect
    }
}

/// What a session that was not opened says of how many there may be, where that may be why, and how
/// long no other is to be tried.
fn sign(failure: &SessionFailure) -> Option<(Sign, Duration)> {
    let cause = &failure.cause;
    if let Cause::Refused(reply) = cause {
        return sign_of(judge(at(failure), reply));
    }
    // Some relays refuse in plaintext before there is TLS, or a machine with a problem does so
    // behind a balancer. What this machine cannot open says nothing about the relay.
    let lost = matches!(
        cause,
        Cause::Closed | Cause::Io(_) | Cause::Timeout(_) | Cause::NotTls | Cause::TlsHandshake(_)
    ) && !cause.is_ours();
    (lost && failure.phase != Phase::Resolve).then_some((Sign::Unclear, Duration::ZERO))
}

fn sign_of(verdict: Verdict) -> Option<(Sign, Duration)> {
    match verdict {
        Verdict::TooManyConnections => Some((Sign::Clear, Duration::ZERO)),
        // The others are logged in with the same password.
        Verdict::LoginRefused => Some((Sign::Clear, LOGIN)),
        Verdict::LoginThrottled { wait } if !wait.is_zero() => Some((Sign::Clear, wait)),
        Verdict::Throttled { wait } => Some((Sign::Unclear, wait.unwrap_or_default())),
        Verdict::Closing
        | Verdict::LoginThrottled { .. }
        | Verdict::RelayRefuses { .. }
        | Verdict::Policy { .. } => Some((Sign::Unclear, Duration::ZERO)),
        Verdict::Accepted
        | Verdict::Recipient { .. }
        | Verdict::NoMailbox
        | Verdict::Greylisted
        | Verdict::ConnectionSpent
        | Verdict::QuotaSpent { .. }
        | Verdict::TooLarge => None,
    }
}
