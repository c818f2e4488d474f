//! Columns in tags: their names as people write them, and as the engine can read them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_canonical;

use crate::table::Header;

use super::characters::{in_name, is_blank, seen};

/// In front of a name that the engine cannot take, written as the octets of it.
const MANGLED: &str = "_u";

/// The columns, as tags may name them.
pub(super) struct Columns<'h> {
    header: &'h Header,
    /// Those whose names are more than one word of the language: the longest first.
    special: Vec<(usize, Vec<char>)>,
}

impl<'h> Columns<'h> {
    pub(super) fn of(header: &'h Header) -> Self {
        let columns = header.columns.iter().enumerate();
        let named =
            columns.filter(|(_, name)| !is_word(name) && !is_number(name) && !calculates(name, header));
        let mut special: Vec<_> = named
            .map(|(at, name)| (at, name.nfd().collect::<Vec<_>>()))
            .collect();
        special.sort_by_key(|(_, name)| std::cmp::Reverse(name.len()));
        Self { header, special }
    }

    /// The column at this place whose name is not a plain word, and where the name ends.
    pub(super) fn standing(&self, text: &str, at: usize) -> Option<(usize, usize)> {
        let exact = self.special.iter();
        let mut exact = exact.filter_map(|(column, name)| Some((*column, ends(text, at, name, false)?)));
        // In another case, where that can be one column only.
        let alike = self.special.iter();
        let mut alike = alike.filter_map(|(column, name)| Some((*column, ends(text, at, name, true)?)));
        exact.next().or_else(|| {
            let longest = alike.next()?;
            alike.all(|(_, end)| end != longest.1).then_some(longest)
        })
    }

    /// The column that is called exactly so.
    pub(super) fn called(&self, name: &str) -> Option<usize> {
        self.header.columns.iter().position(|column| column == name)
    }

    /// The column that a name means: with other blanks, or its accents combined in another way.
    pub(super) fn meant(&self, name: &str) -> Option<usize> {
        let exact = self.header.position(name);
        exact.or_else(|| {
            let plain = plain(name);
            self.header
                .columns
                .iter()
                .position(|column| self::plain(column) == plain)
        })
    }

    /// What templates call a column.
    pub(super) fn name(&self, column: usize) -> &'h str {
        self.header.columns.get(column).map_or("", String::as_str)
    }

    /// A name of a column that the engine takes anywhere.
    pub(super) fn alias(&self, column: usize) -> String {
        self.header.alias(column)
    }

    /// The column of which this is such a name.
    pub(super) fn of_alias(&self, name: &str) -> Option<usize> {
        self.header.of_alias(name)
    }
}

/// A name that the engine cannot take, as one that it can.
pub(super) fn mangled(name: &str) -> String {
    let octets = plain(name).into_bytes();
    let hex: String = octets.iter().map(|octet| format!("{octet:02x}")).collect();
    format!("{MANGLED}{hex}")
}

/// A name as its user wrote it.
pub fn written_name(name: &str) -> String {
    let octets = name.strip_prefix(MANGLED).and_then(|hex| {
        let pairs = (0..hex.len()).step_by(2);
        let octets = pairs.map(|at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok());
        octets.collect::<Option<Vec<u8>>>()
    });
    let written = octets
        .filter(|octets| !octets.is_empty())
        .and_then(|octets| String::from_utf8(octets).ok());
    written.unwrap_or_else(|| name.to_owned())
}

/// Whether a name is one word, in whatever script.
pub(in crate::render) fn is_word(name: &str) -> bool {
    name.chars().all(in_name) && !name.starts_with(|c: char| c.is_ascii_digit())
}

fn is_number(name: &str) -> bool {
    name.bytes().all(|octet| octet.is_ascii_digit() || octet == b'.')
}

/// Whether a name can be read as something that is done with other columns: `a - b`, `not paid`.
fn calculates(name: &str, header: &Header) -> bool {
    let is_operator = |word: &str| matches!(word, "and" | "or" | "not" | "in" | "is");
    let words = || name.split(|c: char| !in_name(c)).filter(|word| !word.is_empty());
    let does = name.contains(|c: char| !in_name(c) && !is_blank(c)) || words().any(is_operator);
    let mut columns = words().filter(|word| !is_operator(word)).peekable();
    let is_column = |word: &str| {
        header
            .columns
            .iter()
            .any(|column| column.eq_ignore_ascii_case(word))
    };
    does && columns.peek().is_some() && columns.all(is_column)
}

/// A name without what makes no difference to a reader.
fn plain(name: &str) -> String {
    let mut decoded = String::with_capacity(name.len());
    let mut at = 0;
    while let Some(seen) = seen(name, at) {
        at += seen.length;
        match seen.c {
            c if c.is_whitespace() && decoded.ends_with(' ') => {}
            c if c.is_whitespace() => decoded.push(' '),
            c if is_blank(c) || matches!(c, '\u{200c}' | '\u{200d}') => {}
            c => decoded.push(c),
        }
    }
    decoded.trim().nfc().collect()
}

/// Where the name at this place ends: all blanks are equal, and an entity equals its character.
fn ends(text: &str, mut at: usize, name: &[char], any_case: bool) -> Option<usize> {
    let mut wanted = name.iter().copied().peekable();
    let mut last = '\0';
    while let Some(next) = wanted.peek().copied() {
        let here = seen(text, at)?;
        if next.is_whitespace() {
            if !here.c.is_whitespace() {
                return None;
            }
            while wanted.next_if(|c| c.is_whitespace()).is_some() {}
            while let Some(blank) = seen(text, at).filter(|seen| is_blank(seen.c)) {
                at += blank.length;
            }
            continue;
        }
        let mut same = true;
        decompose_canonical(here.c, |c| {
            same &= wanted
                .next()
                .is_some_and(|next| next == c || any_case && next.to_lowercase().eq(c.to_lowercase()));
        });
        if !same {
            return None;
        }
        (last, at) = (here.c, at + here.length);
    }
    let goes_on = in_name(last) && seen(text, at).is_some_and(|seen| in_name(seen.c));
    (!goes_on).then_some(at)
}
