//! Whether the relays take what is to be sent: who may be the sender, how
//! large, how many, how long it takes, and the rules that the large providers
//! have for many messages.
//!
//! Nothing is asked over the network: this is what the campaign itself says,
//! and what is published of its presets.

use std::time::Duration;

use crate::campaign::{Per, Place, Preset, Problem, Relay, Signs, Text};

use crate::smtp::Security;

use super::domains::Provider;

/// From so many messages a day on, Gmail and Microsoft count a sender as a bulk
/// sender; Yahoo names no number.
pub(super) const BULK: u64 = 5_000;

/// Relays that take no other sender than the account that logs in.
const INSIST: [&str; 7] = ["163", "126", "qq", "exmail", "aliyun", "aliyun-qiye", "outlook"];

/// Domains whose owners say where their mail comes from, and the hosts it may
/// come through.
const OWNED: [(&[&str], &str, &[&str]); 2] = [
    (
        &["gmail.com", "googlemail.com"],
        "Gmail",
        &["gmail.com", "google.com", "googlemail.com"],
    ),
    (
        &["yahoo.com", "ymail.com", "aol.com"],
        "Yahoo",
        &["yahoo.com", "aol.com"],
    ),
];

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
    /// Envelope recipients, which limits count.
    pub addresses: u64,
    /// Recipients at the providers with rules of their own.
    pub at: &'s [(Provider, u64)],
    /// Octets of the largest message, encoded.
    pub largest: u64,
    /// How long it takes at least.
    pub estimate: Duration,
}

/// Everything that can be told of the relays beforehand.
pub fn findings(sending: &Sending<'_>) -> Vec<Problem> {
    let mut found = Vec::new();
    if let Some(from) = constant_address(&sending.from.value) {
        let (_, domain) = from.rsplit_once('@').unwrap_or_default();
        found.extend(not_aligned(sending, domain));
        for relay in sending.relays {
            found.extend(not_the_account(sending, relay, from));
            found.extend(of_somebody_else(sending, relay, domain));
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
    found.extend(bulk(sending));
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

/// The address of a From that is the same for everybody.
fn constant_address(from: &str) -> Option<&str> {
    let address = match from.rsplit_once('<') {
        Some((_, address)) => address.split_once('>')?.0,
        None => from,
    };
    let address = address.trim();
    (address.contains('@') && !address.contains(['{', '}', ' '])).then_some(address)
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

/// The domain that an organisation has registered, as far as one can tell
/// without the list of all registries: `uni.example`, `uni.ac.uk`.
pub(super) fn organisation(domain: &str) -> String {
    let labels: Vec<&str> = domain.rsplit('.').collect();
    let short_second = labels.get(1).is_some_and(|label| label.len() <= 3);
    let country = labels.first().is_some_and(|label| label.len() == 2);
    let taken = if country && short_second { 3 } else { 2 };
    let mut own: Vec<&str> = labels.into_iter().take(taken).collect();
    own.reverse();
    own.join(".")
}

/// 163, QQ, Exchange: who logs in is who sends.
fn not_the_account(sending: &Sending<'_>, relay: &Relay, from: &str) -> Option<Problem> {
    let preset = relay
        .preset
        .filter(|preset| INSIST.contains(&preset.name.as_str()))?;
    let user = relay.user.as_deref()?;
    let same = match user.split_once('@') {
        Some(_) => user.eq_ignore_ascii_case(from),
        // 163 and its like take the part before the @ as a user as well.
        None => from
            .split_once('@')
            .is_some_and(|(local, _)| local.eq_ignore_ascii_case(user)),
    };
    if same {
        return None;
    }
    let exception = if preset.name == "outlook" {
        " (or has to be a mailbox it may \"send as\")"
    } else {
        ""
    };
    Some(
        Problem::warning(format!(
            "{} takes mail from the account that logs in alone: the sender {from} has to be {user}{exception}",
            preset.title
        ))
        .code("from-not-account")
        .at(sending.from.place.clone())
        .help("put the account's address into `from`; replies to another one: reply_to"),
    )
}

/// Mail of gmail.com that does not come from Gmail is taken for forged.
fn of_somebody_else(sending: &Sending<'_>, relay: &Relay, domain: &str) -> Option<Problem> {
    let domain = domain.to_ascii_lowercase();
    let (_, owner, hosts) = OWNED
        .iter()
        .find(|(domains, _, _)| domains.contains(&domain.as_str()))?;
    let host = relay.server.host.to_ascii_lowercase();
    let theirs = hosts
        .iter()
        .any(|own| host == *own || host.strip_suffix(own).is_some_and(|front| front.ends_with('.')));
    // What stands on this computer may hand it on to anybody.
    if theirs || relay.server.is_loopback() {
        return None;
    }
    Some(
        Problem::warning(format!(
            "the sender is at {domain}, and the relay `{}` ({host}) is not {owner}'s: it is taken for forged",
            relay.name
        ))
        .code("from-of-another-provider")
        .at(sending.from.place.clone())
        .help(format!(
            "send through {owner} (preset = \"{}\"), or from an address of the relay's own domain",
            owner.to_lowercase()
        )),
    )
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

/// What all relays together take a day, when each of them has a limit.
pub(super) fn a_day(relays: &[Relay]) -> Option<u64> {
    let of = |relay: &Relay| {
        let limits = relay.rates.iter().filter(|rate| rate.per == Per::Day);
        limits.map(|rate| u64::from(rate.count.get())).min()
    };
    relays.iter().map(of).sum()
}

/// Who sends many messages to one provider has more to keep to.
fn bulk(sending: &Sending<'_>) -> Option<Problem> {
    sending.relays.first()?;
    let a_day = a_day(sending.relays).unwrap_or(u64::MAX);
    let many: Vec<_> = sending
        .at
        .iter()
        .filter(|(_, n)| (*n).min(a_day) >= BULK)
        .map(|(provider, n)| format!("{} at {}", thousands(*n), provider.title()))
        .collect();
    let mut missing = Vec::new();
    if sending.dkim.is_empty() {
        missing.extend(signature(sending.relays));
    }
    if !sending.one_click {
        missing.push("one-click unsubscription, where it is advertising or a newsletter".to_owned());
    }
    if many.is_empty() || missing.is_empty() {
        return None;
    }
    let problem = Problem::warning(format!(
        "{}: from {} a day on they refuse mail without what they ask of bulk senders",
        many.join(", "),
        thousands(BULK)
    ))
    .code("bulk-rules")
    .at(sending.from.place.clone());
    Some(missing.into_iter().fold(problem, |problem, what| {
        problem.help(format!("missing here: {what}"))
    }))
}

/// How the sender's domain comes to a signature, when mailshot makes none.
fn signature(relays: &[Relay]) -> Option<String> {
    let signs = |relay: &Relay| relay.preset.map_or(Signs::Unknown, |preset| preset.signs);
    if relays.iter().all(|relay| signs(relay) == Signs::Sender) {
        return None;
    }
    let set_up = relays.iter().find(|relay| signs(relay) == Signs::SetUp);
    let how = match set_up.and_then(|relay| relay.preset) {
        Some(Preset { title, .. }) => format!("unless {title} signs for it: set that up there"),
        None => "unless the relay signs for it".to_owned(),
    };
    Some(format!(
        "a DKIM signature of the sender's domain (dkim below [message], {how}), with SPF and DMARC in its DNS"
    ))
}

/// The relay's table in the campaign file; where it is not found, the sender's
/// line.
pub(super) fn place_of(sending: &Sending<'_>, relay: &Relay) -> Option<Place> {
    let from = &sending.from.place;
    let table = format!("[relay.{}]", relay.name);
    Some(match from.text.find(&table) {
        Some(at) => from.at(at..at + table.len()),
        None => from.clone(),
    })
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

fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut shown = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

#[cfg(test)]
mod tests;
