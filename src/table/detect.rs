//! Which encoding a file is in.
//!
//! A byte order mark says so. UTF-8 is recognised by itself: text of another encoding is hardly
//! ever valid UTF-8. Otherwise the encoding is guessed from lines that have more than ASCII. If
//! some of them are UTF-8 and others are not, two files were joined, and each line is read in its
//! own encoding.

use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1257};

use crate::campaign::{Charset, Family, Old, Said};
use crate::storage::open_regular;

use super::broken::undone;
use super::converter;
use super::guess::{FIRST_LINES, Guess, WINDOWS, guess, known, weight};
use super::plausible::points;

/// Octets a guess is made from.
const SAMPLE: usize = 1 << 16;

/// Octets of a line that are worth looking at.
const LINE: u64 = 1 << 14;

/// The first 64 KiB of a file, by which readers know what it is.
pub(super) fn beginning(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut start = Vec::new();
    open_regular(path)?.take(1 << 16).read_to_end(&mut start)?;
    Ok(start)
}

/// What a file's text is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) charset: Charset,
    /// Where that is not certain: what it may be in, and what its words are then.
    pub(super) doubt: Vec<(Charset, String)>,
}

impl From<Charset> for Found {
    fn from(charset: Charset) -> Self {
        Self {
            charset,
            doubt: Vec::new(),
        }
    }
}

/// Words by which a person tells encodings apart.
const WORDS_SHOWN: usize = 3;

/// What the text of the file is in that begins with `start`, where nobody says so, or by a name
/// that means several.
pub(super) fn charset(path: &Path, start: &[u8], family: Option<Family>) -> io::Result<Found> {
    charset_of(|| open_regular(path), start, family)
}

/// The same of octets that can be read from their beginning again and again.
pub(super) fn charset_of<R: Read>(
    open: impl Fn() -> io::Result<R>,
    start: &[u8],
    family: Option<Family>,
) -> io::Result<Found> {
    if let Some(marked) = marked(start) {
        return Ok(marked.into());
    }
    if let Some(charset) = utf_32(start) {
        return Ok(charset.into());
    }
    if let Some(encoding) = utf_16(start) {
        return Ok(Charset::from(encoding).into());
    }
    let evidence = read_as_utf_8(open()?)?;
    if evidence.invalid == 0 && !evidence.is_thin() && (evidence.sequences > 0 || family.is_none()) {
        return Ok(Charset::from(UTF_8).into());
    }
    let sample = sample(BufReader::new(open()?))?;
    // Few names of two characters of GBK are UTF-8, too; but some are.
    let thin = evidence.speaks_for_utf_8() && evidence.is_thin();
    if let Some(encoding) = known(&sample).filter(|_| thin) {
        return Ok(Charset::from(encoding).into());
    }
    if evidence.invalid == 0 {
        return Ok(Charset::from(UTF_8).into());
    }
    let found = match family.map_or_else(|| mixed(&sample), |_| None) {
        Some(mixed) => Guess::sure(mixed),
        None if evidence.speaks_for_utf_8() => Guess::sure(UTF_8),
        None => match guess(&sample, family) {
            // What is UTF-8 in it would be read wrongly: rather a fault of the other cells.
            Guess { charset, .. } if spoils_utf_8(&sample, charset) => Guess::sure(UTF_8),
            guess => guess,
        },
    };
    let doubt = match found.rivals.as_slice() {
        [] => Vec::new(),
        rivals => std::iter::once(&found.charset)
            .chain(rivals)
            .map(|charset| (*charset, words(&sample, *charset)))
            .collect(),
    };
    Ok(Found {
        charset: found.charset,
        doubt,
    })
}

/// The first words that are not the same in every encoding.
fn words(sample: &[u8], charset: Charset) -> String {
    let text = converter::all(sample, charset, true);
    let text = String::from_utf8_lossy(&text);
    let cells = text.split([',', ';', '\t', '|', '\n', '\r', '"']).map(str::trim);
    let telling: Vec<&str> = cells.filter(|cell| !cell.is_ascii()).take(WORDS_SHOWN).collect();
    telling.join(", ")
}

/// What its byte order mark says.
fn marked(start: &[u8]) -> Option<Charset> {
    match start {
        [0xff, 0xfe, 0, 0, ..] => Some(Charset::Utf32 { big: false }),
        [0, 0, 0xfe, 0xff, ..] => Some(Charset::Utf32 { big: true }),
        _ => Encoding::for_bom(start).map(|(encoding, _)| encoding.into()),
    }
}

/// The encoding that the user names; a mark says which of the two UTF-16 and UTF-32 are.
pub(super) fn named(path: &Path, said: Said, start: &[u8]) -> io::Result<Found> {
    let charset = match said {
        Said::Of(family) => return charset(path, start, Some(family)),
        Said::One(charset) => charset,
    };
    let is_wide = |charset: Charset| charset.is_utf_16() || matches!(charset, Charset::Utf32 { .. });
    Ok(match marked(start) {
        Some(marked) if is_wide(charset) && is_wide(marked) => marked.into(),
        _ => charset.into(),
    })
}

/// UTF-8 and something else, where lines of `sample` are the one and lines are the other. A line
/// with both is UTF-8 that was cut off somewhere.
fn mixed(sample: &[u8]) -> Option<Charset> {
    let (mut good, mut other) = (Vec::new(), Vec::new());
    for line in sample.split_inclusive(|octet| matches!(octet, b'\n' | b'\r')) {
        let mut evidence = Evidence::default();
        let rest = evidence.take(line);
        match (evidence.sequences, evidence.invalid > 0 || rest > 0) {
            (0, true) => other.extend_from_slice(line),
            (0, false) | (_, true) => {}
            (_, false) => good.extend_from_slice(line),
        }
    }
    if good.is_empty() || other.is_empty() {
        return None;
    }
    let Guess { charset, rivals } = guess(&other, None);
    let Charset::One(old) = charset else { return None };
    let read =
        |octets: &[u8], charset| String::from_utf8_lossy(&converter::all(octets, charset, true)).into_owned();
    let old = of_the_same_language(old, &good, &other)?;
    let charset = Charset::One(old);
    let is_meant = match old {
        Old::Web(encoding) if !encoding.is_single_byte() => {
            weight(&good, UTF_8) > weight(&good, encoding) && weight(&other, encoding) > 0
        }
        Old::Web(_) | Old::Page(_) => {
            let text = read(&good, UTF_8.into());
            let unlike = points(&text) > points(&read(&good, charset));
            // A name of UTF-8 that was cut off makes no words in it.
            let makes_words = |line: &[u8]| {
                let text = read(line, charset);
                line.is_ascii() || (points(&text) > 0 && has_letters_of_one_script(&text))
            };
            let mut lines = other.split(|octet| matches!(octet, b'\n' | b'\r'));
            rivals.is_empty() && unlike && lines.all(makes_words)
        }
    };
    is_meant.then_some(Charset::Mixed(old))
}

/// The page that also has the letters of the UTF-8 lines, if the guessed one does not: the person
/// who joined the files uses one language. `None` if no such page makes words.
fn of_the_same_language(old: Old, good: &[u8], other: &[u8]) -> Option<Old> {
    let good = String::from_utf8_lossy(good);
    let has_all = |encoding: &'static Encoding| !encoding.encode(&good).2;
    let read = |encoding: &'static Encoding| {
        points(&String::from_utf8_lossy(&converter::all(
            other,
            encoding.into(),
            true,
        )))
    };
    // What both have is Western rather than Baltic.
    let seldom = |encoding: &'static Encoding| encoding == WINDOWS_1257 && has_all(WINDOWS_1252);
    let guessed = match old {
        Old::Web(encoding) if seldom(encoding) => return Some(Old::Web(WINDOWS_1252)),
        Old::Web(encoding) if encoding.is_single_byte() && !has_all(encoding) => encoding,
        Old::Web(_) | Old::Page(_) => return Some(old),
    };
    let others = WINDOWS.iter().map(|(encoding, _)| *encoding);
    let mut others = others
        .filter(|encoding| has_all(encoding) && !seldom(encoding))
        .peekable();
    if others.peek().is_none() {
        return Some(old);
    }
    let best = others.max_by_key(|encoding| read(encoding));
    best.filter(|best| read(best) + 15 >= read(guessed)).map(Old::Web)
}

/// Whether cells of UTF-8 come out spoilt when a sample is read so.
fn spoils_utf_8(sample: &[u8], charset: Charset) -> bool {
    let cells = sample.split(|octet| b",;\t|\"\r\n".contains(octet));
    let mut utf_8 = cells.filter(|cell| !cell.is_ascii() && std::str::from_utf8(cell).is_ok());
    let is_narrow = match charset {
        Charset::One(Old::Web(encoding)) => encoding.is_single_byte(),
        Charset::One(Old::Page(_)) => true,
        Charset::Utf32 { .. } | Charset::Mixed(_) => false,
    };
    utf_8.any(|cell| {
        let meant = String::from_utf8_lossy(cell);
        let read = converter::all(cell, charset, true);
        let read = String::from_utf8_lossy(&read);
        (is_narrow && points(&meant) > points(&read)) || undone(&read).as_deref() == Some(&*meant)
    })
}

/// Whether each word with more than ASCII has some of it, too, or is of another script.
fn has_letters_of_one_script(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphabetic());
    let mut telling = words.filter(|word| !word.is_ascii());
    telling.all(|word| {
        let plain = word.chars().any(|c| c.is_ascii());
        plain || (word.chars().count() > 2 && word.chars().all(|c| c > '\u{36f}'))
    })
}

/// UTF-32 without a mark: three of four octets of what is ASCII in it are NUL.
fn utf_32(start: &[u8]) -> Option<Charset> {
    let plain = |octet: u8| matches!(octet, b'\t' | b'\n' | b'\r' | 0x20..=0x7e);
    let (mut little, mut big, mut units) = (0_usize, 0_usize, 0_usize);
    for unit in start.chunks_exact(4) {
        units += 1;
        match unit {
            [ascii, 0, 0, 0] if plain(*ascii) => little += 1,
            [0, 0, 0, ascii] if plain(*ascii) => big += 1,
            _ => {}
        }
    }
    let most = little.max(big);
    (most >= 3 && most * 3 > units).then_some(Charset::Utf32 { big: big > little })
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
        // The header belongs to it, whatever it holds.
        if lines > FIRST_LINES && sample.get(start..).is_some_and(<[u8]>::is_ascii) {
            sample.truncate(start);
        }
    }
    Ok(sample)
}

#[cfg(test)]
#[path = "tests/detect.rs"]
mod tests;
