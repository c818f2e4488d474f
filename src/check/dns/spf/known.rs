//! What the DNS says about the names in an SPF record: which other records it refers to, and
//! whether the hosts that it allows exist.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;

use hickory_resolver::proto::rr::RecordType;
use tokio::task::JoinSet;

use super::super::answers::Told;
use super::super::questions::{Answer, Questions};
use super::terms::{Fault, Mechanism, Record, is_record};

/// Records that are read at most: one that goes on is wrong long before, from the 11th look-up on.
pub(super) const READ: usize = 24;

/// Hosts that are asked for at most: with what is proposed, [`PROPOSED`], 14 names.
const HOSTS: usize = 8;

/// Records that are read of what is proposed.
pub(super) const PROPOSED: usize = 6;

/// The SPF record of a name.
#[derive(Debug)]
pub(super) enum Published {
    One {
        text: String,
        read: Result<Record, Fault>,
    },
    /// This many: none, or several.
    Others(usize),
}

/// What a term asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Ask {
    /// Addresses of both kinds.
    Host,
    /// An IPv4 address, whatever it is.
    Exists,
    Servers,
}

/// What is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum There {
    /// This many records; for mail servers, only real ones count.
    Some(usize),
    /// There is an answer, which names no host.
    NoHost,
    Nothing,
}

/// Names of which nothing is known are those that nobody answered for.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) records: HashMap<String, Published>,
    pub(super) hosts: HashMap<(Ask, String), There>,
}

impl Known {
    /// Notes the record of a domain.
    pub(super) fn note(&mut self, domain: &str, texts: Vec<String>) {
        let mut records: Vec<String> = texts.into_iter().filter(|text| is_record(text)).collect();
        let published = match (records.pop(), records.len()) {
            (Some(text), 0) => Published::One {
                read: Record::read(&text),
                text,
            },
            (None, _) => Published::Others(0),
            (Some(_), others) => Published::Others(others + 1),
        };
        self.records.insert(domain.to_owned(), published);
    }

    /// Queries the records of these domains and everything that they name, up to a limit of
    /// records.
    pub(super) async fn ask(
        &mut self,
        questions: &Questions,
        roots: &[String],
        most: usize,
        told: &mut Told,
    ) {
        let most = most + self.records.len();
        let mut asked: HashSet<String> = self.records.keys().cloned().collect();
        let mut order: Vec<String> = Vec::new();
        let mut level: Vec<String> = roots.to_vec();
        while !level.is_empty() {
            let room = most.saturating_sub(asked.len());
            let new: Vec<String> = level
                .iter()
                .filter(|name| !asked.contains(*name))
                .take(room)
                .cloned()
                .collect();
            asked.extend(new.iter().cloned());
            self.read(questions, new, told).await;
            let mut next = Vec::new();
            for name in level {
                if !order.contains(&name) {
                    next.extend(self.goes_on_to(&name));
                    order.push(name);
                }
            }
            level = next;
        }
        self.look_for(questions, &order, told).await;
    }

    async fn read(&mut self, questions: &Questions, names: Vec<String>, told: &mut Told) {
        let mut asking = JoinSet::new();
        for (i, name) in names.into_iter().enumerate() {
            let questions = questions.clone();
            asking.spawn(async move { (i, questions.txt(&name).await, name) });
        }
        let mut answers: Vec<_> = asking.join_all().await;
        answers.sort_by_key(|(i, ..)| *i);
        for (_, answer, name) in answers {
            if let Some(texts) = told.records(&format!("{name} TXT"), answer) {
                self.note(&name, texts);
            }
        }
    }

    fn record(&self, domain: &str) -> Option<&Record> {
        match self.records.get(domain)? {
            Published::One { read, .. } => read.as_ref().ok(),
            Published::Others(_) => None,
        }
    }

    fn goes_on_to(&self, domain: &str) -> Vec<String> {
        let Some(record) = self.record(domain) else {
            return Vec::new();
        };
        let end = record.end();
        let includes = record
            .terms
            .iter()
            .take(end.unwrap_or(usize::MAX))
            .filter_map(|term| match &term.mechanism {
                Mechanism::Include(name) => name.in_record_of(domain),
                Mechanism::All
                | Mechanism::A(..)
                | Mechanism::Mx(..)
                | Mechanism::Ptr
                | Mechanism::Exists(_)
                | Mechanism::Addresses(_) => None,
            });
        let redirect = record.redirect.as_ref().filter(|_| end.is_none());
        includes
            .chain(redirect.and_then(|(_, name)| name.in_record_of(domain)))
            .collect()
    }

    async fn look_for(&mut self, questions: &Questions, domains: &[String], told: &mut Told) {
        let mut wanted: Vec<(Ask, String)> = Vec::new();
        for domain in domains {
            let Some(record) = self.record(domain) else {
                continue;
            };
            for term in record.terms.iter().take(record.end().unwrap_or(usize::MAX)) {
                let asked = asked(&term.mechanism, domain);
                wanted
                    .extend(asked.filter(|asked| !wanted.contains(asked) && !self.hosts.contains_key(asked)));
            }
        }
        let room = HOSTS.saturating_sub(self.hosts.len());
        let mut asking = JoinSet::new();
        for (i, (ask, name)) in wanted.into_iter().take(room).enumerate() {
            let questions = questions.clone();
            asking.spawn(async move {
                let mut told = Told::default();
                let there = there(&questions, ask, &name, &mut told).await;
                (i, ask, name, there, told)
            });
        }
        let mut answers: Vec<_> = asking.join_all().await;
        answers.sort_by_key(|(i, ..)| *i);
        for (_, ask, name, there, unanswered) in answers {
            if let Some(there) = there {
                self.hosts.insert((ask, name), there);
            } else {
                told.unanswered.extend(unanswered.unanswered);
                told.late.extend(unanswered.late);
            }
        }
    }
}

/// What a term of the record of this domain asks the DNS for, where that is the same for every message.
pub(super) fn asked(mechanism: &Mechanism, domain: &str) -> Option<(Ask, String)> {
    let (ask, name) = match mechanism {
        Mechanism::A(name, ..) => (Ask::Host, name),
        Mechanism::Mx(name, ..) => (Ask::Servers, name),
        Mechanism::Exists(name) => (Ask::Exists, name),
        Mechanism::All | Mechanism::Include(_) | Mechanism::Ptr | Mechanism::Addresses(_) => return None,
    };
    Some((ask, name.in_record_of(domain)?))
}

async fn there(questions: &Questions, ask: Ask, name: &str, told: &mut Told) -> Option<There> {
    match ask {
        Ask::Servers => {
            let answer = questions.mx(name).await;
            let all = told.records(&format!("{name} MX"), answer)?;
            let hosts = all.iter().filter(|host| !host.is_empty()).count();
            Some(match (all.len(), hosts) {
                (0, _) => There::Nothing,
                (_, 0) => There::NoHost,
                (_, hosts) => There::Some(hosts),
            })
        }
        Ask::Exists => found(told, name, "A", questions.address(name, RecordType::A).await),
        Ask::Host => {
            let (four, six) = tokio::join!(
                questions.address(name, RecordType::A),
                questions.address(name, RecordType::AAAA),
            );
            let four = found(told, name, "A", four);
            let six = found(told, name, "AAAA", six);
            match (four, six) {
                (Some(There::Some(n)), _) | (_, Some(There::Some(n))) => Some(There::Some(n)),
                (four, six) => four.and(six),
            }
        }
    }
}

fn found(told: &mut Told, name: &str, kind: &str, answer: Answer<IpAddr>) -> Option<There> {
    let records = told.records(&format!("{name} {kind}"), answer)?;
    Some(if records.is_empty() {
        There::Nothing
    } else {
        There::Some(records.len())
    })
}
