//! A validated campaign, and the places of its files.

use std::path::{Path, PathBuf};

use super::mail_account::MailAccount;
use super::message::MessagePlan;
use super::problem::Problems;
use super::recipients::RecipientsSource;
use super::relay::Relay;
use super::retry::RetryPolicy;
use crate::words::Said;

/// The campaign file that a folder holds.
pub const FILE_NAME: &str = "mailshot.toml";

/// A validated campaign.
#[derive(Debug, Clone)]
pub struct Campaign {
    /// Letters, digits, `.`, `_`, `-`; names the ledger.
    pub name: String,
    /// The folder that relative paths start from and that holds the ledger.
    pub folder: PathBuf,
    /// The campaign file; `None` when everything came by flags.
    pub file: Option<PathBuf>,
    /// Its name was given by `--name` and is not the one that it would have by itself.
    pub renamed: bool,
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
    /// What the user's settings have to do with it.
    pub settings: UserSettings,
    /// The mailbox that answers arrive in, where one is written.
    pub inbox: Option<MailAccount>,
}

/// What the user's settings have to do with a campaign.
#[derive(Debug, Clone, Default)]
pub struct UserSettings {
    /// Their file, where it is there.
    pub file: Option<PathBuf>,
    /// Why none of their relays serves a campaign that has none of its own.
    pub refusal: Problems,
    /// They are wrong, and the campaign can do without them.
    pub note: Option<Said>,
    /// Files with secrets of theirs.
    pub secrets: Vec<PathBuf>,
}

/// Where a campaign leaves what it leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// Its name.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
    /// Its file; `None` where flags say everything, or it is there no more.
    pub file: Option<PathBuf>,
    /// Its name was given by `--name` and is not the one that it would have by itself.
    pub renamed: bool,
    /// The folder of the ledger.
    pub state: PathBuf,
    /// The folder of the reports.
    pub results: PathBuf,
    /// The recipients come on stdin.
    pub piped: bool,
    /// The text comes on stdin.
    pub typed: bool,
}

impl Folders {
    /// Of a campaign called `name` in `folder` that has no file.
    pub fn of_named(folder: &Path, name: &str) -> Self {
        let results = folder.join("results");
        let own = results.join(name);
        Self {
            name: name.to_owned(),
            folder: folder.to_owned(),
            file: None,
            renamed: true,
            state: folder.join(STATE),
            results: if own.is_dir() { own } else { results },
            piped: false,
            typed: false,
        }
    }
}

/// The folder of the ledger in a campaign's folder.
pub(crate) const STATE: &str = ".mailshot";

impl Campaign {
    /// The folder of the ledger.
    pub fn state(&self) -> PathBuf {
        self.folder.join(STATE)
    }

    /// Its name and where it leaves things.
    pub fn own_folders(&self) -> Folders {
        Folders {
            name: self.name.clone(),
            folder: self.folder.clone(),
            file: self.file.clone(),
            renamed: self.renamed,
            state: self.state(),
            results: self.results.clone(),
            piped: self.recipients.stdin,
            typed: self
                .message
                .text
                .as_ref()
                .is_some_and(|text| text.typed.is_some()),
        }
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
