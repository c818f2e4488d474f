//! What is waited for while a relay says nothing.

use crate::campaign::Relay;
use crate::smtp::Phase;

/// `waiting for the greeting of school (smtp.uni.example)`.
pub(super) fn words(phase: Phase, name: &str, relays: &[Relay]) -> String {
    let relay = relays.iter().find(|relay| relay.name == name);
    let whose = match relay {
        Some(relay) => format!("{name} ({})", relay.server.host),
        None => name.to_owned(),
    };
    match phase {
        Phase::Resolve => format!("looking up the host of {whose}"),
        Phase::Connect => format!("waiting for a connection with {whose}"),
        Phase::Tls => format!("waiting for the TLS handshake of {whose}"),
        Phase::Greeting => format!("waiting for the greeting of {whose}"),
        Phase::Auth => format!("waiting for the reply to the login at {whose}"),
        Phase::FinalDot => format!("waiting for {whose} to take a message"),
        Phase::Ehlo
        | Phase::StartTls
        | Phase::Mail
        | Phase::Rcpt
        | Phase::Data
        | Phase::Content
        | Phase::Reset => format!("waiting for the reply to {phase} of {whose}"),
    }
}
