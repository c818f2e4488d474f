//! What each command does to a session, and when it is out of order.
//!
//! The other half of [`Session`]: `session` finds the lines and the ends of contents; here they are
//! answered. A command arrives already parsed, so only its order is checked: EHLO before MAIL, MAIL
//! before RCPT, a recipient before DATA, a login if one is required. A refusal uses the enhanced
//! codes of RFC 3463 and its registry, and changes nothing.

use std::fmt::Write;

use super::command::{Command, Mail};
use super::content::{ContentReader, Declared};
use super::login;
use super::options::{LoginPolicy, Tls};
use super::refusal::{Refusal, TOO_BIG};
use super::session::{Hello, Mode, Session, Transaction};

/// Recipients of one message; fewer would be wrong (RFC 5321 §4.5.3.1.8 asks for at least 100).
const RECIPIENTS: usize = 1000;

impl Session {
    /// Obeys a command that is well-formed, or says why not now.
    pub(super) fn command(&mut self, command: Command) -> Result<(), Refusal> {
        match command {
            Command::Hello { host, extended } => self.hello(host, extended),
            Command::Mail(mail) => self.mail(mail)?,
            Command::Rcpt { to } => self.rcpt(to)?,
            Command::Data => self.data()?,
            Command::Auth { mechanism, initial } => self.auth(mechanism, initial.as_deref())?,
            Command::Rset => {
                self.transaction = None;
                self.reply(250, "2.0.0", "reset");
            }
            Command::Noop => self.reply(250, "2.0.0", "nothing done"),
            Command::Vrfy => self.reply(252, "2.5.2", "every address is taken and none is delivered to"),
            Command::Help => self.reply(
                214,
                "2.0.0",
                "EHLO HELO STARTTLS AUTH MAIL RCPT DATA RSET NOOP VRFY HELP QUIT",
            ),
            Command::Quit => {
                self.reply(221, "2.0.0", "closing");
                self.mode = Mode::Closed;
            }
            // Never here: it ends the batch and is looked at in `line`.
            Command::StartTls => {}
        }
        Ok(())
    }

    fn hello(&mut self, host: String, extended: bool) {
        self.transaction = None;
        let name = &self.options.name;
        if extended {
            let mut keywords = vec!["PIPELINING".to_owned()];
            keywords.push(format!("SIZE {}", self.options.max_message_size));
            if self.options.tls == Tls::StartTls && !self.encrypted {
                keywords.push("STARTTLS".to_owned());
            }
            if !matches!(self.options.login, LoginPolicy::None) {
                keywords.push("AUTH PLAIN LOGIN XOAUTH2".to_owned());
            }
            keywords.extend(["8BITMIME", "SMTPUTF8", "DSN"].map(str::to_owned));
            let _ = write!(self.output, "250-{name}\r\n");
            for keyword in keywords {
                let _ = write!(self.output, "250-{keyword}\r\n");
            }
            self.output.push_str("250 ENHANCEDSTATUSCODES\r\n");
        } else {
            let _ = write!(self.output, "250 {name}\r\n");
        }
        self.hello = Some(Hello { host, extended });
    }

    fn greeted(&self) -> Result<&Hello, Refusal> {
        self.hello
            .as_ref()
            .ok_or(Refusal::new(503, "5.5.1", "say EHLO first"))
    }

    fn mail(&mut self, mail: Mail) -> Result<(), Refusal> {
        let hello = self.greeted()?;
        if mail.extended && !hello.extended {
            return Err(Refusal::new(555, "5.5.4", "parameters need EHLO, not HELO"));
        }
        if matches!(self.options.login, LoginPolicy::Only { .. }) && self.login.is_none() {
            return Err(Refusal::new(530, "5.7.0", "log in first"));
        }
        if self.transaction.is_some() {
            return Err(Refusal::new(
                503,
                "5.5.1",
                "a message is begun already; RSET gives it up",
            ));
        }
        if mail.size > self.options.max_message_size {
            return Err(TOO_BIG);
        }
        self.transaction = Some(Transaction { mail, to: Vec::new() });
        self.reply(250, "2.1.0", "sender ok");
        Ok(())
    }

    fn rcpt(&mut self, to: String) -> Result<(), Refusal> {
        let transaction = self.transaction.as_mut().ok_or(NO_MAIL)?;
        if !to.is_ascii() && !transaction.mail.smtputf8 {
            return Err(Refusal::new(
                553,
                "5.6.7",
                "the address is not ASCII and MAIL did not say SMTPUTF8",
            ));
        }
        if transaction.to.len() >= RECIPIENTS {
            return Err(Refusal::new(
                452,
                "4.5.3",
                "no more than 1000 recipients for one message",
            ));
        }
        transaction.to.push(to);
        self.reply(250, "2.1.5", "recipient ok");
        Ok(())
    }

    fn data(&mut self) -> Result<(), Refusal> {
        let transaction = self.transaction.as_ref().ok_or(NO_MAIL)?;
        if transaction.to.is_empty() {
            return Err(Refusal::new(554, "5.5.1", "no valid recipients"));
        }
        let Mail {
            eight_bit,
            smtputf8,
            size,
            ..
        } = transaction.mail;
        let declared = Declared { eight_bit, smtputf8 };
        self.mode = Mode::Content(ContentReader::new(declared, self.options.max_message_size, size));
        self.output
            .push_str("354 send the content and end it with a dot on a line by itself\r\n");
        Ok(())
    }

    /// Whether STARTTLS may go ahead.
    pub(super) fn check_start_tls(&mut self) -> Result<(), Refusal> {
        if self.options.tls == Tls::Off {
            return Err(Refusal::new(502, "5.5.1", "STARTTLS is not offered"));
        }
        if self.encrypted {
            return Err(Refusal::new(503, "5.5.1", "the connection is encrypted already"));
        }
        self.greeted()?;
        Ok(())
    }

    fn auth(&mut self, mechanism: login::Mechanism, initial: Option<&str>) -> Result<(), Refusal> {
        if matches!(self.options.login, LoginPolicy::None) {
            return Err(Refusal::new(502, "5.5.1", "AUTH is not offered"));
        }
        if !self.greeted()?.extended {
            return Err(Refusal::new(503, "5.5.1", "AUTH needs EHLO, not HELO"));
        }
        if self.login.is_some() || self.transaction.is_some() {
            return Err(Refusal::new(503, "5.5.1", "AUTH once, and not within a message"));
        }
        let step = mechanism.begin(initial, &self.options.login);
        self.login_step(step);
        Ok(())
    }
}

const NO_MAIL: Refusal = Refusal::new(503, "5.5.1", "say MAIL first");
