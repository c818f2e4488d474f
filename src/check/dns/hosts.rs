//! Hosts that mail or a visitor is sent to: whether they exist.

use std::collections::HashSet;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex, PoisonError};

use hickory_resolver::proto::rr::RecordType;

use crate::words::{Said, say};

use super::questions::{Answer, Questions};

/// Names that are asked for besides those that messages name themselves: of mail servers, of where
/// answers go, and where a record may stand by mistake.
const MOST: usize = 10;

/// Of an ordered list of mail servers as many are looked at.
pub(super) const BEST: usize = 3;

/// Whether a host exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Host {
    Somebody,
    /// Nobody can be, and why: a clause that names the host.
    Nobody(Said),
    /// Too many names were asked for already.
    Unasked,
    /// Nobody said.
    Silent(Said),
    /// There was no time to ask.
    Late,
}

/// Asks for hosts; clones share how many may still be asked for.
#[derive(Clone)]
pub(super) struct Hosts {
    questions: Questions,
    asked: Arc<Mutex<HashSet<String>>>,
}

impl Hosts {
    pub(super) fn new(questions: &Questions) -> Self {
        Self {
            questions: questions.clone(),
            asked: Arc::default(),
        }
    }

    /// Whether this name may be queried: a name that was queried does not count again.
    pub(super) fn claim(&self, name: &str) -> bool {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.contains(name) || (asked.len() < MOST && asked.insert(name.to_owned()))
    }

    /// Whether the best of these servers may be asked for, or needs no asking.
    pub(super) fn may_tell(&self, servers: &[String]) -> bool {
        let best = servers.first();
        best.is_some_and(|host| nobody_by_name(host).is_some() || self.claim(host))
    }

    /// Whether it exists; IPv6 alone is enough.
    pub(super) async fn host(&self, name: &str) -> Host {
        if let Some(why) = nobody_by_name(name) {
            return Host::Nobody(why);
        }
        if !self.claim(name) {
            return Host::Unasked;
        }
        let mut useless = None;
        let mut open = None;
        let mut exists = true;
        for (kind, called) in [(RecordType::A, "A"), (RecordType::AAAA, "AAAA")] {
            match self.questions.address(name, kind).await {
                Answer::Found(addresses) => {
                    if addresses.iter().any(|address| leads_somewhere(*address)) {
                        return Host::Somebody;
                    }
                    useless = useless.or(addresses.first().copied());
                }
                Answer::NoSuchName => {
                    exists = false;
                    break;
                }
                Answer::Nothing => {}
                Answer::Silent(why) => {
                    let question = format!("{name} {called}");
                    open = Some(Host::Silent(say!(
                        "check-dns-unanswered",
                        question = question,
                        why = why
                    )));
                }
                Answer::Late => open = Some(Host::Late),
            }
        }
        if let Some(open) = open {
            return open;
        }
        Host::Nobody(match useless {
            Some(address) => at_useless_address(name, address),
            None if exists => say!("check-host-no-address", host = name),
            None => say!("check-host-missing", host = name),
        })
    }
}

/// That an address of a name leads nobody to it.
pub(super) fn at_useless_address(name: &str, address: IpAddr) -> Said {
    say!("check-host-useless", host = name, address = address.to_string())
}

/// Why there is nobody, where the name says so itself.
fn nobody_by_name(name: &str) -> Option<Said> {
    if name.parse::<IpAddr>().is_ok() {
        return Some(say!("check-host-is-address", host = name));
    }
    let here = name == "localhost" || name == "localhost.localdomain" || name.ends_with(".localhost");
    here.then(|| say!("check-host-local", host = name))
}

/// Whether an address can lead to another machine; private ones may.
pub(super) fn leads_somewhere(address: IpAddr) -> bool {
    let address = address.to_canonical();
    let here = match address {
        IpAddr::V4(four) => four.octets()[0] == 0 || four == Ipv4Addr::BROADCAST,
        IpAddr::V6(_) => false,
    };
    !(here || address.is_loopback() || address.is_unspecified() || address.is_multicast())
}

/// What was hardly meant in the name of a server where nobody is.
pub(super) fn written_wrong(host: &str, domain: &str) -> Option<Said> {
    let below = host.strip_suffix(domain).and_then(|host| host.strip_suffix('.'));
    let bare = below.unwrap_or(host);
    if bare.parse::<IpAddr>().is_ok() {
        return Some(say!("check-mx-address-hint", domain = domain, address = bare));
    }
    below?;
    // A name without a dot at its end is one below the zone.
    let doubled = bare == domain || bare.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'));
    doubled.then(|| say!("check-mx-dot-hint", host = bare))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_nobody_else_are_told() {
        for (address, somewhere) in [
            ("192.0.2.25", true),
            ("10.1.2.3", true),
            ("2001:db8::25", true),
            ("fd00::1", true),
            ("127.0.0.1", false),
            ("127.1.2.3", false),
            ("0.0.0.0", false),
            ("255.255.255.255", false),
            ("::1", false),
            ("::", false),
            ("::ffff:127.0.0.1", false),
        ] {
            assert_eq!(leads_somewhere(address.parse().unwrap()), somewhere, "{address}");
        }
    }

    #[test]
    fn a_dot_that_is_missing_is_told() {
        let told = |host| {
            let told = written_wrong(host, "uni.example");
            told.map_or_else(String::new, |said| said.to_string())
        };
        assert!(told("192.0.2.25.uni.example").contains("the address 192.0.2.25"));
        assert!(told("mx.uni.example.uni.example").contains("write mx.uni.example."));
        assert!(told("192.0.2.25").contains("in the MX record of uni.example"));
        assert_eq!(told("mx.uni.example"), "");
        assert_eq!(told("mx.elsewhere.example"), "");
    }
}
