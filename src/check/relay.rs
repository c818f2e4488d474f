//! Whether the relays take what is to be sent: who may be the sender, how
//! large, how many, how long it takes, and the rules that the large providers
//! have for many messages.
//!
//! Nothing is asked over the network: this is what the campaign itself says,
//! and what is published of its presets.

mod rules;
mod senders;
mod sending;

use std::time::Duration;

use crate::campaign::{Problem, Relay};

use crate::smtp::Security;

pub use sending::Sending;

pub(super) use sending::{a_day, place_of};
use sending::{constant_address, thousands};

/// Everything that can be told of the relays beforehand.
pub fn findings(sending: &Sending<'_>) -> Vec<Problem> {
    let mut found = Vec::new();
    if let Some(from) = constant_address(&sending.from.value) {
        let (_, domain) = from.rsplit_once('@').unwrap_or_default();
        found.extend(not_aligned(sending, domain));
        for relay in sending.relays {
            found.extend(senders::not_the_account(sending, relay, from));
            found.extend(senders::of_somebody_else(sending, relay, domain));
        }
    }
    found.extend(sending.relays.iter().filter_map(other_port));
    found.extend(one_click_without_dkim(sending));
    found.extend(
        sending
            .relays
            .iter()
            .filter_map(|relay| over_size(sending, relay)),
    );
    found.extend(takes_days(sending));
    found.extend(rules::of_receivers(sending));
    found
}

/// A port at which servers begin the other way: both sides would wait, or not understand a word.
fn other_port(relay: &Relay) -> Option<Problem> {
    let Relay { server, name, .. } = relay;
    let (written, meant) = match (server.security, server.port) {
        (Security::StartTls | Security::Plaintext, 465) => ("waits for TLS from the start", "smtps"),
        (Security::ImplicitTls, 587 | 25) => ("begins without TLS and goes on with STARTTLS", "smtp"),
        _ => return None,
    };
    Some(
        Problem::warning(format!(
            "the relay `{name}` is named with port {}, at which a server usually {written}",
            server.port
        ))
        .code("port-of-another-way")
        .help(format!(
            "write server = \"{meant}://{}:{}\"",
            server.host, server.port
        )),
    )
}

/// DMARC counts a signature only when its domain is the sender's (relaxed: or
/// of the same organisation).
fn not_aligned(sending: &Sending<'_>, domain: &str) -> Option<Problem> {
    let signed = sending.dkim.first()?;
    if sending
        .dkim
        .iter()
        .any(|signed| same_organisation(signed, domain))
    {
        return None;
    }
    Some(
        Problem::warning(format!(
            "the sender is at {domain}, and the messages are signed (DKIM) for {signed}: the signature does not count for the sender"
        ))
        .code("from-not-aligned")
        .at(sending.from.place.clone())
        .help(format!("sign for {domain}, or send from an address at {signed}")),
    )
}

pub(super) fn same_organisation(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_ascii_lowercase(), b.to_ascii_lowercase());
    a == b || organisation(&a) == organisation(&b)
}

/// What stands before a country where its registry gives out names below it. A short name alone is no sign of
/// that: many an organisation has three letters.
const SECOND: [&str; 30] = [
    "ac", "asn", "asso", "co", "com", "edu", "gob", "gok", "gouv", "gov", "go", "gub", "gv", "id", "ind",
    "int", "ltd", "mil", "msk", "ne", "net", "nhs", "nom", "or", "org", "plc", "police", "res", "sch",
    "school",
];

/// The domain that an organisation has registered, as far as one can tell
/// without the list of all registries: `uni.example`, `uni.ac.uk`.
pub(super) fn organisation(domain: &str) -> String {
    let labels: Vec<&str> = domain.rsplit('.').collect();
    let registry = labels.get(1).is_some_and(|label| SECOND.contains(label));
    let country = labels.first().is_some_and(|label| label.len() == 2);
    let taken = if country && registry { 3 } else { 2 };
    let mut own: Vec<&str> = labels.into_iter().take(taken).collect();
    own.reverse();
    own.join(".")
}

/// RFC 8058, section 4: the signature has to cover both fields.
fn one_click_without_dkim(sending: &Sending<'_>) -> Option<Problem> {
    // A relay that signs by itself is no reason to stay silent: whether it covers these fields is not known.
    (sending.one_click && sending.dkim.is_empty()).then(|| {
        Problem::warning("one-click unsubscription without a DKIM signature over it: mail programs show no button")
            .code("one-click-without-dkim")
            .at(sending.from.place.clone())
            .help("write dkim = { domain = \"…\", selector = \"…\", key = { file = \"…\" } } below [message], or see that the relay signs List-Unsubscribe and List-Unsubscribe-Post")
    })
}

/// What a preset is known to take at most.
fn over_size(sending: &Sending<'_>, relay: &Relay) -> Option<Problem> {
    let preset = relay.preset?;
    let most = preset.size.filter(|most| sending.largest > *most)?;
    Some(
        Problem::warning(format!(
            "the largest message has {}, and {} takes no more than {}",
            size(sending.largest),
            preset.title,
            size(most)
        ))
        .code("over-size")
        .at(place_of(sending, relay)?)
        .help("make the attachments smaller (in a mail they grow by a third), or put them on a web page and write its address"),
    )
}

/// On how many days something goes out, where that is more than one: what takes 24 hours and a
/// minute takes two.
pub fn days(estimate: Duration) -> Option<u64> {
    const DAY: Duration = Duration::from_hours(24);
    let known = (DAY..Duration::MAX).contains(&estimate);
    known.then(|| estimate.as_secs() / DAY.as_secs() + 1)
}

/// A list that the limits of a day spread over several.
fn takes_days(sending: &Sending<'_>) -> Option<Problem> {
    let relay = sending.relays.first()?;
    let days = days(sending.estimate)?;
    let problem = match a_day(sending.relays) {
        Some(a_day) if sending.addresses > a_day => Problem::warning(format!(
            "{} recipients, and the relays' limits allow {} a day: it takes {days} days",
            thousands(sending.addresses),
            thousands(a_day),
        ))
        .code("over-quota"),
        Some(_) | None => Problem::warning(format!(
            "at the relays' limits {} recipients take more than a day: {days} days",
            thousands(sending.addresses)
        ))
        .code("takes-days"),
    };
    Some(
        problem
            .at(place_of(sending, relay)?)
            .help("run `mailshot send` again each day, or let it wait with --wait; another relay beside this one shares the list"),
    )
}

/// `102.4 kB`, `2.3 MB`, as the command line writes it.
pub(super) fn size(octets: u64) -> String {
    let octets = octets as f64;
    if octets < 1e6 {
        format!("{:.1} kB", octets / 1e3)
    } else {
        format!("{:.1} MB", octets / 1e6)
    }
}

#[cfg(test)]
mod tests;
