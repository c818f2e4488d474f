//! The program while it runs, and what it left when it has ended.
//!
//! A run that does not end is killed after two minutes and fails the test with
//! what it had said; nothing here polls or sleeps. A test that wants to act in
//! the middle of a run waits for words on stderr, or for what a peer has seen.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;

use super::redact::redact;

/// The longest a run may take, and the longest a test waits for words.
const PATIENCE: Duration = Duration::from_secs(120);

/// The program while it runs. Dropping it kills it.
pub(crate) struct Running {
    child: Child,
    /// What was run, for messages of failures.
    said: String,
    root: PathBuf,
    stdout: Arc<Stream>,
    stderr: Arc<Stream>,
    /// Closes when both streams are at their end.
    ended: Receiver<()>,
}

/// What came out of the program so far.
#[derive(Default)]
struct Stream {
    bytes: Mutex<Vec<u8>>,
    grown: Condvar,
}

impl Stream {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

impl Running {
    pub(super) fn start(mut command: Command, root: &Path, arguments: &[&str]) -> Self {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the mailshot program");
        let (until, ended) = channel();
        let follow = |source: Option<Box<dyn Read + Send>>| {
            let stream = Arc::new(Stream::default());
            let (target, until) = (stream.clone(), until.clone());
            std::thread::spawn(move || {
                let _until = until;
                let mut source = source.expect("the stream is a pipe");
                let mut buffer = [0; 8192];
                while let Ok(count @ 1..) = source.read(&mut buffer) {
                    target
                        .bytes
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .extend_from_slice(&buffer[..count]);
                    target.grown.notify_all();
                }
            });
            stream
        };
        let stdout = follow(child.stdout.take().map(|pipe| Box::new(pipe) as _));
        let stderr = follow(child.stderr.take().map(|pipe| Box::new(pipe) as _));
        let said = format!("mailshot {}", arguments.join(" "));
        Self {
            child,
            said,
            root: root.to_owned(),
            stdout,
            stderr,
            ended,
        }
    }

    /// Waits until these words have come on stderr. Panics when they do not.
    pub(crate) fn wait_for_stderr(&self, words: &str) {
        self.wait_for(&self.stderr, words);
    }

    /// What it has said on stderr so far.
    pub(crate) fn stderr(&self) -> String {
        self.stderr.text()
    }

    /// What it has said on stdout so far.
    #[cfg(unix)]
    pub(crate) fn stdout(&self) -> String {
        self.stdout.text()
    }

    /// The process' id.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// The same of stdout.
    pub(crate) fn wait_for_stdout(&self, words: &str) {
        self.wait_for(&self.stdout, words);
    }

    fn wait_for(&self, stream: &Stream, words: &str) {
        let missing = |bytes: &mut Vec<u8>| !String::from_utf8_lossy(bytes).contains(words);
        let bytes = stream.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let (bytes, waited) = stream
            .grown
            .wait_timeout_while(bytes, PATIENCE, missing)
            .unwrap_or_else(PoisonError::into_inner);
        drop(bytes);
        assert!(
            !waited.timed_out(),
            "`{}` did not say {words:?} in time:\n{}",
            self.said,
            self.words()
        );
    }

    /// Sends a signal by name (`INT`, `TERM`, `KILL`, `STOP`, `CONT`).
    #[cfg(unix)]
    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let status = Command::new("kill")
            .args(["-s", name, &id])
            .status()
            .expect("the kill program");
        assert!(status.success(), "kill -s {name} {id}: {status}");
    }

    /// Kills it now (SIGKILL on Unix), with no other program started for that.
    pub(crate) fn kill(mut self) -> Outcome {
        self.child.kill().expect("a process of ours");
        self.wait()
    }

    /// Waits for the end. Kills and panics when it takes too long.
    pub(crate) fn wait(mut self) -> Outcome {
        if self.ended.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            self.child.kill().ok();
            panic!(
                "`{}` did not end within {PATIENCE:?}:\n{}",
                self.said,
                self.words()
            );
        }
        let status = self.child.wait().expect("the end of the program");
        let (stdout, stderr) = (self.stdout.text(), self.stderr.text());
        Outcome {
            said: self.said.clone(),
            status,
            stdout,
            stderr,
            root: self.root.clone(),
        }
    }

    fn words(&self) -> String {
        format!(
            "--- stdout\n{}\n--- stderr\n{}",
            self.stdout.text(),
            self.stderr.text()
        )
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// What a run left on its way out. Each assertion hands it back, for the next one.
#[derive(Debug)]
pub(crate) struct Outcome {
    said: String,
    /// How it ended; [`Outcome::code`] is what most tests want.
    pub(crate) status: ExitStatus,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    root: PathBuf,
}

impl Outcome {
    /// The exit code must be this one.
    #[track_caller]
    pub(crate) fn code(&self, expected: i32) -> &Self {
        assert_eq!(self.status.code(), Some(expected), "exit code of {self}");
        self
    }

    /// stderr must contain these words.
    #[track_caller]
    pub(crate) fn stderr_has(&self, words: &str) -> &Self {
        assert!(self.stderr.contains(words), "stderr lacks {words:?}: {self}");
        self
    }

    /// stderr must not contain these words.
    #[track_caller]
    pub(crate) fn stderr_lacks(&self, words: &str) -> &Self {
        assert!(!self.stderr.contains(words), "stderr has {words:?}: {self}");
        self
    }

    /// stdout must contain these words.
    #[track_caller]
    pub(crate) fn stdout_has(&self, words: &str) -> &Self {
        assert!(self.stdout.contains(words), "stdout lacks {words:?}: {self}");
        self
    }

    /// stdout must not contain these words.
    #[track_caller]
    pub(crate) fn stdout_lacks(&self, words: &str) -> &Self {
        assert!(!self.stdout.contains(words), "stdout has {words:?}: {self}");
        self
    }

    /// stdout, one JSON object a line: what `--events` prints.
    #[track_caller]
    pub(crate) fn events(&self) -> Vec<Value> {
        let parse =
            |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}: {self}"));
        self.stdout.lines().map(parse).collect()
    }

    /// Exit code, stdout and stderr with what changes from run to run replaced, for snapshots.
    pub(crate) fn redact(&self) -> String {
        let code = self
            .status
            .code()
            .map_or("none".to_owned(), |code| code.to_string());
        let mut text = format!("exit code: {code}\n");
        for (name, words) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !words.is_empty() {
                text += &format!("--- {name}\n{}", redact(words, &self.root));
            }
        }
        text
    }
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            said,
            status,
            stdout,
            stderr,
            ..
        } = self;
        write!(
            to,
            "`{said}` ({status})\n--- stdout\n{stdout}\n--- stderr\n{stderr}"
        )
    }
}
