//! How a session ends early: in which phase, why, and whether a message is in doubt.
//!
//! A failure is never a refusal of a message: refusals are replies, and are returned as values.
//! [`SessionFailure::may_have_been_delivered`] answers the one question that matters for
//! exactly-once delivery, from what the socket took and not by guessing: between the final dot and
//! its reply nobody can know (RFC 1047), before it everybody can.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use super::certificate::{CertificateProblem, TlsSetupError};
use super::fingerprint::Fingerprint;
use super::reply::Reply;
use crate::words::{Said, Speak, say};

/// The part of a conversation in which something failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Looking up the relay's name.
    Resolve,
    /// Opening the TCP connection.
    Connect,
    /// The TLS handshake.
    Tls,
    /// Waiting for the relay's greeting.
    Greeting,
    /// EHLO, or HELO where EHLO is refused.
    Ehlo,
    /// Asking for TLS on an open connection.
    StartTls,
    /// Logging in.
    Auth,
    /// MAIL.
    Mail,
    /// RCPT.
    Rcpt,
    /// DATA, up to its 354.
    Data,
    /// Handing over content, before the final dot.
    Content,
    /// The final dot may be out, its reply is not here.
    FinalDot,
    /// RSET.
    Reset,
}

/// Why a session failed. Texts are for people; callers match on the variant.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said())]
pub enum Cause {
    /// The network said no, or this machine.
    Io(io::Error),
    /// The whole of what was awaited did not come within this time.
    Timeout(Duration),
    /// The relay hung up.
    Closed,
    /// The relay refused the step: greeting, EHLO, STARTTLS, AUTH, or RSET.
    Refused(Reply),
    /// A reply came while the content was still under way; the message was not sent.
    EarlyReply(Reply),
    /// Commands and replies no longer belong together.
    OutOfStep(Said),
    /// A reply without an end.
    ReplyTooLong,
    /// What came is not an SMTP reply (RFC 5321 §4.2).
    MalformedReply(String),
    /// The lines of one reply have different codes: the first one, and another.
    MixedReply(u16, u16),
    /// What answered speaks another protocol.
    OtherProtocol {
        /// Its name.
        protocol: &'static str,
        /// Its first line, in quotes.
        line: String,
    },
    /// The server keeps silent until the client begins TLS.
    WaitsForTls,
    /// The relay's certificate is not to be trusted.
    Certificate(CertificateProblem, Option<Fingerprint>),
    /// It speaks no version of TLS that is still spoken.
    TlsTooOld,
    /// The handshake failed for another reason than the certificate.
    TlsHandshake(String),
    /// What answered on this port does not speak TLS.
    NotTls,
    /// TLS could not be set up on this machine.
    TlsSetup(TlsSetupError),
    /// STARTTLS is required and not offered.
    StartTlsNotOffered,
    /// STARTTLS is required, and something on the way hides what the relay offers.
    StartTlsMasked,
    /// Bytes came behind the reply to STARTTLS, before TLS began: the mark of an injected reply
    /// (CVE-2011-0411).
    BytesBeforeTls,
    /// A login over an unencrypted connection beyond this machine.
    PlaintextLogin,
    /// The relay offers none of the mechanisms at hand.
    NoCommonMechanism(Vec<String>),
    /// The name for EHLO cannot be said in SMTP.
    BadEhloName(String),
    /// The host is neither a name nor an address.
    BadHost(String),
    /// There is no such name, as far as the DNS knows.
    NoSuchHost(io::Error),
}

pub(super) fn is_ours(error: &io::Error) -> bool {
    use io::ErrorKind::{AddrNotAvailable, NetworkUnreachable, OutOfMemory, PermissionDenied};
    let kinds = [
        AddrNotAvailable,
        NetworkUnreachable,
        OutOfMemory,
        PermissionDenied,
    ];
    no_files_left(error) || kinds.contains(&error.kind())
}

/// Too many open files, of this process or of the machine: EMFILE, ENFILE, WSAEMFILE.
pub(super) fn no_files_left(error: &io::Error) -> bool {
    let codes: &[i32] = if cfg!(windows) { &[10024] } else { &[23, 24] };
    error.raw_os_error().is_some_and(|code| codes.contains(&code))
}

impl Cause {
    /// Whether it lies with this machine: its open files, its addresses, its routes.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        matches!(self, Cause::Io(error) if is_ours(error))
    }

    /// A reply that cannot be one to this command.
    pub(super) fn misplaced(reply: &Reply, command: &str) -> Cause {
        Cause::OutOfStep(say!(
            "smtp-step-reply-to",
            reply = reply.to_string(),
            command = command
        ))
    }

    /// Whether what was read cannot be the reply to what was said.
    pub(super) fn is_out_of_step(&self) -> bool {
        matches!(
            self,
            Cause::OutOfStep(_) | Cause::MalformedReply(_) | Cause::MixedReply(..) | Cause::ReplyTooLong
        )
    }
}

/// A session that could not be opened or cannot go on. It is unusable from here on.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said())]
pub struct SessionFailure {
    /// Where it happened.
    pub phase: Phase,
    /// Why.
    pub cause: Cause,
    /// At which of the relay's addresses, where it has several.
    pub address: Option<SocketAddr>,
    dot_out: bool,
}

impl SessionFailure {
    /// A failure that leaves nothing in doubt.
    #[must_use]
    pub fn new(phase: Phase, cause: Cause) -> SessionFailure {
        SessionFailure {
            phase,
            cause,
            address: None,
            dot_out: false,
        }
    }

    /// A failure while waiting for the reply to the final dot.
    #[must_use]
    pub fn after_dot(cause: Cause) -> SessionFailure {
        SessionFailure {
            phase: Phase::FinalDot,
            cause,
            address: None,
            dot_out: true,
        }
    }

    /// The same, of this one among several addresses.
    pub(super) fn of(mut self, address: SocketAddr) -> SessionFailure {
        self.address = Some(address);
        self
    }

    /// Whether another address of the same relay may do better (RFC 5321 §5.1): up to and with
    /// EHLO, unless it lies with this machine or its settings.
    pub(super) fn may_be_the_address(&self) -> bool {
        let early = matches!(
            self.phase,
            Phase::Connect | Phase::Tls | Phase::Greeting | Phase::Ehlo | Phase::StartTls
        );
        let ours = matches!(
            self.cause,
            Cause::TlsSetup(_) | Cause::BadEhloName(_) | Cause::BadHost(_) | Cause::NoSuchHost(_)
        );
        early && !ours
    }

    /// Whether the relay may have taken the message: true only when the socket may have taken the
    /// final dot and no well-formed reply to it was read. Otherwise the message is provably unsent.
    #[must_use]
    pub fn may_have_been_delivered(&self) -> bool {
        self.dot_out
    }

    /// Whether the relay just hung up, with nothing that could have been delivered.
    #[must_use]
    pub fn is_hang_up(&self) -> bool {
        !self.may_have_been_delivered() && matches!(self.cause, Cause::Closed | Cause::Io(_))
    }

    /// Whether a session was lost that was open, while a message was under way.
    #[must_use]
    pub fn is_in_a_message(&self) -> bool {
        let lost = matches!(self.cause, Cause::Closed | Cause::Io(_) | Cause::Timeout(_));
        let opening = matches!(
            self.phase,
            Phase::Resolve
                | Phase::Connect
                | Phase::Tls
                | Phase::Greeting
                | Phase::Ehlo
                | Phase::StartTls
                | Phase::Auth
        );
        lost && !opening
    }

    /// Whether trying again cannot help: it is about settings, certificates or the login, or the
    /// relay's final word.
    #[must_use]
    pub fn is_final(&self) -> bool {
        match &self.cause {
            Cause::Refused(reply) => reply.is_permanent(),
            Cause::Certificate(..)
            | Cause::TlsTooOld
            | Cause::NotTls
            | Cause::WaitsForTls
            | Cause::OtherProtocol { .. }
            | Cause::TlsSetup(_)
            | Cause::StartTlsNotOffered
            | Cause::StartTlsMasked
            | Cause::BytesBeforeTls
            | Cause::PlaintextLogin
            | Cause::NoCommonMechanism(_)
            | Cause::BadEhloName(_)
            | Cause::BadHost(_)
            | Cause::NoSuchHost(_) => true,
            Cause::Io(_)
            | Cause::Timeout(_)
            | Cause::Closed
            | Cause::EarlyReply(_)
            | Cause::OutOfStep(_)
            | Cause::ReplyTooLong
            | Cause::MalformedReply(_)
            | Cause::MixedReply(..)
            | Cause::TlsHandshake(_) => false,
        }
    }

    /// The relay's words, where the failure was one of its replies.
    #[must_use]
    pub fn reply(&self) -> Option<&Reply> {
        if let Cause::Refused(reply) | Cause::EarlyReply(reply) = &self.cause {
            Some(reply)
        } else {
            None
        }
    }
}
