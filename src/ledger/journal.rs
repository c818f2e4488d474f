//! The ledger as delivery's journal: one writer thread, group commit.
//!
//! Whatever is queued when the thread looks is one transaction: at ten
//! sessions a commit serves ten messages. Claims are committed with
//! `synchronous = FULL`, which syncs the write-ahead log and with it all that
//! was written before; intents and outcomes alone are committed without
//! waiting for the disk, and a FULL commit follows within 10 ms.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rusqlite::{OptionalExtension, params};
use tokio::sync::oneshot;

use crate::delivery::{Attempt, Claimed, Intent, Journal, JournalError, RecipientId};
use crate::recipients::Key;
use crate::table::Row;

use super::mailing::{Chosen, Mailing, now};
use super::{Ledger, LedgerError, Status};

/// No outcome is off the disk for longer.
const DURABLE_WITHIN: Duration = Duration::from_millis(10);

/// Commands in one transaction at most, so that the first need not wait for
/// all of a burst.
const GROUP: usize = 512;

type Answer<T> = oneshot::Sender<Result<T, JournalError>>;

enum Command {
    Claim(usize, Answer<Vec<Claimed>>),
    ClaimAgain(Vec<RecipientId>, Answer<Vec<Claimed>>),
    Intend(Intent, Answer<()>),
    Withdraw(RecipientId, Answer<()>),
    Settle(Attempt, Answer<()>),
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
    pub fn begin(
        mut ledger: Ledger,
        mailing: &Mailing,
        relay: &str,
        chosen: Chosen,
    ) -> Result<Self, LedgerError> {
        let run = ledger.begin_run(mailing)?;
        let (commands, queue) = sync_channel(4 * GROUP);
        let mut writer = Writer {
            mailing: mailing.id,
            run,
            relay: relay.to_owned(),
            remaining: chosen.limit.unwrap_or(u64::MAX),
            only: chosen.only.clone().map(|keys| keys.into_iter().rev().collect()),
            statuses: chosen.statuses(),
            cursor: 0,
            ledger,
        };
        let spawned = std::thread::Builder::new()
            .name("ledger".to_owned())
            .spawn(move || {
                writer.work(&queue);
                writer.ledger
            });
        let thread = spawned.map_err(|source| LedgerError::Folder {
            path: "the ledger's thread".to_owned(),
            source,
        })?;
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

    fn send<T>(
        &self,
        command: impl FnOnce(Answer<T>) -> Command,
    ) -> oneshot::Receiver<Result<T, JournalError>> {
        let (answer, answered) = oneshot::channel();
        let commands = self
            .commands
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some(commands) = commands {
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

    async fn intend(&self, intent: Intent) -> Result<(), JournalError> {
        let answer = self.send(|answer| Command::Intend(intent, answer));
        answer.await.unwrap_or_else(|_| gone())
    }

    async fn withdraw(&self, recipient: RecipientId) -> Result<(), JournalError> {
        let answer = self.send(|answer| Command::Withdraw(recipient, answer));
        answer.await.unwrap_or_else(|_| gone())
    }

    async fn settle(&self, attempt: Attempt) -> Result<(), JournalError> {
        let answer = self.send(|answer| Command::Settle(attempt, answer));
        answer.await.unwrap_or_else(|_| gone())
    }

    fn invalid(&self, recipient: RecipientId, problem: &str) -> Result<(), JournalError> {
        let problem = problem.to_owned();
        let answer = self.send(|answer| Command::Invalid(recipient, problem, answer));
        answer.blocking_recv().unwrap_or_else(|_| gone())
    }
}

struct Writer {
    ledger: Ledger,
    mailing: i64,
    run: i64,
    relay: String,
    /// Keys still to be looked up, last first, when only some are chosen.
    only: Option<Vec<Key>>,
    /// How many may still be claimed.
    remaining: u64,
    statuses: String,
    /// The last recipient handed out.
    cursor: i64,
}

/// An answer that is due once its transaction is committed.
enum Owed {
    Claims(Answer<Vec<Claimed>>, Vec<Claimed>),
    Done(Answer<()>),
}

impl Writer {
    fn work(&mut self, queue: &Receiver<Command>) {
        // Since when something committed may be off the disk.
        let mut undurable: Option<Instant> = None;
        loop {
            let first = match undurable {
                Some(since) => queue.recv_timeout(DURABLE_WITHIN.saturating_sub(since.elapsed())),
                None => queue.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            let mut group = Vec::new();
            match first {
                Ok(command) => group.push(command),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            group.extend(queue.try_iter().take(GROUP - 1));
            let claims = group
                .iter()
                .any(|c| matches!(c, Command::Claim(..) | Command::ClaimAgain(..)));
            let full = claims || undurable.is_some_and(|since| since.elapsed() >= DURABLE_WITHIN);
            self.commit(group, full);
            undurable = if full {
                None
            } else {
                undurable.or_else(|| Some(Instant::now()))
            };
        }
        self.commit(Vec::new(), true);
    }

    /// One transaction; its answers are given when it is committed.
    fn commit(&mut self, group: Vec<Command>, full: bool) {
        let mut owed = Vec::with_capacity(group.len());
        let mut waiting = group.into_iter();
        let result = self.transaction(&mut waiting, &mut owed, full);
        if let Err(error) = result {
            let _ = self.ledger.connection.execute_batch("ROLLBACK");
            let error = JournalError(error.to_string());
            // What was rolled back must not be believed by anybody; what was
            // not reached is dropped, which its waiter is told as well.
            for answer in owed {
                match answer {
                    Owed::Claims(answer, _) => drop(answer.send(Err(error.clone()))),
                    Owed::Done(answer) => drop(answer.send(Err(error.clone()))),
                }
            }
            return;
        }
        for answer in owed {
            match answer {
                Owed::Claims(answer, claimed) => drop(answer.send(Ok(claimed))),
                Owed::Done(answer) => drop(answer.send(Ok(()))),
            }
        }
    }

    fn transaction(
        &mut self,
        group: &mut dyn Iterator<Item = Command>,
        owed: &mut Vec<Owed>,
        full: bool,
    ) -> rusqlite::Result<()> {
        let level = if full {
            "PRAGMA synchronous = FULL"
        } else {
            "PRAGMA synchronous = NORMAL"
        };
        self.ledger.connection.execute_batch(level)?;
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
                Command::Intend(intent, answer) => {
                    owed.push(Owed::Done(answer));
                    self.intend(&intent)?;
                }
                Command::Withdraw(recipient, answer) => {
                    owed.push(Owed::Done(answer));
                    self.run_cached(
                        "UPDATE recipient SET status = 'pending' WHERE id = ?1 AND status = 'intent'",
                        [recipient.0],
                    )?;
                }
                Command::Settle(attempt, answer) => {
                    owed.push(Owed::Done(answer));
                    self.settle(&attempt)?;
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
        if full {
            // A commit that changes nothing would not reach the disk.
            self.run_cached(
                "UPDATE run SET durable_at = ?2 WHERE id = ?1",
                params![self.run, now()],
            )?;
        }
        self.run_cached("COMMIT", [])
    }

    fn run_cached(&self, sql: &str, values: impl rusqlite::Params) -> rusqlite::Result<()> {
        self.ledger
            .connection
            .prepare_cached(sql)?
            .execute(values)
            .map(drop)
    }

    fn intend(&self, intent: &Intent) -> rusqlite::Result<()> {
        self.run_cached(
            "UPDATE recipient SET status = 'intent', date = ?2, digest = ?3, message_id = ?4, relay = ?5, at = ?6
             WHERE id = ?1",
            params![intent.recipient.0, intent.date, intent.digest, intent.message_id, self.relay, now()],
        )
    }

    fn settle(&self, attempt: &Attempt) -> rusqlite::Result<()> {
        let words = attempt.outcome.words();
        let (status, at, text) = (attempt.outcome.status(), now(), words.shown());
        let reply = text
            .strip_prefix(&words.code.map(|c| format!("{c} ")).unwrap_or_default())
            .unwrap_or(&text);
        self.run_cached(
            "UPDATE recipient SET status = ?2, attempts = attempts + 1, code = ?3, reply = ?4, message_id = ?5,
                    relay = ?6, at = ?7, claimed_by = NULL WHERE id = ?1",
            params![attempt.recipient.0, status, words.code, reply, attempt.message_id, self.relay, at],
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
                self.relay,
                status,
                words.code,
                reply,
                refused,
                at
            ],
        )
    }

    fn claim(&mut self, most: usize) -> rusqlite::Result<Vec<Claimed>> {
        let most = u64::try_from(most).unwrap_or(u64::MAX).min(self.remaining);
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let claimed = match self.only.take() {
            Some(mut keys) => {
                let claimed = self.claim_named(&mut keys, most);
                self.only = Some(keys);
                claimed?
            }
            None => self.claim_next(most)?,
        };
        self.remaining = self.remaining.saturating_sub(claimed.len() as u64);
        self.mark(&claimed)?;
        Ok(claimed)
    }

    fn claim_next(&mut self, most: usize) -> rusqlite::Result<Vec<Claimed>> {
        let sql = format!(
            "SELECT {CLAIM_COLUMNS} FROM recipient r JOIN source_row s ON s.recipient = r.id
             WHERE r.mailing = ?1 AND r.id > ?2 AND r.listed = 1 AND r.status IN ({}) ORDER BY r.id LIMIT ?3",
            self.statuses
        );
        let mut statement = self.ledger.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![self.mailing, self.cursor, most], claimed_row)?;
        let claimed: Vec<Claimed> = rows.collect::<rusqlite::Result<_>>()?;
        if let Some(last) = claimed.last() {
            self.cursor = last.recipient.0;
        }
        Ok(claimed)
    }

    fn claim_named(&self, keys: &mut Vec<Key>, most: usize) -> rusqlite::Result<Vec<Claimed>> {
        let sql = format!(
            "SELECT {CLAIM_COLUMNS} FROM recipient r JOIN source_row s ON s.recipient = r.id
             WHERE r.mailing = ?1 AND r.key = ?2 AND r.listed = 1 AND r.status IN ({})",
            self.statuses
        );
        let mut statement = self.ledger.connection.prepare_cached(&sql)?;
        let mut claimed = Vec::new();
        while claimed.len() < most
            && let Some(key) = keys.pop()
        {
            claimed.extend(
                statement
                    .query_row(params![self.mailing, key.as_str()], claimed_row)
                    .optional()?,
            );
        }
        Ok(claimed)
    }

    fn claim_again(&self, recipients: &[RecipientId]) -> rusqlite::Result<Vec<Claimed>> {
        let sql = format!(
            "SELECT {CLAIM_COLUMNS} FROM recipient r JOIN source_row s ON s.recipient = r.id WHERE r.id = ?1"
        );
        let mut statement = self.ledger.connection.prepare_cached(&sql)?;
        let mut claimed = Vec::with_capacity(recipients.len());
        for recipient in recipients {
            claimed.extend(statement.query_row([recipient.0], claimed_row).optional()?);
        }
        self.mark(&claimed)?;
        Ok(claimed)
    }

    fn mark(&self, claimed: &[Claimed]) -> rusqlite::Result<()> {
        for one in claimed {
            self.run_cached(
                "UPDATE recipient SET claimed_by = ?2 WHERE id = ?1",
                params![one.recipient.0, self.run],
            )?;
        }
        Ok(())
    }
}

fn set_claims(owed: &mut [Owed], claims: Vec<Claimed>) {
    if let Some(Owed::Claims(_, claimed)) = owed.last_mut() {
        *claimed = claims;
    }
}

const CLAIM_COLUMNS: &str = "r.id, r.key, s.number, s.fields, r.date, r.digest, r.status";

fn claimed_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Claimed> {
    let fields: String = row.get(3)?;
    let status: String = row.get(6)?;
    Ok(Claimed {
        recipient: RecipientId(row.get(0)?),
        key: row.get(1)?,
        row: Row {
            number: row.get(2)?,
            fields: serde_json::from_str(&fields).unwrap_or_default(),
        },
        date: row.get(4)?,
        digest: row.get(5)?,
        in_doubt: Status::named(&status) == Some(Status::InDoubt),
    })
}
