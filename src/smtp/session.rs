//! A conversation with a relay, and what is known about it.
//!
//! A session is usable only between complete exchanges: [`Session::is_usable`] turns false
//! before the first byte of an exchange and true again after the last, so a future that is
//! dropped in between leaves it false permanently, and a late reply can never be read as the
//! answer to the next command.

use std::time::Duration;

use lettre::Address;

use super::capabilities::Capabilities;
use super::endpoint::{Endpoint, Pipelining, Timeouts};
use super::timing::{Timing, Took};
use super::wire::Wire;

/// Where the final dot of a content stands: beyond these counts it may be on the network.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dot {
    /// Of bytes taken from us.
    pub(super) accepted: u64,
    /// Of bytes the kernel took.
    pub(super) handed_over: u64,
}

/// One SMTP conversation, logged in and ready for messages.
#[derive(Debug)]
pub struct Session {
    pub(super) wire: Wire,
    pub(super) capabilities: Capabilities,
    /// Which server it is, as its greeting tells.
    greeting: String,
    pub(super) timeouts: Timeouts,
    pub(super) pipelining: Pipelining,
    pub(super) usable: bool,
    pub(super) awaiting_content: bool,
    /// The end of the content under way, before its final dot.
    pub(super) dot: Option<Dot>,
    /// The recipient of the envelope that followed the last content and is not answered yet.
    pub(super) ahead: Option<Address>,
    /// The content before the envelope under way was refused.
    pub(super) refused_last: bool,
    /// The accepted envelope was sent after a content.
    pub(super) joined: bool,
    /// The replies to a flight of a content and an envelope were not as many as they should be.
    pub(super) out_of_step: bool,
    /// Other sessions with this relay say that it takes one.
    pub(super) ahead_known: bool,
    /// One command at a time, though the relay may take more.
    pub(super) one_by_one: bool,
    pub(super) timing: Timing,
    /// The result of the first envelope behind a content.
    pub(super) ahead_works: Option<bool>,
    /// Several commands in one flight, with no content before them, are answered. `Some(false)`:
    /// only the first was answered.
    pub(super) flights_work: Option<bool>,
    /// A command took longer than a relay is given that may have lost it.
    pub(super) slow: bool,
    /// The content under way, as it goes over the wire; kept for its capacity.
    pub(super) flight: Vec<u8>,
    pub(super) messages: u32,
}

impl Session {
    /// A conversation that is logged in.
    pub(super) fn begun(
        wire: Wire,
        capabilities: Capabilities,
        greeting: String,
        endpoint: &Endpoint,
    ) -> Session {
        Session {
            wire,
            capabilities,
            greeting,
            timeouts: endpoint.timeouts,
            pipelining: endpoint.pipelining,
            usable: true,
            awaiting_content: false,
            dot: None,
            ahead: None,
            refused_last: false,
            joined: false,
            out_of_step: false,
            ahead_known: false,
            one_by_one: false,
            timing: Timing::default(),
            ahead_works: None,
            flights_work: endpoint.flights_proven.then_some(true),
            slow: false,
            flight: Vec::new(),
            messages: 0,
        }
    }

    /// What the relay offers, as announced last (after TLS where there is TLS).
    #[must_use]
    pub fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    /// Which server this is, as far as its greeting tells: the same for all its ports and machines.
    #[must_use]
    pub fn greeting(&self) -> &str {
        &self.greeting
    }

    /// From here on one command at a time, or as many as the relay takes.
    pub fn say_one_by_one(&mut self, one_by_one: bool) {
        self.one_by_one = one_by_one;
    }

    /// Others have found that this relay takes an envelope behind a content: a silence about one is
    /// waited for longer.
    pub fn ahead_is_known(&mut self) {
        self.ahead_known = true;
    }

    /// How long a relay may be silent about an envelope that it may have lost, by what it took for
    /// one before.
    #[must_use]
    pub fn patience(&self) -> Duration {
        self.timing.patience()
    }

    /// What the message took whose content was answered last. Asked once for each.
    pub fn took(&mut self) -> Took {
        self.timing.through()
    }

    /// Whether another exchange may be tried: false after any failure, after a 421, and when a
    /// future of this session was dropped before it was done.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        self.usable
    }

    /// Whether the conversation is under TLS.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.wire.stream.is_encrypted()
    }

    /// How many messages were handed over and answered, whatever the answer.
    #[must_use]
    pub fn messages(&self) -> u32 {
        self.messages
    }

    /// Whether the final dot of a content that was not answered may be on the network. For a
    /// caller who dropped the future of [`Session::content`] and so got no failure to ask.
    #[must_use]
    pub fn may_have_delivered(&self) -> bool {
        self.dot.is_some_and(|dot| {
            self.wire.accepted > dot.accepted && self.wire.stream.handed_over() > dot.handed_over
        })
    }

    /// Whether the relay takes an envelope behind a content: `None` before it was tried.
    #[must_use]
    pub fn takes_envelope_ahead(&self) -> Option<bool> {
        self.ahead_works
    }

    /// Whether the relay answers several commands in one flight, as its PIPELINING promises:
    /// `None` before that is known.
    #[must_use]
    pub fn takes_flights(&self) -> Option<bool> {
        self.flights_work
    }

    /// Whether a command by itself took so long that it would have counted as lost in a flight.
    #[must_use]
    pub fn is_slow(&self) -> bool {
        self.slow
    }

    /// Whether an envelope followed the last content and is not answered yet: [`Session::envelope`]
    /// reads the replies to it.
    #[must_use]
    pub fn has_envelope_ahead(&self) -> bool {
        self.ahead.is_some()
    }

    /// Says QUIT, briefly, and closes. A session that is unusable, or that owes the relay a
    /// content, is closed silently: QUIT would be taken for content.
    pub async fn quit(mut self) {
        if self.usable && !self.awaiting_content {
            self.wire.farewell(self.timeouts.quit).await;
        }
    }
}
