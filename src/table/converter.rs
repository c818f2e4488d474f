//! Octets of any encoding -> UTF-8, piece by piece.
//!
//! An undecodable sequence becomes the octet 0xFF, which never occurs in UTF-8.

use encoding_rs::{Decoder, DecoderResult, Encoding};

use crate::campaign::{Charset, Old};

/// The replacement for octets that cannot be decoded.
pub(super) const UNDECODABLE: u8 = 0xff;

/// A line that is longer is decoded in pieces.
const LONGEST_LINE: usize = 1 << 20;

/// What became of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// All of it was taken.
    Taken,
    /// There is no room for more.
    Full,
}

/// Makes UTF-8 of the octets of a file, from their beginning on.
pub(super) enum Converter {
    Web(Decoder),
    Page(Box<[char]>),
    Utf32 {
        big: bool,
        /// The octets of a character that is not complete.
        begun: Vec<u8>,
    },
    Lines(Box<Lines>),
}

/// Lines of UTF-8, and others.
pub(super) struct Lines {
    other: Old,
    line: Vec<u8>,
    /// What was made and did not find room yet, from `given` on.
    made: Vec<u8>,
    given: usize,
}

impl Converter {
    /// None for what is UTF-8 already.
    pub(super) fn of(charset: Charset) -> Option<Self> {
        match charset {
            charset if charset.is_utf_8() => None,
            Charset::One(Old::Web(encoding)) => Some(Self::Web(decoder(encoding))),
            Charset::One(Old::Page(page)) => Some(Self::Page(page.upper().collect())),
            Charset::Utf32 { big } => Some(Self::Utf32 {
                big,
                begun: Vec::new(),
            }),
            Charset::Mixed(other) => Some(Self::Lines(Box::new(Lines {
                other,
                line: Vec::new(),
                made: Vec::new(),
                given: 0,
            }))),
        }
    }

    /// Whether it is as one that has read nothing; `input` is what it read last, up to the octet
    /// `taken` of the file.
    pub(super) fn is_at_rest(&self, input: &[u8], taken: u64, charset: Charset) -> bool {
        match self {
            Self::Web(_) if charset.is_utf_16() => {
                let unit = input.len().checked_sub(2).and_then(|at| input.get(at..));
                taken.is_multiple_of(2) && unit.is_some_and(|unit| ends_line_in_utf_16(unit, charset))
            }
            // The one question about its state that a decoder answers; `None` in the midst of something.
            Self::Web(decoder) => decoder.latin1_byte_compatible_up_to(&[]).is_some(),
            Self::Page(_) => true,
            Self::Utf32 { begun, .. } => begun.is_empty(),
            Self::Lines(lines) => lines.line.is_empty() && lines.given == lines.made.len(),
        }
    }

    /// Makes UTF-8 of `input`: what became of it, octets read, octets written. `out` has room for
    /// eight octets at least.
    pub(super) fn convert(&mut self, input: &[u8], out: &mut [u8], last: bool) -> (Step, usize, usize) {
        match self {
            Self::Web(decoder) => web(decoder, input, out, last),
            Self::Page(upper) => {
                let mut writing = Writing { out, written: 0 };
                for (read, octet) in input.iter().enumerate() {
                    if !writing.has_room() {
                        return (Step::Full, read, writing.written);
                    }
                    match octet.checked_sub(0x80) {
                        Some(at) => writing.put(upper.get(usize::from(at)).copied()),
                        None => writing.put(Some(char::from(*octet))),
                    }
                }
                (Step::Taken, input.len(), writing.written)
            }
            Self::Utf32 { big, begun } => utf_32(*big, begun, input, out, last),
            Self::Lines(lines) => lines.convert(input, out, last),
        }
    }
}

fn decoder(encoding: &'static Encoding) -> Decoder {
    encoding.new_decoder_without_bom_handling()
}

/// Characters on their way out.
struct Writing<'o> {
    out: &'o mut [u8],
    written: usize,
}

impl Writing<'_> {
    fn has_room(&self) -> bool {
        self.out.len() - self.written >= 4
    }

    /// A character; U+FFFD and `None` mean that it cannot be decoded.
    fn put(&mut self, c: Option<char>) {
        let mut buffer = [0; 4];
        let octets: &[u8] = match c.filter(|c| *c != '\u{fffd}') {
            Some(c) => c.encode_utf8(&mut buffer).as_bytes(),
            None => &[UNDECODABLE],
        };
        if let Some(room) = self.out.get_mut(self.written..self.written + octets.len()) {
            room.copy_from_slice(octets);
            self.written += octets.len();
        }
    }
}

fn web(decoder: &mut Decoder, input: &[u8], out: &mut [u8], last: bool) -> (Step, usize, usize) {
    let (mut read, mut written) = (0, 0);
    // The octet that stands for a bad sequence needs room, too.
    let room = out.len().saturating_sub(1);
    let step = loop {
        let (result, more_read, more_written) = decoder.decode_to_utf8_without_replacement(
            input.get(read..).unwrap_or_default(),
            out.get_mut(written..room).unwrap_or_default(),
            last,
        );
        read += more_read;
        written += more_written;
        match result {
            DecoderResult::InputEmpty => break Step::Taken,
            DecoderResult::OutputFull => break Step::Full,
            DecoderResult::Malformed(..) => {
                if let Some(octet) = out.get_mut(written) {
                    *octet = UNDECODABLE;
                    written += 1;
                }
                if room.saturating_sub(written) < 8 {
                    break Step::Full;
                }
            }
        }
    };
    if decoder.encoding().is_single_byte() {
        written = without_c1(out.get_mut(..written).unwrap_or_default());
    }
    (step, read, written)
}

/// Browsers read octets that a page leaves out as control characters, which no page has: they
/// cannot be decoded. Returns how much is left.
fn without_c1(made: &mut [u8]) -> usize {
    let is_c1 = |at: usize, made: &[u8]| matches!(made.get(at + 1), Some(0x80..=0x9f));
    let Some(first) = memchr::memchr_iter(0xc2, made).find(|at| is_c1(*at, made)) else {
        return made.len();
    };
    let (mut from, mut to) = (first, first);
    while from < made.len() {
        let c1 = made.get(from) == Some(&0xc2) && is_c1(from, made);
        let octet = if c1 {
            UNDECODABLE
        } else {
            made.get(from).copied().unwrap_or(UNDECODABLE)
        };
        if let Some(place) = made.get_mut(to) {
            *place = octet;
        }
        from += if c1 { 2 } else { 1 };
        to += 1;
    }
    to
}

fn utf_32(big: bool, begun: &mut Vec<u8>, input: &[u8], out: &mut [u8], last: bool) -> (Step, usize, usize) {
    let mut writing = Writing { out, written: 0 };
    for (read, octet) in input.iter().enumerate() {
        if !writing.has_room() {
            return (Step::Full, read, writing.written);
        }
        begun.push(*octet);
        if let Some(unit) = begun.first_chunk::<4>() {
            let number = if big {
                u32::from_be_bytes(*unit)
            } else {
                u32::from_le_bytes(*unit)
            };
            writing.put(char::from_u32(number));
            begun.clear();
        }
    }
    if last && !begun.is_empty() && writing.has_room() {
        begun.clear();
        writing.put(None);
    }
    (Step::Taken, input.len(), writing.written)
}

impl Lines {
    fn convert(&mut self, input: &[u8], out: &mut [u8], last: bool) -> (Step, usize, usize) {
        let (mut read, mut written) = (0, 0);
        loop {
            let waiting = self.made.get(self.given..).unwrap_or_default();
            let room = out.get_mut(written..).unwrap_or_default();
            let given = waiting.len().min(room.len());
            if let (Some(room), Some(waiting)) = (room.get_mut(..given), waiting.get(..given)) {
                room.copy_from_slice(waiting);
            }
            written += given;
            self.given += given;
            if self.given < self.made.len() {
                return (Step::Full, read, written);
            }
            self.made.clear();
            self.given = 0;
            let rest = input.get(read..).unwrap_or_default();
            let end = memchr::memchr2(b'\n', b'\r', rest).map(|at| at + 1);
            let taken = end.unwrap_or(rest.len());
            self.line.extend_from_slice(rest.get(..taken).unwrap_or_default());
            read += taken;
            let is_whole = end.is_some() || self.line.len() > LONGEST_LINE || (last && read == input.len());
            if is_whole && !self.line.is_empty() {
                self.made = either(&self.line, self.other);
                self.line.clear();
            } else if end.is_none() {
                return (Step::Taken, read, written);
            }
        }
    }
}

/// A line as UTF-8, or else in the other encoding. A line with parts of both stays unchanged: its
/// encoding cannot be known.
fn either(line: &[u8], other: Old) -> Vec<u8> {
    if std::str::from_utf8(line).is_ok() {
        return line.to_vec();
    }
    let is_narrow = match other {
        Old::Web(encoding) => encoding.is_single_byte(),
        Old::Page(_) => true,
    };
    if is_narrow && line.utf8_chunks().any(|chunk| !chunk.valid().is_ascii()) {
        return line.to_vec();
    }
    let made = all(line, Charset::One(other), true);
    if made.contains(&UNDECODABLE) {
        line.to_vec()
    } else {
        made
    }
}

/// All of some octets as UTF-8, with marks for what cannot be decoded; unless this is the `end`, a
/// character that is cut off there is left out.
pub(super) fn all(octets: &[u8], charset: Charset, end: bool) -> Vec<u8> {
    let Some(mut converter) = Converter::of(charset) else {
        return octets.to_vec();
    };
    // A line that is cut off can be read, too.
    let end = end || matches!(charset, Charset::Mixed(_));
    let mut made = vec![0; octets.len().saturating_mul(3) + 16];
    let (mut from, mut to) = (0, 0);
    loop {
        let input = octets.get(from..).unwrap_or_default();
        let (step, read, written) = converter.convert(input, made.get_mut(to..).unwrap_or_default(), end);
        from += read;
        to += written;
        match step {
            Step::Taken => break,
            Step::Full => made.resize(made.len() * 2, 0),
        }
    }
    made.truncate(to);
    made
}

/// The octets of `input` up to the end of its last line, where decoders mostly are at rest; all of
/// it where no line ends. `taken` octets of the file come before.
pub(super) fn whole_lines(input: &[u8], taken: u64, charset: Charset) -> &[u8] {
    let end = if charset.is_utf_16() {
        let before = usize::from(taken % 2 == 1);
        let mut units = input.get(before..).unwrap_or_default().chunks_exact(2);
        let last = units.rposition(|unit| ends_line_in_utf_16(unit, charset));
        last.map(|at| before + 2 * (at + 1))
    } else {
        memchr::memrchr2(b'\n', b'\r', input).map(|at| at + 1)
    };
    end.and_then(|end| input.get(..end)).unwrap_or(input)
}

fn ends_line_in_utf_16(unit: &[u8], charset: Charset) -> bool {
    match unit {
        [b'\n' | b'\r', 0] => charset == encoding_rs::UTF_16LE.into(),
        [0, b'\n' | b'\r'] => charset == encoding_rs::UTF_16BE.into(),
        _ => false,
    }
}

/// A text in that page, where it has all of its characters.
#[cfg(test)]
pub(super) fn in_page(text: &str, upper: &[char]) -> Option<Vec<u8>> {
    text.chars()
        .map(|c| match u8::try_from(c) {
            Ok(octet) if octet.is_ascii() => Some(octet),
            Ok(_) | Err(_) => {
                let at = upper.iter().position(|known| *known == c)?;
                u8::try_from(at + 0x80).ok()
            }
        })
        .collect()
}
