//! Who is not to be written to any more, by all that came back about an address.
//!
//! At once: whose address is dead, who complained and who left, if that is proved by a token. What only
//! names an address can be written by anybody: then it takes a second answer that does not depend on the
//! first. A mailbox that is full or cannot be reached is suppressed after five mailings in two weeks
//! without a sign of life. What is said about the sender or the relay says nothing of the recipient.

use jiff::{SignedDuration, Timestamp};

use crate::ledger::{BounceKind, Ledger, LedgerError, Matched, Recorded, Sent, What, is_later};
use crate::recipients::Key;

/// Mailings that bounce softly before their recipient is suppressed.
const SOFT_MAILINGS: usize = 5;

/// The time that these take at least.
const SOFT_TIME: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Bounces of a mailing may come for so long: until then, none does not mean that it arrived.
const BOUNCES_COME: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Why an address is suppressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The person asked for it.
    Unsubscribe,
    /// The person complained.
    Complaint,
    /// The address is dead.
    Hard,
    /// It bounced softly for too long.
    Soft,
}

impl Why {
    /// Its name in the ledger, and for programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unsubscribe => "unsubscribe",
            Self::Complaint => "complaint",
            Self::Hard => "hard",
            Self::Soft => "soft",
        }
    }
}

/// Why an address is to be suppressed, and the number of the answer that decides it.
///
/// # Errors
/// The ledger cannot be read.
pub(super) fn suppresses(
    ledger: &Ledger,
    address: &str,
    now: Timestamp,
) -> Result<Option<(Why, i64)>, LedgerError> {
    let effects = ledger.effects_on(address)?;
    let of = |what: What| effects.iter().filter(move |one| one.effect.what == what);
    let leaves = of(What::Unsubscribe).rfind(|one| is_theirs_to_say(one, address));
    if let Some(leaves) = leaves {
        return Ok(Some((Why::Unsubscribe, leaves.answer)));
    }
    if let Some(complaint) = proved(of(What::Complaint)) {
        return Ok(Some((Why::Complaint, complaint.answer)));
    }
    let replies: Vec<_> = of(What::Reply).collect();
    let lives_on = |bounce: &Recorded| replies.iter().any(|reply| is_later(reply, bounce));
    let bounces = of(What::Bounce).filter(|one| !lives_on(one));
    let hard = bounces
        .clone()
        .filter(|one| one.effect.kind == Some(BounceKind::Hard));
    if let Some(hard) = proved(hard) {
        return Ok(Some((Why::Hard, hard.answer)));
    }
    if bounces.count() < SOFT_MAILINGS {
        return Ok(None);
    }
    let mailings = ledger.mailings_to(address)?;
    Ok(soft(&mailings, &effects, &lives_on, now).map(|answer| (Why::Soft, answer)))
}

/// Whether a wish to leave comes from the person: by the token to leave with, by their message and from
/// their address, or because the user confirmed it.
fn is_theirs_to_say(one: &Recorded, address: &str) -> bool {
    one.confirmed
        || match one.effect.matched {
            Matched::LeavingToken => true,
            Matched::Token => one
                .sender
                .as_deref()
                .is_some_and(|sender| Key::typed(sender).as_str() == address),
            Matched::Verp | Matched::Address => false,
        }
}

/// The last of these that is proved: by a token, by a person, or by another one that is independent.
fn proved<'r>(effects: impl Iterator<Item = &'r Recorded>) -> Option<&'r Recorded> {
    let effects: Vec<_> = effects.collect();
    effects.iter().rev().copied().find(|one| {
        one.confirmed
            || one.effect.matched.is_proof()
            || effects.iter().any(|other| is_independent(one, other))
    })
}

/// Whether two answers do not depend on each other: two mails, about two mailings or from two systems.
fn is_independent(one: &Recorded, other: &Recorded) -> bool {
    let differ = |one: &Option<String>, other: &Option<String>| match (one, other) {
        (Some(one), Some(other)) => one != other,
        _ => false,
    };
    one.answer != other.answer
        && differ(&one.message_id, &other.message_id)
        && (one.mailing != other.mailing || differ(&one.effect.reporter, &other.effect.reporter))
}

/// The answer that decides that an address bounced softly for too long: five mailings one after the
/// other, over two weeks, and nothing good between them.
fn soft(
    mailings: &[Sent],
    effects: &[Recorded],
    lives_on: &dyn Fn(&Recorded) -> bool,
    now: Timestamp,
) -> Option<i64> {
    let mut bad: Vec<(Timestamp, i64)> = Vec::new();
    for mailing in mailings {
        let theirs = effects
            .iter()
            .filter(|one| one.effect.recipient == mailing.recipient);
        let began: Timestamp = mailing.started_at.parse().ok()?;
        let sign_of_life = theirs.clone().any(|one| is_sign_of_life(one.effect.what));
        let bounce = theirs
            .clone()
            .filter(|one| one.effect.what == What::Bounce && !lives_on(one));
        let counts = bounce.clone().rfind(|one| counts(one.effect.kind));
        match counts {
            Some(counts) if !sign_of_life => bad.push((began, counts.answer)),
            // Refused because of the relay: that says nothing.
            None if bounce.count() > 0 && !sign_of_life => {}
            // Its bounces may still come.
            None if bad.is_empty() && now.duration_since(began) < BOUNCES_COME => {}
            Some(_) | None => break,
        }
    }
    let (latest, answer) = *bad.first()?;
    let (oldest, _) = *bad.last()?;
    (bad.len() >= SOFT_MAILINGS && latest.duration_since(oldest) >= SOFT_TIME).then_some(answer)
}

/// A bounce of which only the address is known to be dead is at least as bad as a soft one.
fn counts(kind: Option<BounceKind>) -> bool {
    match kind {
        Some(BounceKind::Sender) => false,
        Some(BounceKind::Hard | BounceKind::Soft | BounceKind::Unsure) | None => true,
    }
}

fn is_sign_of_life(what: What) -> bool {
    match what {
        What::Delivered | What::Autoreply | What::Challenge | What::Receipt | What::Reply => true,
        What::Bounce | What::Delayed | What::Complaint | What::Unsubscribe | What::Other => false,
    }
}
