//! The envelope that was sent after a content in the same flight, and the relay's replies to it.
//!
//! The reply to the final dot comes before these replies, and it counts only if their number is
//! right: a relay that answers once too often, or not at all, has shifted every later reply, and
//! nobody can say which reply belongs to the dot. If the count is provably wrong, the session says
//! so ([`Session::is_out_of_step`]), and the caller treats the first message as one whose reply
//! never came. A relay that hangs up has not counted wrongly.

use std::time::Duration;

use super::content::ENVELOPE;
use super::endpoint::Pipelining;
use super::envelope::Envelope;
use super::failure::{Cause, SessionFailure};
use super::reply::Reply;
use super::session::Session;
use super::timing::{Patience, SWALLOWED};
use super::transaction::{Ending, Opening, Resync, Said, Step, failed};
use crate::words::say;

/// How long a second reply to RSET is waited for where the first was a refusal.
const ANOTHER: Duration = Duration::from_secs(2);

impl Session {
    /// The envelope that was sent after the last content: its replies are read now.
    ///
    /// A relay that refuses the position, not the message, answers MAIL with a refusal, usually 503
    /// (bad sequence of commands). Then RSET follows, and the envelope is sent once more, by
    /// itself.
    pub(super) async fn envelope_ahead(&mut self, envelope: &Envelope) -> Result<Opening, SessionFailure> {
        let untried = self.ahead_works.is_none() && self.pipelining != Pipelining::Full { proven: true };
        let mut said = Said::new(1);
        let heard = self
            .hear(&mut said, 0..ENVELOPE, self.patience_ahead(untried))
            .await;
        self.joined = true;
        self.out_of_step = match &heard {
            Err(failure) if failure.cause.is_out_of_step() => true,
            // A flight that was cut short proves nothing, but where the dot was refused and the
            // reply behind it is a yes, the yes may be the dot's: it is not tried again.
            _ => said.replies.len() < ENVELOPE && self.refused_last && begins_with_yes(&said),
        };
        if let Err(failure) = heard {
            // A relay that took such envelopes and says nothing about this one may have lost it: some
            // do so after some messages, or have another machine behind them by now.
            let silent = said.replies.is_empty() && matches!(failure.cause, Cause::Timeout(_));
            if untried || silent {
                self.ahead_works = Some(false);
            }
            return Err(failure);
        }
        let place_refused = match (&said.ending, said.replies.first()) {
            (Ending::HungUp(..), _) | (_, None) => false,
            (_, Some(mail)) => mail.is(503) || (untried && !mail.is_positive()),
        };
        if !place_refused {
            if begins_with_yes(&said) {
                self.ahead_works = Some(true);
            }
            return self.opened_ahead(said).await;
        }
        match self.start_over(&said.replies).await {
            Resync::Agreed => {}
            Resync::OutOfStep(cause) => return Err(self.lost_step(Step::Mail, cause)),
            Resync::Refused(_) | Resync::Gone => {
                self.ahead_works = Some(false);
                return Err(failed(
                    Step::Mail,
                    Cause::OutOfStep(say!("smtp-step-no-commands-ahead")),
                ));
            }
        }
        self.usable = true;
        self.joined = false;
        let again = self.envelope_alone(envelope).await?;
        let mail_refused = matches!(&again, Opening::Refused { step: Step::Mail, .. });
        if !mail_refused {
            self.ahead_works = Some(false);
        }
        Ok(again)
    }

    /// How long this relay may be silent about an envelope behind a content. Its reply to that is
    /// read by then, and what does not get lost is answered like any other: MAIL as soon as before.
    fn patience_ahead(&self, untried: bool) -> Patience {
        let mail = match (untried, self.ahead_known) {
            (true, false) => self.patience(),
            (true, true) => SWALLOWED,
            // One that took others may be slow for once; a new session costs little.
            (false, _) => self.patience().max(SWALLOWED),
        };
        Patience {
            mail: Some(mail),
            rest: untried.then_some(SWALLOWED),
            behind: true,
        }
    }

    /// What the answered envelope comes to. A refusal is one only if RSET finds both sides in step.
    async fn opened_ahead(&mut self, said: Said) -> Result<Opening, SessionFailure> {
        let Ending::Refused(step, reply) = &said.ending else {
            return Ok(self.opening(said).await);
        };
        let (step, reply) = (*step, reply.clone());
        match self.start_over(&said.replies).await {
            Resync::Agreed => self.usable = true,
            Resync::Gone => {}
            Resync::OutOfStep(cause) => return Err(self.lost_step(step, cause)),
            Resync::Refused(rset) => {
                // Nobody refuses RSET (RFC 5321 §4.1.1.5) but a few that do not know it. A second
                // reply to it tells that the first was another command's; and where the dot was
                // refused, this envelope was and now RSET is, that is one refusal too many.
                let another = self.wire.reply(ANOTHER).await;
                if another.is_ok() || self.refused_last {
                    let cause = Cause::misplaced(&rset, "RSET");
                    return Err(self.lost_step(step, cause));
                }
            }
        }
        Ok(said.into_refusal(step, reply))
    }

    fn lost_step(&mut self, step: Step, cause: Cause) -> SessionFailure {
        self.out_of_step = true;
        failed(step, cause)
    }

    /// Whether the replies to the last flight of a content and the next envelope were provably more
    /// or fewer than its commands: then the reply to that content cannot be relied on. This may
    /// become known late, when the next content is handed over and a reply to nothing is already
    /// there.
    #[must_use]
    pub fn is_out_of_step(&self) -> bool {
        self.out_of_step
    }
}

fn begins_with_yes(said: &Said) -> bool {
    said.replies.first().is_some_and(Reply::is_positive)
}
