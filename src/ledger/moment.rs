//! The time, as the ledger keeps it.

use crate::campaign::clock;

/// The time as the ledger keeps it.
pub(super) fn now() -> String {
    clock::now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}
