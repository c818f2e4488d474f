//! Where passwords, tokens and keys come from: never from the file itself.
//!
//! A source is plain data and may be shown; what it yields is a
//! [`SecretString`], which shows nothing in `Debug`, is wiped when dropped,
//! and is read at the last moment. Asking a person is not done here: the
//! command line owns the terminal.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use secrecy::{ExposeSecret, SecretString};

use super::keyring::{self, KeyringError};

/// The service of our entries in the keyring, unless a campaign names another.
pub(crate) const KEYRING_SERVICE: &str = "mailshot";

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

/// Why a secret could not be had; never holds any of it.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The variable is not set, or empty.
    #[error("the environment variable {0} is not set, or empty; set it before you send")]
    EnvMissing(String),
    /// It holds something that is no text.
    #[error("the environment variable {0} does not hold UTF-8 text")]
    EnvNotText(String),
    /// The command could not be started.
    #[error("the command `{command}` could not be started: {source}")]
    CommandStart {
        /// As written.
        command: String,
        /// The system's words.
        source: std::io::Error,
    },
    /// It ended badly.
    #[error("the command `{command}` failed ({status}); run it in a terminal to see why")]
    CommandFailed {
        /// As written.
        command: String,
        /// Its exit status.
        status: std::process::ExitStatus,
    },
    /// It printed nothing, or no text.
    #[error("the command `{command}` printed no {wanted}")]
    CommandEmpty {
        /// As written.
        command: String,
        /// What it was to print.
        wanted: &'static str,
    },
    /// The file could not be read.
    #[error("the file {path} cannot be read: {source}")]
    File {
        /// The file.
        path: String,
        /// The system's words.
        source: std::io::Error,
    },
    /// Others may read the file.
    #[error("the file {path} may be read by others (mode {mode:03o}); run: chmod 600 {path}")]
    FileTooOpen {
        /// The file.
        path: String,
        /// Its permission bits.
        mode: u32,
    },
    /// It is empty, or no text.
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

/// How much of what a source gives is the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// The first line: `pass` and editors add a line end, and further lines (a
    /// user name, a URL) are not the password.
    Line,
    /// All of it.
    Text,
}

impl Wanted {
    fn words(self) -> &'static str {
        match self {
            Self::Line => "password on its first line",
            Self::Text => "text",
        }
    }

    fn of(self, bytes: &[u8]) -> Option<SecretString> {
        let bytes = match self {
            Self::Line => bytes.split(|b| *b == b'\n').next().unwrap_or_default(),
            Self::Text => bytes,
        };
        let text = std::str::from_utf8(bytes).ok()?.trim_end_matches('\r');
        (!text.is_empty()).then(|| SecretString::from(text.to_owned()))
    }
}

impl SecretSource {
    /// Reads a password or token, which is one line; may take as long as the
    /// command it names.
    ///
    /// # Errors
    /// [`SecretError`], which names the source and never the secret.
    pub fn read(&self) -> Result<SecretString, SecretError> {
        self.read_as(Wanted::Line)
    }

    /// Reads a secret of several lines, such as a key.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn read_text(&self) -> Result<SecretString, SecretError> {
        self.read_as(Wanted::Text)
    }

    fn read_as(&self, wanted: Wanted) -> Result<SecretString, SecretError> {
        match self {
            Self::Env(name) => match std::env::var(name) {
                Ok(value) if value.is_empty() => Err(SecretError::EnvMissing(name.clone())),
                Ok(value) => Ok(value.into()),
                Err(std::env::VarError::NotPresent) => Err(SecretError::EnvMissing(name.clone())),
                Err(std::env::VarError::NotUnicode(_)) => Err(SecretError::EnvNotText(name.clone())),
            },
            Self::Command(command) => from_command(command, wanted),
            Self::File(path) => from_file(path, wanted),
            Self::Keyring { service, user } => {
                keyring::read(service, user)
                    .map(SecretString::from)
                    .map_err(|error| SecretError::Keyring {
                        service: service.clone(),
                        user: user.clone(),
                        reason: match (&error, wanted) {
                            (KeyringError::NoEntry, Wanted::Line) => {
                                format!("{error}; mailshot login puts it there")
                            }
                            _ => error.to_string(),
                        },
                    })
            }
        }
    }

    /// An entry of the keyring whose user is not known yet.
    pub(crate) fn keyring(service: &str) -> Self {
        Self::Keyring {
            service: service.to_owned(),
            user: String::new(),
        }
    }

    /// The same source; an entry of the keyring gets its user.
    pub(crate) fn for_user(self, of: String) -> Self {
        match self {
            Self::Keyring { service, .. } => Self::Keyring { service, user: of },
            other @ (Self::Env(_) | Self::Command(_) | Self::File(_)) => other,
        }
    }

    /// Writes the secret where it is read from; only a keyring can be written
    /// to, and for other sources nothing is done.
    ///
    /// # Errors
    /// There is no keyring, or it refuses; never holds any of the secret.
    pub fn store(&self, secret: &SecretString) -> Result<(), SecretError> {
        match self {
            Self::Keyring { service, user } => {
                keyring::write(service, user, secret.expose_secret()).map_err(|error| {
                    SecretError::KeyringWrite {
                        service: service.clone(),
                        user: user.clone(),
                        reason: error.to_string(),
                    }
                })
            }
            Self::Env(_) | Self::Command(_) | Self::File(_) => Ok(()),
        }
    }
}

fn from_command(command: &str, wanted: Wanted) -> Result<SecretString, SecretError> {
    let (shell, flag) = if cfg!(windows) {
        ("cmd", "/C")
    } else {
        ("sh", "-c")
    };
    let output = Command::new(shell)
        .args([flag, command])
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|source| SecretError::CommandStart {
            command: command.to_owned(),
            source,
        })?;
    if !output.status.success() {
        return Err(SecretError::CommandFailed {
            command: command.to_owned(),
            status: output.status,
        });
    }
    wanted
        .of(&output.stdout)
        .ok_or_else(|| SecretError::CommandEmpty {
            command: command.to_owned(),
            wanted: wanted.words(),
        })
}

fn from_file(path: &std::path::Path, wanted: Wanted) -> Result<SecretString, SecretError> {
    let shown = path.display().to_string();
    let read = |source| SecretError::File {
        path: shown.clone(),
        source,
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(path).map_err(read)?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(SecretError::FileTooOpen { path: shown, mode });
        }
    }
    let bytes = std::fs::read(path).map_err(read)?;
    wanted.of(&bytes).ok_or(SecretError::FileEmpty {
        path: shown,
        wanted: wanted.words(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    #[test]
    fn a_command_gives_its_first_line() {
        let source = SecretSource::Command("echo hunter2 && echo user: ada".to_owned());
        assert_eq!(source.read().unwrap().expose_secret().trim(), "hunter2");
        assert!(source.read_text().unwrap().expose_secret().contains("user: ada"));
        let error = SecretSource::Command("exit 3".to_owned()).read().unwrap_err();
        assert!(error.to_string().contains("exit 3"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_others_may_read_is_refused_with_the_command_that_helps() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        std::fs::write(&path, "hunter2\n").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        let error = SecretSource::File(path.clone()).read().unwrap_err().to_string();
        assert!(error.contains("chmod 600"), "{error}");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(
            SecretSource::File(path).read().unwrap().expose_secret(),
            "hunter2"
        );
    }
}
