//! How long sending takes, and how much the limits per hour and day leave now.

use std::time::Duration;

use crate::campaign::{Per, Rate, Relay};
use crate::userdata::{AccountStore, Used};

use super::environment::Environment;
use super::question::Room;
use super::relay::account;

/// A relay, and what counts against its limits.
pub(super) struct Through<'r> {
    relay: &'r Relay,
    used: Vec<Used>,
}

impl<'r> Through<'r> {
    /// Relays whose limits count in `accounts`, as far as that can be read.
    pub(super) fn counted(relays: &'r [Relay], accounts: Option<&AccountStore>) -> Vec<Self> {
        let used = |relay: &Relay| {
            let usage = accounts.map(|accounts| accounts.usage(&account(relay), &relay.rates));
            usage.and_then(Result::ok).unwrap_or_default()
        };
        relays
            .iter()
            .map(|relay| Self {
                relay,
                used: used(relay),
            })
            .collect()
    }

    /// The same for who only looks: no store is made for it.
    pub(super) fn looked_up(relays: &'r [Relay], environment: Option<&Environment>) -> Vec<Self> {
        let state = environment.and_then(Environment::state);
        let there = state.is_some_and(|state| AccountStore::file(state).is_file());
        let accounts = there.then(|| AccountStore::below(state).ok()).flatten();
        Self::counted(relays, accounts.as_ref())
    }

    /// What counts against a limit.
    fn frees(&self, limit: Rate) -> &[(Duration, u64)] {
        let used = self.used.iter().find(|used| used.limit == limit);
        used.map_or(&[], |used| &used.frees)
    }

    /// What each limit by the hour or day leaves now.
    pub(super) fn room(&self) -> impl Iterator<Item = Room> {
        let limits = self.relay.rates.iter().copied();
        limits.filter(|limit| is_window(*limit)).map(|limit| {
            let frees = self.frees(limit);
            let left = room(limit, frees, 0.0);
            // The first moment at which one more may go.
            let waits = frees.iter().map(|(wait, _)| *wait);
            let wait = waits
                .filter(|wait| room(limit, frees, wait.as_secs_f64()) > 0)
                .min();
            Room {
                relay: self.relay.name.clone(),
                limit,
                left,
                wait: wait.filter(|_| left == 0),
            }
        })
    }

    /// Envelope recipients that it takes in this time. An hour's and a day's limit may be used up at
    /// once, and again when the hour (the day) is over.
    fn capacity(&self, seconds: f64) -> f64 {
        let relay = self.relay;
        let each = if relay.server.is_loopback() { 0.001 } else { 0.2 };
        let unhindered = seconds * relay.connections.max(1) as f64 / each;
        let allowed = relay.rates.iter().map(|rate| match rate.per {
            Per::Second | Per::Minute => seconds * rate.per_second(),
            Per::Hour | Per::Day => {
                let window = rate.per.duration().as_secs_f64();
                let windows = (seconds / window).floor();
                // What is used up now comes free in the first of them, and is used at once: so each
                // further one is like the first.
                let within = room(*rate, self.frees(*rate), seconds - windows * window);
                windows * f64::from(rate.count.get()) + within as f64
            }
        });
        allowed.fold(unhindered, f64::min)
    }
}

fn is_window(limit: Rate) -> bool {
    matches!(limit.per, Per::Hour | Per::Day)
}

/// What a limit leaves after this many seconds, given what counts against it now.
fn room(limit: Rate, frees: &[(Duration, u64)], seconds: f64) -> u64 {
    let counts = frees.iter().filter(|(wait, _)| wait.as_secs_f64() > seconds);
    let used = counts.map(|(_, n)| *n).sum();
    u64::from(limit.count.get()).saturating_sub(used)
}

/// How many envelope recipients the limits by the hour and day let go out at once; `None` where a
/// relay has none.
pub(super) fn at_once(relays: &[Through<'_>]) -> Option<u64> {
    let least = |relay: &Through<'_>| relay.room().map(|room| room.left).min();
    relays.iter().map(least).sum()
}

/// The least time for this many envelope recipients, with all relays at work: what the rates allow,
/// or a fifth of a second each, which is what a relay on the internet usually takes.
pub(super) fn estimate(relays: &[Through<'_>], addresses: u64) -> Duration {
    let addresses = addresses as f64;
    let taken = |seconds| relays.iter().map(|relay| relay.capacity(seconds)).sum::<f64>();
    let mut long = 1.0;
    while taken(long) < addresses {
        long *= 2.0;
        if long > 1e10 {
            // No relay, or one for longer than anybody will wait.
            return Duration::MAX;
        }
    }
    // Capacities only grow with time, so halving finds the first that will do.
    let mut short = 0.0;
    for _ in 0..64 {
        let middle = f64::midpoint(short, long);
        if taken(middle) < addresses {
            short = middle;
        } else {
            long = middle;
        }
    }
    Duration::try_from_secs_f64(long).unwrap_or(Duration::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relay(rates: &[&str]) -> Relay {
        let server = "smtps://smtp.uni.example".parse().unwrap();
        let mut relay = Relay::new("school", server);
        relay.rates = rates.iter().map(|rate| rate.parse().unwrap()).collect();
        relay
    }

    #[test]
    fn the_estimate_counts_days_by_what_each_of_them_allows() {
        let seconds = |relays: &[Relay], addresses| {
            let through = Through::counted(relays, None);
            estimate(&through, addresses).as_secs_f64().round()
        };
        let days = 86_400.0;
        for (rates, addresses, expected) in [
            (&["2000/day"][..], 2_000, 100.0),
            (&["2000/day"], 2_001, days),
            (&["2000/day"], 5_000, 2.0 * days),
            (&["2000/day", "1/s"], 2_000, 2_000.0),
            (&["500/h", "2000/day"], 2_000, 3.0 * 3600.0),
            (&["2/s"], 12, 6.0),
            (&[], 200, 10.0),
        ] {
            assert_eq!(
                seconds(&[relay(rates)], addresses),
                expected,
                "{rates:?}: {addresses}"
            );
        }
        let (slow, fast) = (relay(&["1/s"]), relay(&["3/s"]));
        assert_eq!(seconds(&[slow, fast], 400), 100.0);
        assert_eq!(estimate(&[], 1), Duration::MAX);
    }

    #[test]
    fn what_was_sent_before_counts_until_its_day_is_over() {
        let relay = relay(&["20/day"]);
        let hours = |n: u64| Duration::from_secs(n * 3600);
        let through = |frees: &[(Duration, u64)]| {
            let used = Used {
                limit: relay.rates[0],
                frees: frees.to_vec(),
            };
            [Through {
                relay: &relay,
                used: vec![used],
            }]
        };
        let takes = |frees: &[(Duration, u64)], n| {
            let seconds = estimate(&through(frees), n).as_secs_f64();
            (seconds / 3600.0).round()
        };
        let used_up = [(hours(3), 12), (hours(5), 8)];
        for (frees, addresses, expected) in [
            (&[][..], 20, 0.0),
            (&[(hours(3), 12)], 8, 0.0),
            (&[(hours(3), 12)], 9, 3.0),
            (&used_up, 1, 3.0),
            (&used_up, 13, 5.0),
            (&used_up, 20, 5.0),
            (&used_up, 21, 27.0),
        ] {
            assert_eq!(takes(frees, addresses), expected, "{frees:?}: {addresses}");
        }
        let left = |frees: &[(Duration, u64)]| {
            let room: Vec<_> = through(frees)[0]
                .room()
                .map(|room| (room.left, room.wait))
                .collect();
            room
        };
        assert_eq!(left(&[]), [(20, None)]);
        assert_eq!(left(&[(hours(3), 12)]), [(8, None)]);
        assert_eq!(left(&used_up), [(0, Some(hours(3)))]);
        assert_eq!(at_once(&through(&[(hours(3), 12)])), Some(8));
    }
}
