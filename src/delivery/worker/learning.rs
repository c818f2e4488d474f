//! What workers learn about how a relay handles several commands at once, and what is remembered of
//! it.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::delivery::accounts::Learned;
use crate::delivery::event::Habit;
use crate::delivery::journal::Journal;
use crate::smtp::{Cause, Opening, Session, SessionFailure};

use super::halting::Manner;
use super::report::{Lesson, Report};
use super::session::Worker;

impl<J: Journal> Worker<J> {
    /// Takes up what is remembered of the server that a new session is with.
    pub(crate) async fn recall(&self, session: &Session) {
        let context = &self.context;
        let known = context
            .memory
            .iter()
            .find(|known| known.is_of(session.greeting()));
        let news = match known.map(|known| known.learned) {
            Some(Learned::EnvelopeOnly) => context.joint.refused(),
            Some(Learned::StepByStep) => !context.one_at_a_time.swap(true, Ordering::Relaxed),
            Some(Learned::LateReplies) => {
                let news = !context.halting.one_by_one();
                context.halting.remembered();
                news
            }
            None => false,
        };
        if news {
            self.tell(None).await;
        }
    }

    /// Whether commands go one at a time over this worker's session.
    pub(crate) fn one_by_one(&self) -> bool {
        let context = &self.context;
        context.one_at_a_time.load(Ordering::Relaxed)
            || context.step_by_step.load(Ordering::Relaxed)
            || context.halting.one_by_one()
            || self.watch.is_trying()
    }

    /// Takes note of what the message took that is through.
    pub(crate) async fn note_took(&mut self, session: &mut Session) {
        let took = session.took();
        match self.watch.through(took, &self.context.halting) {
            Manner::AsBefore => {}
            Manner::OneByOne => session.say_one_by_one(true),
            Manner::Together => session.say_one_by_one(false),
            Manner::Quicker => {
                session.say_one_by_one(true);
                self.learned(Habit::AnswersLate, session).await;
            }
        }
    }

    /// Takes note of whether the relay answers commands that share a flight. True when it has just
    /// lost some; nothing of the message was sent, and it can be offered again.
    pub(crate) async fn lost_flight(&self, session: &Session, answered: bool) -> bool {
        let context = &self.context;
        match session.takes_flights() {
            Some(true) => {
                context.flights_work.store(true, Ordering::Relaxed);
                false
            }
            // Another session knows better: it was only slow.
            Some(false) if context.flights_work.load(Ordering::Relaxed) => false,
            Some(false) => {
                context.step_by_step.store(true, Ordering::Relaxed);
                self.tell(None).await;
                true
            }
            // It was slow, and has lost nothing.
            None if session.is_slow() && context.step_by_step.swap(false, Ordering::Relaxed) => {
                context.flights_work.store(true, Ordering::Relaxed);
                false
            }
            None if answered && context.step_by_step.load(Ordering::Relaxed) => {
                if !context.flights_lost.swap(true, Ordering::Relaxed) {
                    self.learned(Habit::LosesTogether, session).await;
                }
                false
            }
            None => false,
        }
    }

    /// Takes note of whether the relay takes an envelope behind a content.
    pub(crate) async fn note_ahead(
        &self,
        session: &Session,
        untried: bool,
        opening: &Result<Opening, SessionFailure>,
    ) {
        let joint = Arc::clone(&self.context.joint);
        match session.takes_envelope_ahead() {
            Some(true) if untried => joint.works(),
            Some(true) | None => {}
            Some(false) => match opening.as_ref().err().map(|failure| &failure.cause) {
                // That may have been for another reason: it holds for this run.
                Some(Cause::Closed | Cause::Io(_)) => {
                    if joint.refused() {
                        self.tell(None).await;
                    }
                }
                // So may that, of one that took others before.
                Some(Cause::Timeout(_)) if !untried => {
                    if joint.refused() {
                        self.tell(None).await;
                    }
                }
                Some(Cause::Timeout(_)) => {
                    if joint.silent() {
                        self.learned(Habit::LosesBehind, session).await;
                    }
                }
                // A reply in the place of a lost one shows as much as silence.
                Some(_) => {
                    if joint.refused() {
                        self.learned(Habit::LosesBehind, session).await;
                    }
                }
                None => {
                    if joint.refused() {
                        self.learned(Habit::RefusesBehind, session).await;
                    }
                }
            },
        }
    }

    /// An envelope by itself was answered: where one behind a content was not, that says why.
    pub(crate) async fn note_alone(&self, session: &Session) {
        if self.context.joint.heard() {
            self.learned(Habit::LosesBehind, session).await;
        }
    }

    async fn learned(&self, habit: Habit, session: &Session) {
        let greeting = session.greeting().to_owned();
        self.tell(Some(Lesson { habit, greeting })).await;
    }

    async fn tell(&self, lesson: Option<Lesson>) {
        let worker = self.number;
        let report = Report::NoEnvelopeAhead { worker, lesson };
        // A dispatcher that is gone is noticed at the next report.
        let _ = self.context.reports.send(report).await;
    }
}
