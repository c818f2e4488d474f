//! Findings about an existing record that do not depend on the relays.

use crate::campaign::Problem;

use super::super::answers::short;
use super::mends::{mend, mended, wrong};
use super::ranges::Range;
use super::terms::{Fault, Record, Sign};
use super::walk::{Broken, LOOKUPS, SERVERS, VOIDS, Walk};

/// Where the record of a domain is changed.
pub(super) fn at(domain: &str) -> String {
    format!("the TXT record of {domain}, at its DNS provider")
}

/// What makes receivers give up, or pass over a part.
pub(super) fn faults(domain: &str, record: &str, walk: &Walk) -> Vec<Problem> {
    let mut problems: Vec<Problem> = Vec::new();
    // Slips in another owner's record are not reported if they break nothing.
    let told = |slip: &Fault| matches!(&walk.broken, Some(Broken::Others { term, .. }) if *term == slip.term);
    let slip = walk.slips.iter().find(|(of, slip)| of == domain && !told(slip));
    problems.extend(slip.map(|(_, slip)| passed_over(domain, record, slip)));
    problems.extend(walk.broken.as_ref().map(|broken| void(domain, broken)));
    if walk.lookups > LOOKUPS {
        let costs: Vec<String> = walk.costs.iter().map(|(term, n)| format!("{term} {n}")).collect();
        problems.push(
            Problem::warning(format!(
                "the SPF record of {domain} needs {} look-ups, and receivers give up after {LOOKUPS}",
                walk.lookups
            ))
            .code("spf-lookups")
            .help(format!("take out what is not used any more, in {}: each include, a, mx, ptr, exists and redirect is one, also inside of what is included", at(domain)))
            .help(format!("the look-ups that each term needs: {}", costs.join(", "))),
        );
    }
    if walk.voids.len() > VOIDS {
        let what = walk.voids.join(", ");
        problems.push(
            Problem::warning(format!(
                "the SPF record of {domain} asks for {} names that are not there ({what}), and receivers give up after {VOIDS}",
                walk.voids.len()
            ))
            .code("spf-void")
            .help(format!("mend these names or take their terms out, in {}, or in the record that it includes", at(domain))),
        );
    }
    if let Some((name, servers)) = &walk.crowded {
        problems.push(
            Problem::warning(format!(
                "the SPF record of {domain} asks for the mail servers of {name}: they are {servers}, and receivers give up after {SERVERS}"
            ))
            .code("spf-names")
            .help(format!("write the addresses of those that send (ip4:…, ip6:…) instead of mx, in {}", at(domain))),
        );
    }
    problems
}

/// What receivers read as it is written, which is not as it was meant.
fn passed_over(domain: &str, record: &str, slip: &Fault) -> Problem {
    let problem = Problem::warning(format!(
        "receivers find nothing by `{}` in the SPF record of {domain}: {}",
        short(&slip.term),
        slip.why
    ))
    .code("spf-invalid");
    mending(problem, domain, record, slip)
}

/// What to write instead of a wrong term, and of the others that are wrong.
fn mending(problem: Problem, domain: &str, record: &str, fault: &Fault) -> Problem {
    let mut problem = instead(problem, domain, record, fault);
    for other in wrong(record) {
        if other.term != fault.term {
            problem = instead(problem, domain, record, &other);
        }
    }
    match mended(record).filter(|whole| whole != record) {
        Some(whole) => problem.help(format!("the whole record is then: {whole}")),
        None => problem.help(format!("the record is: {}", short(record))),
    }
}

fn instead(problem: Problem, domain: &str, record: &str, fault: &Fault) -> Problem {
    let term = short(&fault.term);
    problem.help(match mend(record, fault) {
        Some(mend) => format!(
            "write `{}` instead of `{}` in {}",
            mend.term,
            short(&mend.instead_of),
            at(domain)
        ),
        None => format!("mend `{term}` in {}: {}", at(domain), fault.why),
    })
}

/// A record that receivers take for broken.
fn void(domain: &str, broken: &Broken) -> Problem {
    let does_not =
        |why: String| Problem::warning(format!("the SPF record of {domain} does not count: {why}"));
    match broken {
        Broken::Term {
            domain: of,
            record,
            fault,
        } => {
            let problem = does_not(format!(
                "receivers cannot read `{}` in the record of {of} ({})",
                short(&fault.term),
                fault.why
            ))
            .code("spf-invalid");
            let problem = mending(problem, of, record, fault);
            if of == domain {
                problem
            } else {
                problem.help(format!("if {of} is somebody else's, tell them"))
            }
        }
        Broken::Circle { domains, term } => {
            let of = domains.iter().rev().nth(1).map_or(domain, String::as_str);
            let redirects = term.to_ascii_lowercase().starts_with("redirect=");
            let why = match (domains.len(), redirects) {
                (..=2, true) => format!("the record of {of} redirects to itself"),
                (..=2, false) => format!("the record of {of} includes itself"),
                _ => format!(
                    "the record of {of} goes back to where it came from ({})",
                    domains.join(" -> ")
                ),
            };
            does_not(why).code("spf-loop").help(if redirects {
                format!(
                    "write who may send (ip4:…, include:…) and ~all instead of {term} in {}",
                    at(of)
                )
            } else {
                format!("take {term} out of {}: what stands beside it is enough", at(of))
            })
        }
        Broken::Others {
            domain: of,
            term,
            named,
            records,
        } => {
            let what = if *records == 0 {
                "no SPF record"
            } else {
                "several SPF records"
            };
            let by = if of == domain {
                String::new()
            } else {
                format!(" by that of {of}")
            };
            let problem = does_not(format!("it names {named}{by}, which has {what}")).code("spf-invalid");
            if *records == 0 {
                problem.help(format!("look for a typing error in {term}, or take it out where nothing is sent by way of it any more, in {}", at(of)))
            } else {
                problem.help(format!("make one record of those at {named}, at its DNS provider; if it is somebody else's, tell them"))
            }
        }
    }
}

/// What the record of a domain itself should not have, though receivers take it.
pub(super) fn manners(domain: &str, record: &Record) -> Vec<Problem> {
    let mut problems = Vec::new();
    let behind = record.behind();
    if let Some(term) = record
        .pointers
        .iter()
        .find(|term| !behind.contains(&term.as_str()))
    {
        problems.push(
            Problem::warning(format!(
                "the SPF record of {domain} goes by the names of addresses (`{}`), which is slow, and which some receivers do not look at",
                short(term)
            ))
            .code("spf-ptr")
            .help(format!("write ip4:… and ip6:… with the addresses of your hosts, or a:… with their names, instead of it, in {} (RFC 7208, 5.5: ptr is not to be used)", at(domain))),
        );
    }
    if !behind.is_empty() {
        let what = short(&behind.join(" "));
        let all = record
            .end()
            .and_then(|end| record.terms.get(end))
            .map_or("all", |term| term.text.as_str());
        problems.push(
            Problem::warning(format!(
                "the SPF record of {domain} ends with `{all}`: receivers never look at `{what}`"
            ))
            .code("spf-behind-all")
            .help(format!(
                "write what is to count before `{all}`, and take the rest out, in {}",
                at(domain)
            ))
            .help("redirect counts only where there is no all"),
        );
    }
    problems
}

/// A record that allows nobody.
pub(super) fn nobody(domain: &str, walk: &Walk, wanted: Option<&str>) -> Problem {
    let becomes = match walk.end.as_ref().map(|(sign, _)| sign) {
        Some(Sign::Fail) => "receivers refuse what is sent from it",
        Some(Sign::SoftFail) => "what is sent from it is suspicious to receivers",
        Some(Sign::Neutral | Sign::Pass) | None => "it speaks for no message",
    };
    let mut gone: Vec<String> = walk
        .voids
        .iter()
        .map(|name| format!("{name} is not there"))
        .collect();
    gone.extend(
        walk.inner
            .iter()
            .map(|term| format!("{term} is of a network of one's own")),
    );
    let gone = if gone.is_empty() {
        String::new()
    } else {
        format!(" ({})", gone.join(", "))
    };
    let problem = Problem::warning(format!(
        "the SPF record of {domain} allows nobody to send in its name{gone}: {becomes}"
    ))
    .code("spf-none-may-send");
    let problem = match wanted {
        Some(record) => problem.help(format!("make this of {}: {record}", at(domain))),
        None => problem.help(format!(
            "write what your relay's provider wants in it (include:…, or ip4: and its address) before `all`, in {}",
            at(domain)
        )),
    };
    problem.help("or take a sender (and return_path, where there is one) at a domain whose record allows your relay, if none is to send from this one")
}

/// A record that lets everybody by.
pub(super) fn open(domain: &str, walk: &Walk) -> Option<Problem> {
    let problem = |how: String| {
        Problem::warning(format!(
            "the SPF record of {domain} {how}: it keeps nobody from sending in its name"
        ))
        .code("spf-open")
    };
    let end = match &walk.end {
        Some((Sign::Pass, _)) => Some("allows every relay there is (+all)"),
        Some((Sign::Neutral, _)) => Some("says nothing of other relays (?all)"),
        Some((Sign::Fail | Sign::SoftFail, _)) => None,
        None => (!walk.open_end).then_some("says nothing of other relays (it has no all)"),
    };
    if let Some(how) = end {
        let of = walk.end.as_ref().map_or(domain, |(_, of)| of);
        return Some(problem(how.to_owned()).help(format!(
            "end it with ~all (others are suspicious) or -all (others are refused), in {}",
            at(of)
        )));
    }
    let instead = "write the addresses of your own relays instead";
    if let Some((term, of)) = &walk.open {
        let by = if of == domain {
            String::new()
        } else {
            format!(" in that of {of}, which it includes")
        };
        return Some(
            problem(format!("allows every relay there is (`{term}`{by})"))
                .help(format!("{instead} of it, in {}", at(of))),
        );
    }
    if !Range::open(walk.allowed.iter().map(|(range, ..)| *range)) {
        return None;
    }
    let mut widest: Vec<_> = walk.allowed.iter().collect();
    widest.sort_by_key(|(range, ..)| std::cmp::Reverse(range.size()));
    let terms: Vec<&str> = widest.iter().take(4).map(|(_, term, _)| term.as_str()).collect();
    let of = widest.first().map_or(domain, |(.., of)| of);
    Some(
        problem(format!(
            "allows more addresses than anybody sends from (`{}`)",
            terms.join(" ")
        ))
        .help(format!("{instead} of these blocks, in {}", at(of))),
    )
}
