//! Delivery: the only place that decides when.
//!
//! One dispatcher loop owns all state: who waits, who works, what was
//! refused, how each relay is, when to stop. Workers own a session each and
//! have one letter under way and one lying ready; a feeder claims recipients
//! in the journal and composes their messages a little ahead. The order of writes is what keeps
//! a message from being lost or doubled: a *claim* is durable before a letter
//! exists, an *intent* is in the journal before the first octet of content
//! leaves, an *outcome* follows the reply.
//!
//! Delivery knows the journal only as the trait [`Journal`], and the screen
//! only as a callback for [`Event`]s.

mod accounts;
mod compose_ahead;
mod dispatcher;
mod journal;
mod relay;
mod reply;
mod retry;
mod worker;

use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use tokio::sync::watch;

use crate::campaign::{Problems, Rate, RetryPolicy};
use crate::message::Message;
use crate::smtp::Endpoint;

pub use accounts::{Accounts, AccountsError, LEARNED_LASTS, LEASE, Learned, Lease, ReservationId, Reserved};
pub use journal::{Attempt, Claimed, Intent, Journal, JournalError, RecipientId};
pub use relay::Permit;
pub use reply::{Outcome, Words};

/// A composed message on its way, and who it is for.
#[derive(Debug)]
pub struct Letter {
    /// The recipient in the journal.
    pub recipient: RecipientId,
    /// The recipient's key, for people.
    pub key: String,
    /// Attempts of earlier moments of this run.
    pub attempts: u32,
    /// The Date header, unix seconds; kept with the intent.
    pub date: i64,
    /// Envelope and content.
    pub message: Message,
    /// What it was given of its relay's hour and day limits.
    pub permit: Option<Permit>,
}

impl Letter {
    /// Octets it holds in memory by itself.
    fn octets(&self) -> usize {
        self.message.content.own.len()
    }
}

/// Turns a claimed row into a letter; called on several threads at once.
pub type Compose = Box<dyn Fn(&Claimed) -> Result<Letter, Problems> + Send + Sync>;

/// Gives a secret that is still good; blocks, as it may have to ask for one.
pub type Renew = Arc<dyn Fn() -> Result<SecretString, String> + Send + Sync>;

/// How to deliver.
#[derive(Clone)]
pub struct Plan {
    /// The relays, in the campaign's order.
    pub relays: Vec<RelayPlan>,
    /// When to try again.
    pub retry: RetryPolicy,
    /// Stop after so many rejections.
    pub max_failures: Option<u64>,
    /// How long messages in flight may take once a stop is asked for.
    pub drain: Duration,
    /// Wait when the hour and day limits of all relays are used up, instead of
    /// stopping.
    pub wait: bool,
}

/// One relay to deliver through.
#[derive(Clone)]
pub struct RelayPlan {
    /// Its name in the campaign.
    pub name: Arc<str>,
    /// Whose limits count, `user@host:port`; `None` where nothing is counted.
    pub account: Option<String>,
    /// How to open a session with it.
    pub endpoint: Endpoint,
    /// Gives the secret of each new session, where that one expires.
    pub renew: Option<Renew>,
    /// Sessions at the same time.
    pub connections: usize,
    /// Messages after which a session is replaced.
    pub messages_per_connection: u32,
    /// Limits on envelope recipients.
    pub rates: Vec<Rate>,
    /// Its share among several relays.
    pub weight: u32,
}

/// What a person has asked for meanwhile, or another part has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StopRequest {
    /// Nothing.
    None,
    /// A file the messages are made of was saved: finish what is in flight.
    InputsChanged(String),
    /// Finish what is in flight, then stop.
    Drain,
    /// Stop now; what had its dot out is in doubt.
    Now,
}

/// Something a person may want to see, as it happens.
#[derive(Debug)]
pub enum Event<'e> {
    /// A session was opened.
    Connected {
        /// With this relay.
        relay: &'e str,
    },
    /// A recipient's attempt ended.
    Settled {
        /// The recipient's key.
        key: &'e str,
        /// What came of it.
        outcome: &'e Outcome,
        /// The message's name.
        message_id: &'e str,
        /// The relay it went to.
        relay: &'e str,
        /// Octets of content handed over.
        octets: usize,
    },
    /// A recipient's message could not be composed any more.
    Invalid {
        /// The recipient's key.
        key: &'e str,
        /// Why.
        problems: &'e Problems,
    },
    /// A relay cannot be reached or turned us away.
    RelayDown {
        /// Which.
        relay: &'e str,
        /// Its words, or the network's.
        words: &'e str,
        /// It is tried again after this; `None`: not in this run.
        wait: Option<Duration>,
    },
    /// The hour and day limits of all relays are used up, and the run waits.
    QuotaSpent {
        /// The limit that has room first.
        what: &'e str,
        /// The wait.
        wait: Duration,
    },
    /// Nothing to do before this long: recipients wait for their next attempt.
    Waiting {
        /// How many.
        recipients: usize,
        /// The wait for the first.
        wait: Duration,
    },
    /// The run is ending early.
    Stopping(&'e Stop),
}

/// Why a run ended before everybody was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// A person asked for it.
    Requested,
    /// The relay could not be reached, or not logged in to, from the start.
    RelayRefused(String),
    /// The relay was lost on the way.
    RelayLost(String),
    /// The relay refuses every message after its content, with these words.
    EveryContentRefused(String),
    /// `--max-failures` was reached.
    TooManyFailures(u64),
    /// The hour and day limits of all relays are used up.
    QuotaSpent {
        /// The limit that has room first.
        what: String,
        /// When it has, from now.
        wait: Duration,
    },
    /// The journal cannot be written: nothing may leave.
    Journal(String),
    /// The account store cannot be used: nobody knows what may leave.
    Accounts(String),
    /// The inputs changed under way.
    InputsChanged(String),
}

/// What a run came to.
#[derive(Debug, Clone, Default)]
pub struct Delivered {
    /// Sessions opened.
    pub connections: u64,
    /// Octets of content of accepted messages.
    pub octets: u64,
    /// Messages whose content was handed over completely.
    pub messages: u64,
    /// Time from the first session's opening to the last reply.
    pub elapsed: Duration,
    /// Why it ended early, when it did.
    pub stop: Option<Stop>,
}

/// Delivers everything the journal gives out.
pub async fn run<J: Journal>(
    plan: Plan,
    journal: Arc<J>,
    accounts: Option<Arc<dyn Accounts>>,
    compose: Compose,
    observe: &mut (dyn FnMut(Event<'_>) + Send),
    stop: watch::Receiver<StopRequest>,
) -> Delivered {
    dispatcher::run(plan, journal, accounts, compose, observe, stop).await
}
