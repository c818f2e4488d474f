//! Which encoding a file is in.
//!
//! A byte order mark says so. UTF-8 is told by itself: text of another
//! encoding is hardly ever valid UTF-8. What is left is guessed, from lines
//! that have more than ASCII: by the words that headers have and the family
//! names that cells begin with, and where those say nothing by chardetng.

use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, KOI8_R, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254,
};

use crate::storage::open_regular;

use super::words::{COMMON_SYLLABLES, family_names, header_words};

/// Octets a guess is made from.
const SAMPLE: usize = 1 << 16;

/// The first lines, where the header is, belong to the sample whatever they hold.
const FIRST_LINES: usize = 20;

/// Octets of a line that are worth looking at.
const LINE: u64 = 1 << 14;

/// The first 64 KiB of a file, by which readers know what it is.
pub(super) fn beginning(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut start = Vec::new();
    open_regular(path)?.take(1 << 16).read_to_end(&mut start)?;
    Ok(start)
}

/// The encoding of the file that begins with `start`.
pub(super) fn encoding(path: &Path, start: &[u8]) -> io::Result<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return Ok(encoding);
    }
    if let Some(encoding) = utf_16(start) {
        return Ok(encoding);
    }
    let evidence = read_as_utf_8(open_regular(path)?)?;
    if evidence.speaks_for_utf_8() {
        if !evidence.is_thin() {
            return Ok(UTF_8);
        }
        // Few names of two characters of GBK are UTF-8, too; but some are.
        let sample = sample(BufReader::new(open_regular(path)?))?;
        return Ok(known(&sample).unwrap_or(UTF_8));
    }
    Ok(guess(&sample(BufReader::new(open_regular(path)?))?))
}

/// The encoding that the user names; a mark says which of the two UTF-16 are.
pub(super) fn named(encoding: &'static Encoding, start: &[u8]) -> &'static Encoding {
    let marked = Encoding::for_bom(start).map(|(marked, _)| marked);
    match marked {
        Some(marked) if is_utf_16(encoding) && is_utf_16(marked) => marked,
        _ => encoding,
    }
}

fn is_utf_16(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// UTF-16 without a mark: every other octet of what is ASCII in it is NUL.
fn utf_16(start: &[u8]) -> Option<&'static Encoding> {
    let plain = |octet: u8| matches!(octet, b'\t' | b'\n' | b'\r' | 0x20..=0x7e);
    let (mut little, mut big, mut pairs) = (0_usize, 0_usize, 0_usize);
    for pair in start.chunks_exact(2) {
        pairs += 1;
        match pair {
            [ascii, 0] if plain(*ascii) => little += 1,
            [0, ascii] if plain(*ascii) => big += 1,
            _ => {}
        }
    }
    let most = little.max(big);
    // The lesser of the two are characters like U+4E00, whose octets look so by chance.
    if most < 3 || most * 5 < pairs || little.min(big) * 4 > most {
        return None;
    }
    Some(if little > big { UTF_16LE } else { UTF_16BE })
}

/// How much speaks for UTF-8 and against it.
#[derive(Default)]
struct Evidence {
    /// Sequences of several octets; a long one comes about by chance less often.
    valid: u64,
    /// Octets that belong to none.
    invalid: u64,
    sequences: u64,
}

impl Evidence {
    /// Takes what is complete of `octets`; the rest, at most three, begins a sequence.
    fn take(&mut self, mut octets: &[u8]) -> usize {
        loop {
            match std::str::from_utf8(octets) {
                Ok(text) => {
                    self.count(text);
                    return 0;
                }
                Err(error) => {
                    let (good, bad) = octets.split_at(error.valid_up_to());
                    self.count(std::str::from_utf8(good).unwrap_or_default());
                    let Some(length) = error.error_len() else {
                        return bad.len();
                    };
                    self.invalid += 1;
                    octets = bad.get(length..).unwrap_or_default();
                }
            }
        }
    }

    fn count(&mut self, text: &str) {
        if text.is_ascii() {
            return;
        }
        // Lead octets of two, of three and of four.
        let leads = |from: u8| text.bytes().filter(|octet| *octet >= from).count() as u64;
        let sequences = leads(0xc0);
        self.sequences += sequences;
        self.valid += sequences + 3 * leads(0xe0);
    }

    fn speaks_for_utf_8(&self) -> bool {
        self.invalid == 0 || self.valid > 3 * self.invalid
    }

    /// Whether it is so little that it may have come about by chance.
    fn is_thin(&self) -> bool {
        (1..=8).contains(&self.sequences)
    }

    /// Whether nothing that follows can change the verdict.
    fn is_clear(&self) -> bool {
        const CLEAR: u64 = 20_000;
        if self.speaks_for_utf_8() {
            self.valid > CLEAR && self.valid > 100 * self.invalid
        } else {
            self.invalid > 500 && self.valid < self.invalid
        }
    }
}

/// What speaks for UTF-8, up to where that is clear.
fn read_as_utf_8(mut input: impl Read) -> io::Result<Evidence> {
    let mut buffer = vec![0; 1 << 17];
    let mut evidence = Evidence::default();
    let mut kept = 0;
    loop {
        let n = match input.read(buffer.get_mut(kept..).unwrap_or_default()) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        let end = kept + n;
        if n == 0 {
            // A sequence that the file's end cuts off.
            evidence.invalid += u64::from(end > 0);
            return Ok(evidence);
        }
        kept = evidence.take(buffer.get(..end).unwrap_or_default());
        if evidence.is_clear() {
            return Ok(evidence);
        }
        buffer.copy_within(end - kept..end, 0);
    }
}

/// The first lines, and the next ones that have more than ASCII.
fn sample(mut input: impl BufRead) -> io::Result<Vec<u8>> {
    let mut sample = Vec::new();
    let mut lines = 0;
    while sample.len() < SAMPLE {
        let start = sample.len();
        if input.by_ref().take(LINE).read_until(b'\n', &mut sample)? == 0 {
            break;
        }
        lines += 1;
        if lines > FIRST_LINES && sample.get(start..).is_some_and(<[u8]>::is_ascii) {
            sample.truncate(start);
        }
    }
    Ok(sample)
}

/// What chardetng is told of, and what speaks for itself by its words.
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

fn guess(sample: &[u8]) -> &'static Encoding {
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
fn known(sample: &[u8]) -> Option<&'static Encoding> {
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
fn weight(sample: &[u8], encoding: &'static Encoding) -> u32 {
    let (text, malformed) = encoding.decode_without_bom_handling(sample);
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

fn name_weight(cell: &str) -> u32 {
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
#[path = "tests/detect.rs"]
mod tests;
