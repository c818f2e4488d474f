//! The dialogue with one client, without any I/O: octets in, replies and captured messages out.
//!
//! The server hands over what it has read and asks again until the session wants more. Replies are
//! collected in `output`, so one write answers a batch of pipelined commands (RFC 2920), even if
//! the content of one message and the envelope of the next arrive together. The result does not
//! depend on how the network cut the input.
//!
//! A message leaves by [`Step::Store`], and its 250 is given when the server says that it is stored,
//! never before. The session refuses what is out of order, and it forgets everything at STARTTLS: a
//! command that came with it before encryption is refused, not obeyed (RFC 3207 §4.2, §6).

use std::fmt::Write;
use std::sync::Arc;

use memchr::memchr;

use super::command::{self, Command, Mail};
use super::content::{ContentFault, ContentReader, Progress};
use super::login::{self, Exchange};
use super::options::{Options, Tls};
use super::refusal::{Refusal, TOO_BIG};

/// Octets of a command line with its CRLF. RFC 5321 §4.5.3.1.4 has 512 and extensions add theirs.
const COMMAND_LINE: usize = 2048;
/// The same for AUTH and its responses (RFC 4954 §4).
const AUTH_LINE: usize = 12_288;
/// A message the session has accepted so far as the protocol goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Message {
    pub(super) from: String,
    pub(super) to: Vec<String>,
    pub(super) content: Vec<u8>,
    pub(super) helo: String,
    pub(super) login: Option<String>,
    pub(super) tls: bool,
    pub(super) smtputf8: bool,
}

/// What the session wants next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// More octets. Those not used up are the beginning of a command: hand them over again.
    Read,
    /// Store this and say how it went by [`Session::stored`], then go on.
    Store(Message),
    /// Send the output, negotiate TLS, then [`Session::encrypted`].
    StartTls,
    /// Send the output and close.
    Close,
}

/// What EHLO or HELO said.
pub(super) struct Hello {
    pub(super) host: String,
    pub(super) extended: bool,
}

/// A mail transaction that is under way (RFC 5321 §3.3).
pub(super) struct Transaction {
    pub(super) mail: Mail,
    pub(super) to: Vec<String>,
}

/// How the next octets are read.
pub(super) enum Mode {
    Commands,
    /// Throwing away a line that is too long, up to its end.
    LongLine,
    Login(Exchange),
    Content(ContentReader),
    /// The server has a message of this number of octets.
    Storing(usize),
    Closed,
}

/// The state of one client; `answers` has what commands do to it.
pub(super) struct Session {
    pub(super) options: Arc<Options>,
    pub(super) encrypted: bool,
    pub(super) hello: Option<Hello>,
    pub(super) login: Option<String>,
    pub(super) transaction: Option<Transaction>,
    pub(super) mode: Mode,
    pub(super) output: String,
}

impl Session {
    pub(super) fn new(options: Arc<Options>) -> Self {
        let encrypted = options.tls == Tls::Implicit;
        let output = format!(
            "220 {} ESMTP mailshot sandbox: captures, delivers nothing\r\n",
            options.name
        );
        Self {
            options,
            encrypted,
            hello: None,
            login: None,
            transaction: None,
            mode: Mode::Commands,
            output,
        }
    }

    /// Takes the replies gathered so far.
    pub(super) fn take_output(&mut self) -> String {
        std::mem::take(&mut self.output)
    }

    /// Whether content is on its way, for which a stopping server should wait.
    pub(super) fn in_content(&self) -> bool {
        matches!(self.mode, Mode::Content(_))
    }

    /// Says goodbye with 421 and the given reason.
    pub(super) fn stop(&mut self, enhanced: &'static str, text: &'static str) {
        self.reply(421, enhanced, text);
        self.mode = Mode::Closed;
    }

    /// TLS is established: nothing that was said before counts (RFC 3207 §4.2).
    pub(super) fn encrypted(&mut self) {
        self.encrypted = true;
        self.hello = None;
        self.login = None;
        self.transaction = None;
    }

    /// The message of the last [`Step::Store`] was stored under this number, or could not be.
    pub(super) fn stored(&mut self, number: Option<u64>) {
        let Mode::Storing(octets) = self.mode else {
            return;
        };
        self.mode = Mode::Commands;
        match number {
            Some(number) => self.reply(250, "2.0.0", &format!("captured as {number:06}, {octets} octets")),
            None => self.reply(
                452,
                "4.3.1",
                "the message could not be written; see the output folder",
            ),
        }
    }

    /// Works through `input` as far as it goes; how many octets are used up, and what is next.
    pub(super) fn advance(&mut self, input: &[u8]) -> (usize, Step) {
        let mut used = 0;
        loop {
            let rest = &input[used..];
            match &mut self.mode {
                Mode::Closed => return (input.len(), Step::Close),
                Mode::Storing(_) => return (used, Step::Read),
                Mode::Content(reader) => match reader.read(rest) {
                    Progress::More => return (input.len(), Step::Read),
                    Progress::End(octets) => {
                        used += octets;
                        if let Some(message) = self.end_of_content() {
                            return (used, Step::Store(message));
                        }
                    }
                },
                Mode::Commands | Mode::LongLine | Mode::Login(_) => {
                    let limit = self.line_limit(rest);
                    let Some(end) = memchr(b'\n', rest) else {
                        if rest.len() >= limit || matches!(self.mode, Mode::LongLine) {
                            self.mode = Mode::LongLine;
                            used = input.len();
                        }
                        return (used, Step::Read);
                    };
                    used += end + 1;
                    if end >= limit || matches!(self.mode, Mode::LongLine) {
                        self.mode = Mode::Commands;
                        self.reply(500, "5.5.2", "the line is too long");
                    } else if self.line(&rest[..=end]) {
                        if used == input.len() {
                            self.reply(220, "2.0.0", "ready for TLS");
                            return (used, Step::StartTls);
                        }
                        self.refuse(Refusal {
                            fatal: true,
                            ..Refusal::new(503, "5.5.1", "nothing may follow STARTTLS before its reply")
                        });
                    }
                }
            }
        }
    }

    fn line_limit(&self, line: &[u8]) -> usize {
        let is_auth = line
            .get(..5)
            .is_some_and(|start| start.eq_ignore_ascii_case(b"AUTH "));
        if is_auth || matches!(self.mode, Mode::Login(_)) {
            AUTH_LINE
        } else {
            COMMAND_LINE
        }
    }

    /// One line of a command or a login; true for a STARTTLS that may go ahead.
    fn line(&mut self, line: &[u8]) -> bool {
        if let Mode::Login(exchange) = std::mem::replace(&mut self.mode, Mode::Commands) {
            match command::text(line) {
                Ok(response) => {
                    let step = exchange.answer(response, &self.options.login);
                    self.login_step(step);
                }
                Err(refusal) => self.refuse(refusal),
            }
            return false;
        }
        match command::parse(line) {
            Ok(Command::StartTls) => match self.check_start_tls() {
                Ok(()) => return true,
                Err(refusal) => self.refuse(refusal),
            },
            Ok(command) => {
                if let Err(refusal) = self.command(command) {
                    self.refuse(refusal);
                }
            }
            Err(refusal) => self.refuse(refusal),
        }
        false
    }

    /// The content has come to its end: a message to store, or a refusal already replied.
    fn end_of_content(&mut self) -> Option<Message> {
        let Mode::Content(reader) = std::mem::replace(&mut self.mode, Mode::Commands) else {
            return None;
        };
        let transaction = self.transaction.take()?;
        match reader.finish() {
            Ok(content) => {
                self.mode = Mode::Storing(content.len());
                Some(Message {
                    from: transaction.mail.from,
                    to: transaction.to,
                    content,
                    helo: self
                        .hello
                        .as_ref()
                        .map(|hello| hello.host.clone())
                        .unwrap_or_default(),
                    login: self.login.clone(),
                    tls: self.encrypted,
                    smtputf8: transaction.mail.smtputf8,
                })
            }
            Err(fault) => {
                self.refuse_content(fault);
                None
            }
        }
    }

    fn refuse_content(&mut self, fault: ContentFault) {
        let (code, text) = match fault {
            ContentFault::BareLf { line } => ("5.6.11", format!("bare LF (line {line}); lines end in CRLF")),
            ContentFault::BareCr { line } => ("5.6.11", format!("bare CR (line {line}); lines end in CRLF")),
            ContentFault::Nul { line } => ("5.6.0", format!("NUL (line {line})")),
            ContentFault::LongLine { line } => ("5.6.0", format!("more than 998 octets in line {line}")),
            ContentFault::EightBitHeader { line } => (
                "5.6.9",
                format!("8-bit header (line {line}) and MAIL did not say SMTPUTF8"),
            ),
            ContentFault::EightBitBody { line } => (
                "5.6.1",
                format!("8-bit content (line {line}) and MAIL did not say BODY=8BITMIME"),
            ),
            ContentFault::TooBig => return self.refuse(TOO_BIG),
        };
        self.reply(550, code, &text);
    }

    pub(super) fn login_step(&mut self, step: login::Step) {
        match step {
            login::Step::Challenge(exchange, challenge) => {
                let _ = write!(self.output, "334 {challenge}\r\n");
                self.mode = Mode::Login(exchange);
            }
            login::Step::Accepted(user) => {
                self.login = Some(user);
                self.reply(235, "2.7.0", "logged in");
            }
            login::Step::Refused(refusal) => self.refuse(refusal),
        }
    }

    pub(super) fn refuse(&mut self, refusal: Refusal) {
        self.reply(refusal.code, refusal.enhanced, refusal.text);
        if refusal.fatal {
            self.mode = Mode::Closed;
        }
    }

    // Writing to a String cannot fail: hence `let _` here and above.
    pub(super) fn reply(&mut self, code: u16, enhanced: &str, text: &str) {
        let _ = write!(self.output, "{code} {enhanced} {text}\r\n");
    }
}
