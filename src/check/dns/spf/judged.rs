//! Findings about an existing record that do not depend on the relays.

use crate::campaign::Problem;
use crate::words::{Arg, Said, say};

use super::super::answers::short;
use super::mends::{mend, mended, wrong};
use super::ranges::Range;
use super::terms::{Fault, Record, Sign};
use super::walk::{Broken, LOOKUPS, SERVERS, VOIDS, Walk};

/// What makes receivers give up, or pass over a part.
pub(super) fn faults(domain: &str, record: &str, walk: &Walk) -> Vec<Problem> {
    let mut problems: Vec<Problem> = Vec::new();
    // Slips in another owner's record are not reported if they break nothing.
    let told = |slip: &Fault| matches!(&walk.broken, Some(Broken::Others { term, .. }) if *term == slip.term);
    let slip = walk.slips.iter().find(|(of, slip)| of == domain && !told(slip));
    problems.extend(slip.map(|(_, slip)| passed_over(domain, record, slip)));
    problems.extend(walk.broken.as_ref().map(|broken| void(domain, broken)));
    if walk.lookups > LOOKUPS {
        let costs = walk.costs.iter().map(|(term, n)| format!("{term} {n}"));
        problems.push(
            Problem::warning(say!(
                "check-spf-lookups",
                domain = domain,
                lookups = walk.lookups,
                most = LOOKUPS
            ))
            .code("spf-lookups")
            .help(say!("check-spf-lookups-hint", domain = domain))
            .help(say!("check-spf-costs-hint", terms = Arg::commas(costs))),
        );
    }
    if walk.voids.len() > VOIDS {
        problems.push(
            Problem::warning(say!(
                "check-spf-void",
                domain = domain,
                count = walk.voids.len(),
                names = Arg::commas(walk.voids.iter()),
                most = VOIDS
            ))
            .code("spf-void")
            .help(say!("check-spf-void-hint", domain = domain)),
        );
    }
    if let Some((name, servers)) = &walk.crowded {
        problems.push(
            Problem::warning(say!(
                "check-spf-servers",
                domain = domain,
                name = name,
                servers = *servers,
                most = SERVERS
            ))
            .code("spf-names")
            .help(say!("check-spf-servers-hint", domain = domain)),
        );
    }
    problems
}

/// What receivers read as it is written, which is not as it was meant.
fn passed_over(domain: &str, record: &str, slip: &Fault) -> Problem {
    let problem = Problem::warning(say!(
        "check-spf-slip",
        term = short(&slip.term),
        domain = domain,
        why = slip.why.clone()
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
        Some(whole) => problem.help(say!("check-spf-whole-hint", record = whole)),
        None => problem.help(say!("check-spf-is-hint", record = short(record))),
    }
}

fn instead(problem: Problem, domain: &str, record: &str, fault: &Fault) -> Problem {
    problem.help(match mend(record, fault) {
        Some(mend) => say!(
            "check-spf-instead-hint",
            term = mend.term,
            wrong = short(&mend.instead_of),
            domain = domain
        ),
        None => say!(
            "check-spf-correct-hint",
            term = short(&fault.term),
            domain = domain,
            why = fault.why.clone()
        ),
    })
}

/// A record that receivers take for broken.
fn void(domain: &str, broken: &Broken) -> Problem {
    match broken {
        Broken::Term {
            domain: of,
            record,
            fault,
        } => {
            let problem = Problem::warning(say!(
                "check-spf-unreadable",
                domain = domain,
                term = short(&fault.term),
                of = of,
                why = fault.why.clone()
            ))
            .code("spf-invalid");
            let problem = mending(problem, of, record, fault);
            if of == domain {
                problem
            } else {
                problem.help(say!("check-spf-of-others-hint", domain = of))
            }
        }
        Broken::Circle { domains, term } => circle(domain, domains, term),
        Broken::Others {
            domain: of,
            term,
            named,
            records,
        } => {
            let what = match (*records == 0, of == domain) {
                (true, true) => say!("check-spf-names-none", domain = domain, named = named),
                (false, true) => say!("check-spf-names-several", domain = domain, named = named),
                (true, false) => say!("check-spf-includes-none", domain = domain, named = named, of = of),
                (false, false) => {
                    say!(
                        "check-spf-includes-several",
                        domain = domain,
                        named = named,
                        of = of
                    )
                }
            };
            Problem::warning(what).code("spf-invalid").help(if *records == 0 {
                say!("check-spf-names-none-hint", term = term, domain = of)
            } else {
                say!("check-spf-names-several-hint", domain = named)
            })
        }
    }
}

/// Records that lead back to where they came from.
fn circle(domain: &str, domains: &[String], term: &str) -> Problem {
    let of = domains.iter().rev().nth(1).map_or(domain, String::as_str);
    let redirects = term.to_ascii_lowercase().starts_with("redirect=");
    let what = match (domains.len(), redirects) {
        (..=2, true) => say!("check-spf-redirects-to-itself", domain = domain, of = of),
        (..=2, false) => say!("check-spf-includes-itself", domain = domain, of = of),
        _ => say!(
            "check-spf-circle",
            domain = domain,
            of = of,
            domains = domains.join(" -> ")
        ),
    };
    Problem::warning(what).code("spf-loop").help(if redirects {
        say!("check-spf-circle-redirect-hint", term = term, domain = of)
    } else {
        say!("check-spf-circle-hint", term = term, domain = of)
    })
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
            Problem::warning(say!("check-spf-ptr", domain = domain, term = short(term)))
                .code("spf-ptr")
                .help(say!("check-spf-ptr-hint", domain = domain)),
        );
    }
    if !behind.is_empty() {
        let what = short(&behind.join(" "));
        let all = record
            .end()
            .and_then(|end| record.terms.get(end))
            .map_or("all", |term| term.text.as_str());
        problems.push(
            Problem::warning(say!(
                "check-spf-behind-all",
                domain = domain,
                all = all,
                terms = what
            ))
            .code("spf-behind-all")
            .help(say!("check-spf-behind-all-hint", all = all, domain = domain))
            .help(say!("check-spf-redirect-hint")),
        );
    }
    problems
}

/// A record that allows nobody.
pub(super) fn nobody(domain: &str, walk: &Walk, wanted: Option<&str>) -> Problem {
    let so = match walk.end.as_ref().map(|(sign, _)| sign) {
        Some(Sign::Fail) => say!("check-spf-so-rejected"),
        Some(Sign::SoftFail) => say!("check-spf-so-suspicious"),
        Some(Sign::Neutral | Sign::Pass) | None => say!("check-spf-so-nothing"),
    };
    let voids = walk.voids.iter().map(|name| say!("check-spf-gone", name = name));
    let inner = walk.inner.iter().map(|term| say!("check-spf-inner", term = term));
    let gone: Vec<Said> = voids.chain(inner).collect();
    let what = if gone.is_empty() {
        say!("check-spf-nobody", domain = domain, so = so)
    } else {
        say!(
            "check-spf-nobody-gone",
            domain = domain,
            why = Arg::commas(gone),
            so = so
        )
    };
    Problem::warning(what)
        .code("spf-none-may-send")
        .help(match wanted {
            Some(record) => say!("check-spf-nobody-record-hint", domain = domain, record = record),
            None => say!("check-spf-nobody-hint", domain = domain),
        })
        .help(say!("check-spf-nobody-else-hint"))
}

/// A record that lets everybody by.
pub(super) fn open(domain: &str, walk: &Walk) -> Option<Problem> {
    let problem = |what: Said| Problem::warning(what).code("spf-open");
    let end = match &walk.end {
        Some((Sign::Pass, _)) => Some(say!("check-spf-open-all", domain = domain)),
        Some((Sign::Neutral, _)) => Some(say!("check-spf-open-neutral", domain = domain)),
        Some((Sign::Fail | Sign::SoftFail, _)) => None,
        None => (!walk.open_end).then(|| say!("check-spf-open-end", domain = domain)),
    };
    if let Some(what) = end {
        let of = walk.end.as_ref().map_or(domain, |(_, of)| of);
        return Some(problem(what).help(say!("check-spf-open-end-hint", domain = of)));
    }
    if let Some((term, of)) = &walk.open {
        let what = if of == domain {
            say!("check-spf-open-term", domain = domain, term = term)
        } else {
            say!("check-spf-open-included", domain = domain, term = term, of = of)
        };
        return Some(problem(what).help(say!("check-spf-open-term-hint", domain = of)));
    }
    if !Range::open(walk.allowed.iter().map(|(range, ..)| *range)) {
        return None;
    }
    let mut widest: Vec<_> = walk.allowed.iter().collect();
    widest.sort_by_key(|(range, ..)| std::cmp::Reverse(range.size()));
    let terms: Vec<&str> = widest.iter().take(4).map(|(_, term, _)| term.as_str()).collect();
    let of = widest.first().map_or(domain, |(.., of)| of);
    Some(
        problem(say!(
            "check-spf-open-wide",
            domain = domain,
            terms = terms.join(" ")
        ))
        .help(say!("check-spf-open-wide-hint", domain = of)),
    )
}
