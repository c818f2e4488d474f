//! When, without any I/O: who is tried again and when to give up. How a relay
//! is, is the business of `health`.
//!
//! Plain state driven by made-up instants in its tests. The dispatcher asks
//! and obeys.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::time::Instant;

use crate::campaign::RetryPolicy;

use super::{RecipientId, Stop};
use crate::delivery::reply::{Outcome, Words};

/// So many messages refused with the same words after their content, and none
/// accepted: it is the content.
const SAME_CONTENT_REFUSALS: u32 = 5;

/// Messages in doubt in a row after which nothing more goes out: each is a
/// person of whom nobody knows.
const DOUBTS_IN_A_ROW: u32 = 3;

/// Session deaths in a row at one recipient before it is taken to be the
/// recipient's.
const DEATHS_AT_ONE: u32 = 2;

/// What the dispatcher knows of recipients and time.
pub(crate) struct Schedule {
    policy: RetryPolicy,
    /// Who waits for the next attempt.
    waiting: BinaryHeap<Reverse<(Instant, RecipientId)>>,
    /// Attempts so far in this run, of those who wait or are tried again.
    attempts: HashMap<RecipientId, u32>,
    /// Sessions lost and refusals of the relay at a recipient, and how many
    /// messages had been accepted at the first.
    deaths: HashMap<RecipientId, (u32, u64)>,
    /// Messages without the reply to their dot since it did.
    doubts_in_a_row: u32,
    accepted: u64,
    rejected: u64,
    max_failures: Option<u64>,
    content_refusal: Option<(Words, u32)>,
    random: Random,
}

impl Schedule {
    pub(crate) fn new(policy: RetryPolicy, max_failures: Option<u64>, seed: u64) -> Self {
        Self {
            policy,
            waiting: BinaryHeap::new(),
            attempts: HashMap::new(),
            deaths: HashMap::new(),
            doubts_in_a_row: 0,
            accepted: 0,
            rejected: 0,
            max_failures,
            content_refusal: None,
            random: Random(seed | 1),
        }
    }

    /// When the first of those who wait is due.
    pub(crate) fn next_retry(&self) -> Option<Instant> {
        self.waiting.peek().map(|Reverse((at, _))| *at)
    }

    /// How many wait for another attempt, and until when the first does.
    pub(crate) fn waiting(&self) -> Option<(usize, Instant)> {
        let Reverse((at, _)) = self.waiting.peek()?;
        Some((self.waiting.len(), *at))
    }

    /// Those whose wait is over, at most `most`.
    pub(crate) fn due(&mut self, now: Instant, most: usize) -> Vec<RecipientId> {
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
    pub(crate) fn settled(
        &mut self,
        recipient: RecipientId,
        outcome: &Outcome,
        told: Told,
        now: Instant,
    ) -> Option<Stop> {
        self.deaths.remove(&recipient);
        if outcome.words().code.is_some_and(|code| code != 421) {
            self.doubts_in_a_row = 0;
        }
        match outcome {
            Outcome::Accepted(_) => {
                self.attempts.remove(&recipient);
                self.accepted += 1;
                self.content_refusal = None;
                None
            }
            Outcome::Rejected(words) => {
                self.attempts.remove(&recipient);
                self.rejected += 1;
                if let Some(stop) = self.refused_alike(words, told.after_content) {
                    return Some(stop);
                }
                let limit = self.max_failures.filter(|max| self.rejected >= *max);
                limit.map(|_| Stop::TooManyFailures(self.rejected))
            }
            Outcome::Deferred(_) if told.not_its_fault => {
                self.waiting.push(Reverse((now, recipient)));
                None
            }
            Outcome::Deferred(_) => {
                self.defer(recipient, told.greylisted, now);
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

    /// A session died under this recipient's letter, before its dot. True when
    /// it was the second in a row, and costs an attempt.
    pub(crate) fn session_died_at(&mut self, recipient: RecipientId) -> bool {
        let (deaths, _) = self.deaths.entry(recipient).or_insert((0, self.accepted));
        *deaths += 1;
        let costs_attempt = *deaths >= DEATHS_AT_ONE;
        if costs_attempt {
            self.deaths.remove(&recipient);
        }
        costs_attempt
    }

    /// The relay turned us away at this recipient's letter. True when others
    /// were accepted since it last did: then it means this one after all.
    pub(crate) fn relay_refused_at(&mut self, recipient: RecipientId) -> bool {
        let (times, accepted) = self.deaths.entry(recipient).or_insert((0, self.accepted));
        *times += 1;
        let meant = *times >= DEATHS_AT_ONE && self.accepted > *accepted;
        if meant {
            self.deaths.remove(&recipient);
        }
        meant
    }

    /// Whether `working` letters are as many as may still be refused before
    /// the run is to stop.
    pub(crate) fn would_overshoot(&self, working: usize) -> bool {
        self.max_failures
            .is_some_and(|max| self.rejected + working as u64 >= max)
    }

    /// Whether anything was accepted in this run.
    pub(crate) fn has_accepted(&self) -> bool {
        self.accepted > 0
    }
}

/// What the relay's reply says beyond the outcome.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Told {
    /// It was said after the content.
    pub(crate) after_content: bool,
    /// The relay wants to see the recipient again, later.
    pub(crate) greylisted: bool,
    /// It concerns us, not the recipient: no attempt is used up.
    pub(crate) not_its_fault: bool,
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
    use std::time::Duration;

    use super::*;

    fn words(code: u16, enhanced: Option<(u8, u16, u16)>, text: &str) -> Words {
        Words {
            code: Some(code),
            enhanced,
            text: text.to_owned(),
        }
    }

    const BEFORE: Told = Told {
        after_content: false,
        greylisted: false,
        not_its_fault: false,
    };
    const AFTER: Told = Told {
        after_content: true,
        ..BEFORE
    };

    fn schedule(attempts: u32) -> Schedule {
        let policy = RetryPolicy {
            attempts,
            ..RetryPolicy::default()
        };
        Schedule::new(policy, None, 7)
    }

    #[test]
    fn a_deferred_recipient_waits_longer_each_time_and_not_for_ever() {
        let mut schedule = schedule(4);
        let recipient = RecipientId(1);
        let deferred = Outcome::Deferred(words(451, None, "later"));
        let mut now = Instant::now();
        for doubling in 0..3 {
            assert_eq!(schedule.settled(recipient, &deferred, BEFORE, now), None);
            let full = Duration::from_secs(60 << doubling);
            let (count, at) = schedule.waiting().unwrap();
            assert_eq!(count, 1);
            assert!(at - now >= full / 2 && at - now <= full, "{:?}", at - now);
            assert!(schedule.due(at - Duration::from_millis(1), 10).is_empty());
            assert_eq!(schedule.due(at, 10), [recipient]);
            now = at;
        }
        schedule.settled(recipient, &deferred, BEFORE, now);
        assert_eq!(schedule.waiting(), None, "four attempts were all there are");
    }

    #[test]
    fn what_is_not_its_fault_costs_a_recipient_no_attempt() {
        let mut schedule = schedule(1);
        let deferred = Outcome::Deferred(words(421, None, "slower"));
        let now = Instant::now();
        let told = Told {
            not_its_fault: true,
            ..AFTER
        };
        for _ in 0..20 {
            schedule.settled(RecipientId(1), &deferred, told, now);
            assert_eq!(schedule.due(now, 9), [RecipientId(1)]);
        }
    }

    #[test]
    fn greylisting_waits_at_least_its_time() {
        let mut schedule = schedule(5);
        let now = Instant::now();
        let greylisted = Outcome::Deferred(words(450, Some((4, 7, 1)), "greylisted"));
        let told = Told {
            greylisted: true,
            ..BEFORE
        };
        schedule.settled(RecipientId(1), &greylisted, told, now);
        assert_eq!(schedule.waiting().unwrap().1, now + Duration::from_secs(300));
    }

    #[test]
    fn a_session_that_dies_twice_at_a_recipient_costs_an_attempt() {
        let mut schedule = schedule(5);
        assert!(!schedule.session_died_at(RecipientId(1)));
        assert!(schedule.session_died_at(RecipientId(1)));
        assert!(!schedule.session_died_at(RecipientId(1)), "in a row");
        let accepted = Outcome::Accepted(words(250, None, "ok"));
        assert!(!schedule.relay_refused_at(RecipientId(3)));
        assert!(
            !schedule.relay_refused_at(RecipientId(3)),
            "everybody is turned away"
        );
        schedule.settled(RecipientId(4), &accepted, AFTER, Instant::now());
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
                schedule.settled(RecipientId(i), &outcome, BEFORE, now)
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
        assert_eq!(schedule.settled(RecipientId(1), &doubt, AFTER, now), None);
        schedule.settled(
            RecipientId(2),
            &Outcome::Accepted(words(250, None, "ok")),
            AFTER,
            now,
        );
        assert_eq!(schedule.settled(RecipientId(3), &doubt, AFTER, now), None);
        assert_eq!(schedule.settled(RecipientId(4), &doubt, AFTER, now), None);
        assert!(matches!(
            schedule.settled(RecipientId(5), &doubt, AFTER, now),
            Some(Stop::RelayLost(_))
        ));
    }

    #[test]
    fn the_same_refusal_of_every_content_stops_the_run() {
        let mut schedule = schedule(5);
        let now = Instant::now();
        let spam = Outcome::Rejected(words(554, Some((5, 7, 1)), "spam"));
        let stops: Vec<_> = (0..5)
            .map(|i| schedule.settled(RecipientId(i), &spam, AFTER, now))
            .collect();
        assert_eq!(stops[3], None);
        assert_eq!(
            stops[4],
            Some(Stop::EveryContentRefused("554 5.7.1 spam".to_owned()))
        );
        let mut schedule = Schedule::new(RetryPolicy::default(), Some(2), 1);
        assert_eq!(schedule.settled(RecipientId(1), &spam, BEFORE, now), None);
        assert_eq!(
            schedule.settled(RecipientId(2), &spam, BEFORE, now),
            Some(Stop::TooManyFailures(2))
        );
    }
}
