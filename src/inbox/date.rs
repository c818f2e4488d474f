//! The date that a mail has.

use jiff::Timestamp;

use super::sort::Sorted;

/// As a moment, where it can be read.
pub(super) fn moment(sorted: &Sorted) -> Option<Timestamp> {
    let date = sorted.date.as_deref()?;
    date.parse().ok()
}

/// As the ledger keeps it: UTC, so that texts compare as moments do.
pub(super) fn text(sorted: &Sorted) -> Option<String> {
    Some(moment(sorted)?.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}
