//! The one home of wall clock time.
//!
//! Pace and timeouts go by the monotonic clock of tokio; what is written down
//! (Date headers, the ledger, reports) goes by this. One place makes it
//! possible to say which parts of the program depend on the time of day.

use jiff::Timestamp;

/// Now, to the microsecond that the ledger keeps.
#[expect(clippy::disallowed_methods, reason = "this is the one home of the wall clock")]
pub fn now() -> Timestamp {
    Timestamp::now()
}
