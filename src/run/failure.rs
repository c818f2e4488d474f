//! Why a run ended before anything was sent.

use std::path::PathBuf;

use crate::campaign::{Problems, Relay, SecretError};
use crate::check::Checked;
use crate::ledger::{LedgerError, LeftOut, LockError};
use crate::pass::PassError;
use crate::report::ReportError;
use crate::sandbox::SandboxError;
use crate::smtp::{SessionFailure, TlsSetupError};
use crate::storage::FolderError;
use crate::table::TableError;
use crate::userdata::{AccountStoreError, UserFileError};
use crate::words::{Said, Speak as _};

use super::changed::Changed;
use super::elsewhere::Elsewhere;
use super::tokens::TokenError;
use super::unfetched::Unfetched;

/// Why nothing went out; or why what went out could not be accounted for
/// ([`Report`](Self::Report), [`LedgerLost`](Self::LedgerLost), [`Panicked`](Self::Panicked) and
/// [`Unaccounted`](Self::Unaccounted)).
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said())]
pub enum RunError {
    /// Campaign, templates, attachments or the header of the recipients.
    #[error(transparent)]
    Problems(#[from] Problems),
    /// The check pass found errors, which were shown.
    Check(Box<Checked>),
    /// There is no relay to send to.
    NoRelay,
    /// Recipients that cannot be settled: who, and why.
    NotInDoubt(Vec<Said>),
    /// The latest mailing's recipients are not known any more.
    Purged {
        /// When the mailing began.
        started_at: String,
    },
    /// No answer in the ledger is called so.
    NoAnswer(Vec<String>),
    /// These answers ask for nothing that a yes could do.
    NothingToConfirm(Vec<String>),
    /// Mail could not be fetched.
    Unfetched(Box<Unfetched>),
    /// A mailing that is to be purged still has recipients left.
    NotEnded(String),
    /// There is none to purge with this number.
    NoMailing(u64),
    /// A relay was tried and cannot be used.
    Session {
        /// Which.
        relay: Box<Relay>,
        /// Why.
        failure: Box<SessionFailure>,
    },
    /// There is no access token for a relay.
    Token(#[from] TokenError),
    /// A person said no.
    Declined,
    /// The check was ended early.
    Cancelled,
    /// Nobody can be asked.
    NeedsYes,
    /// Nobody can be asked for the password.
    NeedsPassword(String),
    /// The password's source gave none.
    Secret(#[from] SecretError),
    /// TLS cannot be set up.
    Tls(#[from] TlsSetupError),
    /// The campaign's `ca_file` cannot be read.
    CaFile {
        /// The file.
        path: String,
        /// The system's words.
        source: std::io::Error,
    },
    /// Another run holds the campaign.
    Lock(#[from] LockError),
    /// `--new` while a mailing is unfinished.
    Unfinished {
        /// When it began.
        started_at: String,
        /// Who is left: to be sent to, or in doubt.
        open: u64,
        /// Who has the message.
        accepted: u64,
        /// Who of those left was never meant.
        left_out: Option<LeftOut>,
    },
    /// Some of those to be sent to were left out by a choice before, and nobody can be asked.
    LeftOut {
        /// Who.
        left_out: LeftOut,
        /// Who has the message.
        accepted: u64,
    },
    /// The content is not what was sent before.
    ContentChanged {
        /// When the mailing began.
        started_at: String,
        /// Whom it was sent to so far.
        accepted: u64,
        /// It was finished.
        finished: bool,
        /// What changed.
        differences: Vec<Changed>,
    },
    /// People of the list have the message from a mailing that the ledger does not know.
    Elsewhere(Box<Elsewhere>),
    /// Several ledgers may be this campaign's.
    SeveralLedgers(Vec<PathBuf>),
    /// The ledger of this name is that of single mails, or of a list, and this run is about the other.
    AnotherRecord {
        /// The name.
        name: String,
        /// It is that of single mails.
        of_mails: bool,
    },
    /// What earlier runs left cannot be read.
    Results(PathBuf, std::io::Error),
    /// `--only` names nobody of the list.
    UnknownKeys(Vec<String>),
    /// A file was saved between the check and the sending.
    InputsChanged(String),
    /// A file cannot be read any more that was read in the check.
    InputUnreadable {
        /// The file.
        file: String,
        /// The system's words.
        why: Said,
    },
    /// A file of what belongs to the user cannot be used.
    UserFile(#[from] UserFileError),
    /// The store of relay accounts cannot be used.
    Accounts(#[from] AccountStoreError),
    /// The sandbox cannot run.
    Sandbox(#[from] SandboxError),
    /// A folder cannot be made.
    Folder(#[from] FolderError),
    /// A file or folder cannot be written.
    Write {
        /// The file.
        path: String,
        /// The system's words.
        source: std::io::Error,
    },
    /// The folder of a dry run holds a file that is not ours.
    Foreign(PathBuf),
    /// The asynchronous runtime cannot start.
    Runtime(std::io::Error),
    /// The ledger cannot be used.
    Ledger(#[from] LedgerError),
    /// The report's folder cannot be written to; found out before sending.
    NoReport(ReportError),
    /// The ledger failed before anything went out.
    NoLedger(LedgerError),
    /// Messages may have gone out, and the ledger failed.
    Unaccounted(LedgerError),
    /// Another key would make everybody a new recipient of this mailing.
    KeyChanged {
        /// Who has the message.
        accepted: u64,
        /// The mailing is finished.
        finished: bool,
    },
    /// Messages went out, and the report could not be written.
    Report(#[from] ReportError),
    /// Messages may have gone out, and the ledger's writer is gone.
    LedgerLost,
    /// The run itself ended unexpectedly, and messages may have gone out.
    Panicked,
}

impl From<TableError> for RunError {
    fn from(error: TableError) -> Self {
        Self::Problems(error.into_problems())
    }
}

impl From<PassError> for RunError {
    fn from(error: PassError) -> Self {
        match error {
            PassError::Table(error) => error.into(),
            PassError::TooLong(problem) => Problems::from(*problem).into(),
            PassError::Cancelled => Self::Cancelled,
        }
    }
}
