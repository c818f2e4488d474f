//! The only place for wall-clock time.
//!
//! Pace and timeouts use tokio's monotonic clock; everything that is written down (Date headers,
//! the ledger, reports) uses this one. A single place shows which parts of the program depend on
//! the time of day.

use jiff::Timestamp;

/// Now, to the microsecond that the ledger keeps.
#[expect(clippy::disallowed_methods, reason = "this is the one home of the wall clock")]
pub fn now() -> Timestamp {
    Timestamp::now()
}
