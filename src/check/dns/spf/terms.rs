//! The terms of an SPF record, read as strictly as receivers do (RFC 7208 §4.6.1, §5, §6, §12): one
//! that is wrong makes the whole record void.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::words::{Arg, Said, say};

use super::names::{Name, by_pointer, readable};
use super::ranges::{Range, prefix};

/// What a record begins with.
pub(super) const VERSION: &str = "v=spf1";

pub(super) const MECHANISMS: [&str; 8] = ["all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists"];

/// What becomes of messages from an address that a term is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Pass,
    Fail,
    SoftFail,
    Neutral,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mechanism {
    All,
    Include(Name),
    /// With the lengths of both prefixes, as [`Mechanism::Mx`].
    A(Name, u8, u8),
    Mx(Name, u8, u8),
    Ptr,
    Exists(Name),
    Addresses(Range),
}

/// A mechanism as it is written, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) text: String,
    pub(super) sign: Sign,
    pub(super) mechanism: Mechanism,
}

/// A term that is wrong, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) term: String,
    pub(super) why: Said,
}

/// A record that receivers can read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Record {
    pub(super) terms: Vec<Term>,
    /// The modifier as it is written, and whose record decides instead.
    pub(super) redirect: Option<(String, Name)>,
    /// What receivers pass over though it is meant, and why.
    pub(super) slips: Vec<Fault>,
    /// Terms by the name of the sending address (`ptr`, `%{p}`).
    pub(super) pointers: Vec<String>,
}

/// Whether a text is a record of this version, right or wrong (§4.5: a blank or the end is behind it).
pub(super) fn is_record(text: &str) -> bool {
    let (version, rest) = text.split_at_checked(VERSION.len()).unwrap_or((text, ""));
    version.eq_ignore_ascii_case(VERSION) && (rest.is_empty() || rest.starts_with(' '))
}

/// The terms as they are written.
pub(super) fn written(record: &str) -> impl Iterator<Item = &str> {
    record.split(' ').filter(|term| !term.is_empty()).skip(1)
}

impl Record {
    pub(super) fn read(text: &str) -> Result<Self, Fault> {
        let mut record = Self::default();
        let mut explained = false;
        for text in written(text) {
            let fault = |why: Said| Fault {
                term: text.to_owned(),
                why,
            };
            if by_pointer(text) && !matches!(modifier(text), Some(("exp" | "", _))) {
                record.pointers.push(text.to_owned());
            }
            match modifier(text) {
                Some(("redirect", value)) => {
                    let name = Name::read(value).map_err(fault)?;
                    record.slips.extend(name.no_host().map(fault));
                    if record.redirect.replace((text.to_owned(), name)).is_some() {
                        return Err(fault(say!("check-spf-why-redirect-twice")));
                    }
                }
                Some(("exp", value)) => {
                    Name::read(value).map_err(fault)?;
                    if explained {
                        return Err(fault(say!("check-spf-why-exp-twice")));
                    }
                    explained = true;
                }
                Some((name, value)) => {
                    if !value.is_empty() {
                        readable(value).map_err(fault)?;
                    }
                    record.slips.extend(mistaken(name).map(fault));
                }
                None => {
                    let term = term(text).map_err(fault)?;
                    match &term.mechanism {
                        Mechanism::Include(name)
                        | Mechanism::A(name, ..)
                        | Mechanism::Mx(name, ..)
                        | Mechanism::Exists(name) => {
                            record.slips.extend(name.no_host().map(fault));
                        }
                        Mechanism::Ptr => record.pointers.push(text.to_owned()),
                        Mechanism::All | Mechanism::Addresses(_) => {}
                    }
                    record.terms.push(term);
                }
            }
        }
        Ok(record)
    }

    /// Where `all` stands: what is behind it is never looked at.
    pub(super) fn end(&self) -> Option<usize> {
        self.terms
            .iter()
            .position(|term| term.mechanism == Mechanism::All)
    }

    /// What is never looked at: terms behind `all`, and redirect wherever there is one.
    pub(super) fn behind(&self) -> Vec<&str> {
        let Some(end) = self.end() else { return Vec::new() };
        let terms = self.terms.iter().skip(end + 1).map(|term| term.text.as_str());
        terms
            .chain(self.redirect.as_ref().map(|(text, _)| text.as_str()))
            .collect()
    }
}

/// A modifier: a name, `=`, and a value.
fn modifier(text: &str) -> Option<(&'static str, &str)> {
    let (name, value) = text.split_once('=')?;
    let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !name.chars().all(inner) {
        return None;
    }
    let known = ["redirect", "exp"].into_iter().chain(MECHANISMS);
    let is = |known: &&str| name.eq_ignore_ascii_case(known);
    let near = || {
        name.get(..5)
            .is_some_and(|start| start.eq_ignore_ascii_case("redir"))
    };
    let name = match known.into_iter().find(is) {
        Some(known) => known,
        None if near() => "redir",
        None => "",
    };
    Some((name, value))
}

/// Why a modifier that nobody knows was hardly meant as one.
fn mistaken(name: &str) -> Option<Said> {
    match name {
        "" => None,
        "redir" => Some(say!("check-spf-why-redirect")),
        mechanism => Some(say!("check-spf-why-colon", mechanism = mechanism)),
    }
}

fn term(text: &str) -> Result<Term, Said> {
    let sign = match text.chars().next() {
        Some('+') => Some(Sign::Pass),
        Some('-') => Some(Sign::Fail),
        Some('~') => Some(Sign::SoftFail),
        Some('?') => Some(Sign::Neutral),
        _ => None,
    };
    let bare = if sign.is_some() {
        text.get(1..).unwrap_or_default()
    } else {
        text
    };
    let (name, rest) = bare.split_at(bare.find([':', '/', '=']).unwrap_or(bare.len()));
    let mechanism = mechanism(&name.to_ascii_lowercase(), rest)?;
    Ok(Term {
        text: text.to_owned(),
        sign: sign.unwrap_or(Sign::Pass),
        mechanism,
    })
}

/// `rest`: the text after the name, with its colon or slash.
fn mechanism(name: &str, rest: &str) -> Result<Mechanism, Said> {
    let value = rest.strip_prefix(':');
    let named = || Name::read(value.ok_or_else(|| say!("check-spf-why-needs-name", mechanism = name))?);
    match name {
        "all" if rest.is_empty() => Ok(Mechanism::All),
        "all" => Err(say!("check-spf-why-all")),
        "include" => named().map(Mechanism::Include),
        "exists" => named().map(Mechanism::Exists),
        "ptr" if rest.is_empty() => Ok(Mechanism::Ptr),
        "ptr" => named().map(|_| Mechanism::Ptr),
        "a" | "mx" => {
            let (host, four, six) = prefixes(rest)?;
            let host = match host.strip_prefix(':') {
                Some(host) => Name::read(host)?,
                None if host.is_empty() => Name::Own,
                None => return Err(say!("check-spf-why-name-colon", mechanism = name)),
            };
            Ok(match name {
                "a" => Mechanism::A(host, four, six),
                _ => Mechanism::Mx(host, four, six),
            })
        }
        "ip4" => addresses(value, 32, |text| text.parse::<Ipv4Addr>().ok().map(IpAddr::V4)),
        "ip6" => addresses(value, 128, |text| text.parse::<Ipv6Addr>().ok().map(IpAddr::V6)),
        _ => Err(say!("check-spf-why-no-mechanism")),
    }
}

/// `/24`, `//64` or `/24//64` at the end, and the text before it.
fn prefixes(rest: &str) -> Result<(&str, u8, u8), Said> {
    let (before, six) = match rest.rsplit_once("//") {
        Some((before, six)) if !six.contains('}') => (before, Some(six)),
        _ => (rest, None),
    };
    let (host, four) = match before.rsplit_once('/') {
        Some((host, four)) if !four.contains('}') => (host, Some(four)),
        _ => (before, None),
    };
    let length = |text: Option<&str>, most| match text {
        None => Ok(most),
        Some(text) => prefix(text, most).ok_or_else(|| too_long(most)),
    };
    Ok((host, length(four, 32)?, length(six, 128)?))
}

fn addresses(
    value: Option<&str>,
    most: u8,
    read: impl Fn(&str) -> Option<IpAddr>,
) -> Result<Mechanism, Said> {
    let kind = if most == 32 { "IPv4" } else { "IPv6" };
    let value = value.unwrap_or_default();
    let (address, length) = match value.split_once('/') {
        Some((address, length)) => (address, prefix(length, most).ok_or_else(|| too_long(most))),
        None => (value, Ok(most)),
    };
    let address = read(address).ok_or_else(|| say!("check-spf-why-no-address", kind = kind))?;
    Ok(Mechanism::Addresses(Range::of(address, length?)))
}

fn too_long(most: u8) -> Said {
    say!("check-spf-why-prefix", most = Arg::plain(most))
}
