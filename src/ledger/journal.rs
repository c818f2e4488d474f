//! The ledger as delivery's journal: group commit without a separate thread.
//!
//! The first session that records something lets the other sessions that are ready record theirs,
//! and then commits everything in one transaction. With ten sessions, a commit serves several
//! messages; with one, it needs no wake-up of another thread. Commits go into the write-ahead log
//! without waiting for the disk, which is enough for intents and outcomes to survive the death of
//! the process. [`Durable`] syncs the log within 10 ms, and a claim is answered only after that.

use std::cell::Cell;
use std::collections::HashSet;
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use crate::delivery::{Attempt, Claimed, Intent, Journal, JournalError, RecipientId};
use crate::words::Said;

use super::durable::Durable;
use super::failure::LedgerError;
use super::file::Ledger;
use super::mailing::Mailing;
use super::run::Chosen;
use super::writer::{Entry, Writer};

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
    /// What became of messages, and could not be recorded when it was read.
    unrecorded: Vec<Arc<Attempt>>,
}

impl LedgerJournal {
    /// Begins a run of `mailing` that sends to `chosen`.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn begin(mut ledger: Ledger, mailing: &Mailing, chosen: Chosen) -> Result<Self, LedgerError> {
        let run = ledger.begin_run(mailing, chosen.choice.as_deref())?;
        // From here on Durable sees to the disk: SQLite's own fsync would make every message wait for one.
        ledger.relax()?;
        let durable = Durable::start(Arc::clone(&ledger.standing)).map_err(LedgerError::Thread)?;
        let writer = Writer {
            mailing: mailing.id,
            run,
            remaining: chosen.limit.unwrap_or(u64::MAX),
            named: chosen.only.clone().map(HashSet::from_iter),
            only: chosen.only.clone().map(|keys| keys.into_iter().rev().collect()),
            statuses: chosen.statuses(),
            cursor: 0,
            doubtful: HashSet::new(),
            has_copies: Cell::new(ledger.has_copies()?),
            ledger,
        };
        Ok(Self {
            waiting: Mutex::default(),
            open: Mutex::new(Some(Open {
                writer,
                durable,
                unrecorded: Vec::new(),
            })),
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
        let Open {
            mut writer,
            durable,
            unrecorded,
        } = self.open().take()?;
        drop(durable);
        if !unrecorded.is_empty() {
            // The program that held the file may have released it; if not, these are in doubt.
            drop(writer.at_once(|writer| unrecorded.iter().try_for_each(|attempt| writer.settle(attempt))));
        }
        Some(writer.ledger)
    }

    /// How the files of the ledger are not those at their paths any more.
    pub fn replaced(&self) -> Option<Said> {
        let open = self.open();
        open.as_ref()
            .and_then(|open| open.writer.ledger.standing.changed())
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
            Some(Open {
                writer,
                durable,
                unrecorded,
            }) => {
                let write = |writer: &mut Writer| entries.iter().try_for_each(|entry| writer.enter(entry));
                let leaves = entries.iter().any(Entry::lets_content_leave);
                let replaced = leaves.then(|| writer.ledger.standing.changed_lately()).flatten();
                let result = match replaced {
                    Some(how) => Err(JournalError::Replaced(how)),
                    None => writer.transaction(durable, write),
                };
                if result.is_err() {
                    entries.iter().for_each(|entry| entry.keep(unrecorded));
                }
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
            Some(Open { writer, durable, .. }) => {
                let written = writer.transaction(durable, write)?;
                durable.committed_then(Box::new(move |synced| drop(told.send(synced))));
                written
            }
        };
        match telling.recv() {
            Ok(Ok(())) => Ok(written),
            Ok(Err(why)) => Err(why.into()),
            Err(_) => gone(),
        }
    }
}

fn gone<T>() -> Result<T, JournalError> {
    Err(JournalError::Closed)
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

    async fn hold(&self, attempt: Arc<Attempt>) -> Result<(), JournalError> {
        self.enter(Entry::Hold(attempt)).await
    }

    async fn withdraw(&self, recipient: RecipientId) -> Result<(), JournalError> {
        self.enter(Entry::Withdraw(recipient)).await
    }

    fn invalid(&self, recipient: RecipientId, problem: &str) -> Result<(), JournalError> {
        self.durably(|writer| writer.invalid(recipient, problem))
    }
}
