//! Which recipients are tried again, and when. `relay::health` has the health of a relay; `breaker`
//! decides when a whole run stops.
//!
//! Plain state without any I/O, driven by made-up instants in its tests. The dispatcher asks and
//! follows.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};
use std::time::{Duration, Instant};

use crate::campaign::RetryPolicy;

use super::journal::RecipientId;
use super::reply::{Outcome, Verdict};

/// Session deaths in a row at one recipient before it is taken to be the
/// recipient's.
const DEATHS_AT_ONE: u32 = 2;

/// Refusals of everybody in a row at one recipient, with nobody accepted between
/// them, before they are taken to be about the recipient.
const REFUSALS_OF_ONE: u32 = 3;

/// How a session died under a recipient's message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Death {
    /// It counts against the recipient.
    pub(crate) counts: bool,
    /// The relay had heard who the recipient is.
    pub(crate) named: bool,
}

/// Who waits for another attempt, and who had how many.
pub(crate) struct Retry {
    policy: RetryPolicy,
    /// Who waits for the next attempt.
    waiting: BinaryHeap<Reverse<(Instant, RecipientId)>>,
    /// Attempts so far in this run, of those who wait or are tried again.
    attempts: HashMap<RecipientId, u32>,
    /// Sessions lost and refusals of the relay at a recipient, and how many
    /// messages had been accepted at the first.
    deaths: HashMap<RecipientId, (u32, u64)>,
    /// At whose messages sessions end, again and again.
    deadly: HashSet<RecipientId>,
    random: fastrand::Rng,
    /// Who was put off last, and until when.
    last: Option<(RecipientId, Instant)>,
}

impl Retry {
    pub(crate) fn new(policy: RetryPolicy, random: fastrand::Rng) -> Self {
        Self {
            policy,
            waiting: BinaryHeap::new(),
            attempts: HashMap::new(),
            deaths: HashMap::new(),
            deadly: HashSet::new(),
            random,
            last: None,
        }
    }

    /// How long this recipient waits, where it is the one that was put off last.
    pub(crate) fn put_off(&self, recipient: RecipientId, now: Instant) -> Option<Duration> {
        let (last, at) = self.last?;
        (last == recipient).then(|| at.saturating_duration_since(now))
    }

    fn put(&mut self, recipient: RecipientId, at: Instant) {
        self.last = Some((recipient, at));
        self.waiting.push(Reverse((at, recipient)));
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
    /// attempt when it has one left. What takes no more than another connection
    /// costs it none; a content that the relay did not want now does, whosever
    /// fault that was, or it would be handed over for ever. False when this was
    /// its last attempt.
    pub(crate) fn settled(
        &mut self,
        recipient: RecipientId,
        outcome: &Outcome,
        verdict: Option<Verdict>,
        now: Instant,
    ) -> bool {
        self.last = None;
        self.deaths.remove(&recipient);
        match outcome {
            Outcome::Accepted(_) | Outcome::Rejected(_) | Outcome::InDoubt(_) => {
                self.attempts.remove(&recipient);
            }
            Outcome::Deferred(_) if verdict.is_some_and(costs_nothing) => self.again(recipient, now),
            Outcome::Deferred(_) => {
                return self.defer(recipient, verdict == Some(Verdict::Greylisted), now);
            }
        }
        true
    }

    /// Puts a recipient up for another attempt, at no cost.
    pub(crate) fn again(&mut self, recipient: RecipientId, now: Instant) {
        self.put(recipient, now);
    }

    fn defer(&mut self, recipient: RecipientId, greylisted: bool, now: Instant) -> bool {
        let attempts = self.attempts.entry(recipient).or_insert(0);
        *attempts += 1;
        if *attempts >= self.policy.attempts {
            self.attempts.remove(&recipient);
            return false;
        }
        let doublings = attempts.saturating_sub(1).min(20);
        let full = self
            .policy
            .first
            .saturating_mul(1 << doublings)
            .min(self.policy.max);
        // Jitter over the upper half: everybody deferred in one second must not come back in one.
        let mut wait = full / 2 + (full / 2).mul_f64(self.random.f64());
        if greylisted {
            wait = wait.max(self.policy.greylist);
        }
        self.put(recipient, now + wait);
        true
    }

    /// What a recipient was put up for is taken back: nobody knows any more whether it needs that.
    /// True where it was waiting for its next attempt.
    pub(crate) fn forget(&mut self, recipient: RecipientId) -> bool {
        let waiting = self.waiting.len();
        self.waiting.retain(|Reverse((_, waiting))| *waiting != recipient);
        self.attempts.remove(&recipient);
        self.deaths.remove(&recipient);
        self.waiting.len() < waiting
    }

    /// A session died under this recipient's message, before its dot. True
    /// when it was the second in a row, and costs an attempt; not where it died
    /// with others, one of which this recipient had before, nor where nothing of
    /// the recipient was said by then and the relay has taken nobody's message.
    pub(crate) fn session_died_at(&mut self, recipient: RecipientId, accepted: u64, death: Death) -> bool {
        if !death.named && accepted == 0 {
            return false;
        }
        let (deaths, _) = self.deaths.entry(recipient).or_insert((0, accepted));
        *deaths += u32::from(death.counts);
        let costs_attempt = *deaths >= DEATHS_AT_ONE;
        if costs_attempt {
            self.deaths.remove(&recipient);
            self.deadly.insert(recipient);
        }
        costs_attempt
    }

    /// Whether sessions end at this recipient's message again and again, while others are accepted:
    /// that tells nothing of the relay.
    pub(crate) fn ends_sessions(&self, recipient: RecipientId, accepted: u64) -> bool {
        accepted > 0 && self.deadly.contains(&recipient)
    }

    /// The relay refused everybody at this recipient's message. True when it
    /// means this one after all: others were accepted since it last did, or,
    /// where it is one that `works`, it says so of this one over and over while
    /// there is nobody else to ask it about.
    pub(crate) fn relay_refused_at(&mut self, recipient: RecipientId, accepted: u64, works: bool) -> bool {
        let (times, before) = self.deaths.entry(recipient).or_insert((0, accepted));
        *times += 1;
        let others = *times >= DEATHS_AT_ONE && accepted > *before;
        let meant = others || (works && *times >= REFUSALS_OF_ONE);
        if meant {
            self.deaths.remove(&recipient);
        }
        meant
    }
}

/// Whether a refusal after the content is about the connection or the day, and
/// not about the content.
fn costs_nothing(verdict: Verdict) -> bool {
    matches!(
        verdict,
        Verdict::ConnectionSpent | Verdict::Closing | Verdict::QuotaSpent { .. }
    )
}

#[cfg(test)]
mod tests {
    use crate::smtp::Reply;

    use super::*;

    const LATER: Option<Verdict> = Some(Verdict::Recipient { permanent: false });

    fn deferred(code: u16) -> Outcome {
        Outcome::Deferred(Reply::new(code, None, "later"))
    }

    fn retry(attempts: u32) -> Retry {
        let policy = RetryPolicy {
            attempts,
            ..RetryPolicy::default()
        };
        Retry::new(policy, fastrand::Rng::with_seed(7))
    }

    #[test]
    fn a_deferred_recipient_waits_longer_each_time_and_not_for_ever() {
        let mut retry = retry(4);
        let recipient = RecipientId(1);
        let mut now = Instant::now();
        for doubling in 0..3 {
            retry.settled(recipient, &deferred(451), LATER, now);
            let full = Duration::from_secs(60 << doubling);
            let (count, at) = retry.waiting().unwrap();
            assert_eq!(count, 1);
            assert!(at - now >= full / 2 && at - now <= full, "{:?}", at - now);
            assert!(retry.due(at - Duration::from_millis(1), 10).is_empty());
            assert_eq!(retry.due(at, 10), [recipient]);
            now = at;
        }
        retry.settled(recipient, &deferred(451), LATER, now);
        assert_eq!(retry.waiting(), None, "four attempts were all there are");
    }

    #[test]
    fn what_is_not_its_fault_costs_a_recipient_no_attempt_unless_its_content_was_not_wanted_now() {
        let mut retry = retry(1);
        let now = Instant::now();
        let refuses = Some(Verdict::RelayRefuses { permanent: false });
        assert!(!retry.settled(RecipientId(2), &deferred(452), refuses, now));
        for _ in 0..20 {
            retry.settled(RecipientId(1), &deferred(421), Some(Verdict::Closing), now);
            assert_eq!(retry.due(now, 9), [RecipientId(1)]);
        }
    }

    #[test]
    fn greylisting_waits_at_least_its_time() {
        let mut retry = retry(5);
        let now = Instant::now();
        retry.settled(RecipientId(1), &deferred(450), Some(Verdict::Greylisted), now);
        assert_eq!(retry.waiting().unwrap().1, now + Duration::from_secs(300));
    }

    #[test]
    fn a_session_that_dies_twice_at_a_recipient_costs_an_attempt() {
        let mut retry = retry(5);
        let death = |counts| Death { counts, named: true };
        assert!(!retry.session_died_at(RecipientId(1), 0, death(true)));
        assert!(
            !retry.session_died_at(RecipientId(1), 0, death(false)),
            "the same break"
        );
        assert!(!retry.ends_sessions(RecipientId(1), 5));
        assert!(retry.session_died_at(RecipientId(1), 0, death(true)));
        assert!(!retry.session_died_at(RecipientId(1), 0, death(true)), "in a row");
        assert_eq!(
            [0, 5].map(|n| retry.ends_sessions(RecipientId(1), n)),
            [false, true]
        );
        let unnamed = Death {
            counts: true,
            named: false,
        };
        for _ in 0..5 {
            assert!(
                !retry.session_died_at(RecipientId(2), 0, unnamed),
                "nobody is meant"
            );
        }
        assert!(!retry.relay_refused_at(RecipientId(3), 0, false));
        assert!(
            !retry.relay_refused_at(RecipientId(3), 0, false),
            "everybody is refused"
        );
        assert!(
            retry.relay_refused_at(RecipientId(3), 1, false),
            "only this one is"
        );
        let alone = [false, false, true].map(|_| retry.relay_refused_at(RecipientId(4), 0, true));
        assert_eq!(alone, [false, false, true], "there is nobody else");
    }
}
