//! A whole SMTP server whose single replies a test decides.
//!
//! It keeps the order of RFC 5321, offers and honours PIPELINING, takes any
//! login, and accepts every message unless the test's closure says otherwise:
//!
//! ```ignore
//! let peer = Peer::policy(|event| match event.step {
//!     Step::Rcpt { to: "nobody@example.org", .. } => Some(Answer::say("550 5.1.1 no such user")),
//!     Step::Rcpt { to: "bob@example.org", attempt: 1 } => Some(Answer::say("451 4.7.1 greylisted")),
//!     Step::Content { attempt: 1, .. } => Some(Answer::TakeThenReset),
//!     _ => None,
//! });
//! ```

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::wire::Wire;
use super::{Accepted, Ended, Peer};

/// Something a client did, before it is answered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Event<'a> {
    /// The connection it happened on, from 1.
    pub(crate) connection: usize,
    pub(crate) step: Step<'a>,
    /// Whether more has arrived behind it already, in the same segment.
    pub(crate) joined: bool,
}

/// What a client did.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'a> {
    /// It connected; the answer is the greeting.
    Connect,
    /// EHLO or HELO: the whole line.
    Hello(&'a str),
    /// AUTH with all it took: the line, and the answers to challenges.
    Auth(&'a [String]),
    /// The reverse-path, with its parameters.
    Mail { from: &'a str, parameters: &'a str },
    /// The recipient; how often it was named to this peer so far, this time included.
    Rcpt { to: &'a str, attempt: usize },
    /// DATA, with the recipients accepted in this transaction.
    Data(&'a [String]),
    /// The lone dot has arrived. `attempt`: how many contents its first recipient was sent so far.
    Content {
        to: &'a [String],
        message_id: &'a str,
        attempt: usize,
        content: &'a [u8],
    },
    /// RSET.
    Reset,
    /// QUIT.
    Quit,
}

/// How to answer.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// This reply; several lines are separated by `\n`. 2yz to a content takes the message.
    Say(String),
    /// This reply, and what has arrived behind gets lost.
    SayAndLose(String),
    /// This reply, so long behind the one before it and in a segment of its own.
    Late(Duration, String),
    /// This reply, then the end of the connection.
    SayThenClose(String),
    /// Nothing; the connection ends in order.
    Close,
    /// Nothing; the connection is torn down.
    TearDown,
    /// Nothing; the connection stays until the client gives up.
    Hang,
    /// The message is taken, and its client never learns: what "in doubt" is about.
    TakeThenClose,
    /// The same, torn down.
    TakeThenReset,
}

impl Answer {
    /// This reply.
    pub(crate) fn say(reply: &str) -> Self {
        Self::Say(reply.to_owned())
    }
}

type Decide = dyn Fn(&Event<'_>) -> Option<Answer> + Send + Sync;

/// A policy peer before it is started.
pub(crate) struct Policy {
    decide: Box<Decide>,
    capabilities: Vec<String>,
    tls: bool,
    /// How often each recipient was named, and sent a content.
    named: Mutex<HashMap<String, usize>>,
    sent: Mutex<HashMap<String, usize>>,
}

impl Policy {
    /// With the usual capabilities, and no TLS.
    pub(crate) fn new(decide: impl Fn(&Event<'_>) -> Option<Answer> + Send + Sync + 'static) -> Self {
        let capabilities = [
            "PIPELINING",
            "SIZE 33554432",
            "8BITMIME",
            "SMTPUTF8",
            "ENHANCEDSTATUSCODES",
            "AUTH PLAIN LOGIN XOAUTH2",
        ];
        Self {
            decide: Box::new(decide),
            capabilities: capabilities.map(str::to_owned).to_vec(),
            tls: false,
            named: Mutex::default(),
            sent: Mutex::default(),
        }
    }

    /// What EHLO lists instead. STARTTLS among them works.
    pub(crate) fn capabilities(mut self, capabilities: &[&str]) -> Self {
        self.capabilities = capabilities.iter().map(|&one| one.to_owned()).collect();
        self
    }

    /// TLS from the first byte.
    pub(crate) fn tls(mut self) -> Self {
        self.tls = true;
        self
    }

    /// Listens.
    pub(crate) fn start(self) -> Peer {
        let policy = Arc::new(self);
        Peer::start(policy.tls, move |wire| {
            if policy.tls {
                wire.start_tls();
            }
            let ended = Session {
                policy: &policy,
                wire,
                recipients: Vec::new(),
            }
            .serve();
            ended.err().unwrap_or(Ended::AsMeant)
        })
    }
}

/// How often that key was counted, this time included.
fn count(counts: &Mutex<HashMap<String, usize>>, key: &str) -> usize {
    let mut counts = counts.lock().unwrap_or_else(PoisonError::into_inner);
    let times = counts.entry(key.to_owned()).or_default();
    *times += 1;
    *times
}

/// One connection.
struct Session<'a> {
    policy: &'a Policy,
    wire: &'a mut Wire,
    /// Accepted in this transaction.
    recipients: Vec<String>,
}

impl Session<'_> {
    /// `Err` is the end of the connection.
    fn serve(mut self) -> Result<(), Ended> {
        self.answer(Step::Connect, "220 peer.example ESMTP")?;
        while let Some(line) = self.wire.line() {
            let (verb, rest) = line.split_once(' ').unwrap_or((&line, ""));
            match verb.to_ascii_uppercase().as_str() {
                "EHLO" => {
                    let mut lines = vec!["peer.example".to_owned()];
                    lines.extend_from_slice(&self.policy.capabilities);
                    self.answer(Step::Hello(&line), &multiline(250, &lines))?;
                }
                "HELO" => self.answer(Step::Hello(&line), "250 peer.example")?,
                "STARTTLS" => {
                    self.wire.say_line("220 2.0.0 go ahead");
                    self.wire.start_tls();
                }
                "AUTH" => self.authenticate(&line)?,
                "MAIL" => {
                    self.recipients.clear();
                    let (from, parameters) = path(rest);
                    self.answer(Step::Mail { from, parameters }, "250 2.1.0 sender ok")?;
                }
                "RCPT" => {
                    let (to, _) = path(rest);
                    let attempt = count(&self.policy.named, to);
                    let reply = self.answered(Step::Rcpt { to, attempt }, "250 2.1.5 recipient ok")?;
                    if reply.starts_with('2') {
                        self.recipients.push(to.to_owned());
                    }
                }
                "DATA" => self.data()?,
                "RSET" => {
                    self.recipients.clear();
                    self.answer(Step::Reset, "250 2.0.0 ok")?;
                }
                "NOOP" => self.wire.say_line("250 2.0.0 ok"),
                "QUIT" => {
                    self.answer(Step::Quit, "221 2.0.0 bye")?;
                    self.wire.close();
                    return Ok(());
                }
                _ => self
                    .wire
                    .say_line("500 5.5.2 this peer does not know that command"),
            }
        }
        Ok(())
    }

    fn authenticate(&mut self, line: &str) -> Result<(), Ended> {
        let mut said = vec![line.to_owned()];
        let words: Vec<&str> = line.split_whitespace().skip(1).collect();
        let mechanism = words
            .first()
            .map(|word| word.to_ascii_uppercase())
            .unwrap_or_default();
        // "Username:" and "Password:", as every server that offers LOGIN says it.
        let challenges: &[&str] = match (mechanism.as_str(), words.len()) {
            ("LOGIN", 1) => &["334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6"],
            ("LOGIN", _) => &["334 UGFzc3dvcmQ6"],
            (_, 1) => &["334 "],
            _ => &[],
        };
        for challenge in challenges {
            self.wire.say_line(challenge);
            said.push(self.wire.line().ok_or(Ended::AsMeant)?);
        }
        self.answer(Step::Auth(&said), "235 2.7.0 welcome")
    }

    fn data(&mut self) -> Result<(), Ended> {
        let recipients = std::mem::take(&mut self.recipients);
        let usual = if recipients.is_empty() {
            "554 5.5.1 no valid recipients"
        } else {
            "354 end with a lone dot"
        };
        let reply = self.answered(Step::Data(&recipients), usual)?;
        if !reply.starts_with('3') {
            self.recipients = recipients;
            return Ok(());
        }
        let content = self.wire.content().ok_or(Ended::AsMeant)?;
        let message_id = message_id(&content);
        let attempt = recipients.first().map_or(0, |to| count(&self.policy.sent, to));
        let step = Step::Content {
            to: &recipients,
            message_id: &message_id,
            attempt,
            content: &content,
        };
        let usual = if recipients.is_empty() {
            "554 5.5.1 no valid recipients"
        } else {
            "250 2.0.0 taken"
        };
        let answer = self.decide(step).unwrap_or_else(|| Answer::say(usual));
        let (taken, told) = match &answer {
            Answer::Say(reply)
            | Answer::SayAndLose(reply)
            | Answer::Late(_, reply)
            | Answer::SayThenClose(reply) => (reply.starts_with('2'), true),
            Answer::TakeThenClose | Answer::TakeThenReset => (true, false),
            Answer::Close | Answer::TearDown | Answer::Hang => (false, false),
        };
        if taken {
            let connection = self.wire.number;
            self.wire.take(Accepted {
                connection,
                recipients,
                message_id,
                content,
                told,
            });
        }
        self.give(&answer).map(|_| ())
    }

    fn answer(&mut self, step: Step<'_>, usual: &str) -> Result<(), Ended> {
        self.answered(step, usual).map(|_| ())
    }

    /// Decides and answers; the reply that was given, or the end of the connection.
    fn answered(&mut self, step: Step<'_>, usual: &str) -> Result<String, Ended> {
        let answer = self.decide(step).unwrap_or_else(|| Answer::say(usual));
        self.give(&answer)
    }

    fn decide(&self, step: Step<'_>) -> Option<Answer> {
        (self.policy.decide)(&Event {
            connection: self.wire.number,
            step,
            joined: !self.wire.behind().is_empty(),
        })
    }

    fn give(&mut self, answer: &Answer) -> Result<String, Ended> {
        match answer {
            Answer::Say(reply) => {
                self.say(reply);
                return Ok(reply.clone());
            }
            Answer::SayAndLose(reply) => {
                self.say(reply);
                self.wire.lose();
                return Ok(reply.clone());
            }
            Answer::Late(wait, reply) => {
                self.wire.flush();
                std::thread::sleep(*wait);
                self.say(reply);
                self.wire.flush();
                return Ok(reply.clone());
            }
            Answer::SayThenClose(reply) => {
                self.say(reply);
                self.wire.close();
            }
            Answer::Close | Answer::TakeThenClose => self.wire.close(),
            Answer::TearDown | Answer::TakeThenReset => self.wire.reset(),
            Answer::Hang => self.wire.hang(),
        }
        Err(Ended::AsMeant)
    }

    fn say(&mut self, reply: &str) {
        for line in reply.lines() {
            self.wire.say_line(line);
        }
    }
}

/// `250-first\n250-second\n250 last`.
fn multiline(code: u16, lines: &[String]) -> String {
    let last = lines.len() - 1;
    let line = |(at, text): (usize, &String)| format!("{code}{}{text}", if at == last { ' ' } else { '-' });
    lines.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

/// The path out of `FROM:<ada@example.org> SIZE=1`, and what follows it.
fn path(rest: &str) -> (&str, &str) {
    let inside = rest.split_once('<').map_or(rest, |(_, inside)| inside);
    let (address, parameters) = inside.rsplit_once('>').unwrap_or((inside, ""));
    (address, parameters.trim_start())
}

/// The Message-ID with its angle brackets; empty where there is none.
fn message_id(content: &[u8]) -> String {
    let end = content
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .unwrap_or(content.len());
    let headers = String::from_utf8_lossy(&content[..end]).replace("\r\n ", " ");
    let named = headers.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("message-id")
            .then(|| value.trim().to_owned())
    });
    named.unwrap_or_default()
}
