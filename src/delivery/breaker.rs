//! When a run stops: too many failures, or several messages in doubt in a row. Plain state, without
//! any I/O. What a relay refuses in the same way is handled in `refusals`.

use super::reply::Outcome;

/// Times in a row that messages of one relay were left in doubt, after which
/// nothing more goes over it: of each of these recipients nobody knows.
const DOUBTS_IN_A_ROW: u32 = 3;

/// What has been accepted, rejected and left in doubt so far.
pub(crate) struct Breaker {
    accepted: u64,
    /// Rejections, and contents that the relay refused for itself.
    failures: u64,
    max_failures: Option<u64>,
    /// Of each relay, times that messages stayed without the reply to their dot since it last
    /// answered. Sessions that break together are one time.
    doubts_in_a_row: Vec<u32>,
}

/// What is to be stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trip {
    /// The run, after this number of failures.
    Failures(u64),
    /// The relay: what it was given is in doubt, one message after the other.
    Doubts,
}

impl Breaker {
    pub(crate) fn new(max_failures: Option<u64>, relays: usize) -> Self {
        Self {
            accepted: 0,
            failures: 0,
            max_failures,
            doubts_in_a_row: vec![0; relays],
        }
    }

    /// Takes note of an outcome; says what is to stop, when something is. A doubt that belongs to
    /// one that was counted is not `counted` again.
    pub(crate) fn settled(&mut self, relay: usize, outcome: &Outcome, counted: bool) -> Option<Trip> {
        let doubts = &mut self.doubts_in_a_row[relay];
        if outcome.reply().code().is_some_and(|code| code != 421) {
            *doubts = 0;
        }
        match outcome {
            Outcome::Accepted(_) => {
                self.accepted += 1;
                None
            }
            Outcome::Rejected(_) => self.failed(),
            Outcome::Deferred(_) => None,
            Outcome::InDoubt(_) => {
                *doubts += u32::from(counted);
                (counted && *doubts >= DOUBTS_IN_A_ROW).then_some(Trip::Doubts)
            }
        }
    }

    /// One more failure.
    pub(crate) fn failed(&mut self) -> Option<Trip> {
        self.failures += 1;
        self.reached(0)
    }

    /// Whether the limit of failures is reached, with `held` more that are not decided.
    pub(crate) fn reached(&self, held: usize) -> Option<Trip> {
        let failures = self.failures + held as u64;
        let reached = self.max_failures.is_some_and(|max| failures >= max);
        reached.then_some(Trip::Failures(failures))
    }

    /// Messages accepted in this run.
    pub(crate) fn accepted(&self) -> u64 {
        self.accepted
    }
}

#[cfg(test)]
mod tests {
    use crate::smtp::Reply;

    use super::*;

    #[test]
    fn three_doubts_in_a_row_stop_their_relay() {
        let mut breaker = Breaker::new(None, 2);
        let doubt = Outcome::InDoubt(Reply::ours(crate::words::Said::verbatim("no reply")));
        let accepted = Outcome::Accepted(Reply::new(250, None, "ok"));
        assert_eq!(breaker.settled(0, &doubt, true), None);
        assert_eq!(breaker.settled(0, &accepted, true), None);
        assert_eq!(breaker.settled(0, &doubt, true), None);
        assert_eq!(breaker.settled(0, &doubt, true), None);
        assert_eq!(breaker.settled(1, &doubt, true), None, "of another relay");
        assert_eq!(breaker.settled(0, &doubt, false), None, "of the same break");
        assert_eq!(breaker.settled(0, &doubt, true), Some(Trip::Doubts));
    }

    #[test]
    fn max_failures_stop_the_run() {
        let mut breaker = Breaker::new(Some(2), 1);
        let unknown = Outcome::Rejected(Reply::new(550, Some((5, 1, 1)), "who?"));
        assert!(breaker.reached(1).is_none() && breaker.reached(2).is_some());
        assert_eq!(breaker.settled(0, &unknown, true), None);
        assert!(breaker.reached(1).is_some());
        assert_eq!(breaker.settled(0, &unknown, true), Some(Trip::Failures(2)));
    }
}
