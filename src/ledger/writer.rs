//! Writes to the ledger during a run: claims, intents, outcomes, each in a transaction.

use std::cell::Cell;
use std::collections::HashSet;
use std::error::Error;
use std::sync::Arc;

use rusqlite::params;

use crate::delivery::{Attempt, Intent, JournalError, Outcome, RecipientId};
use crate::recipients::Key;
use crate::storage::Held;
use crate::words::say;

use super::durable::{Durable, Undurable};
use super::file::Ledger;
use super::moment::now;

/// What is to be recorded.
pub(super) enum Entry {
    /// An outcome, an intent, or both.
    Record(Option<Arc<Attempt>>, Option<Intent>),
    Doubt(Arc<Attempt>),
    Hold(Arc<Attempt>),
    Withdraw(RecipientId),
}

impl Entry {
    pub(super) fn lets_content_leave(&self) -> bool {
        matches!(self, Self::Record(_, Some(_)))
    }

    /// Keeps what it says of an attempt, as it could not be recorded.
    pub(super) fn keep(&self, unrecorded: &mut Vec<Arc<Attempt>>) {
        match self {
            Self::Record(attempt, _) => unrecorded.extend(attempt.clone()),
            // Without an outcome its intent stays, and that is doubt.
            Self::Doubt(doubted) => unrecorded.retain(|kept| kept.recipient != doubted.recipient),
            Self::Hold(_) | Self::Withdraw(_) => {}
        }
    }
}

pub(super) struct Writer {
    pub(super) ledger: Ledger,
    pub(super) mailing: i64,
    pub(super) run: i64,
    /// Keys still to be looked up, last first, when only some are chosen.
    pub(super) only: Option<Vec<Key>>,
    /// The same, whether they were looked up or not.
    pub(super) named: Option<HashSet<Key>>,
    /// How many may still be claimed.
    pub(super) remaining: u64,
    pub(super) statuses: String,
    /// The last recipient handed out.
    pub(super) cursor: i64,
    /// Claimed while in doubt: only an acceptance ends that.
    pub(super) doubtful: HashSet<RecipientId>,
    /// Some recipient's copies were refused, in this run or before: nearly always none were.
    pub(super) has_copies: Cell<bool>,
}

impl Writer {
    /// One transaction: all of it, or nothing and why.
    pub(super) fn transaction<T>(
        &mut self,
        durable: &Durable,
        write: impl FnOnce(&mut Self) -> rusqlite::Result<T>,
    ) -> Result<T, JournalError> {
        if let Some(why) = durable.failure() {
            return Err(why.into());
        }
        self.at_once(write)
    }

    pub(super) fn at_once<T>(
        &mut self,
        write: impl FnOnce(&mut Self) -> rusqlite::Result<T>,
    ) -> Result<T, JournalError> {
        let written = self
            .run_cached("BEGIN IMMEDIATE", [])
            .and_then(|()| write(self))
            .and_then(|written| self.run_cached("COMMIT", []).map(|()| written));
        written.map_err(|error| {
            // When even this fails, the file is rolled back when next opened.
            let _ = self.ledger.connection.execute_batch("ROLLBACK");
            refused(error)
        })
    }

    pub(super) fn enter(&mut self, entry: &Entry) -> rusqlite::Result<()> {
        match entry {
            Entry::Record(attempt, intent) => {
                if let Some(attempt) = attempt {
                    self.settle(attempt)?;
                }
                intent.as_ref().map_or(Ok(()), |intent| self.intend(intent))
            }
            Entry::Doubt(attempt) => self.doubt(attempt),
            Entry::Hold(attempt) => self.hold(attempt),
            Entry::Withdraw(recipient) => self.withdraw(*recipient),
        }
    }

    pub(super) fn invalid(&self, recipient: RecipientId, problem: &str) -> rusqlite::Result<()> {
        if let Some(copy) = recipient.of_copy() {
            return self.copy_is(copy, "deferred", problem);
        }
        self.run_cached(
            "UPDATE recipient SET status = CASE status WHEN 'in_doubt' THEN 'in_doubt' ELSE 'invalid' END,
                    reply = ?2, at = ?3, claimed_by = NULL WHERE id = ?1",
            params![recipient.0, problem, now()],
        )
    }

    fn doubt(&mut self, attempt: &Attempt) -> rusqlite::Result<()> {
        let reply = reply(attempt);
        if let Some(copy) = attempt.recipient.of_copy() {
            return if self.copy_is_claimed(copy)? {
                Ok(())
            } else {
                self.copy_is(copy, "in_doubt", &reply)
            };
        }
        let doubted = self
            .ledger
            .connection
            .prepare_cached(
                "UPDATE recipient SET status = 'in_doubt', code = NULL, reply = ?2, at = ?3
                 WHERE id = ?1 AND claimed_by IS NULL AND status <> 'intent'",
            )?
            .execute(params![attempt.recipient.0, reply, now()])?;
        if doubted == 0 {
            // Whatever the result now, it may have the message from before.
            self.doubtful.insert(attempt.recipient);
            return Ok(());
        }
        self.run_cached(
            "UPDATE attempt SET outcome = 'in_doubt', code = NULL, reply = ?2
             WHERE id = (SELECT id FROM attempt WHERE recipient = ?1 ORDER BY id DESC LIMIT 1)",
            params![attempt.recipient.0, reply],
        )
    }

    /// In doubt, and nobody has it to send.
    fn is_in_doubt(&self, recipient: RecipientId) -> rusqlite::Result<bool> {
        self.ledger
            .connection
            .prepare_cached(
                "SELECT 1 FROM recipient WHERE id = ?1 AND status = 'in_doubt' AND claimed_by IS NULL",
            )?
            .exists([recipient.0])
    }

    /// Pending with the code of a refusal: [`super::held`] knows what that means when this run is over.
    fn hold(&self, attempt: &Attempt) -> rusqlite::Result<()> {
        self.withdraw(attempt.recipient)?;
        self.run_cached(
            "UPDATE recipient SET code = ?2, reply = ?3, at = ?4 WHERE id = ?1 AND status = 'pending'",
            params![
                attempt.recipient.0,
                attempt.outcome.reply().code(),
                reply(attempt),
                now()
            ],
        )
    }

    fn withdraw(&self, recipient: RecipientId) -> rusqlite::Result<()> {
        if let Some((of, position)) = recipient.of_copy() {
            return self.withdraw_copy(of, position);
        }
        let before = if self.doubtful.contains(&recipient) {
            "in_doubt"
        } else {
            "pending"
        };
        self.run_cached(
            "UPDATE recipient SET status = ?2, code = NULL, reply = NULL
             WHERE id = ?1 AND status IN ('intent', 'pending')",
            params![recipient.0, before],
        )
    }

    /// Whether this run is about the recipient of this key.
    pub(super) fn is_named(&self, key: &str) -> bool {
        let named = self.named.as_ref();
        named.is_none_or(|named| named.contains(&Key::stored(key.to_owned())))
    }

    pub(super) fn run_cached(&self, sql: &str, values: impl rusqlite::Params) -> rusqlite::Result<()> {
        self.ledger
            .connection
            .prepare_cached(sql)?
            .execute(values)
            .map(drop)
    }

    fn intend(&self, intent: &Intent) -> rusqlite::Result<()> {
        let changed = match intent.recipient.of_copy() {
            Some((of, position)) => self.intend_copy(of, position)?,
            None => {
                if !intent.refused.is_empty() {
                    self.copies_refused(intent.recipient, &intent.refused)?;
                }
                self.intend_message(intent)?
            }
        };
        // Not claimed, or settled already: this would be a second copy.
        if changed == 1 {
            Ok(())
        } else {
            Err(rusqlite::Error::StatementChangedRows(changed))
        }
    }

    fn intend_message(&self, intent: &Intent) -> rusqlite::Result<usize> {
        self.ledger
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
            ])
    }

    pub(super) fn settle(&self, attempt: &Attempt) -> rusqlite::Result<()> {
        if let Some(copy) = attempt.recipient.of_copy() {
            return self.settle_copy(attempt, copy);
        }
        let in_doubt = matches!(attempt.outcome, Outcome::InDoubt(_));
        if in_doubt && self.is_in_doubt(attempt.recipient)? {
            // The attempt was recorded, and taken back.
            return Ok(());
        }
        let code = attempt.outcome.reply().code();
        let (outcome, at) = (attempt.outcome.status(), now());
        let accepted = matches!(attempt.outcome, Outcome::Accepted(_));
        // What was in doubt before may be there already, whatever the result.
        let status = if self.doubtful.contains(&attempt.recipient) && !accepted {
            "in_doubt"
        } else {
            outcome
        };
        let reply = reply(attempt);
        // A message that may have been delivered may still owe its copies; what an earlier try owes
        // stays.
        let may_have_it = accepted || in_doubt;
        let owes = status == "in_doubt" && !may_have_it;
        if !owes && (!attempt.refused.is_empty() || self.has_copies.get()) {
            self.copies_refused(
                attempt.recipient,
                if may_have_it { &attempt.refused } else { &[] },
            )?;
        }
        self.run_cached(
            "UPDATE recipient SET status = ?2, attempts = attempts + 1, code = ?3, reply = ?4, message_id = ?5,
                    relay = ?6, at = ?7, claimed_by = NULL WHERE id = ?1",
            params![attempt.recipient.0, status, code, reply, attempt.message_id, &*attempt.relay, at],
        )?;
        let refused = (!attempt.refused.is_empty()).then(|| {
            let refused = attempt.refused.iter();
            let refused: Vec<_> = refused
                .map(|copy| (&copy.address, copy.reply.to_string()))
                .collect();
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

/// What the reply of a message says of a copy that was refused.
pub(super) fn refused_copy(address: &str, reply: &str) -> String {
    format!("; but refused for {address}: {reply}")
}

/// The reply's words without the code, which has a column of its own; and
/// which of the other envelope recipients were refused.
fn reply(attempt: &Attempt) -> String {
    let mut words = attempt.outcome.reply().words();
    for copy in &attempt.refused {
        words.push_str(&refused_copy(&copy.address, &copy.reply.to_string()));
    }
    words
}

fn unusable(why: impl Into<Box<dyn Error + Send + Sync>>) -> JournalError {
    JournalError::Unusable(Arc::from(why.into()))
}

/// Why a transaction was refused.
fn refused(error: rusqlite::Error) -> JournalError {
    if matches!(error, rusqlite::Error::StatementChangedRows(_)) {
        // For an intent: another process has decided about its recipient.
        return JournalError::Replaced(say!("ledger-taken-over"));
    }
    if Held::is(&error) {
        return unusable(Held);
    }
    unusable(error)
}

impl From<Undurable> for JournalError {
    fn from(why: Undurable) -> Self {
        match why {
            Undurable::Disk(kind, words) => unusable(std::io::Error::new(kind, words)),
            Undurable::Replaced(how) => Self::Replaced(how),
        }
    }
}
