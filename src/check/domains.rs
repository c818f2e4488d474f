//! The domains that recipients are at: typing errors in those that everybody
//! knows, and how many are at the large providers.

use std::collections::HashMap;

use strsim::osa_distance;

/// Rows that are named of one finding.
pub(super) const NAMED: usize = 5;

/// Domains that are told apart; a list that has more is no list of people at
/// the well-known ones alone, and memory must not grow with it.
const MOST: usize = 50_000;

/// Domains that many people have an address at, and whose names are long
/// enough to know a typing error in them.
const TARGETS: [&str; 20] = [
    "gmail.com",
    "googlemail.com",
    "yahoo.com",
    "outlook.com",
    "hotmail.com",
    "icloud.com",
    "aliyun.com",
    "foxmail.com",
    "protonmail.com",
    "fastmail.com",
    "comcast.net",
    "verizon.net",
    "rediffmail.com",
    "t-online.de",
    "freenet.de",
    "laposte.net",
    "wanadoo.fr",
    "yandex.ru",
    "yandex.com",
    "rocketmail.com",
];

/// Domains with short names: another letter makes another real domain, so
/// only a wrong end is an error.
const SHORT: [&str; 22] = [
    "qq.com", "163.com", "126.com", "139.com", "189.cn", "sina.com", "sohu.com", "yeah.net", "web.de",
    "gmx.de", "gmx.net", "gmx.at", "gmx.ch", "live.com", "msn.com", "aol.com", "me.com", "mac.com",
    "mail.ru", "zoho.com", "gmx.com", "mail.com",
];

/// Real domains that look like typing errors.
const REAL: [&str; 20] = [
    "email.com",
    "ymail.com",
    "gmail.de",
    "gmail.co.uk",
    "hushmail.com",
    "faxmail.com",
    "fastmail.fm",
    "hotmail.co",
    "outlook.cn",
    "outlook.com.cn",
    "yahoo.cn",
    "yahoo.co",
    "icloud.com.cn",
    "aliyun.cn",
    "yandex.net",
    "comcast.com",
    "verizon.com",
    "freenet.com",
    "wanadoo.com",
    "laposte.fr",
];

/// Ends that no domain has, and what was meant.
const ENDS: [(&str, &str); 17] = [
    ("con", "com"),
    ("cmo", "com"),
    ("ocm", "com"),
    ("comm", "com"),
    ("vom", "com"),
    ("xom", "com"),
    ("cpm", "com"),
    ("coom", "com"),
    ("cim", "com"),
    ("conm", "com"),
    ("comn", "com"),
    ("c0m", "com"),
    ("nte", "net"),
    ("nett", "net"),
    ("ogr", "org"),
    ("rog", "org"),
    ("orgg", "org"),
];

/// Ends that exist, and that the well-known domains do not have.
const FOREIGN_ENDS: [&str; 4] = ["cm", "co", "om", "cn"];

/// A provider with rules for senders of many messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Provider {
    /// gmail.com and googlemail.com.
    Gmail,
    /// yahoo, ymail, rocketmail, aol.
    Yahoo,
    /// outlook, hotmail, live, msn.
    Microsoft,
}

impl Provider {
    fn of(domain: &str) -> Option<Self> {
        let (label, _) = domain.split_once('.')?;
        match label {
            "gmail" | "googlemail" if domain.ends_with(".com") => Some(Self::Gmail),
            "yahoo" | "ymail" | "rocketmail" | "aol" => Some(Self::Yahoo),
            "outlook" | "hotmail" | "live" | "msn" => Some(Self::Microsoft),
            _ => None,
        }
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Gmail => "Gmail",
            Self::Yahoo => "Yahoo",
            Self::Microsoft => "Microsoft (Outlook.com, Hotmail)",
        }
    }
}

#[derive(Debug, Default)]
struct Tally {
    rows: u64,
    first: Vec<u64>,
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
    pub(super) meant: String,
    pub(super) rows: u64,
    pub(super) first: Vec<u64>,
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
                    self.known.push((domain.into(), Tally::default()));
                }
            }
        }
        let Some((_, tally)) = self.known.get_mut(self.last) else {
            return;
        };
        tally.rows += 1;
        if tally.first.len() < NAMED {
            tally.first.push(row);
        }
    }

    /// Recipients at a provider.
    pub(super) fn at(&self, provider: Provider) -> u64 {
        let there = self
            .known
            .iter()
            .filter(|(domain, _)| Provider::of(&domain.to_ascii_lowercase()) == Some(provider));
        there.map(|(_, tally)| tally.rows).sum()
    }

    /// The most frequent domains, and how many there are in all; what is none
    /// but an address (`[192.0.2.1]`) is left out.
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
                let meant = meant(&domain.to_ascii_lowercase())?;
                // Whom many are at was not mistyped by all of them.
                let many = tally.rows > 3 && tally.rows.saturating_mul(10) > rows(&meant);
                (!many).then(|| Typo {
                    domain: domain.to_string(),
                    meant,
                    rows: tally.rows,
                    first: tally.first.clone(),
                })
            })
            .collect();
        typos.sort_by(|a, b| (a.first.first(), &a.domain).cmp(&(b.first.first(), &b.domain)));
        typos
    }
}

/// The well-known domain that a mistyped one was to be.
fn meant(domain: &str) -> Option<String> {
    let known = TARGETS.iter().chain(&SHORT).chain(&REAL);
    if known.into_iter().any(|known| *known == domain) {
        return None;
    }
    let (label, end) = domain.rsplit_once('.')?;
    if let Some((_, right)) = ENDS.iter().find(|(wrong, _)| *wrong == end) {
        let mended = format!("{label}.{right}");
        // gmial.con has both.
        return Some(meant(&mended).unwrap_or(mended));
    }
    let same_label = |target: &&&str| target.rsplit_once('.').is_some_and(|(name, _)| name == label);
    if FOREIGN_ENDS.contains(&end)
        && end != "cn"
        && let Some(target) = TARGETS
            .iter()
            .chain(&SHORT)
            .find(|target| target.ends_with(".com") && same_label(target))
    {
        return Some((*target).to_owned());
    }
    TARGETS
        .iter()
        .find(|target| {
            target
                .rsplit_once('.')
                .is_some_and(|(name, target_end)| target_end == end && mistyped(label, name))
        })
        .map(|target| (*target).to_owned())
}

/// Whether a label is a typing error of a well-known one: a letter left out,
/// doubled, wrong or swapped; two of them in a long name. Another first letter
/// makes another name (`email`, `netmail`).
fn mistyped(label: &str, name: &str) -> bool {
    let most = if name.len() >= 7 { 2 } else { 1 };
    let first_two = |text: &str| text.bytes().take(2).collect::<Vec<_>>();
    let mut swapped = first_two(name);
    swapped.reverse();
    let same_start = label.bytes().next() == name.bytes().next() || first_two(label) == swapped;
    same_start
        && label.is_ascii()
        && label.len().abs_diff(name.len()) <= most
        && label != name
        && osa_distance(label, name) <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_errors_are_known_and_real_domains_left_alone() {
        for (domain, right) in [
            ("gmial.com", "gmail.com"),
            ("gmail.con", "gmail.com"),
            ("gamil.com", "gmail.com"),
            ("gmai.com", "gmail.com"),
            ("gmaill.com", "gmail.com"),
            ("gnail.com", "gmail.com"),
            ("mgail.com", "gmail.com"),
            ("gmail.cm", "gmail.com"),
            ("gmail.co", "gmail.com"),
            ("gmial.cmo", "gmail.com"),
            ("yaho.com", "yahoo.com"),
            ("yahooo.com", "yahoo.com"),
            ("hotmial.com", "hotmail.com"),
            ("hotmal.com", "hotmail.com"),
            ("htomail.com", "hotmail.com"),
            ("outlok.com", "outlook.com"),
            ("oulook.com", "outlook.com"),
            ("iclould.com", "icloud.com"),
            ("foxmial.com", "foxmail.com"),
            ("qq.con", "qq.com"),
            ("163.cmo", "163.com"),
            ("sina.con", "sina.com"),
            ("t-onlin.de", "t-online.de"),
            ("uni.con", "uni.com"),
        ] {
            assert_eq!(meant(domain).as_deref(), Some(right), "{domain}");
        }
        for real in [
            "gmail.com",
            "mail.com",
            "email.com",
            "ymail.com",
            "gmx.de",
            "gmx.us",
            "web.de",
            "qq.com",
            "vip.qq.com",
            "163.com",
            "183.com",
            "162.com",
            "vip.163.com",
            "sina.cn",
            "vip.sina.com",
            "me.com",
            "live.de",
            "outlook.de",
            "hotmail.co.uk",
            "yahoo.co.jp",
            "yahoo.de",
            "yahoo.com.br",
            "uni.example",
            "example.org",
            "example.com",
            "mail.uni.example",
            "cloud.com",
            "netmail.com",
            "bmail.com",
            "hushmail.com",
            "students.uni-bonn.de",
            "tsinghua.edu.cn",
            "aliyun-inc.com",
            "yahoo-inc.com",
            "outlook.com.br",
            "gmailtest.example",
            "comcast.com",
            "t-mobile.de",
            "freemail.de",
            "fastmail.fm",
            "proton.me",
            "mail.ru",
            "google.com",
            "apple.com",
            "microsoft.com",
            "oracle.com",
            "qq.co",
            "amazon.co",
        ] {
            let found = meant(real);
            if real == "qq.co" {
                assert_eq!(found.as_deref(), Some("qq.com"));
                continue;
            }
            assert_eq!(found, None, "{real}");
        }
    }

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
        assert_eq!(domains.at(Provider::Gmail), 200);
        assert_eq!(domains.at(Provider::Yahoo), 0);
    }
}
