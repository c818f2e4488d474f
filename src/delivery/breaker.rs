//! When a run is to stop: too many rejections, the same refusal of every
//! content, several messages in doubt in a row. Plain state, without any I/O.

use crate::smtp::Reply;

use super::event::{RelayCause, RelayFailure, Stop};
use super::reply::Outcome;

/// So many messages refused with the same codes after their content, and none
/// accepted: it is the content.
const SAME_CONTENT_REFUSALS: u32 = 5;

/// Messages in doubt in a row after which nothing more goes out: of each of
/// these recipients nobody knows.
const DOUBTS_IN_A_ROW: u32 = 3;

/// What has been accepted, rejected and left in doubt so far.
pub(crate) struct Breaker {
    accepted: u64,
    rejected: u64,
    max_failures: Option<u64>,
    /// The last refusal of its kind, and how often it came in a row.
    content_refusal: Option<(Reply, u32)>,
    /// Messages without the reply to their dot since a relay last answered.
    doubts_in_a_row: u32,
}

impl Breaker {
    pub(crate) fn new(max_failures: Option<u64>) -> Self {
        Self {
            accepted: 0,
            rejected: 0,
            max_failures,
            content_refusal: None,
            doubts_in_a_row: 0,
        }
    }

    /// Takes note of an outcome; says why the run is to stop, when it is.
    pub(crate) fn settled(&mut self, outcome: &Outcome, after_content: bool) -> Option<Stop> {
        if outcome.reply().code().is_some_and(|code| code != 421) {
            self.doubts_in_a_row = 0;
        }
        match outcome {
            Outcome::Accepted(_) => {
                self.accepted += 1;
                self.content_refusal = None;
                None
            }
            Outcome::Rejected(reply) => {
                self.rejected += 1;
                let limit = self.max_failures.filter(|max| self.rejected >= *max);
                self.refused_alike(reply, after_content)
                    .or(limit.map(|_| Stop::TooManyFailures(self.rejected)))
            }
            Outcome::Deferred(_) => None,
            Outcome::InDoubt(reply) => {
                self.doubts_in_a_row += 1;
                let lost = || Stop::RelayLost(RelayFailure::unnamed(RelayCause::Reply(reply.clone())));
                (self.doubts_in_a_row >= DOUBTS_IN_A_ROW).then(lost)
            }
        }
    }

    /// The same refusal of the first several messages, and none accepted: the
    /// next ones would fare no better. After the content any refusal counts;
    /// before it only one of policy (5.7.x: relaying denied, not logged in),
    /// for a list may well begin with unknown users. Texts may hold a queue
    /// id, so the codes are compared.
    fn refused_alike(&mut self, reply: &Reply, after_content: bool) -> Option<Stop> {
        let policy = matches!(reply.enhanced(), Some((5, 7, _)));
        if self.accepted > 0 || !(after_content || policy) {
            return None;
        }
        let codes = |reply: &Reply| (reply.code(), reply.enhanced());
        let count = match &self.content_refusal {
            Some((same, count)) if codes(same) == codes(reply) => count + 1,
            _ => 1,
        };
        self.content_refusal = Some((reply.clone(), count));
        (count >= SAME_CONTENT_REFUSALS).then(|| Stop::EveryContentRefused(reply.clone()))
    }

    /// Whether `working` messages are as many as may still be refused before
    /// the run is to stop.
    pub(crate) fn would_overshoot(&self, working: usize) -> bool {
        self.max_failures
            .is_some_and(|max| self.rejected + working as u64 >= max)
    }

    /// Messages accepted in this run.
    pub(crate) fn accepted(&self) -> u64 {
        self.accepted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rejected(enhanced: (u8, u16, u16), text: &str) -> Outcome {
        Outcome::Rejected(Reply::new(554, Some(enhanced), text))
    }

    #[test]
    fn relaying_denied_at_every_recipient_stops_the_run_and_unknown_users_do_not() {
        let refuse = |enhanced, n| {
            let mut breaker = Breaker::new(None);
            (0..n)
                .find_map(|i| breaker.settled(&rejected(enhanced, &format!("<{i}@x.test>: refused")), false))
        };
        assert!(refuse((5, 7, 1), 5).is_some());
        assert!(refuse((5, 7, 1), 4).is_none());
        assert!(refuse((5, 1, 1), 50).is_none());
    }

    #[test]
    fn three_doubts_in_a_row_stop_the_run() {
        let mut breaker = Breaker::new(None);
        let doubt = Outcome::InDoubt(Reply::ours("no reply"));
        let accepted = Outcome::Accepted(Reply::new(250, None, "ok"));
        assert!(breaker.settled(&doubt, true).is_none());
        assert!(breaker.settled(&accepted, true).is_none());
        assert!(breaker.settled(&doubt, true).is_none());
        assert!(breaker.settled(&doubt, true).is_none());
        assert!(matches!(breaker.settled(&doubt, true), Some(Stop::RelayLost(_))));
    }

    #[test]
    fn the_same_refusal_of_every_content_stops_the_run() {
        let mut breaker = Breaker::new(None);
        let spam = rejected((5, 7, 1), "spam");
        let stops: Vec<_> = (0..5).map(|_| breaker.settled(&spam, true)).collect();
        assert!(stops[3].is_none());
        let Some(Stop::EveryContentRefused(reply)) = &stops[4] else {
            panic!("{:?}", stops[4]);
        };
        assert_eq!(reply.shown(), "554 5.7.1 spam");
    }

    #[test]
    fn max_failures_stop_the_run() {
        let mut breaker = Breaker::new(Some(2));
        let unknown = rejected((5, 1, 1), "who?");
        assert!(!breaker.would_overshoot(1) && breaker.would_overshoot(2));
        assert!(breaker.settled(&unknown, false).is_none());
        assert!(breaker.would_overshoot(1));
        assert!(matches!(
            breaker.settled(&unknown, false),
            Some(Stop::TooManyFailures(2))
        ));
    }
}
