//! Rates: smooth, never a burst.
//!
//! governor with a burst of one, at 98.5 % of the limit: the relay counts by
//! its own clock, and network jitter moves two messages closer together than
//! they left. Its own waiting wakes everybody at once; so only the dispatcher
//! asks, and sleeps by tokio's clock.
//!
//! A permit is given when a letter goes to its worker, and what lies between
//! that and its final dot differs from letter to letter. The [`DotGate`] sees
//! to it that dots do not catch up with each other: two are never closer than
//! the limit allows, and so never more in any window.

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

/// The time between two envelope recipients at each rate that is kept by
/// pace: hours and days are counted instead, across runs.
fn intervals(rates: &[Rate]) -> impl Iterator<Item = Duration> {
    rates.iter().filter_map(|rate| match rate.per {
        // Rounded up: a nanosecond too few fourteen times over is a fifteenth message in a second.
        Per::Second | Per::Minute => Some(rate.per.duration() / rate.count.get() + Duration::from_nanos(1)),
        Per::Hour | Per::Day => None,
    })
}

type Limiter<C> = RateLimiter<NotKeyed, InMemoryState, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// All rates of a relay, and how far the next letter has got with each.
pub(super) struct Pace<C: Clock = DefaultClock> {
    limiters: Vec<(Limiter<C>, u32)>,
    clock: C,
}

impl Pace {
    pub(super) fn new(rates: &[Rate]) -> Self {
        Self::by(DefaultClock::default(), rates)
    }
}

impl<C: Clock + Clone> Pace<C> {
    fn by(clock: C, rates: &[Rate]) -> Self {
        let limiters = intervals(rates)
            .filter_map(|interval| {
                let quota = Quota::with_period(interval.div_f64(USED_SHARE))?.allow_burst(NonZeroU32::MIN);
                Some((RateLimiter::direct_with_clock(quota, clock.clone()), 0))
            })
            .collect();
        Self { limiters, clock }
    }

    /// Lets a letter with so many envelope recipients go, or says how long to
    /// wait before asking again for the same letter.
    pub(super) fn take(&mut self, recipients: u32) -> Result<(), Duration> {
        for (limiter, granted) in &mut self.limiters {
            while *granted < recipients {
                match limiter.check() {
                    Ok(()) => *granted += 1,
                    Err(not_until) => return Err(not_until.wait_time_from(self.clock.now())),
                }
            }
        }
        for (_, granted) in &mut self.limiters {
            *granted = 0;
        }
        Ok(())
    }
}

/// Keeps the final dots of a relay's sessions apart.
pub(super) struct DotGate {
    interval: Duration,
    free_at: Mutex<Option<Instant>>,
}

impl DotGate {
    /// `None` where nothing is to be kept apart.
    pub(super) fn new(rates: &[Rate]) -> Option<Self> {
        let interval = intervals(rates).max()?;
        Some(Self {
            interval,
            free_at: Mutex::new(None),
        })
    }

    /// When the dot of a letter with so many envelope recipients may leave.
    /// The place in the row is taken: whoever asks also sends, or lets it pass.
    pub(super) fn pass(&self, recipients: u32, now: Instant) -> Instant {
        let mut free_at = self.free_at.lock().unwrap_or_else(PoisonError::into_inner);
        let at = free_at.map_or(now, |free| free.max(now));
        *free_at = Some(at + self.interval * recipients.max(1));
        at
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
        let gate = DotGate::new(&rates).unwrap();
        let begin = Instant::now();
        let mut elapsed = Duration::ZERO;
        let mut dots = Vec::new();
        let mut seed = 7_u32;
        while dots.len() < count {
            while let Err(wait) = pace.take(1) {
                clock.advance(wait);
                elapsed += wait;
            }
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let late = jitter.mul_f64(f64::from(seed >> 8) / f64::from(1 << 24));
            dots.push(gate.pass(1, begin + elapsed + late) - begin);
        }
        dots
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
        assert!(DotGate::new(&["10/day".parse().unwrap()]).is_none());
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
    fn a_letter_to_three_counts_three() {
        let mut paced = Pace::new(&["10/min".parse().unwrap()]);
        assert!(paced.take(3).is_err(), "two of three permits are still to come");
    }
}
