//! What delivery needs from a durable record, and in which order.

use std::error::Error;
use std::future::Future;
use std::sync::Arc;

use crate::message::NamedFile;
use crate::smtp::Reply;
use crate::table::Row;
use crate::words::{Said, Speak, of_error, say};

use crate::delivery::reply::Outcome;

/// A recipient in the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecipientId(pub i64);

/// The number of recipients of one envelope for which copies can be distinguished.
const COPIES: i64 = 1000;

impl RecipientId {
    /// The copy of this recipient's message that is at this place in its envelope. It is claimed,
    /// intended and settled like a recipient.
    pub fn copy(self, position: u32) -> Self {
        Self(-(self.0 * COPIES + i64::from(position)))
    }

    /// Of which recipient's message it is a copy, and its place in the envelope.
    pub fn of_copy(self) -> Option<(i64, u32)> {
        let position = u32::try_from(-self.0 % COPIES).ok()?;
        (self.0 < 0).then_some((-self.0 / COPIES, position))
    }

    /// The recipient whose message this is.
    pub fn whose(self) -> Self {
        self.of_copy().map_or(self, |(recipient, _)| Self(recipient))
    }
}

/// An envelope recipient that was refused beside one that was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedCopy {
    /// Its place in the envelope.
    pub position: u32,
    /// Who.
    pub address: String,
    /// The relay's words.
    pub reply: Reply,
    /// It is to be tried again.
    pub later: bool,
}

/// A recipient this run has claimed: nothing is sent to a recipient that is
/// not claimed on disk.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// Which one.
    pub recipient: RecipientId,
    /// Its key.
    pub key: String,
    /// Only this copy (Cc, Bcc) of its message is to be sent.
    pub copy: Option<String>,
    /// Its row, as loaded.
    pub row: Row,
    /// The Date of its first intent in this mailing, unix seconds.
    pub date: Option<i64>,
    /// The content's hash at that intent.
    pub digest: Option<[u8; 16]>,
    /// Whether it is in doubt and is to be sent again.
    pub in_doubt: bool,
    /// The files that its row names, as they were checked.
    pub files: Vec<NamedFile>,
    /// Attempts so far in this mailing.
    pub attempts: u32,
}

/// Content is about to leave.
#[derive(Debug, Clone)]
pub struct Intent {
    /// For whom.
    pub recipient: RecipientId,
    /// The number of the session in this run.
    pub session: u64,
    /// The relay's name.
    pub relay: Arc<str>,
    /// The Date header, unix seconds.
    pub date: i64,
    /// A short hash of the content.
    pub digest: [u8; 16],
    /// The Message-ID: what to look for when no reply comes.
    pub message_id: String,
    /// The envelope's other recipients that were refused: they are owed a copy once it is accepted.
    pub refused: Vec<RefusedCopy>,
}

/// One try at sending, and its result.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// For whom.
    pub recipient: RecipientId,
    /// The number of the session in this run.
    pub session: u64,
    /// The relay's name.
    pub relay: Arc<str>,
    /// The result.
    pub outcome: Outcome,
    /// The Message-ID, where content was handed over.
    pub message_id: String,
    /// The row of the list that the message was made of.
    pub row: u64,
    /// Which of the recipient's attempts in this mailing it is, from 1.
    pub number: u32,
    /// The envelope's other recipients that were refused, with the words.
    pub refused: Vec<RefusedCopy>,
}

/// Nothing can be recorded, so nothing may leave any more.
#[derive(Debug, Clone, thiserror::Error)]
pub enum JournalError {
    /// The record cannot be written or read.
    #[error("{}", self.said())]
    Unusable(#[source] Arc<dyn Error + Send + Sync>),
    /// What is written is not what anybody will read: it was removed or replaced, or another run has
    /// taken it over.
    #[error("{}", self.said())]
    Replaced(Said),
    /// Whatever writes it ended before its time: a defect of ours.
    #[error("{}", self.said())]
    Closed,
}

impl Speak for JournalError {
    fn said(&self) -> Said {
        match self {
            Self::Unusable(why) => of_error(&**why),
            Self::Replaced(how) => how.clone(),
            Self::Closed => say!("delivery-ledger-closed"),
        }
    }
}

/// A durable record of claims, intents and outcomes.
pub trait Journal: Send + Sync + 'static {
    /// Claims up to `most` further recipients, durably, and returns them;
    /// none when none are left. Blocks; called on a thread of its own.
    ///
    /// # Errors
    /// The record cannot be written.
    fn claim(&self, most: usize) -> Result<Vec<Claimed>, JournalError>;

    /// Claims these again for another attempt.
    ///
    /// # Errors
    /// The record cannot be written.
    fn claim_again(&self, recipients: &[RecipientId]) -> Result<Vec<Claimed>, JournalError>;

    /// Records an outcome, that further content is about to leave, or both in
    /// one: an outcome is on disk within 10 ms, and when this returns, an
    /// intent survives the death of the process.
    fn record(
        &self,
        attempt: Option<Arc<Attempt>>,
        intent: Option<Intent>,
    ) -> impl Future<Output = Result<(), JournalError>> + Send;

    /// Records that content is about to leave.
    fn intend(&self, intent: Intent) -> impl Future<Output = Result<(), JournalError>> + Send {
        self.record(None, Some(intent))
    }

    /// Records an outcome.
    fn settle(&self, attempt: Arc<Attempt>) -> impl Future<Output = Result<(), JournalError>> + Send {
        self.record(Some(attempt), None)
    }

    /// Takes an outcome back that was recorded in this run: the replies of its session turned out
    /// to be shifted, so nobody knows what became of the message. `attempt` is the same one, in
    /// doubt; a recipient that was claimed again in the meantime is not changed.
    fn doubt(&self, attempt: Arc<Attempt>) -> impl Future<Output = Result<(), JournalError>> + Send;

    /// Takes an intent back: its content was refused, and it is not clear yet whether that is about
    /// the recipient. A run that dies before it settles the attempt or withdraws it has recorded the
    /// refusal as this recipient's.
    fn hold(&self, attempt: Arc<Attempt>) -> impl Future<Output = Result<(), JournalError>> + Send;

    /// Takes an intent back, or a refusal that was held: its content provably did not leave, or
    /// nobody has it.
    fn withdraw(&self, recipient: RecipientId) -> impl Future<Output = Result<(), JournalError>> + Send;

    /// Records that a message could not be composed.
    ///
    /// # Errors
    /// The record cannot be written.
    fn invalid(&self, recipient: RecipientId, problem: &str) -> Result<(), JournalError>;
}
