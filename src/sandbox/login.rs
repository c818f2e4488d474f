//! The three mechanisms of AUTH (RFC 4954) that relays for bulk mail use: PLAIN (RFC 4616), LOGIN
//! (a draft that everybody implements) and XOAUTH2 (bearer tokens of Google and Microsoft).
//!
//! Turns base64 lines into a user and a password; [`LoginPolicy`] says whether they are right. It
//! neither remembers nor prints a password.

use data_encoding::BASE64;
use secrecy::ExposeSecret;

use super::options::LoginPolicy;
use super::refusal::Refusal;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mechanism {
    Plain,
    Login,
    Xoauth2,
}

/// What a session waits for between AUTH and its final reply.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Exchange {
    Plain,
    LoginUser,
    LoginPassword {
        user: String,
    },
    Xoauth2,
    /// The token was wrong; a challenge has said so to the client, which answers it with an empty
    /// line.
    Xoauth2Refused,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Send 334 with this text and hand the next line to [`Exchange::answer`].
    Challenge(Exchange, &'static str),
    /// Logged in under this name.
    Accepted(String),
    Refused(Refusal),
}

const WRONG: Refusal = Refusal::new(535, "5.7.8", "the user or the password is wrong");
const MALFORMED: Refusal = Refusal::new(501, "5.5.2", "the response is not what the mechanism asks for");
const CANCELLED: Refusal = Refusal::new(501, "5.7.0", "the login is cancelled");

/// `Username:` and `Password:`, as every implementation of LOGIN expects them.
const ASK_USER: &str = "VXNlcm5hbWU6";
const ASK_PASSWORD: &str = "UGFzc3dvcmQ6";
/// `{"status":"400"}`
const TOKEN_REFUSED: &str = "eyJzdGF0dXMiOiI0MDAifQ==";

impl Mechanism {
    /// Begins the exchange; `initial` is the initial response of the AUTH command.
    pub(super) fn begin(self, initial: Option<&str>, policy: &LoginPolicy) -> Step {
        let (exchange, challenge) = match self {
            Self::Plain => (Exchange::Plain, ""),
            Self::Login => (Exchange::LoginUser, ASK_USER),
            Self::Xoauth2 => (Exchange::Xoauth2, ""),
        };
        match initial {
            // "=" is a response of no octets (RFC 4954 §4).
            Some(initial) => exchange.answer(initial.strip_prefix('=').unwrap_or(initial), policy),
            None => Step::Challenge(exchange, challenge),
        }
    }
}

impl Exchange {
    /// Goes on with the client's response, a line without its end.
    pub(super) fn answer(self, response: &str, policy: &LoginPolicy) -> Step {
        if response == "*" {
            return Step::Refused(CANCELLED);
        }
        let Some(response) = BASE64
            .decode(response.as_bytes())
            .ok()
            .and_then(|octets| String::from_utf8(octets).ok())
        else {
            return Step::Refused(MALFORMED);
        };
        match self {
            Self::Plain => match response.split('\0').collect::<Vec<_>>()[..] {
                [_, user, password] if !user.is_empty() => decide(user, password, policy),
                _ => Step::Refused(MALFORMED),
            },
            Self::LoginUser => Step::Challenge(Self::LoginPassword { user: response }, ASK_PASSWORD),
            Self::LoginPassword { user } => decide(&user, &response, policy),
            Self::Xoauth2 => match bearer(&response) {
                Some((user, token)) => match decide(user, token, policy) {
                    Step::Refused(_) => Step::Challenge(Self::Xoauth2Refused, TOKEN_REFUSED),
                    decided @ (Step::Accepted(_) | Step::Challenge(..)) => decided,
                },
                None => Step::Refused(MALFORMED),
            },
            Self::Xoauth2Refused => Step::Refused(WRONG),
        }
    }
}

/// `user=…^Aauth=Bearer …^A^A`
fn bearer(response: &str) -> Option<(&str, &str)> {
    let (user, rest) = response.strip_suffix("\u{1}\u{1}")?.split_once('\u{1}')?;
    let (scheme, token) = rest.strip_prefix("auth=")?.split_once(' ')?;
    let user = user.strip_prefix("user=").filter(|user| !user.is_empty())?;
    scheme.eq_ignore_ascii_case("Bearer").then_some((user, token))
}

fn decide(user: &str, password: &str, policy: &LoginPolicy) -> Step {
    let right = match policy {
        LoginPolicy::Any => true,
        LoginPolicy::Only {
            user: only,
            password: secret,
        } => user == only && password == secret.expose_secret(),
        LoginPolicy::None => false,
    };
    if right {
        Step::Accepted(user.to_owned())
    } else {
        Step::Refused(WRONG)
    }
}
