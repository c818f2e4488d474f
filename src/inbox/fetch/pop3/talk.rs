//! Commands and replies. A reply of several lines is bounded line by line.

use std::time::Duration;

use super::super::failure::{FetchError, Step};
use super::super::wire::Wire;

/// What commands but those for mails may answer.
pub(super) const ROOM: u64 = 1 << 20;

/// One conversation.
pub(super) struct Talk {
    pub(super) wire: Wire,
    pub(super) limit: Duration,
}

/// The status of a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reply {
    /// `+OK`
    Ok(String),
    /// `-ERR`
    Err(String),
    /// `+`, with what the server asks
    Continue(String),
}

impl Reply {
    /// What kind of status a line is.
    pub(super) fn of(line: &str) -> Option<Self> {
        let text = |from: usize| line.get(from..).unwrap_or_default().trim().to_owned();
        let begins = |word: &str| {
            line.get(..word.len())
                .is_some_and(|front| front.eq_ignore_ascii_case(word))
        };
        if begins("+OK") {
            Some(Self::Ok(text(3)))
        } else if begins("-ERR") {
            Some(Self::Err(text(4)))
        } else if line == "+" || begins("+ ") {
            Some(Self::Continue(text(1)))
        } else {
            None
        }
    }
}

impl Talk {
    /// Says a command and reads the first line of the reply.
    pub(super) async fn ask(&mut self, step: Step, line: &str, room: u64) -> Result<Reply, FetchError> {
        self.ask_as(step, line, line, room).await
    }

    /// The same; an observer sees `shown`.
    pub(super) async fn ask_as(
        &mut self,
        step: Step,
        line: &str,
        shown: &str,
        room: u64,
    ) -> Result<Reply, FetchError> {
        self.wire.begin(step, self.limit, room);
        self.wire.say(format!("{line}\r\n").as_bytes(), shown).await?;
        self.status().await
    }

    /// The first line of a reply.
    pub(super) async fn status(&mut self) -> Result<Reply, FetchError> {
        let line = self.wire.line().await?;
        self.wire.heard(&line);
        let shown = self.wire.shown(&line);
        Reply::of(&shown).ok_or_else(|| self.wire.out_of_step(&line))
    }

    /// The lines up to the dot.
    pub(super) async fn lines(&mut self, each: &mut (dyn FnMut(&[u8]) + Send)) -> Result<(), FetchError> {
        loop {
            let line = self.wire.line().await?;
            if line == b"." {
                return Ok(());
            }
            each(unstuffed(&line));
        }
    }

    /// A mail up to the dot, of which the first `kept` octets are kept; whether that is all of it. If it is
    /// the only one that was asked for, a dot with more behind it is a line of the mail: some servers do
    /// not protect such lines.
    pub(super) async fn mail(&mut self, kept: usize, alone: bool) -> Result<(Vec<u8>, bool), FetchError> {
        let mut octets = Vec::new();
        let (mut whole, mut begins) = (true, true);
        loop {
            let (line, ends) = self.wire.part_of_line().await?;
            // Only what begins a line can end the mail, or be stuffed.
            if ends && begins && line == b"." && !(alone && self.wire.has_more()) {
                return Ok((octets, whole));
            }
            let line = if begins { unstuffed(&line) } else { &line };
            let end: &[u8] = if ends { b"\r\n" } else { b"" };
            begins = ends;
            for part in [line, end] {
                if !whole {
                    break;
                }
                let room = kept - octets.len();
                whole = part.len() <= room;
                octets.extend_from_slice(part.get(..part.len().min(room)).unwrap_or_default());
            }
        }
    }
}

/// A line without the dot that was put before its own. A server that puts none there sends lines with
/// one dot, which are theirs.
fn unstuffed(line: &[u8]) -> &[u8] {
    if line.starts_with(b"..") {
        line.get(1..).unwrap_or_default()
    } else {
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_and_lines_are_what_they_are() {
        assert_eq!(Reply::of("+ok hi"), Some(Reply::Ok("hi".to_owned())));
        assert_eq!(
            Reply::of("-ERR [AUTH] no"),
            Some(Reply::Err("[AUTH] no".to_owned()))
        );
        assert_eq!(Reply::of("+"), Some(Reply::Continue(String::new())));
        assert_eq!(Reply::of("+ eyJz"), Some(Reply::Continue("eyJz".to_owned())));
        assert_eq!(Reply::of("220 hi"), None);
        assert_eq!(Reply::of("密"), None);
        assert_eq!(unstuffed(b"..a"), b".a");
        assert_eq!(unstuffed(b".a"), b".a");
        assert_eq!(unstuffed(b".."), b".");
    }
}
