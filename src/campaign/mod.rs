//! A campaign: who gets what, through which relay. Validated plain data.
//!
//! `mailshot.toml` and the flags of the command line become one [`Campaign`]
//! here, in three shapes: what was typed ([`Overrides`], the TOML document),
//! a draft that holds both, and the validated value. All problems of a
//! campaign are found in one go ([`Problems`]), each with file, line and
//! column.
//!
//! This module reads the campaign file, and a secret when it is asked for:
//! templates, attachments and recipients are opened by the modules that use
//! them. Policy
//! is data here (a [`Rate`], a [`RetryPolicy`]); the behaviour sits beside its
//! user.

pub mod clock;
mod dkim;
mod draft;
mod file;
#[cfg(test)]
mod hostile;
mod locate;
mod masking;
mod message;
mod message_table;
mod oauth2;
mod overrides;
mod presets;
mod problem;
mod rate;
mod reader;
mod recipients_table;
mod relay;
mod relay_table;
mod secret;
mod server;

use std::path::{Path, PathBuf};
use std::time::Duration;

use encoding_rs::Encoding;

use crate::smtp::{AuthMechanism, Pipelining, Timeouts};

pub use dkim::{domain_name, selector_name};
pub use message::{AttachPlan, Dsn, InlinePlan, MessagePlan, Notify, TemplateFile, UnsubscribePlan};
pub use oauth2::OAuth2;
pub use overrides::Overrides;
pub use presets::Preset;
pub use problem::{CellPlace, Place, Problem, Problems, Severity, nearest, printable};
pub use rate::{Per, Rate};
pub use secret::{SecretError, SecretSource};
pub use server::Server;

/// The campaign file that a folder holds.
pub const FILE_NAME: &str = "mailshot.toml";

/// A validated campaign.
#[derive(Debug, Clone)]
pub struct Campaign {
    /// Letters, digits, `.`, `_`, `-`; names the ledger.
    pub name: String,
    /// The folder that relative paths start from and the ledger lies in.
    pub folder: PathBuf,
    /// The campaign file; `None` when everything came by flags.
    pub file: Option<PathBuf>,
    /// Where reports go.
    pub results: PathBuf,
    /// The spreadsheet, and what makes two rows the same recipient.
    pub recipients: RecipientsSource,
    /// What each recipient gets.
    pub message: MessagePlan,
    /// The relays to hand it to, in the order of the file; none is enough for
    /// `check`, a dry run and the sandbox.
    pub relays: Vec<Relay>,
    /// How often and when to try again.
    pub retry: RetryPolicy,
}

/// Where a campaign leaves what it leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// Its name.
    pub name: String,
    /// The folder of the ledger.
    pub state: PathBuf,
    /// The folder of the reports.
    pub results: PathBuf,
}

impl Folders {
    /// Of a campaign called `name` in `folder` that has no file.
    pub fn of_named(folder: &Path, name: &str) -> Self {
        Self {
            name: name.to_owned(),
            state: folder.join(STATE),
            results: folder.join("results"),
        }
    }
}

/// The folder of the ledger in a campaign's folder.
const STATE: &str = ".mailshot";

impl Campaign {
    /// Reads the campaign at `path` (a folder with a `mailshot.toml`, or a
    /// `.toml` file) with `overrides` over it. Without a file, the overrides
    /// alone must make a campaign.
    ///
    /// Every problem of the file and the flags comes with it; when some are
    /// errors, the campaign (if enough of it is there) is only good for
    /// finding more.
    pub fn load(path: &Path, overrides: &Overrides) -> (Option<Self>, Problems) {
        draft::load(path, overrides)
    }

    /// The campaign's name and where it leaves things, as far as they can be
    /// told without the campaign being right; for looking at what was sent.
    pub fn folders(path: &Path, overrides: &Overrides) -> Option<Folders> {
        draft::folders(path, overrides)
    }

    /// The relays of the campaign at `path` alone: whoever logs in to one need
    /// not have the rest right yet.
    ///
    /// # Errors
    /// There is no campaign, or its relays' tables have problems.
    pub fn relays_of(path: &Path) -> Result<Vec<Relay>, Problems> {
        draft::relays(path)
    }

    /// The folder of the ledger.
    pub fn state(&self) -> PathBuf {
        self.folder.join(STATE)
    }

    /// A path of the campaign as a reader of messages wants to see it: as it
    /// was written when relative, below the campaign's folder.
    pub fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.folder)
            .unwrap_or(path)
            .display()
            .to_string()
    }
}

/// A template (or plain text) written in the campaign file or on the command
/// line, with its place for messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// What was written.
    pub value: String,
    /// Where.
    pub place: Place,
}

impl Text {
    /// What was given to a flag.
    pub fn of_flag(flag: &str, value: &str) -> Self {
        Self {
            value: value.to_owned(),
            place: Place::in_file(flag, value.into(), 0..value.len()),
        }
    }

    /// Whether there is something to fill in.
    pub fn is_template(&self) -> bool {
        ["{{", "{%", "{#"].iter().any(|tag| self.value.contains(tag))
    }
}

/// Where the rows come from, and which of them are wanted.
#[derive(Debug, Clone, Default)]
pub struct RecipientsSource {
    /// The file; for stdin, the copy kept in `.mailshot/`.
    pub file: PathBuf,
    /// What the user called it (`students.csv`, `-`).
    pub shown: String,
    /// Whether `file` must first be filled from stdin.
    pub stdin: bool,
    /// The delimiter, when it is not to be detected.
    pub delimiter: Option<u8>,
    /// The encoding of its text, when it is not to be detected.
    pub encoding: Option<&'static Encoding>,
    /// The sheet of a workbook; the first one that is not hidden when absent.
    pub sheet: Option<SheetChoice>,
    /// The row that names the columns, as the spreadsheet counts, when it is not the first.
    pub header_row: Option<u64>,
    /// What to ask a database for.
    pub query: Option<Text>,
    /// Which rows are wanted: a Tera expression.
    pub filter: Option<Text>,
    /// Columns by which rows are put together into one message.
    pub group_by: Vec<Text>,
    /// Columns by which they are sorted; `-` in front of one: the largest first.
    pub sort: Vec<Text>,
    /// Columns whose values together say who is the same recipient; empty
    /// means the To address.
    pub key: Vec<Text>,
    /// Lists of people who are not to be written to.
    pub suppress: Vec<ListFile>,
}

impl RecipientsSource {
    /// A file that flags name, and how they say it is read.
    ///
    /// # Errors
    /// Flags that say nothing.
    pub fn of_flags(overrides: &Overrides) -> Result<Self, Problems> {
        draft::recipients(overrides)
    }
}

/// A sheet of a workbook, as the campaign names it.
#[derive(Debug, Clone)]
pub enum SheetChoice {
    /// By its name.
    Named(Text),
    /// By its number, from 1, hidden ones included.
    Numbered(usize, Place),
}

/// A list that the campaign names.
#[derive(Debug, Clone)]
pub struct ListFile {
    /// The file.
    pub path: PathBuf,
    /// What the user called it.
    pub shown: String,
    /// Where it was named.
    pub place: Place,
}

/// A signature of the messages (DKIM, RFC 6376).
#[derive(Debug, Clone)]
pub struct DkimPlan {
    /// The domain that signs, as A-labels.
    pub domain: String,
    /// The name of its key.
    pub selector: String,
    /// Where the private key (PEM) comes from.
    pub key: SecretSource,
    /// Where the campaign asks for it.
    pub place: Place,
}

impl DkimPlan {
    /// The name of the DNS record with the public key.
    pub fn record(&self) -> String {
        format!("{}._domainkey.{}", self.selector, self.domain)
    }
}

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
    /// How long each step of the protocol may take.
    pub timeouts: Timeouts,
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
            timeouts: Timeouts::default(),
        }
    }

    /// The same relay with this user, whose its entries in the keyring are.
    #[must_use]
    pub fn as_user(mut self, user: &str) -> Self {
        let account = format!("{user}@{}", self.server.host);
        if let Some(oauth2) = &mut self.oauth2 {
            oauth2.belongs_to(&account);
        }
        self.password = self.password.map(|source| source.for_user(account));
        self.user = Some(user.to_owned());
        self
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
        SecretSource::keyring(secret::KEYRING_SERVICE).for_user(format!("{user}@{}{what}", self.server.host))
    }

    /// The account that limits count for, `user@host`, or the host alone.
    pub fn account(&self) -> String {
        match &self.user {
            Some(user) => format!("{user} at {}", self.server.host),
            None => self.server.host.clone(),
        }
    }
}

/// How transient refusals are tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Attempts for one recipient in one run of `send`; at least 1.
    pub attempts: u32,
    /// The wait before the second attempt.
    pub first: Duration,
    /// No wait is longer.
    pub max: Duration,
    /// The least wait after a greylisting reply (450/451 4.7.x).
    pub greylist: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 5,
            first: Duration::from_secs(60),
            max: Duration::from_secs(3600),
            greylist: Duration::from_secs(300),
        }
    }
}
