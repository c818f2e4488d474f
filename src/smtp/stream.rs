//! The byte stream under a session: TCP, or TLS over TCP, and the count of what TCP took.
//!
//! The count is the reason why a message can be called "provably unsent": bytes that the kernel
//! never took from us cannot have reached the relay, whatever the TLS layer above has accepted.
//! Nagle's algorithm is off, because a session writes whole flights and waits for their replies.
//! Nothing is flushed when a stream is dropped: what was not handed over stays unsent.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpStream, lookup_host};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::client::TlsStream;

use super::failure::{Cause, Phase, SessionFailure};
use super::lookup::is_no_name;
use super::write_buf::Rest;

/// How long an address may be silent before the next one is tried beside it (RFC 8305 §5).
const NEXT_ADDRESS_AFTER: Duration = Duration::from_millis(250);

/// A TCP connection that counts the bytes the kernel took.
#[derive(Debug)]
pub(super) struct Counted {
    tcp: TcpStream,
    taken: u64,
}

impl Counted {
    fn count(&mut self, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if let Poll::Ready(Ok(n)) = written {
            self.taken += n as u64;
        }
        written
    }
}

impl AsyncRead for Counted {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_read(cx, buf)
    }
}

impl AsyncWrite for Counted {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.tcp).poll_write(cx, bytes);
        self.count(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.tcp).poll_write_vectored(cx, parts);
        self.count(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.tcp.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(cx)
    }
}

/// Plain TCP, or TLS over it.
#[derive(Debug)]
pub(super) enum Stream {
    Plain(Counted),
    Tls(Box<TlsStream<Counted>>),
}

impl Stream {
    pub(super) fn over(tcp: TcpStream) -> Stream {
        Stream::Plain(Counted { tcp, taken: 0 })
    }

    pub(super) fn is_encrypted(&self) -> bool {
        matches!(self, Stream::Tls(_))
    }

    /// Has what was received acknowledged now. A system holds that back for some 40 ms, to send it
    /// along with what we say next, and a server whose replies leave one by one waits for it before
    /// each of them but the first (Nagle's algorithm).
    ///
    /// Linux alone can be asked, and forgets it with the next octets that go out.
    pub(super) fn acknowledge(&self) {
        #[cfg(target_os = "linux")]
        {
            let counted = match self {
                Stream::Plain(counted) => counted,
                Stream::Tls(tls) => tls.get_ref().0,
            };
            // Where it is refused, replies come later, and that is all.
            let _ = counted.tcp.set_quickack(true);
        }
    }

    /// Whether the system acknowledges at once, for now.
    #[cfg(all(test, target_os = "linux"))]
    pub(super) fn acknowledges(&self) -> bool {
        let asked = match self {
            Stream::Plain(counted) => counted.tcp.quickack(),
            Stream::Tls(tls) => tls.get_ref().0.tcp.quickack(),
        };
        matches!(asked, Ok(true))
    }

    /// Bytes the kernel took so far. Under TLS these are never fewer than the plain bytes in
    /// them, since a record is longer than what it carries.
    pub(super) fn handed_over(&self) -> u64 {
        match self {
            Stream::Plain(counted) => counted.taken,
            Stream::Tls(tls) => tls.get_ref().0.taken,
        }
    }

    pub(super) fn poll_read(&mut self, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self {
            Stream::Plain(counted) => Pin::new(counted).poll_read(cx, buf),
            Stream::Tls(tls) => Pin::new(tls).poll_read(cx, buf),
        }
    }

    pub(super) fn poll_write(&mut self, cx: &mut Context<'_>, rest: &Rest<'_>) -> Poll<io::Result<usize>> {
        let (slices, count) = rest.slices();
        match self {
            Stream::Plain(counted) => Pin::new(counted).poll_write_vectored(cx, &slices[..count]),
            Stream::Tls(tls) => Pin::new(tls).poll_write_vectored(cx, &slices[..count]),
        }
    }

    pub(super) fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self {
            Stream::Plain(counted) => Pin::new(counted).poll_flush(cx),
            Stream::Tls(tls) => Pin::new(tls).poll_flush(cx),
        }
    }

    pub(super) fn poll_shutdown(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self {
            Stream::Plain(counted) => Pin::new(counted).poll_shutdown(cx),
            Stream::Tls(tls) => Pin::new(tls).poll_shutdown(cx),
        }
    }
}

/// The addresses of a host, in the order in which they are tried.
pub(super) async fn resolve(
    host: &str,
    port: u16,
    limit: Duration,
) -> Result<Vec<SocketAddr>, SessionFailure> {
    let failed = |cause| SessionFailure::new(Phase::Resolve, cause);
    match timeout(limit, lookup_host((host, port))).await {
        Ok(Ok(found)) => Ok(in_turn(found.collect())),
        Ok(Err(error)) if is_no_name(host).await => Err(failed(Cause::NoSuchHost(error))),
        Ok(Err(error)) => Err(failed(Cause::Io(error))),
        Err(_) => Err(failed(Cause::Timeout(limit))),
    }
}

/// A connection to the first of these addresses that answers, within `limit`. That one, and those
/// that do not answer, are taken off the list.
pub(super) async fn connect(
    addresses: &mut Vec<SocketAddr>,
    limit: Duration,
) -> Result<(TcpStream, SocketAddr), SessionFailure> {
    let failed = |cause| SessionFailure::new(Phase::Connect, cause);
    let (tcp, address) = match timeout(limit, first_to_answer(addresses)).await {
        Ok(connected) => connected.map_err(|error| failed(Cause::Io(error)))?,
        Err(_) => return Err(failed(Cause::Timeout(limit))),
    };
    tcp.set_nodelay(true).map_err(|error| failed(Cause::Io(error)))?;
    Ok((tcp, address))
}

/// The resolver's order, address families alternating (RFC 8305 §4), so that a broken IPv6
/// route costs one wait and not one for each address.
fn in_turn(addresses: Vec<SocketAddr>) -> Vec<SocketAddr> {
    let first_is_v6 = addresses.first().is_some_and(SocketAddr::is_ipv6);
    let (first, second): (Vec<_>, Vec<_>) = addresses
        .into_iter()
        .partition(|address| address.is_ipv6() == first_is_v6);
    let mut first = first.into_iter();
    let mut second = second.into_iter();
    let mut ordered = Vec::new();
    loop {
        match (first.next(), second.next()) {
            (None, None) => return ordered,
            (one, other) => ordered.extend(one.into_iter().chain(other)),
        }
    }
}

async fn first_to_answer(addresses: &mut Vec<SocketAddr>) -> io::Result<(TcpStream, SocketAddr)> {
    let mut waiting = addresses.clone().into_iter();
    // Dropping the set ends the attempts that lost.
    let mut attempts = JoinSet::new();
    let mut refusal = io::Error::from(io::ErrorKind::NotFound);
    loop {
        let all_started = match waiting.next() {
            Some(address) => {
                attempts.spawn(async move { (TcpStream::connect(address).await, address) });
                false
            }
            None => true,
        };
        tokio::select! {
            ended = attempts.join_next() => match ended {
                Some(Ok((connected, address))) => {
                    addresses.retain(|other| *other != address);
                    match connected {
                        Ok(tcp) => return Ok((tcp, address)),
                        Err(error) => refusal = error,
                    }
                }
                Some(Err(stopped)) => refusal = io::Error::other(stopped),
                None => return Err(refusal),
            },
            () = sleep(NEXT_ADDRESS_AFTER), if !all_started => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(list: &[&str]) -> Vec<SocketAddr> {
        list.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn families_take_turns_and_the_resolver_leads() {
        let given = addresses(&["[::1]:25", "[::2]:25", "[::3]:25", "192.0.2.1:25"]);
        let expected = addresses(&["[::1]:25", "192.0.2.1:25", "[::2]:25", "[::3]:25"]);
        assert_eq!(in_turn(given), expected);
        let given = addresses(&["192.0.2.1:25", "192.0.2.2:25", "[::1]:25"]);
        let expected = addresses(&["192.0.2.1:25", "[::1]:25", "192.0.2.2:25"]);
        assert_eq!(in_turn(given), expected);
    }

    #[tokio::test]
    async fn a_refusing_address_does_not_hide_one_that_answers() {
        let dead = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let nobody = dead.local_addr().unwrap();
        drop(dead);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let alive = listener.local_addr().unwrap();
        let mut addresses = vec![nobody, alive];
        let (tcp, address) = first_to_answer(&mut addresses).await.unwrap();
        assert_eq!((tcp.peer_addr().unwrap(), address), (alive, alive));
        assert!(addresses.is_empty(), "neither is tried again");
        let refused = first_to_answer(&mut vec![nobody]).await.unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::ConnectionRefused);
    }

    #[tokio::test]
    async fn a_name_without_addresses_is_an_error() {
        let error = first_to_answer(&mut Vec::new()).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
    }
}
