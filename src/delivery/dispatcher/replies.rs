//! What the dispatcher does with an outcome, and when a message comes back
//! unsent: is it the relay, the session, or this recipient after all?

use std::sync::Arc;
use std::time::Duration;

use crate::delivery::accounts::Learned;
use crate::delivery::event::{Event, RelayCause, RelayFailure, Stop};
use crate::delivery::journal::{Attempt, Journal};
use crate::delivery::outbound::OutboundMessage;
use crate::delivery::reply::{At, Outcome, Verdict, judge};
use crate::delivery::worker::{Decided, Report, Settled, Unsent};
use crate::smtp::{Cause, Phase, Reply, SessionFailure, Step};

use super::state::{Dispatcher, now};

/// How long a relay that was given up is left alone, in a run that has others.
const GIVEN_UP_FOR: Duration = Duration::from_secs(5 * 60);

impl<J: Journal> Dispatcher<'_, J> {
    /// Deals with what a worker reports.
    pub(crate) async fn reported(&mut self, report: Report) {
        match report {
            Report::Connected { worker } => {
                let (relay, _) = self.workers.place(worker);
                let relay = &mut self.relays[relay];
                relay.proven = true;
                relay.failing = false;
                self.delivered.connections += 1;
                (self.observe)(Event::Connected {
                    relay: &relay.plan.name,
                });
            }
            Report::NoEnvelopeAhead { worker, said } => {
                let (relay, _) = self.workers.place(worker);
                let relay = &mut self.relays[relay];
                relay.takes_envelope_ahead = false;
                if said {
                    self.quota_client.learn(&relay.plan, Learned::EnvelopeOnly);
                }
            }
            Report::StepByStep { worker, proven } => {
                let (relay, _) = self.workers.place(worker);
                let relay = &mut self.relays[relay];
                relay.takes_envelope_ahead = false;
                if proven {
                    self.quota_client.learn(&relay.plan, Learned::StepByStep);
                }
            }
            Report::Doubted { worker, doubted } => {
                let (relay, _) = self.workers.place(worker);
                self.doubted(relay, &doubted);
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
                self.settled(relay, &settled);
            }
            Report::Unsent {
                worker,
                mut message,
                why,
                returned,
            } => {
                self.returned(worker, returned);
                let relay = self.through(worker);
                self.return_permit(relay, &mut message);
                match why {
                    Unsent::NoSession(failure) => self.no_session(relay, message, failure),
                    Unsent::Relay { step, reply, verdict } => {
                        self.refused(relay, message, step, reply, verdict).await;
                    }
                    Unsent::SessionDied(failure) => self.session_died(relay, message, failure).await,
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

    fn settled(&mut self, relay: usize, settled: &Settled) {
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
        let state = &mut self.relays[relay];
        state.accepted |= accepted;
        if outcome.reply().code().is_some_and(|code| code != 421) {
            state.health.answered();
        }
        if accepted {
            self.delivered.octets += octets as u64;
            state.health.accepted(now);
        }
        if let Some(started) = self.started {
            self.delivered.elapsed = now - started;
        }
        self.retry.settled(message.recipient, outcome, *verdict, now);
        (self.observe)(Event::Settled {
            key: &message.key,
            outcome,
            message_id: &attempt.message_id,
            relay: &state.plan.name,
            octets,
            attempt,
            again: self.retry.put_off(message.recipient, now),
        });
        if let Some(stop) = self.breaker.settled(outcome, *after_content) {
            self.stop(stop);
        }
        if let Some(verdict) = verdict
            && verdict.concerns_the_relay()
            && !self.is_stopping()
        {
            self.relay_says(relay, *verdict, RelayCause::Reply(outcome.reply().clone()));
        }
    }

    /// An outcome was taken back.
    fn doubted(&mut self, relay: usize, doubted: &Decided) {
        let Decided { key, attempt } = doubted;
        (self.observe)(Event::Settled {
            key,
            outcome: &attempt.outcome,
            message_id: &attempt.message_id,
            relay: &self.relays[relay].plan.name,
            octets: 0,
            attempt,
            again: None,
        });
        self.retry.forget(attempt.recipient);
        if let Some(stop) = self.breaker.settled(&attempt.outcome, true) {
            self.stop(stop);
        }
    }

    /// What follows for the relay of a reply that concerns it.
    fn relay_says(&mut self, relay: usize, verdict: Verdict, cause: RelayCause) {
        match verdict {
            Verdict::Throttled { wait } => self.throttled(relay, wait.unwrap_or_default(), cause),
            Verdict::LoginThrottled { wait } => self.throttled(relay, wait, cause),
            Verdict::TooManyConnections => self.throttled(relay, Duration::ZERO, cause),
            Verdict::QuotaSpent { wait } => {
                let words = cause.to_string();
                self.relays[relay].quota.said_spent(&words, wait, now());
                self.show_down(relay, &cause, Some(wait));
            }
            Verdict::Closing | Verdict::RelayRefuses { .. } | Verdict::LoginRefused => {
                self.relay_down(relay, cause);
            }
            // A new connection is all it takes.
            Verdict::ConnectionSpent => {}
            Verdict::Accepted
            | Verdict::Recipient { .. }
            | Verdict::Greylisted
            | Verdict::Policy { .. }
            | Verdict::TooLarge => {}
        }
    }

    fn throttled(&mut self, relay: usize, least: Duration, cause: RelayCause) {
        match self.relays[relay].health.throttled(least, now()) {
            Some(wait) => self.failing(relay, cause, wait),
            None => self.give_up(relay, cause),
        }
    }

    fn relay_down(&mut self, relay: usize, cause: RelayCause) {
        match self.relays[relay].health.failed(now()) {
            Some(wait) => self.failing(relay, cause, wait),
            None => self.give_up(relay, cause),
        }
    }

    fn show_down(&mut self, relay: usize, cause: &RelayCause, wait: Option<Duration>) {
        (self.observe)(Event::RelayDown {
            relay: &self.relays[relay].plan.name,
            words: &cause.to_string(),
            ours: matches!(cause, RelayCause::Session(failure) if failure.cause.is_ours()),
            wait,
        });
    }

    /// A relay that failed is tried again after a wait.
    fn failing(&mut self, relay: usize, cause: RelayCause, wait: Duration) {
        self.relays[relay].failing = true;
        self.show_down(relay, &cause, Some(wait));
        if self.relays.iter().all(|relay| !relay.proven && relay.failing) {
            // None of them could be used even once.
            self.stop(Stop::RelayRefused(self.named(relay, cause)));
        }
    }

    /// A relay that has failed for long: the run ends, unless there is another.
    fn give_up(&mut self, relay: usize, cause: RelayCause) {
        let mut relays = self.relays.iter().enumerate();
        if !relays.any(|(number, other)| number != relay && !other.closed && !other.failing) {
            return self.stop(Stop::RelayLost(RelayFailure::unnamed(cause)));
        }
        self.relays[relay].health.tried_again_at(now() + GIVEN_UP_FOR);
        self.failing(relay, cause, GIVEN_UP_FOR);
    }

    /// What happened with a relay, with its name where there are others.
    fn named(&self, relay: usize, cause: RelayCause) -> RelayFailure {
        let several = self.relays.len() > 1;
        RelayFailure {
            relay: several.then(|| Arc::clone(&self.relays[relay].plan.name)),
            cause,
        }
    }

    /// Nothing goes over this relay any more in this run.
    fn close(&mut self, relay: usize, cause: RelayCause) {
        self.show_down(relay, &cause, None);
        self.relays[relay].closed = true;
        self.relays[relay].failing = true;
        if self.relays.iter().all(|relay| relay.closed) {
            let proven = self.relays.iter().any(|relay| relay.proven);
            let failure = self.named(relay, cause);
            self.stop(if proven {
                Stop::RelayLost(failure)
            } else {
                Stop::RelayRefused(failure)
            });
        }
    }

    fn no_session(&mut self, relay: usize, message: OutboundMessage, failure: SessionFailure) {
        let failure = Arc::new(failure);
        let cause = RelayCause::Session(Arc::clone(&failure));
        let refused = matches!(&failure.cause, Cause::Refused(reply) if reply.is_permanent());
        let alone = self.relays.len() == 1;
        let proven = self.relays[relay].proven;
        if !proven && alone {
            return self.stop(Stop::RelayRefused(RelayFailure::unnamed(cause)));
        }
        self.back(message);
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
        let at = if failure.phase == Phase::Auth {
            At::Auth
        } else {
            At::Connect
        };
        if let Cause::Refused(reply) = &failure.cause {
            self.relay_says(relay, judge(at, reply), cause);
        } else {
            self.relay_down(relay, cause);
        }
    }

    /// The relay refused this message's sender, recipient or DATA, and meant
    /// itself or the session by it.
    async fn refused(
        &mut self,
        relay: usize,
        message: OutboundMessage,
        step: Step,
        reply: Reply,
        verdict: Verdict,
    ) {
        if verdict == Verdict::ConnectionSpent {
            return self.back(message);
        }
        let permanent = reply.is_permanent();
        let accepted = self.breaker.accepted();
        if permanent && matches!(verdict, Verdict::RelayRefuses { .. }) && accepted == 0 {
            let cause = if step == Step::Mail {
                RelayCause::SenderRefused(reply)
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
        if matches!(
            verdict,
            Verdict::RelayRefuses { .. } | Verdict::Closing | Verdict::Throttled { .. }
        ) && self.retry.relay_refused_at(message.recipient, accepted)
        {
            let outcome = if permanent {
                Outcome::Rejected(reply)
            } else {
                Outcome::Deferred(reply)
            };
            return self.record(relay, message, outcome).await;
        }
        match step {
            // It may be about this one after all: others go first.
            Step::Rcpt | Step::Data if !self.is_stopping() => {
                self.ready_octets += message.octets();
                self.ready.push_back(message);
            }
            Step::Mail | Step::Rcpt | Step::Data => self.back(message),
        }
        self.relay_says(relay, verdict, RelayCause::Reply(reply));
    }

    async fn session_died(&mut self, relay: usize, message: OutboundMessage, failure: SessionFailure) {
        let accepted = self.breaker.accepted();
        if self.retry.session_died_at(message.recipient, accepted) {
            let outcome = Outcome::Deferred(Reply::ours(failure.to_string()));
            self.record(relay, message, outcome).await;
        } else {
            self.back(message);
        }
        if self.relays[relay].health.session_died() {
            self.relay_down(relay, RelayCause::Session(Arc::new(failure)));
        }
    }

    /// Records an outcome that no worker could.
    async fn record(&mut self, relay: usize, message: OutboundMessage, outcome: Outcome) {
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
                self.settled(relay, &settled);
            }
            Err(error) => self.stop(error.into()),
        }
    }
}
