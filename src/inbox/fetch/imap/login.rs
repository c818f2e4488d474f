//! From the greeting to the login: TLS, the way to log in, and the name of the program.
//!
//! A password is said once: a second try may lock the account. A server whose TLS is required and not
//! offered gets nothing.

use data_encoding::BASE64;
use secrecy::ExposeSecret as _;

use crate::campaign::MailProtocol as Protocol;
use crate::smtp::{AuthMechanism, Endpoint, Login, Security};

use super::super::failure::FetchError;
use super::super::sasl;
use super::super::wire::Wire;
use super::answer::{self, Kind, Result3, kind};
use super::command::{Command, Conversation, Done, ROOM};
use super::frame;
use super::names::quoted;

/// Servers that open no folder for a program without a name, whether they offer ID or not.
const WANT_ID: [&str; 5] = ["163.com", "126.com", "yeah.net", "188.com", "netease.com"];

/// A conversation after the login, and what the server can do.
pub(super) async fn log_in(endpoint: &Endpoint) -> Result<(Conversation, Vec<String>), FetchError> {
    let wire = Wire::open(endpoint).await?;
    let mut conversation = Conversation::over(wire, endpoint.timeouts.command);
    let (logged_in, offered) = greeting(&mut conversation, endpoint).await?;
    let mut offered = match offered {
        Some(offered) => offered,
        None => capabilities(&mut conversation).await?,
    };
    if endpoint.security == Security::StartTls {
        // A server accepts no STARTTLS after a login, so this greeting may come from an attacker.
        if logged_in || !has(&offered, "STARTTLS") {
            return Err(FetchError::NoStartTls(Protocol::Imap));
        }
        conversation
            .ask("STARTTLS", "STARTTLS", &mut |_| {})
            .await?
            .ok("STARTTLS")?;
        let wire = conversation.wire.encrypt(endpoint).await?;
        conversation = Conversation::over(wire, endpoint.timeouts.command);
        offered = capabilities(&mut conversation).await?;
    }
    if let (Some(login), false) = (&endpoint.login, logged_in) {
        if !conversation.wire.may_log_in() {
            return Err(FetchError::PlaintextLogin);
        }
        let text = authenticate(&mut conversation, login, &offered).await?;
        offered = match answer::capabilities(&text) {
            Some(offered) => offered,
            None => capabilities(&mut conversation).await?,
        };
    }
    let wants =
        |end: &&str| endpoint.host.eq_ignore_ascii_case(end) || endpoint.host.ends_with(&format!(".{end}"));
    if has(&offered, "ID") || WANT_ID.iter().any(wants) {
        let id = format!(
            "ID (\"name\" \"mailshot\" \"version\" \"{}\" \"vendor\" \"mailshot\")",
            env!("CARGO_PKG_VERSION")
        );
        // A server that does not know it refuses it, and nothing is lost.
        conversation.ask("ID", &id, &mut |_| {}).await?;
    }
    Ok((conversation, offered))
}

pub(super) fn has(offered: &[String], name: &str) -> bool {
    offered.iter().any(|one| one == name)
}

/// Whether the login is done already, and what the greeting says that is offered.
async fn greeting(
    conversation: &mut Conversation,
    endpoint: &Endpoint,
) -> Result<(bool, Option<Vec<String>>), FetchError> {
    let wire = &mut conversation.wire;
    wire.begin("greeting", endpoint.timeouts.greeting, ROOM);
    let frame = frame::next(wire, 4096).await.map_err(|broken| broken.error)?;
    let line = String::from_utf8_lossy(frame.first_line()).into_owned();
    match kind(&line) {
        Kind::Status(Result3::Ok, text) => Ok((false, answer::capabilities(text))),
        Kind::PreAuth(text) => Ok((true, answer::capabilities(text))),
        Kind::Bye(text) | Kind::Status(Result3::No | Result3::Bad, text) => {
            Err(FetchError::Farewell(wire.shown(text.as_bytes())))
        }
        Kind::Done(..) | Kind::Continue(_) | Kind::Data(_) | Kind::Unknown => {
            Err(FetchError::OtherProtocol {
                expected: Protocol::Imap,
                line: wire.shown(line.as_bytes()),
            })
        }
    }
}

async fn capabilities(conversation: &mut Conversation) -> Result<Vec<String>, FetchError> {
    let mut found = Vec::new();
    conversation
        .ask("CAPABILITY", "CAPABILITY", &mut |frame| {
            let line = String::from_utf8_lossy(frame.first_line());
            if let Kind::Data(data) = kind(&line)
                && let Some((word, rest)) = data.split_once(' ')
                && word.eq_ignore_ascii_case("CAPABILITY")
            {
                found = answer::words(rest);
            }
        })
        .await?
        .ok("CAPABILITY")?;
    Ok(found)
}

/// Logs in; the words of the server.
async fn authenticate(
    conversation: &mut Conversation,
    login: &Login,
    offered: &[String],
) -> Result<String, FetchError> {
    let plain = has(offered, "AUTH=PLAIN");
    let words = || quoted(&login.user).zip(quoted(login.secret.expose_secret()));
    let done = match login.mechanism {
        Some(AuthMechanism::XOAuth2) => sasl(conversation, "XOAUTH2", &sasl::xoauth2(login), offered).await?,
        Some(AuthMechanism::Plain) => sasl(conversation, "PLAIN", &sasl::plain(login), offered).await?,
        None if plain => sasl(conversation, "PLAIN", &sasl::plain(login), offered).await?,
        None | Some(AuthMechanism::Login) => match words() {
            Some((user, secret)) if !has(offered, "LOGINDISABLED") => {
                let line = format!("LOGIN {user} {secret}");
                let command = Command {
                    step: "LOGIN",
                    line: &line,
                    shown: "LOGIN ***",
                    room: ROOM,
                    kept: 4096,
                };
                let done = conversation.run(&command, &mut |_| {}).await;
                done.map_err(|broken| broken.error)?
            }
            Some(_) => return Err(FetchError::NoLogin(ways(offered))),
            // LOGIN has no form for letters beyond ASCII, and PLAIN has.
            None => sasl(conversation, "PLAIN", &sasl::plain(login), offered).await?,
        },
    };
    match done.result {
        Result3::Ok => Ok(done.text),
        Result3::No | Result3::Bad => Err(refused(&done, offered)),
    }
}

fn ways(offered: &[String]) -> Vec<String> {
    let ways = offered.iter().filter_map(|one| one.strip_prefix("AUTH="));
    ways.map(str::to_owned).collect()
}

/// Whether a refused login is about the password, the way, or the moment.
fn refused(done: &Done, offered: &[String]) -> FetchError {
    let later = ["UNAVAILABLE", "IN-USE", "LIMIT", "SERVERBUG", "INUSE"];
    if answer::has_code(&done.text, &later) || sasl::is_about_now(&done.text) {
        return FetchError::LoginLater(done.text.clone());
    }
    if done.result == Result3::Bad && !answer::has_code(&done.text, &["AUTHENTICATIONFAILED"]) {
        let ways = ways(offered);
        if sasl::is_about_the_way(&done.text) && !ways.is_empty() {
            return FetchError::NoLogin(ways);
        }
    }
    FetchError::LoginRefused(done.text.clone())
}

/// AUTHENTICATE, with the answer in the command where the server takes that (RFC 4959).
async fn sasl(
    conversation: &mut Conversation,
    mechanism: &'static str,
    said: &[u8],
    offered: &[String],
) -> Result<Done, FetchError> {
    let encoded = BASE64.encode(said);
    let at_once = has(offered, "SASL-IR");
    let line = if at_once {
        format!("AUTHENTICATE {mechanism} {encoded}")
    } else {
        format!("AUTHENTICATE {mechanism}")
    };
    let shown = format!("AUTHENTICATE {mechanism} ***");
    let command = Command {
        step: "AUTHENTICATE",
        line: &line,
        shown: &shown,
        room: ROOM,
        kept: 4096,
    };
    let tag = conversation.begin(&command).await?;
    let mut unsaid = (!at_once).then(|| format!("{encoded}\r\n"));
    // What a refusal of XOAUTH2 is answered with, once.
    let mut empty = Some("\r\n".to_owned());
    loop {
        let frame = conversation.frame(4096).await.map_err(|broken| broken.error)?;
        let line = String::from_utf8_lossy(frame.first_line()).into_owned();
        if matches!(kind(&line), Kind::Continue(_)) {
            let Some(answer) = unsaid.take().or_else(|| empty.take()) else {
                return Err(conversation.wire.out_of_step(line.as_bytes()));
            };
            conversation.wire.say(answer.as_bytes(), "***").await?;
        } else if let Some(done) = conversation.taken(&frame, &tag).map_err(|broken| broken.error)? {
            return Ok(done);
        }
    }
}
