//! What is to be sent, and by whom.

use std::time::Duration;

use crate::campaign::{Per, Place, Relay, Text};

use super::super::receivers::Provider;

/// What is to be sent, and by whom.
#[derive(Debug, Clone, Copy)]
pub struct Sending<'s> {
    /// Through whom.
    pub relays: &'s [Relay],
    /// The From template.
    pub from: &'s Text,
    /// The domains that DKIM signatures are made for.
    pub dkim: &'s [&'s str],
    /// Messages have the header fields of a one-click unsubscription (RFC 8058).
    pub one_click: bool,
    /// Messages have a List-Unsubscribe (RFC 2369).
    pub unsubscribe: bool,
    /// Envelope recipients, which limits count.
    pub addresses: u64,
    /// Recipients at the providers with rules of their own.
    pub at: &'s [(Provider, u64)],
    /// Octets of the largest message, encoded.
    pub largest: u64,
    /// How long it takes at least.
    pub estimate: Duration,
}

/// The address of a From that is the same for everybody.
pub(super) fn constant_address(from: &str) -> Option<&str> {
    let address = match from.rsplit_once('<') {
        Some((_, address)) => address.split_once('>')?.0,
        None => from,
    };
    let address = address.trim();
    (address.contains('@') && !address.contains(['{', '}', ' '])).then_some(address)
}

/// What all relays together take a day, when each of them has a limit.
pub(in crate::check) fn a_day(relays: &[Relay]) -> Option<u64> {
    let of = |relay: &Relay| {
        let limits = relay.rates.iter().filter(|rate| rate.per == Per::Day);
        limits.map(|rate| u64::from(rate.count.get())).min()
    };
    relays.iter().map(of).sum()
}

/// The relay's table in the campaign file; where it is not found, the sender's
/// line.
pub(in crate::check) fn place_of(sending: &Sending<'_>, relay: &Relay) -> Option<Place> {
    let from = &sending.from.place;
    let table = format!("[relay.{}]", relay.name);
    Some(match from.text.find(&table) {
        Some(at) => from.at(at..at + table.len()),
        None => from.clone(),
    })
}
