//! What the workers of a relay share, and what they tell the dispatcher.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

use secrecy::SecretString;
use tokio::sync::{mpsc, watch};

use crate::smtp::{Cause, Endpoint, Phase, Pipelining, Reply, SessionFailure, Step};

use crate::delivery::relay::DotGate;
use crate::delivery::relay::Lane;
use crate::delivery::reply::Verdict;
use crate::delivery::reply::{Outcome, Words};
use crate::delivery::{JournalError, Letter, Renew};

/// What a worker tells the dispatcher.
pub(crate) enum Report {
    /// The attempt is over and recorded.
    Settled {
        worker: usize,
        settled: Settled,
        /// Letters that lay ready and go back: the relay has said something
        /// that the dispatcher is to think about first.
        returned: Vec<Letter>,
    },
    /// The letter was not sent, and nobody can have it: it goes back, with
    /// those that lay ready behind it.
    Unsent {
        worker: usize,
        letter: Letter,
        why: Unsent,
        returned: Vec<Letter>,
    },
    /// The journal failed: nothing may leave.
    Failed { error: JournalError },
    /// A session was opened. The worker is still at work.
    Connected { worker: usize },
    /// The relay does not take an envelope behind a content. `said` where it
    /// said so itself, and did not just hang up.
    NoEnvelopeAhead { worker: usize, said: bool },
}

/// An attempt that is over.
pub(crate) struct Settled {
    pub(crate) letter: Letter,
    pub(crate) outcome: Outcome,
    /// What the relay's reply means; `None` where there was none.
    pub(crate) verdict: Option<Verdict>,
    /// The content was handed over.
    pub(crate) after_content: bool,
    /// Other envelope recipients that were refused, and the words.
    pub(crate) refused: Vec<(String, Reply)>,
}

impl Settled {
    /// Before any content.
    pub(crate) fn at_envelope(letter: Letter, outcome: Outcome, verdict: Option<Verdict>) -> Self {
        Self {
            letter,
            outcome,
            verdict,
            after_content: false,
            refused: Vec::new(),
        }
    }
}

/// Why a letter comes back.
pub(crate) enum Unsent {
    /// No session could be opened.
    NoSession(SessionFailure),
    /// The relay turns everybody away, or this session.
    Relay {
        step: Step,
        words: Words,
        verdict: Verdict,
    },
    /// The session died under this letter, before its dot.
    SessionDied(SessionFailure),
    /// The session ended before this letter was begun in earnest: not its doing.
    Untouched,
    /// The run is being stopped.
    Stopping,
}

/// What the workers of one relay share.
pub(crate) struct Shared<J> {
    pub(crate) journal: Arc<J>,
    pub(crate) relay: Arc<str>,
    pub(crate) endpoint: Endpoint,
    pub(crate) renew: Option<Renew>,
    /// Messages after which a session is replaced; lowered when the relay says so.
    pub(crate) messages_per_connection: AtomicU32,
    /// An envelope behind a content works with this relay.
    pub(crate) ahead_works: AtomicBool,
    /// It does not.
    pub(crate) ahead_refused: AtomicBool,
    pub(crate) dots: Option<DotGate>,
    /// Sessions of the run so far, of all relays.
    pub(crate) sessions: Arc<AtomicU64>,
    pub(crate) reports: mpsc::Sender<Report>,
    /// True once nothing new may go out.
    pub(crate) stopping: watch::Receiver<bool>,
}

impl<J> Shared<J> {
    /// What the workers of this lane share.
    pub(crate) fn of(
        lane: &Lane,
        journal: &Arc<J>,
        sessions: &Arc<AtomicU64>,
        reports: &mpsc::Sender<Report>,
        stopping: &watch::Receiver<bool>,
    ) -> Self {
        let plan = &lane.plan;
        Self {
            journal: Arc::clone(journal),
            relay: Arc::clone(&plan.name),
            endpoint: plan.endpoint.clone(),
            renew: plan.renew.clone(),
            messages_per_connection: AtomicU32::new(plan.messages_per_connection.max(1)),
            ahead_works: AtomicBool::new(false),
            ahead_refused: AtomicBool::new(!lane.joins),
            dots: DotGate::new(&plan.rates),
            sessions: Arc::clone(sessions),
            reports: reports.clone(),
            stopping: stopping.clone(),
        }
    }

    /// Returns when nothing new may go out.
    pub(crate) async fn stopped(&self) {
        let mut stopping = self.stopping.clone();
        if stopping.wait_for(|stopping| *stopping).await.is_err() {
            // The dispatcher is gone, and with it whoever could send.
        }
    }

    pub(crate) fn is_stopping(&self) -> bool {
        *self.stopping.borrow()
    }

    /// How a session is opened now: with what was learned of the relay, and a
    /// token that is still good.
    pub(crate) async fn endpoint(&self) -> Result<Endpoint, SessionFailure> {
        let mut endpoint = self.endpoint.clone();
        if matches!(endpoint.pipelining, Pipelining::Full { .. }) {
            endpoint.pipelining = if self.ahead_refused.load(Ordering::Relaxed) {
                Pipelining::Envelope
            } else {
                Pipelining::Full {
                    proven: self.ahead_works.load(Ordering::Relaxed),
                }
            };
        }
        if let (Some(renew), Some(login)) = (&self.renew, &mut endpoint.login) {
            login.secret = renewed(Arc::clone(renew))
                .await
                .map_err(|words| SessionFailure::new(Phase::Auth, Cause::Io(std::io::Error::other(words))))?;
        }
        Ok(endpoint)
    }
}

/// A secret that is still good; asking for it may take a request over the network.
async fn renewed(renew: Renew) -> Result<SecretString, String> {
    match tokio::task::spawn_blocking(move || renew()).await {
        Ok(secret) => secret,
        Err(panic) => Err(panic.to_string()),
    }
}
