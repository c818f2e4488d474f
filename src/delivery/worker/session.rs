//! A worker and its session: opening it, offering a message's envelope, and recording and reporting
//! the results.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::delivery::journal::{Attempt, Intent, Journal, JournalError, RefusedCopy};
use crate::delivery::outbound::OutboundMessage;
use crate::delivery::reply::{At, Outcome, Verdict, judge, judge_after};
use crate::smtp::{Opening, Phase, Reply, Session, SessionFailure, Step, Unsuitable};
use crate::words::Speak as _;

use super::context::Context;
use super::envelope::{envelope, named};
use super::halting::Watch;
use super::handoff::Handoff;
use super::limit::Limit;
use super::report::{Decided, Report, Settled, Unsent};

/// A message whose envelope was accepted: the relay waits for its content.
pub(crate) struct EnvelopeAccepted {
    pub(crate) message: OutboundMessage,
    /// Envelope recipients that were refused, and the words.
    pub(crate) refused: Vec<RefusedCopy>,
    /// The message before it, if this one's envelope followed its content: the outcome of that
    /// message is in the journal, and so is the intent of this one.
    pub(crate) behind: Option<Decided>,
}

/// There is nobody to report to any more.
pub(crate) struct DispatcherGone;

/// What a step leads to: a message whose content is next, or none.
pub(crate) type Next = Result<Option<EnvelopeAccepted>, DispatcherGone>;

/// A worker and its session.
pub(crate) struct Worker<J> {
    pub(crate) number: usize,
    pub(crate) context: Arc<Context<J>>,
    pub(crate) handoff: Arc<Handoff>,
    pub(crate) session: Option<Session>,
    /// How it gets on.
    pub(crate) watch: Watch,
    /// The session's number in this run.
    pub(crate) session_number: u64,
    /// The order that it was opened by, while the dispatcher takes it to be there.
    pub(crate) order: Option<u64>,
    /// It had nothing to do for a while before the message that comes.
    pub(crate) was_idle: bool,
}

impl<J: Journal> Worker<J> {
    pub(crate) fn new(number: usize, context: Arc<Context<J>>, handoff: Arc<Handoff>) -> Self {
        Self {
            number,
            context,
            handoff,
            session: None,
            watch: Watch::default(),
            session_number: 0,
            order: None,
            was_idle: false,
        }
    }

    /// Messages a session takes at most.
    pub(crate) fn most(&self) -> u32 {
        self.context
            .messages_per_connection
            .load(Ordering::Relaxed)
            .max(1)
    }

    /// Offers a message to the relay; when its content may follow, it comes back.
    pub(crate) async fn offer(&mut self, message: OutboundMessage) -> Next {
        let context = Arc::clone(&self.context);
        let Some(mut session) = self.session.take() else {
            return self.unsent(message, Unsent::Untouched).await;
        };
        if context.is_stopping() {
            return self.unsent(message, Unsent::Stopping).await;
        }
        if session.messages() == 0 && context.come_anew.load(Ordering::Relaxed) >= self.session_number {
            self.session = Some(session);
            self.end().await;
            return self.unsent(message, Unsent::Untouched).await;
        }
        let idle = std::mem::take(&mut self.was_idle);
        session.say_one_by_one(self.one_by_one());
        let wanted = envelope(&message.message);
        // No content is out: leaving in the middle loses nothing.
        let opening = tokio::select! {
            biased;
            opening = session.envelope(&wanted) => opening,
            () = context.stopped() => return self.unsent(message, Unsent::Stopping).await,
        };
        if idle && has_ended(&opening) {
            // It ended while there was nothing to do: it is over, not used up, and nothing is wrong.
            return self.unsent(message, Unsent::Untouched).await;
        }
        if opening.is_ok() {
            self.note_alone(&session).await;
        }
        self.offered(session, message, opening).await
    }

    /// The result of an envelope: it is accepted, settled, or goes back.
    pub(crate) async fn offered(
        &mut self,
        session: Session,
        message: OutboundMessage,
        opening: Result<Opening, SessionFailure>,
    ) -> Next {
        if self.lost_flight(&session, opening.is_ok()).await {
            return self.unsent(message, Unsent::Untouched).await;
        }
        // The session is kept only when all replies are read: a failure (or the end of this
        // task) on the way closes it.
        let taken = session.messages();
        if session.is_usable() {
            self.session = Some(session);
        }
        match opening {
            Ok(Opening::Ready { refused }) => Ok(Some(EnvelopeAccepted {
                refused: named(&message.message, refused),
                message,
                behind: None,
            })),
            Ok(Opening::Refused { step, reply, .. }) => {
                let verdict = judge_after(step.into(), &reply, taken);
                match Outcome::of_refusal(verdict, &reply) {
                    Some(outcome) => self.settle_unsent(message, outcome, Some(verdict)).await,
                    None => {
                        if verdict == Verdict::ConnectionSpent {
                            let limit = if judge(step.into(), &reply) == verdict {
                                Limit::Said
                            } else {
                                Limit::at(step == Step::Mail)
                            };
                            self.connection_spent(taken, limit).await;
                        } else if taken == 0 && matches!(verdict, Verdict::Throttled { .. }) {
                            self.leave_to_come_anew().await;
                        }
                        let at = step.into();
                        self.unsent(message, Unsent::Relay { at, reply, verdict }).await
                    }
                }
            }
            Ok(Opening::Unsuitable(why)) => self.unsuitable(message, why).await,
            Err(failure) if failure.is_hang_up() && taken > 0 => {
                let limit = Limit::at(failure.phase == Phase::Mail);
                self.connection_spent(taken, limit).await;
                self.unsent(message, Unsent::Untouched).await
            }
            Err(failure) => {
                let died = Unsent::SessionDied(self.session_number, failure);
                self.unsent(message, died).await
            }
        }
    }

    /// This session cannot take the message. A relay may be several machines
    /// that do not offer the same: the next session may be with another.
    async fn unsuitable(&mut self, message: OutboundMessage, why: Unsuitable) -> Next {
        if why.is_of_the_message() {
            let outcome = Outcome::Rejected(Reply::ours(why.said()));
            return self.settle_unsent(message, outcome, None).await;
        }
        let again = self.context.offers.may_suit(&why);
        if again {
            self.quit().await;
        }
        self.unsent(message, Unsent::Unsuitable { why, again }).await
    }

    /// This connection has taken as many messages as the relay wants over one,
    /// or just as many. Where it said so, or hung up between messages after as
    /// many twice, the next ones get no more.
    pub(crate) async fn connection_spent(&mut self, taken: u32, limit: Limit) {
        let learned = match limit {
            Limit::Said => true,
            Limit::Perhaps => {
                let newest = self.context.sessions.load(Ordering::Relaxed);
                self.context.hung_up.again(taken, self.session_number, newest)
            }
            Limit::No => false,
        };
        if learned {
            self.context
                .messages_per_connection
                .fetch_min(taken.max(1), Ordering::Relaxed);
        }
        self.end().await;
    }

    /// Over this session nothing was taken, and all is refused for now. Postfix's postscreen lets
    /// nobody through on the session of its test, but who connects again: that holds for all others
    /// that are open and have sent nothing.
    async fn leave_to_come_anew(&mut self) {
        let newest = self.context.sessions.load(Ordering::Relaxed);
        self.context.come_anew.fetch_max(newest, Ordering::Relaxed);
        self.end().await;
    }

    pub(crate) fn intent(&self, message: &OutboundMessage) -> Intent {
        Intent {
            recipient: message.recipient,
            session: self.session_number,
            relay: Arc::clone(&self.context.relay),
            date: message.date,
            digest: message.message.content.digest,
            message_id: message.message.message_id.clone(),
            refused: Vec::new(),
        }
    }

    pub(crate) fn attempt(
        &self,
        message: &OutboundMessage,
        outcome: Outcome,
        refused: Vec<RefusedCopy>,
    ) -> Arc<Attempt> {
        Arc::new(Attempt {
            recipient: message.recipient,
            session: self.session_number,
            relay: Arc::clone(&self.context.relay),
            outcome,
            message_id: message.message.message_id.clone(),
            row: message.row,
            number: message.attempts + 1,
            refused,
        })
    }

    /// An attempt that ended before any content.
    async fn settle_unsent(
        &self,
        message: OutboundMessage,
        outcome: Outcome,
        verdict: Option<Verdict>,
    ) -> Next {
        let settled = Settled {
            attempt: self.attempt(&message, outcome, Vec::new()),
            message,
            verdict,
            after_content: false,
        };
        self.settle(settled).await.map(|()| None)
    }

    /// Records an attempt and reports it.
    pub(crate) async fn settle(&self, settled: Settled) -> Result<(), DispatcherGone> {
        if let Some(verdict) = settled.undecided() {
            return self.turned_away(settled, verdict).await;
        }
        match self.context.journal.settle(Arc::clone(&settled.attempt)).await {
            Ok(()) => self.report_settled(settled).await,
            Err(error) => self.failed(error).await.map(drop),
        }
    }

    /// The reply to this attempt cannot be relied on: records that, and reports it.
    pub(crate) async fn doubt(
        &self,
        decided: &Decided,
        failure: &SessionFailure,
    ) -> Result<(), DispatcherGone> {
        let doubted = decided.in_doubt(failure);
        match self.context.journal.doubt(Arc::clone(&doubted.attempt)).await {
            Ok(()) => {
                let worker = self.number;
                self.report(Report::Doubted { worker, doubted }).await
            }
            Err(error) => self.failed(error).await.map(drop),
        }
    }

    /// A content was refused, and whom that means is not clear: nobody has it,
    /// and no outcome is recorded yet.
    async fn turned_away(&self, settled: Settled, verdict: Verdict) -> Result<(), DispatcherGone> {
        let Settled { message, attempt, .. } = settled;
        let journal = &self.context.journal;
        let noted = if verdict.is_to_be_weighed() {
            journal.hold(Arc::clone(&attempt)).await
        } else {
            journal.withdraw(message.recipient).await
        };
        if let Err(error) = noted {
            return self.failed(error).await.map(drop);
        }
        let reply = attempt.outcome.reply().clone();
        let at = At::Content;
        self.unsent(message, Unsent::Relay { at, reply, verdict })
            .await
            .map(drop)
    }

    pub(crate) async fn report_settled(&self, settled: Settled) -> Result<(), DispatcherGone> {
        // Whether and when another session is opened is not decided here.
        let concerns_the_relay = settled.verdict.is_none_or(Verdict::concerns_the_relay);
        let returned = if concerns_the_relay {
            self.returned(None)
        } else {
            Vec::new()
        };
        let worker = self.number;
        self.report(Report::Settled {
            worker,
            settled,
            returned,
        })
        .await
    }

    /// Reports a message that goes back, nothing of it sent.
    pub(crate) async fn unsent(&self, message: OutboundMessage, why: Unsent) -> Next {
        self.unsent_with(message, why, None).await
    }

    /// The same, with the message that was next and is not begun.
    pub(crate) async fn unsent_with(
        &self,
        message: OutboundMessage,
        why: Unsent,
        next: Option<OutboundMessage>,
    ) -> Next {
        let returned = self.returned(next);
        let worker = self.number;
        self.report(Report::Unsent {
            worker,
            message,
            why,
            returned,
        })
        .await
        .map(|()| None)
    }

    /// What lies ready, in its order, behind what was taken from there last.
    fn returned(&self, next: Option<OutboundMessage>) -> Vec<OutboundMessage> {
        next.into_iter()
            .chain(std::iter::from_fn(|| self.handoff.take()))
            .collect()
    }

    /// Reports that the journal failed under a message.
    pub(crate) async fn failed(&self, error: JournalError) -> Next {
        let worker = self.number;
        self.report(Report::Failed { worker, error }).await.map(|()| None)
    }

    pub(crate) async fn report(&self, report: Report) -> Result<(), DispatcherGone> {
        let sent = self.context.reports.send(report).await;
        sent.map_err(|_| DispatcherGone)
    }
}

/// Whether the session was over before the message: the relay hung up, or says that it does.
fn has_ended(opening: &Result<Opening, SessionFailure>) -> bool {
    match opening {
        Ok(Opening::Refused { step, reply, .. }) => *step == Step::Mail && reply.code() == Some(421),
        Ok(Opening::Ready { .. } | Opening::Unsuitable(_)) => false,
        Err(failure) => failure.is_hang_up() && failure.phase == Phase::Mail,
    }
}
