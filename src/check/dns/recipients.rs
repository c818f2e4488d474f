//! The domains of the recipients: those where no mail can arrive.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::task::JoinSet;

use crate::campaign::{Place, Problem};
use crate::check::domains::AtDomain;
use crate::check::finding::{Finding, SHOWN};
use crate::check::mistyped::first_places;
use crate::check::receivers::Provider;
use crate::words::{Said, say};

use super::asking::Asking;
use super::hosts::Hosts;
use super::questions::Questions;
use super::reach::{self, Reach, Servers, servers};

/// Domains that are asked for at the same time.
const AT_ONCE: usize = 32;

/// A domain where nothing arrives.
const MISSING: &str = "recipient-domain-missing";

/// What was learnt of the recipients' domains.
#[derive(Debug, Default)]
pub(super) struct Addressed {
    /// Where nothing arrives, in the order of their first rows.
    lost: Vec<(AtDomain, Reach)>,
    /// Of whom nobody said anything, and why.
    silent: Vec<(AtDomain, Said)>,
    /// How many there was no time for.
    pub(super) late: usize,
}

/// Asks all of them for their servers.
pub(super) async fn asked(questions: &Questions, domains: &[AtDomain]) -> Vec<Servers> {
    let mut waiting = domains.iter().enumerate();
    let mut asking = JoinSet::new();
    let mut came: HashMap<usize, Servers> = HashMap::new();
    loop {
        while asking.len() < AT_ONCE
            && let Some((i, at)) = waiting.next()
        {
            let (questions, domain) = (questions.clone(), at.domain.clone());
            asking.spawn(async move { (i, servers(&questions, &domain).await) });
        }
        match asking.join_next().await {
            None => break,
            Some(Ok((i, servers))) => drop(came.insert(i, servers)),
            // Nobody stops them, so that one has panicked: it is counted below.
            Some(Err(_)) => {}
        }
    }
    let late = || Servers::Known(Reach::Late);
    (0..domains.len())
        .map(|i| came.remove(&i).unwrap_or_else(late))
        .collect()
}

/// Asks whether the servers exist: as many as may still be queried, those of the most frequent
/// domains first. A large provider's servers exist.
pub(super) async fn reached(hosts: &Hosts, domains: &[AtDomain], servers: Vec<Servers>) -> Addressed {
    let mut came: Vec<Option<Reach>> = Vec::with_capacity(servers.len());
    let mut asking = JoinSet::new();
    for (i, (at, servers)) in domains.iter().zip(servers).enumerate() {
        came.push(match servers {
            Servers::Known(reach) => Some(reach),
            Servers::Named(named) if Provider::of(&at.domain).is_some() || !hosts.may_tell(&named) => {
                Some(Reach::Served)
            }
            Servers::Named(named) => {
                let (hosts, domain) = (hosts.clone(), at.domain.clone());
                asking.spawn(async move {
                    let reach = reach::reached(&hosts, &domain, Servers::Named(named)).await;
                    (i, reach)
                });
                None
            }
        });
    }
    // One that has panicked has told nothing: it counts as late.
    while let Some(told) = asking.join_next().await {
        if let Ok((i, reach)) = told
            && let Some(place) = came.get_mut(i)
        {
            *place = Some(reach);
        }
    }
    sorted(domains, came)
}

fn sorted(domains: &[AtDomain], came: Vec<Option<Reach>>) -> Addressed {
    let mut addressed = Addressed::default();
    for (at, reach) in domains.iter().zip(came) {
        match reach {
            Some(Reach::Served) => {}
            Some(Reach::Silent(why)) => addressed.silent.push((at.clone(), why)),
            Some(Reach::Late) | None => addressed.late += 1,
            Some(reach @ (Reach::Refuses | Reach::Nowhere | Reach::Unserved(..) | Reach::Missing)) => {
                addressed.lost.push((at.clone(), reach));
            }
        }
    }
    addressed
        .lost
        .sort_by(|(a, _), (b, _)| a.first_rows.cmp(&b.first_rows));
    addressed
}

impl Addressed {
    /// One finding for each domain, and one for those beyond.
    pub(super) fn findings(&self, asking: &Asking<'_>) -> Vec<Finding> {
        let shown = self.lost.get(..SHOWN).unwrap_or(&self.lost);
        let first = |at: &AtDomain| at.first_rows.first().copied().unwrap_or_default();
        let wanted: Vec<_> = shown
            .iter()
            .map(|(at, _)| (first(at), at.domain.as_str()))
            .collect();
        // The file was read a moment ago; if it is gone now, the row's number says enough.
        let mut places = first_places(&asking.campaign.recipients, asking.header, &wanted)
            .unwrap_or_default()
            .into_iter();
        let mut findings: Vec<Finding> = shown
            .iter()
            .map(|(at, reach)| {
                let domain = &at.domain;
                let what = match reach {
                    Reach::Missing => say!("check-recipient-domain-missing", domain = domain),
                    Reach::Refuses => say!("check-recipient-domain-refuses", domain = domain),
                    Reach::Unserved(why, _) => say!(
                        "check-recipient-domain-unserved",
                        domain = domain,
                        why = why.clone()
                    ),
                    Reach::Served | Reach::Nowhere | Reach::Silent(_) | Reach::Late => {
                        say!("check-recipient-domain-nowhere", domain = domain)
                    }
                };
                let problem = Problem::warning(what)
                    .code(MISSING)
                    .help(say!("check-recipient-domain-hint"));
                Finding {
                    problem: match places.next().flatten() {
                        Some(place) => problem.at(place),
                        None => problem,
                    },
                    rows: at.rows,
                    first_rows: at.first_rows.clone(),
                }
            })
            .collect();
        let beyond = self.lost.get(SHOWN..).unwrap_or_default();
        if let Some((first, _)) = beyond.first() {
            findings.push(Finding {
                problem: Problem::warning(say!("check-recipient-domains-more", domains = beyond.len()))
                    .code(MISSING)
                    .at(Place::whole(Arc::clone(&asking.header.file)))
                    .help(say!("check-recipient-domains-more-hint", domain = &first.domain)),
                rows: beyond.iter().map(|(at, _)| at.rows).sum(),
                first_rows: first.first_rows.clone(),
            });
        }
        findings
    }

    /// Those of whom nothing is known.
    pub(super) fn unanswered(&self, asking: &Asking<'_>) -> Option<Finding> {
        let (first, _) = self.silent.first()?;
        let problem = Problem::warning(say!(
            "check-recipient-unanswered",
            domains = self.silent.len(),
            domain = &first.domain
        ))
        .code("recipient-unanswered")
        .at(Place::whole(Arc::clone(&asking.header.file)));
        let problem = self.silent.iter().take(5).fold(problem, |problem, (at, why)| {
            problem.help(say!(
                "check-dns-unanswered",
                question = &at.domain,
                why = why.clone()
            ))
        });
        Some(Finding {
            problem: problem.help(say!("check-recipient-unanswered-hint")),
            rows: self.silent.iter().map(|(at, _)| at.rows).sum(),
            first_rows: first.first_rows.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn what_there_is_no_time_for_is_counted_and_not_judged() {
        let nobody = Some(([127, 0, 0, 1], 9).into());
        let questions = Questions::new(nobody, Duration::ZERO).unwrap();
        let domains = ["a.example", "b.example"].map(|domain| AtDomain {
            domain: domain.to_owned(),
            rows: 1,
            first_rows: vec![2],
        });
        let servers = asked(&questions, &domains).await;
        let addressed = reached(&Hosts::new(&questions), &domains, servers).await;
        assert_eq!(addressed.late, 2);
        assert!(
            addressed.lost.is_empty() && addressed.silent.is_empty(),
            "{addressed:?}"
        );
    }
}
