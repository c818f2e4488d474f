//! The record that says which relays may send for a domain (RFC 7208), that of
//! the return path: it is whom receivers ask for.

use std::net::{Ipv4Addr, Ipv6Addr};

use mail_auth::common::parse::TxtRecordParser;
use mail_auth::spf::{Macro, Mechanism, Qualifier, Spf};

use crate::campaign::{Problem, Relay};

use super::answers::{Named, Told};
use super::dkim::short;
use super::questions::Questions;

/// Look-ups that receivers do for one message (RFC 7208 §4.6.4).
const ALLOWED: usize = 10;

/// Records that are read at most: one that goes on is wrong long before.
const READ: usize = 40;

/// A record and all that it names.
#[derive(Debug, Default)]
struct Walk {
    lookups: usize,
    /// Whose records it includes, itself or by another.
    included: Vec<String>,
    /// What stands at its end, or at that of the record it goes over to.
    all: Option<Qualifier>,
    /// Why receivers take the whole for broken.
    broken: Option<String>,
    /// A part was not answered for.
    partly: bool,
}

/// Looks at the record; and whether there is one that can speak for messages.
pub(super) async fn told(questions: &Questions, envelope: Option<&Named>, relays: &[Relay]) -> (Told, bool) {
    let mut told = Told::default();
    let Some(envelope) = envelope else {
        return (told, true);
    };
    let domain = &envelope.domain;
    let Some(records) = at(questions, domain, &mut told).await else {
        return (told, true);
    };
    let (problem, speaks) = match records.as_slice() {
        [] => (
            Problem::warning(format!(
                "{domain} has no SPF record: nothing says which relays may send for it"
            ))
            .code("spf-missing")
            .help(format!(
                "publish at {domain} a TXT record: {}",
                proposed(domain, relays)
            )),
            false,
        ),
        [record] => {
            let walk = walk(questions, domain, record, &mut told).await;
            for problem in judged(domain, record, &walk, relays) {
                told.say(problem.at(envelope.place.clone()));
            }
            return (told, walk.broken.is_none());
        }
        more => (
            Problem::warning(format!(
                "{domain} has {} SPF records, and receivers take none of them then",
                more.len()
            ))
            .code("spf-invalid")
            .help("make one of them: what stands before `all` in each goes into it"),
            false,
        ),
    };
    told.say(problem.at(envelope.place.clone()));
    (told, speaks)
}

/// The SPF records at a name.
async fn at(questions: &Questions, domain: &str, told: &mut Told) -> Option<Vec<String>> {
    let answer = questions.txt(domain).await;
    let mut records = told.records(&format!("{domain} TXT"), answer)?;
    records.retain(|record| {
        let version = record.split([' ', '\t']).next().unwrap_or_default();
        version.eq_ignore_ascii_case("v=spf1")
    });
    Some(records)
}

/// Reads a record and those it names.
async fn walk(questions: &Questions, domain: &str, record: &str, told: &mut Told) -> Walk {
    let mut walk = Walk::default();
    // Domain, record where it is known, and whether its `all` counts.
    let mut open = vec![(domain.to_owned(), Some(record.to_owned()), true)];
    let mut read = 0;
    while let Some((domain, record, counts)) = open.pop() {
        read += 1;
        if read > READ || walk.broken.is_some() {
            break;
        }
        let record = match record {
            Some(record) => record,
            None => match at(questions, &domain, told).await {
                None => {
                    walk.partly = true;
                    continue;
                }
                Some(mut records) if records.len() == 1 => records.remove(0),
                Some(records) => {
                    let what = if records.is_empty() {
                        "no SPF record"
                    } else {
                        "several SPF records"
                    };
                    walk.broken = Some(format!("it names {domain}, which has {what}"));
                    continue;
                }
            },
        };
        let wrong = wrong_term(&record);
        let Some(spf) = Spf::parse(record.as_bytes()).ok().filter(|_| wrong.is_none()) else {
            let what = wrong.unwrap_or(&record);
            walk.broken = Some(format!(
                "receivers cannot read `{}` in the record of {domain}",
                short(what)
            ));
            continue;
        };
        let mut ended = false;
        for directive in &spf.directives {
            match &directive.mechanism {
                Mechanism::All => {
                    if counts {
                        walk.all = Some(directive.qualifier.clone());
                    }
                    ended = true;
                    // What stands behind it is never looked at.
                    break;
                }
                Mechanism::Include { macro_string } => {
                    walk.lookups += 1;
                    if let Some(name) = literal(macro_string) {
                        walk.included.push(name.clone());
                        open.push((name, None, false));
                    }
                }
                Mechanism::A { .. }
                | Mechanism::Mx { .. }
                | Mechanism::Ptr { .. }
                | Mechanism::Exists { .. } => {
                    walk.lookups += 1;
                }
                Mechanism::Ip4 { .. } | Mechanism::Ip6 { .. } => {}
            }
        }
        if let Some(redirect) = spf.redirect.as_ref().filter(|_| !ended) {
            walk.lookups += 1;
            match literal(redirect) {
                Some(name) => {
                    walk.included.push(name.clone());
                    open.push((name, None, counts));
                }
                None => walk.partly = true,
            }
        }
    }
    walk
}

/// The first term that is none, which the library is lenient with: a word that
/// is no mechanism (RFC 7208 §4.6.1 makes the whole record void by it), an
/// address that is none.
fn wrong_term(record: &str) -> Option<&str> {
    const MECHANISMS: [&str; 8] = ["all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists"];
    record.split_ascii_whitespace().skip(1).find(|term| {
        let bare = term.trim_start_matches(['+', '-', '~', '?']);
        let (name, value) = match bare.find([':', '/', '=']) {
            Some(end) if bare.get(end..).is_some_and(|rest| rest.starts_with('=')) => return false,
            Some(end) => (bare.get(..end), bare.get(end + 1..)),
            None => (Some(bare), None),
        };
        let name = name.unwrap_or_default().to_ascii_lowercase();
        let address = value
            .and_then(|value| value.split('/').next())
            .unwrap_or_default();
        match name.as_str() {
            "ip4" => address.parse::<Ipv4Addr>().is_err(),
            "ip6" => address.parse::<Ipv6Addr>().is_err(),
            name => !MECHANISMS.contains(&name),
        }
    })
}

/// A name that is the same for every message.
fn literal(name: &Macro) -> Option<String> {
    match name {
        Macro::Literal(text) => {
            let text = String::from_utf8_lossy(text).to_ascii_lowercase();
            Some(text.trim_end_matches('.').to_owned())
        }
        Macro::Variable { .. } | Macro::List(_) | Macro::None => None,
    }
}

fn judged(domain: &str, record: &str, walk: &Walk, relays: &[Relay]) -> Vec<Problem> {
    let mut problems = Vec::new();
    if walk.lookups > ALLOWED {
        problems.push(
            Problem::warning(format!(
                "the SPF record of {domain} needs {} look-ups, and receivers give up after {ALLOWED}",
                walk.lookups
            ))
            .code("spf-lookups")
            .help("take out what is not used any more: each include, a, mx, ptr, exists and redirect is one, also inside of what is included"),
        );
    } else if let Some(why) = &walk.broken {
        problems.push(
            Problem::warning(format!("the SPF record of {domain} does not count: {why}"))
                .code("spf-invalid")
                .help(format!("mend the TXT record of {domain}: {}", short(record))),
        );
        return problems;
    }
    if let Some(how) = open(walk) {
        problems.push(
            Problem::warning(format!(
                "the SPF record of {domain} {how}: it keeps nobody from sending in its name"
            ))
            .code("spf-open")
            .help("end it with ~all (others are suspicious) or -all (others are refused)"),
        );
    }
    if !walk.partly {
        problems.extend(relays.iter().filter_map(|relay| left_out(domain, walk, relay)));
    }
    problems
}

/// Whether a record lets everybody by, and how.
fn open(walk: &Walk) -> Option<&'static str> {
    match walk.all {
        Some(Qualifier::Pass) => Some("allows every relay there is (+all)"),
        Some(Qualifier::Neutral) => Some("says nothing of other relays (?all)"),
        Some(Qualifier::Fail | Qualifier::SoftFail) => None,
        None => (!walk.partly).then_some("says nothing of other relays (it has no all)"),
    }
}

/// A relay whose provider's record is not part of it.
fn left_out(domain: &str, walk: &Walk, relay: &Relay) -> Option<Problem> {
    let preset = relay.preset?;
    let wanted = relay.included(domain);
    let include = wanted.first()?;
    let there = |wanted: &str| domain == wanted || walk.included.iter().any(|name| name == wanted);
    if wanted.iter().any(|wanted| there(wanted)) {
        return None;
    }
    let title = &preset.title;
    Some(
        Problem::warning(format!(
            "the SPF record of {domain} does not include {include}: to receivers {title} is no relay of {domain}"
        ))
        .code("spf-relay")
        .help(format!("write include:{include} before `all` in the TXT record of {domain}; where the relay's addresses stand in it one by one, all is well")),
    )
}

/// A record for a domain that has none.
fn proposed(domain: &str, relays: &[Relay]) -> String {
    let includes: Vec<_> = relays
        .iter()
        .filter_map(|relay| relay.included(domain).first().copied())
        .map(|include| format!("include:{include}"))
        .collect();
    if includes.is_empty() {
        return "v=spf1 … ~all, with what your relay's provider wants in it (include:…, or ip4: and its address)".to_owned();
    }
    format!("v=spf1 {} ~all", includes.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_that_is_none_is_found() {
        for (record, wrong) in [
            (
                "v=spf1 a mx/24 a:mx.example//64 ?ptr ip4:192.0.2.0/24 ip6:2001:db8::/32 ~ALL",
                None,
            ),
            ("v=spf1 redirect=_spf.example exp=why.example new=thing", None),
            ("v=spf1", None),
            ("v=spf1 inlcude:_spf.example -all", Some("inlcude:_spf.example")),
            ("v=spf1 a, mx -all", Some("a,")),
            ("v=spf1 ip4:192.0.2.300 -all", Some("ip4:192.0.2.300")),
            ("v=spf1 +ip6:192.0.2.1 -all", Some("+ip6:192.0.2.1")),
            ("v=spf1 192.0.2.1 -all", Some("192.0.2.1")),
            ("v=spf1 a -all v=spf1 b", Some("b")),
        ] {
            assert_eq!(wrong_term(record), wrong, "{record}");
        }
    }
}
