//! Cancelling a pass.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Ends a pass early, from any thread.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// The pass that holds a clone of this ends at its next block of rows.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to end.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
