//! Rates: smooth, never a burst.
//!
//! governor with a burst of one, at 98.5 % of the limit: the relay counts by
//! its own clock, and network jitter moves two messages closer together than
//! they left. Its own waiting wakes everybody at once; so only the dispatcher
//! asks, and sleeps by tokio's clock.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};

use crate::campaign::Rate;

/// The share of a limit that is used.
const USED_SHARE: f64 = 0.985;

type Limiter = RateLimiter<NotKeyed, InMemoryState, DefaultClock>;

/// All rates of a relay, and how far the next letter has got with each.
pub(super) struct Pace {
    limiters: Vec<(Limiter, u32)>,
    clock: DefaultClock,
}

impl Pace {
    pub(super) fn new(rates: &[Rate]) -> Self {
        let limiters = rates
            .iter()
            .filter_map(|rate| {
                let period = rate.per.duration().as_secs_f64() / f64::from(rate.count.get()) / USED_SHARE;
                let quota = Quota::with_period(Duration::from_secs_f64(period))?.allow_burst(NonZeroU32::MIN);
                Some((RateLimiter::direct(quota), 0))
            })
            .collect();
        Self {
            limiters,
            clock: DefaultClock::default(),
        }
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

#[cfg(test)]
mod tests {
    use super::*;

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
