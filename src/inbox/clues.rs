//! What an answer itself says about whom it is about.

use jiff::{SignedDuration, Timestamp};

use crate::ledger::{Sent, Status};
use crate::recipients::Key;

use super::matched::Match;
use super::sort::{Class, Reported, Sorted};

/// Clocks of mail servers differ, and people write dates without a zone.
const CLOCKS: SignedDuration = SignedDuration::from_hours(24);

/// What the tokens and addresses of an answer lead to.
pub(super) struct Clues<'s> {
    pub(super) sorted: &'s Sorted,
    pub(super) date: Option<Timestamp>,
    pub(super) by_token: Vec<Sent>,
    pub(super) by_leaving: Vec<Sent>,
}

/// Whether a person, or a program for a person, says something of themselves.
pub(super) fn is_about_its_sender(sorted: &Sorted) -> bool {
    match sorted.class {
        Class::Autoreply
        | Class::Challenge
        | Class::Receipt
        | Class::Unsubscribe
        | Class::Reply
        | Class::Other => true,
        Class::Bounce | Class::Delayed | Class::Delivered | Class::Complaint => false,
    }
}

/// The addresses by which a report calls a recipient, as keys are.
pub(super) fn addresses_in(reported: &Reported) -> Vec<String> {
    let mut named = Vec::new();
    // What we wrote to comes first, where the report has it.
    for address in reported.original.iter().chain(Some(&reported.address)) {
        let address = Key::typed(address).as_str().to_owned();
        if address.contains('@') && !named.contains(&address) {
            named.push(address);
        }
    }
    named
}

/// With the address that the report has, if it is another than ours.
pub(super) fn with_name(found: Match, named: &[String]) -> Match {
    let other = named
        .iter()
        .rfind(|address| found.sent.address.as_ref() != Some(address));
    Match {
        named: other.cloned(),
        ..found
    }
}

/// The one person among these, in the latest mailing; of several, the one of this address.
pub(super) fn one_person<'s>(found: &'s [Sent], from: Option<&str>) -> Option<&'s Sent> {
    let theirs = |sent: &&Sent| from.is_some() && sent.address.as_deref() == from;
    let of_from = found.iter().filter(theirs).max_by_key(|sent| sent.mailing);
    if of_from.is_some() {
        return of_from;
    }
    let first = found.first()?;
    let one = found
        .iter()
        .all(|sent| sent.key == first.key && sent.address == first.address);
    found.iter().filter(|_| one).max_by_key(|sent| sent.mailing)
}

/// Whether a message can have come back from them: an address proves nothing of a message that no relay
/// took.
pub(super) fn was_sent(sent: &Sent) -> bool {
    matches!(sent.status, Status::Accepted | Status::Bounced)
}

/// Whether an answer is older than the mailing.
pub(super) fn is_before(date: Option<Timestamp>, sent: &Sent) -> bool {
    let began: Option<Timestamp> = sent.started_at.parse().ok();
    match (date, began) {
        (Some(date), Some(began)) => began.duration_since(date) > CLOCKS,
        _ => false,
    }
}
