//! What to do if a relay cannot be used: by where and why it failed, and by what is known about it.

use crate::campaign::{Preset, Relay};
use crate::delivery::{RelayCause, RelayFailure};
use crate::smtp::{
    Cause, CertificateProblem, Fingerprint, Phase, Reply, Security, SessionFailure, TlsSetupError,
};

use super::advice::Advice;

/// A relay that no session could be opened with.
pub(super) fn unreachable(failure: &SessionFailure, relay: Option<&Relay>, advice: &Advice) -> String {
    format!(
        "The relay cannot be used: {failure}{}",
        hint(failure, relay, advice)
    )
}

/// A relay that could not be used from the start, among these.
pub(super) fn unusable(failure: &RelayFailure, relays: &[Relay], advice: &Advice) -> String {
    format!(
        "The relay cannot be used: {failure}{}",
        hint_of(failure, relays, advice)
    )
}

/// A relay that was lost on the way, among these.
pub(super) fn lost(failure: &RelayFailure, relays: &[Relay], advice: &Advice) -> String {
    let hint = match &failure.cause {
        // It was there before: nothing is wrong with its address.
        RelayCause::Session(session) if is_unreached(session) => {
            "\n  hint: it answered before, so that it may be back later".to_owned()
        }
        RelayCause::Session(_) | RelayCause::SenderRefused(_) | RelayCause::Reply(_) => {
            hint_of(failure, relays, advice)
        }
    };
    format!("The relay was lost on the way: {failure}{hint}")
}

fn hint_of(failure: &RelayFailure, relays: &[Relay], advice: &Advice) -> String {
    let relay = match (relays, &failure.relay) {
        ([only], _) => Some(only),
        (several, Some(name)) => several.iter().find(|relay| *relay.name == **name),
        (_, None) => None,
    };
    match &failure.cause {
        RelayCause::Session(failure) => hint(failure, relay, advice),
        RelayCause::SenderRefused(reply) => match hint_of_reply(reply, relay) {
            none if none.is_empty() && !reply.is_transient() => {
                "\n  hint: write an address in `from` (or `return_path`) that this login may send as"
                    .to_owned()
            }
            hint => hint,
        },
        RelayCause::Reply(reply) => hint_of_reply(reply, relay),
    }
}

/// What a refusal of everybody says to do, by a relay among these.
pub(super) fn refused(reply: &Reply, relays: &[Relay]) -> String {
    if is_size(reply) {
        return TOO_LARGE.to_owned();
    }
    let hints: Vec<_> = relays
        .iter()
        .map(|relay| hint_of_reply(reply, Some(relay)))
        .collect();
    match hints.as_slice() {
        [hint] => hint.clone(),
        _ => String::new(),
    }
}

const TOO_LARGE: &str = "\n  hint: the messages are too large for it; make the attachments smaller, or put them on a web page and write its address";

/// Whether a refusal is about how large a message is, and not how full a mailbox.
fn is_size(reply: &Reply) -> bool {
    let text = reply.text().to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match reply.enhanced() {
        Some((5, 3, 4) | (5, 2, 3)) => true,
        Some((5, 0, 0) | (5, 7, 0)) | None => {
            reply.code() == Some(552)
                && says(&["size", "large", "big"])
                && !says(&["mailbox", "quota", "full"])
        }
        Some(_) => false,
    }
}

/// What a refusal says to do before messages are taken: log in, or begin TLS.
fn hint_of_reply(reply: &Reply, relay: Option<&Relay>) -> String {
    if is_size(reply) {
        return TOO_LARGE.to_owned();
    }
    let text = reply.text().to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let wants_login = matches!(reply.enhanced(), Some((5, 7, 57))) || says(&LOGIN);
    let plain = relay.is_some_and(|relay| relay.server.security == Security::Plaintext);
    let stranger = relay.is_some_and(|relay| relay.user.is_none());
    if says(&TLS) && plain {
        return "\n  hint: the relay wants TLS first: write smtp:// (STARTTLS, port 587) or smtps:// (port 465) in `server`".to_owned();
    }
    let asks = wants_login || reply.code() == Some(530);
    if stranger && (asks || says(&RELAYING)) {
        "\n  hint: no login is given: write `user` and `password` below the relay".to_owned()
    } else if asks {
        "\n  hint: the relay does not count the login; look whether `user` may send there, and at this port"
            .to_owned()
    } else {
        String::new()
    }
}

/// Words of relays that want a login, of Exim, cPanel, Postfix, Exchange and hMailServer.
const LOGIN: [&str; 7] = [
    "authentication required",
    "authentication is required",
    "not authenticated",
    "smtp authentication",
    "must authenticate",
    "log in",
    "login required",
];

/// Words of relays that hand nothing on for strangers.
const RELAYING: [&str; 5] = [
    "relay access denied",
    "relaying denied",
    "relay not permitted",
    "unable to relay",
    "rcpthosts",
];

/// Words of relays that want TLS.
const TLS: [&str; 4] = ["starttls", "encryption", "tls required", "secure connection"];

fn hint(failure: &SessionFailure, relay: Option<&Relay>, advice: &Advice) -> String {
    match (&failure.cause, failure.phase) {
        (Cause::NoCommonMechanism(offered), _) => no_mechanism(offered, relay),
        (Cause::Certificate(problem, fingerprint), _) => certificate(problem, *fingerprint),
        (
            Cause::TlsSetup(TlsSetupError::BadCa(_) | TlsSetupError::EmptyCa | TlsSetupError::NoCaStore(_)),
            _,
        ) => "\n  hint: a house CA is trusted with ca_file = \"ca.pem\"".to_owned(),
        (Cause::TlsTooOld, _) => {
            "\n  hint: its administrator has to renew it; nothing here can make it safe".to_owned()
        }
        (Cause::WaitsForTls, _) => match relay {
            Some(relay) => format!(
                "\n  hint: write server = \"smtps://{}:{}\"",
                relay.server.host, relay.server.port
            ),
            None => String::new(),
        },
        (Cause::OtherProtocol { .. }, _) => {
            "\n  hint: mail is handed in at port 465 (smtps://) or 587 (smtp://)".to_owned()
        }
        (Cause::StartTlsMasked, _) => {
            "\n  hint: smtps:// (port 465) is not looked into; otherwise the firewall has to let STARTTLS through".to_owned()
        }
        (Cause::Refused(reply), Phase::Auth) => refused_login(reply, relay, advice),
        (cause, Phase::Connect | Phase::Resolve) if cause.is_ours() => String::new(),
        (_, Phase::Connect | Phase::Resolve) => {
            "\n  hint: check host and port in `server`, and whether a firewall is in the way".to_owned()
        }
        _ => String::new(),
    }
}

fn is_unreached(failure: &SessionFailure) -> bool {
    matches!(failure.phase, Phase::Connect | Phase::Resolve) && !failure.cause.is_ours()
}

fn no_mechanism(offered: &[String], relay: Option<&Relay>) -> String {
    let plain = relay.is_none_or(|relay| relay.server.security == Security::Plaintext);
    if offered.is_empty() && !plain {
        return "\n  hint: the relay takes no login at all at this port; try port 465 (smtps://) or 587 (smtp://), or take `user` out".to_owned();
    }
    let wanted = relay.and_then(|relay| relay.auth);
    if let (Some(wanted), false) = (wanted, offered.is_empty()) {
        return format!(
            "\n  hint: auth = \"{}\" is not among them; take `auth` out of the campaign file, or name another one",
            wanted.name().to_lowercase()
        );
    }
    "\n  hint: many relays offer a login only after TLS; try smtps:// (port 465) or smtp:// (port 587) in `server`"
        .to_owned()
}

/// A certificate that cannot be trusted by its signature may be by its fingerprint.
fn certificate(problem: &CertificateProblem, fingerprint: Option<Fingerprint>) -> String {
    use CertificateProblem::{
        CaAsServer, Expired, NoNames, NotYetValid, OldVersion, Other, OtherFingerprint, Revoked,
        UnknownIssuer, WeakKey, WrongName,
    };
    let pin = || {
        fingerprint.map_or_else(String::new, |fingerprint| {
            format!(
                "\n  hint: or trust this very certificate, once the relay's administrator has told you the same fingerprint, with this line below the relay:\n    tls_fingerprint = \"{fingerprint}\""
            )
        })
    };
    match problem {
        UnknownIssuer | CaAsServer => {
            format!(
                "\n  hint: a house CA is trusted with ca_file = \"ca.pem\"{}",
                pin()
            )
        }
        WrongName { .. } | NoNames => format!("\n  hint: check the host name in `server`{}", pin()),
        Expired(_) | NotYetValid(_) | Other(_) => pin().replace("hint: or trust", "hint: trust"),
        OtherFingerprint { presented, .. } => format!(
            "\n  hint: was it renewed? Ask the relay's administrator for the new fingerprint; if it is this one, write\n    tls_fingerprint = \"{presented}\""
        ),
        OldVersion | WeakKey(_) => "\n  hint: its administrator has to make a new one".to_owned(),
        Revoked => String::new(),
    }
}

/// A login that was refused: only some refusals are about the password.
fn refused_login(reply: &Reply, relay: Option<&Relay>, advice: &Advice) -> String {
    if reply.is_transient() {
        return "\n  hint: the relay cannot log anybody in now; the same command may work later".to_owned();
    }
    let text = reply.text().to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if reply.code() == Some(538) || says(&TLS) {
        return "\n  hint: the relay wants TLS first: write smtp:// (STARTTLS, port 587) or smtps:// (port 465) in `server`".to_owned();
    }
    let provider = relay.and_then(|relay| relay.preset.or_else(|| Preset::of_host(&relay.server.host)));
    let provider = provider.map(|preset| format!("\n  hint: {}", preset.login));
    if reply.code() == Some(504) || says(&["mechanism", "unrecognized authentication type"]) {
        return ANOTHER_WAY.to_owned();
    }
    let oauth2 = relay.filter(|relay| relay.oauth2.is_some());
    let provider_says = || provider.clone().unwrap_or_default();
    // Exchange Online has numbers of its own for passwords that are not taken at all.
    let no_passwords = matches!(reply.enhanced(), Some((5, 7, 30 | 139))) || says(&["basic authentication"]);
    if no_passwords && oauth2.is_none() {
        let otherwise = || {
            "\n  hint: write auth = \"xoauth2\" with oauth2 = { … } below the relay, or ask its administrator to allow passwords".to_owned()
        };
        return format!(
            "\n  hint: the password is not at fault: programs may not log in with one there{}",
            provider.unwrap_or_else(otherwise)
        );
    }
    if no_passwords || says(&["disabled", "suspended", "locked", "blocked"]) {
        return format!(
            "\n  hint: this is about the account, not the password: its administrator or provider can say more{}",
            provider_says()
        );
    }
    match (oauth2, is_about_the_password(reply, says)) {
        (Some(relay), true) => format!(
            "\n  hint: the access token was refused: check `user` and the scope, or log in again with: {}",
            advice.log_in(&relay.name)
        ),
        (None, true) => format!(
            "\n  hint: check `user` and the password{}",
            provider.as_deref().unwrap_or(OF_THEIR_OWN)
        ),
        (_, false) => format!("{}{ANOTHER_WAY}", provider_says()),
    }
}

const OF_THEIR_OWN: &str =
    "; many providers want an app password of their own (163, QQ: 授权码), not the one of the web page";

const ANOTHER_WAY: &str = "\n  hint: this is about the way to log in, not the password; auth = \"login\" or auth = \"plain\" below the relay names one";

fn is_about_the_password(reply: &Reply, says: impl Fn(&[&str]) -> bool) -> bool {
    matches!(reply.code(), Some(534 | 535))
        || matches!(reply.enhanced(), Some((5, 7, 3 | 8 | 9)))
        || says(&[
            "password",
            "credential",
            "authentication fail",
            "auth failure",
            "invalid login",
        ])
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};
    use std::sync::Arc;

    use super::*;

    #[test]
    fn a_relay_that_was_there_has_no_wrong_address() {
        let refused = Cause::Io(Error::from(ErrorKind::ConnectionRefused));
        let failure = RelayFailure {
            relay: None,
            cause: RelayCause::Session(Arc::new(SessionFailure::new(Phase::Connect, refused))),
        };
        let advice = Advice::default();
        assert!(unusable(&failure, &[], &advice).contains("check host and port"));
        let lost = lost(&failure, &[], &advice);
        assert!(
            lost.contains("it answered before") && !lost.contains("check host"),
            "{lost}"
        );
    }
}
