//! A worker: one task, one session, one letter after the other.
//!
//! While a letter's content is under way the next one's envelope may go with
//! it, in the same flight; then one round trip is one message. The order of
//! records stays the same: a letter's intent is in the journal when its 354 is
//! there and before the first octet of its content leaves, the outcome of the
//! one before goes with it.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::task::Poll;
use std::time::{Duration, Instant};

use secrecy::SecretString;
use tokio::sync::{mpsc, watch};

use crate::smtp::{
    Cause, Content, Endpoint, Envelope, Opening, Phase, Pipelining, Reply, Session, SessionFailure, Step,
};

use super::desk::Desk;
use super::lane::Lane;
use super::outcome::{Outcome, Words, of_unsuitable};
use super::pace::DotGate;
use super::rules::{self, At, Verdict};
use super::{Attempt, Intent, Journal, JournalError, Letter, Renew};

/// A session that nothing was sent over for so long is closed: relays count
/// idle ones against us.
const IDLE: Duration = Duration::from_secs(20);

/// What a worker tells the dispatcher.
pub(super) enum Report {
    /// The attempt is over and recorded.
    Settled { worker: usize, settled: Settled },
    /// The letter was not sent, and nobody can have it: it goes back.
    Unsent {
        worker: usize,
        letter: Letter,
        why: Unsent,
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
pub(super) struct Settled {
    pub(super) letter: Letter,
    pub(super) outcome: Outcome,
    /// What the relay's reply means; `None` where there was none.
    pub(super) verdict: Option<Verdict>,
    /// The content was handed over.
    pub(super) after_content: bool,
    /// Other envelope recipients that were refused, and the words.
    pub(super) refused: Vec<(String, Reply)>,
}

impl Settled {
    /// Before any content.
    pub(super) fn at_envelope(letter: Letter, outcome: Outcome, verdict: Option<Verdict>) -> Self {
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
pub(super) enum Unsent {
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
pub(super) struct Shared<J> {
    pub(super) journal: Arc<J>,
    pub(super) relay: Arc<str>,
    pub(super) endpoint: Endpoint,
    pub(super) renew: Option<Renew>,
    /// Messages after which a session is replaced; lowered when the relay says so.
    pub(super) messages_per_connection: AtomicU32,
    /// An envelope behind a content works with this relay.
    pub(super) ahead_works: AtomicBool,
    /// It does not.
    pub(super) ahead_refused: AtomicBool,
    pub(super) dots: Option<DotGate>,
    /// Sessions of the run so far, of all relays.
    pub(super) sessions: Arc<AtomicU64>,
    pub(super) reports: mpsc::Sender<Report>,
    /// True once nothing new may go out.
    pub(super) stopping: watch::Receiver<bool>,
}

impl<J> Shared<J> {
    /// What the workers of this lane share.
    pub(super) fn of(
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
    async fn stopped(&self) {
        let mut stopping = self.stopping.clone();
        if stopping.wait_for(|stopping| *stopping).await.is_err() {
            // The dispatcher is gone, and with it whoever could send.
        }
    }

    fn is_stopping(&self) -> bool {
        *self.stopping.borrow()
    }

    /// How a session is opened now: with what was learned of the relay, and a
    /// token that is still good.
    async fn endpoint(&self) -> Result<Endpoint, SessionFailure> {
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

/// A letter whose envelope was accepted: the relay waits for its content.
struct Opened {
    letter: Letter,
    /// Envelope recipients that were refused, and the words.
    refused: Vec<(String, Reply)>,
    /// Its intent is in the journal already.
    intended: bool,
}

/// The dispatcher is gone: there is nobody to report to.
struct Gone;

/// Works off letters until there are no more.
pub(super) async fn run<J: Journal>(worker: usize, shared: Arc<Shared<J>>, desk: Arc<Desk>) {
    let mut work = Work {
        worker,
        shared,
        desk,
        session: None,
        number: 0,
    };
    let mut opened = None;
    loop {
        let worked = match opened.take() {
            Some(letter) => work.hand_over(letter).await,
            None => match tokio::time::timeout(IDLE, work.desk.next()).await {
                Ok(Some(letter)) => work.open(letter).await,
                Ok(None) => break,
                Err(_) => {
                    work.close().await;
                    continue;
                }
            },
        };
        match worked {
            Ok(next) => opened = next,
            Err(Gone) => break,
        }
    }
    work.close().await;
}

struct Work<J> {
    worker: usize,
    shared: Arc<Shared<J>>,
    desk: Arc<Desk>,
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

    fn most(&self) -> u32 {
        self.shared.messages_per_connection.load(Ordering::Relaxed)
    }

    /// A session that can take a message; an old one is replaced.
    async fn session(&mut self) -> Result<Session, SessionFailure> {
        if let Some(session) = self.session.take() {
            if session.is_usable() && session.messages() < self.most() {
                return Ok(session);
            }
            session.quit().await;
        }
        let endpoint = self.shared.endpoint().await?;
        let session = Session::open(&endpoint).await?;
        self.number = self.shared.sessions.fetch_add(1, Ordering::Relaxed) + 1;
        // A dispatcher that is gone is noticed at the next report.
        let connected = Report::Connected { worker: self.worker };
        let _ = self.shared.reports.send(connected).await;
        Ok(session)
    }

    /// Says a letter's envelope; when its content may follow, it comes back.
    async fn open(&mut self, letter: Letter) -> Result<Option<Opened>, Gone> {
        let shared = Arc::clone(&self.shared);
        let mut session = tokio::select! {
            biased;
            () = shared.stopped() => return self.unsent(letter, Unsent::Stopping).await,
            session = self.session() => match session {
                Ok(session) => session,
                Err(failure) => return self.unsent(letter, Unsent::NoSession(failure)).await,
            },
        };
        let opening = session.envelope(&envelope(&letter)).await;
        self.opened(session, letter, opening).await
    }

    /// What an envelope came to: the letter is open, settled, or goes back.
    async fn opened(
        &mut self,
        session: Session,
        letter: Letter,
        opening: Result<Opening, SessionFailure>,
    ) -> Result<Option<Opened>, Gone> {
        // The session is kept only when all replies are read: a failure (or the end of this
        // task) on the way closes it.
        if session.is_usable() {
            self.session = Some(session);
        }
        match opening {
            Ok(Opening::Ready { refused }) => Ok(Some(Opened {
                refused: named(&letter, refused),
                letter,
                intended: false,
            })),
            Ok(Opening::Refused { step, reply, .. }) => {
                let verdict = rules::judge(at(step), &reply);
                match Outcome::of_refusal(verdict, &reply) {
                    Some(outcome) => {
                        self.settle(Settled::at_envelope(letter, outcome, Some(verdict)))
                            .await?;
                        Ok(None)
                    }
                    None => {
                        if verdict == Verdict::ConnectionSpent {
                            self.connection_spent().await;
                        }
                        let words = (&reply).into();
                        self.unsent(letter, Unsent::Relay { step, words, verdict }).await
                    }
                }
            }
            Ok(Opening::Unsuitable(why)) => {
                self.settle(Settled::at_envelope(letter, of_unsuitable(&why), None))
                    .await?;
                Ok(None)
            }
            Err(failure) => self.unsent(letter, Unsent::SessionDied(failure)).await,
        }
    }

    /// The relay wants no more messages over this connection; the next ones
    /// get fewer.
    async fn connection_spent(&mut self) {
        let Some(session) = self.session.take() else {
            return;
        };
        let taken = session.messages().max(1);
        self.shared
            .messages_per_connection
            .fetch_min(taken, Ordering::Relaxed);
        session.quit().await;
    }

    /// Hands over the content of an open letter, with the next one's envelope
    /// behind it where one lies ready. What that opens comes back.
    async fn hand_over(&mut self, opened: Opened) -> Result<Option<Opened>, Gone> {
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
        if let Some(dots) = &self.shared.dots {
            let recipients = u32::try_from(letter.message.recipients.len()).unwrap_or(u32::MAX);
            let at = dots.pass(recipients, Instant::now());
            tokio::select! {
                biased;
                () = self.shared.stopped() => {
                    if let Err(error) = self.shared.journal.withdraw(letter.recipient).await {
                        return self.failed(error).await;
                    }
                    return self.unsent(letter, Unsent::Stopping).await;
                }
                () = tokio::time::sleep_until(at.into()) => {}
            }
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
                let verdict = rules::judge(At::Content, reply);
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
                if settled.verdict.is_none_or(Verdict::concerns_the_relay) {
                    self.clear_desk().await?;
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

    /// The dot never left: the intent is taken back, and both letters.
    async fn withdraw(
        &mut self,
        letter: Letter,
        decision: Result<Reply, SessionFailure>,
        next: Option<(Envelope, Letter)>,
    ) -> Result<Option<Opened>, Gone> {
        if let Err(error) = self.shared.journal.withdraw(letter.recipient).await {
            return self.failed(error).await;
        }
        if let Some((_, next)) = next {
            self.unsent(next, Unsent::Untouched).await?;
        }
        match decision {
            Err(failure) => self.unsent(letter, Unsent::SessionDied(failure)).await,
            Ok(_) => self.unsent(letter, Unsent::Untouched).await,
        }
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
                    return self.failed(error).await;
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

    fn intent(&self, letter: &Letter) -> Intent {
        Intent {
            recipient: letter.recipient,
            session: self.number,
            relay: Arc::clone(&self.shared.relay),
            date: letter.date,
            digest: letter.message.content.digest,
            message_id: letter.message.message_id.clone(),
        }
    }

    fn attempt(&self, settled: &Settled) -> Attempt {
        Attempt {
            recipient: settled.letter.recipient,
            session: self.number,
            relay: Arc::clone(&self.shared.relay),
            outcome: settled.outcome.clone(),
            message_id: settled.letter.message.message_id.clone(),
            refused: settled.refused.clone(),
        }
    }

    async fn settle(&self, settled: Settled) -> Result<(), Gone> {
        match self.shared.journal.settle(self.attempt(&settled)).await {
            Ok(()) => self.report_settled(settled).await,
            Err(error) => self.failed(error).await.map(drop),
        }
    }

    async fn report_settled(&self, settled: Settled) -> Result<(), Gone> {
        let worker = self.worker;
        self.report(Report::Settled { worker, settled }).await
    }

    async fn unsent(&self, letter: Letter, why: Unsent) -> Result<Option<Opened>, Gone> {
        self.clear_desk().await?;
        let worker = self.worker;
        self.report(Report::Unsent { worker, letter, why })
            .await
            .map(|()| None)
    }

    /// What lies ready goes back as well: whether and when another session is
    /// opened is not decided here.
    async fn clear_desk(&self) -> Result<(), Gone> {
        let worker = self.worker;
        while let Some(letter) = self.desk.take() {
            let why = Unsent::Untouched;
            self.report(Report::Unsent { worker, letter, why }).await?;
        }
        Ok(())
    }

    async fn failed(&self, error: JournalError) -> Result<Option<Opened>, Gone> {
        self.report(Report::Failed { error }).await.map(|()| None)
    }

    async fn report(&self, report: Report) -> Result<(), Gone> {
        self.shared.reports.send(report).await.map_err(|_| Gone)
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

fn envelope(letter: &Letter) -> Envelope {
    Envelope {
        from: Some(letter.message.return_path.clone()),
        to: letter.message.recipients.clone(),
        size: letter.message.content.len(),
        eight_bit: letter.message.is_eight_bit(),
    }
}

/// Refused envelope recipients by their addresses.
fn named(letter: &Letter, refused: Vec<(usize, Reply)>) -> Vec<(String, Reply)> {
    let address = |i: usize| letter.message.recipients.get(i).map(ToString::to_string);
    refused
        .into_iter()
        .filter_map(|(i, reply)| Some((address(i)?, reply)))
        .collect()
}

fn at(step: Step) -> At {
    match step {
        Step::Mail => At::Mail,
        Step::Rcpt => At::Rcpt,
        Step::Data => At::Data,
    }
}
