//! The records with the public keys that receivers verify signatures with
//! (RFC 6376 §3.6.1).

mod elsewhere;
mod mends;
mod part;
mod record;

use crate::campaign::{DkimPlan, Problem};
use crate::message::PublicKey;
use crate::words::say;

use super::answers::Told;
use super::hosts::Hosts;
use super::questions::Questions;

use mends::{publish, strings};
use record::{is_near, is_private, value};

/// Looks at the record of each signature.
pub(super) async fn told(
    questions: &Questions,
    hosts: &Hosts,
    plans: &[DkimPlan],
    keys: &[Option<PublicKey>],
) -> Told {
    let mut told = Told::default();
    for (i, plan) in plans.iter().enumerate() {
        let name = plan.record();
        let answer = questions.txt(&name).await;
        let Some(texts) = told.records(&format!("{name} TXT"), answer) else {
            continue;
        };
        let key = keys.get(i).and_then(Option::as_ref);
        // Records of a wildcard may be here as well.
        let records: Vec<_> = texts.iter().filter(|text| is_near(text)).cloned().collect();
        let problem = if records.is_empty() {
            Some(elsewhere::missing(questions, hosts, plan, key).await)
        } else {
            published(plan, &name, &texts, &records, key)
        };
        if let Some(problem) = problem {
            told.say(problem.at(plan.place.clone()));
        }
    }
    told
}

/// What is wrong where something is published.
fn published(
    plan: &DkimPlan,
    name: &str,
    texts: &[String],
    records: &[String],
    key: Option<&PublicKey>,
) -> Option<Problem> {
    if records.iter().any(|record| is_private(record)) {
        return Some(
            Problem::warning(say!("check-dkim-private", name = name, domain = &plan.domain))
                .code("dkim-record-invalid")
                .help(say!("check-dkim-private-hint"))
                .help(say!("check-dkim-new-hint", domain = &plan.domain)),
        );
    }
    if let Some(problem) = part::cut(name, texts, records, key) {
        let problem = publish(problem, plan, key);
        return Some(match key {
            Some(key) => problem.help(say!("check-dkim-zone-hint", name = name, strings = strings(key))),
            None => problem,
        });
    }
    let [record] = records else {
        let problem = Problem::warning(say!("check-dkim-several", records = records.len(), name = name))
            .code("dkim-record-several")
            .help(say!("check-dkim-several-hint"));
        return Some(publish(problem, plan, key));
    };
    let wrong = record::judged(name, record, key);
    if let Some(problem) = wrong {
        let problem = publish(problem, plan, key);
        return Some(problem.help(if is_of_another(record, key) {
            say!("check-dkim-replace-other-hint", selector = &plan.selector)
        } else {
            say!("check-dkim-replace-hint")
        }));
    }
    value(record, "t")
        .is_some_and(|flags| flags.split(':').any(|flag| flag == "y"))
        .then(|| {
            Problem::warning(say!("check-dkim-testing", name = name))
                .code("dkim-record-testing")
                .help(say!("check-dkim-testing-hint"))
        })
}

/// Whether the key in a record may be one that another signer uses.
fn is_of_another(record: &str, key: Option<&PublicKey>) -> bool {
    let letters = value(record, "p").unwrap_or_default();
    let ours = key.is_some_and(|key| {
        let inside = |form: &String| letters.contains(form.as_str());
        key.published().iter().any(inside) || record::mistaken(&letters, key).is_some()
    });
    !letters.is_empty() && !ours
}
