//! Logging in: AUTH PLAIN, LOGIN and XOAUTH2 (RFC 4954, RFC 4616).
//!
//! The secret goes out over an encrypted connection, or to this very machine, and nowhere else;
//! it is never part of an error, not even when the relay repeats it. One refusal is final here:
//! trying again locks accounts, so whoever calls decides.

use std::net::IpAddr;
use std::time::Duration;

use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::commands::Auth;
use secrecy::ExposeSecret;

use super::capabilities::Capabilities;
use super::endpoint::{AuthMechanism, Login};
use super::failure::Cause;
use super::reply::Reply;
use super::wire::Wire;

/// Whether a password may go to this peer without TLS: only to the machine itself.
pub(super) fn may_log_in_unencrypted(peer: IpAddr) -> bool {
    peer.to_canonical().is_loopback()
}

/// The mechanism asked for, else the best one offered. A password is no token, so XOAUTH2 is
/// taken unasked only where neither PLAIN nor LOGIN is offered.
fn choose(login: &Login, offered: &Capabilities) -> Option<AuthMechanism> {
    let all = [AuthMechanism::Plain, AuthMechanism::Login, AuthMechanism::XOAuth2];
    all.into_iter()
        .filter(|mechanism| login.mechanism.is_none_or(|wanted| wanted == *mechanism))
        .find(|mechanism| offered.offers(*mechanism))
}

/// Logs in, or says why not.
pub(super) async fn authenticate(
    wire: &mut Wire,
    login: &Login,
    offered: &Capabilities,
    limit: Duration,
) -> Result<(), Cause> {
    if !wire.stream.is_encrypted() && !may_log_in_unencrypted(wire.peer.ip()) {
        return Err(Cause::PlaintextLogin);
    }
    let mechanism = choose(login, offered).ok_or_else(|| Cause::NoCommonMechanism(offered.auth.clone()))?;
    let credentials = Credentials::new(login.user.clone(), login.secret.expose_secret().to_owned());
    wire.conceal(&login.secret);
    let reply = match mechanism {
        AuthMechanism::Plain => {
            wire.ask(&say(Mechanism::Plain, credentials, None)?, limit)
                .await?
        }
        AuthMechanism::Login => ask_in_turn(wire, credentials, limit).await?,
        AuthMechanism::XOAuth2 => show_token(wire, credentials, limit).await?,
    };
    match reply.code() {
        Some(235) => Ok(()),
        Some(400..) => Err(Cause::Refused(reply)),
        _ => Err(Cause::OutOfStep(format!("\"{reply}\" in answer to AUTH"))),
    }
}

/// LOGIN: the relay asks twice. What it asks is not read, as the order is always the same and
/// the words are not: the prompts given here only tell lettre which of the two to encode.
async fn ask_in_turn(wire: &mut Wire, credentials: Credentials, limit: Duration) -> Result<Reply, Cause> {
    let mut reply = wire
        .ask(&say(Mechanism::Login, credentials.clone(), None)?, limit)
        .await?;
    for prompt in ["Username", "Password"] {
        if !reply.is(334) {
            break;
        }
        let answer = say(Mechanism::Login, credentials.clone(), Some(prompt))?;
        reply = wire.ask(&answer, limit).await?;
    }
    Ok(reply)
}

/// XOAUTH2: a token that is refused comes back as a 334 with the reason in JSON, and an empty
/// line gets the refusal itself.
async fn show_token(wire: &mut Wire, credentials: Credentials, limit: Duration) -> Result<Reply, Cause> {
    let reply = wire
        .ask(&say(Mechanism::Xoauth2, credentials, None)?, limit)
        .await?;
    if reply.is(334) {
        return wire.ask("\r\n", limit).await;
    }
    Ok(reply)
}

fn say(mechanism: Mechanism, credentials: Credentials, prompt: Option<&str>) -> Result<String, Cause> {
    // lettre refuses only prompts it does not know; its error holds no secret.
    Auth::new(mechanism, credentials, prompt.map(str::to_owned))
        .map(|command| command.to_string())
        .map_err(|error| Cause::OutOfStep(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_without_tls_stays_on_this_machine() {
        for (peer, allowed) in [
            ("127.0.0.1", true),
            ("127.8.0.1", true),
            ("::1", true),
            ("::ffff:127.0.0.1", true),
            ("192.168.0.1", false),
            ("10.0.0.1", false),
            ("0.0.0.0", false),
            ("::", false),
            ("fe80::1", false),
            ("::ffff:192.0.2.1", false),
        ] {
            assert_eq!(may_log_in_unencrypted(peer.parse().unwrap()), allowed, "{peer}");
        }
    }

    #[test]
    fn a_token_is_taken_unasked_only_where_nothing_else_is_offered() {
        let login = |mechanism| Login {
            user: "ada".to_owned(),
            secret: "hunter22".to_owned().into(),
            mechanism,
        };
        let offered = |names: &[&str]| Capabilities {
            auth: names.iter().map(|name| (*name).to_owned()).collect(),
            ..Capabilities::default()
        };
        for (wanted, names, chosen) in [
            (
                None,
                &["XOAUTH2", "LOGIN", "PLAIN"][..],
                Some(AuthMechanism::Plain),
            ),
            (None, &["XOAUTH2", "LOGIN"], Some(AuthMechanism::Login)),
            (None, &["CRAM-MD5", "XOAUTH2"], Some(AuthMechanism::XOAuth2)),
            (None, &["CRAM-MD5"], None),
            (
                Some(AuthMechanism::Login),
                &["PLAIN", "LOGIN"],
                Some(AuthMechanism::Login),
            ),
            (Some(AuthMechanism::XOAuth2), &["PLAIN", "LOGIN"], None),
        ] {
            assert_eq!(
                choose(&login(wanted), &offered(names)),
                chosen,
                "{wanted:?} {names:?}"
            );
        }
        assert!(!format!("{:?}", login(None)).contains("hunter22"));
    }
}
