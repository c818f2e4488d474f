//! Opening a conversation with a relay.
//!
//! The order is fixed: connection, TLS if it is implicit, greeting, EHLO, STARTTLS if it is
//! required and EHLO again, AUTH. Everything that a relay announced before TLS is forgotten.
//!
//! A name may have several addresses, and an address that accepts the connection may still not
//! work: they are tried in turn until one gets through EHLO (RFC 5321 §5.1). The login is not
//! repeated at another address. If several addresses fail, the last failure is reported, unless
//! that address did not even answer: what a relay said is more useful.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use lettre::transport::smtp::commands::{Ehlo, Starttls};
use lettre::transport::smtp::extension::ClientId;
use tokio::net::TcpStream;

use super::auth::authenticate;
use super::awaited::begins;
use super::capabilities::Capabilities;
use super::concealed::Concealed;
use super::endpoint::{Endpoint, Security, Timeouts};
use super::failure::{Cause, Phase, SessionFailure};
use super::greeting::server;
use super::names::{ascii_host, client_id};
use super::probe;
use super::session::Session;
use super::stream::{Stream, connect, resolve};
use super::tls::secure;
use super::wire::{Heard, Label, Wire};
use crate::words::say;

/// How long an address may keep silent while another one is there to be tried.
const NEXT_ADDRESS: Duration = Duration::from_secs(30);

/// How long a silent server is listened to before it is asked whether it waits for TLS. Servers
/// that delay their greeting, to see who cannot wait, mostly do so for less.
const SILENT: Duration = Duration::from_secs(8);

/// Conversations begun in this process.
static BEGUN: AtomicU64 = AtomicU64::new(0);

impl Session {
    /// Opens a conversation, up to and with the login.
    ///
    /// # Errors
    /// Everything that keeps it from being ready for a message; no message is ever in doubt here.
    pub async fn open(endpoint: &Endpoint) -> Result<Session, SessionFailure> {
        let host = ascii_host(&endpoint.host)
            .ok_or_else(|| at(Phase::Resolve)(Cause::BadHost(endpoint.host.clone())))?;
        let limit = endpoint.timeouts.connect;
        let begun = Instant::now();
        begins(Phase::Resolve);
        let mut addresses = resolve(&host, endpoint.port, limit).await?;
        endpoint.remembered.first(&mut addresses);
        let left = limit.saturating_sub(begun.elapsed());
        Session::open_at(endpoint, &host, addresses, left).await
    }

    /// The same, at one of these addresses; the first connection takes no longer than `left`.
    pub(super) async fn open_at(
        endpoint: &Endpoint,
        host: &str,
        mut addresses: Vec<SocketAddr>,
        mut left: Duration,
    ) -> Result<Session, SessionFailure> {
        let concealed = endpoint
            .login
            .as_ref()
            .map(|login| Arc::new(Concealed::of(login)));
        let several = addresses.len() > 1;
        let mut last: Option<SessionFailure> = None;
        loop {
            begins(Phase::Connect);
            let (tcp, address) = match connect(&mut addresses, left).await {
                Ok(connected) => connected,
                // What another address said tells more.
                Err(failure) => return Err(last.unwrap_or(failure)),
            };
            left = endpoint.timeouts.connect;
            let attempt = Attempt {
                endpoint,
                host,
                label: Label {
                    relay: Arc::clone(&endpoint.name),
                    number: BEGUN.fetch_add(1, Ordering::Relaxed) + 1,
                },
                concealed: concealed.clone(),
                patience: if addresses.is_empty() {
                    Duration::MAX
                } else {
                    NEXT_ADDRESS
                },
            };
            match attempt.converse(tcp, address).await {
                Ok(session) => {
                    endpoint.remembered.works(address);
                    return Ok(session);
                }
                Err(failure) => {
                    let failure = if several { failure.of(address) } else { failure };
                    if addresses.is_empty() || !failure.may_be_the_address() {
                        return Err(failure);
                    }
                    tracing::debug!("{}: {failure}; the next address is tried", endpoint.name);
                    last = Some(failure);
                }
            }
        }
    }
}

/// A try at one address.
struct Attempt<'e> {
    endpoint: &'e Endpoint,
    host: &'e str,
    label: Label,
    concealed: Option<Arc<Concealed>>,
    /// The most that greeting and EHLO may take each.
    patience: Duration,
}

impl Attempt<'_> {
    async fn converse(self, tcp: TcpStream, address: SocketAddr) -> Result<Session, SessionFailure> {
        let Endpoint { security, login, .. } = self.endpoint;
        let mut timeouts = self.endpoint.timeouts;
        timeouts.greeting = timeouts.greeting.min(self.patience);
        timeouts.command = timeouts.command.min(self.patience);
        let mut wire = Wire::over(tcp).map_err(at(Phase::Connect))?;
        wire.known_as(self.label.clone(), self.concealed.clone());
        wire.note(format_args!("connected to {address}"));
        if *security == Security::ImplicitTls {
            wire = self.encrypt(wire).await?;
        }
        let greeting = greeting(&mut wire, timeouts).await?;
        let ehlo = self.endpoint.ehlo.as_deref();
        let name = client_id(ehlo, wire.local.ip()).map_err(at(Phase::Ehlo))?;
        let mut capabilities = hello(&mut wire, &name, timeouts).await?;
        // Something on the way has masked its words.
        capabilities.masked |= greeting.contains("****");
        if *security == Security::StartTls {
            start_tls(&mut wire, &capabilities, timeouts).await?;
            wire = self.encrypt(wire).await?;
            capabilities = hello(&mut wire, &name, timeouts).await?;
        }
        if let Some(login) = login {
            begins(Phase::Auth);
            authenticate(&mut wire, login, &capabilities, self.endpoint.timeouts.command)
                .await
                .map_err(at(Phase::Auth))?;
        }
        Ok(Session::begun(
            wire,
            capabilities,
            server(&greeting),
            self.endpoint,
        ))
    }

    /// The same connection under TLS, with an empty inbox.
    async fn encrypt(&self, wire: Wire) -> Result<Wire, SessionFailure> {
        begins(Phase::Tls);
        let failed = at(Phase::Tls);
        let (peer, local) = (wire.peer, wire.local);
        let Stream::Plain(counted) = wire.stream else {
            return Err(failed(Cause::OutOfStep(say!("smtp-step-tls-on"))));
        };
        let limit = self.endpoint.timeouts.connect;
        let stream = secure(counted, self.endpoint.tls.clone(), self.host, limit)
            .await
            .map_err(|cause| match (cause, self.endpoint.security) {
                // Plain bytes in place of the handshake were under way when the 220 was read.
                (Cause::NotTls, Security::StartTls) => at(Phase::StartTls)(Cause::BytesBeforeTls),
                (cause, _) => failed(cause),
            })?;
        let mut wire = Wire::fresh(stream, peer, local);
        wire.known_as(self.label.clone(), self.concealed.clone());
        wire.note(format_args!("TLS is on"));
        Ok(wire)
    }
}

fn at(phase: Phase) -> impl Fn(Cause) -> SessionFailure {
    move |cause| SessionFailure::new(phase, cause)
}

/// The relay's first words.
async fn greeting(wire: &mut Wire, timeouts: Timeouts) -> Result<String, SessionFailure> {
    begins(Phase::Greeting);
    let failed = at(Phase::Greeting);
    let reply = match first_words(wire, timeouts.greeting).await {
        Ok(reply) => reply,
        Err(Cause::MalformedReply(line)) => return Err(failed(probe::named(line))),
        Err(cause) => return Err(failed(cause)),
    };
    let reply = match wire.left_over().await.map_err(&failed)? {
        Some(farewell) => farewell,
        None => reply,
    };
    if reply.is_positive() {
        Ok(reply.text().to_owned())
    } else {
        Err(failed(Cause::Refused(reply)))
    }
}

/// The first reply. A server that keeps silent may be waiting for the client to begin: with TLS,
/// or with a request of another protocol. That is found out after seconds, not minutes.
async fn first_words(wire: &mut Wire, limit: Duration) -> Result<super::reply::Reply, Cause> {
    let soon = SILENT.min(limit);
    match wire.reply(soon).await {
        Err(Cause::Timeout(_)) => {}
        answered => return answered,
    }
    if wire.is_quiet() && !wire.stream.is_encrypted() {
        // On this very connection: some servers look at one at a time. Another one is opened for the
        // greeting, which may only be slow.
        if let Some(cause) = probe::ask(&mut wire.stream).await {
            return Err(cause);
        }
        if limit > soon {
            let tcp = TcpStream::connect(wire.peer).await.map_err(Cause::Io)?;
            tcp.set_nodelay(true).map_err(Cause::Io)?;
            wire.begin_again(tcp)?;
        }
    }
    match wire.reply(limit - soon).await {
        Err(Cause::Timeout(_)) => Err(Cause::Timeout(limit)),
        answered => answered,
    }
}

/// EHLO, or HELO for a relay that knows only that (RFC 5321 §3.2) and so offers nothing.
async fn hello(wire: &mut Wire, name: &ClientId, timeouts: Timeouts) -> Result<Capabilities, SessionFailure> {
    begins(Phase::Ehlo);
    let failed = at(Phase::Ehlo);
    let ehlo = Ehlo::new(name.clone()).to_string();
    let reply = wire.ask(&ehlo, timeouts.command).await.map_err(&failed)?;
    if reply.is_positive() {
        return Ok(Capabilities::from_ehlo(&reply));
    }
    if !reply.is_permanent() {
        return Err(failed(Cause::Refused(reply)));
    }
    let masked = reply.text().to_ascii_uppercase().contains("XXXX");
    let helo = format!("HELO {name}\r\n");
    let reply = wire.ask(&helo, timeouts.command).await.map_err(&failed)?;
    if reply.is_positive() {
        Ok(Capabilities {
            masked,
            ..Capabilities::default()
        })
    } else {
        Err(failed(Cause::Refused(reply)))
    }
}

/// STARTTLS up to its 220. Bytes that came along with the 220 were not protected by TLS, and
/// reading them after the handshake would let an attacker on the network answer for the relay.
async fn start_tls(
    wire: &mut Wire,
    offered: &Capabilities,
    timeouts: Timeouts,
) -> Result<(), SessionFailure> {
    begins(Phase::StartTls);
    let failed = at(Phase::StartTls);
    if !offered.starttls {
        let masked = offered.masked;
        return Err(failed(if masked {
            Cause::StartTlsMasked
        } else {
            Cause::StartTlsNotOffered
        }));
    }
    let command = Starttls.to_string();
    wire.say(&command);
    wire.write(&[command.as_bytes()], Heard::replies(1), timeouts.command)
        .await
        .map_err(&failed)?;
    let reply = wire.reply(timeouts.command).await.map_err(&failed)?;
    if !reply.is(220) {
        return Err(failed(Cause::Refused(reply)));
    }
    if wire.is_quiet() {
        Ok(())
    } else {
        Err(failed(Cause::BytesBeforeTls))
    }
}
