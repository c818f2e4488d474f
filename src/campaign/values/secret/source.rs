//! Where a secret comes from, as plain data.

use std::path::PathBuf;

/// Where a secret comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretSource {
    /// An environment variable.
    Env(String),
    /// What a command prints: its first line, for a password.
    Command(String),
    /// A file only its owner may read: its first line, for a password.
    File(PathBuf),
    /// The system's keyring: service and user of the entry.
    Keyring {
        /// The entry's service.
        service: String,
        /// The entry's user.
        user: String,
    },
}
