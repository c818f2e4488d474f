//! What became of a message, on one line.

use crate::delivery::Outcome;
use crate::words::{Said, say};

/// What became of a recipient, with the relay's words on one line.
pub(super) fn of_outcome(key: &str, outcome: &Outcome) -> Said {
    let reply = outcome.reply();
    match outcome {
        Outcome::Accepted(_) => say!("cli-run-accepted", key = key, reply = reply),
        Outcome::Rejected(_) => say!("cli-run-rejected", key = key, reply = reply),
        Outcome::Deferred(_) => say!("cli-run-deferred", key = key, reply = reply),
        Outcome::InDoubt(_) => say!("cli-run-in-doubt", key = key, reply = reply),
    }
}

/// What became of a copy.
pub(super) fn of_copy(key: &str, address: &str, outcome: &Outcome) -> Said {
    let reply = outcome.reply();
    match outcome {
        Outcome::Accepted(_) => say!(
            "cli-run-copy-accepted",
            address = address,
            key = key,
            reply = reply
        ),
        Outcome::Rejected(_) => say!(
            "cli-run-copy-rejected",
            address = address,
            key = key,
            reply = reply
        ),
        Outcome::Deferred(_) => say!(
            "cli-run-copy-deferred",
            address = address,
            key = key,
            reply = reply
        ),
        Outcome::InDoubt(_) => say!(
            "cli-run-copy-in-doubt",
            address = address,
            key = key,
            reply = reply
        ),
    }
}
