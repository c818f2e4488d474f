//! One command line to one [`Command`], or to the reply that refuses it.
//!
//! smtp-proto parses; this module adds strictness, because that parser is lenient: it skips CR
//! anywhere, accepts `MAIL FROM: <a@b>`, arguments after DATA, empty domains, and parameters of
//! extensions that were not offered, and returns quoted local parts without their quotes. A client
//! that passes here does not depend on such leniency. Addresses are kept as written.
//!
//! It knows nothing about the state of a session: the session checks the order.

use std::borrow::Cow;

use smtp_proto::{
    AUTH_LOGIN, AUTH_PLAIN, AUTH_XOAUTH2, Error, MAIL_BODY_8BITMIME, MAIL_BODY_BINARYMIME, MAIL_SMTPUTF8,
    Request,
};

use super::login::Mechanism;
use super::path::{Path, is_mailbox, without_literal};
use super::refusal::{Refusal, SYNTAX};

/// A command that is well-formed by itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Command {
    Hello {
        host: String,
        extended: bool,
    },
    Mail(Mail),
    Rcpt {
        to: String,
    },
    Data,
    Rset,
    Noop,
    Vrfy,
    Help,
    Quit,
    StartTls,
    Auth {
        mechanism: Mechanism,
        initial: Option<String>,
    },
}

/// MAIL with its parameters.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mail {
    /// Empty for the null reverse-path.
    pub(super) from: String,
    /// SIZE=, 0 when not said (RFC 1870).
    pub(super) size: u64,
    pub(super) eight_bit: bool,
    pub(super) smtputf8: bool,
    /// Whether there were parameters, which only a client that said EHLO may use.
    pub(super) extended: bool,
}

const NOT_ASCII: &str = "the address is not ASCII and MAIL did not say SMTPUTF8";

/// The text of one line that ends in LF, if it is text that ends in CRLF.
pub(super) fn text(with_end: &[u8]) -> Result<&str, Refusal> {
    let Some(line) = with_end
        .strip_suffix(b"\r\n")
        .filter(|line| !line.contains(&b'\r'))
    else {
        // Closing, for a peer that disagrees about line ends disagrees about where commands begin.
        return Err(Refusal::fatal(
            500,
            "5.5.2",
            "a bare CR or LF in a command; lines end in CRLF",
        ));
    };
    let line = str::from_utf8(line).map_err(|_| Refusal::new(500, "5.5.2", "the command is not UTF-8"))?;
    if line.chars().any(char::is_control) {
        return Err(Refusal::new(500, "5.5.2", "a control character in a command"));
    }
    Ok(line)
}

/// Parses one line that ends in LF.
pub(super) fn parse(with_end: &[u8]) -> Result<Command, Refusal> {
    let line = text(with_end)?;
    let parsable = without_literal(line);
    let mut octets = parsable.as_deref().map_or(with_end, str::as_bytes).iter();
    match Request::parse(&mut octets) {
        Ok(request) => command(line, request),
        Err(error) => Err(refusal(&error)),
    }
}

fn command(line: &str, request: Request<Cow<'_, str>>) -> Result<Command, Refusal> {
    match request {
        Request::Ehlo { host } => hello(line, &host, true),
        Request::Helo { host } => hello(line, &host, false),
        Request::Mail { from } => {
            let path = Path::split(
                line,
                "MAIL FROM:",
                Refusal::new(501, SYNTAX, "say MAIL FROM:<address>"),
            )?;
            let bad = Refusal::new(501, "5.1.7", "the sender's address is malformed");
            if !(path.address.is_empty() || is_mailbox(path.address)) {
                return Err(bad);
            }
            path.check_parameters(&["SIZE", "BODY", "SMTPUTF8", "AUTH", "RET", "ENVID"])?;
            if from.flags & MAIL_BODY_BINARYMIME != 0 {
                return Err(Refusal::new(555, SYNTAX, "BINARYMIME is not offered"));
            }
            let smtputf8 = from.flags & MAIL_SMTPUTF8 != 0;
            if !smtputf8 && !path.address.is_ascii() {
                return Err(Refusal::new(553, "5.6.7", NOT_ASCII));
            }
            Ok(Command::Mail(Mail {
                from: path.address.to_owned(),
                size: u64::try_from(from.size).unwrap_or(u64::MAX),
                eight_bit: from.flags & MAIL_BODY_8BITMIME != 0,
                smtputf8,
                extended: !path.parameters.trim().is_empty(),
            }))
        }
        Request::Rcpt { .. } => {
            let path = Path::split(
                line,
                "RCPT TO:",
                Refusal::new(501, SYNTAX, "say RCPT TO:<address>"),
            )?;
            // Postmaster needs no domain (RFC 5321 §4.5.1).
            if !(path.address.eq_ignore_ascii_case("postmaster") || is_mailbox(path.address)) {
                return Err(Refusal::new(501, "5.1.3", "the recipient's address is malformed"));
            }
            path.check_parameters(&["NOTIFY", "ORCPT"])?;
            Ok(Command::Rcpt {
                to: path.address.to_owned(),
            })
        }
        Request::Auth {
            mechanism,
            initial_response,
        } => auth(line, mechanism, &initial_response),
        Request::Data => alone(line, Command::Data),
        Request::Rset => alone(line, Command::Rset),
        Request::Quit => alone(line, Command::Quit),
        Request::StartTls => alone(line, Command::StartTls),
        Request::Noop { .. } => Ok(Command::Noop),
        Request::Vrfy { .. } => Ok(Command::Vrfy),
        Request::Help { .. } => Ok(Command::Help),
        // What follows BDAT is content: read as commands it would be obeyed.
        Request::Bdat { .. } => Err(Refusal::fatal(502, "5.5.1", "CHUNKING is not offered")),
        Request::Lhlo { .. }
        | Request::Expn { .. }
        | Request::Etrn { .. }
        | Request::Atrn { .. }
        | Request::Burl { .. } => Err(Refusal::new(502, "5.5.1", "the command is not implemented")),
    }
}

fn refusal(error: &Error) -> Refusal {
    match error {
        Error::UnknownCommand => Refusal::new(500, "5.5.1", "unknown command; HELP lists what is known"),
        Error::InvalidSenderAddress => Refusal::new(501, "5.1.7", "the sender's address is malformed"),
        Error::InvalidRecipientAddress => Refusal::new(501, "5.1.3", "the recipient's address is malformed"),
        Error::SyntaxError { syntax } => Refusal::new(501, SYNTAX, syntax),
        Error::InvalidParameter { .. } => Refusal::new(501, SYNTAX, "a parameter's value is malformed"),
        Error::UnsupportedParameter { .. } => Refusal::new(555, SYNTAX, "a parameter was not offered"),
        Error::NeedsMoreData { .. } | Error::ResponseTooLong | Error::InvalidResponse { .. } => {
            Refusal::new(501, SYNTAX, "the command is incomplete")
        }
    }
}

fn hello(line: &str, host: &str, extended: bool) -> Result<Command, Refusal> {
    if line.split_whitespace().count() != 2 || !host.is_ascii() {
        return Err(Refusal::new(
            501,
            SYNTAX,
            "one host name or address literal is wanted, in ASCII",
        ));
    }
    Ok(Command::Hello {
        host: host.to_owned(),
        extended,
    })
}

/// For commands that have no arguments (RFC 5321 §4.1.1).
fn alone(line: &str, command: Command) -> Result<Command, Refusal> {
    if line.trim_end().contains(' ') {
        return Err(Refusal::new(501, SYNTAX, "the command has no arguments"));
    }
    Ok(command)
}

fn auth(line: &str, mechanism: u64, initial: &str) -> Result<Command, Refusal> {
    if line.split_whitespace().count() > 3 {
        return Err(Refusal::new(501, SYNTAX, "AUTH mechanism [initial-response]"));
    }
    let mechanism = match mechanism {
        AUTH_PLAIN => Mechanism::Plain,
        AUTH_LOGIN => Mechanism::Login,
        AUTH_XOAUTH2 => Mechanism::Xoauth2,
        _ => return Err(Refusal::new(504, SYNTAX, "the mechanism is not offered")),
    };
    let initial = (!initial.is_empty()).then(|| initial.to_owned());
    Ok(Command::Auth { mechanism, initial })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(line: &str) -> (u16, &'static str) {
        match parse(format!("{line}\r\n").as_bytes()) {
            Ok(_) => (250, ""),
            Err(refusal) => (refusal.code, refusal.enhanced),
        }
    }

    fn address(line: &str) -> String {
        match parse(format!("{line}\r\n").as_bytes()) {
            Ok(Command::Mail(mail)) => mail.from,
            Ok(Command::Rcpt { to }) => to,
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn addresses_are_kept_as_written() {
        for (line, expected) in [
            ("MAIL FROM:<ada@example.org>", "ada@example.org"),
            ("mail from:<> SIZE=10", ""),
            ("RCPT TO:<\"a b>c\\\"\"@example.org>", "\"a b>c\\\"\"@example.org"),
            ("RCPT TO:<Postmaster>", "Postmaster"),
            ("RCPT TO:<ada@[127.0.0.1]>", "ada@[127.0.0.1]"),
            ("RCPT TO:<ada@[IPv6:::1]>", "ada@[IPv6:::1]"),
            (
                "RCPT TO:<@relay.example,@other.example:ada@example.org>",
                "ada@example.org",
            ),
            ("RCPT TO:<王@例子.example>", "王@例子.example"),
            (
                "MAIL FROM:<O'Neil+x@example.org> BODY=8bitmime",
                "O'Neil+x@example.org",
            ),
        ] {
            assert_eq!(address(line), expected, "{line}");
        }
    }

    #[test]
    fn refusals_say_what_is_wrong() {
        for (line, expected) in [
            ("MAIL FROM: <ada@example.org>", (501, "5.5.4")),
            ("MAIL FROM:ada@example.org", (501, "5.5.4")),
            ("MAIL FROM:<ada@example.org>SIZE=1", (501, "5.5.4")),
            ("MAIL", (501, "5.5.4")),
            ("MAIL FROM:<ada>", (501, "5.1.7")),
            ("MAIL FROM:<postmaster>", (501, "5.1.7")),
            ("MAIL FROM:<王@example.org>", (553, "5.6.7")),
            ("MAIL FROM:<a@example.org> SIZE=x", (501, "5.5.4")),
            ("MAIL FROM:<a@example.org> SIZE=1 SIZE=2", (501, "5.5.4")),
            ("MAIL FROM:<a@example.org> BODY=BINARYMIME", (555, "5.5.4")),
            ("MAIL FROM:<a@example.org> FOO=1", (555, "5.5.4")),
            ("RCPT TO:<>", (501, "5.1.3")),
            ("RCPT TO:<a@>", (501, "5.1.3")),
            ("RCPT TO:<a.@example.org>", (501, "5.1.3")),
            ("RCPT TO:<a@-x.example>", (501, "5.1.3")),
            ("RCPT TO:<a@[127.0.0.300]>", (501, "5.1.3")),
            ("RCPT TO:<a@x.example@y.example>", (501, "5.1.3")),
            ("RCPT TO:<\"a\"b@example.org>", (501, "5.1.3")),
            ("DATA now", (501, "5.5.4")),
            ("QUIT 1", (501, "5.5.4")),
            ("EHLO", (501, "5.5.4")),
            ("EHLO a b", (501, "5.5.4")),
            ("AUTH", (501, "5.5.4")),
            ("AUTH CRAM-MD5", (504, "5.5.4")),
            ("AUTH NONSENSE-OF-ANY-LENGTH-WHATSOEVER", (504, "5.5.4")),
            ("BDAT 10 LAST", (502, "5.5.1")),
            ("EXPN list", (502, "5.5.1")),
            ("", (500, "5.5.1")),
            ("FROBNICATE", (500, "5.5.1")),
            ("NOOP \u{0}", (500, "5.5.2")),
            ("QU\rIT", (500, "5.5.2")),
        ] {
            assert_eq!(code(line), expected, "{line:?}");
        }
        assert!(parse(b"QUIT\n").is_err_and(|refusal| refusal.fatal));
        assert!(parse(b"NOOP \xff\r\n").is_err_and(|refusal| !refusal.fatal));
    }
}
