//! Text in whatever encoding -> UTF-8, on the way from the file to the parser.
//!
//! UTF-8 passes through as it is. An undecodable sequence of another encoding
//! becomes the octet 0xFF, which is in no UTF-8: so the parser's cell shows
//! that it is not text, whatever the file was written in.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// What stands for octets that mean nothing.
const UNDECODABLE: u8 = 0xff;

/// Octets of UTF-8 made at a time; a character of any encoding fits in.
const MADE: usize = 1 << 16;

/// A stream read as UTF-8.
pub(super) struct Decoding<R> {
    inner: R,
    /// None for what is UTF-8 already.
    decoder: Option<Decoder>,
    made: Vec<u8>,
    start: usize,
    end: usize,
    ended: bool,
    /// Octets taken from `inner`, and from what was before it in the file.
    taken: u64,
    /// Where a decoder may begin.
    rest: Rest,
    at_rest: bool,
}

/// Where a decoder was between two characters, and in the state in which it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rest {
    /// The octet of the file.
    pub(super) octet: u64,
    /// Octets of UTF-8 made since.
    pub(super) made: u64,
}

impl<R: BufRead> Decoding<R> {
    pub(super) fn new(inner: R, encoding: &'static Encoding) -> Self {
        Self::at(0, inner, encoding)
    }

    /// What follows octet `octet` of a file, where a decoder was at rest.
    pub(super) fn at(octet: u64, inner: R, encoding: &'static Encoding) -> Self {
        let decoder = (encoding != UTF_8).then(|| encoding.new_decoder_without_bom_handling());
        Self {
            taken: octet,
            rest: Rest { octet, made: 0 },
            at_rest: false,
            inner,
            made: vec![0; if decoder.is_some() { MADE } else { 0 }],
            decoder,
            start: 0,
            end: 0,
            ended: false,
        }
    }

    /// What it reads from.
    pub(super) fn input(&self) -> &R {
        &self.inner
    }

    /// From where on what comes next can be read again.
    pub(super) fn place(&self) -> Rest {
        if self.decoder.is_none() {
            return Rest {
                octet: self.taken,
                made: 0,
            };
        }
        Rest {
            octet: self.rest.octet,
            made: self.rest.made + self.start as u64,
        }
    }

    /// Leaves octets of UTF-8 aside.
    pub(super) fn skip(&mut self, mut octets: u64) -> io::Result<()> {
        while octets > 0 {
            let there = self.fill_buf()?.len();
            if there == 0 {
                return Ok(());
            }
            let taken = usize::try_from(octets).unwrap_or(there).min(there);
            self.consume(taken);
            octets -= taken as u64;
        }
        Ok(())
    }
}

/// The octets of `input` up to the end of its last line, where decoders mostly are at rest; all of
/// it where no line ends. `taken` octets of the file come before.
fn whole_lines<'i>(input: &'i [u8], taken: u64, encoding: &'static Encoding) -> &'i [u8] {
    let end = if is_utf_16(encoding) {
        let before = usize::from(taken % 2 == 1);
        let mut units = input.get(before..).unwrap_or_default().chunks_exact(2);
        let last = units.rposition(|unit| ends_line_in_utf_16(unit, encoding));
        last.map(|at| before + 2 * (at + 1))
    } else {
        memchr::memrchr2(b'\n', b'\r', input).map(|at| at + 1)
    };
    end.and_then(|end| input.get(..end)).unwrap_or(input)
}

fn is_utf_16(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

fn ends_line_in_utf_16(unit: &[u8], encoding: &'static Encoding) -> bool {
    match unit {
        [b'\n' | b'\r', 0] => encoding == UTF_16LE,
        [0, b'\n' | b'\r'] => encoding == UTF_16BE,
        _ => false,
    }
}

/// Whether a decoder that has read all of `input`, which ends at the octet `taken` of the file, is
/// as one that has read nothing.
fn is_at_rest(decoder: &Decoder, input: &[u8], taken: u64) -> bool {
    let encoding = decoder.encoding();
    if is_utf_16(encoding) {
        let unit = input.len().checked_sub(2).and_then(|at| input.get(at..));
        return taken.is_multiple_of(2) && unit.is_some_and(|unit| ends_line_in_utf_16(unit, encoding));
    }
    // The one question about its state that a decoder answers; `None` in the midst of something.
    decoder.latin1_byte_compatible_up_to(&[]).is_some()
}

impl<R: BufRead> BufRead for Decoding<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let Some(decoder) = &mut self.decoder else {
            return self.inner.fill_buf();
        };
        while self.start == self.end && !self.ended {
            self.rest.made += self.end as u64;
            if self.at_rest {
                self.rest = Rest {
                    octet: self.taken,
                    made: 0,
                };
            }
            let input = self.inner.fill_buf()?;
            let last = input.is_empty();
            let input = whole_lines(input, self.taken, decoder.encoding());
            // The octet that stands for a bad sequence needs room, too.
            let room = self.made.len().saturating_sub(1);
            let (result, read, written) = decoder.decode_to_utf8_without_replacement(
                input,
                self.made.get_mut(..room).unwrap_or_default(),
                last,
            );
            self.taken += read as u64;
            let paused = result == DecoderResult::InputEmpty && !last;
            self.at_rest = paused && is_at_rest(decoder, input, self.taken);
            self.inner.consume(read);
            (self.start, self.end) = (0, written);
            match result {
                DecoderResult::InputEmpty => self.ended = last,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => {
                    if let Some(octet) = self.made.get_mut(written) {
                        *octet = UNDECODABLE;
                        self.end = written + 1;
                    }
                }
            }
        }
        Ok(self.made.get(self.start..self.end).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        if self.decoder.is_some() {
            self.start = (self.start + amount).min(self.end);
        } else {
            self.taken += amount as u64;
            self.inner.consume(amount);
        }
    }
}

impl<R: BufRead> Read for Decoding<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut from = self.fill_buf()?;
        let n = from.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}

/// The beginning of a file as UTF-8, marked where it means nothing; without a character that is
/// cut off at its end.
pub(super) fn decoded(start: &[u8], encoding: &'static Encoding) -> Vec<u8> {
    if encoding == UTF_8 {
        return start.to_vec();
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut made = vec![0; start.len().saturating_mul(3) + 16];
    let (mut from, mut to) = (0, 0);
    loop {
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(
            start.get(from..).unwrap_or_default(),
            made.get_mut(to..).unwrap_or_default(),
            false,
        );
        from += read;
        to += written;
        match result {
            DecoderResult::InputEmpty => break,
            // As long as there is room for one more; more than three for one is never needed.
            DecoderResult::OutputFull => made.resize(made.len() * 2, 0),
            DecoderResult::Malformed(..) => {
                if to == made.len() {
                    made.resize(made.len() * 2, 0);
                }
                if let Some(octet) = made.get_mut(to) {
                    *octet = UNDECODABLE;
                    to += 1;
                }
            }
        }
    }
    made.truncate(to);
    made
}

/// What people call an encoding: programs write GB18030 and say GBK or GB2312, which are in it.
pub(super) fn name(encoding: &'static Encoding) -> &'static str {
    match encoding.name() {
        "gb18030" | "GBK" => "GB18030",
        name => name,
    }
}

#[cfg(test)]
#[path = "tests/encoding.rs"]
mod tests;
