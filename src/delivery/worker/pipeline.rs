//! A content that is being sent, and the next envelope after it in the same flight.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::delivery::journal::{Intent, Journal};
use crate::delivery::outbound::OutboundMessage;
use crate::delivery::reply::{At, Outcome, Verdict, judge, judge_after};
use crate::smtp::{Content, Envelope, Opening, Session};

use super::envelope::{envelope, named};
use super::joint::Leave;
use super::limit::Limit;
use super::report::{Decided, Settled, Unsent};
use super::session::{EnvelopeAccepted, Next, Worker};

/// How long replies are waited for that are not about a content, once the run is stopping.
const LEAVING: Duration = Duration::from_secs(1);

impl<J: Journal> Worker<J> {
    /// Hands over the content of a message whose envelope was accepted, with
    /// the next one's envelope behind it where one lies ready. What that
    /// opens comes back.
    pub(crate) async fn hand_over(&mut self, accepted: EnvelopeAccepted) -> Next {
        let EnvelopeAccepted {
            message,
            refused,
            behind,
        } = accepted;
        let Some(mut session) = self.session.take() else {
            return self.unsent(message, Unsent::Untouched).await;
        };
        if behind.is_none() {
            if self.context.is_stopping() {
                // With the 354 there, only closing is possible: nothing was sent.
                return self.unsent(message, Unsent::Stopping).await;
            }
            let intent = Intent {
                refused: refused.clone(),
                ..self.intent(&message)
            };
            if let Err(error) = self.context.journal.intend(intent).await {
                return self.failed(error).await;
            }
        }
        if self.context.rate_gate.is_some() && !self.wait_for_room(&message).await {
            if let Err(error) = self.context.journal.withdraw(message.recipient).await {
                return self.failed(error).await;
            }
            return self.unsent(message, Unsent::Stopping).await;
        }
        let room = session.messages() + 1 < self.most() && !self.context.is_stopping();
        let next = if room { self.handoff.take() } else { None };
        let next = next.map(|next| (envelope(&next.message), next));
        let content = Content {
            own: &message.message.content.own,
            shared: &message.message.content.shared,
        };
        let taken = session.messages();
        let mut said = false;
        let one_by_one = self.one_by_one();
        session.say_one_by_one(one_by_one);
        let leave = next
            .as_ref()
            .filter(|_| !one_by_one)
            .and_then(|_| self.context.joint.ask(taken > 0));
        if leave.as_ref().is_some_and(Leave::is_proven) {
            session.ahead_is_known();
        }
        let last = !room && self.may_leave_behind(&session);
        let behind_it = next.as_ref().filter(|_| leave.is_some());
        let decision = if last {
            session.content_and_leave(content).await
        } else {
            let envelope = behind_it.map(|(envelope, _)| envelope);
            session.content_and(content, envelope).await
        };
        let (outcome, verdict) = match decision {
            Ok(reply) => {
                self.note_took(&mut session).await;
                let verdict = judge_after(At::Content, &reply, taken);
                said = judge(At::Content, &reply) == verdict;
                (Outcome::of_content(verdict, reply), Some(verdict))
            }
            Err(failure) if failure.may_have_been_delivered() => (Outcome::in_doubt(&failure), None),
            Err(failure) => {
                if let Some(before) = behind.filter(|_| session.is_out_of_step()) {
                    self.doubt(&before, &failure).await?;
                }
                if failure.is_hang_up() && taken > 0 {
                    self.connection_spent(taken, Limit::No).await;
                    return self.withdraw(message, Unsent::Untouched, next).await;
                }
                let died = Unsent::SessionDied(self.session_number, failure);
                return self.withdraw(message, died, next).await;
            }
        };
        let settled = Settled {
            attempt: self.attempt(&message, outcome, refused),
            message,
            verdict,
            after_content: true,
        };
        match next {
            Some((envelope, next)) if session.has_envelope_ahead() => {
                let next = self.settle_and_open(session, settled, next, &envelope).await;
                drop(leave);
                next
            }
            next => {
                if session.is_usable() {
                    self.session = Some(session);
                } else if verdict == Some(Verdict::Accepted) && !last {
                    // It took its leave behind its reply.
                    self.connection_spent(session.messages(), Limit::Perhaps).await;
                }
                if verdict == Some(Verdict::ConnectionSpent) {
                    let limit = if said { Limit::Said } else { Limit::No };
                    self.connection_spent(taken, limit).await;
                }
                self.settle(settled).await?;
                match next {
                    Some((_, next)) if self.session.is_some() => self.offer(next).await,
                    // The dispatcher decides whether another session is opened for it.
                    Some((_, next)) => self.unsent(next, Unsent::Untouched).await,
                    None => Ok(None),
                }
            }
        }
    }

    /// Whether QUIT may follow the content of a session's last message: if an envelope may.
    fn may_leave_behind(&self, session: &Session) -> bool {
        !self.context.is_stopping()
            && !self.one_by_one()
            && session.capabilities().pipelining
            && self.context.joint.takes() == Some(true)
    }

    /// Waits until this message's dot may leave by the rates; false when the
    /// run stops meanwhile.
    async fn wait_for_room(&self, message: &OutboundMessage) -> bool {
        let gate = || self.context.rate_gate.as_ref();
        let now = || Instant::now().into_std();
        while let Some(Err(at)) = gate().map(|gate| gate.pass(message.recipients(), now())) {
            tokio::select! {
                biased;
                () = self.context.stopped() => return false,
                () = sleep_until(at.into()) => {}
            }
        }
        true
    }

    /// The dot never left: the intent is taken back, and both messages.
    async fn withdraw(
        &mut self,
        message: OutboundMessage,
        why: Unsent,
        next: Option<(Envelope, OutboundMessage)>,
    ) -> Next {
        let next = next.map(|(_, next)| next);
        if let Err(error) = self.context.journal.withdraw(message.recipient).await {
            self.failed(error).await?;
            return match next {
                Some(next) => self.unsent(next, Unsent::Untouched).await,
                None => Ok(None),
            };
        }
        self.unsent_with(message, why, next).await
    }

    /// Records the decision about one message and opens the next, whose
    /// envelope went along. Usually all replies come at once: then outcome and
    /// intent are one entry in the journal.
    async fn settle_and_open(
        &mut self,
        mut session: Session,
        settled: Settled,
        next: OutboundMessage,
        envelope: &Envelope,
    ) -> Next {
        let untried = session.takes_envelope_ahead().is_none();
        let decided = Decided::of(&settled);
        let mut unrecorded = Some(settled);
        let opening = {
            let mut opening = pin!(session.envelope(envelope));
            match at_once(opening.as_mut()).await {
                Some(opening) => opening,
                None => {
                    // A yes may be taken back when the count of replies turns out wrong; on a no
                    // the message might be sent again before that, so it waits.
                    let accepted =
                        |settled: &mut Settled| matches!(settled.attempt.outcome, Outcome::Accepted(_));
                    if let Some(settled) = unrecorded.take_if(accepted) {
                        self.settle(settled).await?;
                    }
                    tokio::select! {
                        biased;
                        opening = opening => opening,
                        () = self.stopped_for_long() => {
                            return self.leave(unrecorded, next, Unsent::Stopping).await;
                        }
                    }
                }
            }
        };
        if let Err(failure) = &opening
            && session.is_out_of_step()
        {
            match &mut unrecorded {
                Some(settled) => {
                    settled.attempt = decided.in_doubt(failure).attempt;
                    settled.verdict = None;
                }
                None => self.doubt(&decided, failure).await?,
            }
        }
        self.note_ahead(&session, untried, &opening).await;
        let undecided = unrecorded.take_if(|settled| settled.undecided().is_some());
        if let Some(undecided) = undecided {
            // It has no outcome yet that could be committed with the intent.
            self.settle(undecided).await?;
            if matches!(&opening, Ok(Opening::Ready { .. }))
                && let Err(error) = self.context.journal.intend(self.intent(&next)).await
            {
                return self.failed(error).await;
            }
            if let Ok(Opening::Ready { refused }) = opening {
                self.session = Some(session);
                return Ok(Some(EnvelopeAccepted {
                    refused: named(&next.message, refused),
                    message: next,
                    behind: Some(decided),
                }));
            }
        }
        let spent = |settled: &Settled| matches!(settled.verdict, Some(Verdict::QuotaSpent { .. }));
        if unrecorded.as_ref().is_some_and(spent) && matches!(opening, Ok(Opening::Ready { .. })) {
            // The next content would be refused as well, or in doubt where the relay hangs up.
            return self.leave(unrecorded, next, Unsent::Untouched).await;
        }
        match (unrecorded, opening) {
            (Some(settled), Ok(Opening::Ready { refused })) if !self.context.is_stopping() => {
                let attempt = Arc::clone(&settled.attempt);
                let intent = self.intent(&next);
                if let Err(error) = self.context.journal.record(Some(attempt), Some(intent)).await {
                    self.failed(error).await?;
                    return self.unsent(next, Unsent::Untouched).await;
                }
                self.report_settled(settled).await?;
                self.session = Some(session);
                Ok(Some(EnvelopeAccepted {
                    refused: named(&next.message, refused),
                    message: next,
                    behind: Some(decided),
                }))
            }
            (unrecorded, opening) => {
                if let Some(settled) = unrecorded {
                    self.settle(settled).await?;
                }
                if opening.is_err() && session.takes_envelope_ahead() == Some(false) {
                    // It is the place that was refused, not this message.
                    return self.unsent(next, Unsent::Untouched).await;
                }
                self.offered(session, next, opening).await
            }
        }
    }

    /// Returns when the run has been stopping for a moment.
    async fn stopped_for_long(&self) {
        self.context.stopped().await;
        tokio::time::sleep(LEAVING).await;
    }

    /// Leaves a session while the envelope behind a content is open: of this message no content is
    /// out, and the decision about the one before stands as it is.
    async fn leave(&self, unrecorded: Option<Settled>, next: OutboundMessage, why: Unsent) -> Next {
        if let Some(settled) = unrecorded {
            self.settle(settled).await?;
        }
        self.unsent(next, why).await
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
