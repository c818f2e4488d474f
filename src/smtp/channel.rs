//! A byte stream to a server that speaks another protocol: opened and protected as a session is, with
//! the same addresses, time limits and certificates. What is said over it is not decided here.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::auth::may_log_in_unencrypted;
use super::endpoint::{Endpoint, Security};
use super::failure::{Cause, Phase, SessionFailure};
use super::names::ascii_host;
use super::stream::{Stream, connect, resolve};
use super::tls::secure;
use super::write_buf::Rest;

/// A connection, under TLS where the endpoint says so.
#[derive(Debug)]
pub struct Channel {
    stream: Stream,
    peer: SocketAddr,
}

impl Channel {
    /// Connects to the first address that answers. With [`Security::StartTls`] the stream is not
    /// encrypted yet.
    ///
    /// # Errors
    /// The name, the connection or TLS.
    pub async fn open(endpoint: &Endpoint) -> Result<Channel, SessionFailure> {
        let bad = || SessionFailure::new(Phase::Resolve, Cause::BadHost(endpoint.host.clone()));
        let host = ascii_host(&endpoint.host).ok_or_else(bad)?;
        let limit = endpoint.timeouts.connect;
        let begun = Instant::now();
        let mut addresses = resolve(&host, endpoint.port, limit).await?;
        endpoint.remembered.first(&mut addresses);
        let (tcp, peer) = connect(&mut addresses, limit.saturating_sub(begun.elapsed())).await?;
        endpoint.remembered.works(peer);
        let channel = Channel {
            stream: Stream::over(tcp),
            peer,
        };
        match endpoint.security {
            Security::ImplicitTls => channel.encrypt(endpoint).await,
            Security::StartTls | Security::Plaintext => Ok(channel),
        }
    }

    /// The same connection under TLS. The caller has read nothing that was sent before.
    ///
    /// # Errors
    /// The handshake, or the certificate.
    pub async fn encrypt(self, endpoint: &Endpoint) -> Result<Channel, SessionFailure> {
        let bad = || SessionFailure::new(Phase::Tls, Cause::BadHost(endpoint.host.clone()));
        let host = ascii_host(&endpoint.host).ok_or_else(bad)?;
        let Stream::Plain(counted) = self.stream else {
            return Ok(self);
        };
        let limit = endpoint.timeouts.connect;
        let stream = secure(counted, endpoint.tls.clone(), &host, limit)
            .await
            .map_err(|cause| match (cause, endpoint.security) {
                // Plain bytes in place of the handshake were under way when it was agreed upon.
                (Cause::NotTls, Security::StartTls) => {
                    SessionFailure::new(Phase::StartTls, Cause::BytesBeforeTls)
                }
                (cause, _) => SessionFailure::new(Phase::Tls, cause),
            })?;
        Ok(Channel {
            stream,
            peer: self.peer,
        })
    }

    /// Whether a password may be said here: under TLS, or to this machine.
    #[must_use]
    pub fn may_log_in(&self) -> bool {
        self.stream.is_encrypted() || may_log_in_unencrypted(self.peer.ip())
    }

    /// Whose address it is.
    #[must_use]
    pub fn peer(&self) -> IpAddr {
        self.peer.ip()
    }
}

impl AsyncRead for Channel {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.stream.poll_read(cx, buf)
    }
}

impl AsyncWrite for Channel {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.stream.poll_write(cx, &Rest::of(&[bytes]))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream.poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream.poll_shutdown(cx)
    }
}
