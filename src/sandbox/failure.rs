//! Why a sandbox could not start or go on.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::words::{Arg, Said, Speak, hints_of, say, system};

/// Why a sandbox could not start or go on.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said())]
#[non_exhaustive]
pub enum SandboxError {
    /// The address is reachable from other machines.
    Exposed(SocketAddr),
    /// The greeting name has characters that do not belong in a host name.
    Name(String),
    /// The port is in use or not allowed.
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// The output folder cannot be created or written to.
    Output {
        /// The file or folder concerned.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// Another sandbox, in this process or another, writes to the same folder.
    InUse {
        /// The output folder.
        path: PathBuf,
    },
    /// The temporary certificate could not be made.
    Certificate(#[from] rcgen::Error),
    /// The TLS library refuses the temporary certificate.
    Tls(#[from] tokio_rustls::rustls::Error),
    /// New connections could not be accepted for several seconds.
    Accept(#[source] io::Error),
}

impl Speak for SandboxError {
    fn said(&self) -> Said {
        match self {
            Self::Exposed(address) => say!("sandbox-exposed", address = Arg::plain(address)),
            Self::Name(name) => say!("sandbox-bad-name", name = name),
            Self::Listen { address, source } => say!(
                "sandbox-cannot-listen",
                address = Arg::plain(address),
                why = system(source)
            ),
            Self::Output { path, source } => {
                say!(
                    "sandbox-cannot-write",
                    path = path.as_path(),
                    why = system(source)
                )
            }
            Self::InUse { path } => say!("sandbox-in-use", path = path.as_path()),
            Self::Certificate(error) => say!("sandbox-no-certificate", own = error.to_string()),
            Self::Tls(error) => say!("sandbox-no-tls", own = error.to_string()),
            Self::Accept(error) => say!("sandbox-no-more-connections", why = system(error)),
        }
    }

    fn hints(&self) -> Vec<Said> {
        match self {
            Self::Exposed(_) => vec![say!("sandbox-hint-exposed")],
            Self::Listen { .. } => vec![say!("sandbox-hint-port")],
            Self::InUse { .. } => vec![say!("sandbox-hint-in-use")],
            Self::Output { source, .. } => hints_of(source),
            Self::Name(_) | Self::Certificate(_) | Self::Tls(_) | Self::Accept(_) => Vec::new(),
        }
    }
}
