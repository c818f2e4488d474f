//! What the dispatcher does with an outcome, and when a message comes back
//! unsent: is it the relay, the session, or this recipient after all? What
//! follows for the relay is in `relay_trouble`, what a refusal weighs in `weigh`.

use std::sync::Arc;

use crate::delivery::breaker::Trip;
use crate::delivery::event::{Event, News, RelayCause, RelayFailure, Stop};
use crate::delivery::journal::{Attempt, Journal};
use crate::delivery::outbound::OutboundMessage;
use crate::delivery::reply::{At, Outcome, Verdict};
use crate::delivery::retry::Death;
use crate::delivery::worker::{Lesson, Report, Settled, Unsent};
use crate::smtp::{Phase, Reply, SessionFailure};
use crate::words::Speak;

use super::state::{Dispatcher, now};
use super::weigh::likeness;

impl<J: Journal> Dispatcher<'_, J> {
    /// Deals with what a worker reports.
    pub(crate) async fn reported(&mut self, report: Report) {
        match report {
            Report::Greeted { worker, order } => self.greeted(worker, order),
            Report::Connected { worker, order } => self.connected(worker, order),
            Report::NotConnected {
                worker,
                order,
                failure,
            } => self.not_connected(worker, order, failure),
            Report::Ending { worker, order } => self.ended(worker, order, false),
            Report::Closed { worker, order } => self.ended(worker, order, true),
            Report::Silent { worker, phase, since } => self.silent(worker, phase, since),
            Report::NoEnvelopeAhead { worker, lesson } => {
                let (relay, _) = self.workers.place(worker);
                let relay = &mut self.relays[relay];
                relay.takes_envelope_ahead = false;
                if let Some(Lesson { habit, greeting }) = lesson {
                    let remembered = self.quota_client.learn(&relay.plan, greeting, habit.learned());
                    let relay = &relay.plan.name;
                    (self.observe)(Event::Learned(News {
                        relay,
                        habit,
                        remembered,
                    }));
                }
            }
            Report::Doubted { worker, doubted } => {
                let (relay, _) = self.workers.place(worker);
                self.doubted(relay, doubted).await;
            }
            Report::Failed { worker, error } => {
                self.through(worker);
                self.stop(error.into());
            }
            Report::Settled {
                worker,
                settled,
                returned,
            } => {
                self.returned(worker, returned);
                let relay = self.through(worker);
                if let Some(permit) = settled.message.permit {
                    self.relays[relay].quota.through(permit, settled.after_content);
                }
                self.settled(relay, &settled).await;
            }
            Report::Unsent {
                worker,
                mut message,
                why,
                returned,
            } => {
                self.returned(worker, returned);
                let relay = self.through(worker);
                let handed_over = matches!(why, Unsent::Relay { at: At::Content, .. });
                if matches!(why, Unsent::SessionDied(..) | Unsent::Untouched) {
                    let (_, slot) = self.workers.place(worker);
                    self.relays[relay].slots.ending(slot);
                }
                if let Some(permit) = message.permit.take() {
                    self.relays[relay].quota.through(permit, handed_over);
                }
                match why {
                    Unsent::Relay { at, reply, verdict } if verdict.is_to_be_weighed() => {
                        self.relays[relay].answered(now());
                        self.weigh(relay, message, reply, at == At::Content).await;
                    }
                    Unsent::Relay { at, reply, verdict } => {
                        self.refused(relay, message, at, reply, verdict).await;
                    }
                    Unsent::Unsuitable { why, again } => {
                        self.unsuitable(relay, message, &why, again).await;
                    }
                    Unsent::SessionDied(session, failure) => {
                        self.session_died(relay, session, message, failure).await;
                    }
                    Unsent::Untouched => self.back(message),
                    Unsent::Stopping => {}
                }
            }
        }
    }

    /// Messages of this worker that it has not begun.
    fn returned(&mut self, worker: usize, messages: Vec<OutboundMessage>) {
        for mut message in messages.into_iter().rev() {
            let relay = self.through(worker);
            self.return_permit(relay, &mut message);
            self.back(message);
        }
    }

    /// A message of this worker is through; returns its relay.
    fn through(&mut self, worker: usize) -> usize {
        let (relay, slot) = self.workers.place(worker);
        self.freed(relay, slot);
        relay
    }

    pub(crate) async fn settled(&mut self, relay: usize, settled: &Settled) {
        let now = now();
        let Settled {
            message,
            attempt,
            verdict,
            after_content,
        } = settled;
        let outcome = &attempt.outcome;
        let octets = if *after_content {
            self.delivered.messages += 1;
            message.message.content.len()
        } else {
            0
        };
        let accepted = matches!(outcome, Outcome::Accepted(_));
        let doubted = self.is_doubted(message.recipient);
        let state = &mut self.relays[relay];
        state.accepted |= accepted;
        let of_the_relay = verdict.is_some_and(Verdict::concerns_the_relay);
        if !of_the_relay && outcome.reply().code().is_some_and(|code| code != 421) {
            state.answered(now);
        }
        if accepted {
            self.delivered.octets += octets as u64;
            state.health.accepted(now);
        }
        if let Some(started) = self.started {
            self.delivered.elapsed = now - started;
        }
        let goes_on = self.retry.settled(message.recipient, outcome, *verdict, now);
        if doubted {
            // It may have the message from before.
            self.retry.forget(message.recipient);
        }
        let again = self.retry.put_off(message.recipient, now);
        if message.recipient.of_copy().is_some() {
            return self.copy_settled(relay, settled, again);
        }
        (self.observe)(Event::Settled {
            key: &message.key,
            outcome,
            message_id: &attempt.message_id,
            relay: &state.plan.name,
            octets,
            attempt,
            again,
        });
        if accepted {
            self.copies_refused(relay, &message.key, attempt);
        }
        let mut trip = self.decided(relay, attempt);
        if accepted {
            self.left = None;
            self.given_up = 0;
            self.accepted_by(relay).await;
        }
        if matches!(verdict, Some(Verdict::RelayRefuses { .. })) && *after_content {
            trip = trip.or(self.breaker.failed());
        }
        if matches!(outcome, Outcome::Rejected(_)) {
            self.refusals.refused_otherwise(relay);
        }
        if let Some(trip) = trip {
            self.trip(relay, trip, Some(outcome.reply()));
        }
        if of_the_relay && !goes_on {
            self.given_up += 1;
        }
        // One alone, of a relay that took others, is its own trouble.
        if of_the_relay && !goes_on && (self.given_up > 1 || !self.refusals.has_accepted(relay)) {
            self.left = Some(self.named(relay, RelayCause::Reply(outcome.reply().clone())));
        }
        if let Some(verdict) = verdict
            && of_the_relay
            && !self.is_stopping()
        {
            self.relay_says(relay, *verdict, RelayCause::Reply(outcome.reply().clone()));
        }
    }

    /// Takes note of an outcome. Doubts that come of one break are one, and a relay that takes
    /// several sessions with it gets a rest.
    fn decided(&mut self, relay: usize, attempt: &Attempt) -> Option<Trip> {
        let outcome = &attempt.outcome;
        if !matches!(outcome, Outcome::InDoubt(_)) {
            return self.breaker.settled(relay, outcome, true);
        }
        let newest = self.workers.newest_session();
        let broke = self.relays[relay].breaks.in_doubt(attempt.session, newest, now());
        let trip = self.breaker.settled(relay, outcome, broke.counts);
        if trip.is_none() && broke.with_others && !self.is_stopping() {
            self.relay_down(relay, RelayCause::Reply(outcome.reply().clone()));
        }
        trip
    }

    /// A recipient that was held back is rejected, and recorded as such.
    pub(crate) fn rejected(&mut self, relay: usize, key: &str, attempt: &Attempt, octets: usize) {
        if octets > 0 {
            self.delivered.messages += 1;
        }
        self.settled_unasked(relay, key, attempt, octets);
    }

    pub(crate) fn settled_unasked(&mut self, relay: usize, key: &str, attempt: &Attempt, octets: usize) {
        (self.observe)(Event::Settled {
            key,
            outcome: &attempt.outcome,
            message_id: &attempt.message_id,
            relay: &self.relays[relay].plan.name,
            octets,
            attempt,
            again: None,
        });
        if let Some(trip) = self.decided(relay, attempt) {
            self.trip(relay, trip, Some(attempt.outcome.reply()));
        }
    }

    /// The relay refused this message's sender, recipient or DATA, and meant
    /// itself or the session by it.
    async fn refused(
        &mut self,
        relay: usize,
        message: OutboundMessage,
        at: At,
        reply: Reply,
        verdict: Verdict,
    ) {
        if verdict == Verdict::ConnectionSpent {
            self.show_leave(relay, &RelayCause::Reply(reply));
            return self.back(message);
        }
        let permanent = reply.is_permanent();
        let accepted = self.breaker.accepted();
        if permanent && matches!(verdict, Verdict::RelayRefuses { .. }) && accepted == 0 {
            let cause = if at == At::Mail {
                RelayCause::of_mail(reply)
            } else {
                RelayCause::Reply(reply)
            };
            self.back(message);
            return if self.relays.len() == 1 {
                self.stop(Stop::RelayRefused(RelayFailure::unnamed(cause)));
            } else {
                self.close(relay, cause);
            };
        }
        if permanent && matches!(verdict, Verdict::RelayRefuses { .. }) && at != At::Mail {
            return self.refused_for_good(relay, message, at, reply, verdict);
        }
        let works = at != At::Mail
            && (self.refusals.has_accepted(relay) || !matches!(verdict, Verdict::RelayRefuses { .. }));
        if matches!(
            verdict,
            Verdict::RelayRefuses { .. } | Verdict::Closing | Verdict::Throttled { .. }
        ) && !permanent
            && self.retry.relay_refused_at(message.recipient, accepted, works)
        {
            self.relays[relay].was_not_meant();
            return self.record(relay, message, Outcome::Deferred(reply)).await;
        }
        self.back_after(at, message);
        self.relay_says(relay, verdict, RelayCause::Reply(reply));
    }

    /// A relay that has accepted others refuses everybody at this recipient, for
    /// good. Nobody is rejected for that; a relay that does so of some and takes
    /// others is not waited for.
    fn refused_for_good(
        &mut self,
        relay: usize,
        mut message: OutboundMessage,
        at: At,
        reply: Reply,
        verdict: Verdict,
    ) {
        let like = likeness(&message, &reply);
        let alike = self
            .refusals
            .noted(relay, message.recipient, &like, at == At::Content);
        if at == At::Content
            && let Some(trip) = self.breaker.failed()
        {
            return self.trip(relay, trip, Some(&reply));
        }
        let accepted = self.breaker.accepted();
        if self.retry.relay_refused_at(message.recipient, accepted, false) {
            self.refusals.note_selective(relay, like.clone());
        }
        if !self.refusals.is_selective(relay, &like) {
            self.back_after(at, message);
            return self.relay_says(relay, verdict, RelayCause::Reply(reply));
        }
        if !alike && self.offer_elsewhere(relay, &mut message) {
            return self.back(message);
        }
        self.parked = Some(self.named(relay, RelayCause::Reply(reply.clone())));
        self.set_aside.insert(message.recipient);
        if alike {
            self.close_for(relay, RelayCause::Reply(reply), Stop::RelayLost);
        }
    }

    /// A message that was refused with everybody's goes back. It may be about
    /// this one after all: others go first.
    fn back_after(&mut self, at: At, mut message: OutboundMessage) {
        if at == At::Mail {
            self.back(message);
        } else if !self.is_stopping() {
            self.offer_anew(&mut message);
            self.ready_octets += message.octets();
            self.ready.push_back(message);
        }
    }

    async fn session_died(
        &mut self,
        relay: usize,
        session: u64,
        message: OutboundMessage,
        failure: SessionFailure,
    ) {
        let accepted = self.breaker.accepted();
        let newest = self.workers.newest_session();
        let recipient = message.recipient;
        let state = &mut self.relays[relay];
        let broke = state.breaks.died(session, recipient, newest, now());
        let deadly = self.retry.ends_sessions(recipient, accepted);
        let rests = !deadly && (broke.with_others || (broke.counts && state.health.session_died()));
        let death = Death {
            counts: broke.at_recipient,
            named: failure.phase != Phase::Mail,
        };
        if self.retry.session_died_at(recipient, accepted, death) {
            let outcome = Outcome::Deferred(Reply::ours(failure.said()));
            self.record(relay, message, outcome).await;
        } else {
            self.back(message);
        }
        if rests && !self.is_stopping() {
            self.relay_down(relay, RelayCause::Session(Arc::new(failure)));
        }
    }
}
