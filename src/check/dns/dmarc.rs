//! The record that says what happens to mail that neither SPF nor DKIM authenticates (DMARC, RFC
//! 9989), and whether one of them does here.

mod aligned;
mod near;
mod record;
mod walk;
mod words;

use crate::campaign::{Preset, Problem};
use crate::check::receivers::Provider;
use crate::check::relay::organisation;
use crate::words::say;

use super::answers::short;
use super::answers::{Named, Told};
use super::asking::Asking;
use super::questions::{Answer, Questions};

use aligned::{Unspoken, Voices};
use near::Near;
use record::{Policy, Record};
use walk::{Found, Step, Walk};

/// Looks at the policy for the sender. `envelope`: the domain of the return path; `speaks`: whether
/// its SPF record can speak for messages.
pub(super) async fn told(
    questions: &Questions,
    from: &Named,
    envelope: Option<&str>,
    speaks: bool,
    asking: &Asking<'_>,
) -> Told {
    let mut told = Told::default();
    let Some(walk) = Walk::from(&from.domain, questions, &mut told).await else {
        return told;
    };
    let judge = Judge {
        walk: &walk,
        voices: Voices {
            questions,
            envelope: envelope.filter(|_| speaks),
            asking,
        },
        broken_at_home: !speaks && envelope.is_some_and(|envelope| envelope == from.domain),
        of_provider: of_provider(&from.domain),
    };
    for problem in judge.problems(&mut told).await {
        told.say(problem.at(from.place.clone()));
    }
    told
}

/// Whether a domain is one of a mail provider: its records are nobody else's to change.
pub(super) fn of_provider(domain: &str) -> bool {
    let own = organisation(domain);
    let served = |preset: &Preset| {
        let server = preset.server(None);
        server.is_ok_and(|server| organisation(&server.host) == own)
    };
    Provider::of(domain).or_else(|| Provider::of(&own)).is_some() || Preset::all().any(served)
}

/// What is known of a sender.
struct Judge<'a> {
    walk: &'a Walk,
    voices: Voices<'a>,
    /// Bounces go to the sender's own domain, whose SPF record can speak for nothing.
    broken_at_home: bool,
    of_provider: bool,
}

impl Judge<'_> {
    async fn problems(&self, told: &mut Told) -> Vec<Problem> {
        let mut problems = Vec::new();
        let Some((at, record)) = self.walk.applied() else {
            if !self.of_provider {
                problems.push(self.none(told).await);
            }
            return problems;
        };
        if !self.of_provider {
            let before = self.walk.steps.iter().take_while(|step| step.domain != at);
            for step in before.filter(|step| self.walk.would_apply(step)) {
                problems.extend(self.ignored(step, Some(at), told).await);
            }
            if let Some(fault) = record.fault() {
                let problem = words::faulty(at, record, &fault);
                problems.push(self.mend(problem, at, Some(record), told).await);
            }
        }
        if let Some(policy) = record.asks(at != self.walk.domain) {
            problems.extend(self.unaligned(at, record, policy, told).await);
        }
        problems
    }

    /// Nothing authenticates the messages, although a receiver requires it.
    async fn unaligned(&self, at: &str, record: &Record, policy: Policy, told: &mut Told) -> Vec<Problem> {
        let domain = &self.walk.domain;
        let becomes = words::becomes(policy);
        let many = words::insisting(self.voices.asking);
        if becomes.is_none() && many.is_empty() {
            return Vec::new();
        }
        let mut unspoken = self.voices.missing(self.walk, record, told).await;
        if unspoken.is_empty() {
            return Vec::new();
        }
        let Some(becomes) = becomes else {
            let problem = words::bulk(domain, many, &unspoken);
            return vec![self.speak(problem, at, &unspoken, told).await];
        };
        let mut problems = Vec::new();
        if !unspoken.by_relay.is_empty() {
            let of_relays = Unspoken {
                by_relay: std::mem::take(&mut unspoken.by_relay),
                ..Unspoken::default()
            };
            let problem = words::by_relay(domain, at, becomes, &of_relays.by_relay);
            problems.push(self.speak(problem, at, &of_relays, told).await);
        }
        if unspoken.others {
            let problem = words::unaligned(domain, at, record, becomes, &unspoken);
            problems.push(self.speak(problem, at, &unspoken, told).await);
            // One above that does not count may be why.
            let above = |step: &&Step| unspoken.kin.as_ref().is_some_and(|kin| kin.above == step.domain);
            if let Some(step) = self
                .walk
                .steps
                .iter()
                .find(above)
                .filter(|step| step.domain != at)
            {
                problems.extend(self.ignored(step, Some(at), told).await);
            }
        }
        problems
    }

    /// Says what makes something speak for the sender.
    async fn speak(&self, problem: Problem, at: &str, unspoken: &Unspoken, told: &mut Told) -> Problem {
        let domain = &self.walk.domain;
        if self.of_provider {
            return words::speak_of_provider(problem, domain);
        }
        let above = self.open_above(at, unspoken, told).await;
        words::speak(problem, domain, unspoken, self.broken_at_home, above.as_deref())
    }

    /// Where a record would make one organisation of the sender's domain and one that speaks, and take
    /// nothing away: the sender has its own, and there is none yet.
    async fn open_above(&self, at: &str, unspoken: &Unspoken, told: &mut Told) -> Option<String> {
        let above = unspoken.kin.as_ref()?.above.as_str();
        let taken = self.walk.steps.iter().any(|step| step.domain == above);
        if taken || at != self.walk.domain {
            return None;
        }
        let both = self.walk.with(above, &Record::read(words::EXAMPLE)?);
        let (_, record) = both.applied()?;
        let aligned = self.voices.missing(&both, record, told).await.is_empty();
        aligned.then(|| above.to_owned())
    }

    /// No record holds for the sender: what was meant as one, or that there is nothing.
    async fn none(&self, told: &mut Told) -> Problem {
        let domain = &self.walk.domain;
        for step in &self.walk.steps {
            if let Some(problem) = self.ignored(step, None, told).await {
                return problem;
            }
        }
        if let Some((name, belongs, record)) = self.elsewhere().await {
            let what = say!(
                "check-dmarc-elsewhere",
                domain = domain,
                name = name,
                belongs = &belongs
            );
            let problem = words::misplaced(what);
            return self.mend(problem, &belongs, Some(&record), told).await;
        }
        words::missing(domain, self.voices.asking)
    }

    /// The record at a domain does not count. `instead`: the domain whose record does.
    async fn ignored(&self, step: &Step, instead: Option<&str>, told: &mut Told) -> Option<Problem> {
        let at = &step.domain;
        if !at.contains('.') {
            // Of a registry, where nobody can change anything.
            return None;
        }
        let problem = match &step.found {
            Found::Record(_) => return None,
            Found::Several(records) => {
                let texts: Vec<_> = records.iter().map(|record| short(&record.text)).collect();
                let why = say!(
                    "check-dmarc-several",
                    records = records.len(),
                    texts = texts.join(" | ")
                );
                words::ignored(at, why, instead)
            }
            Found::Near(near) if near.of_version || instead.is_some() => {
                words::ignored(at, near.why.clone(), instead)
            }
            Found::Near(near) => {
                let (domain, why) = (&self.walk.domain, near.why.clone());
                words::misplaced(say!("check-dmarc-near", domain = domain, at = at, why = why))
            }
        };
        let meant = step.meant(&self.walk.domain);
        Some(self.mend(problem, at, meant, told).await)
    }

    /// Says which record to write at `at`, and what to do before if it would do harm.
    async fn mend(&self, problem: Problem, at: &str, meant: Option<&Record>, told: &mut Told) -> Problem {
        let Some(meant) = meant.and_then(Record::mended) else {
            return problem;
        };
        let mended = self.walk.with(at, &meant);
        let mut first = None;
        if let Some((holds, record)) = mended.applied()
            && let Some(policy) = record.asks(holds != mended.domain)
            && policy != Policy::None
            && !self.voices.missing(&mended, record, told).await.is_empty()
        {
            first = Some(policy);
        }
        words::mend(problem, at, &meant, first)
    }

    /// A record at a name where it is often put by mistake, that name, and the domain whose it is.
    async fn elsewhere(&self) -> Option<(String, String, Record)> {
        let domain = self.walk.domain.as_str();
        let organisation = organisation(domain);
        let places = [
            (domain.to_owned(), domain),
            (format!("_dmarc.{domain}.{organisation}"), domain),
            (format!("dmarc.{domain}"), domain),
            (organisation.clone(), organisation.as_str()),
        ];
        let ask = |place: usize| self.at(places.get(place).map_or("", |(name, _)| name.as_str()));
        let (itself, doubled, bare, above) = tokio::join!(ask(0), ask(1), ask(2), async {
            if organisation == domain {
                None
            } else {
                ask(3).await
            }
        });
        let found = [itself, doubled, bare, above].into_iter().zip(&places);
        let mut found = found.filter_map(|(record, (name, belongs))| Some((name, belongs, record?)));
        let (name, belongs, record) = found.next()?;
        Some((name.clone(), (*belongs).to_owned(), record))
    }

    /// What is meant as a record at a name where none belongs.
    async fn at(&self, name: &str) -> Option<Record> {
        match self.voices.questions.txt(name).await {
            Answer::Found(texts) => texts.iter().find_map(|text| Near::anywhere(text)),
            // Nothing is left open by it: there is no record where one belongs.
            Answer::Nothing | Answer::NoSuchName | Answer::Silent(_) | Answer::Late => None,
        }
    }
}
