//! What the system says, in words of ours.

use std::io::{Error, ErrorKind};

use super::said::{Said, say};
use super::storage::within;

/// An error of the system by its kind. The system's own words follow in brackets where the kind
/// alone does not say enough.
#[must_use]
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "kinds without words of ours show the system's"
)]
pub fn system(error: &Error) -> Said {
    if let Some(said) = within(error) {
        return said;
    }
    match error.kind() {
        ErrorKind::NotFound => say!("words-system-not-found"),
        ErrorKind::PermissionDenied => say!("words-system-permission-denied"),
        ErrorKind::AlreadyExists => say!("words-system-already-exists"),
        ErrorKind::NotADirectory => say!("words-system-not-a-directory"),
        ErrorKind::IsADirectory => say!("words-system-is-a-directory"),
        ErrorKind::DirectoryNotEmpty => say!("words-system-directory-not-empty"),
        ErrorKind::ReadOnlyFilesystem => say!("words-system-read-only"),
        ErrorKind::StorageFull => say!("words-system-storage-full"),
        ErrorKind::QuotaExceeded => say!("words-system-quota"),
        ErrorKind::FileTooLarge => say!("words-system-file-too-large"),
        ErrorKind::InvalidFilename => say!("words-system-invalid-filename"),
        ErrorKind::ConnectionRefused => say!("words-system-connection-refused"),
        ErrorKind::ConnectionReset => say!("words-system-connection-reset"),
        ErrorKind::ConnectionAborted => say!("words-system-connection-aborted"),
        ErrorKind::HostUnreachable => say!("words-system-host-unreachable"),
        ErrorKind::NetworkUnreachable => say!("words-system-network-unreachable"),
        ErrorKind::NetworkDown => say!("words-system-network-down"),
        ErrorKind::AddrInUse => say!("words-system-address-in-use"),
        ErrorKind::AddrNotAvailable => say!("words-system-address-not-available"),
        ErrorKind::BrokenPipe => say!("words-system-broken-pipe"),
        ErrorKind::TimedOut => say!("words-system-timed-out"),
        ErrorKind::UnexpectedEof => say!("words-system-unexpected-end"),
        ErrorKind::OutOfMemory => say!("words-system-out-of-memory"),
        _ => say!("words-system-other", own = error.to_string()),
    }
}
