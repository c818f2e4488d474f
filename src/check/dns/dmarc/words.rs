//! The findings about DMARC, and what to write where.

use crate::campaign::{Preset, Problem};
use crate::check::receivers::{Provider, Receiver};
use crate::check::relay::{a_day, organisation};

use super::super::answers::short;
use super::super::asking::Asking;
use super::aligned::Unspoken;
use super::record::{Fault, Policy, Record};

/// A record that changes nothing yet.
pub(super) const EXAMPLE: &str = "v=DMARC1; p=none";

/// A longer record is not written out.
const PASTED: usize = 600;

/// What receivers are asked to do.
pub(super) fn becomes(policy: Policy) -> Option<&'static str> {
    match policy {
        Policy::None => None,
        Policy::Quarantine => Some("to put into the spam folder"),
        Policy::Reject => Some("to refuse"),
    }
}

/// The record at `at` has a fault.
pub(super) fn faulty(at: &str, record: &Record, fault: &Fault) -> Problem {
    let text = short(&record.text);
    Problem::warning(match fault {
        Fault::NotAPolicy(tag) if record.reports() => format!(
            "{tag} is no policy: receivers take it as none, and with it all that the DMARC record _dmarc.{at} asks for"
        ),
        Fault::NotAPolicy(tag) => format!(
            "the DMARC record _dmarc.{at} does not count: {tag} is no policy, receivers cannot read it: {text}"
        ),
        Fault::NoPolicy => {
            format!("the DMARC record _dmarc.{at} does not count: it has no policy (p=): {text}")
        }
        Fault::Twice(tag) => format!(
            "the DMARC record _dmarc.{at} says {tag}= twice: receivers take one of them, or nothing of the record: {text}"
        ),
    })
    .code("dmarc-invalid")
}

/// The record at `at` does not count, and why; `instead`: the domain whose record applies.
pub(super) fn ignored(at: &str, why: &str, instead: Option<&str>) -> Problem {
    let holds = instead.map_or_else(String::new, |other| format!("; that of _dmarc.{other} holds"));
    Problem::warning(format!(
        "the DMARC record _dmarc.{at} does not count: {why}{holds}"
    ))
    .code("dmarc-invalid")
}

/// There is no record, but something that was meant as one.
pub(super) fn misplaced(domain: &str, what: &str) -> Problem {
    Problem::warning(format!("there is no DMARC record for {domain}: {what}")).code("dmarc-missing")
}

/// There is none at all.
pub(super) fn missing(domain: &str, asking: &Asking<'_>) -> Problem {
    let many = many(asking, |receiver| receiver.dmarc);
    let so = if many.is_empty() {
        "large providers require one of who sends many messages".to_owned()
    } else {
        format!("it is required for so many recipients ({})", many.join(", "))
    };
    let problem = misplaced(domain, &so);
    let organisation = organisation(domain);
    // One of a domain below alone would make an organisation of its own of it.
    let also = if organisation == *domain {
        String::new()
    } else {
        format!(
            " (it holds for {domain}, too; where {organisation} is not yours, publish it at _dmarc.{domain})"
        )
    };
    problem.help(format!(
        "publish at _dmarc.{organisation} the TXT record {EXAMPLE}{also}"
    ))
}

/// How to correct a fault: write `record` at `at`. `first`: the policy that nothing here would
/// satisfy.
pub(super) fn mend(problem: Problem, at: &str, record: &Record, first: Option<Policy>) -> Problem {
    let problem = match first.and_then(becomes) {
        Some(becomes) => problem.help(format!(
            "first see that a signature (DKIM) or the return path (SPF) speaks for the sender, which neither does here: the mended record asks receivers {becomes} such mail"
        )),
        None => problem,
    };
    problem.help(if record.text.len() > PASTED {
        format!("let the only TXT record of _dmarc.{at} about DMARC begin with `v=DMARC1;`, with nothing before it")
    } else {
        format!("let the only TXT record of _dmarc.{at} about DMARC be: {}", record.text)
    })
}

/// Nothing speaks for the messages of relays that go by the return path of the sender.
pub(super) fn unaligned(
    domain: &str,
    at: &str,
    record: &Record,
    becomes: &str,
    unspoken: &Unspoken,
) -> Problem {
    let strict = match (record.strict_signature(), record.strict_return_path()) {
        (true, true) => " (strict: of exactly this domain)",
        (true, false) => " (a signature of exactly this domain: adkim=s is strict)",
        (false, true) => " (a return path at exactly this domain: aspf=s is strict)",
        (false, false) => "",
    };
    let others = match &unspoken.kin {
        Some(kin) if kin.in_line => " (for receivers that follow RFC 9989; others still count it)",
        Some(_) => " (for receivers that follow RFC 9989; others may still count it)",
        None => "",
    };
    Problem::warning(format!(
        "the DMARC record _dmarc.{at} asks receivers {becomes} what neither a signature (DKIM) nor the return path (SPF) of {domain} speaks for{strict}, and here neither does{others}"
    ))
    .code("dmarc-unaligned")
}

/// Nothing speaks for the messages of relays that put a return path of their own on.
pub(super) fn by_relay(domain: &str, at: &str, becomes: &str, relays: &[&Preset]) -> Problem {
    let titles = titles(relays);
    let (put, their) = if relays.len() == 1 {
        ("puts", "its")
    } else {
        ("put", "their")
    };
    Problem::warning(format!(
        "{titles} {put} a return path of {their} own on: DMARC needs {their} DKIM for {domain}, whose SPF record never counts then, and the record _dmarc.{at} asks receivers {becomes} what has none"
    ))
    .code("dmarc-by-relay")
}

/// Receivers of this many messages do not accept mail without authentication.
pub(super) fn bulk(domain: &str, many: &[String], unspoken: &Unspoken) -> Problem {
    let here = if unspoken.others || unspoken.by_relay.is_empty() {
        "here neither does".to_owned()
    } else {
        format!("by way of {} only a signature can", titles(&unspoken.by_relay))
    };
    Problem::warning(format!(
        "{}: what neither a signature (DKIM) nor the return path (SPF) of {domain} speaks for is refused there or goes to the spam folder, whatever the DMARC record asks for, and {here}",
        many.join(", ")
    ))
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
        relays => problem.help(format!(
            "set up the signature (DKIM) for {domain} at {}; where that is done already, all is well",
            titles(relays)
        )),
    };
    if !unspoken.others {
        return problem.help(format!("or sign for {domain} here (dkim below [message])"));
    }
    let problem = problem.help(format!(
        "sign for {domain} (dkim below [message]), unless the relay does"
    ));
    let problem = if broken {
        problem.help(format!(
            "or mend the SPF record of {domain} so that it allows the relay"
        ))
    } else {
        problem.help(format!(
            "or take a return_path at {domain}, whose SPF record allows the relay"
        ))
    };
    match above {
        Some(above) => problem.help(format!(
            "or publish at _dmarc.{above} the TXT record {EXAMPLE}: then both belong to one organisation"
        )),
        None => problem,
    }
}

/// What to do where the sender's domain is that of a mail provider.
pub(super) fn speak_of_provider(problem: Problem, domain: &str) -> Problem {
    let preset = Provider::of(domain).and_then(|provider| provider.preset(domain));
    let through = preset.map_or_else(String::new, |preset| format!(" (preset = \"{preset}\")"));
    problem.help(format!(
        "send from an address at a domain of yours, or through the provider of {domain}{through} and without another return_path: nobody else can speak for it"
    ))
}

fn titles(relays: &[&Preset]) -> String {
    let titles: Vec<_> = relays.iter().map(|preset| preset.title.as_str()).collect();
    titles.join(" and ")
}

/// The providers that get so much mail per day that they have a rule for it.
fn many(asking: &Asking<'_>, from: impl Fn(&Receiver) -> Option<u64>) -> Vec<String> {
    let relays = &asking.campaign.relays;
    let a_day = a_day(relays).filter(|_| !relays.is_empty()).unwrap_or(u64::MAX);
    let many = asking.at.iter().filter(|(provider, n)| {
        let from = provider.rules().and_then(&from);
        from.is_some_and(|from| (*n).min(a_day) >= from)
    });
    many.map(|(provider, n)| format!("{n} at {}", provider.title()))
        .collect()
}

/// The providers that accept this number of messages only if the sender is authenticated.
pub(super) fn insisting(asking: &Asking<'_>) -> Vec<String> {
    many(asking, |receiver| receiver.aligned)
}
