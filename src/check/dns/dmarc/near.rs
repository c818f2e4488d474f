//! Texts that are meant as DMARC records, but that no receiver accepts as one.

use crate::words::{Said, say};

use super::super::answers::short;
use super::record::Record;

/// What a text is put into quotation marks with.
const QUOTES: [char; 9] = ['"', '\'', '`', '“', '”', '„', '‘', '’', '\u{feff}'];

/// A text that is meant as a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Near {
    /// Why it is not a record: `it begins with …`.
    pub(super) why: Said,
    /// It is one of another version, or of one that is not written `DMARC1`.
    pub(super) of_version: bool,
    /// The record that was meant.
    pub(super) meant: Record,
}

impl Near {
    /// The record that is meant by this text, which is not one.
    pub(super) fn of(text: &str) -> Option<Self> {
        let meant = meant(text)?;
        let first = text.split(';').next().unwrap_or_default().trim_end();
        let at_start = version_in(first).is_some_and(|(at, _)| at == 0);
        let exact = first.split_once('=').map(|(_, value)| value.trim());
        let (why, of_version) = match text.chars().next() {
            Some(c) if QUOTES.contains(&c) => (
                say!("check-dmarc-why-quote", character = c, text = short(text)),
                false,
            ),
            Some(c) if c.is_whitespace() => (say!("check-dmarc-why-blank", text = short(text)), false),
            _ if at_start && exact.is_some_and(|value| value.eq_ignore_ascii_case("DMARC1")) => {
                (say!("check-dmarc-why-letters", first = first), true)
            }
            _ if at_start => (
                say!("check-dmarc-why-version", beginning = beginning(first)),
                true,
            ),
            _ => (say!("check-dmarc-why-begin", text = short(text)), false),
        };
        Some(Self {
            why,
            of_version,
            meant,
        })
    }

    /// The record that is meant by a text at another name, where it may be right.
    pub(super) fn anywhere(text: &str) -> Option<Record> {
        Record::read(text).or_else(|| meant(text))
    }
}

/// So much of it as shows the fault.
fn beginning(text: &str) -> &str {
    let end = text.char_indices().nth(30).map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or(text)
}

/// The record that was meant, without its fault.
fn meant(text: &str) -> Option<Record> {
    let clean: String = text
        .chars()
        .filter(|c| !QUOTES.contains(c) && *c != '\\')
        .map(|c| match c {
            '；' => ';',
            '＝' => '=',
            c => c,
        })
        .collect();
    let mut named = clean.trim_start().to_ascii_lowercase().starts_with("dmarc1");
    let mut tags = vec!["v=DMARC1"];
    for part in clean.split(';') {
        let tag = match version_in(part) {
            Some((_, behind)) => {
                named = true;
                behind
            }
            None => part,
        };
        if tag.contains('=') {
            tags.push(tag.trim());
        }
    }
    let read = Record::read(&tags.join("; ")).filter(|_| named)?;
    read.mended()
}

/// Where `v=DMARC…` begins in a part, and the text after it.
fn version_in(part: &str) -> Option<(usize, &str)> {
    let small = part.to_ascii_lowercase();
    small.match_indices("dmarc").find_map(|(at, name)| {
        let before = small.get(..at)?.trim_end().strip_suffix('=')?.trim_end();
        let start = before.strip_suffix('v')?.len();
        let behind = part.get(at + name.len()..)?;
        let number = |c: char| c.is_ascii_digit() || c.is_whitespace() || [',', ':', '.'].contains(&c);
        Some((start, behind.trim_start_matches(number)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_is_found_out() {
        let p = "v=DMARC1; p=reject";
        for (text, why, of_version, meant) in [
            ("v=dmarc1; p=reject", "it is written `v=dmarc1`", true, p),
            ("v = Dmarc1 ; p=reject", "`v = Dmarc1`: receivers", true, p),
            (
                "v=DMARC1 p=reject",
                "`v=DMARC1 p=reject`, and only `v=DMARC1;`",
                true,
                p,
            ),
            ("v=DMARC1, p=reject", "only `v=DMARC1;`", true, p),
            ("v=DMARC1\\; p=reject\\;", "only `v=DMARC1;`", true, p),
            ("v=DMARC1；p=reject", "only `v=DMARC1;`", true, p),
            ("v=DMARC2; p=reject", "`v=DMARC2`", true, p),
            ("v=DMARC; p=reject", "`v=DMARC`", true, p),
            ("\"v=DMARC1; p=reject\"", "it begins with `\"`", false, p),
            ("“v=DMARC1; p=reject”", "it begins with `“`", false, p),
            (" v=DMARC1; p=reject", "it begins with a blank", false, p),
            ("p=reject; v=DMARC1", "it does not begin with", false, p),
            ("DMARC1; p=reject", "it does not begin with", false, p),
            (
                "_dmarc IN TXT \"v=DMARC1; p=reject\"",
                "it does not begin with",
                false,
                p,
            ),
            ("TXT v=DMARC1; p=reject", "it does not begin with", false, p),
            (
                "v=dmarc1; p=rejekt; rua=mailto:a@dmarc.example",
                "`v=dmarc1`",
                true,
                "v=DMARC1; p=none; rua=mailto:a@dmarc.example",
            ),
            ("v=dmarc1", "`v=dmarc1`", true, "v=DMARC1; p=none"),
        ] {
            let near = Near::of(text).unwrap_or_else(|| panic!("{text}"));
            assert!(near.why.to_string().contains(why), "{text}: {}", near.why);
            assert_eq!(
                (near.of_version, near.meant.text.as_str()),
                (of_version, meant),
                "{text}"
            );
        }
        for text in [
            "",
            "v=spf1 include:_spf.dmarc.example -all",
            "dmarc-verification=1",
            "rua=mailto:dmarc@uni.example",
        ] {
            assert_eq!(Near::of(text), None, "{text}");
        }
    }
}
