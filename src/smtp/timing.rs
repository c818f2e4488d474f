//! How long a relay takes to answer, if a decision depends on it.

use std::time::Duration;

use tokio::time::Instant;

/// How long a relay may be silent about commands that share a flight, before it is known to answer
/// them all: then it is taken to have lost them. Nothing is lost by giving up early, for no content
/// was handed over.
pub(super) const SWALLOWED: Duration = Duration::from_secs(15);

/// The least that a relay is given which may have lost commands: a connection may falter for as long.
const AT_LEAST: Duration = Duration::from_secs(2);

/// And in terms of what it took for MAIL before.
const TIMES: u32 = 20;

/// How long systems hold an acknowledgement back (Linux and Windows 40 ms), with what comes on top.
/// A relay whose replies leave one by one waits for that before each but the first (Nagle's
/// algorithm).
const HELD_BACK: std::ops::RangeInclusive<Duration> = Duration::from_millis(30)..=Duration::from_millis(60);

/// Where a reply to a single command takes so long, one command at a time gains nothing: the three or
/// four of a message cost more than one acknowledgement that is held back.
const NEAR: Duration = Duration::from_millis(20);

/// What a message took, and whether acknowledgements that are held back may be a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Took {
    /// In all, from its envelope to the reply to its content, where the relay was waited for.
    pub all: Duration,
    /// A reply came 30 to 60 ms behind another one to the same flight.
    pub halting: bool,
}

/// How long a relay may be silent about commands that it may have lost; where nothing is given, as
/// long as about any other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    pub(super) mail: Option<Duration>,
    pub(super) rest: Option<Duration>,
    /// They followed something else in the same flight.
    pub(super) behind: bool,
}

impl Patience {
    /// With a flight of commands alone.
    pub(super) fn of(untried: bool) -> Patience {
        let either = untried.then_some(SWALLOWED);
        Patience {
            mail: either,
            rest: either,
            behind: false,
        }
    }

    pub(super) fn at(self, mail: bool) -> Option<Duration> {
        if mail { self.mail } else { self.rest }
    }
}

/// What is measured of a session.
#[derive(Debug, Default)]
pub(super) struct Timing {
    /// The longest that MAIL has taken.
    mail: Duration,
    /// The shortest that a first command of a flight has taken.
    first: Option<Duration>,
    message: Took,
}

impl Timing {
    /// MAIL was answered.
    pub(super) fn mail(&mut self, took: Duration) {
        self.mail = self.mail.max(took);
    }

    /// The first command of a flight was answered.
    pub(super) fn first(&mut self, took: Duration) {
        self.first = Some(self.first.map_or(took, |first| first.min(took)));
    }

    /// A reply that was not the first to its flight took so long behind the one before it.
    pub(super) fn behind(&mut self, took: Duration) {
        let near = self.first.is_some_and(|first| first < NEAR);
        self.message.halting |= near && HELD_BACK.contains(&took);
    }

    /// A step of the message under way began then, and is over.
    pub(super) fn step(&mut self, begun: Instant) {
        self.message.all += begun.elapsed();
    }

    /// The message under way is through.
    pub(super) fn through(&mut self) -> Took {
        std::mem::take(&mut self.message)
    }

    /// How long MAIL may take where it may be lost.
    pub(super) fn patience(&self) -> Duration {
        AT_LEAST.max(self.mail * TIMES)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relay_is_given_twenty_times_what_it_took_before_and_two_seconds_at_least() {
        let mut timing = Timing::default();
        assert_eq!(timing.patience(), AT_LEAST);
        timing.mail(Duration::from_millis(3));
        assert_eq!(timing.patience(), AT_LEAST);
        timing.mail(Duration::from_millis(400));
        timing.mail(Duration::from_millis(1));
        assert_eq!(timing.patience(), Duration::from_secs(8));
    }

    #[test]
    fn replies_halt_where_they_could_come_sooner() {
        for (first, behind, halting) in [(1, 41, true), (1, 5, false), (1, 200, false), (40, 41, false)] {
            let mut timing = Timing::default();
            timing.first(Duration::from_millis(first));
            timing.behind(Duration::from_millis(behind));
            assert_eq!(timing.through().halting, halting, "{first} {behind}");
            assert!(!timing.through().halting, "it was that message's");
        }
    }
}
