//! Why a run ended before anything went out.

use std::path::PathBuf;

use crate::campaign::{Problems, Relay, SecretError};
use crate::check::Checked;
use crate::ledger::{Difference, LedgerError, LeftOut, LockError};
use crate::pass::PassError;
use crate::report::ReportError;
use crate::sandbox::SandboxError;
use crate::smtp::{SessionFailure, TlsSetupError};
use crate::storage::FolderError;
use crate::table::TableError;
use crate::userdata::{AccountStoreError, UserFileError};

use super::elsewhere::Elsewhere;
use super::tokens::TokenError;

/// Why nothing went out; or why what went out could not be accounted for
/// ([`Report`](Self::Report), [`LedgerLost`](Self::LedgerLost), [`Panicked`](Self::Panicked) and
/// [`Unaccounted`](Self::Unaccounted)).
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Campaign, templates, attachments or the header of the recipients.
    #[error(transparent)]
    Problems(#[from] Problems),
    /// The check pass found errors, which were shown.
    #[error("nothing was sent: the check found errors")]
    Check(Box<Checked>),
    /// There is no relay to send to.
    #[error("the campaign names no relay")]
    NoRelay,
    /// Somebody cannot be settled: key and status.
    #[error("not in doubt: {}", named(.0))]
    NotInDoubt(Vec<(String, Option<&'static str>)>),
    /// The latest mailing's recipients are not known any more.
    #[error("who got the mailing of {started_at} is not known any more: it was purged")]
    Purged {
        /// When the mailing began.
        started_at: String,
    },
    /// A mailing that is to be purged has somebody left.
    #[error("the mailing of {0} is not finished")]
    NotEnded(String),
    /// There is none to purge with this number.
    #[error("there is no mailing {0} that could be purged")]
    NoMailing(u64),
    /// A relay was tried and cannot be used.
    #[error("{failure}")]
    Session {
        /// Which.
        relay: Box<Relay>,
        /// Why.
        failure: Box<SessionFailure>,
    },
    /// There is no access token for a relay.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// A person said no.
    #[error("nothing was sent")]
    Declined,
    /// The check was ended early.
    #[error("stopped as asked; nothing was sent")]
    Cancelled,
    /// Nobody can be asked.
    #[error("there is no terminal to ask on")]
    NeedsYes,
    /// Nobody can be asked for the password.
    #[error("the relay `{0}` has a user and no password source, and there is no terminal to ask on")]
    NeedsPassword(String),
    /// The password's source gave none.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// TLS cannot be set up.
    #[error(transparent)]
    Tls(#[from] TlsSetupError),
    /// The campaign's `ca_file` cannot be read.
    #[error("the CA file {path} cannot be read: {source}")]
    CaFile {
        /// The file.
        path: String,
        /// The system's words.
        source: std::io::Error,
    },
    /// Another run holds the campaign.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// `--new` while a mailing is unfinished.
    #[error("the mailing of {started_at} is not finished: {} still to be sent to or in doubt", people(*.open))]
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
    #[error(
        "{} left out{} in earlier runs, and this one chooses nobody; nothing was sent",
        of_before(.left_out.recipients),
        by(.left_out)
    )]
    LeftOut {
        /// Who.
        left_out: LeftOut,
        /// Who has the message.
        accepted: u64,
    },
    /// The content is not what was sent before.
    #[error("the content has changed since this mailing began")]
    ContentChanged {
        /// When the mailing began.
        started_at: String,
        /// Whom it was sent to so far.
        accepted: u64,
        /// It was finished.
        finished: bool,
        /// What changed.
        differences: Vec<Difference>,
    },
    /// People of the list have the message from a mailing that the ledger does not know.
    #[error("people in this list have the message from a mailing that this ledger does not know")]
    Elsewhere(Box<Elsewhere>),
    /// Several ledgers may be this campaign's.
    #[error("the campaign file of each of these ledgers is gone, and people of this list are in them: {}", shown(.0))]
    SeveralLedgers(Vec<PathBuf>),
    /// What earlier runs left cannot be read.
    #[error("the reports in {} cannot be read, and they tell who has the message: {}", .0.display(), .1)]
    Results(PathBuf, std::io::Error),
    /// `--only` names nobody of the list.
    #[error("not in the recipients file: {}", .0.join(", "))]
    UnknownKeys(Vec<String>),
    /// A file was saved between the check and the sending.
    #[error("{0} was saved while it was being checked")]
    InputsChanged(String),
    /// A file cannot be read any more that was read in the check.
    #[error("{file} cannot be read any more: {why}")]
    InputUnreadable {
        /// The file.
        file: String,
        /// The system's words.
        why: String,
    },
    /// A file of what belongs to the user cannot be used.
    #[error(transparent)]
    UserFile(#[from] UserFileError),
    /// The store of relay accounts cannot be used.
    #[error(transparent)]
    Accounts(#[from] AccountStoreError),
    /// The sandbox cannot run.
    #[error(transparent)]
    Sandbox(#[from] SandboxError),
    /// A folder cannot be made.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A file or folder cannot be written.
    #[error("{path} cannot be written: {source}")]
    Write {
        /// The file.
        path: String,
        /// The system's words.
        source: std::io::Error,
    },
    /// The folder of a dry run holds a file that is not ours.
    #[error("{} is not a file of an earlier dry run and would be overwritten", .0.display())]
    Foreign(PathBuf),
    /// The asynchronous runtime cannot start.
    #[error("the program's threads cannot be started: {0}")]
    Runtime(std::io::Error),
    /// The ledger cannot be used.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The report's folder cannot be written to; found out before sending.
    #[error("{0}; nothing was sent")]
    NoReport(ReportError),
    /// The ledger failed before anything went out.
    #[error("{0}; nothing was sent")]
    NoLedger(LedgerError),
    /// Messages may have gone out, and the ledger failed.
    #[error("what went out cannot be accounted for: {0}")]
    Unaccounted(LedgerError),
    /// Another key would make everybody a new recipient of this mailing.
    #[error(
        "`key` below [recipients] is not what this mailing began with; everybody would count as new and be sent to again"
    )]
    KeyChanged {
        /// Who has the message.
        accepted: u64,
        /// The mailing is finished.
        finished: bool,
    },
    /// Messages went out, and the report could not be written.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// Messages may have gone out, and the ledger's writer is gone.
    #[error("the ledger's writer ended unexpectedly; `mailshot status` tells what it recorded")]
    LedgerLost,
    /// The run itself ended unexpectedly, and messages may have gone out.
    #[error(
        "an internal error: the run ended unexpectedly; what was sent until then is recorded, and sending again goes on with those who are left"
    )]
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

fn named(others: &[(String, Option<&str>)]) -> String {
    let named = others.iter().map(|(key, status)| match status {
        Some(status) => format!("{key} ({status})"),
        None => format!("{key} (not in this mailing)"),
    });
    named.collect::<Vec<_>>().join(", ")
}

fn people(recipients: u64) -> String {
    match recipients {
        1 => "1 recipient is".to_owned(),
        more => format!("{more} recipients are"),
    }
}

fn of_before(recipients: u64) -> String {
    match recipients {
        1 => "1 recipient was".to_owned(),
        more => format!("{more} recipients were"),
    }
}

fn by(left_out: &LeftOut) -> String {
    left_out
        .choice
        .as_ref()
        .map_or_else(String::new, |choice| format!(" by {choice}"))
}

fn shown(paths: &[PathBuf]) -> String {
    let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    paths.join(", ")
}
