//! A gate that a peer's closure stands at until the test opens it.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// The longest anybody stands there, so that a failed test ends too.
const PATIENCE: Duration = Duration::from_secs(30);

/// Closed until it is opened, for good. Clones are the same gate.
#[derive(Clone, Default)]
pub(crate) struct Gate(Arc<(Mutex<bool>, Condvar)>);

impl Gate {
    /// Waits until it is open.
    pub(crate) fn pass(&self) {
        let (open, opened) = &*self.0;
        let open = open.lock().unwrap_or_else(PoisonError::into_inner);
        drop(opened.wait_timeout_while(open, PATIENCE, |open| !*open));
    }

    /// Lets everybody through.
    pub(crate) fn open(&self) {
        let (open, opened) = &*self.0;
        *open.lock().unwrap_or_else(PoisonError::into_inner) = true;
        opened.notify_all();
    }
}
