//! A content on its way, and the next envelope behind it in the same flight.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::atomic::Ordering;
use std::task::Poll;
use std::time::Instant;

use crate::smtp::{Cause, Content, Envelope, Opening, Reply, Session, SessionFailure};

use super::report::{Report, Settled, Unsent};
use super::session::{Gone, Opened, Work, envelope, judge, named};
use crate::delivery::reply::{At, Verdict};
use crate::delivery::reply::{Outcome, Words};
use crate::delivery::{Journal, Letter};

impl<J: Journal> Work<J> {
    /// Hands over the content of an open letter, with the next one's envelope
    /// behind it where one lies ready. What that opens comes back.
    pub(crate) async fn hand_over(&mut self, opened: Opened) -> Result<Option<Opened>, Gone> {
        let Opened {
            letter,
            refused,
            intended,
        } = opened;
        let Some(mut session) = self.session.take() else {
            return self.unsent(letter, Unsent::Untouched).await;
        };
        if !intended {
            if self.shared.is_stopping() {
                // With the 354 there, only closing is possible: nothing was sent.
                return self.unsent(letter, Unsent::Stopping).await;
            }
            if let Err(error) = self.shared.journal.intend(self.intent(&letter)).await {
                return self.failed(error).await;
            }
        }
        if self.shared.dots.is_some() && !self.wait_for_room(&letter).await {
            if let Err(error) = self.shared.journal.withdraw(letter.recipient).await {
                return self.failed(error).await;
            }
            return self.unsent(letter, Unsent::Stopping).await;
        }
        let room = session.messages() + 1 < self.most() && !self.shared.is_stopping();
        let next = if room { self.desk.take() } else { None };
        let next = next.map(|letter| (envelope(&letter), letter));
        let content = Content {
            own: &letter.message.content.own,
            shared: &letter.message.content.shared,
        };
        let decision = session
            .content_and(content, next.as_ref().map(|(envelope, _)| envelope))
            .await;
        let (outcome, verdict) = match &decision {
            Ok(reply) => {
                let verdict = judge(At::Content, reply, session.messages().saturating_sub(1));
                (Outcome::of_content(verdict, reply), Some(verdict))
            }
            Err(failure) if failure.may_have_been_delivered() => {
                (Outcome::InDoubt(Words::ours(failure.to_string())), None)
            }
            Err(_) => return self.withdraw(letter, decision, next).await,
        };
        let spent = verdict == Some(Verdict::ConnectionSpent);
        let settled = Settled {
            letter,
            outcome,
            verdict,
            after_content: true,
            refused,
        };
        match next {
            Some((envelope, next)) if session.has_envelope_ahead() => {
                self.settle_and_open(session, settled, next, &envelope).await
            }
            next => {
                if session.is_usable() {
                    self.session = Some(session);
                }
                if spent {
                    self.connection_spent().await;
                }
                self.settle(settled).await?;
                match next {
                    Some((_, next)) if self.session.is_some() => self.open(next).await,
                    // The dispatcher decides whether another session is opened for it.
                    Some((_, next)) => self.unsent(next, Unsent::Untouched).await,
                    None => Ok(None),
                }
            }
        }
    }

    /// Waits until this letter's dot may leave by the rates; false when the run
    /// stops meanwhile.
    async fn wait_for_room(&self, letter: &Letter) -> bool {
        let recipients = u32::try_from(letter.message.recipients.len()).unwrap_or(u32::MAX);
        let dots = || self.shared.dots.as_ref();
        while let Some(Err(at)) = dots().map(|dots| dots.pass(recipients, Instant::now())) {
            tokio::select! {
                biased;
                () = self.shared.stopped() => return false,
                () = tokio::time::sleep_until(at.into()) => {}
            }
        }
        true
    }

    /// The dot never left: the intent is taken back, and both letters.
    async fn withdraw(
        &mut self,
        letter: Letter,
        decision: Result<Reply, SessionFailure>,
        next: Option<(Envelope, Letter)>,
    ) -> Result<Option<Opened>, Gone> {
        if let Err(error) = self.shared.journal.withdraw(letter.recipient).await {
            self.failed(error).await?;
            return match next {
                Some((_, next)) => self.unsent(next, Unsent::Untouched).await,
                None => Ok(None),
            };
        }
        let why = match decision {
            Err(failure) => Unsent::SessionDied(failure),
            Ok(_) => Unsent::Untouched,
        };
        self.unsent_with(letter, why, next.map(|(_, next)| next)).await
    }

    /// Records the decision about one letter and opens the next, whose
    /// envelope went along. Usually all replies come at once: then outcome and
    /// intent are one entry in the journal.
    async fn settle_and_open(
        &mut self,
        mut session: Session,
        settled: Settled,
        next: Letter,
        envelope: &Envelope,
    ) -> Result<Option<Opened>, Gone> {
        let untried = session.takes_envelope_ahead().is_none();
        let mut unrecorded = Some(settled);
        let opening = {
            let mut opening = pin!(session.envelope(envelope));
            match at_once(opening.as_mut()).await {
                Some(opening) => opening,
                None => {
                    if let Some(settled) = unrecorded.take() {
                        self.settle(settled).await?;
                    }
                    opening.await
                }
            }
        };
        let hung_up =
            matches!(&opening, Err(failure) if matches!(failure.cause, Cause::Closed | Cause::Io(_)));
        self.note_ahead(&session, untried, !hung_up).await;
        match (unrecorded, opening) {
            (Some(settled), Ok(Opening::Ready { refused })) if !self.shared.is_stopping() => {
                let attempt = self.attempt(&settled);
                let intent = self.intent(&next);
                if let Err(error) = self.shared.journal.record(Some(attempt), Some(intent)).await {
                    self.failed(error).await?;
                    return self.unsent(next, Unsent::Untouched).await;
                }
                self.report_settled(settled).await?;
                self.session = Some(session);
                Ok(Some(Opened {
                    refused: named(&next, refused),
                    letter: next,
                    intended: true,
                }))
            }
            (unrecorded, opening) => {
                if let Some(settled) = unrecorded {
                    self.settle(settled).await?;
                }
                if opening.is_err() && session.takes_envelope_ahead() == Some(false) {
                    // It is the place that was refused, not this letter.
                    return self.unsent(next, Unsent::Untouched).await;
                }
                self.opened(session, next, opening).await
            }
        }
    }

    /// Remembers whether the relay takes an envelope behind a content.
    async fn note_ahead(&self, session: &Session, untried: bool, said: bool) {
        match session.takes_envelope_ahead() {
            Some(true) if untried => self.shared.ahead_works.store(true, Ordering::Relaxed),
            Some(false) if !self.shared.ahead_refused.swap(true, Ordering::Relaxed) => {
                let report = Report::NoEnvelopeAhead {
                    worker: self.worker,
                    said,
                };
                // A dispatcher that is gone is noticed at the next report.
                let _ = self.shared.reports.send(report).await;
            }
            Some(_) | None => {}
        }
    }
}

/// What a future has to say without waiting.
async fn at_once<F: Future>(mut future: Pin<&mut F>) -> Option<F::Output> {
    poll_fn(|cx| match future.as_mut().poll(cx) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => Poll::Ready(None),
    })
    .await
}
