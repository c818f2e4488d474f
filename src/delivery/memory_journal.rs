//! A journal in memory: the rules of the ledger, and nothing that outlives the
//! process.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::table::Row;

use super::journal::{Attempt, Claimed, Intent, Journal, JournalError, RecipientId};
use super::reply::Outcome;

/// What was recorded, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Entry {
    Claim(String),
    Intent(String),
    /// With the status that was recorded.
    Outcome(String, &'static str),
    /// A refusal that is held, and is nobody's.
    Hold(String),
    Withdrawal(String),
    Invalid(String),
}

impl Entry {
    /// Of which recipient.
    pub(crate) fn key(&self) -> &str {
        match self {
            Self::Claim(key)
            | Self::Intent(key)
            | Self::Outcome(key, _)
            | Self::Hold(key)
            | Self::Withdrawal(key)
            | Self::Invalid(key) => key,
        }
    }
}

/// A recipient, and what is recorded of it.
#[derive(Debug)]
struct Recipient {
    key: String,
    status: &'static str,
    attempts: u32,
    claimed: bool,
    /// Of its first intent.
    date: Option<i64>,
    digest: Option<[u8; 16]>,
}

#[derive(Debug, Default)]
struct State {
    recipients: BTreeMap<RecipientId, Recipient>,
    /// The last recipient handed out.
    cursor: Option<RecipientId>,
    entries: Vec<Entry>,
    /// Why nothing can be recorded any more.
    failure: Option<JournalError>,
}

/// The journal of one mailing.
#[derive(Debug)]
pub(crate) struct MemoryJournal(Mutex<State>);

impl MemoryJournal {
    /// A mailing to recipients with these keys, nobody claimed.
    pub(crate) fn of(keys: &[&str]) -> Self {
        let recipient = |(number, key): (usize, &&str)| {
            let recipient = Recipient {
                key: (*key).to_owned(),
                status: "pending",
                attempts: 0,
                claimed: false,
                date: None,
                digest: None,
            };
            (RecipientId(number as i64 + 1), recipient)
        };
        Self(Mutex::new(State {
            recipients: keys.iter().enumerate().map(recipient).collect(),
            ..State::default()
        }))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From here on nothing can be recorded.
    pub(crate) fn fail(&self, why: JournalError) {
        self.state().failure = Some(why);
    }

    /// The run is over: what has an intent and no outcome is in doubt.
    pub(crate) fn end(&self) {
        let mut state = self.state();
        for recipient in state.recipients.values_mut() {
            recipient.claimed = false;
            if recipient.status == "intent" {
                recipient.status = "in_doubt";
            }
        }
    }

    /// What was recorded, in order.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.state().entries.clone()
    }

    /// A recipient's status and the number of its attempts.
    pub(crate) fn status(&self, key: &str) -> (&'static str, u32) {
        let state = self.state();
        let found = state.recipients.values().find(|recipient| recipient.key == key);
        found.map_or(("unknown", 0), |recipient| (recipient.status, recipient.attempts))
    }

    /// How many have this status.
    pub(crate) fn count(&self, status: &str) -> usize {
        let state = self.state();
        let with_it = state
            .recipients
            .values()
            .filter(|recipient| recipient.status == status);
        with_it.count()
    }
}

impl State {
    /// Nothing is recorded once something could not be.
    fn usable(&mut self) -> Result<&mut Self, JournalError> {
        match &self.failure {
            Some(failure) => Err(failure.clone()),
            None => Ok(self),
        }
    }

    fn recipient(&mut self, id: RecipientId) -> Result<&mut Recipient, JournalError> {
        self.recipients
            .get_mut(&id)
            .ok_or_else(|| refused("there is no such recipient"))
    }

    fn hand_out(&mut self, ids: &[RecipientId]) -> Result<Vec<Claimed>, JournalError> {
        ids.iter()
            .map(|id| {
                let recipient = self.recipient(*id)?;
                recipient.claimed = true;
                let claimed = Claimed {
                    recipient: *id,
                    key: recipient.key.clone(),
                    copy: id.of_copy().map(|_| recipient.key.clone()),
                    row: Row::new(id.0.unsigned_abs() + 1, vec![recipient.key.clone()]),
                    date: recipient.date,
                    digest: recipient.digest,
                    in_doubt: false,
                    files: Vec::new(),
                    attempts: 0,
                };
                self.entries.push(Entry::Claim(claimed.key.clone()));
                Ok(claimed)
            })
            .collect()
    }

    fn settle(&mut self, attempt: &Attempt) -> Result<(), JournalError> {
        let recipient = self.recipient(attempt.recipient)?;
        recipient.status = attempt.outcome.status();
        recipient.attempts += 1;
        recipient.claimed = false;
        let entry = Entry::Outcome(recipient.key.clone(), recipient.status);
        self.entries.push(entry);
        for copy in attempt.refused.iter().filter(|copy| copy.later) {
            let owed = Recipient {
                key: copy.address.clone(),
                status: "pending",
                attempts: 1,
                claimed: false,
                date: None,
                digest: None,
            };
            self.recipients
                .insert(attempt.recipient.copy(copy.position), owed);
        }
        Ok(())
    }

    fn intend(&mut self, intent: &Intent) -> Result<(), JournalError> {
        let recipient = self.recipient(intent.recipient)?;
        if !recipient.claimed || matches!(recipient.status, "intent" | "accepted") {
            return Err(refused(
                "not claimed, or settled already: this would be a second copy",
            ));
        }
        recipient.status = "intent";
        recipient.date.get_or_insert(intent.date);
        recipient.digest.get_or_insert(intent.digest);
        let entry = Entry::Intent(recipient.key.clone());
        self.entries.push(entry);
        Ok(())
    }
}

fn refused(why: &str) -> JournalError {
    JournalError::Unusable(Arc::from(Box::from(why)))
}

impl Journal for MemoryJournal {
    fn claim(&self, most: usize) -> Result<Vec<Claimed>, JournalError> {
        let mut state = self.state();
        let state = state.usable()?;
        let further = state.recipients.iter().filter(|(id, recipient)| {
            recipient.status == "pending" && state.cursor.is_none_or(|cursor| cursor < **id)
        });
        let further: Vec<RecipientId> = further.map(|(id, _)| *id).take(most).collect();
        state.cursor = further.last().copied().or(state.cursor);
        state.hand_out(&further)
    }

    fn claim_again(&self, recipients: &[RecipientId]) -> Result<Vec<Claimed>, JournalError> {
        self.state().usable()?.hand_out(recipients)
    }

    async fn record(
        &self,
        attempt: Option<Arc<Attempt>>,
        intent: Option<Intent>,
    ) -> Result<(), JournalError> {
        let mut state = self.state();
        let state = state.usable()?;
        if let Some(attempt) = &attempt {
            state.settle(attempt)?;
        }
        intent.map_or(Ok(()), |intent| state.intend(&intent))
    }

    async fn doubt(&self, attempt: Arc<Attempt>) -> Result<(), JournalError> {
        let mut state = self.state();
        let state = state.usable()?;
        let recipient = state.recipient(attempt.recipient)?;
        if !recipient.claimed && recipient.status != "intent" {
            recipient.status = "in_doubt";
            let entry = Entry::Outcome(recipient.key.clone(), recipient.status);
            state.entries.push(entry);
        }
        Ok(())
    }

    async fn hold(&self, attempt: Arc<Attempt>) -> Result<(), JournalError> {
        let mut state = self.state();
        let state = state.usable()?;
        let recipient = state.recipient(attempt.recipient)?;
        if recipient.status == "intent" {
            recipient.status = "pending";
        }
        let entry = Entry::Hold(recipient.key.clone());
        state.entries.push(entry);
        Ok(())
    }

    async fn withdraw(&self, recipient: RecipientId) -> Result<(), JournalError> {
        let mut state = self.state();
        let state = state.usable()?;
        let recipient = state.recipient(recipient)?;
        if recipient.status == "intent" {
            recipient.status = "pending";
        }
        let entry = Entry::Withdrawal(recipient.key.clone());
        state.entries.push(entry);
        Ok(())
    }

    fn invalid(&self, recipient: RecipientId, _problem: &str) -> Result<(), JournalError> {
        let mut state = self.state();
        let state = state.usable()?;
        let recipient = state.recipient(recipient)?;
        recipient.status = "invalid";
        recipient.claimed = false;
        let entry = Entry::Invalid(recipient.key.clone());
        state.entries.push(entry);
        Ok(())
    }
}

/// The rules that every journal keeps, of a mailing to three recipients.
pub(crate) async fn keeps_the_rules<J: Journal>(journal: Arc<J>) {
    let claim = |most| {
        let journal = Arc::clone(&journal);
        async move {
            let claimed = tokio::task::spawn_blocking(move || journal.claim(most)).await;
            let claimed = claimed.unwrap().unwrap().into_iter();
            claimed.map(|claimed| claimed.recipient).collect::<Vec<_>>()
        }
    };
    let again = |recipient| {
        let journal = Arc::clone(&journal);
        async move {
            let claimed = tokio::task::spawn_blocking(move || journal.claim_again(&[recipient])).await;
            assert_eq!(claimed.unwrap().unwrap()[0].recipient, recipient);
        }
    };
    let intent = |recipient| Intent {
        recipient,
        session: 1,
        relay: "school".into(),
        date: 1_700_000_000,
        digest: [7; 16],
        message_id: "<x@uni.example>".to_owned(),
        refused: Vec::new(),
    };
    let attempt = |recipient, outcome| {
        Arc::new(Attempt {
            recipient,
            session: 1,
            relay: "school".into(),
            outcome,
            message_id: "<x@uni.example>".to_owned(),
            row: 2,
            number: 1,
            refused: Vec::new(),
        })
    };
    let reply = |code| crate::smtp::Reply::new(code, None, "as it says");

    let first = claim(2).await;
    assert_eq!(first.len(), 2);
    let (ada, bob) = (first[0], first[1]);
    journal.intend(intent(ada)).await.unwrap();
    assert!(journal.intend(intent(ada)).await.is_err(), "a second copy");
    journal
        .settle(attempt(ada, Outcome::Deferred(reply(451))))
        .await
        .unwrap();
    assert!(journal.intend(intent(ada)).await.is_err(), "its claim is over");
    again(ada).await;
    journal.intend(intent(ada)).await.unwrap();
    // An outcome and the next intent in one entry.
    let accepted = attempt(ada, Outcome::Accepted(reply(250)));
    journal.record(Some(accepted), Some(intent(bob))).await.unwrap();
    again(ada).await;
    assert!(journal.intend(intent(ada)).await.is_err(), "it has the message");
    // A recipient that was claimed again is being handled by now.
    let doubt = |recipient| attempt(recipient, Outcome::InDoubt(reply(0)));
    journal.doubt(doubt(ada)).await.unwrap();
    assert!(journal.intend(intent(ada)).await.is_err(), "it still has it");
    journal.withdraw(bob).await.unwrap();
    journal.intend(intent(bob)).await.unwrap();
    // A refusal that is held decides nothing: its claim lasts, and nobody has the message.
    let no = || Outcome::Rejected(reply(554));
    journal.hold(attempt(bob, no())).await.unwrap();
    journal.withdraw(bob).await.unwrap();
    journal.intend(intent(bob)).await.unwrap();
    journal.hold(attempt(bob, no())).await.unwrap();
    journal.intend(intent(bob)).await.unwrap();
    assert!(journal.intend(intent(bob)).await.is_err(), "a second copy");
    journal.hold(attempt(bob, no())).await.unwrap();
    journal.settle(attempt(bob, no())).await.unwrap();
    assert!(journal.intend(intent(bob)).await.is_err(), "its claim is over");
    let rest = claim(9).await;
    assert_eq!(rest.len(), 1);
    assert!(!first.contains(&rest[0]) && claim(9).await.is_empty());
}

#[tokio::test]
async fn a_journal_in_memory_keeps_the_rules() {
    keeps_the_rules(Arc::new(MemoryJournal::of(&["ada", "bob", "cyd"]))).await;
}
