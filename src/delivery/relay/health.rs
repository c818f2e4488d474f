//! The health of a relay, and how much it may be asked to do: the breaker, the number of sessions,
//! the pace. Plain state, driven by made-up instants in its tests.
//!
//! A relay that fails is tried again after a wait that doubles, by a single session, until it is
//! given up. One that says "slower" gets half the sessions and a pause; with one session left, the
//! messages are spaced. Both recover a little with every clean series of messages (additive
//! increase, multiplicative decrease, as in TCP and MTAs).

use std::time::{Duration, Instant};

/// Failures in a row after which a relay that had worked is given up: with
/// the waits between them (1, 2, 4 … 60 s), about two minutes.
const FAILURES: u32 = 8;

/// The same, if it permanently (5yz) refuses everything from this sender: about a quarter of a
/// minute.
const REFUSALS: u32 = 5;

/// The longest wait before a lost relay is tried again.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Session deaths in a row after which the relay gets a rest.
const SESSION_DEATHS: u32 = 3;

/// The first distance between messages, once a single session is too much.
const FIRST_SPACING: Duration = Duration::from_millis(200);

/// The largest distance between messages.
const LARGEST_SPACING: Duration = Duration::from_secs(60);

/// Accepted messages a session after which the relay gets one more of what it
/// was too much of.
const CLEAN_SERIES: usize = 10;

/// The state of one relay.
#[derive(Debug)]
pub(crate) struct Health {
    connections: usize,
    /// Sessions that may work at the same time, at most `connections`.
    allowed: usize,
    /// Accepted messages since `allowed` or `spacing` last changed.
    clean: usize,
    failures: u32,
    /// A relay that failed is left alone until then; an answer ends that.
    down_until: Option<Instant>,
    /// A relay that asked for a rest gets it, whatever the sessions that were
    /// at work then still hear.
    rest_until: Option<Instant>,
    /// Rests in a row, with no clean series between them.
    rests: u32,
    spacing: Duration,
    /// No message before then.
    spaced_until: Option<Instant>,
    deaths_in_a_row: u32,
}

impl Health {
    pub(crate) fn new(connections: usize) -> Self {
        Self {
            connections,
            allowed: connections,
            clean: 0,
            failures: 0,
            down_until: None,
            rest_until: None,
            rests: 0,
            spacing: Duration::ZERO,
            spaced_until: None,
            deaths_in_a_row: 0,
        }
    }

    /// How many sessions may work now.
    pub(crate) fn allowed(&self, now: Instant) -> usize {
        let waits = |until: Option<Instant>| until.is_some_and(|until| now < until);
        if waits(self.down_until) || waits(self.rest_until) || waits(self.spaced_until) {
            return 0;
        }
        if self.failures > 0 {
            // One goes ahead to see whether the relay is back.
            return 1;
        }
        self.allowed
    }

    /// Whether it is as well as can be: then messages may lie ready for it.
    pub(crate) fn is_well(&self) -> bool {
        self.failures == 0 && self.rest_until.is_none() && self.spacing.is_zero()
    }

    /// When to look again, where there is something to wait for.
    pub(crate) fn wake(&self, now: Instant) -> Option<Instant> {
        [self.down_until, self.rest_until, self.spaced_until]
            .into_iter()
            .flatten()
            .filter(|until| now < *until)
            .max()
    }

    /// A message goes to it.
    pub(crate) fn given(&mut self, now: Instant) {
        if !self.spacing.is_zero() {
            self.spaced_until = Some(now + self.spacing);
        }
    }

    /// It answered about a message, whatever it said: it works.
    pub(crate) fn answered(&mut self) {
        self.deaths_in_a_row = 0;
        self.failures = 0;
        self.down_until = None;
    }

    /// It accepted a message.
    pub(crate) fn accepted(&mut self, now: Instant) {
        if self.rest_until.is_none_or(|until| until <= now) {
            // Whatever it asked for before, it takes messages now.
            self.rest_until = None;
            self.rests = 0;
        }
        if self.allowed == self.connections && self.spacing.is_zero() {
            return;
        }
        self.clean += 1;
        if self.clean < self.allowed * CLEAN_SERIES {
            return;
        }
        self.clean = 0;
        if self.spacing.is_zero() {
            self.allowed += 1;
        } else {
            self.spacing /= 2;
            if self.spacing < FIRST_SPACING {
                self.spacing = Duration::ZERO;
                self.spaced_until = None;
            }
        }
    }

    /// It could not be reached, or closes. A wait that doubles, and half the
    /// sessions; `None` when it is given up.
    pub(crate) fn failed(&mut self, now: Instant) -> Option<Duration> {
        self.failed_of(FAILURES, now)
    }

    /// It permanently refuses everything: the same, but given up sooner.
    pub(crate) fn refused(&mut self, now: Instant) -> Option<Duration> {
        self.failed_of(REFUSALS, now)
    }

    fn failed_of(&mut self, most: u32, now: Instant) -> Option<Duration> {
        // Sessions that fall together count once.
        if let Some(until) = self.down_until
            && now < until
        {
            return Some(until - now);
        }
        self.allowed = (self.allowed / 2).max(1);
        self.clean = 0;
        self.failures += 1;
        if self.failures >= most {
            return None;
        }
        let wait = doubling(self.failures);
        self.down_until = Some(now + wait);
        Some(wait)
    }

    /// It says that this is too much. A rest of at least `least`, half the
    /// sessions, and spaced messages once one session is too many; `None`
    /// when it has said so too often, with nothing accepted between.
    pub(crate) fn throttled(&mut self, least: Duration, now: Instant) -> Option<Duration> {
        if let Some(until) = self.rest_until
            && now < until
        {
            let longest = until.max(now + least);
            self.rest_until = Some(longest);
            return Some(longest - now);
        }
        if self.allowed > 1 {
            self.allowed /= 2;
        } else {
            self.spacing = (self.spacing * 2).clamp(FIRST_SPACING, LARGEST_SPACING);
        }
        self.clean = 0;
        self.rests += 1;
        if self.rests >= FAILURES {
            return None;
        }
        let wait = doubling(self.rests).max(least);
        self.rest_until = Some(now + wait);
        Some(wait)
    }

    /// What it refused was about one recipient after all.
    pub(crate) fn was_not_meant(&mut self) {
        self.answered();
        self.rests = 0;
        self.rest_until = None;
    }

    /// It is tried again after this, though it was given up: for a campaign
    /// that has other relays meanwhile.
    pub(crate) fn tried_again_at(&mut self, at: Instant) {
        self.failures = FAILURES - 1;
        self.rests = self.rests.min(FAILURES - 1);
        self.down_until = Some(at);
    }

    /// A session died before its dot. True if enough died, with no answer in between, to show that
    /// it is the relay.
    pub(crate) fn session_died(&mut self) -> bool {
        self.deaths_in_a_row += 1;
        self.deaths_in_a_row >= SESSION_DEATHS
    }
}

/// 1, 2, 4 … 60 seconds.
fn doubling(times: u32) -> Duration {
    Duration::from_secs(1 << times.saturating_sub(1).min(6)).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_relay_gets_waits_that_double_and_is_given_up() {
        let mut health = Health::new(8);
        let mut now = Instant::now();
        let mut waits = Vec::new();
        while let Some(wait) = health.failed(now) {
            assert_eq!(health.allowed(now), 0);
            assert_eq!(
                health.failed(now),
                Some(wait),
                "sessions that fall together count once"
            );
            assert_eq!(health.wake(now), Some(now + wait));
            now += wait;
            assert_eq!(health.allowed(now), 1, "one goes ahead");
            waits.push(wait.as_secs());
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60]);
    }

    #[test]
    fn after_a_loss_sessions_come_back_one_by_one() {
        let mut health = Health::new(8);
        let now = Instant::now();
        let wait = health.failed(now).unwrap();
        let now = now + wait;
        health.answered();
        health.accepted(now);
        assert_eq!(health.allowed(now), 4);
        for _ in 0..1000 {
            health.accepted(now);
        }
        assert_eq!(health.allowed(now), 8);
    }

    #[test]
    fn a_rest_is_kept_whatever_the_other_sessions_hear() {
        let mut health = Health::new(4);
        let now = Instant::now();
        assert_eq!(
            health.throttled(Duration::ZERO, now),
            Some(Duration::from_secs(1))
        );
        health.answered();
        health.accepted(now);
        assert_eq!(health.allowed(now), 0);
        // One that asks for a longer rest gets it.
        let longer = Duration::from_secs(120);
        assert_eq!(health.throttled(longer, now), Some(longer));
        assert_eq!(health.allowed(now + Duration::from_secs(60)), 0);
        assert_eq!(health.allowed(now + longer), 2, "halved once");
    }

    #[test]
    fn a_single_session_that_is_too_much_is_spaced_and_comes_back() {
        let mut health = Health::new(1);
        let mut now = Instant::now();
        for _ in 0..3 {
            now += health.throttled(Duration::ZERO, now).unwrap();
        }
        assert!(!health.is_well());
        assert_eq!(health.allowed(now), 1);
        health.given(now);
        let next = health.wake(now).unwrap();
        assert_eq!(next - now, FIRST_SPACING * 4);
        assert_eq!((health.allowed(now), health.allowed(next)), (0, 1));
        let mut messages = 0;
        while !health.is_well() {
            health.given(now);
            now = health.wake(now).unwrap_or(now);
            health.accepted(now);
            messages += 1;
        }
        assert_eq!(messages, 3 * CLEAN_SERIES);
    }

    #[test]
    fn a_relay_that_only_asks_for_rests_is_given_up() {
        let mut health = Health::new(4);
        let mut now = Instant::now();
        let mut rests = 0;
        while let Some(wait) = health.throttled(Duration::ZERO, now) {
            now += wait;
            rests += 1;
        }
        assert_eq!(rests, FAILURES - 1);
    }

    #[test]
    fn three_sessions_that_die_in_a_row_make_the_relay_suspect() {
        let mut health = Health::new(4);
        assert!(!health.session_died());
        assert!(!health.session_died());
        health.answered();
        assert!(!health.session_died());
        assert!(!health.session_died());
        assert!(health.session_died());
    }
}
