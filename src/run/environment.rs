//! What a run takes from its surroundings.
//!
//! The library does not read the home folder, environment variables or stdin by itself: its caller
//! passes them in. The only exceptions are secrets whose source is an environment variable, and the
//! proxies of the machine.

use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;

use crate::campaign::clock;
use crate::userdata::state_folder;

type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What a run takes from its surroundings: the folder of the user's state, the time, stdin.
#[derive(Clone)]
pub struct Environment {
    state: Option<PathBuf>,
    settings: Option<PathBuf>,
    clock: Clock,
    stdin: Arc<Mutex<dyn Read + Send>>,
    fixed_date: Option<Timestamp>,
}

impl Environment {
    /// The environment of this process: `MAILSHOT_STATE` or the platform's folder for state, the
    /// machine's clock, stdin, and `SOURCE_DATE_EPOCH`.
    pub fn of_process() -> Self {
        let date = std::env::var("SOURCE_DATE_EPOCH");
        let date = date.ok().and_then(|text| text.parse().ok());
        Self {
            state: state_folder(),
            stdin: Arc::new(Mutex::new(io::stdin())),
            fixed_date: date.and_then(|seconds| Timestamp::from_second(seconds).ok()),
            ..Self::empty()
        }
    }

    /// An environment with the user's state (quotas of accounts, suppression list, key of
    /// unsubscribe tokens) in `folder`, the machine's clock and an empty stdin.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            state: Some(folder.into()),
            ..Self::empty()
        }
    }

    fn empty() -> Self {
        Self {
            state: None,
            settings: None,
            clock: Arc::new(clock::now),
            stdin: Arc::new(Mutex::new(io::empty())),
            fixed_date: None,
        }
    }

    /// The same with another clock: messages and summaries have its time. Limits by hour and day,
    /// and the ledger's notes, keep the machine's.
    #[must_use]
    pub fn with_clock(self, now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self {
            clock: Arc::new(now),
            ..self
        }
    }

    /// The same with another source of recipients that come from `-`.
    #[must_use]
    pub fn with_stdin(self, stdin: impl Read + Send + 'static) -> Self {
        Self {
            stdin: Arc::new(Mutex::new(stdin)),
            ..self
        }
    }

    /// The same with the user's settings in this file (`config.toml`): a campaign without a relay is
    /// sent through the one there. Without it, no settings are read.
    #[must_use]
    pub fn with_settings(self, file: impl Into<PathBuf>) -> Self {
        Self {
            settings: Some(file.into()),
            ..self
        }
    }

    /// The file of the user's settings, where they are wanted.
    pub(crate) fn settings(&self) -> Option<&Path> {
        self.settings.as_deref()
    }

    /// The folder of the user's state; `None` on a machine that gives this user no home.
    pub(crate) fn state(&self) -> Option<&Path> {
        self.state.as_deref()
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// The Date of a dry run's messages, where it is given.
    pub(crate) fn fixed_date(&self) -> Option<Timestamp> {
        self.fixed_date
    }

    /// Reads from its stdin.
    pub(crate) fn read_stdin(&self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut stdin = self
            .stdin
            .lock()
            .map_err(|_| io::Error::other("another reader of it failed"))?;
        stdin.read(buffer)
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment")
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}
