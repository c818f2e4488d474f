//! placeholder until the table is here
use crate::smtp::Reply;
#[derive(Clone, Copy)]
pub(super) enum At {
    Mail,
    Rcpt,
    Data,
    Content,
    Connect,
    Auth,
}
use std::time::Duration;
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Accepted,
    Recipient { permanent: bool },
    Greylisted,
    Throttled { wait: Duration },
    TooManyConnections,
    ConnectionSpent,
    QuotaSpent { wait: Duration },
    LoginRefused,
    LoginThrottled { wait: Duration },
    RelayRefuses,
    Closing,
    Policy,
    TooLarge,
}
impl Verdict {
    pub(super) fn concerns_the_relay(self) -> bool {
        match self {
            Self::Throttled { .. }
            | Self::TooManyConnections
            | Self::ConnectionSpent
            | Self::QuotaSpent { .. }
            | Self::LoginRefused
            | Self::LoginThrottled { .. }
            | Self::RelayRefuses
            | Self::Closing => true,
            _ => false,
        }
    }
}
pub(super) fn judge(at: At, reply: &Reply) -> Verdict {
    if reply.is_positive() {
        return Verdict::Accepted;
    }
    if reply.code() == 421 {
        return Verdict::Closing;
    }
    match at {
        At::Mail => return Verdict::RelayRefuses,
        At::Connect => return Verdict::Closing,
        At::Auth => return Verdict::LoginThrottled { wait: Duration::ZERO },
        _ => {}
    }
    if reply.is_transient()
        && (matches!(reply.code(), 432 | 454) || reply.enhanced() == Some((4, 3, 2)))
        && !matches!(at, At::Content)
    {
        return Verdict::Throttled { wait: Duration::ZERO };
    }
    if matches!(reply.code(), 450 | 451) && matches!(reply.enhanced(), Some((4, 7, _))) {
        return Verdict::Greylisted;
    }
    Verdict::Recipient {
        permanent: reply.is_permanent(),
    }
}
