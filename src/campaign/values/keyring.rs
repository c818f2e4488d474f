//! An entry of the system's keyring, read or written.
//!
//! On Linux and the BSDs this is the program that provides the Secret Service on the session's
//! D-Bus (GNOME Keyring, KWallet, KeePassXC), used through tokio: the `keyring` crate, which serves
//! the other systems, would bring a second asynchronous runtime. Attributes and label are those of
//! that crate, so each finds the entries of the other.

use crate::words::{Said, Speak, say};

#[cfg(not(any(windows, target_os = "macos")))]
pub(super) use dbus::{read, write};
#[cfg(any(windows, target_os = "macos"))]
pub(super) use native::{read, write};

/// Why an entry is not read or written; never holds any of it.
#[derive(Debug)]
pub(super) enum KeyringError {
    /// There is no keyring, or it does not run.
    NoKeyring,
    /// It has no such entry.
    NoEntry,
    /// What it holds is not UTF-8.
    NotText,
    /// In the keyring's own words.
    Other(String),
    /// Several entries answer to the name.
    Several(usize),
    /// It is locked, and was not opened.
    Locked,
}

impl Speak for KeyringError {
    fn said(&self) -> Said {
        match self {
            Self::NoKeyring => say!("campaign-keyring-none"),
            Self::NoEntry => say!("campaign-keyring-no-entry"),
            Self::NotText => say!("campaign-keyring-not-text"),
            Self::Several(entries) => say!("campaign-keyring-several", entries = *entries),
            Self::Locked => say!("campaign-keyring-locked"),
            Self::Other(own) => say!("campaign-keyring-other", own = own),
        }
    }
}

#[cfg(not(any(windows, target_os = "macos")))]
mod dbus {
    use std::collections::HashMap;

    use secret_service::{EncryptionType, Error, Item, SecretService};

    use super::KeyringError;

    const CONTENT: &str = "application/octet-stream";

    pub(in crate::campaign::values) fn read(service: &str, user: &str) -> Result<String, KeyringError> {
        let secret = asked(async {
            let keyring = connect().await?;
            let item = found(&keyring, service, user).await?;
            let item = item.ok_or(KeyringError::NoEntry)?;
            item.get_secret().await.map_err(failed)
        })?;
        String::from_utf8(secret).map_err(|_| KeyringError::NotText)
    }

    pub(in crate::campaign::values) fn write(
        service: &str,
        user: &str,
        secret: &str,
    ) -> Result<(), KeyringError> {
        asked(async {
            let keyring = connect().await?;
            if let Some(item) = found(&keyring, service, user).await? {
                return item.set_secret(secret.as_bytes(), CONTENT).await.map_err(failed);
            }
            let collection = keyring.get_default_collection().await.map_err(failed)?;
            if collection.is_locked().await.map_err(failed)? {
                collection.unlock().await.map_err(failed)?;
            }
            let label = format!("keyring:{user}@{service}");
            let made = collection.create_item(
                &label,
                attributes(service, user),
                secret.as_bytes(),
                true,
                CONTENT,
            );
            made.await.map(drop).map_err(failed)
        })
    }

    /// On a thread of its own, for the caller's may belong to a runtime already.
    fn asked<T: Send>(work: impl Future<Output = Result<T, KeyringError>> + Send) -> Result<T, KeyringError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| KeyringError::Other(error.to_string()))?;
        std::thread::scope(|scope| scope.spawn(move || runtime.block_on(work)).join())
            .unwrap_or(Err(KeyringError::NoKeyring))
    }

    async fn connect<'k>() -> Result<SecretService<'k>, KeyringError> {
        let connected = SecretService::connect(EncryptionType::Dh).await;
        connected.map_err(|_| KeyringError::NoKeyring)
    }

    /// The one item with these attributes, unlocked.
    async fn found<'k>(
        keyring: &'k SecretService<'k>,
        service: &str,
        user: &str,
    ) -> Result<Option<Item<'k>>, KeyringError> {
        let mut items = keyring
            .search_items(attributes(service, user))
            .await
            .map_err(failed)?;
        if !items.locked.is_empty() {
            let locked: Vec<_> = items.locked.iter().collect();
            keyring.unlock_all(&locked).await.map_err(failed)?;
        }
        items.unlocked.append(&mut items.locked);
        match items.unlocked.len() {
            0 | 1 => Ok(items.unlocked.pop()),
            several => Err(KeyringError::Several(several)),
        }
    }

    fn attributes<'a>(service: &'a str, user: &'a str) -> HashMap<&'a str, &'a str> {
        HashMap::from([("service", service), ("username", user)])
    }

    fn failed(error: Error) -> KeyringError {
        if matches!(error, Error::Locked | Error::NoResult | Error::Prompt) {
            return KeyringError::Locked;
        }
        KeyringError::Other(error.to_string())
    }
}

#[cfg(any(windows, target_os = "macos"))]
mod native {
    use keyring::{Entry, Error};

    use super::KeyringError;

    pub(in crate::campaign::values) fn read(service: &str, user: &str) -> Result<String, KeyringError> {
        let entry = Entry::new(service, user).map_err(failed)?;
        entry.get_password().map_err(failed)
    }

    pub(in crate::campaign::values) fn write(
        service: &str,
        user: &str,
        secret: &str,
    ) -> Result<(), KeyringError> {
        let entry = Entry::new(service, user).map_err(failed)?;
        entry.set_password(secret).map_err(failed)
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "the library's enum may grow")]
    fn failed(error: Error) -> KeyringError {
        match error {
            Error::NoDefaultStore => KeyringError::NoKeyring,
            Error::NoEntry => KeyringError::NoEntry,
            Error::NoStorageAccess(_) => KeyringError::Locked,
            Error::Ambiguous(entries) => KeyringError::Several(entries.len()),
            Error::BadEncoding(_) | Error::BadDataFormat(..) => KeyringError::NotText,
            other => KeyringError::Other(other.to_string()),
        }
    }
}
