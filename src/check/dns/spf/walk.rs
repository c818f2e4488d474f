//! A record and everything that it names, evaluated in the order of receivers (RFC 7208 §4.6, §5,
//! §6), for a message that no term matches: what it costs, where it breaks, and who could pass
//! before.

use super::known::{Ask, Known, Published, There, asked};
use super::names::Name;
use super::ranges::Range;
use super::terms::{Fault, Mechanism, Record, Sign, Term};

/// Look-ups that receivers do for one message, those of them without an answer, and servers of one mx
/// (RFC 7208 §4.6.4).
pub(super) const LOOKUPS: usize = 10;
pub(super) const VOIDS: usize = 2;
pub(super) const SERVERS: usize = 10;

/// The limit of evaluated terms: circles are stopped, but one record may be in many others.
const STEPS: usize = 2_000;

/// Why receivers take the whole for broken, by the domain whose record it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Broken {
    Term {
        domain: String,
        record: String,
        fault: Fault,
    },
    /// Domains that go on to each other, the first once more at the end, and the term that closes it.
    Circle { domains: Vec<String>, term: String },
    /// A record names a domain that has none, or several.
    Others {
        domain: String,
        term: String,
        named: String,
        records: usize,
    },
}

/// What a record comes to.
#[derive(Debug, Default)]
pub(super) struct Walk {
    pub(super) lookups: usize,
    /// How many each term of the record itself needs.
    pub(super) costs: Vec<(String, usize)>,
    /// Names that are asked for and not there.
    pub(super) voids: Vec<String>,
    /// A name with more mail servers than receivers look at, and how many.
    pub(super) crowded: Option<(String, usize)>,
    pub(super) broken: Option<Broken>,
    /// Whose records give a pass to what they allow; and those that do before receivers give up.
    pub(super) included: Vec<String>,
    pub(super) in_time: Vec<String>,
    /// Some address can pass, or it is not known whether one can.
    pub(super) passes: bool,
    /// A part was not answered for, or is another for each message.
    pub(super) partly: bool,
    /// Whose record decides in the end is not known.
    pub(super) open_end: bool,
    /// The term at its end, or at the end of the record that it redirects to, with its domain.
    pub(super) end: Option<(Sign, String)>,
    /// Addresses that pass, by the term and its domain.
    pub(super) allowed: Vec<(Range, String, String)>,
    /// A name allows some senders: of a host, of mail servers, of the sending address.
    pub(super) by_name: bool,
    /// Terms by addresses that receivers elsewhere never see.
    pub(super) inner: Vec<String>,
    /// A term that lets everybody pass, and its domain.
    pub(super) open: Option<(String, String)>,
    /// What is wrong and breaks nothing, by the domain.
    pub(super) slips: Vec<(String, Fault)>,
    steps: usize,
}

/// How a record came to be looked at.
#[derive(Clone, Copy)]
struct Way<'p> {
    domain: &'p str,
    before: Option<&'p Way<'p>>,
    /// Its matches give a pass to the message.
    gives: bool,
    /// Its `all` is that of the whole.
    decides: bool,
}

impl Way<'_> {
    /// The domains from there to here, where one is on the way.
    fn circle(&self, to: &str) -> Option<Vec<String>> {
        let mut domains = vec![to.to_owned()];
        let mut way = Some(self);
        while let Some(here) = way {
            domains.push(here.domain.to_owned());
            if here.domain == to {
                domains.reverse();
                return Some(domains);
            }
            way = here.before;
        }
        None
    }
}

impl Walk {
    /// Goes through the record of a domain.
    pub(super) fn of(known: &Known, domain: &str) -> Self {
        let mut walk = Self::default();
        let way = Way {
            domain,
            before: None,
            gives: true,
            decides: true,
        };
        walk.published(known, &way);
        walk
    }

    /// Receivers give up on it, at the latest where nothing passes.
    pub(super) fn dead(&self) -> bool {
        self.broken.is_some() || self.lookups > LOOKUPS || self.voids.len() > VOIDS || self.crowded.is_some()
    }

    fn published(&mut self, known: &Known, way: &Way<'_>) {
        match known.records.get(way.domain) {
            None | Some(Published::Others(_)) => self.unknown(way.gives, way.decides),
            Some(Published::One {
                text,
                read: Err(fault),
            }) => {
                let broken = Broken::Term {
                    domain: way.domain.to_owned(),
                    record: text.clone(),
                    fault: fault.clone(),
                };
                self.broken.get_or_insert(broken);
            }
            Some(Published::One { read: Ok(record), .. }) => self.record(known, way, record),
        }
    }

    fn record(&mut self, known: &Known, way: &Way<'_>, record: &Record) {
        self.slips.extend(
            record
                .slips
                .iter()
                .map(|slip| (way.domain.to_owned(), slip.clone())),
        );
        for term in &record.terms {
            self.steps += 1;
            if self.steps > STEPS {
                self.partly = true;
                return;
            }
            let before = self.lookups;
            let ends = self.term(known, way, term);
            if way.before.is_none() && self.lookups > before {
                self.costs.push((term.text.clone(), self.lookups - before));
            }
            if ends {
                return;
            }
        }
        if let Some((text, name)) = &record.redirect {
            let before = self.lookups;
            self.lookups += 1;
            self.other(known, way, text, name, way.gives, way.decides);
            if way.before.is_none() {
                self.costs.push((text.clone(), self.lookups - before));
            }
        }
    }

    /// Looks at one term; whether it is the last one.
    fn term(&mut self, known: &Known, way: &Way<'_>, term: &Term) -> bool {
        let gives = way.gives && term.sign == Sign::Pass;
        match &term.mechanism {
            Mechanism::All => {
                if gives {
                    self.pass();
                }
                if way.decides {
                    self.end = Some((term.sign, way.domain.to_owned()));
                } else if gives {
                    self.open
                        .get_or_insert((term.text.clone(), way.domain.to_owned()));
                }
                return true;
            }
            Mechanism::Addresses(range) => {
                if gives && range.inner() {
                    self.inner.push(term.text.clone());
                } else if gives {
                    self.pass();
                    let allowed = (*range, term.text.clone(), way.domain.to_owned());
                    self.allowed.push(allowed);
                }
            }
            Mechanism::Ptr => {
                self.lookups += 1;
                self.by_name |= gives;
                if gives {
                    self.pass();
                }
            }
            Mechanism::Include(name) => {
                self.lookups += 1;
                self.other(known, way, &term.text, name, gives, false);
            }
            Mechanism::A(..) | Mechanism::Mx(..) | Mechanism::Exists(_) => {
                self.lookups += 1;
                self.host(known, way, term, gives);
            }
        }
        false
    }

    /// A record that cannot be known.
    fn unknown(&mut self, gives: bool, decides: bool) {
        self.partly = true;
        self.open_end |= decides;
        if gives {
            self.pass();
        }
    }

    fn pass(&mut self) {
        self.passes |= !self.dead();
    }

    /// The record of another domain, which an include or a redirect names.
    fn other(&mut self, known: &Known, way: &Way<'_>, term: &str, name: &Name, gives: bool, decides: bool) {
        let Some(named) = name.in_record_of(way.domain) else {
            self.unknown(gives, decides);
            return;
        };
        if let Some(circle) = way.circle(&named) {
            self.broken.get_or_insert(Broken::Circle {
                domains: circle,
                term: term.to_owned(),
            });
            return;
        }
        if let Some(Published::Others(records)) = known.records.get(&named) {
            self.broken.get_or_insert(Broken::Others {
                domain: way.domain.to_owned(),
                term: term.to_owned(),
                named,
                records: *records,
            });
            return;
        }
        if gives {
            self.included.push(named.clone());
            if !self.dead() {
                self.in_time.push(named.clone());
            }
        }
        let way = Way {
            domain: &named,
            before: Some(way),
            gives,
            decides,
        };
        self.published(known, &way);
    }

    /// A term by the addresses of a host.
    fn host(&mut self, known: &Known, way: &Way<'_>, term: &Term, gives: bool) {
        let asked = asked(&term.mechanism, way.domain);
        self.by_name |= gives;
        if asked.is_none() {
            self.partly = true;
        }
        let there = asked.as_ref().and_then(|asked| known.hosts.get(asked));
        match (there, asked) {
            (Some(There::Nothing), Some((_, name))) => {
                self.voids.push(name);
                return;
            }
            (Some(There::NoHost), _) => return,
            (Some(There::Some(servers)), Some((Ask::Servers, name))) if *servers > SERVERS => {
                self.crowded.get_or_insert((name, *servers));
            }
            (Some(There::Some(_) | There::Nothing) | None, _) => {}
        }
        if gives {
            self.pass();
            let everybody = match &term.mechanism {
                Mechanism::A(_, four, six) | Mechanism::Mx(_, four, six) => Range::open_around(*four, *six),
                Mechanism::Exists(_) => there.is_some(),
                Mechanism::All | Mechanism::Include(_) | Mechanism::Ptr | Mechanism::Addresses(_) => false,
            };
            if everybody {
                self.open
                    .get_or_insert((term.text.clone(), way.domain.to_owned()));
            }
        }
    }
}
