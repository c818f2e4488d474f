//! What the dispatcher does with an outcome, and when a letter comes back
//! unsent: is it the relay, the session, or this recipient after all?

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::smtp::{Cause, Phase, SessionFailure, Step};

use super::state::Dispatcher;
use crate::delivery::reply::{self, At, Verdict};
use crate::delivery::reply::{Outcome, Words};
use crate::delivery::retry::Told;
use crate::delivery::worker::Settled;
use crate::delivery::{Attempt, Event, Journal, Letter, Stop};

/// How long a relay that was given up is left alone, in a run that has others.
const GIVEN_UP_FOR: Duration = Duration::from_secs(5 * 60);

impl<J: Journal> Dispatcher<'_, J> {
    pub(crate) fn settled(&mut self, lane: usize, settled: &Settled) {
        let now = Instant::now();
        let Settled {
            letter,
            outcome,
            verdict,
            after_content,
            ..
        } = settled;
        let octets = letter.message.content.len();
        if *after_content {
            self.delivered.messages += 1;
        }
        self.lanes[lane].accepted |= matches!(outcome, Outcome::Accepted(_));
        let health = &mut self.lanes[lane].health;
        if outcome.words().code.is_some_and(|code| code != 421) {
            health.answered();
        }
        if matches!(outcome, Outcome::Accepted(_)) {
            self.delivered.octets += octets as u64;
            health.accepted(now);
        }
        if let Some(started) = self.started {
            self.delivered.elapsed = now - started;
        }
        (self.observe)(Event::Settled {
            key: &letter.key,
            outcome,
            message_id: &letter.message.message_id,
            relay: &self.lanes[lane].plan.name,
            octets,
        });
        let told = Told {
            after_content: *after_content,
            greylisted: *verdict == Some(Verdict::Greylisted),
            not_its_fault: verdict.is_some_and(|verdict| verdict.concerns_the_relay()),
        };
        if let Some(stop) = self.schedule.settled(letter.recipient, outcome, told, now) {
            self.stop(stop);
        }
        if let Some(verdict) = verdict
            && verdict.concerns_the_relay()
            && !self.stopping()
        {
            self.relay_says(lane, *verdict, &outcome.words().shown());
        }
    }

    /// What follows for the relay of a reply that concerns it.
    fn relay_says(&mut self, lane: usize, verdict: Verdict, words: &str) {
        let now = Instant::now();
        match verdict {
            Verdict::Throttled { wait } => self.throttled(lane, wait.unwrap_or_default(), words),
            Verdict::LoginThrottled { wait } => self.throttled(lane, wait, words),
            Verdict::TooManyConnections => self.throttled(lane, Duration::ZERO, words),
            Verdict::QuotaSpent { wait } => {
                let lane = &mut self.lanes[lane];
                lane.quota.said_spent(words, wait, now);
                (self.observe)(Event::RelayDown {
                    relay: &lane.plan.name,
                    words,
                    wait: Some(wait),
                });
            }
            Verdict::Closing | Verdict::RelayRefuses { .. } | Verdict::LoginRefused => {
                self.relay_down(lane, words)
            }
            // A new connection is all it takes.
            Verdict::ConnectionSpent => {}
            Verdict::Accepted
            | Verdict::Recipient { .. }
            | Verdict::Greylisted
            | Verdict::Policy { .. }
            | Verdict::TooLarge => {}
        }
    }

    fn throttled(&mut self, lane: usize, least: Duration, words: &str) {
        match self.lanes[lane].health.throttled(least, Instant::now()) {
            Some(wait) => self.show_down(lane, words, wait),
            None => self.give_up(lane, words),
        }
    }

    pub(crate) fn relay_down(&mut self, lane: usize, words: &str) {
        match self.lanes[lane].health.failed(Instant::now()) {
            Some(wait) => self.show_down(lane, words, wait),
            None => self.give_up(lane, words),
        }
    }

    fn show_down(&mut self, lane_number: usize, words: &str, wait: Duration) {
        let lane = &mut self.lanes[lane_number];
        lane.failure = Some(words.to_owned());
        (self.observe)(Event::RelayDown {
            relay: &lane.plan.name,
            words,
            wait: Some(wait),
        });
        if self
            .lanes
            .iter()
            .all(|lane| !lane.proven && lane.failure.is_some())
        {
            // None of them could be used even once.
            let words = self.naming(lane_number, words);
            self.stop(Stop::RelayRefused(words));
        }
    }

    /// A relay that has failed for long: the run ends, unless there is another.
    fn give_up(&mut self, lane: usize, words: &str) {
        let others = self
            .lanes
            .iter()
            .enumerate()
            .any(|(number, other)| number != lane && other.closed.is_none() && other.failure.is_none());
        if !others {
            return self.stop(Stop::RelayLost(words.to_owned()));
        }
        self.lanes[lane]
            .health
            .tried_again_at(Instant::now() + GIVEN_UP_FOR);
        self.show_down(lane, words, GIVEN_UP_FOR);
    }

    /// A relay's words, with its name where there are others.
    fn naming(&self, lane: usize, words: &str) -> String {
        if self.lanes.len() == 1 {
            return words.to_owned();
        }
        format!("`{}`: {words}", self.lanes[lane].plan.name)
    }

    /// Nothing goes over this relay any more in this run.
    fn close(&mut self, lane: usize, words: String) {
        let proven = self.lanes.iter().any(|lane| lane.proven);
        let closed = &mut self.lanes[lane];
        (self.observe)(Event::RelayDown {
            relay: &closed.plan.name,
            words: &words,
            wait: None,
        });
        closed.closed = Some(words.clone());
        closed.failure = Some(words.clone());
        if self.lanes.iter().all(|lane| lane.closed.is_some()) {
            let words = self.naming(lane, &words);
            self.stop(if proven {
                Stop::RelayLost(words)
            } else {
                Stop::RelayRefused(words)
            });
        }
    }

    pub(crate) fn no_session(&mut self, lane: usize, letter: Letter, failure: &SessionFailure) {
        let words = failure.to_string();
        let refused = matches!(&failure.cause, Cause::Refused(reply) if reply.is_permanent());
        let alone = self.lanes.len() == 1;
        if !self.lanes[lane].proven && alone {
            return self.stop(Stop::RelayRefused(words));
        }
        self.back(letter);
        // Trying a wrong password again and again locks accounts.
        if failure.phase == Phase::Auth && refused {
            if alone {
                return self.stop(Stop::RelayLost(words));
            }
            return self.close(lane, words);
        }
        if !self.lanes[lane].proven && failure.is_final() {
            return self.close(lane, words);
        }
        let at = if failure.phase == Phase::Auth {
            At::Auth
        } else {
            At::Connect
        };
        if let Cause::Refused(reply) = &failure.cause {
            self.relay_says(lane, reply::judge(at, reply), &words);
        } else {
            self.relay_down(lane, &words);
        }
    }

    pub(crate) async fn turned_away(
        &mut self,
        lane: usize,
        letter: Letter,
        step: Step,
        words: Words,
        verdict: Verdict,
    ) {
        let final_word = words.code.is_some_and(|code| code >= 500);
        let shown = words.shown();
        if verdict == Verdict::ConnectionSpent {
            return self.back(letter);
        }
        if final_word && matches!(verdict, Verdict::RelayRefuses { .. }) && !self.schedule.has_accepted() {
            let step = if step == Step::Mail {
                "the relay refuses the sender: "
            } else {
                ""
            };
            let why = format!("{step}{shown}");
            self.back(letter);
            return if self.lanes.len() == 1 {
                self.stop(Stop::RelayRefused(why))
            } else {
                self.close(lane, why)
            };
        }
        if matches!(
            verdict,
            Verdict::RelayRefuses { .. } | Verdict::Closing | Verdict::Throttled { .. }
        ) && self.schedule.relay_refused_at(letter.recipient)
        {
            let outcome = if final_word {
                Outcome::Rejected(words)
            } else {
                Outcome::Deferred(words)
            };
            return self.record(lane, letter, outcome).await;
        }
        match step {
            // It may be about this one after all: others go first.
            Step::Rcpt | Step::Data if !self.stopping() => {
                self.ready_octets += letter.octets();
                self.ready.push_back(letter);
            }
            Step::Mail | Step::Rcpt | Step::Data => self.back(letter),
        }
        self.relay_says(lane, verdict, &shown);
    }

    pub(crate) async fn session_died(&mut self, lane: usize, letter: Letter, failure: &SessionFailure) {
        let words = failure.to_string();
        if self.schedule.session_died_at(letter.recipient) {
            self.record(lane, letter, Outcome::Deferred(Words::ours(words.as_str())))
                .await;
        } else {
            self.back(letter);
        }
        if self.lanes[lane].health.session_died() {
            self.relay_down(lane, &words);
        }
    }

    /// Records an outcome that no worker could.
    async fn record(&mut self, lane: usize, letter: Letter, outcome: Outcome) {
        let attempt = Attempt {
            recipient: letter.recipient,
            session: 0,
            relay: Arc::clone(&self.lanes[lane].plan.name),
            outcome: outcome.clone(),
            message_id: letter.message.message_id.clone(),
            refused: Vec::new(),
        };
        match self.journal.settle(attempt).await {
            Ok(()) => self.settled(lane, &Settled::at_envelope(letter, outcome, None)),
            Err(error) => self.stop(Stop::Journal(error.to_string())),
        }
    }
}
