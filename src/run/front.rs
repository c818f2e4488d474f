//! The front of a run: what a person sees and answers.

use secrecy::SecretString;
use tokio::sync::watch;

use crate::campaign::{Relay, Wait};
use crate::check::Checked;
use crate::delivery::{Event, StopRequest};
use crate::ledger::LeftOut;
use crate::pass::Cancel;
use crate::words::Said;

use super::failure::RunError;
use super::question::Question;

/// The person in front: what they see and answer.
pub trait Front: Send {
    /// A stage begins; `total` rows or messages where known.
    fn stage(&mut self, stage: Stage, total: Option<u64>);
    /// This many are done.
    fn done(&mut self, count: u64);
    /// Something to know.
    fn note(&mut self, said: &Said);
    /// What the check pass found, before it counts.
    fn checked(&mut self, checked: &Checked);
    /// This run would be about some whom every earlier one left out by a choice; `accepted` have the
    /// message. Asked about by [`Self::confirm`] afterwards.
    ///
    /// # Errors
    /// Nobody can be asked: [`RunError::LeftOut`].
    fn left_out(&mut self, left_out: &LeftOut, accepted: u64) -> Result<(), RunError>;
    /// Whether to send; without a terminal an error.
    ///
    /// # Errors
    /// Nobody can be asked.
    fn confirm(&mut self, question: &Question<'_>) -> Result<bool, RunError>;
    /// The password of a relay that names no source.
    ///
    /// # Errors
    /// Nobody can be asked.
    fn ask_password(&mut self, relay: &Relay) -> Result<SecretString, RunError>;
    /// A command that is to print a secret runs; whether to wait for it on.
    fn waits(&mut self, wait: Wait<'_>) -> bool {
        if let Wait::Long(words) = wait {
            self.note(words);
        }
        true
    }
    /// Something happened on the way.
    fn event(&mut self, event: &Event<'_>);
    /// Ends a check or a dry run early.
    fn cancel(&self) -> Cancel {
        Cancel::default()
    }
    /// A receiver of stop requests; called on the runtime that delivers.
    fn stop_requests(&mut self) -> watch::Receiver<StopRequest>;
}

/// The stages a person waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// Every row is composed once.
    Checking,
    /// Messages are written to files.
    Writing,
    /// Messages are handed to the relay.
    Sending,
    /// Nothing more to wait for.
    Over,
}
