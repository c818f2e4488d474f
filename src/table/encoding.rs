//! Text in any encoding -> UTF-8, on the way from the file to the parser.
//!
//! UTF-8 passes through unchanged. What cannot be decoded in the file's encoding is marked, so that
//! the parser's cell shows that it is not text, whatever the encoding of the file.

use std::io::{self, BufRead, Read};

use crate::campaign::Charset;

#[cfg(test)]
use super::converter::UNDECODABLE;
use super::converter::{self, Converter, Step, whole_lines};

/// Octets of UTF-8 made at a time; a character of any encoding fits in.
const MADE: usize = 1 << 16;

/// A stream read as UTF-8.
pub(super) struct Decoding<R> {
    inner: R,
    charset: Charset,
    /// None for what is UTF-8 already.
    converter: Option<Converter>,
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
    pub(super) fn new(inner: R, charset: Charset) -> Self {
        Self::at(0, inner, charset)
    }

    /// What follows octet `octet` of a file, where a decoder was at rest.
    pub(super) fn at(octet: u64, inner: R, charset: Charset) -> Self {
        let converter = Converter::of(charset);
        Self {
            taken: octet,
            rest: Rest { octet, made: 0 },
            at_rest: false,
            inner,
            charset,
            made: vec![0; if converter.is_some() { MADE } else { 0 }],
            converter,
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
        if self.converter.is_none() {
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

impl<R: BufRead> BufRead for Decoding<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let Some(converter) = &mut self.converter else {
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
            let input = whole_lines(input, self.taken, self.charset);
            let (step, read, written) = converter.convert(input, &mut self.made, last);
            self.taken += read as u64;
            self.at_rest = step == Step::Taken
                && !last
                && converter.is_at_rest(input.get(..read).unwrap_or_default(), self.taken, self.charset);
            self.inner.consume(read);
            (self.start, self.end) = (0, written);
            if step == Step::Taken {
                self.ended = last;
            }
        }
        Ok(self.made.get(self.start..self.end).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        if self.converter.is_some() {
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

/// The beginning of a file as UTF-8, with marks for what cannot be decoded; without a character
/// that is cut off at its end.
pub(super) fn decoded(start: &[u8], charset: Charset) -> Vec<u8> {
    converter::all(start, charset, false)
}

#[cfg(test)]
#[path = "tests/encoding.rs"]
mod tests;
