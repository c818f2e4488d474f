//! Where passwords, tokens and keys come from: never from the file itself.
//!
//! A source is plain data and may be shown. It yields a [`SecretString`], which shows nothing in
//! `Debug`, is wiped when dropped, and is read at the last moment. Asking a person is not done
//! here: the command line owns the terminal.

use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};

use super::keyring::{self, KeyringError};
use crate::words::{Speak, say};

mod command;
mod failure;
mod file;
mod held;
mod source;

pub use command::{Wait, Waiting};
pub use failure::SecretError;
use held::{Unfit, Wanted};
pub use source::SecretSource;

/// The service of our entries in the keyring, unless a campaign names another.
pub(crate) const KEYRING_SERVICE: &str = "mailshot";

impl SecretSource {
    /// Reads a password or token, which is one line; may take as long as the
    /// command it names.
    ///
    /// # Errors
    /// [`SecretError`], which names the source and never the secret.
    pub fn read(&self) -> Result<SecretString, SecretError> {
        self.read_as(Wanted::Line, &mut |_| true)
    }

    /// The same; `waiting` is called while a command runs.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn read_waiting(&self, waiting: &mut Waiting<'_>) -> Result<SecretString, SecretError> {
        self.read_as(Wanted::Line, waiting)
    }

    /// Reads a secret of several lines, such as a key.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn read_text(&self, waiting: &mut Waiting<'_>) -> Result<SecretString, SecretError> {
        self.read_as(Wanted::Text, waiting)
    }

    fn read_as(&self, wanted: Wanted, waiting: &mut Waiting<'_>) -> Result<SecretString, SecretError> {
        let octets = match self {
            Self::Env(name) => {
                let value = std::env::var_os(name).unwrap_or_default();
                Zeroizing::new(value.into_encoded_bytes())
            }
            Self::Command(command) => command::printed(command, waiting)?,
            Self::File(path) => file::content(path)?,
            Self::Keyring { service, user } => keyring::read(service, user)
                .map(|secret| Zeroizing::new(secret.into_bytes()))
                .map_err(|error| SecretError::Keyring {
                    service: service.clone(),
                    user: user.clone(),
                    reason: match (&error, wanted) {
                        (KeyringError::NoEntry, Wanted::Line) => say!("campaign-keyring-no-entry-yet"),
                        _ => error.said(),
                    },
                })?,
        };
        wanted.of(&octets).map_err(|unfit| self.unfit(wanted, unfit))
    }

    /// Why the result of the source cannot be used as a secret.
    fn unfit(&self, wanted: Wanted, unfit: Unfit) -> SecretError {
        match (self, unfit) {
            (Self::Env(name), Unfit::Empty) => SecretError::EnvMissing(name.clone()),
            _ => SecretError::Unfit {
                of: self.clone(),
                unfit,
                wanted,
            },
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
                        reason: error.said(),
                    }
                })
            }
            Self::Env(_) | Self::Command(_) | Self::File(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    #[test]
    fn a_command_gives_its_first_line() {
        let source = SecretSource::Command("echo hunter2 && echo user: ada".to_owned());
        assert_eq!(source.read().unwrap().expose_secret().trim(), "hunter2");
        assert!(
            source
                .read_text(&mut |_| true)
                .unwrap()
                .expose_secret()
                .contains("user: ada")
        );
        let error = SecretSource::Command("exit 3".to_owned()).read().unwrap_err();
        assert!(
            error.to_string().contains("exit 3` failed (exit code 3)"),
            "{error}"
        );
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
        assert!(!error.contains("hunter2"), "{error}");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(
            SecretSource::File(path).read().unwrap().expose_secret(),
            "hunter2"
        );
    }
}
