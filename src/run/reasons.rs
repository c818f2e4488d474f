//! Turns the cause of the end of a run into its end and reason: the only place that decides about
//! exit codes.
//!
//! If nothing was sent, the question is whether the same run may work later (exit code 4), or only
//! after something is changed (2). A permanent refusal of a relay, and faults of names,
//! certificates and logins, need a change; what a relay or the network says about now may be over
//! later.

use jiff::{SignedDuration, Timestamp};

use crate::campaign::clock;
use crate::delivery::{RelayCause, Stop};
use crate::inbox::fetch::{Again as Later, FetchError};
use crate::ledger::{LedgerError, LockError};
use crate::smtp::{Cause, Phase, Reply, SessionFailure};

use super::end::{End, Ended, Reason};
use super::failure::RunError;
use super::tokens::TokenError;

impl RunError {
    /// How the run ended with it, and why.
    pub fn ended(&self) -> Ended {
        let reason = match self {
            // After the sending: what went out could not be accounted for.
            Self::Report(_) | Self::Unaccounted(_) => return interrupted(Reason::Ledger),
            Self::LedgerLost | Self::Panicked => return interrupted(Reason::Internal),
            Self::Session { failure, .. } => {
                let again = of_session(failure);
                return nothing_sent(again).from(back(again), clock::now());
            }
            Self::Token(error) => {
                let again = of_token(error);
                return nothing_sent(again).from(back(again), clock::now());
            }
            Self::Unfetched(unfetched) => {
                let again = of_fetch(&unfetched.error);
                return nothing_sent(again).from(back(again), clock::now());
            }
            Self::Lock(LockError::Held(_) | LockError::HeldBySomebody) => {
                return Ended::new(End::NotNow, Reason::Locked);
            }
            Self::Ledger(LedgerError::Held { .. }) | Self::NoLedger(LedgerError::Held { .. }) => {
                return Ended::new(End::NotNow, Reason::Ledger);
            }
            // A person has looked at it and wants it otherwise.
            Self::Declined => Reason::Signal,
            // As a run that is stopped before its first message.
            Self::Cancelled => return Ended::new(End::NotNow, Reason::Signal),
            Self::Check(_) => Reason::Findings,
            Self::Problems(_) | Self::NoRelay | Self::Tls(_) | Self::CaFile { .. } => Reason::Campaign,
            Self::NeedsPassword(_) | Self::Secret(_) => Reason::Secret,
            Self::ContentChanged { .. } | Self::KeyChanged { .. } => Reason::InputsChanged,
            // The next check takes the file as it is then.
            Self::InputsChanged(_) | Self::InputUnreadable { .. } => {
                return Ended::new(End::NotNow, Reason::InputsChanged);
            }
            Self::NotInDoubt(_)
            | Self::Purged { .. }
            | Self::NotEnded(_)
            | Self::NoMailing(_)
            | Self::NoAnswer(_)
            | Self::NothingToConfirm(_)
            | Self::NeedsYes
            | Self::Unfinished { .. }
            | Self::LeftOut { .. }
            | Self::UnknownKeys(_)
            | Self::Elsewhere(_)
            | Self::SeveralLedgers(_)
            | Self::AnotherRecord { .. }
            | Self::Foreign(_) => Reason::Usage,
            Self::Accounts(_)
            | Self::UserFile(_)
            | Self::NoReport(_)
            | Self::NoLedger(_)
            | Self::Ledger(_)
            | Self::Lock(LockError::Io { .. } | LockError::NoLocks { .. } | LockError::Folder(_))
            | Self::Results(..)
            | Self::Folder(_)
            | Self::Write { .. } => Reason::Ledger,
            Self::Sandbox(_) | Self::Runtime(_) => Reason::Internal,
        };
        Ended::nothing_sent(reason)
    }
}

/// How a run ended that was stopped early. `sent`: something went out.
pub fn of_stop(stop: &Stop, sent: bool, now: Timestamp) -> Ended {
    let (again, reason) = match stop {
        Stop::Requested => (Again::Later, Reason::Signal),
        Stop::RelayRefused(failure) | Stop::RelayLost(failure) => of_relay(&failure.cause),
        Stop::EveryContentRefused(_) => (Again::Changed, Reason::Breaker),
        Stop::TooManyFailures(_) => (Again::Changed, Reason::MaxFailures),
        Stop::QuotaSpent { .. } => (Again::Later, Reason::Quota),
        Stop::Journal(_) | Stop::Accounts(_) => (Again::Changed, Reason::Ledger),
        Stop::LedgerReplaced(_) => (Again::Changed, Reason::LedgerReplaced),
        Stop::InputsChanged(_) | Stop::InputUnreadable { .. } => (Again::Later, Reason::InputsChanged),
        Stop::Internal(_) => (Again::Changed, Reason::Internal),
    };
    let ended = if sent {
        interrupted(reason)
    } else {
        nothing_sent((again, reason))
    };
    let wait = match stop {
        Stop::QuotaSpent { wait, .. } => SignedDuration::try_from(*wait).ok(),
        Stop::RelayRefused(_) | Stop::RelayLost(_) => back((again, reason)),
        Stop::Requested
        | Stop::EveryContentRefused(_)
        | Stop::TooManyFailures(_)
        | Stop::Journal(_)
        | Stop::LedgerReplaced(_)
        | Stop::Accounts(_)
        | Stop::InputsChanged(_)
        | Stop::InputUnreadable { .. }
        | Stop::Internal(_) => None,
    };
    ended.from(wait, now)
}

/// After how long another try makes sense if a relay is down. Nobody knows when it is back; this is
/// long enough for a restart, and short enough for people who wait for the messages.
const BACK_IN: SignedDuration = SignedDuration::from_mins(5);

fn back((_, reason): (Again, Reason)) -> Option<SignedDuration> {
    (reason == Reason::RelayDown).then_some(BACK_IN)
}

/// When the same run may work, where nothing went out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Again {
    /// Later, as it is.
    Later,
    /// When something was changed.
    Changed,
}

fn interrupted(reason: Reason) -> Ended {
    Ended::new(End::Interrupted, reason)
}

fn nothing_sent((again, reason): (Again, Reason)) -> Ended {
    match again {
        Again::Later => Ended::new(End::NotNow, reason),
        Again::Changed => Ended::nothing_sent(reason),
    }
}

const DOWN: (Again, Reason) = (Again::Later, Reason::RelayDown);
const REFUSES: (Again, Reason) = (Again::Changed, Reason::RelayRefuses);

fn of_relay(cause: &RelayCause) -> (Again, Reason) {
    match cause {
        RelayCause::Session(failure) => of_session(failure),
        RelayCause::SenderRefused(reply) | RelayCause::Reply(reply) => of_reply(reply, REFUSES),
    }
}

/// A relay's final word is `permanent`; any other is about now.
fn of_reply(reply: &Reply, permanent: (Again, Reason)) -> (Again, Reason) {
    if reply.is_permanent() { permanent } else { DOWN }
}

/// A mailbox that cannot be read.
fn of_fetch(error: &FetchError) -> (Again, Reason) {
    match error.again() {
        Later::Later => DOWN,
        Later::Changed if error.is_login() => (Again::Changed, Reason::Login),
        Later::Changed => REFUSES,
    }
}

fn of_session(failure: &SessionFailure) -> (Again, Reason) {
    match &failure.cause {
        // "Not the time to judge this login" (454) is not a refusal of it.
        Cause::Refused(reply) if failure.phase == Phase::Auth => {
            of_reply(reply, (Again::Changed, Reason::Login))
        }
        Cause::Refused(reply) => of_reply(reply, REFUSES),
        Cause::Io(_) | Cause::Timeout(_) | Cause::Closed => DOWN,
        // Whatever answers there does not speak SMTP as anybody could understand it, or not over
        // TLS as it must be.
        Cause::EarlyReply(_)
        | Cause::OutOfStep(_)
        | Cause::ReplyTooLong
        | Cause::MalformedReply(_)
        | Cause::MixedReply(..)
        | Cause::Certificate(..)
        | Cause::TlsTooOld
        | Cause::OtherProtocol { .. }
        | Cause::WaitsForTls
        | Cause::StartTlsMasked
        | Cause::TlsHandshake(_)
        | Cause::NotTls
        | Cause::StartTlsNotOffered
        | Cause::BytesBeforeTls
        | Cause::NoSuchHost(_) => REFUSES,
        Cause::TlsSetup(_) | Cause::BadEhloName(_) | Cause::BadHost(_) => (Again::Changed, Reason::Campaign),
        Cause::PlaintextLogin | Cause::NoCommonMechanism(_) => (Again::Changed, Reason::Login),
    }
}

fn of_token(error: &TokenError) -> (Again, Reason) {
    match error {
        TokenError::Unreachable { passes: true, .. } => DOWN,
        TokenError::Unreachable { passes: false, .. } => REFUSES,
        TokenError::Secret { .. } => (Again::Changed, Reason::Secret),
        TokenError::LoginAgain { .. } | TokenError::Refused { .. } | TokenError::NotAnAnswer { .. } => {
            (Again::Changed, Reason::Login)
        }
    }
}
