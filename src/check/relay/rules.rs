//! The rules of the recipients' providers for senders of many messages.

use crate::campaign::{Preset, Problem, Relay, Signs};
use crate::words::{Said, say};

use super::super::receivers::{Provider, Receiver};
use super::senders::is_by_its_owner;
use super::sending::{Sending, a_day, constant_address};

/// One finding for each provider whose rules are not met, as far as this is known in advance.
pub(super) fn of_receivers(sending: &Sending<'_>) -> Vec<Problem> {
    if sending.relays.is_empty() {
        return Vec::new();
    }
    let there = sending.at.iter().filter(|(_, n)| *n > 0);
    there
        .filter_map(|(provider, n)| of_receiver(sending, *provider, *n))
        .collect()
}

fn of_receiver(sending: &Sending<'_>, provider: Provider, n: u64) -> Option<Problem> {
    let receiver = provider.rules()?;
    // Never this many a day.
    let daily = n.min(a_day(sending.relays).unwrap_or(u64::MAX));
    let missing = missing(sending, receiver, daily);
    if missing.is_empty() {
        return None;
    }
    let what = say!(
        "check-receiver-rules",
        recipients = n,
        provider = provider.title(),
        rule = receiver.rule()?
    );
    let problem = Problem::warning(what)
        .code("receiver-rules")
        .at(sending.from.place.clone());
    Some(missing.into_iter().fold(problem, Problem::help))
}

/// Its requirements for a sender of this many messages a day that the campaign does not meet.
fn missing(sending: &Sending<'_>, receiver: &Receiver, daily: u64) -> Vec<Said> {
    let asks = |from: Option<u64>| from.is_some_and(|from| daily >= from);
    let mut missing = Vec::new();
    if asks(receiver.signature) && sending.dkim.is_empty() && !is_of_mailboxes(sending) {
        missing.extend(signature(sending.relays));
    }
    if asks(receiver.one_click) && !sending.one_click {
        missing.push(say!("check-missing-one-click"));
    } else if asks(receiver.unsubscribe) && !sending.unsubscribe {
        missing.push(say!("check-missing-unsubscribe"));
    }
    let unhurried = |relay: &&Relay| relay.rates.is_empty();
    if asks(receiver.pace)
        && let Some(relay) = sending.relays.iter().find(unhurried)
    {
        missing.push(say!("check-missing-pace", relay = &relay.name));
    }
    missing
}

/// Whether the sender is a mailbox at one of the providers, and all of it goes through that provider.
fn is_of_mailboxes(sending: &Sending<'_>) -> bool {
    let from = constant_address(&sending.from.value).and_then(|from| from.rsplit_once('@'));
    let owned = |relay| from.is_some_and(|(_, domain)| is_by_its_owner(relay, domain));
    sending.relays.iter().all(owned)
}

/// How the sender's domain comes to a signature, when mailshot makes none.
fn signature(relays: &[Relay]) -> Option<Said> {
    let signs = |relay: &Relay| relay.preset.map_or(Signs::Unknown, |preset| preset.signs);
    if relays.iter().all(|relay| signs(relay) == Signs::Sender) {
        return None;
    }
    let set_up = relays.iter().find(|relay| signs(relay) == Signs::SetUp);
    Some(match set_up.and_then(|relay| relay.preset) {
        Some(Preset { title, .. }) => say!("check-missing-signature-set-up", provider = title),
        None => say!("check-missing-signature"),
    })
}
