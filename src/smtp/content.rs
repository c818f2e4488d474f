//! The content of a message, on its way to the relay.
//!
//! Content is sent dot-stuffed (RFC 5321 §4.5.2), the final dot in the same write as the end of the
//! text and, if the relay supports it, the envelope of the next message directly after the dot. RFC
//! 2920 §3.1 expressly allows this, and it makes one round trip per message.
//!
//! If the dot was sent and its reply did not come, the result of a message is unknown. So the
//! moment at which the dot may have left is tracked exactly: while the network has taken fewer
//! bytes than those before the dot, the message is unsent. Only a complete, well-formed reply to
//! the dot counts as a decision.

use std::time::Duration;

use tokio::time::Instant;

use super::awaited::begins;
use super::endpoint::Pipelining;
use super::envelope::{self, Envelope};
use super::failure::{Cause, Phase, SessionFailure};
use super::reply::Reply;
use super::session::{Dot, Session};
use super::stuffing::{Content, parts, stuff};
use super::wire::{Heard, Written};
use crate::words::say;

/// The end of the data, behind the line end of the last line.
const FINAL_DOT: &[u8] = b".\r\n";

/// Commands of an envelope with one recipient: MAIL, RCPT, DATA.
pub(super) const ENVELOPE: usize = 3;

/// How long the leave behind a decision is waited for.
const LEAVE: Duration = Duration::from_millis(250);

/// What follows the dot in the same flight.
#[derive(Clone, Copy)]
enum Behind<'a> {
    Nothing,
    /// The commands of the next envelope.
    Envelope(&'a str),
    Quit,
}

impl<'a> Behind<'a> {
    fn commands(self) -> &'a str {
        match self {
            Behind::Nothing => "",
            Behind::Envelope(commands) => commands,
            Behind::Quit => "QUIT\r\n",
        }
    }

    fn replies(self) -> usize {
        match self {
            Behind::Nothing => 0,
            Behind::Envelope(_) => ENVELOPE,
            Behind::Quit => 1,
        }
    }
}

/// What a session keeps of the memory of a large content.
const KEPT: usize = 256 * 1024;

impl Session {
    /// Hands over the content of the message whose envelope is [`Opening::Ready`](super::Opening)
    /// and returns the relay's decision. A last line without its end gets one.
    ///
    /// # Errors
    /// When no decision of the relay came; the session is unusable then, and
    /// [`SessionFailure::may_have_been_delivered`] tells whether the message is in doubt.
    #[cfg(test)]
    pub async fn content(&mut self, content: Content<'_>) -> Result<Reply, SessionFailure> {
        self.content_and(content, None).await
    }

    /// The same, with the envelope of the message that is next in the same flight, where the
    /// relay takes that: then [`Session::has_envelope_ahead`], and the next call must be
    /// [`Session::envelope`] with that envelope, which reads the replies to it.
    ///
    /// # Errors
    /// As [`Session::content`]; of the next message nothing but its envelope was said then.
    pub async fn content_and(
        &mut self,
        content: Content<'_>,
        next: Option<&Envelope>,
    ) -> Result<Reply, SessionFailure> {
        if !self.may_hand_over() {
            return Err(not_awaited());
        }
        let ahead = next.and_then(|next| Some((next.to.first()?, self.ahead_of(next)?)));
        let behind = ahead
            .as_ref()
            .map_or(Behind::Nothing, |(_, commands)| Behind::Envelope(commands));
        let (reply, goes_on) = self.decided(content, behind).await?;
        match ahead {
            Some((to, _)) if goes_on => self.ahead = Some(to.clone()),
            _ => self.usable = goes_on && ahead.is_none(),
        }
        Ok(reply)
    }

    /// The same, with QUIT behind it: no message is to follow. The relay's leave costs no round trip
    /// then, and it is gone for sure when another session takes the place of this one.
    ///
    /// # Errors
    /// As [`Session::content`].
    pub async fn content_and_leave(&mut self, content: Content<'_>) -> Result<Reply, SessionFailure> {
        if !self.may_hand_over() {
            return Err(not_awaited());
        }
        let (reply, _) = self.decided(content, Behind::Quit).await?;
        Ok(reply)
    }

    /// Whether the relay waits for a content; from here on it is under way.
    fn may_hand_over(&mut self) -> bool {
        let may = self.usable && self.awaiting_content;
        if may {
            self.usable = false;
            self.awaiting_content = false;
            self.dot = None;
        }
        may
    }

    async fn decided(
        &mut self,
        content: Content<'_>,
        behind: Behind<'_>,
    ) -> Result<(Reply, bool), SessionFailure> {
        let begun = Instant::now();
        let transferred = self.transfer(content, behind).await;
        self.timing.step(begun);
        match transferred {
            Ok((reply, goes_on)) => {
                self.dot = None;
                self.messages += 1;
                self.refused_last = !reply.is_positive();
                self.joined = false;
                Ok((reply, goes_on))
            }
            Err(cause) if self.may_have_delivered() => Err(SessionFailure::after_dot(cause)),
            Err(cause) => {
                // Behind a complete flight nothing may come but words of leave or of trouble.
                self.out_of_step = self.joined && is_reply_to_nothing(&cause);
                Err(SessionFailure::new(Phase::Content, cause))
            }
        }
    }

    /// The commands of an envelope that may follow a content. An envelope with several recipients
    /// never does: DATA must wait for all their replies.
    fn ahead_of(&self, next: &Envelope) -> Option<String> {
        let wanted = matches!(self.pipelining, Pipelining::Full { .. }) && self.ahead_works != Some(false);
        let fits = wanted && !self.one_by_one && self.capabilities.pipelining && next.to.len() == 1;
        let commands = fits.then(|| envelope::commands(next, &self.capabilities).ok());
        Some(commands??.concat())
    }

    /// The reply to the dot, and whether the relay stays on.
    async fn transfer(&mut self, content: Content<'_>, behind: Behind<'_>) -> Result<(Reply, bool), Cause> {
        let mut flight = std::mem::take(&mut self.flight);
        flight.clear();
        let places = stuff(content, &mut flight);
        flight.extend_from_slice(FINAL_DOT);
        let own_end = flight.len();
        let ahead = behind.commands();
        flight.extend_from_slice(ahead.as_bytes());
        let parts = parts(&flight, &places, content.shared);
        let octets: usize = parts.iter().map(|part| part.len()).sum();
        let before_dot = octets - (flight.len() - own_end) - FINAL_DOT.len();
        self.dot = Some(Dot {
            accepted: self.wire.accepted + before_dot as u64,
            handed_over: self.wire.stream.handed_over() + before_dot as u64,
        });
        let heard = Heard {
            silent_for: before_dot + 1,
            replies: 1 + behind.replies(),
        };
        self.wire
            .note(format_args!("> <content of {} octets>", octets - ahead.len()));
        self.wire.say(ahead);
        let written = self.wire.write(&parts, heard, self.timeouts.content).await;
        drop(parts);
        flight.shrink_to(KEPT);
        self.flight = flight;
        // Once the dot may be out, what was heard may be the reply to it.
        if written? == Written::Interrupted && !self.may_have_delivered() {
            return Err(self.early_reply().await);
        }
        begins(Phase::FinalDot);
        let reply = self.wire.reply(self.timeouts.final_dot).await?;
        if reply.is_intermediate() {
            return Err(Cause::OutOfStep(say!(
                "smtp-step-reply-to-end",
                reply = reply.to_string()
            )));
        }
        if reply.is_farewell() {
            return Ok((reply, false));
        }
        match behind {
            Behind::Envelope(_) => return Ok((reply, true)),
            Behind::Quit => return self.left(reply).await,
            Behind::Nothing => {}
        }
        // Behind the decision only a 421 may follow; anything else, and it is not certain which
        // of the replies is the decision.
        let farewell = self.wire.left_over().await?;
        Ok((reply, farewell.is_none()))
    }

    /// The relay's leave behind its decision. Anything else there, and it is not certain which of the
    /// replies is the decision; silence, or the end of the connection, is as good as a word of leave.
    async fn left(&mut self, decision: Reply) -> Result<(Reply, bool), Cause> {
        match self.wire.reply(LEAVE).await {
            Ok(reply) if reply.is(221) || reply.is_farewell() => Ok((decision, false)),
            // An odd word of leave, or the decision, where another one follows.
            Ok(reply) => match self.wire.reply(LEAVE).await {
                Ok(another) => {
                    let (first, second) = (reply.to_string(), another.to_string());
                    Err(Cause::OutOfStep(say!(
                        "smtp-step-two-replies-to-quit",
                        first = first,
                        second = second
                    )))
                }
                Err(_) => Ok((decision, false)),
            },
            Err(cause) if cause.is_out_of_step() => Err(cause),
            Err(_) => Ok((decision, false)),
        }
    }

    /// The relay spoke before it had the whole message.
    async fn early_reply(&mut self) -> Cause {
        match self.wire.reply(self.timeouts.content).await {
            Ok(reply) => Cause::EarlyReply(reply),
            Err(cause) => cause,
        }
    }
}

fn not_awaited() -> SessionFailure {
    SessionFailure::new(
        Phase::Content,
        Cause::OutOfStep(say!("smtp-step-content-not-awaited")),
    )
}

/// A yes, or a "go on", that came before the relay had a content to say it to.
fn is_reply_to_nothing(cause: &Cause) -> bool {
    let yes = |reply: &Reply| reply.is_positive() || reply.is_intermediate();
    matches!(cause, Cause::EarlyReply(reply) if yes(reply)) || cause.is_out_of_step()
}
