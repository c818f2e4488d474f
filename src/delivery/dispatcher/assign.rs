//! Which message goes where, and when.
//!
//! Of the relays that can take a message now, the one that has had the fewest by its weight gets
//! it. A message that no relay can take waits, and a person is shown the reason.

use std::time::{Duration, Instant};

use crate::delivery::event::{Event, Part, Stop};
use crate::delivery::journal::Journal;
use crate::delivery::outbound::OutboundMessage;
use crate::delivery::relay::{Answer, Busy, Permit, RelayState, Spent};

use super::state::{Dispatcher, now};

/// Messages that only another relay can take, and that others overtake while it is busy.
const WAITING_FOR_ANOTHER: usize = 32;

/// A message that lies ready for so long behind another is given to a session
/// that is free.
const STUCK: Duration = Duration::from_secs(2);

impl<J: Journal> Dispatcher<'_, J> {
    /// Hands ready messages to sessions, as the relays' health and the rates
    /// allow.
    pub(crate) fn assign(&mut self, now: Instant) {
        if self.is_stopping() {
            return;
        }
        self.rescue(now);
        let mut at = 0;
        while let Some(message) = self.ready.get(at) {
            if let Some(trip) = self.breaker.reached(self.working + self.refusals.held()) {
                if self.working == 0 {
                    // Nothing under way will decide it: those held back count as they are.
                    self.trip(0, trip, None);
                    return;
                }
                break;
            }
            let refused_by = message.refused_by.clone();
            let Some((relay, slot, permit)) = self.place(message.recipients(), &refused_by, now) else {
                // One that waits for a certain relay holds the others up only for so far.
                if refused_by.is_empty() || at >= WAITING_FOR_ANOTHER {
                    break;
                }
                at += 1;
                continue;
            };
            let Some(mut message) = self.ready.remove(at) else {
                break;
            };
            self.ready_octets = self.ready_octets.saturating_sub(message.octets());
            message.permit = permit;
            self.give(relay, slot, message, now);
        }
        self.show_waiting(now);
        self.look_at_quotas(now);
    }

    fn give(&mut self, relay: usize, slot: usize, message: OutboundMessage, now: Instant) {
        self.working += 1;
        self.started.get_or_insert(now);
        self.relays[relay].given(slot, message.recipients(), now);
        self.workers.handoff(relay, slot).put(message);
    }

    /// The relay whose turn it is among those that can take a message to this many recipients and
    /// have not refused it.
    fn place(
        &mut self,
        recipients: u32,
        refused_by: &[usize],
        now: Instant,
    ) -> Option<(usize, usize, Option<Permit>)> {
        let mut tried: Vec<bool> = (0..self.relays.len())
            .map(|relay| refused_by.contains(&relay))
            .collect();
        // A relay that is only busy keeps its share: the others wait for it, within bounds.
        let mut bound = f64::INFINITY;
        loop {
            let next = (0..self.relays.len())
                .filter(|relay| !tried[*relay])
                .min_by(|a, b| self.relays[*a].turn.total_cmp(&self.relays[*b].turn))?;
            tried[next] = true;
            if self.relays[next].turn > bound {
                return None;
            }
            match self.relays[next].admit(recipients, now) {
                Ok((slot, permit)) => {
                    self.catch_up(next);
                    // The next block is asked for before this one is used up.
                    self.quota_client
                        .reserve(next, &mut self.relays[next], recipients, now);
                    return Some((next, slot, permit));
                }
                Err(busy @ (Busy::Full | Busy::NoPermit)) => {
                    let relay = &mut self.relays[next];
                    bound = bound.min(relay.turn + relay.slack());
                    if matches!(busy, Busy::NoPermit) {
                        self.quota_client.reserve(next, relay, recipients, now);
                    }
                }
                Err(Busy::Away) => {}
            }
        }
    }

    /// A relay that was away does not get everything until it has had as much
    /// as the others: it goes on from where they are.
    fn catch_up(&mut self, relay: usize) {
        let busiest = self.relays.iter().map(|relay| relay.turn).fold(0.0, f64::max);
        // About one message a session, by weight.
        let slack = self.relays[relay].slots.len() as f64 * 2.0;
        let turn = &mut self.relays[relay].turn;
        *turn = turn.max(busiest - slack);
    }

    /// The account store has answered.
    pub(crate) fn answered(&mut self, answer: Answer) {
        match answer {
            Answer::Reserved(relay, reserved) => self.relays[relay].quota.answered(reserved, now()),
            Answer::Renewed(relay, reservation, lease) => {
                self.relays[relay].quota.renewed(reservation, lease);
            }
            Answer::Done => {}
            Answer::Failed(error) => self.stop(Stop::Accounts(error)),
            Answer::Panicked => self.stop(Stop::Internal(Part::Accounts)),
        }
    }

    /// A message that lies ready at a session which does not get on is taken
    /// back for one that is free.
    fn rescue(&mut self, now: Instant) {
        if !self.ready.is_empty() {
            return;
        }
        let Some(before) = now.checked_sub(STUCK) else {
            return;
        };
        while self.relays.iter().any(|relay| relay.has_room(now)) {
            let mut relays = self.relays.iter().enumerate();
            let stuck = relays.find_map(|(number, relay)| Some((number, relay.slots.stuck(before)?)));
            let Some(message) = stuck.and_then(|(relay, slot)| self.take_back(relay, slot)) else {
                return;
            };
            self.back(message);
        }
    }

    /// When there may be a message to rescue.
    pub(crate) fn next_rescue(&self, now: Instant) -> Option<Instant> {
        if !self.ready.is_empty() || !self.relays.iter().any(|relay| relay.has_room(now)) {
            return None;
        }
        let behind = self.relays.iter().filter_map(|relay| relay.slots.first_behind());
        behind.map(|since| since + STUCK).min()
    }

    fn show_waiting(&mut self, now: Instant) {
        if self.working > 0 || !self.ready.is_empty() || !self.has_all() {
            return;
        }
        if let Some((recipients, at)) = self.retry.waiting()
            && self.shown_wait != Some(at)
        {
            self.shown_wait = Some(at);
            (self.observe)(Event::Waiting {
                recipients,
                wait: at.saturating_duration_since(now),
            });
        }
    }

    /// With every relay out of its hour or day limit that may take what lies ready, the run waits or
    /// stops.
    fn look_at_quotas(&mut self, now: Instant) {
        if self.working > 0 || self.ready.is_empty() {
            return;
        }
        let has_room = |relay: &RelayState| relay.quota.spent(now).is_none_or(|spent| spent.nearly);
        let open = || self.relays.iter().enumerate().filter(|(_, relay)| !relay.closed);
        // What one relay refused waits for the others; a message that may go over that relay is not
        // held up.
        let wanted = |number: usize| self.ready.iter().any(|ready| !ready.refused_by.contains(&number));
        let all_through = self.has_all() && self.retry.waiting().is_none();
        if open().any(|(number, relay)| has_room(relay) && (wanted(number) || !all_through)) {
            return;
        }
        let Some(Spent { what, until, .. }) = open()
            .filter_map(|(_, relay)| relay.quota.spent(now))
            .min_by_key(|s| s.until)
        else {
            return;
        };
        let (what, until) = (what.clone(), *until);
        let wait = until - now;
        if !self.plan.wait {
            return self.stop(Stop::QuotaSpent { what, wait });
        }
        if self.shown_wait != Some(until) {
            self.shown_wait = Some(until);
            (self.observe)(Event::QuotaSpent { what: &what, wait });
        }
    }
}
