//! A lane: one relay of the campaign in this run, with its sessions, its
//! health, its pace and what is left of its hour and day limits.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::campaign::clock;
use crate::smtp::Pipelining;

use super::health::Health;
use super::pace::Pace;
use super::quota::{Permit, Quota};
use crate::delivery::RelayPlan;
use crate::delivery::worker::Desk;

/// Letters a session has at most: one whose content is under way, the next
/// whose envelope went with it, and one that lies ready for when that opens.
const LETTERS: usize = 3;

/// A session of a lane, as the dispatcher sees it.
pub(crate) struct Seat {
    pub(crate) desk: Arc<Desk>,
    /// Letters given to it that are not through.
    pub(crate) letters: usize,
    /// Since when it is at the same letter.
    pub(crate) since: Instant,
}

/// Why a lane takes no letter now.
pub(crate) enum Busy {
    /// All its sessions have enough to do: it will take one soon.
    Full,
    /// The account store must answer first, which it will soon.
    NoPermit,
    /// It rests, is out of its limits, is lost, or its rate says not yet.
    Away,
}

/// One relay in this run.
pub(crate) struct Lane {
    pub(crate) plan: RelayPlan,
    pub(crate) health: Health,
    pub(crate) quota: Quota,
    pub(crate) seats: Vec<Seat>,
    pace: Pace,
    paced_until: Option<Instant>,
    /// Seats with nothing to do; the one that worked last is first again, so
    /// that at a low rate one session does all the work.
    idle: Vec<usize>,
    /// Seats that can take a letter to lie ready; some are out of date.
    half: Vec<usize>,
    /// An envelope may go behind a content: a letter lying ready saves a round trip.
    pub(crate) joins: bool,
    /// A session was opened once: the address and the login are right.
    pub(crate) proven: bool,
    /// It accepted a message: before that none is sent ahead of the last one's reply, for it
    /// may refuse them all.
    pub(crate) accepted: bool,
    /// The last failure, while there was no success after it.
    pub(crate) failure: Option<String>,
    /// Nothing goes over it any more in this run, and why.
    pub(crate) closed: Option<String>,
    /// Envelope recipients it had, by its weight: the lane with the least is next.
    pub(crate) turn: f64,
}

impl Lane {
    pub(crate) fn new(plan: RelayPlan, envelope_only: bool, now: Instant) -> Self {
        let connections = plan.connections.max(1);
        Self {
            health: Health::new(connections),
            quota: Quota::default(),
            seats: (0..connections)
                .map(|_| Seat {
                    desk: Arc::default(),
                    letters: 0,
                    since: now,
                })
                .collect(),
            pace: Pace::new(&plan.rates),
            paced_until: None,
            idle: (0..connections).rev().collect(),
            half: Vec::new(),
            joins: matches!(plan.endpoint.pipelining, Pipelining::Full { .. }) && !envelope_only,
            proven: false,
            accepted: false,
            failure: None,
            closed: None,
            turn: 0.0,
            plan,
        }
    }

    /// A seat and a permit for a letter to so many, if it can go now.
    pub(crate) fn admit(&mut self, recipients: u32, now: Instant) -> Result<(usize, Option<Permit>), Busy> {
        if self.closed.is_some() || self.quota.spent(now).is_some() {
            return Err(Busy::Away);
        }
        if let Some(until) = self.paced_until
            && now < until
        {
            return Err(Busy::Away);
        }
        let well = self.proven && self.failure.is_none() && self.health.is_well();
        let seat = self.seat(now).ok_or(if well { Busy::Full } else { Busy::Away })?;
        let permit = if self.plan.account.is_some() {
            let wall: Timestamp = clock::now();
            Some(self.quota.take(recipients, wall, now).ok_or(Busy::NoPermit)?)
        } else {
            None
        };
        if let Err(wait) = self.pace.take(recipients) {
            if let Some(permit) = permit {
                self.quota.through(permit, false);
            }
            let until = now + wait.max(Duration::from_micros(100));
            self.paced_until = Some(until);
            return Err(Busy::Away);
        }
        self.paced_until = None;
        Ok((seat, permit))
    }

    /// A seat that can take a letter.
    fn seat(&mut self, now: Instant) -> Option<usize> {
        let allowed = if self.proven {
            self.health.allowed(now)
        } else {
            self.health.allowed(now).min(1)
        };
        if self.working() < allowed {
            return self.idle.last().copied();
        }
        if !(self.accepted && self.joins && self.health.is_well()) {
            return None;
        }
        while let Some(seat) = self.half.last().copied() {
            if (1..LETTERS).contains(&self.seats[seat].letters) {
                return Some(seat);
            }
            self.half.pop();
        }
        None
    }

    /// Sessions with a letter.
    pub(crate) fn working(&self) -> usize {
        self.seats.len() - self.idle.len()
    }

    /// A letter goes to this seat, which [`Lane::admit`] named.
    pub(crate) fn given(&mut self, seat: usize, recipients: u32, now: Instant) {
        let at = &mut self.seats[seat];
        at.letters += 1;
        match at.letters {
            1 => {
                at.since = now;
                self.idle.retain(|idle| *idle != seat);
                self.half.push(seat);
            }
            LETTERS => self.half.retain(|half| *half != seat),
            _ => {}
        }
        self.health.given(now);
        self.turn += f64::from(recipients) / f64::from(self.plan.weight.max(1));
    }

    /// A letter of this seat is through, or was taken back.
    pub(crate) fn freed(&mut self, seat: usize, now: Instant) {
        let at = &mut self.seats[seat];
        at.letters = at.letters.saturating_sub(1);
        at.since = now;
        if at.letters == 0 {
            self.half.retain(|half| *half != seat);
            if !self.idle.contains(&seat) {
                self.idle.push(seat);
            }
        } else if !self.half.contains(&seat) {
            self.half.push(seat);
        }
    }

    /// A seat at which a letter may have lain ready since `before`, or longer.
    pub(crate) fn stuck(&self, before: Instant) -> Option<usize> {
        self.seats
            .iter()
            .position(|seat| seat.letters > 1 && seat.since <= before)
    }

    /// Whether a session is free and may work.
    pub(crate) fn has_room(&self, now: Instant) -> bool {
        self.closed.is_none() && self.working() < self.health.allowed(now) && !self.idle.is_empty()
    }

    /// What its turn may run ahead of a relay that is only busy: the letters
    /// its own sessions have at hand.
    pub(crate) fn slack(&self) -> f64 {
        (self.seats.len() * LETTERS) as f64 / f64::from(self.plan.weight.max(1))
    }

    /// When to look at it again.
    pub(crate) fn wake(&self, now: Instant) -> Option<Instant> {
        if self.closed.is_some() {
            return None;
        }
        let spent = self.quota.spent(now).map(|spent| spent.until);
        [self.health.wake(now), self.paced_until, spent]
            .into_iter()
            .flatten()
            .filter(|at| *at > now)
            .max()
    }
}
