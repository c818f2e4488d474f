//! The findings about DMARC, and what to write where.

use crate::campaign::{Preset, Problem};
use crate::check::receivers::{Provider, Receiver};
use crate::check::relay::{a_day, organisation};
use crate::words::{Arg, Said, say};

use super::super::answers::short;
use super::super::asking::Asking;
use super::aligned::Unspoken;
use super::record::{Fault, Policy, Record};

/// A record that changes nothing yet.
pub(super) const EXAMPLE: &str = "v=DMARC1; p=none";

/// A longer record is not written out.
const PASTED: usize = 600;

/// What receivers are asked to do, as sentences tell it apart.
pub(super) fn becomes(policy: Policy) -> Option<&'static str> {
    match policy {
        Policy::None => None,
        Policy::Quarantine => Some("quarantine"),
        Policy::Reject => Some("reject"),
    }
}

/// The record at `at` has a fault.
pub(super) fn faulty(at: &str, record: &Record, fault: &Fault) -> Problem {
    let text = short(&record.text);
    Problem::warning(match fault {
        Fault::NotAPolicy(tag) if record.reports() => {
            say!("check-dmarc-policy-reports", tag = tag, at = at)
        }
        Fault::NotAPolicy(tag) => say!("check-dmarc-policy", at = at, tag = tag, record = text),
        Fault::NoPolicy => say!("check-dmarc-no-policy", at = at, record = text),
        Fault::Twice(tag) => say!("check-dmarc-twice", at = at, tag = tag, record = text),
    })
    .code("dmarc-invalid")
}

/// The record at `at` does not count, and why; `instead`: the domain whose record applies.
pub(super) fn ignored(at: &str, why: Said, instead: Option<&str>) -> Problem {
    Problem::warning(match instead {
        Some(other) => say!("check-dmarc-ignored-instead", at = at, why = why, other = other),
        None => say!("check-dmarc-ignored", at = at, why = why),
    })
    .code("dmarc-invalid")
}

/// There is no record, but something that was meant as one.
pub(super) fn misplaced(what: Said) -> Problem {
    Problem::warning(what).code("dmarc-missing")
}

/// There is none at all.
pub(super) fn missing(domain: &str, asking: &Asking<'_>) -> Problem {
    let many = many(asking, |receiver| receiver.dmarc);
    let problem = misplaced(if many.is_empty() {
        say!("check-dmarc-missing", domain = domain)
    } else {
        say!(
            "check-dmarc-missing-many",
            domain = domain,
            providers = Arg::commas(many)
        )
    });
    let organisation = organisation(domain);
    // One of a domain below alone would make an organisation of its own of it.
    problem.help(if organisation == *domain {
        say!("check-dmarc-publish-hint", domain = domain, record = EXAMPLE)
    } else {
        say!(
            "check-dmarc-publish-above-hint",
            organisation = organisation,
            record = EXAMPLE,
            domain = domain
        )
    })
}

/// How to correct a fault: write `record` at `at`. `first`: the policy that nothing here would
/// satisfy.
pub(super) fn mend(problem: Problem, at: &str, record: &Record, first: Option<Policy>) -> Problem {
    let problem = match first.and_then(becomes) {
        Some(policy) => problem.help(say!("check-dmarc-first-hint", policy = policy)),
        None => problem,
    };
    problem.help(if record.text.len() > PASTED {
        say!("check-dmarc-begin-hint", at = at)
    } else {
        say!("check-dmarc-record-hint", at = at, record = &record.text)
    })
}

/// Nothing speaks for the messages of relays that go by the return path of the sender.
pub(super) fn unaligned(
    domain: &str,
    at: &str,
    record: &Record,
    policy: &str,
    unspoken: &Unspoken,
) -> Problem {
    let strict = match (record.strict_signature(), record.strict_return_path()) {
        (true, true) => "both",
        (true, false) => "signature",
        (false, true) => "return-path",
        (false, false) => "no",
    };
    let others = match &unspoken.kin {
        Some(kin) if kin.in_line => "still",
        Some(_) => "may",
        None => "no",
    };
    Problem::warning(say!(
        "check-dmarc-unaligned",
        at = at,
        policy = policy,
        domain = domain,
        strict = strict,
        others = others
    ))
    .code("dmarc-unaligned")
}

/// Nothing speaks for the messages of relays that put a return path of their own on.
pub(super) fn by_relay(domain: &str, at: &str, policy: &str, relays: &[&Preset]) -> Problem {
    Problem::warning(say!(
        "check-dmarc-by-relay",
        relays = relays.len(),
        providers = titles(relays),
        domain = domain,
        at = at,
        policy = policy
    ))
    .code("dmarc-by-relay")
}

/// Receivers of this many messages do not accept mail without authentication.
pub(super) fn bulk(domain: &str, many: Vec<Said>, unspoken: &Unspoken) -> Problem {
    let providers = Arg::commas(many);
    Problem::warning(if unspoken.others || unspoken.by_relay.is_empty() {
        say!("check-dmarc-bulk", providers = providers, domain = domain)
    } else {
        say!(
            "check-dmarc-bulk-relay",
            providers = providers,
            domain = domain,
            relays = titles(&unspoken.by_relay)
        )
    })
    .code("dmarc-unaligned-bulk")
}

/// What to do where nothing speaks for the sender. `broken`: the SPF record
/// of its domain, where bounces go, can speak for nothing; `above`: a domain
/// whose record would make one organisation of both.
pub(super) fn speak(
    problem: Problem,
    domain: &str,
    unspoken: &Unspoken,
    broken: bool,
    above: Option<&str>,
) -> Problem {
    let problem = match unspoken.by_relay.as_slice() {
        [] => problem,
        relays => problem.help(say!(
            "check-dmarc-set-up-hint",
            domain = domain,
            providers = titles(relays)
        )),
    };
    if !unspoken.others {
        return problem.help(say!("check-dmarc-or-sign-hint", domain = domain));
    }
    let problem = problem
        .help(say!("check-dmarc-sign-hint", domain = domain))
        .help(if broken {
            say!("check-dmarc-or-spf-hint", domain = domain)
        } else {
            say!("check-dmarc-or-return-path-hint", domain = domain)
        });
    match above {
        Some(above) => problem.help(say!(
            "check-dmarc-or-publish-hint",
            above = above,
            record = EXAMPLE
        )),
        None => problem,
    }
}

/// What to do where the sender's domain is that of a mail provider.
pub(super) fn speak_of_provider(problem: Problem, domain: &str) -> Problem {
    let preset = Provider::of(domain).and_then(|provider| provider.preset(domain));
    problem.help(match preset {
        Some(preset) => say!(
            "check-dmarc-provider-preset-hint",
            domain = domain,
            preset = preset
        ),
        None => say!("check-dmarc-provider-hint", domain = domain),
    })
}

fn titles(relays: &[&Preset]) -> Arg {
    Arg::and(relays.iter().map(|preset| preset.title.as_str()))
}

/// The providers that get so much mail per day that they have a rule for it.
fn many(asking: &Asking<'_>, from: impl Fn(&Receiver) -> Option<u64>) -> Vec<Said> {
    let relays = &asking.campaign.relays;
    let a_day = a_day(relays).filter(|_| !relays.is_empty()).unwrap_or(u64::MAX);
    let many = asking.at.iter().filter(|(provider, n)| {
        let from = provider.rules().and_then(&from);
        from.is_some_and(|from| (*n).min(a_day) >= from)
    });
    many.map(|(provider, n)| say!("check-dmarc-many", recipients = *n, provider = provider.title()))
        .collect()
}

/// The providers that accept this number of messages only if the sender is authenticated.
pub(super) fn insisting(asking: &Asking<'_>) -> Vec<Said> {
    many(asking, |receiver| receiver.aligned)
}
