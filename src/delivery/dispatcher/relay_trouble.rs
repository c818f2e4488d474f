//! The consequences for a relay that refuses or closes connections, or cannot be reached: a pause,
//! fewer sessions, or its end in this run.

use std::sync::Arc;
use std::time::Duration;

use crate::delivery::event::{Down, Event, RelayCause, RelayFailure, Stop};
use crate::delivery::journal::Journal;
use crate::delivery::reply::Verdict;
use crate::words::Speak as _;

use super::state::{Dispatcher, now};

/// How long a relay that was given up is left alone, in a run that has others.
const GIVEN_UP_FOR: Duration = Duration::from_secs(5 * 60);

impl<J: Journal> Dispatcher<'_, J> {
    /// What follows for the relay of a reply that concerns it.
    pub(crate) fn relay_says(&mut self, relay: usize, verdict: Verdict, cause: RelayCause) {
        match verdict {
            Verdict::Throttled { wait } => self.throttled(relay, wait.unwrap_or_default(), cause),
            Verdict::LoginThrottled { wait } => self.throttled(relay, wait, cause),
            Verdict::TooManyConnections => self.throttled(relay, Duration::ZERO, cause),
            Verdict::QuotaSpent { wait } => {
                self.relays[relay].quota.said_spent(cause.said(), wait, now());
                self.show_down(relay, &cause, Some(wait));
            }
            Verdict::RelayRefuses { permanent: true } => match self.relays[relay].health.refused(now()) {
                Some(wait) => self.failing(relay, cause, wait),
                None => self.give_up(relay, cause),
            },
            Verdict::Closing | Verdict::RelayRefuses { .. } | Verdict::LoginRefused => {
                self.relay_down(relay, cause);
            }
            // A new connection is all it takes.
            Verdict::ConnectionSpent => self.show_leave(relay, &cause),
            Verdict::Accepted
            | Verdict::Recipient { .. }
            | Verdict::NoMailbox
            | Verdict::Greylisted
            | Verdict::Policy { .. }
            | Verdict::TooLarge => {}
        }
    }

    fn throttled(&mut self, relay: usize, least: Duration, cause: RelayCause) {
        match self.relays[relay].health.throttled(least, now()) {
            Some(wait) => self.failing(relay, cause, wait),
            None => self.give_up(relay, cause),
        }
    }

    pub(crate) fn relay_down(&mut self, relay: usize, cause: RelayCause) {
        self.relays[relay].cap.forget_passing();
        match self.relays[relay].health.failed(now()) {
            Some(wait) => self.failing(relay, cause, wait),
            None => self.give_up(relay, cause),
        }
    }

    /// If a relay closes the connection after some messages, this is shown once: it may do so after
    /// every few.
    pub(crate) fn show_leave(&mut self, relay: usize, cause: &RelayCause) {
        let leaves = matches!(cause, RelayCause::Reply(reply) if reply.code() == Some(421));
        if leaves && !std::mem::replace(&mut self.relays[relay].leave_told, true) {
            self.show_down(relay, cause, Some(Duration::ZERO));
        }
    }

    pub(crate) fn show_down(&mut self, relay: usize, cause: &RelayCause, wait: Option<Duration>) {
        (self.observe)(Event::RelayDown {
            relay: &self.relays[relay].plan.name,
            words: cause.said(),
            how: down(cause),
            wait,
        });
    }

    /// A relay that failed is tried again after a wait.
    fn failing(&mut self, relay: usize, cause: RelayCause, wait: Duration) {
        self.relays[relay].failing = true;
        if !self.relays[relay].is_worth_a_wait(now()) {
            self.forget_refused_by();
        }
        self.show_down(relay, &cause, Some(wait));
        if self.relays.iter().all(|relay| !relay.proven && relay.failing) {
            // None of them could be used even once.
            self.stop(Stop::RelayRefused(self.named(relay, cause)));
        }
    }

    /// A relay that has failed for long: the run ends, unless there is another.
    fn give_up(&mut self, relay: usize, cause: RelayCause) {
        let mut relays = self.relays.iter().enumerate();
        if !relays.any(|(number, other)| number != relay && other.is_worth_a_wait(now())) {
            return self.stop(Stop::RelayLost(RelayFailure::unnamed(cause)));
        }
        self.relays[relay].health.tried_again_at(now() + GIVEN_UP_FOR);
        self.relays[relay].given_up = true;
        self.failing(relay, cause, GIVEN_UP_FOR);
    }

    /// What happened with a relay, with its name where there are others.
    pub(crate) fn named(&self, relay: usize, cause: RelayCause) -> RelayFailure {
        let several = self.relays.len() > 1;
        RelayFailure {
            relay: several.then(|| Arc::clone(&self.relays[relay].plan.name)),
            cause,
        }
    }

    /// Nothing goes over this relay any more in this run.
    pub(crate) fn close(&mut self, relay: usize, cause: RelayCause) {
        let proven = self.relays.iter().any(|relay| relay.proven);
        let stop = if proven {
            Stop::RelayLost
        } else {
            Stop::RelayRefused
        };
        self.close_for(relay, cause, stop);
    }
}

fn down(cause: &RelayCause) -> Down {
    match cause {
        RelayCause::Session(failure) if failure.cause.is_ours() => Down::NotReached,
        RelayCause::Session(failure) if failure.is_in_a_message() => Down::BreaksOff,
        // Our own words: of a message that is in doubt.
        RelayCause::Reply(reply) if reply.code().is_none() => Down::BreaksOff,
        RelayCause::Session(_) | RelayCause::Reply(_) | RelayCause::SenderRefused(_) => Down::TurnsAway,
    }
}
