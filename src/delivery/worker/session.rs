//! A worker: one task, one session, one letter after the other.
//!
//! While a letter's content is under way the next one's envelope may go with
//! it, in the same flight; then one round trip is one message. The order of
//! records stays the same: a letter's intent is in the journal when its 354 is
//! there and before the first octet of its content leaves, the outcome of the
//! one before goes with it.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::campaign::Notify;
use crate::smtp::{Envelope, Opening, Reply, Reports, Session, SessionFailure, Step};

use super::handoff::Desk;
use super::report::{Report, Settled, Shared, Unsent};
use crate::delivery::reply::{self, At, Verdict};
use crate::delivery::reply::{Outcome, of_unsuitable};
use crate::delivery::{Attempt, Intent, Journal, JournalError, Letter};

/// A session that nothing was sent over for so long is closed: relays count
/// idle ones against us.
const IDLE: Duration = Duration::from_secs(20);

/// A letter whose envelope was accepted: the relay waits for its content.
pub(crate) struct Opened {
    pub(crate) letter: Letter,
    /// Envelope recipients that were refused, and the words.
    pub(crate) refused: Vec<(String, Reply)>,
    /// Its intent is in the journal already.
    pub(crate) intended: bool,
}

/// The dispatcher is gone: there is nobody to report to.
pub(crate) struct Gone;

/// Works off letters until there are no more.
pub(crate) async fn run<J: Journal>(worker: usize, shared: Arc<Shared<J>>, desk: Arc<Desk>) {
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

pub(crate) struct Work<J> {
    pub(crate) worker: usize,
    pub(crate) shared: Arc<Shared<J>>,
    pub(crate) desk: Arc<Desk>,
    pub(crate) session: Option<Session>,
    /// The session's number in this run.
    number: u64,
}

impl<J: Journal> Work<J> {
    async fn close(&mut self) {
        if let Some(session) = self.session.take() {
            session.quit().await;
        }
    }

    pub(crate) fn most(&self) -> u32 {
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
    pub(crate) async fn open(&mut self, letter: Letter) -> Result<Option<Opened>, Gone> {
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
    pub(crate) async fn opened(
        &mut self,
        session: Session,
        letter: Letter,
        opening: Result<Opening, SessionFailure>,
    ) -> Result<Option<Opened>, Gone> {
        // The session is kept only when all replies are read: a failure (or the end of this
        // task) on the way closes it.
        let taken = session.messages();
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
                let verdict = judge(at(step), &reply, taken);
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
    pub(crate) async fn connection_spent(&mut self) {
        let Some(session) = self.session.take() else {
            return;
        };
        let taken = session.messages().max(1);
        self.shared
            .messages_per_connection
            .fetch_min(taken, Ordering::Relaxed);
        session.quit().await;
    }

    pub(crate) fn intent(&self, letter: &Letter) -> Intent {
        Intent {
            recipient: letter.recipient,
            session: self.number,
            relay: Arc::clone(&self.shared.relay),
            date: letter.date,
            digest: letter.message.content.digest,
            message_id: letter.message.message_id.clone(),
        }
    }

    pub(crate) fn attempt(&self, settled: &Settled) -> Attempt {
        Attempt {
            recipient: settled.letter.recipient,
            session: self.number,
            relay: Arc::clone(&self.shared.relay),
            outcome: settled.outcome.clone(),
            message_id: settled.letter.message.message_id.clone(),
            refused: settled.refused.clone(),
        }
    }

    pub(crate) async fn settle(&self, settled: Settled) -> Result<(), Gone> {
        match self.shared.journal.settle(self.attempt(&settled)).await {
            Ok(()) => self.report_settled(settled).await,
            Err(error) => self.failed(error).await.map(drop),
        }
    }

    pub(crate) async fn report_settled(&self, settled: Settled) -> Result<(), Gone> {
        // Whether and when another session is opened is not decided here.
        let told = settled.verdict.is_none_or(Verdict::concerns_the_relay);
        let returned = if told { self.returned(None) } else { Vec::new() };
        let worker = self.worker;
        self.report(Report::Settled {
            worker,
            settled,
            returned,
        })
        .await
    }

    pub(crate) async fn unsent(&self, letter: Letter, why: Unsent) -> Result<Option<Opened>, Gone> {
        self.unsent_with(letter, why, None).await
    }

    /// The same, with the letter that was next and is not begun.
    pub(crate) async fn unsent_with(
        &self,
        letter: Letter,
        why: Unsent,
        next: Option<Letter>,
    ) -> Result<Option<Opened>, Gone> {
        let returned = self.returned(next);
        let worker = self.worker;
        self.report(Report::Unsent {
            worker,
            letter,
            why,
            returned,
        })
        .await
        .map(|()| None)
    }

    /// What lies ready, in its order, behind what was taken from there last.
    fn returned(&self, next: Option<Letter>) -> Vec<Letter> {
        next.into_iter()
            .chain(std::iter::from_fn(|| self.desk.take()))
            .collect()
    }

    pub(crate) async fn failed(&self, error: JournalError) -> Result<Option<Opened>, Gone> {
        self.report(Report::Failed { error }).await.map(|()| None)
    }

    pub(crate) async fn report(&self, report: Report) -> Result<(), Gone> {
        self.shared.reports.send(report).await.map_err(|_| Gone)
    }
}

pub(crate) fn envelope(letter: &Letter) -> Envelope {
    Envelope {
        from: Some(letter.message.return_path.clone()),
        to: letter.message.recipients.clone(),
        size: letter.message.content.len(),
        eight_bit: letter.message.is_eight_bit(),
        utf8_header: letter.message.has_utf8_header(),
        reports: letter.message.dsn.map(|dsn| Reports {
            notify: notify(dsn.notify),
            ret: if dsn.full { "FULL" } else { "HDRS" },
            envelope_id: letter.message.message_id.trim_matches(['<', '>']).to_owned(),
        }),
    }
}

/// The value of NOTIFY (RFC 3461 §4.1).
fn notify(wanted: Notify) -> &'static str {
    match (wanted.success, wanted.failure, wanted.delay) {
        (false, false, false) => "NEVER",
        (true, false, false) => "SUCCESS",
        (false, true, false) => "FAILURE",
        (false, false, true) => "DELAY",
        (true, true, false) => "SUCCESS,FAILURE",
        (true, false, true) => "SUCCESS,DELAY",
        (false, true, true) => "FAILURE,DELAY",
        (true, true, true) => "SUCCESS,FAILURE,DELAY",
    }
}

/// Refused envelope recipients by their addresses.
pub(crate) fn named(letter: &Letter, refused: Vec<(usize, Reply)>) -> Vec<(String, Reply)> {
    let address = |i: usize| letter.message.recipients.get(i).map(ToString::to_string);
    refused
        .into_iter()
        .filter_map(|(i, reply)| Some((address(i)?, reply)))
        .collect()
}

/// Judges a reply on a connection that took so many messages before. A first
/// message cannot be one too many for it: then it is too much by itself, and a
/// new connection would end the same way.
pub(crate) fn judge(at: At, reply: &Reply, taken: u32) -> Verdict {
    let verdict = reply::judge(at, reply);
    if verdict == Verdict::ConnectionSpent && taken == 0 {
        return Verdict::Recipient { permanent: false };
    }
    verdict
}

fn at(step: Step) -> At {
    match step {
        Step::Mail => At::Mail,
        Step::Rcpt => At::Rcpt,
        Step::Data => At::Data,
    }
}
