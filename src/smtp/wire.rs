//! Commands out, replies in, over one stream.
//!
//! Replies are read while commands and content are written: a relay that answers early, or that
//! stops reading until its answers are read, must not block both sides. Every wait has a limit for
//! the whole exchange, so a relay that sends one byte a second is as late as a silent one. What an
//! answer means is not decided here.

use std::fmt;
use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::ReadBuf;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::awaited::answered;
use super::concealed::Concealed;
use super::failure::Cause;
use super::inbox::{Inbox, MAX_REPLY};
use super::reply::Reply;
use super::stream::Stream;
use super::write_buf::Rest;
use crate::words::say;

/// Read at a time.
const CHUNK: usize = 4096;

/// Written between two looks at the clock.
const BLOCK: usize = 64 * 1024;

/// How long the rest of something may take that was not asked for.
const UNASKED: Duration = Duration::from_secs(5);

/// What may be heard while something is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Heard {
    /// Before this many bytes are with the network nothing was asked: the relay speaking ends
    /// the writing.
    pub(super) silent_for: usize,
    /// After that replies may come as they like, but no more than this many.
    pub(super) replies: usize,
}

impl Heard {
    /// This number of replies, from the first byte on.
    pub(super) fn replies(replies: usize) -> Heard {
        Heard {
            silent_for: 0,
            replies,
        }
    }
}

/// How writing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// The network has all of it.
    Whole,
    /// The relay spoke or hung up first.
    Interrupted,
}

/// Which conversation it is, where it is shown.
#[derive(Debug, Clone, Default)]
pub(super) struct Label {
    pub(super) relay: Arc<str>,
    pub(super) number: u64,
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} #{}", self.relay, self.number)
    }
}

/// One connection with what was received on it.
#[derive(Debug)]
pub(super) struct Wire {
    pub(super) stream: Stream,
    pub(super) peer: SocketAddr,
    pub(super) local: SocketAddr,
    /// Bytes the stream has taken from us; under TLS they may still wait for the network.
    pub(super) accepted: u64,
    label: Label,
    inbox: Inbox,
    /// Something was received since anything was said: what that is acknowledged with may wait.
    unacknowledged: bool,
    hung_up: bool,
}

impl Wire {
    pub(super) fn over(tcp: TcpStream) -> Result<Wire, Cause> {
        let peer = tcp.peer_addr().map_err(Cause::Io)?;
        let local = tcp.local_addr().map_err(Cause::Io)?;
        Ok(Wire::fresh(Stream::over(tcp), peer, local))
    }

    /// Whose conversation this is; and what no reply may show, whatever a relay may say back.
    pub(super) fn known_as(&mut self, label: Label, concealed: Option<Arc<Concealed>>) {
        self.label = label;
        if let Some(concealed) = concealed {
            self.inbox.conceal(concealed);
        }
    }

    /// The same conversation over another connection, with nothing said on it.
    pub(super) fn begin_again(&mut self, tcp: TcpStream) -> Result<(), Cause> {
        let local = tcp.local_addr().map_err(Cause::Io)?;
        self.stream = Stream::over(tcp);
        (self.local, self.accepted, self.hung_up) = (local, 0, false);
        self.unacknowledged = false;
        self.inbox.forget();
        Ok(())
    }

    /// Shows something about the conversation to an observer.
    pub(super) fn note(&self, what: fmt::Arguments<'_>) {
        tracing::debug!("{} {what}", self.label);
    }

    /// Shows commands that are about to be said, each on a line.
    pub(super) fn say(&self, commands: &str) {
        if tracing::enabled!(tracing::Level::DEBUG) {
            for command in commands.lines() {
                self.note(format_args!("> {command}"));
            }
        }
    }

    /// A wire whose inbox is empty: nothing that was received before TLS is read after it.
    pub(super) fn fresh(stream: Stream, peer: SocketAddr, local: SocketAddr) -> Wire {
        Wire {
            stream,
            peer,
            local,
            accepted: 0,
            label: Label::default(),
            inbox: Inbox::default(),
            unacknowledged: false,
            hung_up: false,
        }
    }

    /// Whether nothing is left of what was received.
    pub(super) fn is_quiet(&self) -> bool {
        self.inbox.is_empty()
    }

    /// Writes all of `parts`, one behind the other, and sees them off to the network, reading
    /// meanwhile. `limit` is for each [`BLOCK`] of them.
    pub(super) async fn write(
        &mut self,
        parts: &[&[u8]],
        heard: Heard,
        limit: Duration,
    ) -> Result<Written, Cause> {
        let mut rest = Rest::of(parts);
        while !rest.is_written() {
            // The last block is over when the network has seen it off.
            let until = rest.at + BLOCK;
            let writing = poll_fn(|cx| self.poll_write(cx, &mut rest, until, heard));
            match within(limit, writing).await {
                // The relay's words explain a broken connection better than the network's.
                Some(Err(Cause::Io(_) | Cause::Closed)) if !self.is_quiet() => {
                    return Ok(Written::Interrupted);
                }
                Some(Ok(Written::Whole)) => {}
                Some(ended) => return ended,
                None => return Err(Cause::Timeout(limit)),
            }
        }
        Ok(Written::Whole)
    }

    /// Ready when `until` bytes are written, or all of them seen off, or when the relay speaks.
    fn poll_write(
        &mut self,
        cx: &mut Context<'_>,
        rest: &mut Rest<'_>,
        until: usize,
        heard: Heard,
    ) -> Poll<Result<Written, Cause>> {
        loop {
            let whole = rest.is_written();
            // Once all is seen off, whatever arrives is an answer and no interjection; until
            // then the relay cannot have seen the end of it.
            if whole && let Poll::Ready(flushed) = self.stream.poll_flush(cx) {
                return Poll::Ready(flushed.map(|()| Written::Whole).map_err(Cause::Io));
            }
            while let Poll::Ready(read) = self.poll_fill(cx) {
                if read? == 0 || rest.at < heard.silent_for {
                    return Poll::Ready(Ok(Written::Interrupted));
                }
                if self.inbox.waiting() > heard.replies * MAX_REPLY {
                    return Poll::Ready(Err(Cause::ReplyTooLong));
                }
            }
            if whole {
                return Poll::Pending;
            }
            match self.stream.poll_write(cx, rest) {
                Poll::Ready(Ok(0)) => return Poll::Ready(Err(Cause::Closed)),
                Poll::Ready(Ok(n)) => {
                    rest.advance(n);
                    self.accepted += n as u64;
                    self.unacknowledged = false;
                    if rest.at >= until && !rest.is_written() {
                        return Poll::Ready(Ok(Written::Whole));
                    }
                }
                Poll::Ready(Err(error)) => return Poll::Ready(Err(Cause::Io(error))),
                Poll::Pending => return Poll::Pending,
            }
        }
    }

    /// Receives a chunk; 0 when the relay hung up.
    fn poll_fill(&mut self, cx: &mut Context<'_>) -> Poll<Result<usize, Cause>> {
        if self.hung_up {
            return Poll::Ready(Ok(0));
        }
        let mut chunk = [0; CHUNK];
        let mut buf = ReadBuf::new(&mut chunk);
        match self.stream.poll_read(cx, &mut buf) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Ok(())) => {
                self.inbox.put(buf.filled());
                self.unacknowledged = true;
                self.hung_up = buf.filled().is_empty();
                Poll::Ready(Ok(buf.filled().len()))
            }
            // TLS without a farewell (close_notify) is how most relays hang up.
            Poll::Ready(Err(error)) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
                self.hung_up = true;
                Poll::Ready(Ok(0))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(Cause::Io(error))),
        }
    }

    /// The same, for the rest of what is owed: the result so far is acknowledged before it is
    /// waited for. Where all replies come together that is never done.
    fn poll_rest(&mut self, cx: &mut Context<'_>) -> Poll<Result<usize, Cause>> {
        let read = self.poll_fill(cx);
        if read.is_pending() && std::mem::take(&mut self.unacknowledged) {
            self.stream.acknowledge();
        }
        read
    }

    /// The next reply, all of it within `limit`.
    pub(super) async fn reply(&mut self, limit: Duration) -> Result<Reply, Cause> {
        let reading = async {
            loop {
                if let Some(reply) = self.inbox.reply()? {
                    return Ok(reply);
                }
                if poll_fn(|cx| self.poll_rest(cx)).await? == 0 {
                    return Err(Cause::Closed);
                }
            }
        };
        let reply = within(limit, reading).await.unwrap_or(Err(Cause::Timeout(limit)));
        answered();
        match &reply {
            Ok(reply) => self.note(format_args!("< {reply}")),
            Err(cause) => self.note(format_args!("- {cause}")),
        }
        reply
    }

    /// What the relay says though nothing was asked: silence, or a 421 (RFC 5321 §3.8), which
    /// comes back. Anything else means that replies no longer belong to their commands.
    pub(super) async fn unasked(&mut self) -> Result<Option<Reply>, Cause> {
        let heard = poll_fn(|cx| match self.poll_fill(cx) {
            Poll::Ready(read) => Poll::Ready(read.map(Some)),
            Poll::Pending => Poll::Ready(Ok(None)),
        })
        .await;
        if self.is_quiet() {
            return match heard? {
                Some(0) => Err(Cause::Closed),
                Some(_) | None => Ok(None),
            };
        }
        match self.reply(UNASKED).await {
            Ok(reply) if reply.is_farewell() => Ok(Some(reply)),
            Ok(reply) => Err(Cause::OutOfStep(say!(
                "smtp-step-unasked",
                reply = reply.to_string()
            ))),
            Err(cause) => Err(Cause::OutOfStep(say!("smtp-step-unasked-broken", cause = &cause))),
        }
    }

    /// One command and its reply. Nothing may be waiting before it or left behind it, but a 421,
    /// which then is the reply.
    pub(super) async fn ask(&mut self, command: &str, limit: Duration) -> Result<Reply, Cause> {
        self.ask_as(command, command, limit).await
    }

    /// The same, of a command that is shown in another form.
    pub(super) async fn ask_as(
        &mut self,
        command: &str,
        shown: &str,
        limit: Duration,
    ) -> Result<Reply, Cause> {
        if let Some(farewell) = self.unasked().await? {
            return Ok(farewell);
        }
        self.say(shown);
        self.write(&[command.as_bytes()], Heard::replies(1), limit)
            .await?;
        let reply = self.reply(limit).await?;
        Ok(self.left_over().await?.unwrap_or(reply))
    }

    /// What is left behind the last reply of a flight: nothing, or a 421.
    pub(super) async fn left_over(&mut self) -> Result<Option<Reply>, Cause> {
        if self.is_quiet() {
            return Ok(None);
        }
        self.unasked().await
    }

    /// Says goodbye properly: QUIT, its reply, the end of TLS. Errors are of no interest.
    pub(super) async fn farewell(&mut self, limit: Duration) {
        let goodbye = async {
            let _ = self.ask("QUIT\r\n", limit).await;
            poll_fn(|cx| self.stream.poll_shutdown(cx)).await
        };
        let _ = timeout(limit, goodbye).await;
    }
}

/// What a future comes to within this time. A machine that was stopped for longer wakes up with the
/// clock run out and the reply in the socket: so the network is heard once more before giving up.
async fn within<F: Future>(limit: Duration, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    if let Ok(output) = timeout(limit, future.as_mut()).await {
        return Some(output);
    }
    for _ in 0..2 {
        // Gives the runtime a turn to hear from it.
        tokio::task::yield_now().await;
        if let Poll::Ready(output) = poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx))).await {
            return Some(output);
        }
    }
    None
}
