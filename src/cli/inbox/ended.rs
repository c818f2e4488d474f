//! How `inbox` ended.

use crate::run::{End, Ended, Reason};

/// Everything was read, or not.
pub(super) fn ended(end: End) -> Ended {
    let reason = if end == End::Complete {
        Reason::Done
    } else {
        Reason::Findings
    };
    Ended::new(end, reason)
}
