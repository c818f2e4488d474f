//! Commands and their answers, one command at a time.

use std::time::Duration;

use super::super::failure::{FetchError, Step};
use super::super::wire::Wire;
use super::answer::{Kind, Result3, kind};
use super::frame::{self, Broken, Frame};

/// What commands but those for mails may answer.
pub(super) const ROOM: u64 = 4 << 20;

/// One conversation.
pub(super) struct Conversation {
    pub(super) wire: Wire,
    pub(super) limit: Duration,
    number: u32,
    /// What the server said when it hung up.
    farewell: Option<String>,
}

/// How a command ended.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) result: Result3,
    /// As it may be shown.
    pub(super) text: String,
}

/// A command, and what is expected of it.
pub(super) struct Command<'c> {
    pub(super) step: Step,
    pub(super) line: &'c str,
    /// As an observer sees it.
    pub(super) shown: &'c str,
    /// Octets of the whole answer, at most.
    pub(super) room: u64,
    /// Octets that are kept of a literal.
    pub(super) kept: usize,
}

impl Conversation {
    pub(super) fn over(wire: Wire, limit: Duration) -> Self {
        Self {
            wire,
            limit,
            number: 0,
            farewell: None,
        }
    }

    /// A command without secrets and mails.
    pub(super) async fn ask(
        &mut self,
        step: Step,
        line: &str,
        each: &mut (dyn FnMut(&Frame) + Send),
    ) -> Result<Done, FetchError> {
        let command = Command {
            step,
            line,
            shown: line,
            room: ROOM,
            kept: 64 * 1024,
        };
        self.run(&command, each).await.map_err(|broken| broken.error)
    }

    /// Says a command, and takes the answers up to its end.
    pub(super) async fn run(
        &mut self,
        command: &Command<'_>,
        each: &mut (dyn FnMut(&Frame) + Send),
    ) -> Result<Done, Broken> {
        let tag = self.begin(command).await.map_err(Broken::from)?;
        loop {
            let frame = self.frame(command.kept).await?;
            if let Some(done) = self.taken(&frame, &tag)? {
                return Ok(done);
            }
            each(&frame);
        }
    }

    /// Says a command; its tag.
    pub(super) async fn begin(&mut self, command: &Command<'_>) -> Result<String, FetchError> {
        self.number += 1;
        let tag = format!("a{}", self.number);
        self.wire.begin(command.step, self.limit, command.room);
        let line = format!("{tag} {}\r\n", command.line);
        let shown = format!("{tag} {}", command.shown);
        let said = self.wire.say(line.as_bytes(), &shown).await;
        match said {
            Ok(()) => Ok(tag),
            // It hung up, and what it said before tells why.
            Err(error @ FetchError::Io(_)) => match self.frame(4096).await {
                Ok(frame) => match self.taken(&frame, &tag) {
                    Err(broken) => Err(broken.error),
                    Ok(_) => Err(error),
                },
                Err(_) => Err(error),
            },
            Err(error) => Err(error),
        }
    }

    /// The next answer.
    pub(super) async fn frame(&mut self, kept: usize) -> Result<Frame, Broken> {
        match frame::next(&mut self.wire, kept).await {
            Err(Broken {
                error: FetchError::Closed(_) | FetchError::Io(_),
                begun,
            }) if self.farewell.is_some() => Err(Broken {
                error: FetchError::Farewell(self.farewell.clone().unwrap_or_default()),
                begun,
            }),
            next => next,
        }
    }

    /// The end of the command with this tag, if the answer is that.
    pub(super) fn taken(&mut self, frame: &Frame, tag: &str) -> Result<Option<Done>, Broken> {
        let line = String::from_utf8_lossy(frame.first_line());
        match kind(&line) {
            Kind::Done(of, result, text) if of == tag => Ok(Some(Done {
                result,
                text: self.wire.shown(text.as_bytes()),
            })),
            Kind::Bye(text) => {
                let words = self.wire.shown(text.as_bytes());
                self.farewell.get_or_insert(words);
                Ok(None)
            }
            Kind::Data(_) | Kind::Status(..) | Kind::Continue(_) => Ok(None),
            Kind::Done(..) | Kind::PreAuth(_) | Kind::Unknown => {
                Err(Broken::from(self.wire.out_of_step(frame.first_line())))
            }
        }
    }
}

impl From<FetchError> for Broken {
    fn from(error: FetchError) -> Self {
        Self {
            error,
            begun: Vec::new(),
        }
    }
}

impl Done {
    /// An error where it was refused.
    pub(super) fn ok(self, step: Step) -> Result<Self, FetchError> {
        match self.result {
            Result3::Ok => Ok(self),
            Result3::No | Result3::Bad => Err(FetchError::Refused(step, self.text)),
        }
    }
}
