//! What to do when a relay cannot be used: by where and why it failed, and by
//! what is known of it.

use crate::campaign::Relay;
use crate::delivery::{RelayCause, RelayFailure};
use crate::smtp::{Cause, Phase, SessionFailure, TlsSetupError};

/// A relay that no session could be opened with.
pub(super) fn unreachable(failure: &SessionFailure, relay: Option<&Relay>) -> String {
    format!("The relay cannot be used: {failure}{}", hint(failure, relay))
}

/// A relay that could not be used from the start, among these.
pub(super) fn unusable(failure: &RelayFailure, relays: &[Relay]) -> String {
    format!("The relay cannot be used: {failure}{}", hint_of(failure, relays))
}

/// A relay that was lost on the way, among these.
pub(super) fn lost(failure: &RelayFailure, relays: &[Relay]) -> String {
    format!(
        "The relay was lost on the way: {failure}{}",
        hint_of(failure, relays)
    )
}

fn hint_of(failure: &RelayFailure, relays: &[Relay]) -> String {
    let relay = match (relays, &failure.relay) {
        ([only], _) => Some(only),
        (several, Some(name)) => several.iter().find(|relay| *relay.name == **name),
        (_, None) => None,
    };
    match &failure.cause {
        RelayCause::Session(failure) => hint(failure, relay),
        RelayCause::SenderRefused(_) | RelayCause::Reply(_) => String::new(),
    }
}

fn hint(failure: &SessionFailure, relay: Option<&Relay>) -> String {
    let preset = relay.and_then(|relay| relay.preset);
    let certificate = matches!(
        failure.cause,
        Cause::Certificate(_)
            | Cause::TlsSetup(TlsSetupError::BadCa(_) | TlsSetupError::EmptyCa | TlsSetupError::NoCaStore(_))
    );
    match failure.phase {
        _ if matches!(failure.cause, Cause::NoCommonMechanism(_)) => {
            "\n  hint: many relays offer a login only after TLS; try smtps:// (port 465) or smtp:// (port 587) in `server`"
                .to_owned()
        }
        Phase::Auth => match (relay, preset) {
            (Some(relay), _) if relay.oauth2.is_some() => format!(
                "\n  hint: the access token was refused: check `user` and the scope, or log in again with: mailshot login {}",
                relay.name
            ),
            (_, Some(preset)) => format!("\n  hint: check `user` and the password\n  hint: {}", preset.login),
            (_, None) => "\n  hint: check `user` and the password; many providers want an app password of their own (163, QQ: 授权码), not the one of the web page".to_owned(),
        },
        _ if certificate => {
            "\n  hint: check the host name in `server`; a house CA is trusted with ca_file = \"ca.pem\""
                .to_owned()
        }
        Phase::Connect | Phase::Resolve => {
            "\n  hint: check host and port in `server`, and whether a firewall is in the way".to_owned()
        }
        Phase::Tls
        | Phase::Greeting
        | Phase::Ehlo
        | Phase::StartTls
        | Phase::Mail
        | Phase::Rcpt
        | Phase::Data
        | Phase::Content
        | Phase::FinalDot
        | Phase::Reset => String::new(),
    }
}
