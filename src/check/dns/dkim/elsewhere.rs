//! A record that is not where receivers look: its name points to one that no longer exists, or it
//! is under another name.

use crate::campaign::{DkimPlan, Problem};
use crate::message::PublicKey;
use crate::words::{Said, say};

use super::super::hosts::Hosts;
use super::super::questions::{Answer, Questions};
use super::mends::publish;
use super::record::{is_near, value};

/// A name where a record may stand by mistake, and how to correct that.
struct Mistake {
    name: String,
    mend: Said,
}

/// Reports that the record is missing, and what is in its place or elsewhere.
pub(super) async fn missing(
    questions: &Questions,
    hosts: &Hosts,
    plan: &DkimPlan,
    key: Option<&PublicKey>,
) -> Problem {
    let name = plan.record();
    if let Answer::Found(targets) = questions.alias(&name).await
        && let Some(target) = targets.first()
    {
        return gone(plan, &name, target);
    }
    for mistake in mistakes(plan) {
        if !hosts.claim(&mistake.name) {
            break;
        }
        if let Answer::Found(texts) = questions.txt(&mistake.name).await
            && texts.iter().any(|text| is_ours(text, key))
        {
            let problem = Problem::warning(say!("check-dkim-misplaced", other = mistake.name, name = name))
                .code("dkim-record-misplaced")
                .help(mistake.mend);
            return publish(problem, plan, key);
        }
    }
    let problem = Problem::warning(say!("check-dkim-missing", name = name)).code("dkim-record-missing");
    publish(problem, plan, key)
}

/// The name is another one's, where there is no record.
fn gone(plan: &DkimPlan, name: &str, target: &str) -> Problem {
    let problem =
        Problem::warning(say!("check-dkim-alias", name = name, target = target)).code("dkim-record-missing");
    let problem = problem.help(match target.strip_suffix(&format!(".{}", plan.domain)) {
        // Without a dot at its end a name is one below the zone.
        Some(bare) if bare.contains('.') && !bare.ends_with("_domainkey") => {
            say!("check-dkim-alias-dot-hint", target = bare)
        }
        _ => say!("check-dkim-alias-hint"),
    });
    problem.help(say!(
        "check-dkim-own-hint",
        domain = &plan.domain,
        selector = &plan.selector
    ))
}

/// The names that forms and people make of it, the most frequent first.
fn mistakes(plan: &DkimPlan) -> Vec<Mistake> {
    let (selector, domain) = (&plan.selector, &plan.domain);
    let name = plan.record();
    let field =
        |zone: &str, short: &str| say!("check-dkim-field-hint", zone = zone, short = short, name = &name);
    let mut all = vec![
        Mistake {
            name: format!("{name}.{domain}"),
            mend: field(domain, &format!("{selector}._domainkey")),
        },
        Mistake {
            name: format!("{selector}.{domain}"),
            mend: say!("check-dkim-between-hint", selector = selector, domain = domain),
        },
    ];
    if let Some((below, zone)) = domain.split_once('.').filter(|(_, zone)| zone.contains('.')) {
        all.push(Mistake {
            name: format!("{name}.{zone}"),
            mend: field(zone, &format!("{selector}._domainkey.{below}")),
        });
    }
    all.push(Mistake {
        name: domain.clone(),
        mend: say!("check-dkim-front-hint", selector = selector, domain = domain),
    });
    all
}

/// Whether a text is the record of the key, or of some key where it is not known.
fn is_ours(text: &str, key: Option<&PublicKey>) -> bool {
    let letters = value(text, "p").unwrap_or_default();
    match key {
        Some(key) => key.published().contains(&letters),
        None => is_near(text) && !letters.is_empty(),
    }
}
