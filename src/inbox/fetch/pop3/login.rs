//! From the greeting to the login. A password is said once.

use data_encoding::BASE64;
use secrecy::ExposeSecret as _;

use crate::campaign::MailProtocol as Protocol;
use crate::smtp::{AuthMechanism, Endpoint, Login, Security};

use super::super::failure::FetchError;
use super::super::sasl;
use super::super::wire::Wire;
use super::talk::{ROOM, Reply, Talk};

/// What a server says that it can do.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Offered {
    /// It answered at all.
    pub(super) known: bool,
    pub(super) stls: bool,
    pub(super) user: bool,
    pub(super) pipelining: bool,
    /// Ways to log in.
    pub(super) sasl: Vec<String>,
}

/// A conversation after the login.
pub(super) async fn log_in(endpoint: &Endpoint) -> Result<(Talk, Offered), FetchError> {
    let mut talk = Talk {
        wire: Wire::open(endpoint).await?,
        limit: endpoint.timeouts.command,
    };
    greeting(&mut talk, endpoint).await?;
    let mut offered = capabilities(&mut talk).await?;
    if endpoint.security == Security::StartTls {
        if offered.known && !offered.stls {
            return Err(FetchError::NoStartTls(Protocol::Pop3));
        }
        match talk.ask("STLS", "STLS", ROOM).await? {
            Reply::Ok(_) => {}
            Reply::Err(_) if !offered.known => return Err(FetchError::NoStartTls(Protocol::Pop3)),
            Reply::Err(text) | Reply::Continue(text) => return Err(FetchError::Refused("STLS", text)),
        }
        talk.wire = talk.wire.encrypt(endpoint).await?;
        offered = capabilities(&mut talk).await?;
    }
    if let Some(login) = &endpoint.login {
        if !talk.wire.may_log_in() {
            return Err(FetchError::PlaintextLogin);
        }
        authenticate(&mut talk, login, &offered).await?;
        // Some say only now what they can do.
        offered = capabilities(&mut talk).await?;
    }
    Ok((talk, offered))
}

async fn greeting(talk: &mut Talk, endpoint: &Endpoint) -> Result<(), FetchError> {
    talk.wire.begin("greeting", endpoint.timeouts.greeting, ROOM);
    let line = talk.wire.line().await?;
    talk.wire.heard(&line);
    let shown = talk.wire.shown(&line);
    match Reply::of(&shown) {
        Some(Reply::Ok(_)) => Ok(()),
        Some(Reply::Err(text)) => Err(FetchError::Farewell(text)),
        Some(Reply::Continue(_)) | None => Err(FetchError::OtherProtocol {
            expected: Protocol::Pop3,
            line: shown,
        }),
    }
}

async fn capabilities(talk: &mut Talk) -> Result<Offered, FetchError> {
    let mut offered = Offered::default();
    if let Reply::Ok(_) = talk.ask("CAPA", "CAPA", ROOM).await? {
        offered.known = true;
        let mut each = |line: &[u8]| {
            let line = String::from_utf8_lossy(line).to_ascii_uppercase();
            let mut words = line.split_ascii_whitespace();
            match words.next() {
                Some("STLS") => offered.stls = true,
                Some("USER") => offered.user = true,
                Some("PIPELINING") => offered.pipelining = true,
                Some("SASL") => offered.sasl = words.take(20).map(str::to_owned).collect(),
                Some(_) | None => {}
            }
        };
        talk.lines(&mut each).await?;
    }
    Ok(offered)
}

async fn authenticate(talk: &mut Talk, login: &Login, offered: &Offered) -> Result<(), FetchError> {
    let offers = |name: &str| offered.sasl.iter().any(|one| one == name);
    let words = [login.user.as_str(), login.secret.expose_secret()];
    let is_ascii = words
        .iter()
        .all(|word| word.bytes().all(|octet| matches!(octet, b' '..=b'~')));
    let by_user = is_ascii && (offered.user || !offered.known || !offers("PLAIN"));
    let reply = match login.mechanism {
        Some(AuthMechanism::XOAuth2) => sasl(talk, "XOAUTH2", &sasl::xoauth2(login)).await?,
        Some(AuthMechanism::Plain) => sasl(talk, "PLAIN", &sasl::plain(login)).await?,
        None | Some(AuthMechanism::Login) if by_user => user(talk, login).await?,
        None | Some(AuthMechanism::Login) => sasl(talk, "PLAIN", &sasl::plain(login)).await?,
    };
    match reply {
        Reply::Ok(_) => Ok(()),
        Reply::Err(text) | Reply::Continue(text) => Err(refused(text, offered)),
    }
}

async fn user(talk: &mut Talk, login: &Login) -> Result<Reply, FetchError> {
    let user = format!("USER {}", login.user);
    match talk.ask("USER", &user, ROOM).await? {
        Reply::Ok(_) => {}
        refusal @ (Reply::Err(_) | Reply::Continue(_)) => return Ok(refusal),
    }
    let pass = format!("PASS {}", login.secret.expose_secret());
    talk.ask_as("PASS", &pass, "PASS ***", ROOM).await
}

/// AUTH in two steps, which every server takes (RFC 5034; Microsoft takes no other).
async fn sasl(talk: &mut Talk, mechanism: &str, said: &[u8]) -> Result<Reply, FetchError> {
    let asked = talk.ask("AUTH", &format!("AUTH {mechanism}"), ROOM).await?;
    let Reply::Continue(_) = asked else {
        return Ok(asked);
    };
    let reply = talk.ask_as("AUTH", &BASE64.encode(said), "***", ROOM).await?;
    let Reply::Continue(_) = reply else {
        return Ok(reply);
    };
    // The reason of a refused token, which is acknowledged.
    talk.ask("AUTH", "", ROOM).await
}

/// Whether a refused login is about the password, the way, or the moment (RFC 2449, 3206).
fn refused(text: String, offered: &Offered) -> FetchError {
    let code = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let code = code
        .map(|(code, _)| code.to_ascii_uppercase())
        .unwrap_or_default();
    let later = ["IN-USE", "LOGIN-DELAY", "SYS/TEMP"].contains(&code.as_str());
    if later || (code.is_empty() && sasl::is_about_now(&text)) {
        return FetchError::LoginLater(text);
    }
    if code != "AUTH" && sasl::is_about_the_way(&text) && !offered.sasl.is_empty() {
        return FetchError::NoLogin(offered.sasl.clone());
    }
    FetchError::LoginRefused(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_about_the_password_or_the_moment() {
        let of = |text: &str| refused(text.to_owned(), &Offered::default());
        for text in [
            "[IN-USE] Do you have another POP session?",
            "[SYS/TEMP] later",
            "maildrop already locked",
        ] {
            assert!(matches!(of(text), FetchError::LoginLater(_)), "{text}");
        }
        for text in [
            "[AUTH] Authentication failed, temporarily",
            "invalid password",
            "ERR.LOGIN.PASSERR",
        ] {
            assert!(matches!(of(text), FetchError::LoginRefused(_)), "{text}");
        }
    }
}
