//! What a run of `inbox` found and did, for those who show it.

use std::collections::BTreeMap;

use crate::inbox::{Cause, Followed, Match, Taken, Unmatched};
use crate::inbox::{Class, Sorted};
use crate::ledger::{BounceKind, Effect, Matched, What};

/// This many of each list are kept; all are counted.
const KEPT: usize = 10_000;

/// What was collected.
#[derive(Debug, Default)]
pub struct Collected {
    /// Mails that were read.
    pub mails: u64,
    /// Of them, collected before: they did nothing.
    pub before: u64,
    /// How many are of each class, of those that were not collected before.
    pub classes: BTreeMap<Class, u64>,
    /// What they say, counted by recipient.
    pub said: BTreeMap<What, u64>,
    /// Bounces by kind and reason, counted by recipient.
    pub bounces: BTreeMap<(BounceKind, String), u64>,
    /// What each says of whom.
    pub lines: Vec<Line>,
    /// Wishes to leave, complaints and dead addresses that suppress nobody unless a person says yes.
    pub to_confirm: Vec<Line>,
    /// Reports and wishes that are about nobody of this campaign, as far as is known.
    pub unmatched: Vec<NotMatched>,
    /// How many those are.
    pub unmatched_count: u64,
    /// Other mails that are about nobody of this campaign.
    pub unrelated: u64,
    /// What was refused because of the sender or a relay.
    pub causes: Vec<Cause>,
    /// What followed for statuses and the suppression list.
    pub followed: Followed,
    /// Nothing of it was kept.
    pub look: bool,
}

/// What an answer says of a recipient.
#[derive(Debug, Clone)]
pub struct Line {
    /// What people call the answer.
    pub name: String,
    /// What it says.
    pub what: What,
    /// Of a bounce: whose fault it is.
    pub kind: Option<BounceKind>,
    /// Why.
    pub reason: Option<String>,
    /// The recipient's key.
    pub key: String,
    /// Whom we wrote to.
    pub address: Option<String>,
    /// The address that it names, if that is another: the message was forwarded.
    pub named: Option<String>,
    /// How the recipient was found.
    pub matched: Matched,
    /// The words of the far end, or of the person.
    pub words: Option<String>,
}

/// An answer that is about nobody of this campaign.
#[derive(Debug, Clone)]
pub struct NotMatched {
    /// Where it is.
    pub place: String,
    /// What it is.
    pub class: Class,
    /// Whom it names.
    pub addresses: Vec<String>,
    /// Who wrote it.
    pub from: Option<String>,
    /// Why it is not known whose message it is about.
    pub why: Unmatched,
}

impl Line {
    fn of(name: &str, found: &Match, effect: &Effect) -> Self {
        Self {
            name: name.to_owned(),
            what: effect.what,
            kind: effect.kind,
            reason: effect.reason.clone(),
            key: found.sent.key.clone(),
            address: effect.address.clone(),
            named: effect.named.clone(),
            matched: found.how,
            words: effect.words.clone(),
        }
    }
}

impl Collected {
    pub(super) fn note(&mut self, place: &str, sorted: &Sorted, taken: &Taken) {
        self.mails += 1;
        if taken.before {
            self.before += 1;
            return;
        }
        *self.classes.entry(taken.class).or_default() += 1;
        let name = taken.name.as_deref().unwrap_or_default();
        for (found, effect) in taken.about.matches.iter().zip(&taken.effects) {
            *self.said.entry(effect.what).or_default() += 1;
            if let Some(kind) = effect.kind {
                let reason = effect.reason.clone().unwrap_or_else(|| "other".to_owned());
                *self.bounces.entry((kind, reason)).or_default() += 1;
            }
            let line = || Line::of(name, found, effect);
            if self.lines.len() < KEPT {
                self.lines.push(line());
            }
            if waits_for_a_yes(effect, sorted, found) && self.to_confirm.len() < KEPT {
                self.to_confirm.push(line());
            }
        }
        self.not_matched(place, sorted, taken);
    }

    fn not_matched(&mut self, place: &str, sorted: &Sorted, taken: &Taken) {
        for why in &taken.about.unmatched {
            let ordinary = match sorted.class {
                Class::Bounce | Class::Delayed | Class::Delivered | Class::Complaint | Class::Unsubscribe => {
                    false
                }
                Class::Autoreply | Class::Challenge | Class::Receipt | Class::Reply | Class::Other => {
                    *why == Unmatched::NoMessage
                }
            };
            // Mail that has nothing to do with any mailing.
            if ordinary {
                self.unrelated += 1;
                continue;
            }
            self.unmatched_count += 1;
            if self.unmatched.len() < KEPT {
                self.unmatched.push(NotMatched {
                    place: place.to_owned(),
                    class: sorted.class,
                    addresses: sorted.recipients.iter().map(|one| one.address.clone()).collect(),
                    from: sorted.from.clone(),
                    why: why.clone(),
                });
            }
        }
    }

    /// A recipient that is suppressed now needs no yes.
    pub(super) fn conclude(
        &mut self,
        followed: Followed,
        causes: Vec<Cause>,
        is_listed: impl Fn(&str) -> bool,
    ) {
        self.to_confirm
            .retain(|line| line.address.as_deref().is_some_and(|address| !is_listed(address)));
        self.followed = followed;
        self.causes = causes;
    }
}

/// Whether it would suppress if it were proved.
fn waits_for_a_yes(effect: &Effect, sorted: &Sorted, found: &Match) -> bool {
    let from = sorted
        .from
        .as_deref()
        .map(|from| crate::recipients::Key::typed(from).as_str().to_owned());
    match effect.what {
        What::Unsubscribe => {
            effect.matched != Matched::LeavingToken
                && (effect.matched != Matched::Token || from != found.sent.address)
        }
        What::Complaint => !effect.matched.is_proof(),
        What::Bounce => effect.kind == Some(BounceKind::Hard) && !effect.matched.is_proof(),
        What::Delayed
        | What::Delivered
        | What::Autoreply
        | What::Challenge
        | What::Receipt
        | What::Reply
        | What::Other => false,
    }
}
