//! The ledger as delivery's journal: group commit without a thread of its own.
//!
//! Whoever records something first lets the other sessions that are ready
//! record theirs, then commits all of it in one transaction: at ten sessions a
//! commit serves several messages, at one it costs no wake-up of another
//! thread. Commits go into the write-ahead log without waiting for the disk,
//! which is enough for intents and outcomes to survive the death of the
//! process; [`Durable`] syncs the log within 10 ms, and a claim is answered only
//! after that.

use std::collections::HashSet;
use std::error::Error;
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::params;
use tokio::sync::oneshot;

use crate::delivery::{Attempt, Claimed, Intent, Journal, JournalError, Outcome, RecipientId};
use crate::recipients::Key;

use super::durable::Durable;
use super::failure::LedgerError;
use super::file::Ledger;
use super::mailing::Mailing;
use super::moment::now;
use super::run::Chosen;

/// What is to be recorded.
enum Entry {
    /// An outcome, an intent, or both.
    Record(Option<Arc<Attempt>>, Option<Intent>),
    Doubt(Arc<Attempt>),
    Withdraw(RecipientId),
}

/// An entry, and who waits for it.
struct Waiting {
    entry: Entry,
    answer: oneshot::Sender<Result<(), JournalError>>,
}

/// A run's journal. [`LedgerJournal::finish`] gives the ledger back.
pub struct LedgerJournal {
    waiting: Mutex<Vec<Waiting>>,
    open: Mutex<Option<Open>>,
    run: i64,
}

/// The journal while the run goes on.
struct Open {
    writer: Writer,
    durable: Durable,
}

impl LedgerJournal {
    /// Begins a run of `mailing` that sends to `chosen`.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn begin(mut ledger: Ledger, mailing: &Mailing, chosen: Chosen) -> Result<Self, LedgerError> {
        let run = ledger.begin_run(mailing)?;
        // From here on Durable sees to the disk: SQLite's own fsync would make every message wait for one.
        ledger.relax()?;
        let durable = Durable::start(&ledger.path).map_err(LedgerError::Thread)?;
        let writer = Writer {
            mailing: mailing.id,
            run,
            remaining: chosen.limit.unwrap_or(u64::MAX),
            only: chosen.only.clone().map(|keys| keys.into_iter().rev().collect()),
            statuses: chosen.statuses(),
            cursor: 0,
            doubtful: HashSet::new(),
            ledger,
        };
        Ok(Self {
            waiting: Mutex::default(),
            open: Mutex::new(Some(Open { writer, durable })),
            run,
        })
    }

    /// The run's number.
    pub fn run(&self) -> i64 {
        self.run
    }

    /// Ends the run's writing and gives the ledger back, everything on disk;
    /// `None` when this was called before.
    pub fn finish(&self) -> Option<Ledger> {
        self.commit_waiting();
        let Open { writer, durable } = self.open().take()?;
        drop(durable);
        Some(writer.ledger)
    }

    fn open(&self) -> MutexGuard<'_, Option<Open>> {
        // A transaction that a panic left open is rolled back at the next BEGIN's failure.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn enter(&self, entry: Entry) -> Result<(), JournalError> {
        let (answer, mut answered) = oneshot::channel();
        self.waiting().push(Waiting { entry, answer });
        // Sessions that are ready now record theirs first; one of us commits for all.
        tokio::task::yield_now().await;
        if let Ok(answer) = answered.try_recv() {
            return answer;
        }
        self.commit_waiting();
        answered.await.unwrap_or_else(|_| gone())
    }

    /// One transaction for everything that waits.
    fn commit_waiting(&self) {
        let mut open = self.open();
        let group = std::mem::take(&mut *self.waiting());
        let (entries, answers): (Vec<_>, Vec<_>) = group.into_iter().map(|w| (w.entry, w.answer)).unzip();
        if entries.is_empty() {
            return;
        }
        let result = match open.as_mut() {
            None => gone(),
            Some(Open { writer, durable }) => {
                let write = |writer: &mut Writer| entries.iter().try_for_each(|entry| writer.enter(entry));
                let result = writer.transaction(durable, write);
                durable.committed();
                result
            }
        };
        drop(open);
        for answer in answers {
            // Who does not listen any more needs no answer.
            drop(answer.send(result.clone()));
        }
    }

    /// A transaction of its own that is on disk when this returns; blocks.
    fn durably<T>(&self, write: impl FnOnce(&mut Writer) -> rusqlite::Result<T>) -> Result<T, JournalError> {
        let (told, telling) = sync_channel(1);
        let written = match self.open().as_mut() {
            None => return gone(),
            Some(Open { writer, durable }) => {
                let written = writer.transaction(durable, write)?;
                durable.committed_then(Box::new(move |synced| drop(told.send(synced))));
                written
            }
        };
        match telling.recv() {
            Ok(Ok(())) => Ok(written),
            Ok(Err(words)) => Err(unusable(words)),
            Err(_) => gone(),
        }
    }
}

fn gone<T>() -> Result<T, JournalError> {
    Err(JournalError::Closed)
}

fn unusable(why: impl Into<Box<dyn Error + Send + Sync>>) -> JournalError {
    JournalError::Unusable(Arc::from(why.into()))
}

impl Journal for LedgerJournal {
    fn claim(&self, most: usize) -> Result<Vec<Claimed>, JournalError> {
        self.durably(|writer| writer.claim(most))
    }

    fn claim_again(&self, recipients: &[RecipientId]) -> Result<Vec<Claimed>, JournalError> {
        self.durably(|writer| writer.claim_again(recipients))
    }

    async fn record(
        &self,
        attempt: Option<Arc<Attempt>>,
        intent: Option<Intent>,
    ) -> Result<(), JournalError> {
        self.enter(Entry::Record(attempt, intent)).await
    }

    async fn doubt(&self, attempt: Arc<Attempt>) -> Result<(), JournalError> {
        self.enter(Entry::Doubt(attempt)).await
    }

    async fn withdraw(&self, recipient: RecipientId) -> Result<(), JournalError> {
        self.enter(Entry::Withdraw(recipient)).await
    }

    fn invalid(&self, recipient: RecipientId, problem: &str) -> Result<(), JournalError> {
        self.durably(|writer| writer.invalid(recipient, problem))
    }
}

pub(super) struct Writer {
    pub(super) ledger: Ledger,
    pub(super) mailing: i64,
    pub(super) run: i64,
    /// Keys still to be looked up, last first, when only some are chosen.
    pub(super) only: Option<Vec<Key>>,
    /// How many may still be claimed.
    pub(super) remaining: u64,
    pub(super) statuses: String,
    /// The last recipient handed out.
    pub(super) cursor: i64,
    /// Claimed while in doubt: only an acceptance ends that.
    pub(super) doubtful: HashSet<RecipientId>,
}

impl Writer {
    /// One transaction: all of it, or nothing and why.
    fn transaction<T>(
        &mut self,
        durable: &Durable,
        write: impl FnOnce(&mut Self) -> rusqlite::Result<T>,
    ) -> Result<T, JournalError> {
        if let Some(words) = durable.failure() {
            return Err(unusable(words));
        }
        let written = self
            .run_cached("BEGIN IMMEDIATE", [])
            .and_then(|()| write(self))
            .and_then(|written| self.run_cached("COMMIT", []).map(|()| written));
        written.map_err(|error| {
            // When even this fails, the file is rolled back when next opened.
            let _ = self.ledger.connection.execute_batch("ROLLBACK");
            unusable(error)
        })
    }

    fn enter(&mut self, entry: &Entry) -> rusqlite::Result<()> {
        match entry {
            Entry::Record(attempt, intent) => {
                if let Some(attempt) = attempt {
                    self.settle(attempt)?;
                }
                intent.as_ref().map_or(Ok(()), |intent| self.intend(intent))
            }
            Entry::Doubt(attempt) => self.doubt(attempt),
            Entry::Withdraw(recipient) => self.withdraw(*recipient),
        }
    }

    fn invalid(&self, recipient: RecipientId, problem: &str) -> rusqlite::Result<()> {
        self.run_cached(
            "UPDATE recipient SET status = CASE status WHEN 'in_doubt' THEN 'in_doubt' ELSE 'invalid' END,
                    reply = ?2, at = ?3, claimed_by = NULL WHERE id = ?1",
            params![recipient.0, problem, now()],
        )
    }

    fn doubt(&self, attempt: &Attempt) -> rusqlite::Result<()> {
        let reply = reply(attempt);
        self.run_cached(
            "UPDATE recipient SET status = 'in_doubt', code = NULL, reply = ?2, at = ?3
             WHERE id = ?1 AND claimed_by IS NULL AND status <> 'intent'",
            params![attempt.recipient.0, reply, now()],
        )?;
        self.run_cached(
            "UPDATE attempt SET outcome = 'in_doubt', code = NULL, reply = ?2
             WHERE id = (SELECT id FROM attempt WHERE recipient = ?1 ORDER BY id DESC LIMIT 1)",
            params![attempt.recipient.0, reply],
        )
    }

    fn withdraw(&self, recipient: RecipientId) -> rusqlite::Result<()> {
        let before = if self.doubtful.contains(&recipient) {
            "in_doubt"
        } else {
            "pending"
        };
        self.run_cached(
            "UPDATE recipient SET status = ?2 WHERE id = ?1 AND status = 'intent'",
            params![recipient.0, before],
        )
    }

    pub(super) fn run_cached(&self, sql: &str, values: impl rusqlite::Params) -> rusqlite::Result<()> {
        self.ledger
            .connection
            .prepare_cached(sql)?
            .execute(values)
            .map(drop)
    }

    fn intend(&self, intent: &Intent) -> rusqlite::Result<()> {
        let changed = self
            .ledger
            .connection
            .prepare_cached(
                "UPDATE recipient SET status = 'intent', date = ?2, digest = ?3, message_id = ?4, relay = ?5, at = ?6,
                        run = ?7, session = ?8
                 WHERE id = ?1 AND claimed_by = ?7 AND status NOT IN ('intent', 'accepted')",
            )?
            .execute(params![
                intent.recipient.0,
                intent.date,
                intent.digest,
                intent.message_id,
                &*intent.relay,
                now(),
                self.run,
                number(intent.session)
            ])?;
        // Not claimed, or settled already: this would be a second copy.
        if changed == 1 {
            Ok(())
        } else {
            Err(rusqlite::Error::StatementChangedRows(changed))
        }
    }

    fn settle(&self, attempt: &Attempt) -> rusqlite::Result<()> {
        let code = attempt.outcome.reply().code();
        let (outcome, at) = (attempt.outcome.status(), now());
        let accepted = matches!(attempt.outcome, Outcome::Accepted(_));
        // What was in doubt before may be there already, whatever this attempt came to.
        let status = if self.doubtful.contains(&attempt.recipient) && !accepted {
            "in_doubt"
        } else {
            outcome
        };
        let reply = reply(attempt);
        self.run_cached(
            "UPDATE recipient SET status = ?2, attempts = attempts + 1, code = ?3, reply = ?4, message_id = ?5,
                    relay = ?6, at = ?7, claimed_by = NULL WHERE id = ?1",
            params![attempt.recipient.0, status, code, reply, attempt.message_id, &*attempt.relay, at],
        )?;
        let refused = (!attempt.refused.is_empty()).then(|| {
            let refused: Vec<_> = attempt.refused.iter().map(|(a, r)| (a, r.to_string())).collect();
            serde_json::to_string(&refused).unwrap_or_default()
        });
        self.run_cached(
            "INSERT INTO attempt (recipient, run, session, relay, outcome, code, reply, refused, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                attempt.recipient.0,
                self.run,
                number(attempt.session),
                &*attempt.relay,
                outcome,
                code,
                reply,
                refused,
                at
            ],
        )
    }
}

/// A session's number as SQLite has numbers.
fn number(session: u64) -> i64 {
    i64::try_from(session).unwrap_or(i64::MAX)
}

/// The reply's words without the code, which has a column of its own; and
/// which of the other envelope recipients were refused.
fn reply(attempt: &Attempt) -> String {
    let mut words = attempt.outcome.reply().words();
    for (address, refusal) in &attempt.refused {
        words.push_str(&format!("; but refused for {address}: {refusal}"));
    }
    words
}
