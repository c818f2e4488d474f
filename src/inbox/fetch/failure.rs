//! Why mail could not be fetched: by kind, never by words, is decided what follows.

use std::io;
use std::time::Duration;

use crate::campaign::MailProtocol as Protocol;
use crate::smtp::{Cause, Phase, SessionFailure};
use crate::words::{Arg, Said, Speak, say, system};

use super::certificate;

/// What was asked of the server when it failed, as it is called in its protocol.
pub type Step = &'static str;

/// Mail could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// No connection, or none that is protected.
    #[error("{}", self.said())]
    Unreached(Box<SessionFailure>),
    /// The network failed in the middle.
    #[error("{}", self.said())]
    Io(io::Error),
    /// What was awaited did not come within this time.
    #[error("{}", self.said())]
    Silent(Step, Duration),
    /// The server hung up.
    #[error("{}", self.said())]
    Closed(Step),
    /// The server ended the conversation, with these words.
    #[error("{}", self.said())]
    Farewell(String),
    /// It does not speak the protocol.
    #[error("{}", self.said())]
    OtherProtocol {
        /// Which was expected.
        expected: Protocol,
        /// What it said, in part.
        line: String,
    },
    /// TLS is required and not offered.
    #[error("{}", self.said())]
    NoStartTls(Protocol),
    /// Something was said before TLS began that was to be read after it.
    #[error("{}", self.said())]
    BeforeTls,
    /// A login over an unencrypted connection beyond this machine.
    #[error("{}", self.said())]
    PlaintextLogin,
    /// There is no way to log in that both sides know; these are offered.
    #[error("{}", self.said())]
    NoLogin(Vec<String>),
    /// The server does not accept the user or the password.
    #[error("{}", self.said())]
    LoginRefused(String),
    /// The server accepts no login now, or not yet another one.
    #[error("{}", self.said())]
    LoginLater(String),
    /// The server wants to know the program ("Unsafe Login").
    #[error("{}", self.said())]
    Unsafe(String),
    /// There is no such folder; these have names like it.
    #[error("{}", self.said())]
    NoFolder {
        /// Its name.
        folder: String,
        /// Folders that are there: the nearest first.
        there: Vec<String>,
    },
    /// The server cannot open the mailbox now.
    #[error("{}", self.said())]
    Locked(String),
    /// The server refuses a command.
    #[error("{}", self.said())]
    Refused(Step, String),
    /// A line without an end.
    #[error("{}", self.said())]
    LineTooLong(usize),
    /// So much was announced at once that nobody can take it.
    #[error("{}", self.said())]
    TooLarge(u64),
    /// The answer to one command has no end.
    #[error("{}", self.said())]
    TooMuch(Step),
    /// Commands and answers do not belong together.
    #[error("{}", self.said())]
    OutOfStep {
        /// What was asked.
        step: Step,
        /// What came, in part.
        line: String,
    },
    /// The protocol has no way to do that.
    #[error("{}", self.said())]
    Unable(Said),
    /// The thread that reads ended by a defect.
    #[error("{}", self.said())]
    Panicked,
}

/// Whether the same command may work later as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// Later.
    Later,
    /// When something was changed.
    Changed,
}

impl FetchError {
    /// Whether the same command may work later.
    pub fn again(&self) -> Again {
        match self {
            Self::Unreached(failure) if failure.is_final() => Again::Changed,
            Self::Unreached(_)
            | Self::Io(_)
            | Self::Silent(..)
            | Self::Closed(_)
            | Self::Farewell(_)
            | Self::LoginLater(_)
            | Self::Locked(_)
            | Self::Refused(..)
            | Self::LineTooLong(_)
            | Self::TooLarge(_)
            | Self::TooMuch(_)
            | Self::OutOfStep { .. } => Again::Later,
            Self::OtherProtocol { .. }
            | Self::NoStartTls(_)
            | Self::BeforeTls
            | Self::PlaintextLogin
            | Self::NoLogin(_)
            | Self::LoginRefused(_)
            | Self::Unsafe(_)
            | Self::NoFolder { .. }
            | Self::Unable(_)
            | Self::Panicked => Again::Changed,
        }
    }

    /// Whether it is about the user or the password.
    pub fn is_login(&self) -> bool {
        matches!(self, Self::LoginRefused(_) | Self::NoLogin(_) | Self::Unsafe(_))
    }

    /// Whether a mail may be what caused it: with another connection, the others can be read.
    pub(super) fn may_be_one_mail(&self) -> bool {
        matches!(
            self,
            Self::LineTooLong(_)
                | Self::TooLarge(_)
                | Self::TooMuch(_)
                | Self::OutOfStep { .. }
                | Self::Silent(..)
                | Self::Closed(_)
                | Self::Farewell(_)
                | Self::Io(_)
                | Self::Refused(..)
        )
    }

    /// Whether another connection may go on where this one broke.
    pub(super) fn is_broken_connection(&self) -> bool {
        self.may_be_one_mail() && !matches!(self, Self::Refused(..))
    }
}

impl From<SessionFailure> for FetchError {
    fn from(failure: SessionFailure) -> Self {
        if matches!(failure.cause, Cause::BytesBeforeTls) {
            return Self::BeforeTls;
        }
        Self::Unreached(Box::new(failure))
    }
}

impl Speak for FetchError {
    fn said(&self) -> Said {
        match self {
            Self::Unreached(failure) => unreached(failure),
            Self::Io(error) => say!("inbox-fetch-io", why = system(error)),
            Self::Silent(step, limit) => say!("inbox-fetch-silent", step = *step, limit = *limit),
            Self::Closed(step) => say!("inbox-fetch-closed", step = *step),
            Self::Farewell(words) => say!("inbox-fetch-farewell", words = words),
            Self::OtherProtocol { expected, line } => {
                say!("inbox-fetch-other-protocol", expected = expected, line = line)
            }
            Self::NoStartTls(Protocol::Imap) => say!("inbox-fetch-no-starttls", command = "STARTTLS"),
            Self::NoStartTls(Protocol::Pop3) => say!("inbox-fetch-no-starttls", command = "STLS"),
            Self::BeforeTls => say!("inbox-fetch-before-tls"),
            Self::PlaintextLogin => say!("inbox-fetch-plaintext-login"),
            Self::NoLogin(offered) if offered.is_empty() => say!("inbox-fetch-no-login-at-all"),
            Self::NoLogin(offered) => say!("inbox-fetch-no-login", offered = Arg::commas(offered)),
            Self::LoginRefused(words) => say!("inbox-fetch-login-refused", words = words),
            Self::LoginLater(words) => say!("inbox-fetch-login-later", words = words),
            Self::Unsafe(words) => say!("inbox-fetch-unsafe", words = words),
            Self::NoFolder { folder, .. } => say!("inbox-fetch-no-folder", folder = folder),
            Self::Locked(words) => say!("inbox-fetch-locked", words = words),
            Self::Refused(step, words) => say!("inbox-fetch-refused", step = *step, words = words),
            Self::LineTooLong(most) => say!("inbox-fetch-line-too-long", most = Arg::Size(*most as u64)),
            Self::TooLarge(octets) => say!("inbox-fetch-too-large", size = Arg::Size(*octets)),
            Self::TooMuch(step) => say!("inbox-fetch-too-much", step = *step),
            Self::OutOfStep { step, line } => say!("inbox-fetch-out-of-step", step = *step, line = line),
            Self::Unable(why) => why.clone(),
            Self::Panicked => say!("inbox-fetch-panicked"),
        }
    }

    fn hints(&self) -> Vec<Said> {
        match self {
            Self::Unreached(failure) => hints_of_unreached(failure),
            Self::NoStartTls(_) => vec![say!("inbox-fetch-hint-no-starttls")],
            Self::BeforeTls => vec![say!("inbox-fetch-hint-before-tls")],
            Self::PlaintextLogin => vec![say!("inbox-fetch-hint-tls")],
            Self::OtherProtocol { expected, .. } => vec![match expected {
                Protocol::Imap => say!("inbox-fetch-hint-port-imap"),
                Protocol::Pop3 => say!("inbox-fetch-hint-port-pop3"),
            }],
            Self::NoLogin(_) => vec![say!("inbox-fetch-hint-no-login")],
            Self::LoginRefused(_) => vec![say!("inbox-fetch-hint-login")],
            Self::Unsafe(_) => vec![say!("inbox-fetch-hint-unsafe")],
            Self::NoFolder { there, .. } if there.is_empty() => Vec::new(),
            Self::NoFolder { there, .. } => {
                vec![say!("inbox-fetch-hint-folders", folders = Arg::commas(there))]
            }
            Self::Locked(_) | Self::LoginLater(_) => vec![say!("inbox-fetch-hint-later")],
            Self::Io(_)
            | Self::Silent(..)
            | Self::Closed(_)
            | Self::Farewell(_)
            | Self::Refused(..)
            | Self::LineTooLong(_)
            | Self::TooLarge(_)
            | Self::TooMuch(_)
            | Self::OutOfStep { .. }
            | Self::Unable(_)
            | Self::Panicked => Vec::new(),
        }
    }
}

/// What the client of relays says of a connection speaks of relays.
fn unreached(failure: &SessionFailure) -> Said {
    match (&failure.cause, failure.phase) {
        (Cause::Certificate(problem, _), _) => certificate::said(problem),
        (Cause::NotTls, _) => say!("inbox-fetch-not-tls"),
        (Cause::Closed, Phase::Tls) => say!("inbox-fetch-closed", step = "TLS"),
        (Cause::TlsSetup(error), _) => say!("inbox-fetch-tls", why = error),
        (Cause::Timeout(limit), _) => say!("inbox-fetch-unanswered", limit = *limit),
        _ => say!("inbox-fetch-unreached", why = failure),
    }
}

fn hints_of_unreached(failure: &SessionFailure) -> Vec<Said> {
    match (&failure.cause, failure.phase) {
        (Cause::Certificate(_, Some(fingerprint)), _) => vec![say!(
            "inbox-fetch-hint-certificate",
            fingerprint = Arg::plain(fingerprint)
        )],
        (Cause::Certificate(_, None) | Cause::TlsSetup(_), _) => {
            vec![say!("inbox-fetch-hint-ca")]
        }
        (Cause::NotTls, _) => vec![say!("inbox-fetch-hint-not-tls")],
        (cause, Phase::Connect | Phase::Resolve) if !cause.is_ours() => {
            vec![say!("inbox-fetch-hint-address")]
        }
        _ => Vec::new(),
    }
}
