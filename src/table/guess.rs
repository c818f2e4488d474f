//! Guesses the encoding of text that is not Unicode: by the words in headers, the family names at
//! the beginning of cells, by chardetng, and by how likely the words of each page are.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, IBM866, KOI8_R, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_1250,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257,
    X_MAC_CYRILLIC,
};

use crate::campaign::{Charset, Family, Old, PAGES};

use super::converter;
use super::plausible::{is_of_one_alphabet, points};
use super::words::{COMMON_SYLLABLES, family_names, header_words};

/// What a text is taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Guess {
    pub(super) charset: Charset,
    /// What it may as well be in, which makes other words of it.
    pub(super) rivals: Vec<Charset>,
}

impl Guess {
    pub(super) fn sure(charset: impl Into<Charset>) -> Self {
        Self {
            charset: charset.into(),
            rivals: Vec::new(),
        }
    }
}

/// The first lines, where the header is.
pub(super) const FIRST_LINES: usize = 20;

/// Octets whose words are looked at one by one.
const READ_CLOSELY: usize = 1 << 13;

/// Points, in tenths, by which a page of the Mac or of DOS is to be likelier than what Windows has.
const MARGIN: i32 = 20;

/// Two that are nearer to each other are both possible.
const DOUBT: i32 = 12;

/// What chardetng is asked about, and what is recognised by its words.
const CANDIDATES: [&Encoding; 11] = [
    GB18030,
    BIG5,
    SHIFT_JIS,
    EUC_JP,
    EUC_KR,
    WINDOWS_1252,
    WINDOWS_1250,
    WINDOWS_1251,
    KOI8_R,
    WINDOWS_1253,
    WINDOWS_1254,
];

/// Those of Windows, and how much less than the first they are met, in tenths of a point.
pub(super) const WINDOWS: [(&Encoding, i32); 8] = [
    (WINDOWS_1252, 0),
    (WINDOWS_1250, 10),
    (WINDOWS_1251, 10),
    (WINDOWS_1254, 15),
    (WINDOWS_1253, 10),
    (WINDOWS_1257, 20),
    (WINDOWS_1255, 10),
    (WINDOWS_1256, 10),
];

/// Those of DOS and of the Mac, likewise.
const SELDOM: [(&str, i32); 16] = [
    ("cp850", 20),
    ("cp437", 25),
    ("cp852", 30),
    ("cp737", 30),
    ("cp857", 30),
    ("cp862", 30),
    ("cp860", 35),
    ("cp775", 35),
    ("cp865", 40),
    ("cp861", 40),
    ("cp869", 40),
    ("MacCE", 30),
    ("MacGreek", 35),
    ("MacTurkish", 35),
    ("MacRomanian", 40),
    ("MacIcelandic", 50),
];

/// A charset, how seldom it is, and whether it is the Mac's or that of DOS.
type Page = (Charset, i32, Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Mac,
    Dos,
}

fn pages() -> impl Iterator<Item = Page> {
    let known = [
        (Charset::from(MACINTOSH), 20, Kind::Mac),
        (X_MAC_CYRILLIC.into(), 30, Kind::Mac),
        (IBM866.into(), 20, Kind::Dos),
    ];
    let others = SELDOM.into_iter().filter_map(|(name, seldom)| {
        let page = PAGES.into_iter().find(|page| page.name == name)?;
        let kind = if name.starts_with("Mac") {
            Kind::Mac
        } else {
            Kind::Dos
        };
        Some((Charset::One(Old::Page(page)), seldom, kind))
    });
    known.into_iter().chain(others)
}

/// What `sample` is in, of all or of a family.
pub(super) fn guess(sample: &[u8], family: Option<Family>) -> Guess {
    let windows = of_windows(sample);
    // What Chinese, Japanese and Korean Windows use are pages of many octets.
    if family == Some(Family::Windows)
        || (family.is_none() && (sample.is_ascii() || is_certain(sample, windows)))
    {
        return Guess::sure(windows);
    }
    let bare_cr = ends_with_cr(sample);
    let sample = closely(sample);
    let scored = |charset: Charset, seldom: i32| {
        let text = text(&sample, charset);
        let words = i32::try_from(weight_of(&text, false)).unwrap_or(0);
        let alike = if is_of_one_alphabet(&text) { 15 } else { 0 };
        (points(&text) + 5 * words.min(40) + alike - seldom, text)
    };
    let mut ranked: Vec<(i32, Charset, String)> = pages()
        .filter(|(_, _, kind)| family.is_none() || *kind == Kind::Dos)
        .map(|(charset, seldom, kind)| {
            let (score, text) = scored(charset, seldom);
            // Lines that end with CR alone are what Macs wrote.
            let habit = match kind {
                _ if !bare_cr => 0,
                Kind::Mac => 30,
                Kind::Dos => -30,
            };
            (score + habit, charset, text)
        })
        .collect();
    ranked.sort_by_key(|(score, ..)| std::cmp::Reverse(*score));
    let Some((best, charset, words)) = ranked.first().cloned() else {
        return Guess::sure(windows);
    };
    if family.is_none() {
        let seldom = WINDOWS
            .iter()
            .find(|(encoding, _)| *encoding == windows)
            .map_or(10, |(_, seldom)| *seldom);
        let other = WINDOWS
            .iter()
            .map(|(encoding, seldom)| scored((*encoding).into(), *seldom).0)
            .max();
        let of_windows =
            scored(windows.into(), seldom).0.max(other.unwrap_or(i32::MIN)) - if bare_cr { 30 } else { 0 };
        if best <= of_windows + MARGIN {
            // Neither makes words of it.
            let doubtful = best > of_windows && of_windows < 0;
            let rivals = if doubtful { vec![charset] } else { Vec::new() };
            return Guess {
                charset: windows.into(),
                rivals,
            };
        }
    }
    let mut rivals: Vec<Charset> = Vec::new();
    let mut told = vec![words];
    for (score, rival, words) in ranked.into_iter().skip(1) {
        if best - score <= DOUBT && !told.contains(&words) && rivals.len() < 2 {
            rivals.push(rival);
            told.push(words);
        }
    }
    Guess { charset, rivals }
}

/// Whether the words of a text say what it is in, or its octets do: those of other scripts stand
/// together, of Latin letters one at a time.
fn is_certain(sample: &[u8], encoding: &'static Encoding) -> bool {
    if encoding.is_single_byte() {
        return false;
    }
    if weight(sample, encoding) > 0 {
        return true;
    }
    let beyond = sample.iter().filter(|octet| !octet.is_ascii()).count();
    let alone = sample
        .windows(3)
        .filter(
            |three| matches!(three, [a, b, c] if a.is_ascii() && !b.is_ascii() && c.is_ascii_alphabetic()),
        )
        .count();
    alone * 10 < beyond * 6
}

fn ends_with_cr(sample: &[u8]) -> bool {
    memchr::memchr(b'\r', sample).is_some() && memchr::memchr(b'\n', sample).is_none()
}

/// The first lines with more than ASCII.
fn closely(sample: &[u8]) -> Vec<u8> {
    let mut close = Vec::new();
    let lines = sample.split(|octet| matches!(octet, b'\n' | b'\r'));
    for line in lines.filter(|line| !line.is_ascii()) {
        let room = READ_CLOSELY.saturating_sub(close.len());
        close.extend(line.iter().take(room));
        close.push(b'\n');
    }
    close
}

fn text(octets: &[u8], charset: Charset) -> String {
    String::from_utf8_lossy(&converter::all(octets, charset, true)).into_owned()
}

fn of_windows(sample: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guessed = match detector.guess(None, Utf8Detection::Deny) {
        guessed if guessed == GBK => GB18030,
        guessed => guessed,
    };
    let scores = CANDIDATES.map(|candidate| (weight(sample, candidate), candidate));
    let best = scores.iter().map(|(weight, _)| *weight).max().unwrap_or(0);
    if best == 0 {
        return guessed;
    }
    let of_best = || scores.iter().filter(|(weight, _)| *weight == best);
    match of_best().next() {
        Some((_, only)) if of_best().nth(1).is_none() => only,
        // Where two have the same words (windows-1250 and 1252), the letters decide.
        Some((_, first)) if !of_best().any(|(_, candidate)| *candidate == guessed) => {
            if scores
                .iter()
                .any(|(weight, of)| *of == guessed && weight * 2 > best)
            {
                guessed
            } else {
                first
            }
        }
        _ => guessed,
    }
}

/// The encoding in which the text has known words or names, where it is UTF-8 in which it has none.
pub(super) fn known(sample: &[u8]) -> Option<&'static Encoding> {
    let mut best = (weight(sample, UTF_8), None);
    for candidate in CANDIDATES {
        let weight = weight(sample, candidate);
        if weight > best.0 {
            best = (weight, Some(candidate));
        }
    }
    best.1
}

/// How much of the text in this encoding is known: header words, and cells that begin with a
/// family name or are made of syllables that names are made of.
pub(super) fn weight(sample: &[u8], encoding: &'static Encoding) -> u32 {
    let (text, malformed) = encoding.decode_without_bom_handling(sample);
    weight_of(&text, malformed)
}

fn weight_of(text: &str, malformed: bool) -> u32 {
    let strange = text.chars().filter(|c| *c == '\u{fffd}').count();
    let beyond = text.chars().filter(|c| !c.is_ascii()).count();
    // The sample's last character may be cut off; a few of a large file may be broken.
    if malformed && strange > 1 + beyond / 50 {
        return 0;
    }
    let (mut words, mut names, mut named, mut cells) = (0, 0, 0, 0);
    for (number, line) in text.split(['\n', '\r']).enumerate().take(FIRST_LINES * 10) {
        for cell in line.split([',', ';', '\t', '|']) {
            let cell = cell.trim_matches(|c: char| c == '"' || c.is_whitespace());
            if cell.is_ascii() {
                continue;
            }
            if number < FIRST_LINES && has_header_word(cell) {
                words += 8;
                continue;
            }
            let weight = name_weight(cell);
            cells += 1;
            named += u32::from(weight > 0);
            names += weight;
        }
    }
    // One of many cells looks like a name in any encoding.
    if named * 4 < cells { words } else { words + names }
}

fn has_header_word(cell: &str) -> bool {
    let lower = cell.to_lowercase();
    let part = |word: &str| word.chars().all(is_ideograph) && lower.contains(word);
    header_words().any(|word| lower == word || part(word))
}

/// How much a cell looks like the name of a person in China, Japan or Korea.
pub(super) fn name_weight(cell: &str) -> u32 {
    let letters = cell.chars().filter(|c| *c != ' ' && *c != '\u{3000}').count();
    if !(2..=6).contains(&letters) {
        return 0;
    }
    let names = family_names().filter(|name| cell.starts_with(*name));
    if let Some(name) = names.max_by_key(|name| name.len()) {
        let rest = cell.get(name.len()..).unwrap_or_default();
        // Hardly anything else begins with two such characters.
        let known = 2 * u32::try_from(name.chars().count()).unwrap_or(1);
        return if rest.chars().all(is_ideograph_or_blank) {
            known
        } else {
            u32::from(rest.is_ascii())
        };
    }
    let syllable = |c: char| ('\u{ac00}'..='\u{d7a3}').contains(&c);
    if cell.chars().all(syllable)
        && cell.chars().filter(|c| COMMON_SYLLABLES.contains(*c)).count() * 3 >= letters * 2
    {
        return 3;
    }
    let kana = |c: char| ('\u{3041}'..='\u{30ff}').contains(&c);
    if letters >= 3 && cell.chars().all(|c| kana(c) || c == ' ' || c == '\u{3000}') {
        return 3;
    }
    0
}

fn is_ideograph(c: char) -> bool {
    ('\u{3041}'..='\u{30ff}').contains(&c)
        || ('\u{4e00}'..='\u{9fff}').contains(&c)
        || ('\u{ac00}'..='\u{d7a3}').contains(&c)
}

fn is_ideograph_or_blank(c: char) -> bool {
    is_ideograph(c) || matches!(c, ' ' | '\u{3000}' | '々')
}

#[cfg(test)]
#[path = "tests/guess.rs"]
mod tests;
