//! An SMTP server that captures instead of delivering.
//!
//! It is what `mailshot send --sandbox` sends to and what `mailshot sandbox` runs for the tests of
//! other programs: a real submission server on loopback, with EHLO, STARTTLS, AUTH and PIPELINING,
//! that writes every accepted message to a file and passes it on to nobody.
//!
//! It is strict where real servers differ (bare line feeds, long lines, undeclared 8-bit content,
//! spaces after `FROM:`): what passes here passes elsewhere. It refuses to listen beyond loopback
//! unless told to, since it takes any login, and it never relays, so that nothing tried against it
//! can reach a person. It knows nothing of campaigns: no other module of this crate is imported.
//!
//! `server` owns the sockets; `session` is the dialogue without any I/O and `answers` what commands
//! do to it; `command`, `path`, `login` and `content` are what it reads; `capture` and `names` are the
//! files, `certificate` the throw-away TLS identity.

mod answers;
mod capture;
mod certificate;
mod command;
mod content;
mod login;
mod names;
mod path;
mod server;
mod session;
#[cfg(test)]
mod tests;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use tokio::net::TcpListener;

pub use capture::{Captured, clear};
pub use names::{file_name, number_of};

use capture::Capture;
use certificate::Certificate;

/// What a sandbox offers its clients and what it keeps of their messages.
#[derive(Debug, Clone)]
pub struct Options {
    /// Folder that gets `messages/*.eml` and `envelopes.jsonl`; `None` keeps nothing but counts.
    pub output: Option<PathBuf>,
    /// Host name in the greeting and in the certificate: visible ASCII without spaces.
    pub name: String,
    /// Largest content accepted, in octets after un-stuffing; advertised as SIZE (RFC 1870).
    pub max_message_size: u64,
    /// How a client comes to an encrypted connection.
    pub tls: Tls,
    /// Which logins are accepted, and whether one is needed.
    pub login: LoginPolicy,
    /// A client silent for so long gets 421 and is cut off (RFC 5321 §4.5.3.2.7 asks for 5 minutes).
    pub idle_timeout: Duration,
    /// Connections served at once; further ones get 421.
    pub max_connections: usize,
    /// Allow listening beyond loopback, where anybody could fill the disk with "mail".
    pub allow_remote: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            output: None,
            name: "sandbox.localhost".to_owned(),
            max_message_size: 50 * 1024 * 1024,
            tls: Tls::StartTls,
            login: LoginPolicy::Any,
            idle_timeout: Duration::from_secs(300),
            max_connections: 100,
            allow_remote: false,
        }
    }
}

/// How a client comes to an encrypted connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// Not at all: STARTTLS is not offered.
    Off,
    /// On request, by STARTTLS (RFC 3207).
    StartTls,
    /// From the first octet on, as on port 465 (RFC 8314 §3.3).
    Implicit,
}

/// Which logins (RFC 4954) a sandbox accepts.
#[derive(Debug, Clone)]
pub enum LoginPolicy {
    /// AUTH is offered and every user and password is right; nobody has to log in.
    Any,
    /// Only this login is right, and MAIL is refused with 530 before it.
    Only {
        /// User name (authentication identity).
        user: String,
        /// Password, or the bearer token of XOAUTH2.
        password: SecretString,
    },
    /// AUTH is not offered.
    None,
}

/// What a sandbox did in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Messages captured, that is answered 250 after the dot.
    pub messages: u64,
    /// Envelope recipients of those messages.
    pub recipients: u64,
    /// Connections served; those sent away with 421 do not count.
    pub connections: u64,
    /// Octets of content of those messages, after un-stuffing.
    pub bytes: u64,
}

/// Why a sandbox could not start or go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SandboxError {
    /// The address is reachable from other machines.
    #[error(
        "the sandbox accepts mail from anybody and will not listen on {0}, which other machines \
         can reach; use 127.0.0.1 or [::1]"
    )]
    Exposed(SocketAddr),
    /// The greeting name has characters that do not belong in a host name.
    #[error(
        "\"{0}\" cannot be the sandbox's host name: letters, digits, dots and hyphens only, at most \
         255"
    )]
    Name(String),
    /// The port is taken or not ours to take.
    #[error("the sandbox cannot listen on {address}; choose another port, or 0 for a free one")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// The output folder cannot be made or written to.
    #[error("the sandbox cannot write to {}", path.display())]
    Output {
        /// The file or folder concerned.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// Another sandbox, in this process or another, writes to the same folder.
    #[error("another sandbox is writing to {}; stop it or choose another folder", path.display())]
    InUse {
        /// The output folder.
        path: PathBuf,
    },
    /// The throw-away certificate could not be made.
    #[error("the sandbox cannot make its certificate")]
    Certificate(#[from] rcgen::Error),
    /// The TLS library refuses the throw-away certificate.
    #[error("the sandbox cannot set up TLS")]
    Tls(#[from] tokio_rustls::rustls::Error),
    /// New connections could not be accepted for several seconds on end.
    #[error("the sandbox can accept no more connections")]
    Accept(#[source] io::Error),
}

type OnMessage = Arc<dyn Fn(&Captured) + Send + Sync>;

/// A sandbox that is bound to its address and not yet serving.
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
    /// answered once [`Sandbox::serve`] runs. Messages of earlier runs stay, see [`clear`].
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
    /// [`SandboxError::Accept`] when the system hands out no more connections.
    pub async fn serve(self, shutdown: impl Future<Output = ()> + Send) -> Result<Tally, SandboxError> {
        server::run(self, shutdown).await
    }
}
