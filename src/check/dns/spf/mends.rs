//! What was meant by a wrong term, and by a text that is not an SPF record: only a valid result is
//! proposed.

use std::net::{IpAddr, Ipv4Addr};

use crate::campaign::nearest;

use super::terms::{Fault, MECHANISMS, Record, VERSION, written};

/// What texts are put into quotation marks with, or begin with unseen.
const QUOTES: [char; 10] = ['"', '\'', '`', '“', '”', '„', '‘', '’', '\u{feff}', '\\'];

/// What a wrong term of a record was meant as.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mend {
    /// The term, with the one behind it where a blank has parted them.
    pub(super) instead_of: String,
    pub(super) term: String,
}

/// What the wrong term of a record was meant as.
pub(super) fn mend(record: &str, fault: &Fault) -> Option<Mend> {
    let terms: Vec<&str> = written(record).collect();
    let at = terms.iter().position(|term| *term == fault.term)?;
    let (term, taken) = meant(&terms, at)?;
    let instead_of = terms.get(at..at + taken)?.join(" ");
    // Well written, and once too often.
    if term == instead_of {
        return None;
    }
    let term = closed(&term);
    Some(Mend { instead_of, term })
}

/// Terms that do not let everybody by: what receivers cannot read today must not open the domain once they can.
fn closed(terms: &str) -> String {
    let close = |term: &str| match term.to_ascii_lowercase().as_str() {
        "all" | "+all" => "~all".to_owned(),
        _ => term.to_owned(),
    };
    terms.split(' ').map(close).collect::<Vec<_>>().join(" ")
}

/// All terms of a record that are wrong by themselves.
pub(super) fn wrong(record: &str) -> Vec<Fault> {
    let alone = |term: &str| match Record::read(&format!("{VERSION} {term}")) {
        Ok(read) => read.slips.into_iter().next(),
        Err(fault) => Some(fault),
    };
    written(record).filter_map(alone).collect()
}

/// A record with all its wrong terms corrected.
pub(super) fn mended(record: &str) -> Option<String> {
    let terms: Vec<&str> = written(record).collect();
    let mut whole = vec![VERSION.to_owned()];
    let mut at = 0;
    while let Some(term) = terms.get(at) {
        if clean(term) {
            whole.push((*term).to_owned());
            at += 1;
        } else {
            let (term, taken) = meant(&terms, at)?;
            whole.push(term);
            at += taken;
        }
    }
    Some(closed(&whole.join(" ")))
        .filter(|record| Record::read(record).is_ok_and(|record| record.slips.is_empty()))
}

/// Whether a text that is not a record is meant as one; and as which, if that is known.
pub(super) fn near(text: &str) -> Option<Option<String>> {
    let unquoted: String = text.chars().filter(|c| !QUOTES.contains(c)).collect();
    let small = unquoted.to_ascii_lowercase();
    let (end, begins) = version_in(&small)?;
    // `v=spf1…` somewhere in a sentence is not a record.
    let before = unquoted.get(..begins)?;
    if before.split_whitespace().any(|word| !of_zone(word)) {
        return None;
    }
    let rest = unquoted
        .get(end..)?
        .trim_start_matches(|c: char| c.is_whitespace() || c == ',' || c == ';' || c == ':');
    let rest = rest.replace(['\t', '\r', '\n', ',', ';', '\u{a0}'], " ");
    let record = mended(&format!("{VERSION} {rest}"));
    Some(record.filter(|record| written(record).next().is_some()))
}

/// Where the version of SPF ends and begins in a text of small letters; `spf2.0` is Sender ID.
fn version_in(small: &str) -> Option<(usize, usize)> {
    let at = small.find("spf")?;
    let digits = |c: char| c.is_ascii_digit() || c == '.';
    let behind = small.get(at + 3..)?;
    let end = at + 3 + (behind.len() - behind.trim_start_matches(digits).len());
    let before = small.get(..at)?.trim_end();
    let Some(before) = before.strip_suffix(['=', ':']) else {
        // `spf1 mx -all`: the name of the version is not there.
        let alone = behind.starts_with("1 ") && (at == 0 || small.get(..at)?.ends_with(' '));
        return alone.then_some((end, at));
    };
    let begins = before.trim_end().strip_suffix('v')?.len();
    let word = small
        .get(..begins)?
        .chars()
        .next_back()
        .is_none_or(char::is_whitespace);
    word.then_some((end, begins))
}

/// What comes before the text in a line of a zone file: a name, a time, `IN`, `TXT`.
fn of_zone(word: &str) -> bool {
    let name = word.ends_with('.') && word.contains('.');
    ["txt", "in", "spf", "@"].contains(&word.to_ascii_lowercase().as_str())
        || name
        || word.chars().all(|c| c.is_ascii_digit())
}

fn clean(term: &str) -> bool {
    let read = Record::read(&format!("{VERSION} {term}"));
    read.is_ok_and(|record| record.slips.is_empty())
}

/// What stands for the wrong term there, and how many terms of the record that takes the place of.
fn meant(terms: &[&str], at: usize) -> Option<(String, usize)> {
    let term = *terms.get(at)?;
    let fits = |text: &String| !text.is_empty() && text.split(' ').all(clean);
    if let Some(text) = readings(term).into_iter().find(fits) {
        return Some((text, 1));
    }
    // A blank stands where none belongs: `ip4: 192.0.2.1`, `- all`.
    let open = term.ends_with([':', '=', '/']) || ["+", "-", "~", "?"].contains(&term);
    let joined = format!("{term}{}", terms.get(at + 1).filter(|_| open)?);
    if clean(&joined) {
        return Some((joined, 2));
    }
    readings(&joined).into_iter().find(fits).map(|text| (text, 2))
}

/// What a term may have been meant as, the likeliest first.
fn readings(term: &str) -> Vec<String> {
    let plain: String = term
        .chars()
        .filter(|c| !QUOTES.contains(c) && !matches!(c, '\u{200b}' | '\u{200e}'))
        .map(|c| match c {
            '–' | '—' | '−' | '‐' | '‑' => '-',
            '：' => ':',
            '＝' => '=',
            '\t' | '\r' | '\n' | '\u{a0}' | ',' | ';' | '，' | '；' => ' ',
            c => c,
        })
        .collect();
    let words: Vec<&str> = plain.split(' ').filter(|word| !word.is_empty()).collect();
    let each: Vec<String> = words.iter().map(|word| reading(word)).collect();
    vec![words.join(" "), each.join(" ")]
}

/// What one word was meant as.
fn reading(word: &str) -> String {
    if clean(word) {
        return word.to_owned();
    }
    let undotted = word.trim_end_matches(['.', ')', ']', '>']);
    let ends = ["-all", "~all", "?all", "+all"];
    let glued = ends
        .iter()
        .find_map(|end| Some((undotted.strip_suffix(end)?, end)));
    if let Some((before, end)) = glued.filter(|(before, _)| !before.is_empty() && clean(before)) {
        return format!("{before} {end}");
    }
    let sign = undotted
        .get(..1)
        .filter(|sign| ["+", "-", "~", "?"].contains(sign))
        .unwrap_or_default();
    let bare = undotted.strip_prefix(sign).unwrap_or(undotted);
    let bare = if sign.is_empty() {
        bare
    } else {
        bare.strip_prefix(sign).unwrap_or(bare)
    };
    let (name, value) = match bare.find([':', '=']).filter(|_| address(bare).is_none()) {
        Some(at) => (bare.get(..at), bare.get(at + 1..)),
        None => (None, Some(bare)),
    };
    let value = value.unwrap_or_default();
    if let Some(address) = address(value) {
        // Whatever its name: an address belongs in ip4 or ip6. A redirect was the end of the
        // record.
        let end = name.is_some_and(|name| name.eq_ignore_ascii_case("redirect"));
        return format!("{sign}{address}{}", if end { " ~all" } else { "" });
    }
    let Some(name) = name else {
        let name = nearest(bare, ["all"]).filter(|_| bare.len() <= 4);
        return name.map_or_else(|| undotted.to_owned(), |name| format!("{sign}{name}"));
    };
    let host = host(value);
    let modifier = name.to_ascii_lowercase().starts_with("redi");
    let known = MECHANISMS.into_iter().chain(["redirect"]);
    let name = match nearest(name, known) {
        _ if modifier => "redirect",
        Some(near) => near,
        None => name,
    };
    let between = if name == "redirect" { '=' } else { ':' };
    let bare_all = name == "all" && matches!(host.to_ascii_lowercase().as_str(), "" | "all");
    if bare_all {
        format!("{sign}all")
    } else {
        format!("{sign}{name}{between}{host}")
    }
}

/// The host in a web address, a mail address, or an address with a port; as A-labels.
fn host(value: &str) -> String {
    let host = value.trim_start_matches(['/', ' ']);
    let host = host.split_once("://").map_or(host, |(_, host)| host);
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = host.trim_end_matches('/');
    let port = |port: &str| !port.is_empty() && port.chars().all(|c| c.is_ascii_digit());
    let host = match host.rsplit_once(':') {
        Some((host, behind)) if port(behind) => host,
        _ => host,
    };
    match idna::domain_to_ascii(host) {
        Ok(ascii) if !host.is_ascii() => ascii,
        _ => host.to_owned(),
    }
}

/// `ip4:` or `ip6:` for a text that is an address, with a prefix or a netmask.
fn address(text: &str) -> Option<String> {
    let (address, rest) = text
        .split_once('/')
        .map_or((text, None), |(address, rest)| (address, Some(rest)));
    let address = address.trim_start_matches('[').trim_end_matches(']');
    let (kind, most) = match address.parse::<IpAddr>().ok()? {
        IpAddr::V4(_) => ("ip4", 32),
        IpAddr::V6(_) => ("ip6", 128),
    };
    let Some(rest) = rest else {
        return Some(format!("{kind}:{address}"));
    };
    let mask = rest
        .parse::<Ipv4Addr>()
        .map(u32::from)
        .ok()
        .filter(|mask| mask.leading_ones() + mask.trailing_zeros() == 32);
    let length = match mask {
        Some(mask) if most == 32 => mask.leading_ones(),
        _ => rest.parse().ok().filter(|length| *length <= most)?,
    };
    Some(format!("{kind}:{address}/{length}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_term_was_meant_as_is_found_out() {
        for (terms, meant) in [
            ("a:192.0.2.1", "ip4:192.0.2.1"),
            ("-mx:192.0.2.1/24", "-ip4:192.0.2.1/24"),
            ("192.0.2.1", "ip4:192.0.2.1"),
            ("2001:db8::1", "ip6:2001:db8::1"),
            ("ipv4:192.0.2.1", "ip4:192.0.2.1"),
            ("ip4:2001:db8::1", "ip6:2001:db8::1"),
            ("ip6:192.0.2.1", "ip4:192.0.2.1"),
            ("ip4=192.0.2.1", "ip4:192.0.2.1"),
            ("ip4:192.0.2.0/255.255.255.0", "ip4:192.0.2.0/24"),
            ("ip4: 192.0.2.1", "ip4:192.0.2.1"),
            ("include: _spf.example.org", "include:_spf.example.org"),
            ("- all", "-all"),
            ("mx,", "mx"),
            ("a,mx,-all", "a mx -all"),
            ("ip4:192.0.2.1,192.0.2.2", "ip4:192.0.2.1 ip4:192.0.2.2"),
            ("–all", "-all"),
            ("--all", "-all"),
            ("-all;", "-all"),
            ("-all\"", "-all"),
            ("~all.", "~all"),
            ("-all:x.example", ""),
            ("mx\t-all", "mx -all"),
            ("include=_spf.example.org", "include:_spf.example.org"),
            ("inlcude:_spf.example.org", "include:_spf.example.org"),
            ("includes:_spf.example.org", "include:_spf.example.org"),
            ("redirect:_spf.example.org", "redirect=_spf.example.org"),
            ("redirct=_spf.example.org", "redirect=_spf.example.org"),
            ("redirect=192.0.2.1", "ip4:192.0.2.1 ~all"),
            ("include:https://_spf.example.org/", "include:_spf.example.org"),
            ("mx:mail@ok.example", "mx:ok.example"),
            ("a:bücher.example", "a:xn--bcher-kva.example"),
            ("a:mx.example.org:25", "a:mx.example.org"),
            ("include:_spf.example.org~all", "include:_spf.example.org ~all"),
            ("~al", "~all"),
            ("-ALL.", "-all"),
            ("prt", ""),
            ("a:localhost", ""),
            ("exists:%{x}.example.org", ""),
            ("ip4:192.0.2.1/33", ""),
            ("ip4:192.0.2/24", ""),
            ("_spf.example.org", ""),
            ("words", ""),
        ] {
            let terms: Vec<&str> = terms.split(' ').collect();
            let found = super::meant(&terms, 0).map(|(text, _)| text).unwrap_or_default();
            assert_eq!(found, meant, "{terms:?}");
        }
    }

    #[test]
    fn no_mend_opens_a_domain_to_everybody() {
        for (record, term) in [
            ("v=spf1 mx .all", ".all"),
            ("v=spf1 mx _all", "_all"),
            ("v=spf1 mx +all;", "+all;"),
            ("v=spf1 mx,all", "mx,all"),
        ] {
            let fault = Record::read(record).expect_err("a fault");
            assert_eq!(fault.term, term);
            let mend = mend(record, &fault).map(|mend| mend.term);
            assert!(mend.is_none_or(|mend| mend.ends_with("~all")), "{record}");
            let whole = mended(record);
            assert!(whole.is_none_or(|whole| whole == "v=spf1 mx ~all"), "{record}");
        }
    }

    #[test]
    fn what_is_meant_as_a_record_is_told_from_other_texts() {
        let right = Some("v=spf1 mx -all");
        for (text, record) in [
            ("\"v=spf1 mx -all\"", right),
            ("“v=spf1 mx -all”", right),
            (" v=spf1 mx -all", right),
            ("\u{feff}v=spf1 mx -all", right),
            ("v=spf1; mx -all", right),
            ("v=spf1,mx,-all", right),
            ("v=spf1\tmx -all", right),
            ("v = spf1 mx -all", right),
            ("v=spf10 mx -all", right),
            ("v=spf mx -all", right),
            ("v=spf2.0 mx -all", right),
            ("v:spf1 mx -all", right),
            ("spf1 mx -all", right),
            ("TXT v=spf1 mx -all", right),
            ("uni.example. 300 IN TXT \"v=spf1 mx -all\"", right),
            ("\"v=spf1 mx all\"", Some("v=spf1 mx ~all")),
            ("v=spf1; mx +ALL", Some("v=spf1 mx ~all")),
            ("v=spf1;", None),
            ("v=spf1; word", None),
        ] {
            assert_eq!(near(text), Some(record.map(str::to_owned)), "{text}");
        }
        for text in [
            "spf2.0/pra mx -all",
            "some-verification=v=spf2",
            "we have no v=spf1 record",
            "spf=1",
            "words",
            "",
        ] {
            assert_eq!(near(text), None, "{text}");
        }
    }
}
