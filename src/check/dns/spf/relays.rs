//! The campaign's relays and the record: whose addresses belong in it.

use crate::campaign::{Problem, Relay};
use crate::words::say;

use super::known::Known;
use super::proposed::with_includes;
use super::ranges::Range;
use super::walk::{LOOKUPS, Walk};

/// The return path of what this relay sends is at another domain than the sender's, which is whose record
/// receivers look at.
pub(super) fn elsewhere(domain: &str, relay: &Relay) -> bool {
    let of_user = |preset: &crate::campaign::Preset| {
        preset.return_path_of_user && !preset.spf.is_empty() && relay.included(domain).is_empty()
    };
    relay
        .preset
        .is_some_and(|preset| preset.own_return_path || of_user(preset))
}

/// The relays by which nothing comes whose record receivers look for here.
pub(super) fn all_elsewhere(domain: &str, relays: &[Relay]) -> bool {
    !relays.is_empty() && relays.iter().all(|relay| elsewhere(domain, relay))
}

/// Whether one of these is a record that counts for a relay.
fn among(domain: &str, included: &[String], relay: &Relay) -> bool {
    let there = |wanted: &&str| domain == *wanted || included.iter().any(|name| name == wanted);
    relay.included(domain).iter().any(there)
}

/// The relays whose provider's record is not part of the domain's.
pub(super) fn left_out<'r>(domain: &str, walk: &Walk, relays: &'r [Relay]) -> Vec<&'r Relay> {
    let wanted = |relay: &&Relay| !relay.included(domain).is_empty() && !among(domain, &walk.included, relay);
    relays.iter().filter(wanted).collect()
}

/// Whether the record lists all addresses of a relay one by one, as the provider's record names
/// them now.
pub(super) fn one_by_one(domain: &str, known: &Known, walk: &Walk, relay: &Relay) -> bool {
    let Some(include) = relay.included(domain).first().copied() else {
        return false;
    };
    let wanted = Walk::of(known, include);
    let needed: Vec<Range> = wanted.allowed.iter().map(|(range, ..)| *range).collect();
    let own = walk.allowed.iter().filter(|(.., of)| of == domain);
    let own: Vec<Range> = own.map(|(range, ..)| *range).collect();
    !wanted.partly && !wanted.dead() && !wanted.by_name && Range::all_in(&needed, &own)
}

/// All relays are allowed before receivers give up on the record.
pub(super) fn in_time(domain: &str, walk: &Walk, relays: &[Relay]) -> bool {
    !relays.is_empty() && relays.iter().all(|relay| among(domain, &walk.in_time, relay))
}

/// The includes that are proposed for these relays.
pub(super) fn includes(domain: &str, relays: &[&Relay]) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = Vec::new();
    for name in relays
        .iter()
        .filter_map(|relay| relay.included(domain).first().copied())
    {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The sentence about a relay that is left out; `record`: the whole with all that is missing, or the look-ups
/// that it would need, where they are too many.
pub(super) fn problem(domain: &str, relay: &Relay, record: &Result<String, usize>) -> Option<Problem> {
    let title = &relay.preset?.title;
    let include = *relay.included(domain).first()?;
    let problem = Problem::warning(say!(
        "check-spf-relay",
        domain = domain,
        include = include,
        provider = title
    ))
    .code("spf-relay");
    Some(match record {
        Ok(record) => problem
            .help(say!("check-spf-relay-hint", domain = domain, include = include))
            .help(say!(
                "check-spf-relay-record-hint",
                domain = domain,
                record = record
            )),
        Err(lookups) => problem
            .help(say!(
                "check-spf-relay-lookups-hint",
                domain = domain,
                include = include,
                lookups = *lookups,
                most = LOOKUPS
            ))
            .help(say!("check-spf-listed-hint")),
    })
}

/// A record for a domain that has none; `None` where it is not known what the relays want in it.
pub(super) fn first_record(domain: &str, relays: &[Relay]) -> Option<String> {
    let relays: Vec<&Relay> = relays.iter().collect();
    let includes = includes(domain, &relays);
    (!includes.is_empty()).then(|| with_includes("v=spf1 ~all", &includes))
}
