//! What a run waits for while a relay says nothing.

use crate::campaign::Relay;
use crate::smtp::Phase;
use crate::words::{Arg, Said, say};

use super::question::named;

/// `waiting for the greeting of school (smtp.uni.example)`.
pub(super) fn said(phase: Phase, name: &str, relays: &[Relay]) -> Said {
    let relay = relays.iter().find(|relay| relay.name == name);
    let relay = relay.map_or_else(|| Arg::from(name), |relay| named(relay).into());
    let command = match phase {
        Phase::Resolve => return say!("cli-wait-resolve", relay = relay),
        Phase::Connect => return say!("cli-wait-connect", relay = relay),
        Phase::Tls => return say!("cli-wait-tls", relay = relay),
        Phase::Greeting => return say!("cli-wait-greeting", relay = relay),
        Phase::Auth => return say!("cli-wait-login", relay = relay),
        Phase::Content => return say!("cli-wait-content", relay = relay),
        Phase::FinalDot => return say!("cli-wait-final-dot", relay = relay),
        Phase::Ehlo => "EHLO",
        Phase::StartTls => "STARTTLS",
        Phase::Mail => "MAIL",
        Phase::Rcpt => "RCPT",
        Phase::Data => "DATA",
        Phase::Reset => "RSET",
    };
    say!("cli-wait-command", command = command, relay = relay)
}
