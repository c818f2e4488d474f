//! What to do if a relay cannot be used: by where and why it failed, and by what is known about it.

use crate::campaign::{Preset, Relay};
use crate::delivery::{RelayCause, RelayFailure};
use crate::smtp::{
    Cause, CertificateProblem, Fingerprint, Phase, Reply, Security, SessionFailure, TlsSetupError,
};
use crate::words::{Arg, Said, say};

use super::advice::Advice;

/// What is wrong, and what to do about it.
pub(super) type Advised = (Said, Vec<Said>);

/// A relay that no session could be opened with.
pub(super) fn unreachable(failure: &SessionFailure, relay: Option<&Relay>, advice: &Advice) -> Advised {
    let said = say!("cli-relay-unusable", why = failure);
    (said, hint(failure, relay, advice))
}

/// A relay that could not be used from the start, among these.
pub(super) fn unusable(failure: &RelayFailure, relays: &[Relay], advice: &Advice) -> Advised {
    let said = say!("cli-relay-unusable", why = failure);
    (said, hint_of(failure, relays, advice))
}

/// A relay that was lost on the way, among these.
pub(super) fn lost(failure: &RelayFailure, relays: &[Relay], advice: &Advice) -> Advised {
    let hints = match &failure.cause {
        // It was there before: nothing is wrong with its address.
        RelayCause::Session(session) if is_unreached(session) => vec![say!("cli-relay-hint-back-later")],
        RelayCause::Session(_) | RelayCause::SenderRefused(_) | RelayCause::Reply(_) => {
            hint_of(failure, relays, advice)
        }
    };
    (say!("cli-relay-lost", why = failure), hints)
}

fn hint_of(failure: &RelayFailure, relays: &[Relay], advice: &Advice) -> Vec<Said> {
    let relay = match (relays, &failure.relay) {
        ([only], _) => Some(only),
        (several, Some(name)) => several.iter().find(|relay| *relay.name == **name),
        (_, None) => None,
    };
    match &failure.cause {
        RelayCause::Session(failure) => hint(failure, relay, advice),
        RelayCause::SenderRefused(reply) => match hint_of_reply(reply, relay, advice) {
            none if none.is_empty() && !reply.is_transient() => vec![if advice.has_file() {
                say!("cli-relay-hint-sender")
            } else {
                say!("cli-relay-hint-sender-flag")
            }],
            hints => hints,
        },
        RelayCause::Reply(reply) => hint_of_reply(reply, relay, advice),
    }
}

/// What a refusal of everybody says to do, by a relay among these.
pub(super) fn refused(reply: &Reply, relays: &[Relay], advice: &Advice) -> Vec<Said> {
    if is_size(reply) {
        return vec![say!("cli-relay-hint-too-large")];
    }
    match relays {
        [relay] => hint_of_reply(reply, Some(relay), advice),
        _ => Vec::new(),
    }
}

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
fn hint_of_reply(reply: &Reply, relay: Option<&Relay>, advice: &Advice) -> Vec<Said> {
    if is_size(reply) {
        return vec![say!("cli-relay-hint-too-large")];
    }
    let text = reply.text().to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let wants_login = matches!(reply.enhanced(), Some((5, 7, 57))) || says(&LOGIN);
    let plain = relay.is_some_and(|relay| relay.server.security == Security::Plaintext);
    let stranger = relay.is_some_and(|relay| relay.user.is_none());
    if says(&TLS) && plain {
        return vec![say!("cli-relay-hint-tls-first", server = advice.server())];
    }
    let asks = wants_login || reply.code() == Some(530);
    if stranger && (asks || says(&RELAYING)) {
        vec![if advice.has_file() {
            say!("cli-relay-hint-no-login")
        } else {
            say!("cli-relay-hint-no-login-flags")
        }]
    } else if asks {
        vec![say!("cli-relay-hint-login-ignored", user = advice.user())]
    } else {
        Vec::new()
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

fn hint(failure: &SessionFailure, relay: Option<&Relay>, advice: &Advice) -> Vec<Said> {
    let hint = match (&failure.cause, failure.phase) {
        (Cause::NoCommonMechanism(offered), _) => no_mechanism(offered, relay, advice),
        (Cause::Certificate(problem, fingerprint), _) => return certificate(problem, *fingerprint, advice),
        (
            Cause::TlsSetup(TlsSetupError::BadCa(_) | TlsSetupError::EmptyCa | TlsSetupError::NoCaStore(_)),
            _,
        ) => say!("cli-relay-hint-ca"),
        (Cause::TlsTooOld, _) => say!("cli-relay-hint-tls-too-old"),
        (Cause::WaitsForTls, _) => match relay {
            Some(relay) => smtps(relay, advice),
            None => return Vec::new(),
        },
        (Cause::OtherProtocol { .. }, _) => say!("cli-relay-hint-port"),
        (Cause::StartTlsMasked, _) => say!("cli-relay-hint-masked"),
        (Cause::Refused(reply), Phase::Auth) => return refused_login(reply, relay, advice),
        (cause, Phase::Connect | Phase::Resolve) if cause.is_ours() => return Vec::new(),
        (_, Phase::Connect | Phase::Resolve) => say!("cli-relay-hint-address", server = advice.server()),
        _ => return Vec::new(),
    };
    vec![hint]
}

fn is_unreached(failure: &SessionFailure) -> bool {
    matches!(failure.phase, Phase::Connect | Phase::Resolve) && !failure.cause.is_ours()
}

fn smtps(relay: &Relay, advice: &Advice) -> Said {
    let (host, port) = (&relay.server.host, Arg::plain(relay.server.port));
    if advice.has_file() {
        say!("cli-relay-hint-smtps", host = host, port = port)
    } else {
        say!("cli-relay-hint-smtps-flag", host = host, port = port)
    }
}

fn no_mechanism(offered: &[String], relay: Option<&Relay>, advice: &Advice) -> Said {
    let plain = relay.is_none_or(|relay| relay.server.security == Security::Plaintext);
    if offered.is_empty() && !plain {
        return say!("cli-relay-hint-no-login-here", user = advice.user());
    }
    let wanted = relay.and_then(|relay| relay.auth);
    if let (Some(wanted), false) = (wanted, offered.is_empty()) {
        return say!("cli-relay-hint-auth", auth = wanted.name().to_lowercase());
    }
    say!("cli-relay-hint-login-after-tls", server = advice.server())
}

/// A certificate that cannot be trusted by its signature may be by its fingerprint.
fn certificate(problem: &CertificateProblem, fingerprint: Option<Fingerprint>, advice: &Advice) -> Vec<Said> {
    use CertificateProblem::{
        CaAsServer, Expired, NoNames, NotYetValid, OldVersion, Other, OtherFingerprint, Revoked,
        UnknownIssuer, WeakKey, WrongName,
    };
    let pin_or = |first: Said| {
        let pin = fingerprint.map(|print| say!("cli-relay-hint-or-pin", fingerprint = Arg::plain(print)));
        [first].into_iter().chain(pin).collect()
    };
    match problem {
        UnknownIssuer | CaAsServer => pin_or(say!("cli-relay-hint-ca")),
        WrongName { .. } | NoNames => pin_or(say!("cli-relay-hint-host", server = advice.server())),
        Expired(_) | NotYetValid(_) | Other(_) => fingerprint
            .map(|print| say!("cli-relay-hint-pin", fingerprint = Arg::plain(print)))
            .into_iter()
            .collect(),
        OtherFingerprint { presented, .. } => {
            vec![say!(
                "cli-relay-hint-renewed",
                fingerprint = Arg::plain(presented)
            )]
        }
        OldVersion | WeakKey(_) => vec![say!("cli-relay-hint-new-certificate")],
        Revoked => Vec::new(),
    }
}

/// A login that was refused: only some refusals are about the password.
fn refused_login(reply: &Reply, relay: Option<&Relay>, advice: &Advice) -> Vec<Said> {
    if reply.is_transient() {
        return vec![say!("cli-relay-hint-login-later")];
    }
    let text = reply.text().to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if reply.code() == Some(538) || says(&TLS) {
        return vec![say!("cli-relay-hint-tls-first", server = advice.server())];
    }
    if reply.code() == Some(504) || says(&["mechanism", "unrecognized authentication type"]) {
        return vec![say!("cli-relay-hint-another-way")];
    }
    let preset = relay.and_then(|relay| relay.preset.or_else(|| Preset::of_host(&relay.server.host)));
    let provider = preset.map(|preset| preset.login.clone());
    let oauth2 = relay.filter(|relay| relay.oauth2.is_some());
    let and_provider = |first: Said| [first].into_iter().chain(provider.clone()).collect();
    // Exchange Online has numbers of its own for passwords that are not taken at all.
    let no_passwords = matches!(reply.enhanced(), Some((5, 7, 30 | 139))) || says(&["basic authentication"]);
    if no_passwords && oauth2.is_none() {
        let otherwise = provider.unwrap_or_else(|| say!("cli-relay-hint-oauth2"));
        return vec![say!("cli-relay-hint-no-passwords"), otherwise];
    }
    if no_passwords || says(&["disabled", "suspended", "locked", "blocked"]) {
        return and_provider(say!("cli-relay-hint-account"));
    }
    match (oauth2, is_about_the_password(reply, says)) {
        (Some(relay), true) => vec![say!(
            "cli-relay-hint-token",
            user = advice.user(),
            command = advice.log_in(&relay.name)
        )],
        (None, true) if provider.is_some() => {
            and_provider(say!("cli-relay-hint-password", user = advice.user()))
        }
        (None, true) => vec![say!("cli-relay-hint-password-of-its-own", user = advice.user())],
        (_, false) => provider
            .into_iter()
            .chain([say!("cli-relay-hint-another-way")])
            .collect(),
    }
}

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
        assert!(unusable(&failure, &[], &advice).1[0].is("cli-relay-hint-address"));
        let (_, hints) = lost(&failure, &[], &advice);
        assert!(hints[0].is("cli-relay-hint-back-later"), "{hints:?}");
    }
}
