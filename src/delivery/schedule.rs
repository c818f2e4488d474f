//! When, without any I/O: retries, the relay's health, when to give up.
//!
//! Plain state driven by made-up instants in its tests. The dispatcher asks
//! and obeys.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::time::{Duration, Instant};

use crate::campaign::RetryPolicy;

use super::outcome::{Outcome, Words, is_greylisting};
use super::{RecipientId, Stop};

/// Failures in a row after which a relay that had worked is given up: with
/// the waits between them (1, 2, 4 … 60 s), about two minutes.
const RELAY_FAILURES: u32 = 8;

/// The longest wait before a lost relay is tried again.
const RELAY_WAIT: Duration = Duration::from_secs(60);

/// So many messages refused with the same words after their content, and none
/// accepted: it is the content.
const SAME_CONTENT_REFUSALS: u32 = 5;

/// Session deaths in a row, wherever, after which the relay gets a rest.
const SESSION_DEATHS: u32 = 3;

/// Messages in doubt in a row after which nothing more goes out: each is a
/// person of whom nobody knows.
const DOUBTS_IN_A_ROW: u32 = 3;

/// Session deaths in a row at one recipient before it is taken to be the
/// recipient's.
const DEATHS_AT_ONE: u32 = 2;

/// The dispatcher's knowledge of time.
pub(super) struct Schedule {
    policy: RetryPolicy,
    /// Who waits for the next attempt.
    waiting: BinaryHeap<Reverse<(Instant, RecipientId)>>,
    /// Attempts so far in this run, of those who wait or are tried again.
    attempts: HashMap<RecipientId, u32>,
    /// Sessions lost and refusals of the relay at a recipient, and how many
    /// messages had been accepted at the first.
    deaths: HashMap<RecipientId, (u32, u64)>,
    /// Sessions lost since the relay answered a message.
    deaths_in_a_row: u32,
    /// Messages without the reply to their dot since it did.
    doubts_in_a_row: u32,
    /// Sessions that may work at the same time, at most `connections`.
    allowed: usize,
    connections: usize,
    /// Accepted messages since `allowed` last changed.
    quiet: usize,
    relay_failures: u32,
    relay_until: Option<Instant>,
    accepted: u64,
    rejected: u64,
    max_failures: Option<u64>,
    content_refusal: Option<(Words, u32)>,
    random: Random,
}

impl Schedule {
    pub(super) fn new(policy: RetryPolicy, connections: usize, max_failures: Option<u64>, seed: u64) -> Self {
        Self {
            policy,
            waiting: BinaryHeap::new(),
            attempts: HashMap::new(),
            deaths: HashMap::new(),
            deaths_in_a_row: 0,
            doubts_in_a_row: 0,
            allowed: connections,
            connections,
            quiet: 0,
            relay_failures: 0,
            relay_until: None,
            accepted: 0,
            rejected: 0,
            max_failures,
            content_refusal: None,
            random: Random(seed | 1),
        }
    }

    /// How many sessions may work now.
    pub(super) fn allowed(&self, now: Instant) -> usize {
        match self.relay_until {
            Some(until) if now < until => 0,
            // One goes ahead to see whether the relay is back.
            Some(_) if self.relay_failures > 0 => 1,
            _ => self.allowed,
        }
    }

    /// When the first of those who wait is due.
    pub(super) fn next_retry(&self) -> Option<Instant> {
        self.waiting.peek().map(|Reverse((at, _))| *at)
    }

    /// When a relay that turned us away is tried again.
    pub(super) fn relay_wake(&self) -> Option<Instant> {
        self.relay_until.filter(|_| self.relay_failures > 0)
    }

    /// How many wait for another attempt, and until when the first does.
    pub(super) fn waiting(&self) -> Option<(usize, Instant)> {
        let Reverse((at, _)) = self.waiting.peek()?;
        Some((self.waiting.len(), *at))
    }

    /// Those whose wait is over, at most `most`.
    pub(super) fn due(&mut self, now: Instant, most: usize) -> Vec<RecipientId> {
        let mut due = Vec::new();
        while due.len() < most
            && let Some(Reverse((at, _))) = self.waiting.peek()
            && *at <= now
            && let Some(Reverse((_, recipient))) = self.waiting.pop()
        {
            due.push(recipient);
        }
        due
    }

    /// Takes note of an outcome; a deferred recipient is put up for another
    /// attempt when it has one left.
    pub(super) fn settled(
        &mut self,
        recipient: RecipientId,
        outcome: &Outcome,
        after_content: bool,
        now: Instant,
    ) -> Option<Stop> {
        self.deaths.remove(&recipient);
        if outcome.words().code.is_some_and(|code| code != 421) {
            // The relay spoke, and about a message: it works.
            self.deaths_in_a_row = 0;
            self.doubts_in_a_row = 0;
            self.relay_failures = 0;
            self.relay_until = None;
        }
        match outcome {
            Outcome::Accepted(_) => {
                self.attempts.remove(&recipient);
                self.accepted += 1;
                self.content_refusal = None;
                self.grow();
                None
            }
            Outcome::Rejected(words) => {
                self.attempts.remove(&recipient);
                self.rejected += 1;
                if let Some(stop) = self.refused_alike(words, after_content) {
                    return Some(stop);
                }
                let limit = self.max_failures.filter(|max| self.rejected >= *max);
                limit.map(|_| Stop::TooManyFailures(self.rejected))
            }
            Outcome::Deferred(words) => {
                self.defer(recipient, is_greylisting(words), now);
                None
            }
            Outcome::InDoubt(words) => {
                self.attempts.remove(&recipient);
                self.doubts_in_a_row += 1;
                (self.doubts_in_a_row >= DOUBTS_IN_A_ROW).then(|| Stop::RelayLost(words.shown()))
            }
        }
    }

    fn defer(&mut self, recipient: RecipientId, greylisted: bool, now: Instant) {
        let attempts = self.attempts.entry(recipient).or_insert(0);
        *attempts += 1;
        if *attempts >= self.policy.attempts {
            self.attempts.remove(&recipient);
            return;
        }
        let doublings = attempts.saturating_sub(1).min(20);
        let full = self
            .policy
            .first
            .saturating_mul(1 << doublings)
            .min(self.policy.max);
        // Jitter over the upper half: everybody deferred in one second must not come back in one.
        let mut wait = full / 2 + (full / 2).mul_f64(self.random.unit());
        if greylisted {
            wait = wait.max(self.policy.greylist);
        }
        self.waiting.push(Reverse((now + wait, recipient)));
    }

    /// The same refusal of the first several messages, and none accepted: the
    /// next ones would fare no better. After the content any refusal counts;
    /// before it only one of policy (5.7.x: relaying denied, not logged in),
    /// for a list may well begin with unknown users. Texts may hold a queue
    /// id, so the codes are compared.
    fn refused_alike(&mut self, words: &Words, after_content: bool) -> Option<Stop> {
        let policy = matches!(words.enhanced, Some((5, 7, _)));
        if self.accepted > 0 || !(after_content || policy) {
            return None;
        }
        let codes = |w: &Words| (w.code, w.enhanced);
        let count = match &self.content_refusal {
            Some((same, count)) if codes(same) == codes(words) => count + 1,
            _ => 1,
        };
        self.content_refusal = Some((words.clone(), count));
        (count >= SAME_CONTENT_REFUSALS).then(|| Stop::EveryContentRefused(words.shown()))
    }

    fn grow(&mut self) {
        if self.allowed < self.connections {
            self.quiet += 1;
            if self.quiet >= self.allowed * 10 {
                self.allowed += 1;
                self.quiet = 0;
            }
        }
    }

    /// The relay turned us away or could not be reached. Half the sessions,
    /// and a wait that doubles; `None` when it is given up.
    pub(super) fn relay_down(&mut self, now: Instant) -> Option<Duration> {
        // Sessions that fall together count once.
        if let Some(until) = self.relay_until
            && now < until
        {
            return Some(until - now);
        }
        self.allowed = (self.allowed / 2).max(1);
        self.quiet = 0;
        self.relay_failures += 1;
        if self.relay_failures >= RELAY_FAILURES {
            return None;
        }
        let wait = Duration::from_secs(1 << (self.relay_failures - 1).min(6)).min(RELAY_WAIT);
        self.relay_until = Some(now + wait);
        Some(wait)
    }

    /// A session died under this recipient's letter, before its dot.
    pub(super) fn session_died_at(&mut self, recipient: RecipientId) -> Death {
        let (deaths, _) = self.deaths.entry(recipient).or_insert((0, self.accepted));
        *deaths += 1;
        let costs_attempt = *deaths >= DEATHS_AT_ONE;
        if costs_attempt {
            self.deaths.remove(&recipient);
        }
        self.deaths_in_a_row += 1;
        Death {
            costs_attempt,
            relay_is_suspect: self.deaths_in_a_row >= SESSION_DEATHS,
        }
    }

    /// The relay turned us away at this recipient's letter. True when others
    /// were accepted since it last did: then it means this one after all.
    pub(super) fn relay_refused_at(&mut self, recipient: RecipientId) -> bool {
        let (times, accepted) = self.deaths.entry(recipient).or_insert((0, self.accepted));
        *times += 1;
        let meant = *times >= DEATHS_AT_ONE && self.accepted > *accepted;
        if meant {
            self.deaths.remove(&recipient);
        }
        meant
    }

    /// Whether anything was accepted in this run.
    pub(super) fn has_accepted(&self) -> bool {
        self.accepted > 0
    }
}

/// What a session's death means.
pub(super) struct Death {
    /// It was the second in a row at this recipient.
    pub(super) costs_attempt: bool,
    /// So many died without anything settled that it is the relay.
    pub(super) relay_is_suspect: bool,
}

/// xorshift64*: jitter needs no more.
struct Random(u64);

impl Random {
    /// In [0, 1).
    fn unit(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let bits = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 40;
        f64::from(u32::try_from(bits).unwrap_or(0)) / f64::from(1_u32 << 24)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(code: u16, enhanced: Option<(u8, u16, u16)>, text: &str) -> Words {
        Words {
            code: Some(code),
            enhanced,
            text: text.to_owned(),
        }
    }

    fn schedule(attempts: u32) -> Schedule {
        let policy = RetryPolicy {
            attempts,
            ..RetryPolicy::default()
        };
        Schedule::new(policy, 8, None, 7)
    }

    #[test]
    fn a_deferred_recipient_waits_longer_each_time_and_not_for_ever() {
        let mut schedule = schedule(4);
        let recipient = RecipientId(1);
        let deferred = Outcome::Deferred(words(451, None, "later"));
        let mut now = Instant::now();
        for doubling in 0..3 {
            assert_eq!(schedule.settled(recipient, &deferred, false, now), None);
            let full = Duration::from_secs(60 << doubling);
            let (count, at) = schedule.waiting().unwrap();
            assert_eq!(count, 1);
            assert!(at - now >= full / 2 && at - now <= full, "{:?}", at - now);
            assert!(schedule.due(at - Duration::from_millis(1), 10).is_empty());
            assert_eq!(schedule.due(at, 10), [recipient]);
            now = at;
        }
        schedule.settled(recipient, &deferred, false, now);
        assert_eq!(schedule.waiting(), None, "four attempts were all there are");
    }

    #[test]
    fn greylisting_waits_at_least_its_time() {
        let mut schedule = schedule(5);
        let now = Instant::now();
        let greylisted = Outcome::Deferred(words(450, Some((4, 7, 1)), "greylisted"));
        schedule.settled(RecipientId(1), &greylisted, false, now);
        assert_eq!(schedule.waiting().unwrap().1, now + Duration::from_secs(300));
    }

    #[test]
    fn a_lost_relay_is_tried_less_and_less_and_then_given_up() {
        let mut schedule = schedule(5);
        let mut now = Instant::now();
        let mut waits = Vec::new();
        while let Some(wait) = schedule.relay_down(now) {
            assert_eq!(schedule.allowed(now), 0);
            // Others that fall with it change nothing.
            assert!(schedule.relay_down(now + wait / 2).is_some());
            now += wait;
            assert_eq!(schedule.allowed(now), 1);
            waits.push(wait.as_secs());
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60]);
    }

    #[test]
    fn sessions_grow_back_after_a_halving() {
        let mut schedule = schedule(5);
        let now = Instant::now();
        schedule.relay_down(now);
        let accepted = Outcome::Accepted(words(250, None, "ok"));
        schedule.settled(RecipientId(-1), &accepted, true, now);
        assert_eq!(schedule.allowed(now), 4);
        for i in 0..1000 {
            schedule.settled(RecipientId(i), &accepted, true, now);
        }
        assert_eq!(schedule.allowed(now), 8);
    }

    #[test]
    fn a_session_that_dies_twice_at_a_recipient_costs_an_attempt() {
        let mut schedule = schedule(5);
        assert!(!schedule.session_died_at(RecipientId(1)).costs_attempt);
        let second = schedule.session_died_at(RecipientId(1));
        assert!(second.costs_attempt && !second.relay_is_suspect);
        assert!(schedule.session_died_at(RecipientId(2)).relay_is_suspect);
        let accepted = Outcome::Accepted(words(250, None, "ok"));
        assert!(!schedule.relay_refused_at(RecipientId(3)));
        assert!(
            !schedule.relay_refused_at(RecipientId(3)),
            "everybody is turned away"
        );
        schedule.settled(RecipientId(4), &accepted, true, Instant::now());
        assert!(schedule.relay_refused_at(RecipientId(3)), "only this one is");
    }

    #[test]
    fn relaying_denied_at_every_recipient_stops_the_run_and_unknown_users_do_not() {
        let now = Instant::now();
        let refuse = |enhanced, n| {
            let mut schedule = schedule(5);
            (0..n).find_map(|i| {
                let text = format!("<{i}@x.test>: refused");
                let outcome = Outcome::Rejected(words(554, Some(enhanced), &text));
                schedule.settled(RecipientId(i), &outcome, false, now)
            })
        };
        assert!(refuse((5, 7, 1), 5).is_some());
        assert_eq!(refuse((5, 7, 1), 4), None);
        assert_eq!(refuse((5, 1, 1), 50), None);
    }

    #[test]
    fn three_doubts_in_a_row_stop_the_run() {
        let mut schedule = schedule(5);
        let now = Instant::now();
        let doubt = Outcome::InDoubt(Words::ours("no reply"));
        assert_eq!(schedule.settled(RecipientId(1), &doubt, true, now), None);
        schedule.settled(
            RecipientId(2),
            &Outcome::Accepted(words(250, None, "ok")),
            true,
            now,
        );
        assert_eq!(schedule.settled(RecipientId(3), &doubt, true, now), None);
        assert_eq!(schedule.settled(RecipientId(4), &doubt, true, now), None);
        assert!(matches!(
            schedule.settled(RecipientId(5), &doubt, true, now),
            Some(Stop::RelayLost(_))
        ));
    }

    #[test]
    fn the_same_refusal_of_every_content_stops_the_run() {
        let mut schedule = schedule(5);
        let now = Instant::now();
        let spam = Outcome::Rejected(words(554, Some((5, 7, 1)), "spam"));
        let stops: Vec<_> = (0..5)
            .map(|i| schedule.settled(RecipientId(i), &spam, true, now))
            .collect();
        assert_eq!(stops[3], None);
        assert_eq!(
            stops[4],
            Some(Stop::EveryContentRefused("554 5.7.1 spam".to_owned()))
        );
        let mut schedule = Schedule::new(RetryPolicy::default(), 1, Some(2), 1);
        assert_eq!(schedule.settled(RecipientId(1), &spam, false, now), None);
        assert_eq!(
            schedule.settled(RecipientId(2), &spam, false, now),
            Some(Stop::TooManyFailures(2))
        );
    }
}
