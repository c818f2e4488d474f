//! One message: MAIL, RCPT, DATA; then its content; and the recovery after a refused step.
//!
//! The envelope is sent after the content of the previous message, if possible; else in one flight,
//! if the relay offers PIPELINING and there is one recipient: then MAIL, RCPT and DATA can only
//! succeed together. With several recipients, DATA waits until all of them are answered, and if the
//! first (the To) is refused, nobody gets anything. All replies of a flight are read in order, each
//! for its own command (RFC 2920 §3.1). A 354 in the place of DATA's reply proves that both sides
//! agree; a 354 elsewhere, a 2yz to DATA, or remaining bytes end the session.

use std::time::Duration;

use lettre::transport::smtp::commands::Rset;
use tokio::time::Instant;

use super::awaited::begins;
use super::endpoint::Pipelining;
use super::envelope::{Envelope, Unsuitable, commands};
use super::failure::{Cause, Phase, SessionFailure};
use super::reply::Reply;
use super::session::Session;
use super::timing::{Patience, SWALLOWED};
use super::wire::Heard;
use crate::words::say;

/// The result of an envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// The relay waits for the content: hand it over, or close the session.
    Ready {
        /// Recipients that were refused, by index, never index 0.
        refused: Vec<(usize, Reply)>,
    },
    /// Nothing was accepted. The session is back at the start, or unusable.
    Refused {
        /// The command whose refusal decided it.
        step: Step,
        /// The relay's words.
        reply: Reply,
        /// The reply to each RCPT, where one came.
        recipients: Vec<Option<Reply>>,
    },
    /// The relay cannot take this message, so nothing was said to it.
    Unsuitable(Unsuitable),
}

/// A command of the envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// MAIL: sender, size, and everything that concerns the relay rather than a recipient.
    Mail,
    /// RCPT of the first recipient.
    Rcpt,
    /// DATA.
    Data,
}

impl From<Step> for Phase {
    fn from(step: Step) -> Phase {
        match step {
            Step::Mail => Phase::Mail,
            Step::Rcpt => Phase::Rcpt,
            Step::Data => Phase::Data,
        }
    }
}

impl Session {
    /// Offers a message: after [`Opening::Ready`] its content must follow.
    ///
    /// # Errors
    /// When the conversation broke down; the session is unusable then. No content was handed
    /// over, so nothing can have been delivered.
    pub async fn envelope(&mut self, envelope: &Envelope) -> Result<Opening, SessionFailure> {
        let begun = Instant::now();
        let opening = self.envelope_wherever(envelope).await;
        self.timing.step(begun);
        opening
    }

    async fn envelope_wherever(&mut self, envelope: &Envelope) -> Result<Opening, SessionFailure> {
        if let Some(to) = self.ahead.take() {
            if Some(&to) != envelope.to.first() {
                return Err(failed(
                    Step::Mail,
                    Cause::OutOfStep(say!("smtp-step-other-envelope")),
                ));
            }
            return self.envelope_ahead(envelope).await;
        }
        self.envelope_alone(envelope).await
    }

    /// The envelope in flights of its own.
    pub(super) async fn envelope_alone(&mut self, envelope: &Envelope) -> Result<Opening, SessionFailure> {
        let commands = match commands(envelope, &self.capabilities) {
            Ok(commands) => commands,
            Err(unsuitable) => return Ok(Opening::Unsuitable(unsuitable)),
        };
        if !self.usable || self.awaiting_content {
            return Err(failed(Step::Mail, Cause::OutOfStep(say!("smtp-step-not-ready"))));
        }
        self.usable = false;
        let said = self.say(&commands).await?;
        Ok(self.opening(said).await)
    }

    /// What an answered envelope comes to.
    pub(super) async fn opening(&mut self, said: Said) -> Opening {
        match said.ending {
            Ending::Ready => {
                self.usable = true;
                self.awaiting_content = true;
                Opening::Ready {
                    refused: said.other_refusals(),
                }
            }
            Ending::Refused(step, ref reply) => {
                let reply = reply.clone();
                self.usable = matches!(self.start_over(&said.replies).await, Resync::Agreed);
                said.into_refusal(step, reply)
            }
            Ending::HungUp(step, ref reply) => {
                let reply = reply.clone();
                said.into_refusal(step, reply)
            }
        }
    }

    /// Says the commands, in as few flights as the relay allows, up to the first refusal.
    async fn say(&mut self, commands: &[String]) -> Result<Said, SessionFailure> {
        let mut said = Said::new(commands.len() - 2);
        if let Some(farewell) = self.wire.unasked().await.map_err(at(Step::Mail))? {
            said.hung_up(Step::Mail, farewell);
            return Ok(said);
        }
        let wanted = self.pipelining != Pipelining::Off && !self.one_by_one;
        let pipelining = wanted && self.capabilities.pipelining;
        for flight in flights(commands.len(), pipelining) {
            let step = said.step(flight.start);
            let (several, begun) = (flight.len() > 1, Instant::now());
            let sent = self.hand_over(&commands[flight.clone()]).await;
            sent.map_err(at(step))?;
            // Some relays, or devices in front of them, lose all but the first command.
            let untried = several && self.flights_work.is_none();
            let heard = self.hear(&mut said, flight, Patience::of(untried)).await;
            // A 354 in the place of a lost reply tells as much as silence.
            let lost =
                |failure: &SessionFailure| matches!(failure.cause, Cause::Timeout(_) | Cause::OutOfStep(_));
            if untried {
                self.flights_work = match &heard {
                    Ok(()) => Some(true),
                    Err(failure) => lost(failure).then_some(false),
                };
            }
            heard?;
            self.slow |= begun.elapsed() > SWALLOWED;
            if !matches!(said.ending, Ending::Ready) {
                break;
            }
        }
        Ok(said)
    }

    /// Reads the replies to a flight of commands, each against its own.
    pub(super) async fn hear(
        &mut self,
        said: &mut Said,
        flight: std::ops::Range<usize>,
        patience: Patience,
    ) -> Result<(), SessionFailure> {
        let mut before = Instant::now();
        for index in flight.clone() {
            let step = said.step(index);
            match self.answer(step, patience.at(step == Step::Mail)).await {
                Ok(reply) if reply.is_farewell() => {
                    said.hung_up(step, reply);
                    return Ok(());
                }
                Ok(reply) => {
                    let took = before.elapsed();
                    before += took;
                    if index > flight.start || patience.behind {
                        self.timing.behind(took);
                    } else {
                        self.timing.first(took);
                    }
                    if step == Step::Mail {
                        self.timing.mail(took);
                    }
                    said.replies.push(reply);
                }
                // A relay may hang up behind a refusal; the refusal stands.
                Err(failure) => match (said.refusal(), &failure.cause) {
                    (Some((step, reply)), Cause::Closed | Cause::Io(_) | Cause::Timeout(_)) => {
                        said.hung_up(step, reply);
                        return Ok(());
                    }
                    _ => return Err(failure),
                },
            }
        }
        let step = said.step(flight.end - 1);
        if let Some(farewell) = self.wire.left_over().await.map_err(at(step))? {
            said.hung_up(step, farewell);
        } else if let Some((step, reply)) = said.refusal() {
            said.ending = Ending::Refused(step, reply);
        }
        Ok(())
    }

    async fn hand_over(&mut self, flight: &[String]) -> Result<(), Cause> {
        let replies = Heard::replies(flight.len());
        let limit = self.timeouts.command;
        let flight = flight.concat();
        self.wire.say(&flight);
        self.wire
            .write(&[flight.as_bytes()], replies, limit)
            .await
            .map(|_| ())
    }

    /// The reply to this step, if it can be a reply to this step.
    async fn answer(&mut self, step: Step, patience: Option<Duration>) -> Result<Reply, SessionFailure> {
        let limit = match step {
            Step::Mail | Step::Rcpt => self.timeouts.command,
            Step::Data => self.timeouts.data_start,
        };
        let limit = patience.map_or(limit, |patience| patience.min(limit));
        begins(Phase::from(step));
        let reply = self.wire.reply(limit).await.map_err(at(step))?;
        let in_place = match step {
            Step::Mail | Step::Rcpt => !reply.is_intermediate(),
            Step::Data => reply.is(354) || reply.is_transient() || reply.is_permanent(),
        };
        if in_place {
            Ok(reply)
        } else {
            let cause = Cause::misplaced(&reply, &Phase::from(step).to_string());
            Err(failed(step, cause))
        }
    }

    /// Back to the start after a refusal: RSET, the reply to which is the point where both sides
    /// agree again.
    pub(super) async fn start_over(&mut self, replies: &[Reply]) -> Resync {
        let data_answered = replies.len() > 2 && replies.last().is_some_and(|r| r.is(354));
        if data_answered {
            // The relay waits for content though it refused. A lone dot ends that (RFC 2920
            // §3.1), unless it holds a recipient: then the dot would deliver an empty message,
            // and only closing will do.
            let holds_somebody = replies[1..replies.len() - 1].iter().any(Reply::is_positive);
            if holds_somebody {
                return Resync::Gone;
            }
            match self.wire.ask(".\r\n", self.timeouts.final_dot).await {
                Ok(reply) if reply.is_farewell() => return Resync::Gone,
                Ok(reply) if !reply.is_intermediate() => {}
                other => return Resync::of(other),
            }
        }
        let rset = Rset.to_string();
        Resync::of(self.wire.ask(&rset, self.timeouts.command).await)
    }
}

/// The result of the way back to the start.
#[derive(Debug)]
pub(super) enum Resync {
    /// Both sides are there.
    Agreed,
    /// RSET was refused.
    Refused(Reply),
    /// A reply stood where none, or another one, should: the replies before may not be theirs either.
    OutOfStep(Cause),
    /// The relay has hung up, or may as well have.
    Gone,
}

impl Resync {
    fn of(answer: Result<Reply, Cause>) -> Resync {
        match answer {
            Ok(reply) if reply.is_positive() => Resync::Agreed,
            Ok(reply) if reply.is_farewell() => Resync::Gone,
            Ok(reply) if reply.is_intermediate() => Resync::OutOfStep(Cause::misplaced(&reply, "RSET")),
            Ok(reply) => Resync::Refused(reply),
            Err(cause) if cause.is_out_of_step() => Resync::OutOfStep(cause),
            Err(_) => Resync::Gone,
        }
    }
}

pub(super) fn failed(step: Step, cause: Cause) -> SessionFailure {
    SessionFailure::new(step.into(), cause)
}

fn at(step: Step) -> impl Fn(Cause) -> SessionFailure {
    move |cause| failed(step, cause)
}

/// What was answered so far: MAIL, then each RCPT, then DATA.
pub(super) struct Said {
    recipients: usize,
    pub(super) replies: Vec<Reply>,
    pub(super) ending: Ending,
}

pub(super) enum Ending {
    Ready,
    Refused(Step, Reply),
    /// The relay took its leave, or closed behind a refusal.
    HungUp(Step, Reply),
}

impl Said {
    pub(super) fn new(recipients: usize) -> Said {
        Said {
            recipients,
            replies: Vec::with_capacity(recipients + 2),
            ending: Ending::Ready,
        }
    }

    fn step(&self, index: usize) -> Step {
        match index {
            0 => Step::Mail,
            n if n <= self.recipients => Step::Rcpt,
            _ => Step::Data,
        }
    }

    /// The refusal that decides, if there is one: of MAIL, of the first RCPT, or of DATA.
    fn refusal(&self) -> Option<(Step, Reply)> {
        [0, 1, self.recipients + 1].into_iter().find_map(|index| {
            let reply = self.replies.get(index)?;
            let refused = reply.is_transient() || reply.is_permanent();
            refused.then(|| (self.step(index), reply.clone()))
        })
    }

    /// The relay has taken its leave with this reply; a refusal before it counts for more.
    fn hung_up(&mut self, step: Step, reply: Reply) {
        let (step, reply) = self.refusal().unwrap_or((step, reply));
        self.ending = Ending::HungUp(step, reply);
    }

    fn other_refusals(&self) -> Vec<(usize, Reply)> {
        let answers = self.replies.iter().skip(1).take(self.recipients);
        answers
            .enumerate()
            .filter(|(_, reply)| !reply.is_positive())
            .map(|(index, reply)| (index, reply.clone()))
            .collect()
    }

    pub(super) fn into_refusal(self, step: Step, reply: Reply) -> Opening {
        let mut recipients: Vec<_> = self.replies.into_iter().skip(1).map(Some).collect();
        recipients.resize(self.recipients, None);
        Opening::Refused {
            step,
            reply,
            recipients,
        }
    }
}

/// Which commands share a write.
fn flights(commands: usize, pipelining: bool) -> Vec<std::ops::Range<usize>> {
    match (pipelining, commands) {
        (true, 3) => vec![std::ops::Range { start: 0, end: 3 }],
        (true, n) => vec![0..n - 1, n - 1..n],
        (false, n) => (0..n).map(|i| i..i + 1).collect(),
    }
}
