//! What to publish if a record is wrong, and how a record is shown.

use crate::campaign::{DkimPlan, Problem};
use crate::message::PublicKey;
use crate::words::say;

/// What to publish.
pub(super) fn publish(problem: Problem, plan: &DkimPlan, key: Option<&PublicKey>) -> Problem {
    problem.help(match key {
        Some(key) => say!(
            "check-dkim-publish-hint",
            name = plan.record(),
            record = key.to_string()
        ),
        None => say!(
            "check-dkim-publish-key-hint",
            domain = &plan.domain,
            selector = &plan.selector
        ),
    })
}

/// A record in strings, of which none has more than 255 octets.
pub(super) fn strings(key: &PublicKey) -> String {
    let text = key.to_string();
    let parts: Vec<_> = text
        .as_bytes()
        .chunks(255)
        .map(|part| format!("\"{}\"", String::from_utf8_lossy(part)))
        .collect();
    match parts.as_slice() {
        [one] => one.clone(),
        several => format!("( {} )", several.join(" ")),
    }
}
