//! What the dispatcher does when a letter comes back unsent: is it the relay,
//! the session, or this recipient after all?

use std::time::Instant;

use crate::smtp::{Cause, Phase, SessionFailure, Step};

use super::dispatcher::Dispatcher;
use super::outcome::{Outcome, Words};
use super::{Attempt, Event, Journal, Letter, Stop};

impl<J: Journal> Dispatcher<'_, J> {
    pub(super) fn relay_down(&mut self, words: &str) {
        match self.schedule.relay_down(Instant::now()) {
            Some(wait) => (self.observe)(Event::RelayDown { words, wait }),
            None => self.stop(Stop::RelayLost(words.to_owned())),
        }
    }

    pub(super) fn no_session(&mut self, letter: Letter, failure: &SessionFailure) {
        let words = failure.to_string();
        if !self.proven {
            return self.stop(Stop::RelayRefused(words));
        }
        // Trying a wrong password again and again locks accounts.
        let login_refused = failure.phase == Phase::Auth
            && matches!(&failure.cause, Cause::Refused(reply) if reply.is_permanent());
        if login_refused {
            return self.stop(Stop::RelayLost(words));
        }
        self.back(letter);
        self.relay_down(&words);
    }

    pub(super) async fn turned_away(&mut self, letter: Letter, step: Option<Step>, words: Words) {
        let final_word = words.code.is_some_and(|code| code >= 500);
        let shown = words.shown();
        if final_word && !self.schedule.has_accepted() {
            let step = if step == Some(Step::Mail) {
                "the relay refuses the sender: "
            } else {
                ""
            };
            return self.stop(Stop::RelayRefused(format!("{step}{shown}")));
        }
        if self.schedule.relay_refused_at(letter.recipient) {
            let outcome = if final_word {
                Outcome::Rejected(words)
            } else {
                Outcome::Deferred(words)
            };
            return self.record(letter, outcome).await;
        }
        match step {
            // It may be about this one after all: others go first.
            Some(Step::Rcpt | Step::Data) if !self.stopping() => self.ready.push_back(letter),
            _ => self.back(letter),
        }
        self.relay_down(&shown);
    }

    pub(super) async fn session_died(&mut self, letter: Letter, failure: &SessionFailure) {
        let words = failure.to_string();
        let death = self.schedule.session_died_at(letter.recipient);
        if death.costs_attempt {
            self.record(letter, Outcome::Deferred(Words::ours(words.as_str())))
                .await;
        } else {
            self.back(letter);
        }
        if death.relay_is_suspect {
            self.relay_down(&words);
        }
    }

    /// Records an outcome that no worker could.
    pub(super) async fn record(&mut self, letter: Letter, outcome: Outcome) {
        let attempt = Attempt {
            recipient: letter.recipient,
            session: 0,
            outcome: outcome.clone(),
            message_id: letter.message.message_id.clone(),
            refused: Vec::new(),
        };
        match self.journal.settle(attempt).await {
            Ok(()) => self.settled(&letter, &outcome, false),
            Err(error) => self.stop(Stop::Journal(error.to_string())),
        }
    }
}
