//! A secret that a command prints.

use std::io::{self, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use secrecy::zeroize::Zeroizing;

use super::failure::SecretError;
use crate::campaign::values::hidden;
use crate::words::{Said, say};

/// More than any key has: what prints without end is stopped.
const MOST: u64 = 1 << 20;

/// A command that takes longer waits for a person, or for something that will not come.
const PATIENCE: Duration = Duration::from_secs(3);

/// How often the caller is asked whether it still waits.
const LOOK: Duration = Duration::from_millis(50);

/// What becomes of a command that is waited for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Wait<'c> {
    /// It is about to begin.
    Begins,
    /// It goes on.
    Goes,
    /// It takes long: what is waited for, in words.
    Long(&'c Said),
    /// It has ended.
    Over,
}

/// Hears of each step of the wait, and returns whether to wait on.
pub type Waiting<'w> = dyn FnMut(Wait<'_>) -> bool + 'w;

/// What `command` prints.
pub(super) fn printed(command: &str, waiting: &mut Waiting<'_>) -> Result<Zeroizing<Vec<u8>>, SecretError> {
    waiting(Wait::Begins);
    let ended = run(command, waiting);
    waiting(Wait::Over);
    ended
}

/// A command that is ended when the caller stops waiting.
struct Running {
    child: Option<Child>,
    /// It leads a process group, with all that it starts.
    leads: bool,
}

impl Running {
    fn wait(mut self) -> io::Result<ExitStatus> {
        let child = self.child.take();
        child.map_or(Err(io::ErrorKind::NotFound.into()), |mut child| child.wait())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            #[cfg(unix)]
            if self.leads {
                use rustix::process::{Pid, Signal, kill_process_group};
                let group = Pid::from_raw(child.id().cast_signed());
                // All of it may have ended by itself.
                let _ = group.map(|group| kill_process_group(group, Signal::KILL));
            }
            #[cfg(not(unix))]
            let _ = self.leads;
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// A group of its own, so that it ends with all that it has started; but in a terminal it stays in
/// ours, or it could not ask there for anything.
fn in_a_group(command: &mut Command) -> bool {
    #[cfg(unix)]
    if std::fs::File::open("/dev/tty").is_err() {
        std::os::unix::process::CommandExt::process_group(command, 0);
        return true;
    }
    let _ = command;
    false
}

fn run(command: &str, waiting: &mut Waiting<'_>) -> Result<Zeroizing<Vec<u8>>, SecretError> {
    let start = |source| SecretError::CommandStart {
        command: command.to_owned(),
        source,
    };
    let (shell, flag) = if cfg!(windows) {
        ("cmd", "/C")
    } else {
        ("sh", "-c")
    };
    let mut started = Command::new(shell);
    started
        .args([flag, command])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit());
    let leads = in_a_group(&mut started);
    let mut child = started.spawn().map_err(start)?;
    let stdout = child.stdout.take();
    let child = Running {
        child: Some(child),
        leads,
    };
    let (ended, end) = channel();
    let reading = std::thread::Builder::new()
        .name("secret".to_owned())
        .spawn(move || {
            let mut octets = Zeroizing::new(Vec::new());
            let read = stdout.map(|stdout| stdout.take(MOST).read_to_end(&mut octets));
            // Nobody listens any more when the run was given up.
            let _ = ended.send(read.transpose().map(|_| octets));
        });
    reading.map_err(start)?;
    let (begun, mut told) = (Instant::now(), false);
    let octets = loop {
        match end.recv_timeout(LOOK) {
            Ok(read) => break Some(read),
            Err(RecvTimeoutError::Disconnected) => break None,
            Err(RecvTimeoutError::Timeout) => {}
        }
        if !told && begun.elapsed() >= PATIENCE {
            told = true;
            waiting(Wait::Long(&say!(
                "campaign-secret-waits",
                command = hidden::command(command)
            )));
        }
        if !waiting(Wait::Goes) {
            return Err(SecretError::Interrupted(command.to_owned()));
        }
    };
    let status = child.wait().map_err(start)?;
    match octets {
        Some(Ok(octets)) if status.success() => Ok(octets),
        Some(Err(source)) if status.success() => Err(start(source)),
        Some(_) | None => Err(SecretError::CommandFailed {
            command: command.to_owned(),
            status,
        }),
    }
}
