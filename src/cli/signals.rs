//! Ctrl-C and similar signals: one finishes what is in flight, two stop now. A closed terminal
//! counts once.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, LazyLock};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::delivery::StopRequest;
use crate::pass::Cancel;
use tokio::sync::watch;

/// Listens from now on; must be called on a tokio runtime.
pub(super) fn listen() -> watch::Receiver<StopRequest> {
    ENDS.by_default.store(false, Ordering::Relaxed);
    let (sender, receiver) = watch::channel(StopRequest::None);
    // Without a signal handler the system's own default holds: the process
    // ends, and the ledger says who is in doubt.
    tokio::spawn(async move {
        let mut signals = match Signals::new() {
            Ok(signals) => signals,
            Err(_) => return std::future::pending().await,
        };
        signals.first().await;
        let _ = sender.send(StopRequest::Drain);
        signals.again().await;
        let _ = sender.send(StopRequest::Now);
        std::future::pending::<()>().await;
    });
    receiver
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    /// The terminal is closed; absent if the run was started so that it survives that.
    hangup: Option<tokio::signal::unix::Signal>,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        // A handler would take the place of what `nohup` has set.
        let hangup = if hangup_is_ignored() {
            None
        } else {
            Some(signal(SignalKind::hangup())?)
        };
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hangup,
        })
    }

    async fn first(&mut self) {
        let Some(hangup) = &mut self.hangup else {
            return self.again().await;
        };
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            _ = hangup.recv() => {}
        }
    }

    /// A hangup is not a second request: the system and the shell both send one when a window is
    /// closed.
    async fn again(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// Whether hangups were ignored when this began, as `nohup` has it. Where nobody tells, they were not.
#[cfg(unix)]
fn hangup_is_ignored() -> bool {
    // SIGHUP is signal 1, and so the first bit.
    ignored_signals().is_some_and(|mask| mask & 1 == 1)
}

#[cfg(target_os = "linux")]
fn ignored_signals() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"))?;
    u64::from_str_radix(mask.trim(), 16).ok()
}

/// The standard library asks for no signal's disposition, `ps` does.
#[cfg(all(unix, not(target_os = "linux")))]
fn ignored_signals() -> Option<u64> {
    let asked = std::process::Command::new("ps")
        .args(["-o", "sigignore=", "-p", &std::process::id().to_string()])
        .output()
        .ok()?;
    let mask = String::from_utf8_lossy(&asked.stdout);
    u64::from_str_radix(mask.trim().trim_start_matches("0x"), 16).ok()
}

#[cfg(windows)]
struct Signals {
    interrupt: tokio::signal::windows::CtrlC,
    interrupt_too: tokio::signal::windows::CtrlBreak,
    /// The window is closed.
    close: tokio::signal::windows::CtrlClose,
}

#[cfg(windows)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close};
        Ok(Self {
            interrupt: ctrl_c()?,
            interrupt_too: ctrl_break()?,
            close: ctrl_close()?,
        })
    }

    async fn first(&mut self) {
        tokio::select! {
            () = async { drop(self.interrupt.recv().await) } => {}
            () = async { drop(self.interrupt_too.recv().await) } => {}
            () = async { drop(self.close.recv().await) } => {}
        }
    }

    async fn again(&mut self) {
        tokio::select! {
            () = async { drop(self.interrupt.recv().await) } => {}
            () = async { drop(self.interrupt_too.recv().await) } => {}
        }
    }
}

/// Whether a signal ends the process by itself, and whether one has come.
struct Ends {
    by_default: Arc<AtomicBool>,
    asked_for: Arc<AtomicBool>,
}

/// Once a handler is there the system's own default is gone permanently, so it is done by hand.
static ENDS: LazyLock<Ends> = LazyLock::new(|| {
    let ends = Ends {
        by_default: Arc::new(AtomicBool::new(true)),
        asked_for: Arc::default(),
    };
    #[cfg(unix)]
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        // Without a handler the default holds, also for what is waited for.
        let _ = signal_hook::flag::register_conditional_default(signal, Arc::clone(&ends.by_default));
        let _ = signal_hook::flag::register(signal, Arc::clone(&ends.asked_for));
    }
    ends
});

/// While it lives, Ctrl-C and a termination do not end the process but are heard.
pub(super) struct Ending;

impl Ending {
    pub(super) fn heard() -> Self {
        ENDS.by_default.store(false, Ordering::Relaxed);
        Self
    }

    pub(super) fn is_asked_for(&self) -> bool {
        ENDS.asked_for.load(Ordering::Relaxed)
    }
}

impl Drop for Ending {
    fn drop(&mut self) {
        ENDS.by_default.store(true, Ordering::Relaxed);
    }
}

/// How often it is looked whether a signal has come.
const EVERY: Duration = Duration::from_millis(50);

/// A pass that goes on for so long after it was asked to end gets a line.
const LONG: Duration = Duration::from_secs(1);

/// While it lives, Ctrl-C and a termination cancel a pass; a second one ends the process.
pub(super) struct Cancelling {
    ends: Option<Sender<()>>,
    watching: Option<JoinHandle<()>>,
}

impl Cancelling {
    /// Cancels this; `long` is called where the pass goes on for a while.
    pub(super) fn of(cancel: Cancel, long: impl Fn() + Send + 'static) -> Self {
        let ending = Ending::heard();
        let (sender, over) = channel::<()>();
        let watching = std::thread::spawn(move || {
            while !ending.is_asked_for() {
                if over.recv_timeout(EVERY) == Err(RecvTimeoutError::Disconnected) {
                    return;
                }
            }
            cancel.cancel();
            drop(ending);
            if over.recv_timeout(LONG) == Err(RecvTimeoutError::Timeout) {
                long();
            }
        });
        Self {
            ends: Some(sender),
            watching: Some(watching),
        }
    }
}

impl Drop for Cancelling {
    fn drop(&mut self) {
        self.ends = None;
        // What it changed must be changed back before another listener starts.
        if let Some(watching) = self.watching.take() {
            let _ = watching.join();
        }
    }
}

/// A file that grows beyond what the user may write (`ulimit -f`) fails as one on a full disk does,
/// instead of ending the process silently.
pub(super) fn survive_limits() {
    #[cfg(unix)]
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
}
