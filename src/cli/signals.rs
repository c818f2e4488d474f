//! Ctrl-C and its kin: once finishes what is in flight, twice stops now.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

use crate::delivery::StopRequest;
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
        signals.next().await;
        let _ = sender.send(StopRequest::Drain);
        signals.next().await;
        let _ = sender.send(StopRequest::Now);
        std::future::pending::<()>().await;
    });
    receiver
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    /// A closed terminal is no reason to stop sending.
    hangup: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hangup: signal(SignalKind::hangup())?,
        })
    }

    async fn next(&mut self) {
        loop {
            tokio::select! {
                _ = self.interrupt.recv() => return,
                _ = self.terminate.recv() => return,
                _ = self.hangup.recv() => {}
            }
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// Whether a signal ends the process by itself, and whether one has come.
struct Ends {
    by_default: Arc<AtomicBool>,
    asked_for: Arc<AtomicBool>,
}

/// Once a handler is there the system's own default is gone for good, so it is done by hand.
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

/// A file that grows beyond what the user may write (`ulimit -f`) fails as one on a full disk does,
/// instead of ending the process without a word.
pub(super) fn survive_limits() {
    #[cfg(unix)]
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
}
