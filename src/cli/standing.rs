//! Where a mailing and a recipient stand, in words.

use crate::ledger::{Listed, Status};
use crate::words::{Said, say};

/// Where a mailing stands, in a word that scripts may rely on.
pub(super) fn state(one: &Listed, running: bool) -> &'static str {
    match one {
        _ if running => "running",
        one if one.purged_at.is_some() => "purged",
        one if one.abandoned => "given_up",
        one if one.ended_at.is_some() => "finished",
        _ => "unfinished",
    }
}

/// The same for people.
pub(super) fn listed_as(one: &Listed, running: bool) -> Said {
    match state(one, running) {
        "running" => say!("cli-status-running"),
        "purged" => say!("cli-status-list-purged"),
        "given_up" => say!("cli-status-list-given-up"),
        "finished" => say!("cli-status-list-finished"),
        _ => say!("cli-status-list-unfinished"),
    }
}

/// A status as people say it.
pub(super) fn named(status: Status) -> Said {
    match status {
        Status::Accepted => say!("cli-status-accepted"),
        Status::Rejected => say!("cli-status-rejected"),
        Status::Deferred => say!("cli-status-deferred"),
        Status::InDoubt => say!("cli-status-in-doubt"),
        Status::Pending => say!("cli-status-pending"),
        Status::Invalid => say!("cli-status-invalid"),
        Status::Duplicate => say!("cli-status-duplicate"),
        Status::Suppressed => say!("cli-status-suppressed"),
        Status::Bounced => say!("cli-status-bounced"),
    }
}
