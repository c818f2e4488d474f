//! What a run reports while it goes on, what it is asked, and how it ended.

use std::sync::Arc;
use std::time::Duration;

use crate::campaign::Problems;
use crate::smtp::{Phase, Reply, SessionFailure};
use crate::words::{Said, Speak, say, spoken};

use super::accounts::{AccountsError, Learned};
use super::journal::{Attempt, JournalError};
use super::reply::Outcome;

/// A relay that keeps silent for longer is named.
pub const SILENT: Duration = Duration::from_secs(3);

/// What a person has asked for meanwhile, or another part has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StopRequest {
    /// Nothing.
    None,
    /// A file the messages are made of was saved: finish what is in flight.
    InputsChanged(String),
    /// Such a file cannot be read any more: finish what is in flight.
    InputUnreadable {
        /// The file.
        file: String,
        /// The system's words.
        why: Said,
    },
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
    /// A relay takes fewer sessions at the same time than it is offered; those go on.
    Capped(Capped<'e>),
    /// Nothing is heard of a relay, in a session or where one is being opened.
    Silent {
        /// Which.
        relay: &'e str,
        /// What is waited for.
        phase: Phase,
        /// For how long by now.
        since: Duration,
    },
    /// A recipient's attempt ended.
    Settled {
        /// The recipient's key.
        key: &'e str,
        /// The result.
        outcome: &'e Outcome,
        /// The message's name.
        message_id: &'e str,
        /// The relay it went to.
        relay: &'e str,
        /// Octets of content handed over; 0 where it did not come to that.
        octets: usize,
        /// As the journal has it.
        attempt: &'e Attempt,
        /// The wait for the next attempt of this run, where there will be one.
        again: Option<Duration>,
    },
    /// A copy of an accepted message was refused, or tried again.
    Copy {
        /// The key of the recipient whose message it is.
        key: &'e str,
        /// Whose copy.
        address: &'e str,
        /// The result.
        outcome: &'e Outcome,
        /// It is tried again after this, where it is in this run.
        again: Option<Duration>,
    },
    /// A recipient's message could not be composed any more.
    Invalid {
        /// The recipient's key.
        key: &'e str,
        /// Its row.
        row: u64,
        /// Why.
        problems: &'e Problems,
    },
    /// A relay cannot be reached, or refused the connection.
    RelayDown {
        /// Which.
        relay: &'e str,
        /// Its words, or the network's.
        words: Said,
        /// In which way.
        how: Down,
        /// It is tried again after this; `None`: not in this run.
        wait: Option<Duration>,
    },
    /// Something was found out about how a relay takes several commands at once.
    Learned(News<'e>),
    /// The hour and day limits of all relays are used up, and the run waits.
    QuotaSpent {
        /// The limit that has room first.
        what: &'e Said,
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

/// What was found out about a relay.
#[derive(Debug, Clone, Copy)]
pub struct News<'e> {
    /// Which relay.
    pub relay: &'e str,
    /// What.
    pub habit: Habit,
    /// Later runs know it.
    pub remembered: bool,
}

/// How a relay takes several commands at once, though it offers PIPELINING; and what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Habit {
    /// Commands after a content get lost.
    LosesBehind,
    /// Commands after a content are refused.
    RefusesBehind,
    /// Commands after another command get lost.
    LosesTogether,
    /// One command at a time is quicker.
    AnswersLate,
}

impl Habit {
    /// For programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::LosesBehind => "loses_commands_behind_a_message",
            Self::RefusesBehind => "refuses_commands_behind_a_message",
            Self::LosesTogether => "loses_commands_sent_together",
            Self::AnswersLate => "answers_commands_sent_together_late",
        }
    }

    /// What is remembered.
    pub(crate) fn learned(self) -> Learned {
        match self {
            Self::LosesBehind | Self::RefusesBehind => Learned::EnvelopeOnly,
            Self::LosesTogether => Learned::StepByStep,
            Self::AnswersLate => Learned::LateReplies,
        }
    }
}

/// How many sessions a relay takes at the same time.
#[derive(Debug)]
pub struct Capped<'e> {
    /// Which.
    pub relay: &'e str,
    /// How many it takes.
    pub takes: usize,
    /// Of how many.
    pub of: usize,
    /// The others wait for their greeting: the relay does not refuse them, and its limit is not
    /// known from before.
    pub silent: bool,
}

/// In which way a relay cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Down {
    /// It refuses us.
    TurnsAway,
    /// Sessions that were open are lost.
    BreaksOff,
    /// It is this machine that cannot open a connection.
    NotReached,
}

/// Why a run ended before everybody was tried.
#[derive(Debug, Clone)]
pub enum Stop {
    /// A person asked for it.
    Requested,
    /// The relay could not be reached, or not logged in to, from the start.
    RelayRefused(RelayFailure),
    /// The relay was lost on the way.
    RelayLost(RelayFailure),
    /// The relay refuses every message after its content, with this reply.
    EveryContentRefused(Reply),
    /// `--max-failures` was reached.
    TooManyFailures(u64),
    /// The hour and day limits of all relays are used up.
    QuotaSpent {
        /// The limit that has room first.
        what: Said,
        /// When it has, from now.
        wait: Duration,
    },
    /// The journal cannot be written: nothing may leave.
    Journal(JournalError),
    /// The journal was removed, replaced or taken over by another run, in these words.
    LedgerReplaced(Said),
    /// The account store cannot be used: nobody knows what may leave.
    Accounts(AccountsError),
    /// The inputs changed under way.
    InputsChanged(String),
    /// An input cannot be read any more.
    InputUnreadable {
        /// The file.
        file: String,
        /// The system's words.
        why: Said,
    },
    /// A part of this program ended unexpectedly: a defect of ours.
    Internal(Part),
}

impl Speak for Stop {
    fn said(&self) -> Said {
        match self {
            Self::Requested => say!("delivery-stop-requested"),
            Self::RelayRefused(failure) => say!("delivery-stop-relay-refused", why = failure),
            Self::RelayLost(failure) => say!("delivery-stop-relay-lost", why = failure),
            Self::EveryContentRefused(reply) => say!("delivery-stop-every-message", reply = reply),
            Self::TooManyFailures(most) => say!("delivery-stop-failures", recipients = *most),
            Self::QuotaSpent { what, .. } => say!("delivery-stop-limit", limit = what.clone()),
            Self::Journal(error) => say!("delivery-stop-ledger", why = error),
            Self::LedgerReplaced(how) => how.clone(),
            Self::Accounts(error) => say!("delivery-stop-accounts", why = error),
            Self::InputsChanged(file) => say!("delivery-stop-file-saved", file = file),
            Self::InputUnreadable { file, why } => {
                say!("delivery-stop-file-unreadable", file = file, why = why.clone())
            }
            Self::Internal(part) => say!("delivery-stop-internal", part = part),
        }
    }
}

impl From<JournalError> for Stop {
    fn from(error: JournalError) -> Self {
        match error {
            JournalError::Unusable(_) => Self::Journal(error),
            JournalError::Replaced(how) => Self::LedgerReplaced(how),
            JournalError::Closed => Self::Internal(Part::Journal),
        }
    }
}

/// A part of a run that works beside the dispatcher.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// One that has a session with a relay.
    Worker,
    /// What composes messages ahead.
    Composing,
    /// What writes the journal.
    Journal,
    /// What asks the account store.
    Accounts,
}

impl Speak for Part {
    fn said(&self) -> Said {
        match self {
            Self::Worker => say!("delivery-part-worker"),
            Self::Composing => say!("delivery-part-composing"),
            Self::Journal => say!("delivery-part-journal"),
            Self::Accounts => say!("delivery-part-accounts"),
        }
    }
}

/// What keeps a run from using a relay; shown as the relay's reply or the
/// network's words.
#[derive(Debug, Clone)]
pub struct RelayFailure {
    /// Its name, where the run has several.
    pub relay: Option<Arc<str>>,
    /// What happened.
    pub cause: RelayCause,
}

/// What happened with a relay.
#[derive(Debug, Clone)]
pub enum RelayCause {
    /// No session could be opened, or one ended before its time.
    Session(Arc<SessionFailure>),
    /// It refuses the sender of all messages.
    SenderRefused(Reply),
    /// It gave this reply.
    Reply(Reply),
}

impl RelayFailure {
    /// Of the only relay, or of one that is not named.
    pub(crate) fn unnamed(cause: RelayCause) -> Self {
        Self { relay: None, cause }
    }
}

impl Speak for RelayFailure {
    fn said(&self) -> Said {
        match &self.relay {
            Some(relay) => say!("delivery-at-relay", relay = &**relay, cause = &self.cause),
            None => self.cause.said(),
        }
    }
}

impl RelayCause {
    /// From a refusal of MAIL: 530 and 5.7.57 are not about the sender, but ask for a login or TLS.
    pub(crate) fn of_mail(reply: Reply) -> Self {
        let not_logged_in = reply.code() == Some(530) || reply.enhanced() == Some((5, 7, 57));
        if not_logged_in {
            Self::Reply(reply)
        } else {
            Self::SenderRefused(reply)
        }
    }
}

impl Speak for RelayCause {
    fn said(&self) -> Said {
        match self {
            Self::Session(failure) => failure.said(),
            Self::SenderRefused(reply) => say!("delivery-sender-refused", reply = reply),
            Self::Reply(reply) => reply.said(),
        }
    }
}

spoken!(Stop, Part, RelayFailure, RelayCause);

/// The result of a run.
#[derive(Debug, Clone, Default)]
pub struct Delivered {
    /// Sessions opened.
    pub connections: u64,
    /// Octets of content of accepted messages.
    pub octets: u64,
    /// Messages whose content was handed over completely.
    pub messages: u64,
    /// Time from the first message given to a session to the last reply.
    pub elapsed: Duration,
    /// Why it ended early, when it did.
    pub stop: Option<Stop>,
}
