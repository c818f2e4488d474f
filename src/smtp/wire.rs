//! Commands out, replies in, over one stream.
//!
//! Replies are read while commands and content are written: a relay that answers early, or that
//! stops reading until its answers are read, must not hold both sides up. Every wait has its
//! limit on the whole of what is awaited, so that a relay which drips a byte a second is as late
//! as a silent one. What an answer means is not decided here.

use std::future::poll_fn;
use std::net::SocketAddr;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::ReadBuf;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::failure::Cause;
use super::inbox::{Inbox, MAX_REPLY};
use super::reply::Reply;
use super::stream::Stream;

/// Read at a time.
const CHUNK: usize = 4096;

/// How long the rest of something may take that was not asked for.
const UNASKED: Duration = Duration::from_secs(5);

/// What to do when the relay speaks while bytes are still being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Interjection {
    /// Keep it: the replies of a flight may come as they like, but no more than this many.
    Keep(usize),
    /// Stop writing: nothing was asked yet.
    Stop,
}

/// How writing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// The network has all of it.
    Whole,
    /// The relay spoke or hung up first.
    Interrupted,
}

/// One connection with what was received on it.
#[derive(Debug)]
pub(super) struct Wire {
    pub(super) stream: Stream,
    pub(super) peer: SocketAddr,
    pub(super) local: SocketAddr,
    inbox: Inbox,
    hung_up: bool,
}

impl Wire {
    pub(super) fn over(tcp: TcpStream) -> Result<Wire, Cause> {
        let peer = tcp.peer_addr().map_err(Cause::Io)?;
        let local = tcp.local_addr().map_err(Cause::Io)?;
        Ok(Wire::fresh(Stream::over(tcp), peer, local))
    }

    /// A wire whose inbox is empty: nothing that was received before TLS is read after it.
    pub(super) fn fresh(stream: Stream, peer: SocketAddr, local: SocketAddr) -> Wire {
        Wire {
            stream,
            peer,
            local,
            inbox: Inbox::default(),
            hung_up: false,
        }
    }

    /// Whether nothing is left of what was received.
    pub(super) fn is_quiet(&self) -> bool {
        self.inbox.is_empty()
    }

    /// Writes all of `bytes` and sees them off to the network, reading meanwhile.
    pub(super) async fn write(
        &mut self,
        bytes: &[u8],
        heard: Interjection,
        limit: Duration,
    ) -> Result<Written, Cause> {
        let mut at = 0;
        let writing = poll_fn(|cx| self.poll_write(cx, bytes, &mut at, heard));
        match timeout(limit, writing).await {
            // The relay's words explain a broken connection better than the network's.
            Ok(Err(Cause::Io(_) | Cause::Closed)) if !self.is_quiet() => Ok(Written::Interrupted),
            Ok(written) => written,
            Err(_) => Err(Cause::Timeout(limit)),
        }
    }

    fn poll_write(
        &mut self,
        cx: &mut Context<'_>,
        bytes: &[u8],
        at: &mut usize,
        heard: Interjection,
    ) -> Poll<Result<Written, Cause>> {
        loop {
            // Once all is seen off, whatever arrives is an answer and no interjection; until
            // then the relay cannot have seen the end of it.
            if *at == bytes.len()
                && let Poll::Ready(flushed) = self.stream.poll_flush(cx)
            {
                return Poll::Ready(flushed.map(|()| Written::Whole).map_err(Cause::Io));
            }
            while let Poll::Ready(read) = self.poll_fill(cx) {
                if read? == 0 || heard == Interjection::Stop {
                    return Poll::Ready(Ok(Written::Interrupted));
                }
                if let Interjection::Keep(replies) = heard
                    && self.inbox.waiting() > replies * MAX_REPLY
                {
                    return Poll::Ready(Err(Cause::ReplyTooLong));
                }
            }
            if *at == bytes.len() {
                return Poll::Pending;
            }
            match self.stream.poll_write(cx, &bytes[*at..]) {
                Poll::Ready(Ok(0)) => return Poll::Ready(Err(Cause::Closed)),
                Poll::Ready(Ok(n)) => *at += n,
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

    /// The next reply, all of it within `limit`.
    pub(super) async fn reply(&mut self, limit: Duration) -> Result<Reply, Cause> {
        let reading = async {
            loop {
                if let Some(reply) = self.inbox.reply()? {
                    return Ok(reply);
                }
                if poll_fn(|cx| self.poll_fill(cx)).await? == 0 {
                    return Err(Cause::Closed);
                }
            }
        };
        match timeout(limit, reading).await {
            Ok(reply) => reply,
            Err(_) => Err(Cause::Timeout(limit)),
        }
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
            Ok(reply) => Err(Cause::OutOfStep(format!(
                "it said \"{reply}\" though nothing was asked"
            ))),
            Err(cause) => Err(Cause::OutOfStep(format!(
                "it spoke though nothing was asked: {cause}"
            ))),
        }
    }

    /// One command and its reply. Nothing may be waiting before it or left behind it, but a 421,
    /// which then is the reply.
    pub(super) async fn ask(&mut self, command: &str, limit: Duration) -> Result<Reply, Cause> {
        if let Some(farewell) = self.unasked().await? {
            return Ok(farewell);
        }
        self.write(command.as_bytes(), Interjection::Keep(1), limit)
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
