//! Whom a report in plain words is about, and what it says about each.

use crate::smtp::misleads;

use super::address::{all_of, is_public, is_same, of_report};
use super::codes::{replies, statuses};
use super::fields::Fields;
use super::place::{Place, Placed, placed};
use super::report_text::heads_list;
use super::returned::{Report, bounded};
use super::sender::is_daemon_address;

/// Recipients of one report.
const MOST: usize = 100;

/// What is kept of the words about one recipient.
const LONGEST: usize = 1500;

/// A recipient that a report names, and what it says in the lines about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) address: String,
    pub(super) original: Option<String>,
    /// The lines after the address, then those that name it elsewhere.
    pub(super) words: Vec<String>,
}

/// What a report names as failed. `own` are the addresses of those who read it.
///
/// An address of theirs is one only where `own_may_fail`: a person may have written to their own address.
pub(super) fn recipients(report: &Report, fields: &Fields, own: &[String], own_may_fail: bool) -> Vec<Told> {
    let text = report.words.as_str();
    let placed = placed(text);
    let failed = failed_fields(fields);
    let is_own = |address: &str| own.iter().any(|own| is_same(own, address)) || is_daemon_address(address);
    let wanted = if failed.is_empty() {
        let others = best(&placed, |address| !is_own(address));
        let chosen = if others.is_empty() && own_may_fail {
            best(&placed, |address| !is_daemon_address(address))
        } else {
            others
        };
        let listed = chosen.iter().any(|(_, place)| *place > Place::Sentence);
        let returned = returned_to(&report.returned);
        match (listed, returned.as_slice()) {
            (false, [only]) => vec![only.clone()],
            _ if chosen.is_empty() => local_names(text, fields),
            _ => chosen.into_iter().map(|(address, _)| address).collect(),
        }
    } else {
        failed
    };
    let mut told: Vec<Told> = Vec::new();
    for address in wanted.into_iter().take(MOST) {
        if !told.iter().any(|known| is_same(&known.address, &address)) {
            told.push(Told {
                original: origin_of(&placed, &address),
                words: words_about(text, &placed, &address),
                address,
            });
        }
    }
    told
}

/// The lines of a report that have a code, with those that they are folded into.
pub(super) fn lines_with_codes(report: &Report) -> Option<String> {
    let lines: Vec<&str> = report.words.lines().collect();
    let mut kept: Vec<&str> = Vec::new();
    let mut folds = 0;
    for line in lines {
        let has_code = !replies(line).is_empty() || !statuses(line).is_empty();
        if has_code {
            folds = 3;
        }
        if line.trim().is_empty() {
            folds = 0;
        }
        if folds > 0 {
            kept.push(line.trim());
            folds -= 1;
        }
    }
    (!kept.is_empty()).then(|| bounded(&kept.join(" "), LONGEST).to_owned())
}

/// What a report says about one address.
pub(super) fn words_of(report: &Report, address: &str) -> Vec<String> {
    words_about(&report.words, &placed(&report.words), address)
}

/// X-Failed-Recipients, which Exim and Gmail write.
fn failed_fields(fields: &Fields) -> Vec<String> {
    let values = fields.all("x-failed-recipients");
    let found = values.flat_map(|value| value.split(',').filter_map(of_report).collect::<Vec<_>>());
    found.filter(|address| address.contains('@')).collect()
}

/// Who the returned message was for.
pub(super) fn returned_to(returned: &Fields) -> Vec<String> {
    ["to", "cc"]
        .iter()
        .flat_map(|name| returned.all(name))
        .flat_map(all_of)
        .collect()
}

/// The addresses in the surest places.
fn best(placed: &[Placed<'_>], wanted: impl Fn(&str) -> bool) -> Vec<(String, Place)> {
    let candidates = || {
        placed
            .iter()
            .filter(|one| !one.is_origin && wanted(one.found.address))
    };
    let has_public = candidates().any(|one| one.place > Place::Sentence && is_public(one.found.address));
    let candidates = || candidates().filter(|one| !has_public || is_public(one.found.address));
    let Some(surest) = candidates().map(|one| one.place).max() else {
        return Vec::new();
    };
    let mut chosen: Vec<(String, Place)> = Vec::new();
    for one in candidates().filter(|one| one.place == surest) {
        if !chosen.iter().any(|(known, _)| is_same(known, one.found.address)) {
            chosen.push((one.found.address.to_owned(), surest));
        }
        if surest == Place::Sentence {
            break;
        }
    }
    chosen
}

fn origin_of(placed: &[Placed<'_>], address: &str) -> Option<String> {
    let at = placed
        .iter()
        .position(|one| is_same(one.found.address, address))?;
    let next = placed.get(at + 1).filter(|next| next.is_origin)?;
    let origin = next.found.address;
    (!is_same(origin, address)).then(|| origin.to_owned())
}

/// The words after the address, where its lines begin, then the lines that name it elsewhere.
fn words_about(text: &str, placed: &[Placed<'_>], address: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mentions = || placed.iter().filter(|one| is_same(one.found.address, address));
    let starts = mentions().filter(|one| one.place >= Place::LineStart);
    for one in starts.take(2) {
        let next = placed
            .iter()
            .filter(|other| other.place >= Place::LineStart && other.found.start > one.found.end)
            .find(|other| !is_same(other.found.address, address))
            .map_or(text.len(), |other| line_start(text, other.found.start));
        let after = text.get(one.found.end..next).unwrap_or_default();
        words.push(paragraph(
            after.trim_start_matches(['>', ':', '"', ',', ';', ' ']),
        ));
    }
    for one in mentions().take(4) {
        let start = line_start(text, one.found.start);
        let rest = text.get(start..).unwrap_or_default();
        // A reply is often folded.
        let lines: Vec<&str> = rest
            .lines()
            .take(3)
            .take_while(|line| !line.trim().is_empty())
            .collect();
        words.push(bounded(&lines.join(" "), LONGEST).to_owned());
    }
    words.retain(|words| words.chars().any(char::is_alphanumeric));
    words
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |end| end + 1)
}

/// The first paragraph that says something.
fn paragraph(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        let says = line.chars().filter(|letter| letter.is_alphanumeric()).count() > 2;
        if line.is_empty() || line.starts_with("---") {
            if !lines.is_empty() {
                break;
            }
        } else if says || !lines.is_empty() {
            lines.push(line);
        }
    }
    bounded(&lines.join(" "), LONGEST).to_owned()
}

/// Names without a domain, where a report has no address: a system that reports about its own users.
fn local_names(text: &str, fields: &Fields) -> Vec<String> {
    let from = fields.first("from").and_then(super::address::first_of);
    let Some((_, domain)) = from.as_deref().and_then(|from| from.rsplit_once('@')) else {
        return Vec::new();
    };
    let mut lines = text.lines();
    let mut names = Vec::new();
    while let Some(line) = lines.next() {
        if !heads_list(line) {
            continue;
        }
        for line in lines.by_ref() {
            // The cause may come after the name.
            let is_indented = line.starts_with([' ', '\t']);
            let name = if is_indented {
                line.trim_start().split(' ').next().unwrap_or_default()
            } else {
                line.trim()
            };
            if name.is_empty() && names.is_empty() {
                continue;
            }
            let is_name = name
                .bytes()
                .all(|octet| octet.is_ascii_alphanumeric() || matches!(octet, b'.' | b'_' | b'-'))
                && !name.is_empty()
                && name.bytes().any(|octet| octet.is_ascii_alphanumeric());
            if !is_name {
                break;
            }
            names.push(format!("{name}@{domain}"));
        }
        break;
    }
    names.retain(|name| is_public(name));
    names
}

/// A text in one line, with no control characters, of bearable length.
pub(super) fn one_line(text: &str, longest: usize) -> String {
    let words: Vec<&str> = text
        .split(|letter: char| letter.is_whitespace() || letter.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    let mut line = words.join(" ");
    line.retain(|letter| !misleads(letter));
    bounded(&line, longest).to_owned()
}
