//! Rates: smooth, and never more than the limit in any window.
//!
//! governor spaces the messages at 98.5 % of the limit: the relay counts by its own clock, and
//! network jitter moves two messages closer together than they were sent. Its own waiting wakes all
//! waiters at once; so only the dispatcher asks it, and sleeps by tokio's clock. A small burst
//! makes up for that clock's ticks of a millisecond.
//!
//! A permit is given when a message goes to its worker, and the time from then to its final dot
//! differs between messages. The [`RateGate`] counts the dots themselves: one more than the limit
//! in any half-open window waits.

use std::collections::VecDeque;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};

use crate::campaign::{Per, Rate};

/// The share of a limit that is used.
const USED_SHARE: f64 = 0.985;

/// A timer is late by up to this; messages that it held up may follow at once.
const TICK: Duration = Duration::from_millis(4);

/// A distance between messages beside which a tick does not count.
const SLOW: Duration = Duration::from_millis(200);

/// The rates that are kept by pace: hours and days are counted instead, across
/// runs.
fn paced(rates: &[Rate]) -> impl Iterator<Item = &Rate> {
    rates
        .iter()
        .filter(|rate| matches!(rate.per, Per::Second | Per::Minute))
}

type Limiter<C> = RateLimiter<NotKeyed, InMemoryState, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// All rates of a relay, and how far the next message has got with each.
pub(crate) struct Pace<C: Clock = DefaultClock> {
    limiters: Vec<(Limiter<C>, u32)>,
    per_second: Option<f64>,
    clock: C,
}

impl Pace {
    pub(crate) fn new(rates: &[Rate]) -> Self {
        Self::by(DefaultClock::default(), rates)
    }
}

impl<C: Clock + Clone> Pace<C> {
    fn by(clock: C, rates: &[Rate]) -> Self {
        let limiters = paced(rates)
            .filter_map(|rate| {
                let period = Duration::from_secs_f64(1.0 / (rate.per_second() * USED_SHARE));
                // At a slow rate a tick does not matter, and a message that comes early would hold
                // the relay up at the gate.
                let late = TICK.as_nanos() / period.as_nanos().max(1) + u128::from(period < SLOW) + 1;
                let burst = NonZeroU32::new(u32::try_from(late).unwrap_or(u32::MAX).max(1))?;
                let quota = Quota::with_period(period)?.allow_burst(burst);
                Some((RateLimiter::direct_with_clock(quota, clock.clone()), 0))
            })
            .collect();
        Self {
            limiters,
            per_second: paced(rates).map(Rate::per_second).min_by(f64::total_cmp),
            clock,
        }
    }

    /// The messages a second that it lets go, where there is a limit.
    pub(crate) fn per_second(&self) -> Option<f64> {
        self.per_second
    }

    /// How long a message with this many envelope recipients has to wait; the permits that it
    /// already has stay with the one that goes next.
    pub(crate) fn wait(&mut self, recipients: u32) -> Option<Duration> {
        for (limiter, granted) in &mut self.limiters {
            while *granted < recipients {
                match limiter.check() {
                    Ok(()) => *granted += 1,
                    Err(not_until) => return Some(not_until.wait_time_from(self.clock.now())),
                }
            }
        }
        None
    }

    /// Lets a message with this many envelope recipients go, or says how long to wait before asking
    /// again for the same message.
    pub(crate) fn take(&mut self, recipients: u32) -> Result<(), Duration> {
        if let Some(wait) = self.wait(recipients) {
            return Err(wait);
        }
        for (_, granted) in &mut self.limiters {
            *granted = 0;
        }
        Ok(())
    }
}

/// Counts the final dots of a relay's sessions.
pub(crate) struct RateGate(Mutex<Vec<Window>>);

/// The dots of the last period of a rate.
struct Window {
    period: Duration,
    count: usize,
    dots: VecDeque<Instant>,
}

impl Window {
    /// When this many more fit.
    fn room_for(&mut self, recipients: usize, now: Instant) -> Result<(), Instant> {
        while self.dots.front().is_some_and(|dot| *dot + self.period <= now) {
            self.dots.pop_front();
        }
        // A message to more than the limit goes alone.
        let over = (self.dots.len() + recipients)
            .saturating_sub(self.count)
            .min(self.dots.len());
        match over.checked_sub(1).and_then(|last| self.dots.get(last)) {
            None => Ok(()),
            Some(dot) => Err(*dot + self.period),
        }
    }
}

impl RateGate {
    /// `None` where nothing is to be counted.
    pub(crate) fn new(rates: &[Rate]) -> Option<Self> {
        let windows: Vec<_> = paced(rates)
            .map(|rate| Window {
                period: rate.per.duration(),
                count: usize::try_from(rate.count.get()).unwrap_or(usize::MAX),
                dots: VecDeque::new(),
            })
            .collect();
        (!windows.is_empty()).then_some(Self(Mutex::new(windows)))
    }

    /// Lets the dot of a message with this many envelope recipients leave now, or says when to ask
    /// again.
    pub(crate) fn pass(&self, recipients: u32, now: Instant) -> Result<(), Instant> {
        let recipients = usize::try_from(recipients.max(1)).unwrap_or(usize::MAX);
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for window in windows.iter_mut() {
            window.room_for(recipients, now)?;
        }
        for window in windows.iter_mut() {
            window.dots.extend(std::iter::repeat_n(now, recipients));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;

    /// Sends as fast as it is let, late by up to `jitter`, and returns the times of the dots.
    fn dots(rates: &[&str], count: usize, jitter: Duration) -> Vec<Duration> {
        let rates: Vec<Rate> = rates.iter().map(|rate| rate.parse().unwrap()).collect();
        let clock = FakeRelativeClock::default();
        let mut pace = Pace::by(clock.clone(), &rates);
        let gate = RateGate::new(&rates).unwrap();
        let begin = Instant::now();
        let mut elapsed = Duration::ZERO;
        let mut ready = Vec::new();
        let mut seed = 7_u32;
        while ready.len() < count {
            while let Err(wait) = pace.take(1) {
                // As late as a timer may be.
                let wait = wait + Duration::from_millis(1);
                clock.advance(wait);
                elapsed += wait;
            }
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let late = jitter.mul_f64(f64::from(seed >> 8) / f64::from(1 << 24));
            ready.push(begin + elapsed + late);
        }
        // Messages overtake each other on their way.
        ready.sort_unstable();
        let mut now = begin;
        ready
            .into_iter()
            .map(|at| {
                now = now.max(at);
                while let Err(later) = gate.pass(1, now) {
                    now = later;
                }
                now - begin
            })
            .collect()
    }

    #[test]
    fn never_more_dots_in_any_window_than_the_rate_allows_and_hardly_fewer() {
        for (rates, window, limit) in [
            (&["50/s"][..], Duration::from_secs(1), 50),
            (&["14/s"], Duration::from_secs(1), 14),
            (&["30/min", "1/s"], Duration::from_secs(60), 30),
            (&["120/min", "5/s", "500/h"], Duration::from_secs(60), 120),
        ] {
            let jitter = window.div_f64(f64::from(limit)) * 3;
            let dots = dots(rates, 1000, jitter);
            for (i, from) in dots.iter().enumerate() {
                let within = dots[i..].iter().take_while(|at| **at < *from + window).count();
                assert!(
                    within <= limit as usize,
                    "{within} dots within {window:?} at {rates:?}"
                );
            }
            let average = dots.len() as f64 * window.as_secs_f64() / dots[999].as_secs_f64();
            assert!(
                average >= 0.97 * f64::from(limit),
                "{average} on average at {rates:?}"
            );
        }
    }

    #[test]
    fn hours_and_days_are_not_kept_by_pace() {
        let mut daily = Pace::new(&["10/day".parse().unwrap(), "1/h".parse().unwrap()]);
        assert!((0..100).all(|_| daily.take(1).is_ok()));
        assert!(RateGate::new(&["10/day".parse().unwrap()]).is_none());
    }

    #[test]
    fn no_rate_never_waits_and_a_rate_does() {
        let mut free = Pace::new(&[]);
        assert!((0..1000).all(|_| free.take(1).is_ok()));
        let mut paced = Pace::new(&["1/min".parse().unwrap(), "1000/s".parse().unwrap()]);
        assert_eq!(paced.take(1), Ok(()));
        let wait = paced.take(1).unwrap_err();
        assert!(
            wait > Duration::from_secs(30) && wait < Duration::from_secs(62),
            "{wait:?}"
        );
    }

    #[test]
    fn a_message_to_three_counts_three() {
        let mut paced = Pace::new(&["10/min".parse().unwrap()]);
        assert!(paced.take(3).is_err(), "two of three permits are still to come");
    }
}
