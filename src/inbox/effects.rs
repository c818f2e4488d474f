//! What an answer says of those whom it is about, as the ledger keeps it.

use crate::ledger::{BounceKind, Effect, Matched, NewAnswer, What};
use crate::recipients::Key;

use super::matched::{About, Match, Whom};
use super::same_mail;
use super::sort::{Action, Class, Kind, Reason, Reported, Sorted};

/// Characters of what the far end or a person says that are kept.
const WORDS: usize = 500;

/// An answer, as the ledger keeps it.
pub(super) fn answer(mail: &[u8], sorted: &Sorted) -> NewAnswer {
    NewAnswer {
        identity: same_mail::hash(mail),
        class: what(sorted.class, None).name(),
        sender: sorted.from.clone(),
        subject: sorted.subject.clone(),
        message_id: sorted.message_id.clone(),
        // UTC, so that texts compare as moments do.
        date: sorted
            .date
            .map(|date| date.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
    }
}

/// What it says, one for each of those whom it is about.
pub(super) fn effects(sorted: &Sorted, about: &About) -> Vec<Effect> {
    about.matches.iter().map(|found| effect(sorted, found)).collect()
}

fn effect(sorted: &Sorted, found: &Match) -> Effect {
    let reported = found.reported.and_then(|at| sorted.recipients.get(at));
    let what = what(class(sorted, found), reported);
    let kind = reported
        .and_then(|reported| reported.kind)
        .filter(|_| what == What::Bounce);
    let (address, copy) = match &found.whom {
        Whom::Recipient => (found.sent.address.clone(), false),
        Whom::Copy(address) => (Some(address.clone()), true),
        Whom::Other => (None, true),
    };
    let said = reported.map_or(sorted.words.as_deref(), |reported| Some(&reported.words));
    Effect {
        recipient: found.sent.recipient,
        what,
        matched: found.how,
        address,
        named: found.named.clone(),
        copy,
        kind: match (what, kind) {
            (What::Bounce, Some(kind)) => Some(of_kind(kind)),
            (What::Bounce, None) => Some(BounceKind::Unsure),
            _ => None,
        },
        reason: reported
            .filter(|_| what == What::Bounce)
            .and_then(|reported| name(reported.reason?)),
        status: reported.and_then(|reported| reported.status.clone()),
        code: reported.and_then(|reported| reported.code),
        words: said
            .filter(|words| !words.is_empty())
            .map(|words| words.chars().take(WORDS).collect()),
        reporter: sorted.from.as_deref().and_then(domain),
    }
}

/// What a mail is, now that it is known whose it is: one that has the token to leave with where links put
/// it (in its subject or its address, or alone in its text) is a wish to leave, whatever else it says.
pub(super) fn class(sorted: &Sorted, found: &Match) -> Class {
    if found.how != Matched::LeavingToken || !matches!(sorted.class, Class::Other | Class::Reply) {
        return sorted.class;
    }
    let places = sorted.subject.iter().chain(&sorted.envelope_to);
    let places: Vec<String> = places.map(|place| place.to_ascii_lowercase()).collect();
    let words = sorted.words.as_deref().unwrap_or_default().trim();
    let leaves = sorted.tokens.iter().any(|token| {
        words.eq_ignore_ascii_case(token) || places.iter().any(|place| place.contains(token.as_str()))
    });
    if leaves { Class::Unsubscribe } else { sorted.class }
}

/// What a report says of a recipient: of several, one may have failed and another not.
fn what(class: Class, reported: Option<&Reported>) -> What {
    let of_class = match class {
        Class::Bounce => What::Bounce,
        Class::Delayed => What::Delayed,
        Class::Delivered => What::Delivered,
        Class::Complaint => What::Complaint,
        Class::Autoreply => What::Autoreply,
        Class::Challenge => What::Challenge,
        Class::Receipt => What::Receipt,
        Class::Unsubscribe => What::Unsubscribe,
        Class::Reply => What::Reply,
        Class::Other => What::Other,
    };
    let of_reports = matches!(class, Class::Bounce | Class::Delayed | Class::Delivered);
    match reported
        .and_then(|reported| reported.action)
        .filter(|_| of_reports)
    {
        Some(Action::Failed) => What::Bounce,
        Some(Action::Delayed) => What::Delayed,
        Some(Action::Delivered | Action::Relayed | Action::Expanded) => What::Delivered,
        None => of_class,
    }
}

fn of_kind(kind: Kind) -> BounceKind {
    match kind {
        Kind::Hard => BounceKind::Hard,
        Kind::Soft => BounceKind::Soft,
        Kind::Sender => BounceKind::Sender,
        Kind::Unsure => BounceKind::Unsure,
    }
}

/// The name of a reason, for programs.
fn name(reason: Reason) -> Option<String> {
    let name = serde_json::to_value(reason).ok()?;
    name.as_str().map(str::to_owned)
}

fn domain(from: &str) -> Option<String> {
    let key = Key::typed(from);
    let (_, domain) = key.as_str().rsplit_once('@')?;
    Some(domain.to_owned())
}
