//! When another session is opened: while messages wait that no open session takes; a few at a time,
//! and more after the first ones got through.

use std::time::{Duration, Instant};

use super::state::RelayState;

/// Sessions that may wait for their greeting once the first has had its own.
const FIRST: usize = 4;

/// Sessions that must have had theirs before all others are opened at the same time.
const ENOUGH: u64 = 4;

/// A greeting that takes no longer is not named.
const PATIENCE: Duration = Duration::from_secs(3);

/// A greeting takes about as long as the others did, or it is held back.
const TIMES_LONGER: u32 = 3;

impl RelayState {
    /// The slot of a session that is to be opened now, while this many messages wait.
    pub(crate) fn wants_session(&mut self, waiting: usize, now: Instant) -> Option<usize> {
        let undecided = self.undecided.is_some() && self.slots.opening() > 0;
        if self.closed || undecided || self.quota.spent(now).is_some() || self.is_paced(now) {
            return None;
        }
        let (open, opening) = (self.slots.open(), self.slots.opening());
        let there = self.slots.there();
        let allowed = self.health.allowed(now);
        // Idle ones take a message each, and so will those that are being opened.
        let in_hand = opening + (open - self.slots.working().min(open));
        if waiting <= in_hand || there >= allowed || !self.cap.allows(there, now) {
            return None;
        }
        // A login that is refused is tried once; everything else shows once the relay has greeted.
        let tried = self.proven || (self.greeted > 0 && self.plan.endpoint.login.is_none());
        let at_once = if tried && !self.cap.is_unsure() {
            self.at_once(there)
        } else {
            1
        };
        let under_way = if tried { self.slots.not_greeted() } else { opening };
        if under_way >= at_once || !self.pace_allows(now) {
            return None;
        }
        self.slots.closed()
    }

    /// How many may be opened at the same time, if `there` are open.
    fn at_once(&self, there: usize) -> usize {
        if let Some(rate) = self.pace.per_second() {
            // As many as send at this rate, by how long one of them takes to open.
            let useful = (rate * self.slowest.as_secs_f64() * 1.5).ceil();
            return (useful as usize).saturating_sub(there).max(1);
        }
        match self.greeted {
            0 => 1,
            1..ENOUGH => FIRST,
            _ => usize::MAX,
        }
    }

    /// The relay has greeted a session.
    pub(crate) fn greeted(&mut self, slot: usize) {
        if self.slots.greeted(slot) {
            self.greeted += 1;
        }
    }

    /// A session was opened. True where that shows that the relay takes more than was known.
    pub(crate) fn opened(&mut self, slot: usize, now: Instant) -> bool {
        self.proven = true;
        self.works();
        self.greeted(slot);
        let since = self.slots.opened(slot);
        self.slowest = self.slowest.max(now.saturating_duration_since(since));
        self.cap.opened(self.slots.open())
    }

    /// Those that wait for their greeting for so much longer than others did that the relay holds
    /// them back. None where it answers nobody.
    pub(crate) fn held_back(&self, now: Instant) -> Vec<usize> {
        let patience = PATIENCE.max(self.slowest * TIMES_LONGER);
        let (Some(before), Some(heard)) = (now.checked_sub(patience), self.heard) else {
            return Vec::new();
        };
        if self.slots.open() == 0 || heard < before {
            return Vec::new();
        }
        self.slots.opening_since(before)
    }
}
