//! Whether the relays accept what is to be sent: who may be the sender, how large the messages may
//! be, how many, how long it takes, and the rules of the large providers for many messages.
//!
//! No network is used: this is only what the campaign itself says, and what is published about its
//! presets.

mod rules;
mod senders;
mod sending;

use std::time::Duration;

use crate::campaign::{Problem, Relay, Username};

use crate::smtp::Security;
use crate::words::{Arg, say};

pub use sending::Sending;

use sending::constant_address;
pub(super) use sending::{a_day, place_of};

/// Everything about the relays that is known in advance.
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
    found.extend(
        sending
            .relays
            .iter()
            .filter_map(|relay| without_user(sending, relay)),
    );
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

/// A provider of mailboxes that is to be used without a login: it accepts nothing then.
fn without_user(sending: &Sending<'_>, relay: &Relay) -> Option<Problem> {
    let preset = relay.preset.filter(|_| relay.user.is_none())?;
    let what = say!(
        "check-preset-without-user",
        relay = &relay.name,
        preset = &preset.title
    );
    let address = constant_address(&sending.from.value).filter(|_| preset.username == Username::Address);
    let hint = match address {
        Some(address) => say!("check-preset-user-hint", user = format!("{address:?}")),
        None => say!("check-preset-user-of-provider-hint"),
    };
    Some(Problem::warning(what).code("user-missing").help(hint))
}

/// A port at which servers begin the other way: both sides would wait, or not understand a word.
fn other_port(relay: &Relay) -> Option<Problem> {
    let Relay { server, name, .. } = relay;
    let port = Arg::plain(server.port);
    let (what, meant) = match (server.security, server.port) {
        (Security::StartTls | Security::Plaintext, 465) => {
            (say!("check-port-tls-first", relay = name, port = port), "smtps")
        }
        (Security::ImplicitTls, 587 | 25) => (say!("check-port-starttls", relay = name, port = port), "smtp"),
        _ => return None,
    };
    let url = format!("{meant}://{}:{}", server.host, server.port);
    Some(
        Problem::warning(what)
            .code("port-of-another-way")
            .help(say!("check-port-hint", url = url)),
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
        Problem::warning(say!("check-not-aligned", domain = domain, signed = *signed))
            .code("from-not-aligned")
            .at(sending.from.place.clone())
            .help(say!("check-not-aligned-hint", domain = domain, signed = *signed)),
    )
}

pub(super) fn same_organisation(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_ascii_lowercase(), b.to_ascii_lowercase());
    a == b || organisation(&a) == organisation(&b)
}

/// The label before a country whose registry gives out names below it. A short name alone does not
/// show this: many organisations have three letters.
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
        Problem::warning(say!("check-one-click-without-dkim"))
            .code("one-click-without-dkim")
            .at(sending.from.place.clone())
            .help(say!("check-one-click-without-dkim-hint"))
    })
}

/// What a preset is known to take at most.
fn over_size(sending: &Sending<'_>, relay: &Relay) -> Option<Problem> {
    let preset = relay.preset?;
    let most = preset.size.filter(|most| sending.largest > *most)?;
    Some(
        Problem::warning(say!(
            "check-over-size",
            size = Arg::Size(sending.largest),
            provider = &preset.title,
            most = Arg::Size(most)
        ))
        .code("over-size")
        .at(place_of(sending, relay)?)
        .help(say!("check-over-size-hint")),
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
    let recipients = sending.addresses;
    let problem = match a_day(sending.relays) {
        Some(a_day) if recipients > a_day => Problem::warning(say!(
            "check-over-quota",
            recipients = recipients,
            a_day = a_day,
            days = days
        ))
        .code("over-quota"),
        Some(_) | None => Problem::warning(say!("check-takes-days", recipients = recipients, days = days))
            .code("takes-days"),
    };
    Some(
        problem
            .at(place_of(sending, relay)?)
            .help(say!("check-days-hint")),
    )
}

#[cfg(test)]
mod tests;
