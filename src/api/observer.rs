//! Observers of a run.

use std::time::Duration;

use secrecy::SecretString;
use tokio::sync::watch;

use crate::campaign::{Relay, Wait};
use crate::check;
use crate::delivery::{Event, Outcome, StopRequest};
use crate::ledger::{LeftOut, Status};
use crate::pass::Cancel;
use crate::run::{self, Front, RunError};
use crate::words::Said;

use super::checked::Checked;
use super::stopper::Stopper;

pub use crate::run::Stage;

/// Observes a campaign while it is checked and sent. Every method does nothing by default; `()` is
/// an observer that ignores everything.
pub trait Observer: Send {
    /// A stage begins; `total` is the number of rows or messages, if it is known.
    fn stage(&mut self, stage: Stage, total: Option<u64>) {
        let _ = (stage, total);
    }

    /// The check has finished this number of rows.
    fn checked_rows(&mut self, rows: u64) {
        let _ = rows;
    }

    /// A note that does not stop the run, in English.
    fn note(&mut self, text: &str) {
        let _ = text;
    }

    /// The check has ended; if it found errors, nothing is sent.
    fn checked(&mut self, checked: &Checked) {
        let _ = checked;
    }

    /// Whether to send now; asked once, before the first message. Yes by default.
    fn confirm(&mut self, question: &Question<'_>) -> bool {
        let _ = question;
        true
    }

    /// An attempt for a recipient ended.
    fn settled(&mut self, settled: &Settled<'_>) {
        let _ = settled;
    }
}

impl Observer for () {}

/// What is about to be sent.
#[derive(Debug)]
#[non_exhaustive]
pub struct Question<'q> {
    /// Messages of this run.
    pub messages: u64,
    /// The From mailbox, as in the campaign.
    pub from: &'q str,
    /// The first recipient of this run.
    pub first: Option<&'q str>,
    /// The least time that it takes.
    pub estimate: Duration,
    /// The number of recipients that were accepted in earlier runs of the same mailing.
    pub accepted_before: u64,
}

/// An attempt that ended.
#[derive(Debug)]
#[non_exhaustive]
pub struct Settled<'s> {
    /// The recipient's key.
    pub key: &'s str,
    /// The outcome: accepted, rejected, deferred or in doubt.
    pub status: Status,
    /// The relay's reply, or what happened instead of one.
    pub reply: String,
    /// The Message-ID.
    pub message_id: &'s str,
    /// The relay's name.
    pub relay: &'s str,
    /// The row of the list that the message was made of.
    pub row: u64,
    /// The number of this attempt for the recipient in this mailing, from 1.
    pub attempt: u32,
    /// The time until the next attempt in this run, if there will be one.
    pub again: Option<Duration>,
}

/// An observer in front of a run.
pub(super) struct Watched<'o> {
    pub(super) observer: &'o mut dyn Observer,
    pub(super) password: Option<SecretString>,
    pub(super) stopper: Stopper,
}

impl Front for Watched<'_> {
    fn stage(&mut self, stage: Stage, total: Option<u64>) {
        self.observer.stage(stage, total);
    }

    fn done(&mut self, count: u64) {
        self.observer.checked_rows(count);
    }

    fn note(&mut self, said: &Said) {
        self.observer.note(&said.to_string());
    }

    fn checked(&mut self, checked: &check::Checked) {
        self.observer.checked(&checked.into());
    }

    fn left_out(&mut self, left_out: &LeftOut, accepted: u64) -> Result<(), RunError> {
        Err(RunError::LeftOut {
            left_out: left_out.clone(),
            accepted,
        })
    }

    fn confirm(&mut self, question: &run::Question<'_>) -> Result<bool, RunError> {
        Ok(self.observer.confirm(&Question {
            messages: question.messages + question.owed.copies,
            from: question.from,
            first: question.first.first().map(String::as_str),
            estimate: question.estimate,
            accepted_before: question.accepted_before,
        }))
    }

    fn ask_password(&mut self, relay: &Relay) -> Result<SecretString, RunError> {
        self.password
            .clone()
            .ok_or_else(|| RunError::NeedsPassword(relay.name.clone()))
    }

    fn waits(&mut self, _: Wait<'_>) -> bool {
        !self.stopper.cancel().is_cancelled()
    }

    fn event(&mut self, event: &Event<'_>) {
        if let Event::Settled {
            key,
            outcome,
            message_id,
            relay,
            attempt,
            again,
            ..
        } = event
        {
            let (status, reply) = match outcome {
                Outcome::Accepted(reply) => (Status::Accepted, reply),
                Outcome::Rejected(reply) => (Status::Rejected, reply),
                Outcome::Deferred(reply) => (Status::Deferred, reply),
                Outcome::InDoubt(reply) => (Status::InDoubt, reply),
            };
            self.observer.settled(&Settled {
                key,
                status,
                reply: reply.to_string(),
                message_id,
                relay,
                row: attempt.row,
                attempt: attempt.number,
                again: *again,
            });
        }
    }

    fn stop_requests(&mut self) -> watch::Receiver<StopRequest> {
        self.stopper.requests()
    }

    fn cancel(&self) -> Cancel {
        self.stopper.cancel()
    }
}
