//! Why a secret is not available: names its source, and never contains a part of it.

use super::held::Unfit;

/// Why a secret could not be had; never holds any of it.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The variable is not set, or empty.
    #[error("the environment variable {0} is not set, or empty; set it before you send")]
    EnvMissing(String),
    /// The command could not be started.
    #[error("the command `{command}` could not be started: {source}")]
    CommandStart {
        /// As written.
        command: String,
        /// The system's words.
        source: std::io::Error,
    },
    /// It was waited for no longer.
    #[error("the command `{0}` was interrupted")]
    Interrupted(String),
    /// It ended badly.
    #[error("the command `{command}` failed ({status}); run it in a terminal to see why")]
    CommandFailed {
        /// As written.
        command: String,
        /// Its exit status.
        status: std::process::ExitStatus,
    },
    /// It printed nothing.
    #[error("the command `{command}` printed no {wanted}")]
    CommandEmpty {
        /// As written.
        command: String,
        /// What it was to print.
        wanted: &'static str,
    },
    /// The file could not be read.
    #[error("the file {path} cannot be read: {source}{cure}")]
    File {
        /// The file.
        path: String,
        /// The system's words.
        source: std::io::Error,
        /// What to do, where that is known.
        cure: &'static str,
    },
    /// Others may read the file.
    #[error("the file {path} may be read by others (mode {mode:03o}); {cure}")]
    FileTooOpen {
        /// The file.
        path: String,
        /// Its permission bits.
        mode: u32,
        /// What to do, as a command.
        cure: String,
    },
    /// What the source gives cannot be the secret.
    #[error("{of} {unfit}")]
    Unfit {
        /// The source.
        of: String,
        /// Why.
        unfit: Unfit,
    },
    /// It is empty.
    #[error("the file {path} holds no {wanted}")]
    FileEmpty {
        /// The file.
        path: String,
        /// What it was to hold.
        wanted: &'static str,
    },
    /// The keyring has no entry, or there is no keyring.
    #[error("nothing for {user} in the keyring entry `{service}`: {reason}")]
    Keyring {
        /// The entry's service.
        service: String,
        /// The entry's user.
        user: String,
        /// The keyring's words.
        reason: String,
    },
    /// The keyring does not take an entry, or there is no keyring.
    #[error("the keyring does not take the entry `{service}` for {user}: {reason}")]
    KeyringWrite {
        /// The entry's service.
        service: String,
        /// The entry's user.
        user: String,
        /// The keyring's words.
        reason: String,
    },
}
