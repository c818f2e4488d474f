//! The way from a domain up to its organisation, by the records on it (RFC 9989 §4.10); this needs
//! no list of registries.

use super::super::answers::Told;
use super::super::questions::Questions;
use super::near::Near;
use super::record::Record;

/// Names that are asked at most on the way up.
const STEPS: usize = 8;

/// The record at the `_dmarc` of a domain.
#[derive(Debug, Clone)]
pub(super) enum Found {
    Record(Record),
    /// Of several none counts.
    Several(Vec<Record>),
    /// What was meant as one.
    Near(Near),
}

/// A domain on the way up where something stands.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) domain: String,
    pub(super) found: Found,
}

impl Step {
    /// The record of a domain that has these texts.
    fn of(domain: &str, texts: &[String]) -> Option<Self> {
        let mut records: Vec<_> = texts.iter().filter_map(|text| Record::read(text)).collect();
        let found = match records.len() {
            0 => Found::Near(texts.iter().find_map(|text| Near::of(text))?),
            1 => Found::Record(records.remove(0)),
            _ => Found::Several(records),
        };
        Some(Self {
            domain: domain.to_owned(),
            found,
        })
    }

    /// The record to be there, for a sender at this domain: of several the mildest.
    pub(super) fn meant(&self, sender: &str) -> Option<&Record> {
        let below = self.domain != sender;
        match &self.found {
            Found::Record(record) => Some(record),
            Found::Several(records) => records
                .iter()
                .min_by_key(|record| (record.fault().is_some(), record.asks(below))),
            Found::Near(near) => Some(&near.meant),
        }
    }

    /// Whether the way up ends there.
    fn ends(&self) -> bool {
        self.record()
            .is_some_and(|record| record.of_registry() || record.of_organisation())
    }

    /// The record that counts.
    pub(super) fn record(&self) -> Option<&Record> {
        match &self.found {
            Found::Record(record) => Some(record),
            Found::Several(_) | Found::Near(_) => None,
        }
    }
}

/// A domain and the records at it and above it, the nearest first.
#[derive(Debug, Clone)]
pub(super) struct Walk {
    pub(super) domain: String,
    pub(super) steps: Vec<Step>,
}

impl Walk {
    /// Asks from a domain on upwards; `None` where a question has no answer.
    pub(super) async fn from(domain: &str, questions: &Questions, told: &mut Told) -> Option<Self> {
        let mut steps = Vec::new();
        for name in names(domain) {
            let at = format!("_dmarc.{name}");
            let answer = questions.txt(&at).await;
            let texts = told.records(&format!("{at} TXT"), answer)?;
            let step = Step::of(name, &texts);
            let ends = step.as_ref().is_some_and(Step::ends);
            steps.extend(step);
            if ends {
                break;
            }
        }
        Some(Self {
            domain: domain.to_owned(),
            steps,
        })
    }

    /// The same with this record at one of its domains.
    pub(super) fn with(&self, domain: &str, record: &Record) -> Self {
        let there = Step {
            domain: domain.to_owned(),
            found: Found::Record(record.clone()),
        };
        let mut steps: Vec<_> = self
            .steps
            .iter()
            .filter(|step| step.domain != domain)
            .cloned()
            .collect();
        steps.push(there);
        steps.sort_by_key(|step| std::cmp::Reverse(step.domain.len()));
        if let Some(last) = steps.iter().position(Step::ends) {
            steps.truncate(last + 1);
        }
        Self {
            domain: self.domain.clone(),
            steps,
        }
    }

    /// Whether the policy would be that of a step, if what is meant there counted.
    pub(super) fn would_apply(&self, step: &Step) -> bool {
        let with = step
            .meant(&self.domain)
            .map(|meant| self.with(&step.domain, meant));
        with.is_some_and(|with| with.applied().is_some_and(|(at, _)| at == step.domain))
    }

    fn records(&self) -> impl DoubleEndedIterator<Item = (&str, &Record)> {
        let record = |step: &'_ Step| step.record().is_some();
        let counting = self.steps.iter().filter(move |step| record(step));
        counting.filter_map(|step| Some((step.domain.as_str(), step.record()?)))
    }

    /// The registry that the domain is below, where one says that it is one.
    pub(super) fn registry(&self) -> Option<(&str, &Record)> {
        self.records()
            .find(|(domain, record)| record.of_registry() && *domain != self.domain)
    }

    /// The domain that the organisation has registered.
    pub(super) fn organisation(&self) -> String {
        if let Some((domain, _)) = self.records().find(|(_, record)| record.of_organisation()) {
            return domain.to_owned();
        }
        if let Some((registry, _)) = self.registry() {
            let own = self.domain.len().saturating_sub(registry.len() + 1);
            let front = self.domain.get(..own).unwrap_or_default();
            let label = front.rsplit('.').next().unwrap_or_default();
            return format!("{label}.{registry}");
        }
        let last = self.records().next_back();
        last.map_or(self.domain.as_str(), |(domain, _)| domain).to_owned()
    }

    /// The record whose policy holds for the domain, and where it stands: its own, that of its
    /// organisation, that of its registry (§4.10.1).
    pub(super) fn applied(&self) -> Option<(&str, &Record)> {
        let organisation = self.organisation();
        let at = |domain: &str| self.records().find(|(at, _)| *at == domain);
        at(&self.domain)
            .or_else(|| at(&organisation))
            .or_else(|| self.registry())
    }
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
        // What stands where, the organisation of a.cs.uni.example, and whose policy it has.
        for (found, organisation, applied) in [
            (vec![], "a.cs.uni.example", None),
            (
                vec![("cs.uni.example", ""), ("uni.example", "")],
                "uni.example",
                Some("uni.example"),
            ),
            (
                vec![("a.cs.uni.example", ""), ("uni.example", "")],
                "uni.example",
                Some("a.cs.uni.example"),
            ),
            (
                vec![("cs.uni.example", "psd=n")],
                "cs.uni.example",
                Some("cs.uni.example"),
            ),
            (vec![("example", "psd=y")], "uni.example", Some("example")),
            (
                vec![("uni.example", ""), ("example", "psd=y")],
                "uni.example",
                Some("uni.example"),
            ),
            (
                vec![("cs.uni.example", ""), ("example", "psd=y")],
                "uni.example",
                Some("example"),
            ),
            (
                vec![("uni.example", "psd=y")],
                "cs.uni.example",
                Some("uni.example"),
            ),
            (
                vec![("a.cs.uni.example", "psd=y")],
                "a.cs.uni.example",
                Some("a.cs.uni.example"),
            ),
            // What does not count is skipped.
            (
                vec![("a.cs.uni.example", "twice"), ("uni.example", "")],
                "uni.example",
                Some("uni.example"),
            ),
            (
                vec![("cs.uni.example", ""), ("uni.example", "twice")],
                "cs.uni.example",
                Some("cs.uni.example"),
            ),
        ] {
            let step = |(domain, more): &(&str, &str)| {
                let text = format!("v=DMARC1; p=none; {more}");
                let texts = if *more == "twice" {
                    vec![text; 2]
                } else {
                    vec![text]
                };
                Step::of(domain, &texts)
            };
            let walk = Walk {
                domain: "a.cs.uni.example".to_owned(),
                steps: found.iter().filter_map(step).collect(),
            };
            assert_eq!(walk.organisation(), organisation, "{found:?}");
            assert_eq!(walk.applied().map(|(domain, _)| domain), applied, "{found:?}");
        }
    }
}
