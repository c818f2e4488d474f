//! The sentences of failures: where, why, and at which address.

use std::io;
use std::time::Duration;

use tokio_rustls::rustls;

use super::failure::{Cause, Phase, SessionFailure, is_ours, no_files_left};
use crate::words::{Arg, Said, Speak, say, spoken, system};

impl Speak for Phase {
    fn said(&self) -> Said {
        match self {
            Phase::Resolve => say!("smtp-phase-resolve"),
            Phase::Connect => say!("smtp-phase-connect"),
            Phase::Tls => say!("smtp-phase-tls"),
            Phase::Greeting => say!("smtp-phase-greeting"),
            Phase::Ehlo => Said::verbatim("EHLO"),
            Phase::StartTls => Said::verbatim("STARTTLS"),
            Phase::Auth => say!("smtp-phase-auth"),
            Phase::Mail => Said::verbatim("MAIL"),
            Phase::Rcpt => Said::verbatim("RCPT"),
            Phase::Data => Said::verbatim("DATA"),
            Phase::Content => say!("smtp-phase-content"),
            Phase::FinalDot => say!("smtp-phase-final-dot"),
            Phase::Reset => Said::verbatim("RSET"),
        }
    }
}

spoken!(Phase);

impl Speak for SessionFailure {
    fn said(&self) -> Said {
        let cause = match resolver(self) {
            Some(own) => say!("smtp-cause-lookup", own = own),
            None => self.cause.said(),
        };
        match self.address {
            Some(address) => say!(
                "smtp-failure-at-address",
                phase = &self.phase,
                cause = cause,
                address = address.to_string()
            ),
            None => say!("smtp-failure", phase = &self.phase, cause = cause),
        }
    }
}

/// What the resolver says, which has no kind.
fn resolver(failure: &SessionFailure) -> Option<String> {
    if let Cause::Io(error) = &failure.cause
        && failure.phase == Phase::Resolve
        && error.raw_os_error().is_none()
    {
        return Some(error.to_string());
    }
    None
}

impl Speak for Cause {
    fn said(&self) -> Said {
        match self {
            Cause::Io(error) => of_io(error),
            Cause::Timeout(limit) => say!("smtp-cause-timeout", limit = patience(*limit)),
            Cause::Closed => say!("smtp-cause-closed"),
            Cause::Refused(reply) => say!("smtp-cause-refused", reply = reply.to_string()),
            Cause::EarlyReply(reply) => say!("smtp-cause-early-reply", reply = reply.to_string()),
            Cause::OutOfStep(why) => say!("smtp-cause-out-of-step", why = why.clone()),
            Cause::ReplyTooLong => say!("smtp-cause-reply-too-long"),
            Cause::MalformedReply(line) => say!("smtp-cause-malformed-reply", line = line),
            Cause::MixedReply(first, then) => say!(
                "smtp-cause-mixed-reply",
                first = Arg::plain(first),
                then = Arg::plain(then)
            ),
            Cause::OtherProtocol { protocol, line } => {
                say!("smtp-cause-other-protocol", protocol = *protocol, line = line)
            }
            Cause::NoCommonMechanism(offered) if offered.is_empty() => say!("smtp-cause-no-login-offered"),
            Cause::NoCommonMechanism(offered) => {
                say!("smtp-cause-no-common-login", offered = Arg::commas(offered))
            }
            Cause::BadEhloName(name) => say!("smtp-cause-bad-ehlo-name", name = name),
            Cause::BadHost(host) => say!("smtp-cause-bad-host", host = host),
            Cause::NoSuchHost(error) => say!("smtp-cause-no-such-host", own = error.to_string()),
            Cause::PlaintextLogin => say!("smtp-cause-plaintext-login"),
            Cause::Certificate(problem, _) => problem.said(),
            Cause::TlsSetup(error) => error.said(),
            Cause::TlsHandshake(own) => say!("smtp-cause-tls-handshake", own = own),
            Cause::WaitsForTls => say!("smtp-cause-waits-for-tls"),
            Cause::TlsTooOld => say!("smtp-cause-tls-too-old"),
            Cause::NotTls => say!("smtp-cause-not-tls"),
            Cause::StartTlsNotOffered => say!("smtp-cause-no-starttls"),
            Cause::StartTlsMasked => say!("smtp-cause-starttls-masked"),
            Cause::BytesBeforeTls => say!("smtp-cause-bytes-before-tls"),
        }
    }
}

/// In seconds and more; less than that only in tests.
fn patience(limit: Duration) -> Arg {
    match limit.as_millis() {
        short @ ..1000 => Arg::Text(format!("{short} ms")),
        _ => Arg::Time(limit),
    }
}

/// Where it is this machine that cannot, and no relay that will not, that is said.
fn of_io(error: &io::Error) -> Said {
    let tls = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<rustls::Error>());
    if let Some(own) = tls {
        say!("smtp-cause-tls-broken", own = own.to_string())
    } else if no_files_left(error) {
        say!("smtp-cause-no-files-left", own = error.to_string())
    } else if is_ours(error) {
        say!("smtp-cause-this-computer", why = system(error))
    } else if error.kind() == io::ErrorKind::NotFound {
        say!("smtp-cause-no-address")
    } else {
        system(error)
    }
}
