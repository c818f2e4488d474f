//! Ending a run early.

use std::sync::Arc;

use tokio::sync::watch;

use crate::delivery::StopRequest;
use crate::pass::Cancel;

/// Ends the run whose [`Options`](super::Options) hold a clone of it, from any thread.
#[derive(Debug, Clone)]
pub struct Stopper {
    requests: Arc<watch::Sender<StopRequest>>,
    cancel: Cancel,
}

impl Default for Stopper {
    fn default() -> Self {
        Self {
            requests: Arc::new(watch::Sender::new(StopRequest::None)),
            cancel: Cancel::default(),
        }
    }
}

impl Stopper {
    /// Finishes the messages in flight, records them, and ends. A check or a dry run ends without
    /// leaving any files.
    pub fn stop(&self) {
        self.cancel.cancel();
        self.requests.send_replace(StopRequest::Drain);
    }

    /// Ends now: recipients whose message was handed over without a reply are in doubt.
    pub fn stop_now(&self) {
        self.cancel.cancel();
        self.requests.send_replace(StopRequest::Now);
    }

    pub(super) fn requests(&self) -> watch::Receiver<StopRequest> {
        self.requests.subscribe()
    }

    pub(super) fn cancel(&self) -> Cancel {
        self.cancel.clone()
    }
}
