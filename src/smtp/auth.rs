//! Logging in: AUTH PLAIN, LOGIN and XOAUTH2 (RFC 4954, RFC 4616).
//!
//! The secret is sent only over an encrypted connection, or to this machine. It is never part of an
//! error, not even if the relay repeats it. A refusal of the user or the password is final here:
//! trying again locks accounts, so the caller decides.

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
use crate::words::say;

/// Whether a password may go to this peer without TLS: only to the machine itself.
pub(super) fn may_log_in_unencrypted(peer: IpAddr) -> bool {
    peer.to_canonical().is_loopback()
}

/// The mechanisms that are tried, in order: the requested one, else those that are offered. A
/// password is not a token, so XOAUTH2 is used without a request only if neither PLAIN nor LOGIN is
/// offered.
fn fitting(login: &Login, offered: &Capabilities) -> Vec<AuthMechanism> {
    let all = [AuthMechanism::Plain, AuthMechanism::Login, AuthMechanism::XOAuth2];
    let mut fitting: Vec<_> = all
        .into_iter()
        .filter(|mechanism| login.mechanism.is_none_or(|wanted| wanted == *mechanism))
        .filter(|mechanism| offered.offers(*mechanism))
        .collect();
    if fitting.len() > 1 {
        fitting.retain(|mechanism| *mechanism != AuthMechanism::XOAuth2);
    }
    fitting
}

/// Logs in, or says why not. A mechanism that is announced and not taken (RFC 4954 §4: 504) says
/// nothing of the password, and the next one may follow; once the password was judged, none does.
pub(super) async fn authenticate(
    wire: &mut Wire,
    login: &Login,
    offered: &Capabilities,
    limit: Duration,
) -> Result<(), Cause> {
    if !wire.stream.is_encrypted() && !may_log_in_unencrypted(wire.peer.ip()) {
        return Err(Cause::PlaintextLogin);
    }
    let mut refusal = Cause::NoCommonMechanism(offered.auth.clone());
    let mut tried = false;
    for mechanism in fitting(login, offered) {
        let credentials = Credentials::new(login.user.clone(), login.secret.expose_secret().to_owned());
        let answer = match mechanism {
            AuthMechanism::Plain => show_at_once(wire, Mechanism::Plain, credentials, limit).await,
            AuthMechanism::Login => ask_in_turn(wire, credentials, limit).await,
            AuthMechanism::XOAuth2 => show_token(wire, credentials, limit).await,
        };
        let reply = match answer {
            Ok(reply) => reply,
            // It hung up behind its refusal, and that is what tells something.
            Err(Cause::Closed | Cause::Io(_) | Cause::Timeout(_)) if tried => return Err(refusal),
            Err(cause) => return Err(cause),
        };
        match reply.code() {
            Some(235) => return Ok(()),
            Some(400..) if is_about_the_mechanism(&reply) => {
                refusal = Cause::Refused(reply);
                tried = true;
            }
            Some(400..) => return Err(Cause::Refused(reply)),
            _ => return Err(Cause::misplaced(&reply, "AUTH")),
        }
    }
    Err(refusal)
}

/// Whether a refusal is about the way to log in, and not about who does.
fn is_about_the_mechanism(reply: &Reply) -> bool {
    match (reply.code(), reply.enhanced()) {
        // Credentials invalid, a stronger mechanism or another password required, expired.
        (Some(535), _) | (_, Some((5, 7, 3 | 8 | 9 | 10 | 11 | 12 | 13 | 14))) => false,
        // What the command is, or its arguments; 5.7.4 is "security features not supported".
        (_, Some((5, 5, 0 | 1 | 2 | 4) | (5, 7, 4))) => true,
        (Some(500..=504), _) => true,
        // Of naver: "553 5.3.0 Auth failure" to PLAIN, while LOGIN works.
        (Some(553), Some((5, 3, 0))) => true,
        _ => false,
    }
}

/// "Username:" and "Password:": a relay that took PLAIN for LOGIN.
const PROMPTS: [&str; 2] = ["VXNlcm5hbWU6", "UGFzc3dvcmQ6"];

/// PLAIN: everything in the command. A relay that passes over it asks for it with a 334.
async fn show_at_once(
    wire: &mut Wire,
    mechanism: Mechanism,
    credentials: Credentials,
    limit: Duration,
) -> Result<Reply, Cause> {
    let command = command(mechanism, credentials, None)?;
    let (before, response) = command.rsplit_once(' ').unwrap_or(("AUTH", &command));
    let reply = wire.ask_as(&command, &format!("{before} ***"), limit).await?;
    // What PLAIN is asked can only be this; XOAUTH2 gets the reason of a refusal the same way.
    let passed_over = match mechanism {
        Mechanism::Plain => !PROMPTS.contains(&reply.text().trim()),
        Mechanism::Login | Mechanism::Xoauth2 => matches!(reply.text().trim(), "" | "="),
    };
    if reply.is(334) && passed_over {
        return wire.ask_as(response, "***", limit).await;
    }
    Ok(reply)
}

/// LOGIN: the relay asks twice. What it asks is not read, as the order is always the same and
/// the words are not: the prompts given here only tell lettre which of the two to encode.
async fn ask_in_turn(wire: &mut Wire, credentials: Credentials, limit: Duration) -> Result<Reply, Cause> {
    let mut reply = wire
        .ask(&command(Mechanism::Login, credentials.clone(), None)?, limit)
        .await?;
    for prompt in ["Username", "Password"] {
        if !reply.is(334) {
            break;
        }
        let answer = command(Mechanism::Login, credentials.clone(), Some(prompt))?;
        reply = wire.ask_as(&answer, "***", limit).await?;
    }
    Ok(reply)
}

/// XOAUTH2: a token that is refused comes back as a 334 with the reason in JSON, and an empty
/// line gets the refusal itself.
async fn show_token(wire: &mut Wire, credentials: Credentials, limit: Duration) -> Result<Reply, Cause> {
    let reply = show_at_once(wire, Mechanism::Xoauth2, credentials, limit).await?;
    if reply.is(334) {
        return wire.ask("\r\n", limit).await;
    }
    Ok(reply)
}

fn command(mechanism: Mechanism, credentials: Credentials, prompt: Option<&str>) -> Result<String, Cause> {
    // lettre refuses only prompts it does not know; its error holds no secret.
    Auth::new(mechanism, credentials, prompt.map(str::to_owned))
        .map(|command| command.to_string())
        .map_err(|error| Cause::OutOfStep(say!("smtp-step-login-prompt", own = error.to_string())))
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
                &[AuthMechanism::Plain, AuthMechanism::Login][..],
            ),
            (None, &["XOAUTH2", "LOGIN"], &[AuthMechanism::Login]),
            (None, &["CRAM-MD5", "XOAUTH2"], &[AuthMechanism::XOAuth2]),
            (None, &["CRAM-MD5"], &[]),
            (
                Some(AuthMechanism::Login),
                &["PLAIN", "LOGIN"],
                &[AuthMechanism::Login],
            ),
            (Some(AuthMechanism::XOAuth2), &["PLAIN", "LOGIN"], &[]),
        ] {
            assert_eq!(
                fitting(&login(wanted), &offered(names)),
                chosen,
                "{wanted:?} {names:?}"
            );
        }
        assert!(!format!("{:?}", login(None)).contains("hunter22"));
    }
}
