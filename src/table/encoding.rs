//! Text in whatever encoding -> UTF-8, on the way from the file to the parser.
//!
//! UTF-8 passes through as it is. An undecodable sequence of another encoding
//! becomes the octet 0xFF, which is in no UTF-8: so the parser's cell shows
//! that it is not text, whatever the file was written in.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8};

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
}

impl<R: BufRead> Decoding<R> {
    pub(super) fn new(inner: R, encoding: &'static Encoding) -> Self {
        let decoder = (encoding != UTF_8).then(|| encoding.new_decoder_without_bom_handling());
        Self {
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
}

impl<R: BufRead> BufRead for Decoding<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let Some(decoder) = &mut self.decoder else {
            return self.inner.fill_buf();
        };
        while self.start == self.end && !self.ended {
            let input = self.inner.fill_buf()?;
            let last = input.is_empty();
            // The octet that stands for a bad sequence needs room, too.
            let room = self.made.len().saturating_sub(1);
            let (result, read, written) = decoder.decode_to_utf8_without_replacement(
                input,
                self.made.get_mut(..room).unwrap_or_default(),
                last,
            );
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
