//! Why a secret is not available: names its source, and never holds any of it.

use super::held::{Unfit, Wanted};
use super::source::SecretSource;
use crate::campaign::values::hidden;
use crate::words::{Said, Speak, say, system};

/// Why a secret is not available; never holds any of it.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said())]
pub enum SecretError {
    /// The variable is not set, or empty.
    EnvMissing(String),
    /// The command could not be started.
    CommandStart {
        /// As written.
        command: String,
        /// The system's words.
        source: std::io::Error,
    },
    /// It is no longer waited for.
    Interrupted(String),
    /// It failed.
    CommandFailed {
        /// As written.
        command: String,
        /// Its exit status.
        status: std::process::ExitStatus,
    },
    /// The file could not be read.
    File {
        /// The file.
        path: String,
        /// The system's words.
        source: std::io::Error,
        /// It is a pipe or a device.
        irregular: bool,
    },
    /// Others may read the file.
    FileTooOpen {
        /// The file.
        path: String,
        /// Its permission bits.
        mode: u32,
        /// What to do.
        cure: Cure,
    },
    /// What the source gives cannot be the secret.
    Unfit {
        /// The source.
        of: SecretSource,
        /// Why.
        unfit: Unfit,
        /// What it was to give.
        wanted: Wanted,
    },
    /// The keyring has no entry, or there is no keyring.
    Keyring {
        /// The entry's service.
        service: String,
        /// The entry's user.
        user: String,
        /// Why.
        reason: Said,
    },
    /// The keyring does not take an entry, or there is no keyring.
    KeyringWrite {
        /// The entry's service.
        service: String,
        /// The entry's user.
        user: String,
        /// Why.
        reason: Said,
    },
}

/// What to do about a file that others may read. The path is quoted for the shell.
#[derive(Debug)]
pub enum Cure {
    /// Nobody else need read it.
    Chmod(String),
    /// Its modes cannot be changed there.
    Copy(String),
}

impl Speak for SecretError {
    fn said(&self) -> Said {
        match self {
            Self::EnvMissing(name) if hidden::is_variable(name) => {
                say!("campaign-secret-no-variable", name = name)
            }
            Self::EnvMissing(_) => say!("campaign-secret-no-variable-shown"),
            Self::CommandStart { command, source } => say!(
                "campaign-secret-command-not-started",
                command = hidden::command(command),
                why = system(source)
            ),
            Self::Interrupted(command) => say!(
                "campaign-secret-command-interrupted",
                command = hidden::command(command)
            ),
            Self::CommandFailed { command, status } => failed(&hidden::command(command), *status),
            Self::File {
                path,
                source,
                irregular: true,
            } => say!(
                "campaign-secret-file-irregular",
                path = path,
                why = system(source)
            ),
            Self::File { path, source, .. } => {
                say!(
                    "campaign-secret-file-unreadable",
                    path = path,
                    why = system(source)
                )
            }
            Self::FileTooOpen { path, mode, cure } => {
                let mode = format!("{mode:03o}");
                match cure {
                    Cure::Chmod(quoted) => say!(
                        "campaign-secret-file-too-open",
                        path = path,
                        mode = mode,
                        quoted = quoted
                    ),
                    Cure::Copy(quoted) => say!(
                        "campaign-secret-file-too-open-here",
                        path = path,
                        mode = mode,
                        quoted = quoted
                    ),
                }
            }
            Self::Unfit { of, unfit, wanted } => is_unfit(of, *unfit, *wanted),
            Self::Keyring {
                service,
                user,
                reason,
            } => say!(
                "campaign-secret-keyring",
                service = service,
                user = user,
                why = reason.clone()
            ),
            Self::KeyringWrite {
                service,
                user,
                reason,
            } => say!(
                "campaign-secret-keyring-write",
                service = service,
                user = user,
                why = reason.clone()
            ),
        }
    }
}

fn failed(command: &str, status: std::process::ExitStatus) -> Said {
    match status.code() {
        Some(code) => say!(
            "campaign-secret-command-failed",
            command = command,
            code = crate::words::Arg::plain(code)
        ),
        None => say!(
            "campaign-secret-command-killed",
            command = command,
            status = status.to_string()
        ),
    }
}

fn is_unfit(of: &SecretSource, unfit: Unfit, wanted: Wanted) -> Said {
    match (unfit, wanted) {
        (Unfit::Empty, Wanted::Line) => say!("campaign-secret-no-password", source = of),
        (Unfit::Empty, Wanted::Text) => say!("campaign-secret-empty", source = of),
        (Unfit::NotText, _) => say!("campaign-secret-not-text", source = of),
        (Unfit::Nul, _) => say!("campaign-secret-nul", source = of),
    }
}

/// What it is that gives the secret.
impl Speak for SecretSource {
    fn said(&self) -> Said {
        match self {
            Self::Env(name) if hidden::is_variable(name) => {
                say!("campaign-secret-of-variable", name = name)
            }
            Self::Env(_) => say!("campaign-secret-of-variable-shown"),
            Self::Command(command) => {
                say!("campaign-secret-of-command", command = hidden::command(command))
            }
            Self::File(path) => say!("campaign-secret-of-file", path = path.as_path()),
            Self::Keyring { service, user } if user.is_empty() => {
                say!("campaign-secret-of-service", service = service)
            }
            Self::Keyring { service, user } => {
                say!("campaign-secret-of-entry", service = service, user = user)
            }
        }
    }
}
