//! One relay of the campaign in this run, with its sessions, its health, its
//! pace and what is left of its hour and day limits.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::campaign::clock;
use crate::delivery::accounts::Memory;
use crate::delivery::plan::RelayPlan;
use crate::smtp::{Pipelining, SessionFailure};

use super::breaks::Breaks;
use super::cap::Cap;
use super::health::Health;
use super::pace::Pace;
use super::quota::{Permit, Quota};
use super::slots::{MESSAGES, Slots};

/// A relay that rests for longer is not waited for where another has refused a message.
const SHORT_REST: Duration = Duration::from_secs(2 * 60);

/// The least that its rate lets a message wait.
const TICK: Duration = Duration::from_micros(100);

/// Why a relay takes no message now.
pub(crate) enum Busy {
    /// All its sessions have enough to do: it will take one soon.
    Full,
    /// The account store must answer first, which it will soon.
    NoPermit,
    /// It rests, is out of its limits, is lost, or its rate says not yet.
    Away,
}

/// One relay in this run.
pub(crate) struct RelayState {
    pub(crate) plan: RelayPlan,
    pub(crate) health: Health,
    pub(crate) breaks: Breaks,
    pub(crate) cap: Cap,
    pub(crate) quota: Quota,
    pub(crate) slots: Slots,
    pub(crate) pace: Pace,
    paced_until: Option<Instant>,
    /// What is remembered of its servers.
    pub(crate) memory: Vec<Memory>,
    /// Sessions that it has greeted.
    pub(crate) greeted: u64,
    /// The longest that one of them took to open.
    pub(crate) slowest: Duration,
    /// When it answered last.
    pub(crate) heard: Option<Instant>,
    /// A session was not opened, and whether that is for others shows once these are.
    pub(crate) undecided: Option<Arc<SessionFailure>>,
    /// An envelope may go behind a content: a message lying ready saves a round trip.
    pub(crate) takes_envelope_ahead: bool,
    /// A session was opened once: the address and the login are right.
    pub(crate) proven: bool,
    /// It accepted a message: before that, none is sent ahead of the last one's reply, because it
    /// may refuse them all.
    pub(crate) accepted: bool,
    /// It failed, and there was no success after that.
    pub(crate) failing: bool,
    /// It has failed for long, and is left alone for as long as there are others.
    pub(crate) given_up: bool,
    /// Nothing goes over it any more in this run.
    pub(crate) closed: bool,
    /// It was reported that it closes connections after some messages.
    pub(crate) leave_told: bool,
    /// Envelope recipients it had, by its weight: the relay with the least is next.
    pub(crate) turn: f64,
}

impl RelayState {
    /// A relay, with what is remembered about its servers and about how many sessions it accepts.
    pub(crate) fn new(plan: RelayPlan, memory: Vec<Memory>, takes: Option<usize>, now: Instant) -> Self {
        let connections = plan.connections.max(1);
        Self {
            health: Health::new(connections),
            breaks: Breaks::default(),
            cap: Cap::new(connections, takes, now),
            quota: Quota::default(),
            slots: Slots::new(connections, now),
            pace: Pace::new(&plan.rates),
            paced_until: None,
            takes_envelope_ahead: matches!(plan.endpoint.pipelining, Pipelining::Full { .. }),
            memory,
            greeted: 0,
            slowest: Duration::ZERO,
            heard: None,
            undecided: None,
            proven: false,
            accepted: false,
            failing: false,
            given_up: false,
            closed: false,
            leave_told: false,
            turn: 0.0,
            plan,
        }
    }

    /// A slot and a permit for a message to this many recipients, if it can go now.
    pub(crate) fn admit(&mut self, recipients: u32, now: Instant) -> Result<(usize, Option<Permit>), Busy> {
        if self.closed || self.quota.spent(now).is_some() {
            return Err(Busy::Away);
        }
        if self.is_paced(now) {
            return Err(Busy::Away);
        }
        let well = self.proven && !self.failing && self.health.is_well();
        let slot = self.slot(now).ok_or(if well { Busy::Full } else { Busy::Away })?;
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
            let until = now + wait.max(TICK);
            self.paced_until = Some(until);
            return Err(Busy::Away);
        }
        self.paced_until = None;
        Ok((slot, permit))
    }

    /// Whether it has permits at hand, where they are counted.
    pub(crate) fn has_permits(&self) -> bool {
        self.plan.account.is_none() || self.quota.has_any()
    }

    /// Whether its rate says not yet.
    pub(crate) fn is_paced(&self, now: Instant) -> bool {
        self.paced_until.is_some_and(|until| now < until)
    }

    /// Whether its rate lets a message go now; if not, when to ask again.
    pub(crate) fn pace_allows(&mut self, now: Instant) -> bool {
        let waits = self.pace.wait(1);
        if let Some(wait) = waits {
            self.paced_until = Some(now + wait.max(TICK));
        }
        waits.is_none()
    }

    /// An open session that can take a message.
    fn slot(&mut self, now: Instant) -> Option<usize> {
        if self.slots.working() < self.health.allowed(now)
            && let Some(idle) = self.slots.idle()
        {
            return Some(idle);
        }
        if self.accepted && self.takes_envelope_ahead && self.health.is_well() {
            self.slots.with_room()
        } else {
            None
        }
    }

    /// It is neither failing nor given up.
    pub(crate) fn works(&mut self) {
        self.failing = false;
        self.given_up = false;
    }

    /// What it refused was about one recipient after all.
    pub(crate) fn was_not_meant(&mut self) {
        self.health.was_not_meant();
        self.works();
    }

    /// Whether a message may wait for it: it works, or did and has a short rest.
    pub(crate) fn is_worth_a_wait(&self, now: Instant) -> bool {
        let soon = self.health.wake(now).is_none_or(|at| at <= now + SHORT_REST);
        !self.closed && !self.given_up && soon && (self.proven || !self.failing)
    }

    /// A message goes to this slot, which [`RelayState::admit`] named.
    pub(crate) fn given(&mut self, slot: usize, recipients: u32, now: Instant) {
        self.slots.given(slot, now);
        self.health.given(now);
        self.turn += f64::from(recipients) / f64::from(self.plan.weight.max(1));
    }

    /// It answered about a message, whatever it said: it works.
    pub(crate) fn answered(&mut self, now: Instant) {
        self.works();
        self.health.answered();
        self.breaks.answered(now);
        self.heard = Some(now);
    }

    /// Whether a session is free and may work.
    pub(crate) fn has_room(&self, now: Instant) -> bool {
        !self.closed && self.slots.idle().is_some() && self.slots.working() < self.health.allowed(now)
    }

    /// What its turn may run ahead of a relay that is only busy: the messages
    /// its own sessions have at hand.
    pub(crate) fn slack(&self) -> f64 {
        (self.slots.len() * MESSAGES) as f64 / f64::from(self.plan.weight.max(1))
    }

    /// When to look at it again.
    pub(crate) fn wake(&self, now: Instant) -> Option<Instant> {
        if self.closed {
            return None;
        }
        let spent = self.quota.spent(now).map(|spent| spent.until);
        [self.health.wake(now), self.paced_until, spent]
            .into_iter()
            .flatten()
            .filter(|at| *at > now)
            .max()
    }

    /// When another session may be opened, where that is to be waited for.
    pub(crate) fn opens_at(&self, now: Instant) -> Option<Instant> {
        self.cap.wake(now).filter(|_| !self.closed)
    }
}
