//! Mailboxes as people and their programs write them: what Outlook, Excel, Thunderbird and webmail put
//! on the clipboard, and what RFC 5322 §3.4 allows.
//!
//! Only whole cells and texts without tags are read in this way. A cell that is one part of an
//! address is checked as strictly as ever, so it cannot change the address into another one.

use lettre::Address;
use percent_encoding::percent_decode_str;

use crate::table::{Naming, is_invisible, naming};
use crate::words::{Said, Speak as _};

use super::address;
use super::canonical::folded;
use super::mailboxes::unquote;
use super::pieces::{Piece, brackets, has_at, outside_quotes, pieces};
use super::why::Why;

/// A mailbox that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Read {
    /// The name beside the address.
    pub(super) name: Option<String>,
    /// The address.
    pub(super) address: Address,
}

/// The one mailbox of a text.
///
/// # Errors
/// It is not a mailbox, or there are several.
pub(super) fn one(text: &str) -> Result<Read, Why> {
    if let Ok(address) = address::parse(text) {
        return Ok(Read { name: None, address });
    }
    if let Some(address) = again_and_again(text) {
        return Ok(Read { name: None, address });
    }
    let mut found = all(text);
    if found.len() > 1 {
        let places = found.iter().filter(|(piece, _)| has_at(piece)).count();
        if places < 2 {
            return Err(Why::Comma);
        }
        let keys =
            |(_, read): &(String, Result<Read, Why>)| read.as_ref().ok().map(|read| folded(&read.address));
        let keys: Vec<_> = found.iter().map(keys).collect();
        let same = keys.iter().all(|key| key.is_some() && *key == keys[0]);
        found.truncate(if same { 1 } else { 0 });
        if found.is_empty() {
            return Err(Why::Several);
        }
    }
    found.pop().map_or(Err(Why::Empty), |(_, read)| read)
}

/// The address that a text holds several times, and no other: a link of Markdown, HTML, Slack or a
/// spreadsheet's formula.
fn again_and_again(text: &str) -> Option<Address> {
    let ends = |c: char| c.is_whitespace() || "<>()[]|\"',;:=".contains(c);
    let read = |word| address::parse(word).ok();
    let mut words = text.split(ends).filter(|word| has_at(word));
    let first = read(words.next()?)?;
    let mut more = words.peekable();
    more.peek()?;
    let bracketed = text.contains(['|', '=']) || text.contains("](");
    (bracketed && more.all(|word| read(word).is_some_and(|other| same(&other, &first)))).then_some(first)
}

/// Whether a cell is one e-mail address, with a name beside it or without, and nothing else.
pub fn is_address(text: &str) -> bool {
    one(text).is_ok()
}

/// The one mailbox that a person typed: the name beside the address, and the address.
///
/// # Errors
/// Why it is not one.
pub fn typed_mailbox(text: &str) -> Result<(Option<String>, Address), Said> {
    one(text)
        .map(|read| (read.name, read.address))
        .map_err(|why| why.said())
}

/// The domain of the one address that a cell holds, in A-labels.
pub fn domain_of(text: &str) -> Option<String> {
    one(text).ok().map(|read| read.address.domain().to_owned())
}

/// All mailboxes of a text that may list some, each with how it is written.
pub(super) fn all(text: &str) -> Vec<(String, Result<Read, Why>)> {
    if let Ok(address) = address::parse(text) {
        return vec![(text.to_owned(), Ok(Read { name: None, address }))];
    }
    let mut found = Vec::new();
    for Piece { text: piece, grouped } in pieces(text) {
        match mailbox(piece, grouped) {
            Ok(None) => {}
            Ok(Some(read)) => found.push((piece.to_owned(), Ok(read))),
            Err(why) => match apart(piece) {
                Some(several) => found.extend(several),
                None => found.push((piece.to_owned(), Err(why))),
            },
        }
    }
    found
}

/// Addresses with nothing but blanks between them.
fn apart(text: &str) -> Option<Vec<(String, Result<Read, Why>)>> {
    let words = text
        .split_whitespace()
        .filter(|word| !matches!(*word, "/" | "|" | "&" | "+"));
    let read = |word: &str| {
        let address = address::parse(word).ok()?;
        Some((word.to_owned(), Ok(Read { name: None, address })))
    };
    let read: Option<Vec<_>> = words.map(read).collect();
    read.filter(|found| found.len() > 1)
}

/// A piece of a list; `None` for a group of nobody.
fn mailbox(text: &str, grouped: bool) -> Result<Option<Read>, Why> {
    let text = text.trim();
    let text = match label(text) {
        Some((_, rest)) if rest.trim().is_empty() => return Ok(None),
        // `Office: Ada <ada@example.org>`: a name as long as nothing says that it is a group's, or what
        // a column of addresses is called.
        Some((label, rest)) if grouped || in_angles(text).is_none() || naming(label) != Naming::Other => {
            rest.trim()
        }
        Some(_) | None => text,
    };
    if let Some(angles) = in_angles(text) {
        return of_angles(text, &angles?).map(Some);
    }
    let groups = brackets(text);
    let outside = without(text, &groups);
    let inner = |group: &std::ops::Range<usize>| {
        let mut chars = text.get(group.clone()).unwrap_or_default().chars();
        chars.next();
        chars.next_back();
        chars.as_str()
    };
    if has_at(&outside) || groups.is_empty() {
        let address = spec(&outside)?;
        // `ada@example.org (Ada Lovelace)`, as mail had it before there were names.
        let beside = |group: &&std::ops::Range<usize>| {
            let before = text.get(..group.start).unwrap_or_default().trim();
            let behind = text.get(group.end..).unwrap_or_default().trim();
            before.is_empty() || behind.is_empty()
        };
        let beside = groups.iter().rfind(beside);
        let name = beside.and_then(|group| name(inner(group), &address));
        return Ok(Some(Read { name, address }));
    }
    // `王小明（ada@example.org）`, `[Ada](mailto:ada@example.org)`.
    let mut with_at = groups.iter().map(inner).filter(|inner| has_at(inner));
    match (with_at.next(), with_at.next()) {
        (Some(only), None) => {
            let address = spec(only)?;
            let beside = outside.trim_end_matches([':', '：', '-', ' ']);
            let within = groups.iter().map(inner).find(|inner| !has_at(inner));
            let beside = Some(beside).filter(|beside| !beside.is_empty()).or(within);
            let name = beside.and_then(|beside| name(beside, &address));
            Ok(Some(Read { name, address }))
        }
        (Some(_), Some(_)) => Err(Why::Several),
        (None, _) => Err(Why::NoAt),
    }
}

/// What the first angle brackets of a mailbox hold, and what stands around them.
struct Angles {
    open: usize,
    inner: std::ops::Range<usize>,
    end: usize,
}

const OPEN: [char; 4] = ['<', '＜', '〈', '⟨'];
const CLOSE: [char; 4] = ['>', '＞', '〉', '⟩'];

fn in_angles(text: &str) -> Option<Result<Angles, Why>> {
    let (open, sign) = outside_quotes(text).find(|(_, c)| OPEN.contains(c))?;
    let mut start = open + sign.len_utf8();
    // `<<ada@example.org>>`
    while let Some(inner) = text.get(start..).and_then(|rest| rest.chars().next())
        && OPEN.contains(&inner)
    {
        start += inner.len_utf8();
    }
    let rest = text.get(start..).unwrap_or_default();
    let Some(close) = rest.find(CLOSE) else {
        return Some(Err(Why::Unclosed));
    };
    let mut end = start + close;
    let inner = start..end;
    while let Some(c) = text.get(end..).and_then(|rest| rest.chars().next())
        && CLOSE.contains(&c)
    {
        end += c.len_utf8();
    }
    Some(Ok(Angles { open, inner, end }))
}

fn of_angles(text: &str, angles: &Angles) -> Result<Read, Why> {
    let address = spec(text.get(angles.inner.clone()).unwrap_or_default())?;
    let phrase = text.get(..angles.open).unwrap_or_default();
    let behind = text.get(angles.end..).unwrap_or_default();
    let behind = behind
        .trim()
        .trim_matches(['.', ',', ';', '。', '；', '，', '\u{200b}'])
        .trim();
    if !behind.is_empty() {
        // A comment may follow, and Word writes a link twice.
        let again = one_of_angles(behind).is_some_and(|again| same(&again, &address));
        let groups = brackets(behind);
        let comment = groups.first().is_some_and(|first| first.start == 0)
            && groups.last().is_some_and(|last| last.end == behind.len());
        if !again && !comment {
            return Err(Why::Behind);
        }
    }
    Ok(Read {
        name: name(phrase, &address),
        address,
    })
}

fn one_of_angles(text: &str) -> Option<Address> {
    let angles = in_angles(text)?.ok()?;
    let whole = angles.open == 0 && angles.end == text.len();
    spec(text.get(angles.inner).filter(|_| whole)?).ok()
}

/// An address that stands by itself, with its comments and the scheme of a link.
fn spec(text: &str) -> Result<Address, Why> {
    let text = text.trim();
    if let Some(address) = link(text) {
        return address::parse(&address);
    }
    let comments = brackets(text);
    if comments.is_empty() || !text.contains(['(', '（']) {
        return address::parse(text);
    }
    address::parse(&without(text, &comments))
}

/// A text without its comments. A comment within a word leaves a blank: its two halves are not a
/// word that anybody wrote (RFC 5322 §3.2.3 has comments around an atom, and none in it).
fn without(text: &str, comments: &[std::ops::Range<usize>]) -> String {
    let of_word = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && !matches!(c, '@' | '＠' | '.'));
    let mut plain = String::new();
    let mut at = 0;
    for comment in comments {
        plain.push_str(text.get(at..comment.start).unwrap_or_default());
        at = comment.end;
        let behind = text.get(at..).unwrap_or_default().chars().next();
        if of_word(plain.chars().next_back()) && of_word(behind) {
            plain.push(' ');
        }
    }
    plain.push_str(text.get(at..).unwrap_or_default());
    plain
}

/// The address of a `mailto:` with all that may follow it (RFC 6068).
fn link(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_at_checked(7)?;
    if !scheme.eq_ignore_ascii_case("mailto:") {
        return None;
    }
    let address = rest.trim_start_matches('/').split('?').next()?;
    let decoded = percent_decode_str(address).decode_utf8().ok()?;
    Some(decoded.into_owned())
}

/// A text before a colon that names a group, or says that an address follows.
fn label(text: &str) -> Option<(&str, &str)> {
    let (at, colon) = outside_quotes(text).find(|(_, c)| matches!(c, ':' | '：'))?;
    let label = text.get(..at)?.trim();
    let scheme = ["mailto", "smtp"]
        .iter()
        .any(|known| label.eq_ignore_ascii_case(known));
    let taken = label.is_empty()
        || scheme
        || has_at(label)
        || label.contains(OPEN)
        || label.contains(['(', '（', '[', '【']);
    let other = address::parse(text) == Err(Why::Scheme);
    (!taken && !other).then_some((label, text.get(at + colon.len_utf8()..)?))
}

/// The name beside an address; none if it only repeats the address.
fn name(phrase: &str, address: &Address) -> Option<String> {
    let mut phrase = phrase.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
    let mut plain = phrase.to_owned();
    for (open, close) in [
        ('"', '"'),
        ('\'', '\''),
        ('“', '”'),
        ('„', '“'),
        ('‘', '’'),
        ('「', '」'),
    ] {
        if let Some(inner) = phrase.strip_prefix(open).and_then(|t| t.strip_suffix(close)) {
            phrase = inner.trim();
            plain = if open == '"' {
                unquote(phrase)
            } else {
                phrase.to_owned()
            };
            break;
        }
    }
    // A line break in a cell is no more than a blank in a name.
    if plain.contains(['\n', '\r', '\t']) {
        plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let again = address::parse(&plain).is_ok_and(|said| same(&said, address));
    (!plain.is_empty() && !again).then_some(plain)
}

fn same(one: &Address, other: &Address) -> bool {
    folded(one) == folded(other)
}

#[cfg(test)]
mod tests;
