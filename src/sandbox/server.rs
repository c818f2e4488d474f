//! The sockets of a sandbox: accepts, reads, writes, negotiates TLS, and stops.
//!
//! One task serves one connection and owns its session; tasks share only the capture. Each round
//! reads what is there, works through all of it, and writes all replies at once. Every wait has a
//! limit, so neither a silent client nor one that does not read its replies blocks a place forever.
//! `session` decides what a session says; the only SMTP here is 421.

use std::fmt;
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

use super::capture::{Capture, Captured, Tally};
use super::certificate::Certificate;
use super::failure::SandboxError;
use super::options::{Options, Tls};
use super::session::{Session, Step};

/// How long content that is on its way may take when the sandbox stops.
const GRACE: Duration = Duration::from_secs(1);

/// How long a client that was sent away may take to notice.
const FAREWELL: Duration = Duration::from_secs(1);

/// Octets read at a time; more than any command line, so that reading always goes on.
const BUFFER: usize = 64 * 1024;

/// `accept` fails if this process or the machine is out of file descriptors, which passes: a pause,
/// and the number of pauses before giving up.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
const ACCEPT_PAUSES: u32 = 50;

type OnMessage = Arc<dyn Fn(&Captured) + Send + Sync>;

/// A sandbox that is bound to its address and does not serve yet.
pub struct Sandbox {
    listener: TcpListener,
    local_addr: SocketAddr,
    options: Arc<Options>,
    capture: Arc<Capture>,
    certificate: Certificate,
    on_message: Option<OnMessage>,
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("local_addr", &self.local_addr)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl Sandbox {
    /// Takes the address and the output folder and makes the certificate, so that whatever can be
    /// wrong is known before the first client comes. Clients may connect from here on; they are
    /// answered once [`Sandbox::serve`] runs. Messages of earlier runs stay, see [`clear`](super::clear).
    ///
    /// # Errors
    /// See [`SandboxError`]: an address beyond loopback, a taken port, an unwritable or shared folder.
    pub async fn bind(address: SocketAddr, options: Options) -> Result<Self, SandboxError> {
        if !options.allow_remote && !address.ip().to_canonical().is_loopback() {
            return Err(SandboxError::Exposed(address));
        }
        // The name is printed into replies: a line break in it would be a reply of its own.
        if options.name.is_empty()
            || options.name.len() > 255
            || !options
                .name
                .bytes()
                .all(|octet| octet.is_ascii_alphanumeric() || b".-_".contains(&octet))
        {
            return Err(SandboxError::Name(options.name));
        }
        let refused = |source| SandboxError::Listen { address, source };
        let listener = TcpListener::bind(address).await.map_err(refused)?;
        let local_addr = listener.local_addr().map_err(refused)?;
        let certificate = Certificate::throw_away(&options.name)?;
        let capture = Arc::new(Capture::open(options.output.as_deref())?);
        Ok(Self {
            listener,
            local_addr,
            options: Arc::new(options),
            capture,
            certificate,
            on_message: None,
        })
    }

    /// Calls `notice` for every captured message, after its file is written and before its 250. It
    /// runs between two reads of a connection: it should hand the news on and return.
    #[must_use]
    pub fn on_message(mut self, notice: impl Fn(&Captured) + Send + Sync + 'static) -> Self {
        self.on_message = Some(Arc::new(notice));
        self
    }

    /// The address it listens on, with the port the system chose for port 0.
    #[must_use]
    pub fn local_addr(&self) -> SocketAddr {
        self.local_addr
    }

    /// The authority that signed the certificate of this sandbox, in PEM, for a client's `ca_file`.
    /// It is new in every run and its key is already gone.
    #[must_use]
    pub fn certificate_pem(&self) -> &str {
        self.certificate.authority_pem()
    }

    /// Serves until `shutdown` is ready. Then no connection is accepted any more, waiting clients
    /// get 421, and content that is on its way has a second to arrive.
    ///
    /// # Errors
    /// [`SandboxError::Accept`] if the system gives no more connections.
    pub async fn serve(self, shutdown: impl Future<Output = ()> + Send) -> Result<Tally, SandboxError> {
        run(self, shutdown).await
    }
}

/// What every connection needs.
struct Shared {
    options: Arc<Options>,
    capture: Arc<Capture>,
    acceptor: TlsAcceptor,
    on_message: Option<OnMessage>,
    stop: watch::Receiver<bool>,
}

async fn run(sandbox: Sandbox, shutdown: impl Future<Output = ()> + Send) -> Result<Tally, SandboxError> {
    let Sandbox {
        listener,
        options,
        capture,
        certificate,
        on_message,
        ..
    } = sandbox;
    let (stopping, stop) = watch::channel(false);
    let acceptor = certificate.acceptor();
    let shared = Arc::new(Shared {
        options,
        capture,
        acceptor,
        on_message,
        stop,
    });
    let mut sessions = JoinSet::new();
    let mut connections = 0;
    let mut pauses = 0;
    tokio::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            () = &mut shutdown => break,
            Some(_) = sessions.join_next() => continue,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) if sessions.len() >= shared.options.max_connections => turn_away(stream),
            Ok((stream, _)) => {
                connections += 1;
                pauses = 0;
                sessions.spawn(serve(stream, Arc::clone(&shared)));
            }
            Err(error) if pauses >= ACCEPT_PAUSES => return Err(SandboxError::Accept(error)),
            Err(_) => {
                pauses += 1;
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
    drop(listener);
    stopping.send_replace(true);
    let all_done = async { while sessions.join_next().await.is_some() {} };
    if timeout(GRACE, all_done).await.is_err() {
        sessions.shutdown().await;
    }
    Ok(shared.capture.tally(connections))
}

/// One connection too many. Nothing is read or waited for: the reply fits the empty send buffer.
fn turn_away(stream: TcpStream) {
    if let Ok(mut stream) = stream.into_std() {
        // If the client is gone already there is nobody to tell.
        let _ = stream.write_all(b"421 4.3.2 too many connections, try again later\r\n");
    }
}

/// How a conversation ended.
enum Ending {
    /// The client asked for TLS and got a 220.
    StartTls,
    /// The session said the last word.
    Close,
    /// The client is gone, or does not answer even TLS or TCP.
    Lost,
}

async fn serve(mut stream: TcpStream, shared: Arc<Shared>) {
    // A failure shows at the next read or write; there is no one to report it to.
    let _ = stream.set_nodelay(true);
    let mut session = Session::new(Arc::clone(&shared.options));
    if shared.options.tls != Tls::Implicit {
        match converse(&mut stream, &mut session, &shared).await {
            Ending::StartTls => session.encrypted(),
            Ending::Close => return farewell(&mut stream, &shared).await,
            Ending::Lost => return,
        }
    }
    let handshake = timeout(shared.options.idle_timeout, shared.acceptor.accept(stream));
    let mut stop = shared.stop.clone();
    let encrypted = tokio::select! {
        encrypted = handshake => encrypted,
        _ = stop.wait_for(|stop| *stop) => return,
    };
    if let Ok(Ok(mut stream)) = encrypted
        && let Ending::Close = converse(&mut stream, &mut session, &shared).await
    {
        farewell(&mut stream, &shared).await;
    }
}

/// Carries a session's octets to and fro until it ends. What was read and not used when TLS begins is
/// dropped with the buffer (the session has made sure that there is nothing).
async fn converse<S>(stream: &mut S, session: &mut Session, shared: &Shared) -> Ending
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut buffer = vec![0; BUFFER];
    let mut filled = 0;
    let mut stop = shared.stop.clone();
    let mut stopping = false;
    let mut ending = None;
    loop {
        if stopping && ending.is_none() && !session.in_content() {
            session.stop("4.3.2", "the sandbox is stopping");
            ending = Some(Ending::Close);
        }
        match (write(stream, session, shared.options.idle_timeout).await, ending) {
            (Ok(()), Some(ending)) => return ending,
            (Err(_), _) => return Ending::Lost,
            (Ok(()), None) => {}
        }
        let read = tokio::select! {
            read = timeout(shared.options.idle_timeout, stream.read(&mut buffer[filled..])) => read,
            _ = stop.wait_for(|stop| *stop), if !stopping => {
                stopping = true;
                ending = None;
                continue;
            }
        };
        ending = match read {
            Ok(Ok(0) | Err(_)) => return Ending::Lost,
            Ok(Ok(octets)) => {
                filled += octets;
                let (used, ending) = work(&buffer[..filled], session, shared).await;
                buffer.copy_within(used..filled, 0);
                filled -= used;
                ending
            }
            Err(_) => {
                session.stop("4.4.2", "silent for too long");
                Some(Ending::Close)
            }
        };
    }
}

/// Lets the session work through the input, storing messages as they come up.
async fn work(input: &[u8], session: &mut Session, shared: &Shared) -> (usize, Option<Ending>) {
    let mut used = 0;
    loop {
        let (octets, step) = session.advance(&input[used..]);
        used += octets;
        match step {
            Step::Read => return (used, None),
            Step::StartTls => return (used, Some(Ending::StartTls)),
            Step::Close => return (used, Some(Ending::Close)),
            Step::Store(message) => {
                let captured = shared.capture.store(message).await.ok();
                if let (Some(captured), Some(notice)) = (&captured, &shared.on_message) {
                    notice(captured);
                }
                session.stored(captured.map(|captured| captured.number));
            }
        }
    }
}

/// Sends all replies in one write.
async fn write<S>(stream: &mut S, session: &mut Session, limit: Duration) -> io::Result<()>
where
    S: AsyncWrite + Unpin,
{
    let output = session.take_output();
    if output.is_empty() {
        return Ok(());
    }
    timeout(limit, async {
        stream.write_all(output.as_bytes()).await?;
        stream.flush().await
    })
    .await?
}

/// Ends the connection so that the last reply arrives: closing a socket with unread input resets the
/// connection, and the reset may overtake the reply.
async fn farewell<S>(stream: &mut S, shared: &Shared)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    if !matches!(timeout(FAREWELL, stream.shutdown()).await, Ok(Ok(()))) {
        return;
    }
    let mut stop = shared.stop.clone();
    let drained = async {
        let mut scratch = vec![0; 4096];
        while stream.read(&mut scratch).await? > 0 {}
        io::Result::Ok(())
    };
    tokio::select! {
        // Whatever the result, the connection is over.
        _ = timeout(FAREWELL, drained) => {}
        _ = stop.wait_for(|stop| *stop) => {}
    }
}
