//! The ledger as delivery's journal: one writer thread, group commit.
//!
//! Whatever is queued when the thread looks is one transaction: at ten
//! sessions a commit serves ten messages. Commits go into the write-ahead log
//! without waiting for the disk, which is enough for intents and outcomes to
//! survive the death of the process; [`Durable`] syncs the log within 10 ms,
//! and a claim is answered only after that.

use std::collections::HashSet;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use rusqlite::params;
use tokio::sync::oneshot;

use crate::delivery::{Attempt, Claimed, Intent, Journal, JournalError, Outcome, RecipientId};
use crate::recipients::Key;

use super::durable::Durable;
use super::mailing::{Chosen, Mailing, now};
use super::{Ledger, LedgerError};

/// Commands in one transaction at most, so that the first need not wait for
/// all of a burst.
const GROUP: usize = 512;

type Answer<T> = oneshot::Sender<Result<T, JournalError>>;

enum Command {
    Claim(usize, Answer<Vec<Claimed>>),
    ClaimAgain(Vec<RecipientId>, Answer<Vec<Claimed>>),
    /// An outcome, an intent, or both; only intents are waited for.
    Record(Option<Attempt>, Option<(Intent, Answer<()>)>),
    Withdraw(RecipientId, Answer<()>),
    Invalid(RecipientId, String, Answer<()>),
}

/// A run's journal. [`LedgerJournal::finish`] gives the ledger back.
pub struct LedgerJournal {
    commands: Mutex<Option<SyncSender<Command>>>,
    thread: Mutex<Option<JoinHandle<Ledger>>>,
    run: i64,
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
        let (commands, queue) = sync_channel(4 * GROUP);
        let mut writer = Writer {
            mailing: mailing.id,
            run,
            remaining: chosen.limit.unwrap_or(u64::MAX),
            only: chosen.only.clone().map(|keys| keys.into_iter().rev().collect()),
            statuses: chosen.statuses(),
            cursor: 0,
            doubtful: HashSet::new(),
            ledger,
        };
        let failed = |source| LedgerError::Folder {
            path: "the ledger's thread".to_owned(),
            source,
        };
        let durable = Durable::start(&writer.ledger.path).map_err(failed)?;
        let work = move || {
            writer.work(&queue, &durable);
            drop(durable);
            writer.ledger
        };
        let thread = std::thread::Builder::new()
            .name("ledger".to_owned())
            .spawn(work)
            .map_err(failed)?;
        Ok(Self {
            commands: Mutex::new(Some(commands)),
            thread: Mutex::new(Some(thread)),
            run,
        })
    }

    /// The run's number.
    pub fn run(&self) -> i64 {
        self.run
    }

    /// Ends the writer and gives the ledger back; `None` when its thread
    /// panicked, or this was called before.
    pub fn finish(&self) -> Option<Ledger> {
        self.commands
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let thread = self
            .thread
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()?;
        thread.join().ok()
    }

    fn commands(&self) -> Option<SyncSender<Command>> {
        self.commands
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn send<T>(
        &self,
        command: impl FnOnce(Answer<T>) -> Command,
    ) -> oneshot::Receiver<Result<T, JournalError>> {
        let (answer, answered) = oneshot::channel();
        if let Some(commands) = self.commands() {
            // The queue is longer than there are sessions, so this does not block the async threads.
            let _ = commands.send(command(answer));
        }
        answered
    }
}

fn gone<T>() -> Result<T, JournalError> {
    Err(JournalError("the ledger is closed".to_owned()))
}

impl Journal for LedgerJournal {
    fn claim(&self, most: usize) -> Result<Vec<Claimed>, JournalError> {
        let answer = self.send(|answer| Command::Claim(most, answer));
        answer.blocking_recv().unwrap_or_else(|_| gone())
    }

    fn claim_again(&self, recipients: &[RecipientId]) -> Result<Vec<Claimed>, JournalError> {
        let answer = self.send(|answer| Command::ClaimAgain(recipients.to_vec(), answer));
        answer.blocking_recv().unwrap_or_else(|_| gone())
    }

    async fn record(&self, settled: Option<Attempt>, intent: Option<Intent>) -> Result<(), JournalError> {
        let Some(intent) = intent else {
            // Nobody waits for this one: a failure to write it leaves the intent,
            // which is the safe side, and the next intent is refused.
            return match self.commands() {
                Some(commands) => commands.send(Command::Record(settled, None)).or_else(|_| gone()),
                None => gone(),
            };
        };
        let answer = self.send(|answer| Command::Record(settled, Some((intent, answer))));
        answer.await.unwrap_or_else(|_| gone())
    }

    async fn withdraw(&self, recipient: RecipientId) -> Result<(), JournalError> {
        let answer = self.send(|answer| Command::Withdraw(recipient, answer));
        answer.await.unwrap_or_else(|_| gone())
    }

    fn invalid(&self, recipient: RecipientId, problem: &str) -> Result<(), JournalError> {
        let problem = problem.to_owned();
        let answer = self.send(|answer| Command::Invalid(recipient, problem, answer));
        answer.blocking_recv().unwrap_or_else(|_| gone())
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

/// An answer that is due once its transaction is committed.
enum Owed {
    /// And on disk.
    Claims(Answer<Vec<Claimed>>, Vec<Claimed>),
    Done(Answer<()>),
}

impl Owed {
    fn refuse(self, error: &JournalError) {
        // Who does not listen any more needs no answer.
        match self {
            Self::Claims(answer, _) => drop(answer.send(Err(error.clone()))),
            Self::Done(answer) => drop(answer.send(Err(error.clone()))),
        }
    }
}

impl Writer {
    fn work(&mut self, queue: &Receiver<Command>, durable: &Durable) {
        while let Ok(first) = queue.recv() {
            let group = std::iter::once(first).chain(queue.try_iter().take(GROUP - 1));
            self.commit(group.collect(), durable);
        }
    }

    /// One transaction; its answers are given when it is committed.
    fn commit(&mut self, group: Vec<Command>, durable: &Durable) {
        let mut owed = Vec::with_capacity(group.len());
        let result = match durable.failure() {
            Some(words) => Err(JournalError(words)),
            None => self.transaction(group, &mut owed).map_err(|e| {
                // When even this fails, the file is rolled back when next opened.
                let _ = self.ledger.connection.execute_batch("ROLLBACK");
                JournalError(e.to_string())
            }),
        };
        if let Err(error) = result {
            // What was rolled back must not be believed by anybody; commands
            // that were not reached are dropped, which tells their waiters.
            owed.into_iter().for_each(|one| one.refuse(&error));
            return;
        }
        for one in owed {
            match one {
                Owed::Done(answer) => drop(answer.send(Ok(()))),
                Owed::Claims(answer, claimed) => durable.committed_then(Box::new(move |synced| {
                    drop(answer.send(synced.map(|()| claimed).map_err(JournalError)));
                })),
            }
        }
        durable.committed();
    }

    fn transaction(&mut self, group: Vec<Command>, owed: &mut Vec<Owed>) -> rusqlite::Result<()> {
        self.run_cached("BEGIN IMMEDIATE", [])?;
        for command in group {
            match command {
                Command::Claim(most, answer) => {
                    let claimed = self.claim(most);
                    owed.push(Owed::Claims(answer, Vec::new()));
                    set_claims(owed, claimed?);
                }
                Command::ClaimAgain(recipients, answer) => {
                    let claimed = self.claim_again(&recipients);
                    owed.push(Owed::Claims(answer, Vec::new()));
                    set_claims(owed, claimed?);
                }
                Command::Record(settled, intent) => {
                    if let Some(attempt) = settled {
                        self.settle(&attempt)?;
                    }
                    if let Some((intent, answer)) = intent {
                        owed.push(Owed::Done(answer));
                        self.intend(&intent)?;
                    }
                }
                Command::Withdraw(recipient, answer) => {
                    owed.push(Owed::Done(answer));
                    self.withdraw(recipient)?;
                }
                Command::Invalid(recipient, problem, answer) => {
                    owed.push(Owed::Done(answer));
                    self.run_cached(
                        "UPDATE recipient SET status = CASE status WHEN 'in_doubt' THEN 'in_doubt' ELSE 'invalid' END,
                                reply = ?2, at = ?3, claimed_by = NULL WHERE id = ?1",
                        params![recipient.0, problem, now()],
                    )?;
                }
            }
        }
        self.run_cached("COMMIT", [])
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
                "UPDATE recipient SET status = 'intent', date = ?2, digest = ?3, message_id = ?4, relay = ?5, at = ?6
                 WHERE id = ?1 AND claimed_by = ?7 AND status NOT IN ('intent', 'accepted')",
            )?
            .execute(params![
                intent.recipient.0,
                intent.date,
                intent.digest,
                intent.message_id,
                &*intent.relay,
                now(),
                self.run
            ])?;
        // Not claimed, or settled already: this would be a second copy.
        if changed == 1 {
            Ok(())
        } else {
            Err(rusqlite::Error::StatementChangedRows(changed))
        }
    }

    fn settle(&self, attempt: &Attempt) -> rusqlite::Result<()> {
        let words = attempt.outcome.words();
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
            params![attempt.recipient.0, status, words.code, reply, attempt.message_id, &*attempt.relay, at],
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
                i64::try_from(attempt.session).unwrap_or(i64::MAX),
                &*attempt.relay,
                outcome,
                words.code,
                reply,
                refused,
                at
            ],
        )
    }
}

/// The relay's words without the code, which has a column of its own; and
/// which of the other envelope recipients it refused.
fn reply(attempt: &Attempt) -> String {
    let words = attempt.outcome.words();
    let text = words.shown();
    let code = words.code.map(|c| format!("{c} ")).unwrap_or_default();
    let mut reply = text.strip_prefix(&code).unwrap_or(&text).to_owned();
    for (address, words) in &attempt.refused {
        reply.push_str(&format!("; but refused for {address}: {words}"));
    }
    reply
}

fn set_claims(owed: &mut [Owed], claims: Vec<Claimed>) {
    if let Some(Owed::Claims(_, claimed)) = owed.last_mut() {
        *claimed = claims;
    }
}
