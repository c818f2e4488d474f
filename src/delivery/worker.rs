//! A worker: one task, one session, one letter at a time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::{mpsc, watch};

use crate::smtp::{Endpoint, Envelope, Opening, Session, SessionFailure, Step};

use super::outcome::{Outcome, Refusal, Words, of_content, of_refusal, of_unsuitable};
use super::{Attempt, Intent, Journal, JournalError, Letter};

/// A session that nothing was sent over for so long is closed: relays count
/// idle ones against us.
const IDLE: Duration = Duration::from_secs(20);

/// What a worker tells the dispatcher; each says that it is free again.
pub(super) enum Report {
    /// The attempt is over and recorded.
    Settled {
        worker: usize,
        letter: Letter,
        outcome: Outcome,
        after_content: bool,
    },
    /// The letter was not sent, and nobody can have it: it goes back.
    Unsent {
        worker: usize,
        letter: Letter,
        why: Unsent,
    },
    /// The journal failed: nothing may leave.
    Failed { error: JournalError },
    /// A session was opened. The worker is still at work.
    Connected,
}

/// Why a letter comes back.
pub(super) enum Unsent {
    /// No session could be opened.
    NoSession(SessionFailure),
    /// The relay turns everybody away.
    Relay { step: Option<Step>, words: Words },
    /// The session died before the dot.
    SessionDied(SessionFailure),
    /// The run is being stopped.
    Stopping,
}

/// What all workers share.
pub(super) struct Shared<J> {
    pub(super) journal: Arc<J>,
    pub(super) endpoint: Endpoint,
    pub(super) messages_per_connection: u32,
    pub(super) sessions: AtomicU64,
    pub(super) reports: mpsc::Sender<Report>,
    /// True once nothing new may go out.
    pub(super) stopping: watch::Sender<bool>,
}

impl<J> Shared<J> {
    /// Returns when nothing new may go out.
    async fn stopped(&self) {
        // The sender is ours: it cannot be gone.
        let _ = self.stopping.subscribe().wait_for(|stopping| *stopping).await;
    }
}

/// Works off letters until there are no more.
pub(super) async fn run<J: Journal>(
    worker: usize,
    shared: Arc<Shared<J>>,
    mut letters: mpsc::Receiver<Letter>,
) {
    let mut work = Work {
        worker,
        shared,
        session: None,
        number: 0,
    };
    loop {
        let letter = match tokio::time::timeout(IDLE, letters.recv()).await {
            Ok(Some(letter)) => letter,
            Ok(None) => break,
            Err(_) => {
                work.close().await;
                continue;
            }
        };
        let report = work.deliver(letter).await;
        if work.shared.reports.send(report).await.is_err() {
            break;
        }
    }
    work.close().await;
}

struct Work<J> {
    worker: usize,
    shared: Arc<Shared<J>>,
    session: Option<Session>,
    /// The session's number in this run.
    number: u64,
}

impl<J: Journal> Work<J> {
    async fn close(&mut self) {
        if let Some(session) = self.session.take() {
            session.quit().await;
        }
    }

    /// A session that can take a message; an old one is replaced.
    async fn session(&mut self) -> Result<Session, SessionFailure> {
        if let Some(session) = self.session.take() {
            if session.is_usable() && session.messages() < self.shared.messages_per_connection {
                return Ok(session);
            }
            session.quit().await;
        }
        let session = Session::open(&self.shared.endpoint).await?;
        self.number = self.shared.sessions.fetch_add(1, Ordering::Relaxed) + 1;
        // The dispatcher lives as long as its workers have letters.
        let _ = self.shared.reports.send(Report::Connected).await;
        Ok(session)
    }

    async fn deliver(&mut self, letter: Letter) -> Report {
        let shared = Arc::clone(&self.shared);
        let mut session = tokio::select! {
            biased;
            () = shared.stopped() => return self.unsent(letter, Unsent::Stopping),
            session = self.session() => match session {
                Ok(session) => session,
                Err(failure) => return self.unsent(letter, Unsent::NoSession(failure)),
            },
        };
        // The session is put back only when all replies are read: a failure
        // (or the end of this task) on the way closes it.
        let report = self.transact(&mut session, letter).await;
        let stopping = matches!(
            &report,
            Report::Unsent {
                why: Unsent::Stopping,
                ..
            }
        );
        if session.is_usable() && !stopping {
            self.session = Some(session);
        }
        report
    }

    async fn transact(&self, session: &mut Session, letter: Letter) -> Report {
        let envelope = Envelope {
            from: Some(letter.message.return_path.clone()),
            to: letter.message.recipients.clone(),
            size: letter.message.content.len(),
            eight_bit: letter.message.is_eight_bit(),
        };
        let refused = match session.envelope(&envelope).await {
            Ok(Opening::Ready { refused }) => refused,
            Ok(Opening::Refused { step, reply, .. }) => {
                return match of_refusal(step, &reply) {
                    Refusal::Recipient(outcome) => self.settled(letter, outcome, false, Vec::new()).await,
                    Refusal::Relay => self.unsent(
                        letter,
                        Unsent::Relay {
                            step: Some(step),
                            words: (&reply).into(),
                        },
                    ),
                };
            }
            Ok(Opening::Unsuitable(why)) => {
                return self.settled(letter, of_unsuitable(&why), false, Vec::new()).await;
            }
            Err(failure) => return self.unsent(letter, Unsent::SessionDied(failure)),
        };
        let refused = refused
            .into_iter()
            .filter_map(|(i, reply)| envelope.to.get(i).map(|a| (a.to_string(), reply)))
            .collect();
        if *self.shared.stopping.borrow() {
            // With the 354 there, only closing is possible: nothing was sent.
            return self.unsent(letter, Unsent::Stopping);
        }
        let intent = Intent {
            recipient: letter.recipient,
            session: self.number,
            date: letter.date,
            digest: letter.digest,
            message_id: letter.message.message_id.clone(),
        };
        if let Err(error) = self.shared.journal.intend(intent).await {
            return Report::Failed { error };
        }
        match session.content(letter.message.content.as_slice().into()).await {
            Ok(reply) => self.settled(letter, of_content(&reply), true, refused).await,
            Err(failure) if failure.may_have_been_delivered() => {
                let words = Words::ours(failure.to_string());
                self.settled(letter, Outcome::InDoubt(words), true, refused).await
            }
            // The dot never left: the intent is taken back.
            Err(failure) => match self.shared.journal.withdraw(letter.recipient).await {
                Ok(()) => self.unsent(letter, Unsent::SessionDied(failure)),
                Err(error) => Report::Failed { error },
            },
        }
    }

    fn unsent(&self, letter: Letter, why: Unsent) -> Report {
        Report::Unsent {
            worker: self.worker,
            letter,
            why,
        }
    }

    async fn settled(
        &self,
        letter: Letter,
        outcome: Outcome,
        after_content: bool,
        refused: Vec<(String, crate::smtp::Reply)>,
    ) -> Report {
        let attempt = Attempt {
            recipient: letter.recipient,
            session: self.number,
            outcome: outcome.clone(),
            message_id: letter.message.message_id.clone(),
            refused,
        };
        match self.shared.journal.settle(attempt).await {
            Ok(()) => Report::Settled {
                worker: self.worker,
                letter,
                outcome,
                after_content,
            },
            Err(error) => Report::Failed { error },
        }
    }
}
