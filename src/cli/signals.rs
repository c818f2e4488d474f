//! Ctrl-C and its kin: once finishes what is in flight, twice stops now.

use crate::delivery::StopRequest;
use tokio::sync::watch;

/// Listens from now on; must be called on a tokio runtime.
pub(super) fn listen() -> watch::Receiver<StopRequest> {
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
