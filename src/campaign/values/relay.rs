//! An SMTP submission server and how to use it.

use std::path::PathBuf;

use crate::smtp::{AuthMechanism, Fingerprint, Pipelining, Timeouts};

use super::oauth2::OAuth2;
use super::preset::Preset;
use super::rate::Rate;
use super::secret::{KEYRING_SERVICE, SecretSource};
use super::server::Server;

/// An SMTP submission server and how to use it.
#[derive(Debug, Clone)]
pub struct Relay {
    /// The name of its table, `school` for `[relay.school]`.
    pub name: String,
    /// Host, port and how the connection is protected.
    pub server: Server,
    /// The preset it is made from.
    pub preset: Option<&'static Preset>,
    /// Its share of the messages against that of the other relays, 1 to 1000.
    pub weight: u32,
    /// The user to log in as; without one there is no AUTH.
    pub user: Option<String>,
    /// Where the password (or XOAUTH2 token) comes from.
    pub password: Option<SecretSource>,
    /// The SASL mechanism, when the user insists.
    pub auth: Option<AuthMechanism>,
    /// How to get access tokens for XOAUTH2, instead of a password.
    pub oauth2: Option<OAuth2>,
    /// Sessions at the same time.
    pub connections: usize,
    /// Messages after which a session is closed and a new one opened.
    pub messages_per_connection: u32,
    /// How far commands are pipelined.
    pub pipelining: Pipelining,
    /// The name to say in EHLO, when not the machine's own.
    pub ehlo: Option<String>,
    /// Limits on envelope recipients, all of them kept at once.
    pub rates: Vec<Rate>,
    /// A PEM file with a CA to trust besides the system's.
    pub ca_file: Option<PathBuf>,
    /// The only certificate of this relay that is trusted, whatever its issuer.
    pub tls_fingerprint: Option<Fingerprint>,
    /// How long each step of the protocol may take.
    pub timeouts: Timeouts,
    /// The user's settings, where it is from there.
    pub settings: Option<PathBuf>,
}

/// The heading of a relay's table, `[relay.school]`.
pub fn heading(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !name.is_empty() && name.chars().all(bare) {
        return format!("[relay.{name}]");
    }
    // A JSON string is a TOML string.
    format!("[relay.{}]", serde_json::Value::from(name))
}

impl Relay {
    /// A relay of which no more is known than its server: no login, no limits.
    pub fn new(name: impl Into<String>, server: Server) -> Self {
        Self {
            name: name.into(),
            server,
            preset: None,
            weight: 1,
            user: None,
            password: None,
            auth: None,
            oauth2: None,
            connections: 4,
            messages_per_connection: 100,
            pipelining: Pipelining::Full { proven: false },
            ehlo: None,
            rates: Vec::new(),
            ca_file: None,
            tls_fingerprint: None,
            timeouts: Timeouts::default(),
            settings: None,
        }
    }

    /// The same relay with the pace of a preset.
    #[must_use]
    pub fn with(self, preset: &'static Preset) -> Self {
        Self {
            preset: Some(preset),
            connections: preset.connections,
            messages_per_connection: preset.messages_per_connection,
            pipelining: Pipelining::Envelope,
            rates: preset.rates.clone(),
            ..self
        }
    }

    /// The same relay with this user, whose its entries in the keyring are.
    #[must_use]
    pub fn for_user(mut self, user: &str) -> Self {
        let account = format!("{user}@{}", self.server.host);
        if let Some(oauth2) = &mut self.oauth2 {
            oauth2.belongs_to(&account);
        }
        self.password = self.password.map(|source| source.for_user(account));
        self.user = Some(user.to_owned());
        self
    }

    /// What its provider tells its customers to include in the SPF record of
    /// this domain of the sender: any of these does, the first is proposed.
    /// Empty where nothing has to be (a return path elsewhere), or where it is
    /// not known.
    pub fn included(&self, domain: &str) -> Vec<&'static str> {
        let included =
            |preset: &'static Preset| preset.included(domain, self.user.as_deref(), &self.server.host);
        self.preset.map(included).unwrap_or_default()
    }

    /// The entry of the keyring that its password (or refresh token) is read
    /// from, or would be with `keyring = true`.
    pub fn keyring_entry(&self) -> SecretSource {
        let source = match &self.oauth2 {
            Some(oauth2) => Some(&oauth2.refresh_token),
            None => self.password.as_ref(),
        };
        if let Some(entry @ SecretSource::Keyring { .. }) = source {
            return entry.clone();
        }
        let user = self.user.as_deref().unwrap_or_default();
        let what = if self.oauth2.is_some() {
            " (refresh token)"
        } else {
            ""
        };
        SecretSource::keyring(KEYRING_SERVICE).for_user(format!("{user}@{}{what}", self.server.host))
    }
}
