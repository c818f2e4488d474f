//! The domains of the recipients: how many recipients each has, how many the large providers have,
//! and which domains were probably not meant.

use std::collections::HashMap;

use roaring::RoaringTreemap;

use super::doubts::Doubt;
use super::receivers::Provider;

/// Rows that are named of one finding.
pub(super) const NAMED: usize = 5;

/// Domains that are counted separately; a list with more is not a list of people at well-known
/// domains only, and memory must not grow with it.
const MOST: usize = 50_000;

#[derive(Debug, Default)]
struct Tally {
    rows: u64,
    first: Vec<u64>,
    /// All of the rows, where the domain may be a typing error.
    in_rows: Option<RoaringTreemap>,
}

/// How many recipients are at which domain.
#[derive(Debug, Default)]
pub(super) struct Domains {
    known: Vec<(Box<str>, Tally)>,
    /// Where in `known` a domain is.
    places: HashMap<Box<str>, usize>,
    /// That of the row before: lists have many of the same.
    last: usize,
}

/// A domain that recipients are at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtDomain {
    /// As A-labels, in small letters.
    pub domain: String,
    /// How many recipients.
    pub rows: u64,
    /// The first of their rows.
    pub first_rows: Vec<u64>,
}

/// A domain that was hardly meant.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Typo {
    pub(super) domain: String,
    pub(super) doubt: Doubt,
    pub(super) rows: u64,
    pub(super) first: Vec<u64>,
    pub(super) in_rows: RoaringTreemap,
}

impl Domains {
    /// Notes the domain of one recipient.
    pub(super) fn note(&mut self, domain: &str, row: u64) {
        let same = |(known, _): &(Box<str>, Tally)| **known == *domain;
        if !self.known.get(self.last).is_some_and(same) {
            match self.places.get(domain) {
                Some(place) => self.last = *place,
                None if self.known.len() >= MOST => return,
                None => {
                    self.last = self.known.len();
                    self.places.insert(domain.into(), self.last);
                    let tally = Tally {
                        in_rows: Doubt::of_domain(domain).map(|_| RoaringTreemap::new()),
                        ..Tally::default()
                    };
                    self.known.push((domain.into(), tally));
                }
            }
        }
        let Some((_, tally)) = self.known.get_mut(self.last) else {
            return;
        };
        tally.rows += 1;
        if let Some(rows) = &mut tally.in_rows {
            rows.insert(row);
        }
        if tally.first.len() < NAMED {
            tally.first.push(row);
        }
    }

    /// How many recipients are at which provider with rules of its own.
    pub(super) fn at(&self) -> Vec<(Provider, u64)> {
        let mut at: Vec<_> = Provider::all().map(|provider| (provider, 0)).collect();
        for (domain, tally) in &self.known {
            let provider = Provider::of(&domain.to_ascii_lowercase());
            if let Some((_, rows)) = at.iter_mut().find(|(one, _)| Some(*one) == provider) {
                *rows += tally.rows;
            }
        }
        at.retain(|(_, rows)| *rows > 0);
        at
    }

    /// The most frequent domains, and how many there are in all; plain addresses (`[192.0.2.1]`)
    /// are left out.
    pub(super) fn frequent(&self, most: usize) -> (Vec<AtDomain>, usize) {
        let mut folded: HashMap<String, AtDomain> = HashMap::new();
        for (domain, tally) in &self.known {
            if domain.starts_with('[') {
                continue;
            }
            let domain = domain.to_ascii_lowercase();
            let at = folded.entry(domain.clone()).or_insert_with(|| AtDomain {
                domain,
                rows: 0,
                first_rows: Vec::new(),
            });
            at.rows += tally.rows;
            at.first_rows.extend(&tally.first);
        }
        let all = folded.len();
        let mut frequent: Vec<AtDomain> = folded.into_values().collect();
        for at in &mut frequent {
            at.first_rows.sort_unstable();
            at.first_rows.truncate(NAMED);
        }
        frequent.sort_by(|a, b| (b.rows, &a.first_rows).cmp(&(a.rows, &b.first_rows)));
        frequent.truncate(most);
        (frequent, all)
    }

    /// The typing errors, by their first row.
    pub(super) fn typos(&self) -> Vec<Typo> {
        let rows = |domain: &str| {
            let place = self.places.get(domain);
            place
                .and_then(|place| self.known.get(*place))
                .map_or(0, |(_, tally)| tally.rows)
        };
        let mut typos: Vec<_> = self
            .known
            .iter()
            .filter_map(|(domain, tally)| {
                // Asked only of those that it was true of when they were met.
                tally.in_rows.as_ref()?;
                let doubt = Doubt::of_domain(domain)?;
                // Whom many are at was not mistyped by all of them.
                let right = doubt.meant().map_or(0, rows);
                let many = tally.rows > 3 && tally.rows.saturating_mul(10) > right;
                (!many || !doubt.yields()).then(|| Typo {
                    domain: domain.to_string(),
                    doubt,
                    rows: tally.rows,
                    first: tally.first.clone(),
                    in_rows: tally.in_rows.clone().unwrap_or_default(),
                })
            })
            .collect();
        typos.sort_by(|a, b| (a.first.first(), &a.domain).cmp(&(b.first.first(), &b.domain)));
        typos
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_domains_come_first() {
        let mut domains = Domains::default();
        for (row, domain) in (2..).zip(["b.example", "a.example", "[192.0.2.1]", "A.example", "c.example"]) {
            domains.note(domain, row);
        }
        let at = |domain: &str, first_rows: &[u64]| AtDomain {
            domain: domain.to_owned(),
            rows: first_rows.len() as u64,
            first_rows: first_rows.to_vec(),
        };
        assert_eq!(
            domains.frequent(2),
            (vec![at("a.example", &[3, 5]), at("b.example", &[2])], 3)
        );
    }

    #[test]
    fn whom_many_are_at_was_not_mistyped() {
        let mut domains = Domains::default();
        for row in 2..12 {
            domains.note("gmial.com", row);
        }
        assert!(domains.typos().is_empty());
        for row in 12..212 {
            domains.note("gmail.com", row);
        }
        domains.note("hotmial.com", 212);
        let typos = domains.typos();
        assert_eq!(typos.len(), 2, "{typos:?}");
        assert_eq!((typos[0].rows, typos[0].first.len()), (10, NAMED));
        assert_eq!(typos[1].first, [212]);
        assert_eq!(domains.at(), [(Provider::called("gmail").unwrap(), 200)]);
    }
}
