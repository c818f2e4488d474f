//! Reads the content of one message, from the 354 to the lone dot (RFC 5321 §4.1.1.4).
//!
//! Works on whatever pieces the network delivers and gives the same result for every cut. Lines are
//! found with memchr; an octet is copied once. Only CRLF ends a line: a bare LF in front of a dot
//! neither ends the message nor makes the dot disappear (that would be SMTP smuggling).
//!
//! A message that breaks a rule is read to its end, so that the client gets the reply where it
//! waits for it, but nothing is kept after the first fault. So memory is bounded by the size limit.
//! Nothing is repaired: a message is taken exactly or not at all.

use memchr::{memchr, memchr2};

/// Octets of a line without its CRLF (RFC 5321 §4.5.3.1.6: 1000 with it).
const LINE: usize = 998;

/// Stuffed dot, line, CRLF, and one more to tell a line that is too long.
const PENDING: usize = 1 + LINE + 2 + 1;

/// What the client said of the content in MAIL.
#[derive(Debug, Clone, Copy)]
pub(super) struct Declared {
    /// BODY=8BITMIME (RFC 6152).
    pub(super) eight_bit: bool,
    /// SMTPUTF8 (RFC 6531), which allows UTF-8 in headers.
    pub(super) smtputf8: bool,
}

/// Why content is refused. Lines are counted from 1, header and body together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ContentFault {
    BareLf { line: u64 },
    BareCr { line: u64 },
    Nul { line: u64 },
    LongLine { line: u64 },
    EightBitHeader { line: u64 },
    EightBitBody { line: u64 },
    TooBig,
}

/// The result of a piece of input.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// All of it was content; the end is still to come.
    More,
    /// The end was found; this number of octets of the input belongs to the message.
    End(usize),
}

pub(super) struct ContentReader {
    declared: Declared,
    limit: u64,
    kept: Vec<u8>,
    /// The beginning of a line whose end has not arrived.
    pending: Vec<u8>,
    line: u64,
    after_crlf: bool,
    in_header: bool,
    fault: Option<ContentFault>,
}

impl ContentReader {
    /// `expected` octets are set aside, within reason: SIZE= is only what the client says.
    pub(super) fn new(declared: Declared, limit: u64, expected: u64) -> Self {
        let capacity = usize::try_from(expected.min(limit).min(1024 * 1024)).unwrap_or(0);
        Self {
            declared,
            limit,
            kept: Vec::with_capacity(capacity),
            pending: Vec::new(),
            line: 1,
            after_crlf: true,
            in_header: true,
            fault: None,
        }
    }

    /// Takes what belongs to the message from the front of `input`.
    pub(super) fn read(&mut self, input: &[u8]) -> Progress {
        let mut used = 0;
        while let Some(end) = memchr(b'\n', &input[used..]) {
            let piece = &input[used..=used + end];
            used += piece.len();
            let last = if self.pending.is_empty() {
                self.line(piece)
            } else {
                self.hold(piece);
                let line = std::mem::take(&mut self.pending);
                let last = self.line(&line);
                self.pending = line;
                self.pending.clear();
                last
            };
            if last {
                return Progress::End(used);
            }
        }
        self.hold(&input[used..]);
        Progress::More
    }

    /// The content without stuffing, or the first fault in it. To be called after the end.
    pub(super) fn finish(self) -> Result<Vec<u8>, ContentFault> {
        self.fault.map_or(Ok(self.kept), Err)
    }

    /// Keeps the piece of a line for later. Of a line that is too long only the beginning and the
    /// last two octets matter: it is a fault already, all that is open is whether CRLF ends it.
    fn hold(&mut self, piece: &[u8]) {
        let room = PENDING.saturating_sub(self.pending.len());
        let (front, rest) = piece.split_at(room.min(piece.len()));
        self.pending.extend_from_slice(front);
        if !rest.is_empty() {
            let tail = &rest[rest.len().saturating_sub(2)..];
            self.pending.extend_from_slice(tail);
            let surplus = self.pending.len() - PENDING;
            self.pending.drain(PENDING - 2..PENDING - 2 + surplus);
        }
    }

    /// One whole line with its LF; true for the lone dot.
    fn line(&mut self, line: &[u8]) -> bool {
        let after_crlf = std::mem::replace(&mut self.after_crlf, line.ends_with(b"\r\n"));
        if after_crlf && line == b".\r\n" {
            return true;
        }
        let line = if after_crlf {
            line.strip_prefix(b".").unwrap_or(line)
        } else {
            line
        };
        if self.fault.is_none() {
            self.fault = self.examine(line);
            if self.fault.is_some() {
                self.kept = Vec::new();
            } else {
                self.kept.extend_from_slice(line);
            }
        }
        self.in_header &= line != b"\r\n";
        self.line += 1;
        false
    }

    fn examine(&self, with_end: &[u8]) -> Option<ContentFault> {
        let line = self.line;
        // First, because of a line that is too long no more than this is known.
        if with_end.len() > LINE + 2 {
            return Some(ContentFault::LongLine { line });
        }
        let Some(text) = with_end.strip_suffix(b"\r\n") else {
            return Some(ContentFault::BareLf { line });
        };
        if text.len() > LINE {
            return Some(ContentFault::LongLine { line });
        }
        match memchr2(b'\r', 0, text) {
            Some(at) if text[at] == 0 => return Some(ContentFault::Nul { line }),
            Some(_) => return Some(ContentFault::BareCr { line }),
            None => {}
        }
        if !text.is_ascii() {
            if self.in_header && !self.declared.smtputf8 {
                return Some(ContentFault::EightBitHeader { line });
            }
            if !self.in_header && !self.declared.eight_bit {
                return Some(ContentFault::EightBitBody { line });
            }
        }
        let size = u64::try_from(self.kept.len() + with_end.len()).unwrap_or(u64::MAX);
        (size > self.limit).then_some(ContentFault::TooBig)
    }
}
