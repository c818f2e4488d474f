//! The record that says what becomes of mail that neither SPF nor DKIM speaks
//! for (DMARC, RFC 7489), and whether one of them does here.
//!
//! Which domains belong to one organisation is found as DMARC's successor does
//! it, by the records of the parent domains: that needs no list of registries.

use mail_auth::common::parse::TxtRecordParser;
use mail_auth::dmarc::{Alignment, Dmarc, Policy, Psd};

use crate::campaign::Problem;
use crate::check::relay::BULK;

use super::answers::{Named, Told};
use super::asking::Asking;
use super::dkim::short;
use super::questions::Questions;

/// Names that are asked at most on the way up.
const STEPS: usize = 8;

/// What stands at the `_dmarc` of one domain.
#[derive(Debug)]
struct Step {
    domain: String,
    /// The record, or what is wrong with it.
    record: Result<Dmarc, String>,
}

/// Looks at the policy for the sender. `envelope`: the domain that SPF speaks
/// for, where it can.
pub(super) async fn told(
    questions: &Questions,
    from: &Named,
    envelope: Option<&str>,
    asking: &Asking<'_>,
) -> Told {
    let mut told = Told::default();
    let domain = &from.domain;
    let Some(steps) = climb(questions, domain, &mut told).await else {
        return told;
    };
    let organisation = organisation(domain, &steps);
    let at = |domain: &str| steps.iter().find(|step| step.domain == domain);
    let Some(step) = at(domain).or_else(|| at(&organisation)) else {
        told.say(missing(domain, asking).at(from.place.clone()));
        return told;
    };
    let dmarc = match &step.record {
        Ok(dmarc) => dmarc,
        Err(why) => {
            told.say(
                Problem::warning(format!(
                    "the DMARC record _dmarc.{} does not count: {why}",
                    step.domain
                ))
                .code("dmarc-invalid")
                .at(from.place.clone())
                .help(format!(
                    "publish at _dmarc.{} exactly one TXT record, for example {EXAMPLE}",
                    step.domain
                )),
            );
            return told;
        }
    };
    let policy = if step.domain == *domain { dmarc.p } else { dmarc.sp };
    let becomes = match policy {
        Policy::Quarantine => "to put into the spam folder",
        Policy::Reject => "to refuse",
        Policy::None | Policy::Unspecified => return told,
    };
    let signed = asking
        .campaign
        .message
        .dkim
        .iter()
        .map(|plan| plan.domain.as_str());
    let candidates = signed
        .map(|signed| (signed, dmarc.adkim))
        .chain(envelope.map(|envelope| (envelope, dmarc.aspf)));
    for (candidate, alignment) in candidates {
        if aligned(questions, domain, &organisation, candidate, alignment, &mut told).await {
            return told;
        }
    }
    let strict = if dmarc.adkim == Alignment::Strict || dmarc.aspf == Alignment::Strict {
        " (strict: of exactly this domain)"
    } else {
        ""
    };
    told.say(
        Problem::warning(format!(
            "the DMARC record _dmarc.{} asks receivers {becomes} what neither a signature (DKIM) nor the return path (SPF) of {domain} speaks for{strict}, and here neither does",
            step.domain
        ))
        .code("dmarc-unaligned")
        .at(from.place.clone())
        .help(format!("sign for {domain} (dkim below [message]), unless the relay does"))
        .help(format!("or take a return_path at {domain}, whose SPF record allows the relay")),
    );
    told
}

/// A record that changes nothing yet.
const EXAMPLE: &str = "v=DMARC1; p=none";

fn missing(domain: &str, asking: &Asking<'_>) -> Problem {
    let many: Vec<_> = asking
        .at
        .iter()
        .filter(|(_, n)| *n >= BULK)
        .map(|(provider, n)| format!("{n} at {}", provider.title()))
        .collect();
    let so = if many.is_empty() {
        "large providers require one of who sends many messages".to_owned()
    } else {
        format!("it is required for so many recipients ({})", many.join(", "))
    };
    Problem::warning(format!("there is no DMARC record for {domain}: {so}"))
        .code("dmarc-missing")
        .help(format!("publish at _dmarc.{domain} the TXT record {EXAMPLE}"))
}

/// The records at a domain and above it; `None` where one has no answer.
async fn climb(questions: &Questions, domain: &str, told: &mut Told) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    for name in names(domain) {
        let at = format!("_dmarc.{name}");
        let answer = questions.txt(&at).await;
        let mut records = told.records(&format!("{at} TXT"), answer)?;
        records.retain(|record| {
            let version: String = record.chars().filter(|c| !c.is_whitespace()).take(8).collect();
            version.eq_ignore_ascii_case("v=DMARC1")
        });
        let record = match records.as_slice() {
            [] => continue,
            [record] => match Dmarc::parse(record.as_bytes()) {
                Ok(dmarc) if dmarc.p == Policy::Unspecified && dmarc.rua.is_empty() => {
                    Err(format!("it has no policy (p=): {}", short(record)))
                }
                Ok(dmarc) => Ok(dmarc),
                Err(_) => Err(format!("receivers cannot read it: {}", short(record))),
            },
            more => Err(format!("there are {} of them", more.len())),
        };
        let ends = record.as_ref().is_ok_and(|dmarc| dmarc.psd != Psd::Default);
        steps.push(Step {
            domain: name.to_owned(),
            record,
        });
        if ends {
            break;
        }
    }
    Some(steps)
}

/// A domain and those above it; of a long one the last seven labels and up.
fn names(domain: &str) -> Vec<&str> {
    let mut all: Vec<&str> = vec![domain];
    while let Some((_, above)) = all.last().and_then(|name| name.split_once('.')) {
        all.push(above);
    }
    let passed_over = all.len().saturating_sub(STEPS);
    all.drain(1..=passed_over);
    all
}

/// The domain that an organisation has registered, as the records say.
fn organisation(domain: &str, steps: &[Step]) -> String {
    let psd = |step: &Step, psd: &Psd| step.record.as_ref().is_ok_and(|dmarc| dmarc.psd == *psd);
    if let Some(step) = steps.iter().find(|step| psd(step, &Psd::No)) {
        return step.domain.clone();
    }
    if let Some(registry) = steps
        .iter()
        .find(|step| psd(step, &Psd::Yes) && step.domain != domain)
    {
        let own = domain.len() - registry.domain.len() - 1;
        let front = domain.get(..own).unwrap_or_default();
        let label = front.rsplit('.').next().unwrap_or_default();
        return format!("{label}.{}", registry.domain);
    }
    steps
        .last()
        .map_or(domain, |step| step.domain.as_str())
        .to_owned()
}

/// Whether what speaks for `candidate` speaks for the sender; also where that
/// cannot be found out.
async fn aligned(
    questions: &Questions,
    domain: &str,
    of: &str,
    candidate: &str,
    alignment: Alignment,
    told: &mut Told,
) -> bool {
    let candidate = candidate.to_ascii_lowercase();
    if candidate == domain {
        return true;
    }
    if alignment == Alignment::Strict {
        return false;
    }
    match climb(questions, &candidate, told).await {
        Some(steps) => organisation(&candidate, &steps) == of,
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_up_is_short() {
        assert_eq!(names("uni.example"), ["uni.example", "example"]);
        assert_eq!(names("example"), ["example"]);
        assert_eq!(
            names("a.b.c.d.e.f.g.h.i.example"),
            [
                "a.b.c.d.e.f.g.h.i.example",
                "d.e.f.g.h.i.example",
                "e.f.g.h.i.example",
                "f.g.h.i.example",
                "g.h.i.example",
                "h.i.example",
                "i.example",
                "example"
            ]
        );
        assert_eq!(names("a.b.c.d.e.f.g.example").len(), 8);
    }

    #[test]
    fn an_organisation_is_what_the_records_say() {
        let step = |domain: &str, record: &str| Step {
            domain: domain.to_owned(),
            record: Dmarc::parse(record.as_bytes()).map_err(|why| why.to_string()),
        };
        let of = |steps: &[Step]| organisation("a.cs.uni.example", steps);
        assert_eq!(of(&[]), "a.cs.uni.example");
        let uni = || step("uni.example", "v=DMARC1; p=none");
        assert_eq!(
            of(&[step("cs.uni.example", "v=DMARC1; p=none"), uni()]),
            "uni.example"
        );
        assert_eq!(
            of(&[step("cs.uni.example", "v=DMARC1; p=none; psd=n")]),
            "cs.uni.example"
        );
        assert_eq!(of(&[step("example", "v=DMARC1; p=none; psd=y")]), "uni.example");
        assert_eq!(
            of(&[step("uni.example", "v=DMARC1; p=none; psd=y")]),
            "cs.uni.example"
        );
    }
}
