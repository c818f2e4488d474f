//! How many sessions a relay accepts at the same time, as far as it has shown this: by a refusal,
//! by closing a connection at once, or by never greeting one, while other sessions are at work.
//! Those continue, and none of them pauses because of the one too many.
//!
//! The number may change, so one more is tried now and then. Plain state, driven by made-up
//! instants in its tests.

use std::time::{Duration, Instant};

/// The first wait before one more than a relay takes is tried again; it doubles.
const PROBE: Duration = Duration::from_secs(60);

/// The longest.
const LONGEST_PROBE: Duration = Duration::from_secs(3600);

/// The first wait where the relay has had more at the same time, or said nothing; it doubles.
const PASSING: Duration = Duration::from_secs(1);

/// The longest.
const LONGEST_PASSING: Duration = Duration::from_secs(60);

/// A relay closes a connection silently this many times before that shows how many it accepts: a
/// relay that shuts down closes connections, too.
const WORDLESS: u32 = 2;

/// What a relay takes.
#[derive(Debug)]
pub(crate) struct Cap {
    connections: usize,
    /// Sessions that may be open, except for one that is a try.
    most: usize,
    /// The most that were open at the same time.
    peak: usize,
    /// Below `most`, none is opened before then.
    retry_at: Option<Instant>,
    /// One beyond `most` is not tried before then.
    probe_at: Option<Instant>,
    /// Tries in a row that showed the same.
    probes: u32,
    /// Refusals in a row that showed nothing yet, while this many sessions are open.
    passing: u32,
    beside: usize,
}

/// What a session that was not opened looked like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// The relay said that there are too many, or kept this one waiting while it answered the others.
    Clear,
    /// It closed the connection, which may have other reasons.
    Unclear,
}

impl Cap {
    /// For a relay with at most this many sessions, which accepted `remembered` when it was last
    /// asked.
    pub(crate) fn new(connections: usize, remembered: Option<usize>, now: Instant) -> Self {
        let most = remembered.map_or(connections, |most| most.clamp(1, connections));
        Self {
            connections,
            most,
            peak: if remembered.is_some() { most } else { 0 },
            retry_at: None,
            probe_at: (most < connections).then(|| now + PROBE),
            probes: u32::from(most < connections),
            passing: 0,
            beside: 0,
        }
    }

    /// How many it takes, where that is fewer than there might be.
    pub(crate) fn most(&self) -> Option<usize> {
        (self.most < self.connections).then_some(self.most)
    }

    /// Whether one more may be opened while `there` are open.
    pub(crate) fn allows(&self, there: usize, now: Instant) -> bool {
        let over = |at: Option<Instant>| at.is_none_or(|at| at <= now);
        match there {
            0 => true,
            there if there < self.most => over(self.retry_at),
            there => there == self.most && self.most < self.connections && over(self.probe_at),
        }
    }

    /// Whether it refused one of them just now, and why does not show yet.
    pub(crate) fn is_unsure(&self) -> bool {
        self.passing > 0
    }

    /// When one more may be opened, where that is to be waited for.
    pub(crate) fn wake(&self, now: Instant) -> Option<Instant> {
        let waits = [self.retry_at, self.probe_at].into_iter().flatten();
        waits.filter(|at| *at > now).min()
    }

    /// A session was opened, and `open` are open now. True if the relay accepts more than before.
    pub(crate) fn opened(&mut self, open: usize) -> bool {
        self.peak = self.peak.max(open);
        if open > self.beside {
            self.forget_passing();
        }
        let more = open > self.most;
        if more {
            self.most = open;
            self.probes = 0;
            self.probe_at = None;
        }
        more
    }

    /// A session was not opened while `open` others are, and another one must not be tried before
    /// `least` is over. True if this shows that the relay accepts fewer than was known.
    pub(crate) fn refused(&mut self, open: usize, sign: Sign, least: Duration, now: Instant) -> bool {
        // Those that were opened together are refused together.
        let at_once = self.retry_at.is_some_and(|at| at > now);
        let clear = sign == Sign::Clear || (self.passing + 1 >= WORDLESS && !at_once);
        if open < self.peak || !clear {
            if !at_once {
                self.passing += 1;
                self.beside = open;
                let wait = PASSING * (1 << (self.passing - 1).min(6));
                self.retry_at = Some(now + wait.min(LONGEST_PASSING).max(least));
            }
            return false;
        }
        self.forget_passing();
        if !least.is_zero() {
            // That holds for one in the place of another that ended, too.
            self.retry_at = Some(now + least);
        }
        let fewer = open < self.most;
        if fewer || self.probe_at.is_none_or(|at| at <= now) {
            self.most = open.max(1);
            self.probes += 1;
            let wait = PROBE * (1 << (self.probes - 1).min(6));
            self.probe_at = Some(now + wait.min(LONGEST_PROBE).max(least));
        }
        fewer
    }

    /// The relay is down, or has opened a session: what it closed before shows nothing.
    pub(crate) fn forget_passing(&mut self) {
        self.passing = 0;
        self.beside = 0;
        self.retry_at = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// Opens sessions one after the other for as long as the cap allows.
    fn grow(cap: &mut Cap, mut open: usize, now: Instant) -> usize {
        while cap.allows(open, now) {
            open += 1;
            cap.opened(open);
        }
        open
    }

    #[test]
    fn a_cap_is_learnt_and_tried_again_after_waits_that_double() {
        let now = Instant::now();
        let mut cap = Cap::new(10, None, now);
        assert_eq!(cap.most(), None);
        for open in 1..=3 {
            assert!(cap.allows(open - 1, now));
            cap.opened(open);
        }
        assert!(cap.refused(3, Sign::Clear, Duration::ZERO, now));
        assert!(!cap.refused(3, Sign::Clear, Duration::ZERO, now), "said once");
        assert_eq!(cap.most(), Some(3));
        let mut now = now;
        let mut waits = Vec::new();
        for _ in 0..3 {
            assert!(!cap.allows(3, now));
            assert!(cap.allows(2, now), "one that ended is followed by another");
            let at = cap.wake(now).unwrap();
            waits.push((at - now).as_secs() / 60);
            now = at;
            assert!(cap.allows(3, now) && !cap.allows(4, now));
            assert!(!cap.refused(3, Sign::Clear, Duration::ZERO, now), "nothing new");
        }
        assert_eq!(waits, [1, 2, 4]);
        now = cap.wake(now).unwrap();
        assert_eq!(grow(&mut cap, 3, now), 10, "it takes more by now");
        assert_eq!(cap.most(), None);
    }

    #[test]
    fn what_is_remembered_holds_for_a_minute() {
        let now = Instant::now();
        let mut cap = Cap::new(10, Some(3), now);
        assert_eq!((cap.most(), grow(&mut cap, 0, now)), (Some(3), 3));
        assert_eq!(grow(&mut cap, 3, now + PROBE), 10);
        assert_eq!(Cap::new(2, Some(3), now).most(), None);
    }

    #[test]
    fn a_connection_that_is_closed_without_a_word_shows_something_when_it_happens_again() {
        let now = Instant::now();
        let mut cap = Cap::new(10, None, now);
        cap.opened(1);
        assert!(!cap.refused(1, Sign::Unclear, Duration::ZERO, now));
        assert!(!cap.refused(1, Sign::Unclear, Duration::ZERO, now), "together");
        assert!(!cap.allows(1, now) && cap.allows(0, now));
        let now = now + SECOND;
        assert!(cap.allows(1, now));
        assert!(cap.refused(1, Sign::Unclear, Duration::ZERO, now));
        assert_eq!(cap.most(), Some(1));
        // One that takes the place of another that ended shows nothing.
        let mut cap = Cap::new(10, None, now);
        cap.opened(3);
        cap.refused(3, Sign::Unclear, Duration::ZERO, now);
        cap.opened(3);
        assert!(!cap.allows(3, now));
        cap.opened(4);
        assert!(cap.allows(4, now));
        // A relay that goes down closes everything.
        let mut cap = Cap::new(10, None, now);
        cap.opened(1);
        cap.refused(1, Sign::Unclear, Duration::ZERO, now);
        cap.forget_passing();
        assert!(cap.allows(1, now));
        assert!(!cap.refused(1, Sign::Unclear, Duration::ZERO, now + SECOND));
        assert_eq!(cap.most(), None);
    }

    #[test]
    fn a_relay_that_has_had_more_is_asked_again_soon() {
        let now = Instant::now();
        let mut cap = Cap::new(4, None, now);
        assert_eq!(grow(&mut cap, 0, now), 4);
        assert!(!cap.refused(3, Sign::Clear, Duration::ZERO, now));
        assert!(!cap.allows(3, now) && cap.allows(3, now + SECOND));
        assert!(!cap.refused(3, Sign::Clear, Duration::ZERO, now + SECOND));
        assert!(!cap.allows(3, now + SECOND * 2) && cap.allows(3, now + SECOND * 3));
        assert_eq!(cap.most(), None);
    }

    #[test]
    fn a_wait_that_the_relay_asks_for_holds_for_every_new_session() {
        let now = Instant::now();
        let mut cap = Cap::new(10, None, now);
        cap.opened(3);
        assert!(cap.refused(3, Sign::Clear, PROBE * 10, now));
        for (there, later) in [(2, 9), (3, 9)] {
            assert!(
                !cap.allows(there, now + PROBE * later),
                "{there} after {later} min"
            );
        }
        assert!(cap.allows(2, now + PROBE * 10) && cap.allows(3, now + PROBE * 10));
        assert!(cap.allows(0, now), "with none there is nothing to lose");
        // One that took the place of another, and was refused.
        let now = now + PROBE * 10;
        assert!(!cap.refused(2, Sign::Clear, PROBE, now));
        assert!(!cap.allows(2, now + PROBE - SECOND) && cap.allows(2, now + PROBE));
    }
}
