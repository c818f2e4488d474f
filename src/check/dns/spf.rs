//! The record that says which relays may send for a domain (RFC 7208): that of the return path,
//! which receivers query.

mod judged;
mod known;
mod mends;
mod names;
mod proposed;
mod ranges;
mod relays;
mod terms;
mod walk;

use crate::campaign::{Problem, Relay};
use crate::words::say;

use super::answers::short;
use super::answers::{Named, Told};
use super::dmarc::of_provider;
use super::questions::{Answer, Questions};

use known::{Known, PROPOSED, Published, READ};
use terms::{Record, is_record};
use walk::{LOOKUPS, Walk};

/// Looks at the record; and whether there is one that can speak for messages.
pub(super) async fn told(questions: &Questions, envelope: Option<&Named>, relays: &[Relay]) -> (Told, bool) {
    let mut told = Told::default();
    let Some(envelope) = envelope else {
        return (told, true);
    };
    let domain = &envelope.domain;
    let answer = questions.txt(domain).await;
    let Some(texts) = told.records(&format!("{domain} TXT"), answer) else {
        return (told, true);
    };
    let mut known = Known::default();
    known.note(domain, texts.clone());
    known
        .ask(questions, std::slice::from_ref(domain), READ, &mut told)
        .await;
    let (problems, speaks) = match known.records.get(domain) {
        Some(Published::One { text, read }) => {
            let (text, read) = (text.clone(), read.as_ref().ok().cloned());
            let record = Domain {
                domain,
                text: &text,
                read: read.as_ref(),
                relays,
            };
            record.judged(&mut known, questions, &mut told).await
        }
        Some(Published::Others(1..)) => {
            let records: Vec<String> = texts.into_iter().filter(|text| is_record(text)).collect();
            (
                vec![several(&mut known, questions, domain, &records, &mut told).await],
                false,
            )
        }
        Some(Published::Others(0)) | None => {
            let elsewhere = misplaced(questions, domain).await;
            (vec![missing(domain, &texts, elsewhere, relays)], false)
        }
    };
    if of_provider(domain) {
        // Nobody else can change it.
        return (told, true);
    }
    for problem in problems {
        told.say(problem.at(envelope.place.clone()));
    }
    (told, speaks)
}

/// The one record of a domain.
struct Domain<'d> {
    domain: &'d str,
    text: &'d str,
    read: Option<&'d Record>,
    relays: &'d [Relay],
}

impl Domain<'_> {
    async fn judged(
        &self,
        known: &mut Known,
        questions: &Questions,
        told: &mut Told,
    ) -> (Vec<Problem>, bool) {
        let (domain, relays) = (self.domain, self.relays);
        let walk = Walk::of(known, domain);
        let mut problems = judged::faults(domain, self.text, &walk);
        problems.extend(
            self.read
                .map(|read| judged::manners(domain, read))
                .unwrap_or_default(),
        );
        if self.read.is_none() || walk.broken.is_some() {
            // What is named and broken is met in its turn.
            let before = walk.passes || relays::in_time(domain, &walk, relays);
            return (problems, self.read.is_some() && before);
        }
        let (left_out, proposed) = self.left_out(known, &walk, questions, told).await;
        if !walk.passes && !walk.dead() {
            if !relays::all_elsewhere(domain, relays) {
                let record = proposed.as_ref().and_then(|proposed| proposed.as_deref().ok());
                problems.push(judged::nobody(domain, &walk, record));
            }
            return (problems, false);
        }
        problems.extend(judged::open(domain, &walk));
        if let Some(proposed) = &proposed {
            problems.extend(
                left_out
                    .iter()
                    .filter_map(|relay| relays::problem(domain, relay, proposed)),
            );
        }
        (problems, speaks(domain, &walk, relays))
    }

    /// The relays that are left out of the record, and the record with them, or the look-ups it would need where
    /// they are too many.
    async fn left_out(
        &self,
        known: &mut Known,
        walk: &Walk,
        questions: &Questions,
        told: &mut Told,
    ) -> (Vec<&Relay>, Option<Result<String, usize>>) {
        let domain = self.domain;
        let mut left_out = if walk.partly {
            Vec::new()
        } else {
            relays::left_out(domain, walk, self.relays)
        };
        let roots = relays::includes(domain, &left_out);
        if roots.is_empty() {
            return (left_out, None);
        }
        let roots: Vec<String> = roots.into_iter().map(str::to_owned).collect();
        known.ask(questions, &roots, PROPOSED, told).await;
        left_out.retain(|relay| !relays::one_by_one(domain, known, walk, relay));
        let includes = relays::includes(domain, &left_out);
        if includes.is_empty() {
            return (left_out, None);
        }
        let record = proposed::with_includes(self.text, &includes);
        let proposed = proposed::too_many(known, domain, &record).map_or(Ok(record), Err);
        (left_out, Some(proposed))
    }
}

/// Whether the record can speak for what the relays send: before receivers give up on it.
fn speaks(domain: &str, walk: &Walk, relays: &[Relay]) -> bool {
    if relays::in_time(domain, walk, relays) {
        return true;
    }
    // Of many look-ups, those for the relay may be any; of the others, some may be done before.
    walk.lookups <= LOOKUPS && walk.passes
}

/// A domain without a record; one may be meant as such.
fn missing(domain: &str, texts: &[String], elsewhere: Option<(String, String)>, relays: &[Relay]) -> Problem {
    if let Some((text, near)) = texts.iter().find_map(|text| Some((text, mends::near(text)?))) {
        let text = short(&seen(text));
        let problem =
            Problem::warning(say!("check-spf-near", domain = domain, text = text)).code("spf-missing");
        return problem.help(match near {
            Some(record) => say!("check-spf-near-hint", domain = domain, record = record),
            None => say!("check-spf-begin-hint", domain = domain),
        });
    }
    if let Some((name, record)) = elsewhere {
        return Problem::warning(say!("check-spf-elsewhere", domain = domain, name = name))
            .code("spf-missing")
            .help(say!("check-spf-publish-hint", domain = domain, record = record))
            .help(say!("check-spf-name-hint", domain = domain));
    }
    let (what, hint) = if relays::all_elsewhere(domain, relays) {
        (
            say!("check-spf-missing-elsewhere", domain = domain),
            say!("check-spf-provider-optional-hint", domain = domain),
        )
    } else {
        (
            say!("check-spf-missing", domain = domain),
            say!("check-spf-provider-hint", domain = domain),
        )
    };
    let publish = match relays::first_record(domain, relays) {
        Some(record) => say!("check-spf-publish-hint", domain = domain, record = record),
        None => say!("check-spf-publish-unknown-hint", domain = domain),
    };
    Problem::warning(what)
        .code("spf-missing")
        .help(publish)
        .help(hint)
}

/// A record that is meant for a domain, but is at another name, where a form that appends the
/// domain to each name has put it; and the record.
async fn misplaced(questions: &Questions, domain: &str) -> Option<(String, String)> {
    let names = [
        format!("{domain}.{domain}"),
        format!("@.{domain}"),
        format!("_spf.{domain}"),
        format!("spf.{domain}"),
    ];
    let ask = |name: usize| {
        let name = names.get(name).cloned().unwrap_or_default();
        async move { (questions.txt(&name).await, name) }
    };
    let (a, b, c, d) = tokio::join!(ask(0), ask(1), ask(2), ask(3));
    [a, b, c, d].into_iter().find_map(|(answer, name)| {
        let Answer::Found(texts) = answer else { return None };
        let read = |text: &String| is_record(text) && Record::read(text).is_ok();
        Some((name, texts.into_iter().find(read)?))
    })
}

/// A text whose blanks can be distinguished.
fn seen(text: &str) -> String {
    if text.starts_with(char::is_whitespace) {
        format!("`{text}`")
    } else {
        text.to_owned()
    }
}

async fn several(
    known: &mut Known,
    questions: &Questions,
    domain: &str,
    records: &[String],
    told: &mut Told,
) -> Problem {
    let problem = Problem::warning(say!(
        "check-spf-several",
        domain = domain,
        records = records.len()
    ))
    .code("spf-invalid");
    if let Some(record) = proposed::merged(records) {
        known.note(domain, vec![record.clone()]);
        known.ask(questions, &[domain.to_owned()], PROPOSED, told).await;
        if proposed::too_many(known, domain, &record).is_none() {
            return problem.help(say!("check-spf-merged-hint", domain = domain, record = record));
        }
    }
    problem.help(say!("check-spf-merge-hint", domain = domain))
}
