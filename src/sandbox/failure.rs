//! Why a sandbox could not start or go on.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

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
