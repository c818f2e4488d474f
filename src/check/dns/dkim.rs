//! The records with the public keys that receivers verify signatures with
//! (RFC 6376 §3.6.1).

use data_encoding::BASE64;
use mail_auth::common::parse::TxtRecordParser;
use mail_auth::common::verify::DomainKey;

use crate::campaign::{DkimPlan, Problem};
use crate::message::PublicKey;

use super::answers::Told;
use super::questions::Questions;

/// Looks at the record of each signature.
pub(super) async fn told(questions: &Questions, plans: &[DkimPlan], keys: &[Option<PublicKey>]) -> Told {
    let mut told = Told::default();
    for (i, plan) in plans.iter().enumerate() {
        let name = plan.record();
        let answer = questions.txt(&name).await;
        let Some(mut records) = told.records(&format!("{name} TXT"), answer) else {
            continue;
        };
        // A wildcard's records may stand here as well.
        records.retain(|record| value(record, "p").is_some());
        let key = keys.get(i).and_then(Option::as_ref);
        if let Some(problem) = judged(&name, &records, key) {
            let problem = problem.at(plan.place.clone());
            told.say(match key {
                Some(key) => problem.help(format!("publish at {name} the TXT record {key}")),
                None => problem.help(format!(
                    "mailshot dkim record KEY --domain {} --selector {} prints the record to publish",
                    plan.domain, plan.selector
                )),
            });
        } else if let [record] = records.as_slice()
            && value(record, "t").is_some_and(|flags| flags.split(':').any(|flag| flag == "y"))
        {
            told.say(
                Problem::warning(format!(
                    "the DKIM record {name} is in test mode (t=y): receivers may treat the messages as unsigned"
                ))
                .code("dkim-record-testing")
                .at(plan.place.clone())
                .help("when it is right, take `t=y` out of the record"),
            );
        }
    }
    told
}

/// What is wrong with the records at a name, for this key.
fn judged(name: &str, records: &[String], key: Option<&PublicKey>) -> Option<Problem> {
    let [record] = records else {
        return Some(if records.is_empty() {
            Problem::warning(format!(
                "there is no DKIM record {name}: the signatures cannot be verified"
            ))
            .code("dkim-record-missing")
        } else {
            Problem::warning(format!(
                "there are {} DKIM records {name}, of which receivers take any",
                records.len()
            ))
            .code("dkim-record-several")
        });
    };
    let published = value(record, "p").unwrap_or_default();
    if published.is_empty() {
        return Some(
            Problem::warning(format!(
                "the DKIM key of {name} is revoked (p= is empty): the signatures do not count"
            ))
            .code("dkim-record-revoked"),
        );
    }
    let listed = |tag: &str, one_of: &[&str]| {
        value(record, tag).is_none_or(|list| list.split(':').any(|item| one_of.contains(&item)))
    };
    let readable = DomainKey::parse(record.as_bytes()).is_ok()
        && listed("h", &["sha256"])
        && listed("s", &["*", "email"]);
    let octets = BASE64.decode(published.as_bytes()).ok().filter(|_| readable);
    let Some(octets) = octets else {
        return Some(
            Problem::warning(format!(
                "the DKIM record {name} is none that messages can be verified with: {}",
                short(record)
            ))
            .code("dkim-record-invalid"),
        );
    };
    let key = key?;
    let kind = value(record, "k").unwrap_or_else(|| "rsa".to_owned());
    if !kind.eq_ignore_ascii_case(key.kind().name()) {
        return Some(
            Problem::warning(format!(
                "the DKIM record {name} is for a key of the kind {kind}, and the campaign's is {}: the signatures do not count",
                key.kind().name()
            ))
            .code("dkim-record-differs"),
        );
    }
    (!key.is(&octets)).then(|| {
        Problem::warning(format!("the DKIM record {name} holds another key than the campaign signs with: the signatures do not count"))
            .code("dkim-record-differs")
    })
}

/// The value of a tag, without spaces.
fn value(record: &str, tag: &str) -> Option<String> {
    record.split(';').find_map(|part| {
        let (name, value) = part.split_once('=')?;
        (name.trim() == tag).then(|| value.chars().filter(|c| !c.is_whitespace()).collect())
    })
}

/// So much of a record as one can read.
pub(super) fn short(record: &str) -> String {
    match record.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", record.get(..end).unwrap_or_default()),
        None => record.to_owned(),
    }
}
