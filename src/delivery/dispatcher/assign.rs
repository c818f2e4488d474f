//! Which letter goes where, and when: the dispatcher's hands.
//!
//! Of the lanes that can take a letter now, the one that has had the least by
//! its weight gets it. What no lane can take waits, and somebody is told what
//! for.

use std::time::{Duration, Instant};

use super::state::Dispatcher;
use crate::delivery::relay::Busy;
use crate::delivery::relay::Spent;
use crate::delivery::relay::{Booked, Bookings};
use crate::delivery::{Event, Journal, Letter, Stop};

/// A letter that lies ready for so long behind another is given to a session
/// that is free.
const STUCK: Duration = Duration::from_secs(2);

impl<J: Journal> Dispatcher<'_, J> {
    /// Hands ready letters to sessions, as the relays' health and the rates
    /// allow.
    pub(crate) fn assign(&mut self, now: Instant, bookings: &mut Bookings) {
        if self.stopping() {
            return;
        }
        self.rescue(now);
        while let Some(letter) = self.ready.front() {
            if self.schedule.would_overshoot(self.working) {
                break;
            }
            let recipients = u32::try_from(letter.message.recipients.len()).unwrap_or(u32::MAX);
            let Some((lane, seat, permit)) = self.place(recipients, now, bookings) else {
                break;
            };
            let Some(mut letter) = self.ready.pop_front() else {
                break;
            };
            self.ready_octets = self.ready_octets.saturating_sub(letter.octets());
            letter.permit = permit;
            self.give(lane, seat, letter, now);
        }
        self.show_waiting(now);
        self.look_at_quotas(now);
    }

    fn give(&mut self, lane: usize, seat: usize, letter: Letter, now: Instant) {
        let recipients = u32::try_from(letter.message.recipients.len()).unwrap_or(u32::MAX);
        self.working += 1;
        self.started.get_or_insert(now);
        let lane = &mut self.lanes[lane];
        lane.given(seat, recipients, now);
        lane.seats[seat].desk.put(letter);
    }

    /// The lane whose turn it is among those that can take a letter to so many.
    fn place(
        &mut self,
        recipients: u32,
        now: Instant,
        bookings: &mut Bookings,
    ) -> Option<(usize, usize, Option<crate::delivery::Permit>)> {
        let mut tried = vec![false; self.lanes.len()];
        // A relay that is only busy keeps its share: the others wait for it, within bounds.
        let mut bound = f64::INFINITY;
        loop {
            let next = (0..self.lanes.len())
                .filter(|lane| !tried[*lane])
                .min_by(|a, b| self.lanes[*a].turn.total_cmp(&self.lanes[*b].turn))?;
            tried[next] = true;
            if self.lanes[next].turn > bound {
                return None;
            }
            match self.lanes[next].admit(recipients, now) {
                Ok((seat, permit)) => {
                    self.catch_up(next);
                    // The next block is asked for before this one is used up.
                    bookings.reserve(next, &mut self.lanes[next], recipients, now);
                    return Some((next, seat, permit));
                }
                Err(busy @ (Busy::Full | Busy::NoPermit)) => {
                    let lane = &mut self.lanes[next];
                    bound = bound.min(lane.turn + lane.slack());
                    if matches!(busy, Busy::NoPermit) {
                        bookings.reserve(next, lane, recipients, now);
                    }
                }
                Err(Busy::Away) => {}
            }
        }
    }

    /// A lane that was away does not get everything until it has had as much
    /// as the others: it goes on from where they are.
    fn catch_up(&mut self, lane: usize) {
        let busiest = self.lanes.iter().map(|lane| lane.turn).fold(0.0, f64::max);
        // About one letter a session, by weight.
        let slack = self.lanes[lane].seats.len() as f64 * 2.0;
        let turn = &mut self.lanes[lane].turn;
        *turn = turn.max(busiest - slack);
    }

    /// The account store has answered.
    pub(crate) fn booked(&mut self, booked: Booked) {
        let now = Instant::now();
        match booked {
            Booked::Reserved(lane, answer) => self.lanes[lane].quota.answered(answer, now),
            Booked::Renewed(lane, reservation, lease) => self.lanes[lane].quota.renewed(reservation, lease),
            Booked::Done => {}
            Booked::Failed(words) => self.stop(Stop::Accounts(words)),
        }
    }

    /// A letter that lies ready at a session which does not get on is taken
    /// back for one that is free.
    fn rescue(&mut self, now: Instant) {
        if !self.ready.is_empty() {
            return;
        }
        let Some(before) = now.checked_sub(STUCK) else {
            return;
        };
        while self.lanes.iter().any(|lane| lane.has_room(now)) {
            let stuck = self
                .lanes
                .iter()
                .enumerate()
                .find_map(|(number, lane)| Some((number, lane.stuck(before)?)));
            let Some((number, seat)) = stuck else { return };
            let lane = &mut self.lanes[number];
            let Some(mut letter) = lane.seats[seat].desk.take() else {
                return;
            };
            lane.freed(seat, now);
            if let Some(permit) = letter.permit.take() {
                lane.quota.through(permit, false);
            }
            self.working = self.working.saturating_sub(1);
            self.back(letter);
        }
    }

    /// When there may be a letter to rescue.
    pub(crate) fn next_rescue(&self, now: Instant) -> Option<Instant> {
        if !self.ready.is_empty() || !self.lanes.iter().any(|lane| lane.has_room(now)) {
            return None;
        }
        let seats = self.lanes.iter().flat_map(|lane| &lane.seats);
        seats
            .filter(|seat| seat.letters > 1)
            .map(|seat| seat.since + STUCK)
            .min()
    }

    fn show_waiting(&mut self, now: Instant) {
        if self.working > 0 || !self.ready.is_empty() || !self.has_all() {
            return;
        }
        if let Some((recipients, at)) = self.schedule.waiting()
            && self.shown_wait != Some(at)
        {
            self.shown_wait = Some(at);
            (self.observe)(Event::Waiting {
                recipients,
                wait: at.saturating_duration_since(now),
            });
        }
    }

    /// With every relay out of its hour or day limit, the run waits or stops.
    fn look_at_quotas(&mut self, now: Instant) {
        if self.working > 0 || self.ready.is_empty() {
            return;
        }
        let open = || self.lanes.iter().filter(|lane| lane.closed.is_none());
        if open().any(|lane| lane.quota.spent(now).is_none_or(|spent| spent.nearly)) {
            return;
        }
        let Some(Spent { what, until, .. }) = open()
            .filter_map(|lane| lane.quota.spent(now))
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
