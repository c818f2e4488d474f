//! Lines and blocks of octets over one connection, each of them bounded before it is kept.
//!
//! A server decides neither how much memory it takes nor how long it is waited for: a line has a
//! largest length, an answer has a largest size, and an answer that makes no progress ends the
//! conversation. What a server says is kept from showing the password.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::{Instant, timeout_at};

use crate::smtp::{Channel, Concealed, Endpoint};

use super::failure::{FetchError, Step};

/// The longest line. What is longer is a mail that stands where none may stand, or no mail server.
const LINE: usize = 64 * 1024;

/// Read at a time.
const CHUNK: usize = 32 * 1024;

/// The time limit begins again whenever this much has come: a slow network differs from a silent server.
const PROGRESS: usize = 16 * 1024;

/// Characters of a line that are quoted.
const QUOTED: usize = 120;

/// A connection, and what was received on it.
pub(super) struct Wire {
    channel: Channel,
    received: Vec<u8>,
    /// Of that, so much was taken.
    taken: usize,
    concealed: Option<Arc<Concealed>>,
    name: Arc<str>,
    /// What is asked, as it is called in words.
    step: Step,
    limit: Duration,
    until: Instant,
    progress: usize,
    /// Octets that may still come before the answer is too long.
    room: u64,
}

impl Wire {
    pub(super) async fn open(endpoint: &Endpoint) -> Result<Self, FetchError> {
        let channel = Channel::open(endpoint).await?;
        let concealed = endpoint
            .login
            .as_ref()
            .map(|login| Arc::new(Concealed::of(login)));
        tracing::debug!("{} connected to {}", endpoint.name, channel.peer());
        Ok(Self {
            channel,
            received: Vec::new(),
            taken: 0,
            concealed,
            name: Arc::clone(&endpoint.name),
            step: "",
            limit: endpoint.timeouts.greeting,
            until: Instant::now() + endpoint.timeouts.greeting,
            progress: 0,
            room: 0,
        })
    }

    /// The same connection under TLS. What was received before is never read as if it came after.
    pub(super) async fn encrypt(self, endpoint: &Endpoint) -> Result<Self, FetchError> {
        if self.taken < self.received.len() {
            return Err(FetchError::BeforeTls);
        }
        let channel = self.channel.encrypt(endpoint).await?;
        tracing::debug!("{} TLS is on", self.name);
        Ok(Self {
            channel,
            received: Vec::new(),
            taken: 0,
            ..self
        })
    }

    /// Whether more was received than was read.
    pub(super) fn has_more(&self) -> bool {
        self.taken < self.received.len()
    }

    pub(super) fn may_log_in(&self) -> bool {
        self.channel.may_log_in()
    }

    /// Something is asked: the answer begins to come within `limit`, and is no longer than `room`.
    pub(super) fn begin(&mut self, step: Step, limit: Duration, room: u64) {
        self.step = step;
        self.limit = limit;
        self.room = room;
        self.progress = 0;
        self.until = Instant::now() + limit;
    }

    /// So long nobody listened: that is not the server's fault.
    pub(super) fn pause(&mut self, time: Duration) {
        self.until += time;
    }

    /// Says octets; `shown` is what an observer sees of them.
    pub(super) async fn say(&mut self, octets: &[u8], shown: &str) -> Result<(), FetchError> {
        tracing::debug!("{} > {shown}", self.name);
        let step = self.step;
        let limit = self.limit;
        let written = async {
            self.channel.write_all(octets).await?;
            self.channel.flush().await
        };
        match timeout_at(self.until, written).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(FetchError::Io(error)),
            Err(_) => Err(FetchError::Silent(step, limit)),
        }
    }

    /// The next line, without its end.
    pub(super) async fn line(&mut self) -> Result<Vec<u8>, FetchError> {
        let mut searched = self.taken;
        loop {
            let rest = self.received.get(searched..).unwrap_or_default();
            if let Some(at) = memchr::memchr(b'\n', rest) {
                let end = searched + at;
                let line = self.received.get(self.taken..end).unwrap_or_default();
                let line = line.strip_suffix(b"\r").unwrap_or(line).to_vec();
                self.taken = end + 1;
                return Ok(line);
            }
            if self.received.len() - self.taken > LINE {
                return Err(FetchError::LineTooLong(LINE));
            }
            let unread = self.received.len() - self.taken;
            self.fill().await?;
            searched = self.taken + unread;
        }
    }

    /// The next line without its end, or a part of one that is long; whether it is the end of a line.
    pub(super) async fn part_of_line(&mut self) -> Result<(Vec<u8>, bool), FetchError> {
        match self.line().await {
            Ok(line) => Ok((line, true)),
            Err(FetchError::LineTooLong(_)) => {
                let there = self.received.get(self.taken..).unwrap_or_default();
                // The end of the line may be torn in the middle.
                let part = there.strip_suffix(b"\r").unwrap_or(there).to_vec();
                self.taken += part.len();
                Ok((part, false))
            }
            Err(error) => Err(error),
        }
    }

    /// The next octets, of which the first `kept` are kept.
    pub(super) async fn octets(&mut self, mut count: u64, kept: usize) -> Result<Vec<u8>, FetchError> {
        let mut octets = Vec::new();
        while count > 0 {
            if self.taken == self.received.len() {
                self.fill().await?;
            }
            let there = self.received.get(self.taken..).unwrap_or_default();
            let some = usize::try_from(count).unwrap_or(usize::MAX).min(there.len());
            let wanted = some.min(kept - octets.len());
            octets.extend_from_slice(there.get(..wanted).unwrap_or_default());
            self.taken += some;
            count -= some as u64;
        }
        Ok(octets)
    }

    async fn fill(&mut self) -> Result<(), FetchError> {
        if self.taken > 0 {
            self.received.drain(..self.taken);
            self.taken = 0;
        }
        self.received.reserve(CHUNK);
        let read = match timeout_at(self.until, self.channel.read_buf(&mut self.received)).await {
            Ok(Ok(0)) => return Err(FetchError::Closed(self.step)),
            Ok(Ok(read)) => read,
            Ok(Err(error)) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
                return Err(FetchError::Closed(self.step));
            }
            Ok(Err(error)) => return Err(FetchError::Io(error)),
            Err(_) => return Err(FetchError::Silent(self.step, self.limit)),
        };
        self.progress += read;
        if self.progress >= PROGRESS {
            self.progress = 0;
            self.until = Instant::now() + self.limit;
        }
        self.room = match self.room.checked_sub(read as u64) {
            Some(room) => room,
            None => return Err(FetchError::TooMuch(self.step)),
        };
        Ok(())
    }

    /// What the server said, as it may be shown: shortened, and without the password.
    pub(super) fn shown(&self, words: &[u8]) -> String {
        let words = String::from_utf8_lossy(words.get(..words.len().min(4 * QUOTED)).unwrap_or_default());
        let words = match self.concealed.as_ref().and_then(|one| one.blotted(&words)) {
            Some(blotted) => blotted,
            None => words.into_owned(),
        };
        let words = words.trim();
        let mut shown: String = words.chars().take(QUOTED).collect();
        if shown.len() < words.len() {
            shown.push('…');
        }
        shown
    }

    /// Shows a line to an observer.
    pub(super) fn heard(&self, line: &[u8]) {
        if tracing::enabled!(tracing::Level::DEBUG) {
            tracing::debug!("{} < {}", self.name, self.shown(line));
        }
    }

    /// A line that cannot be the answer.
    pub(super) fn out_of_step(&self, line: &[u8]) -> FetchError {
        FetchError::OutOfStep {
            step: self.step,
            line: self.shown(line),
        }
    }
}
