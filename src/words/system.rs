//! What the system says, and what is in the way of a file, in words of ours.

use std::io::{Error, ErrorKind};

use crate::storage::{InTheWay, Irregular, Obstacle, TooLarge};

use super::said::{Said, Speak, say};

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

/// What to do about an error of the system, where that is known.
#[must_use]
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "of the other kinds nothing is known to do"
)]
pub fn hints_of(error: &Error) -> Vec<Said> {
    let inner = error.get_ref();
    if let Some(obstacle) = inner.and_then(|inner| inner.downcast_ref::<Obstacle>()) {
        return obstacle.hints();
    }
    match error.kind() {
        ErrorKind::PermissionDenied => vec![say!("storage-hint-permission")],
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => vec![say!("storage-hint-full")],
        _ => Vec::new(),
    }
}

impl Speak for Obstacle {
    fn said(&self) -> Said {
        match (self.what(), self.above()) {
            (InTheWay::File, Some(above)) => say!("storage-above-is-file", above = above),
            (InTheWay::DanglingLink(target), Some(above)) => say!(
                "storage-above-is-dangling-link",
                above = above,
                target = target.as_path()
            ),
            (InTheWay::Folder, _) => say!("storage-is-folder"),
            (InTheWay::File, None) => say!("storage-is-file"),
            (InTheWay::DanglingLink(target), None) => {
                say!("storage-is-dangling-link", target = target.as_path())
            }
            (InTheWay::Link(target), _) => say!("storage-is-link", target = target.as_path()),
            (InTheWay::System(error), _) => system(error),
        }
    }

    fn hints(&self) -> Vec<Said> {
        match self.what() {
            InTheWay::Folder | InTheWay::File => vec![say!("storage-hint-move")],
            InTheWay::DanglingLink(_) => vec![say!("storage-hint-dangling-link")],
            InTheWay::Link(_) => vec![say!("storage-hint-link")],
            InTheWay::System(error) => hints_of(error),
        }
    }
}

impl Speak for Irregular {
    fn said(&self) -> Said {
        match self {
            Self::Folder => say!("storage-not-a-file-folder"),
            Self::Pipe => say!("storage-not-a-file-pipe"),
            Self::Device => say!("storage-not-a-file-device"),
            Self::Socket => say!("storage-not-a-file-socket"),
        }
    }
}

impl Speak for TooLarge {
    fn said(&self) -> Said {
        say!("storage-too-large", most = self.most())
    }
}

/// What storage put into an error of the system.
fn within(error: &Error) -> Option<Said> {
    let inner = error.get_ref()?;
    let obstacle = inner.downcast_ref::<Obstacle>().map(Speak::said);
    let irregular = || inner.downcast_ref::<Irregular>().map(Speak::said);
    let large = || inner.downcast_ref::<TooLarge>().map(Speak::said);
    obstacle.or_else(irregular).or_else(large)
}
