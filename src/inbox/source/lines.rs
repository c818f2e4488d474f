//! The lines of a file, a piece at a time, so that an endless line does not fill the memory.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader};

/// A line, or a part of a long one.
#[derive(Debug, Clone, Default)]
pub(super) struct Piece {
    /// Where it begins in the file.
    pub(super) at: u64,
    /// It is the beginning of a line.
    pub(super) begins: bool,
    /// What it is, with its line end.
    pub(super) octets: Vec<u8>,
}

/// Octets of a piece.
const PIECE: usize = 64 << 10;

/// Octets at the beginning of a file that show how its lines end.
const LOOKED_AT: usize = 64 << 10;

pub(super) struct Lines {
    reader: BufReader<File>,
    end: u8,
    at: u64,
    begins: bool,
    /// Read, and not taken yet.
    ahead: VecDeque<Piece>,
}

impl Lines {
    pub(super) fn of(file: File) -> io::Result<Self> {
        let mut reader = BufReader::with_capacity(LOOKED_AT, file);
        let beginning = reader.fill_buf()?;
        // Lines that end in CR alone: mailboxes of old Macs.
        let end = if memchr::memchr(b'\n', beginning).is_none() && memchr::memchr(b'\r', beginning).is_some()
        {
            b'\r'
        } else {
            b'\n'
        };
        let mark = if beginning.starts_with(b"\xef\xbb\xbf") {
            3
        } else {
            0
        };
        reader.consume(mark);
        Ok(Self {
            reader,
            end,
            at: mark as u64,
            begins: true,
            ahead: VecDeque::new(),
        })
    }

    /// The next piece, which stays there.
    pub(super) fn peek(&mut self) -> io::Result<Option<&Piece>> {
        if self.ahead.is_empty() {
            let next = self.read()?;
            self.ahead.extend(next);
        }
        Ok(self.ahead.front())
    }

    pub(super) fn next(&mut self) -> io::Result<Option<Piece>> {
        match self.ahead.pop_front() {
            Some(piece) => Ok(Some(piece)),
            None => self.read(),
        }
    }

    /// The piece is the next one again.
    pub(super) fn put_back(&mut self, piece: Piece) {
        self.ahead.push_front(piece);
    }

    fn read(&mut self) -> io::Result<Option<Piece>> {
        let mut piece = Piece {
            at: self.at,
            begins: self.begins,
            octets: Vec::new(),
        };
        loop {
            let there = self.reader.fill_buf()?;
            if there.is_empty() {
                break;
            }
            let room = PIECE - piece.octets.len();
            let there = there.get(..there.len().min(room)).unwrap_or_default();
            let line = memchr::memchr(self.end, there).map(|end| end + 1);
            let taken = line.unwrap_or(there.len());
            piece
                .octets
                .extend_from_slice(there.get(..taken).unwrap_or_default());
            self.reader.consume(taken);
            self.begins = line.is_some();
            if line.is_some() || piece.octets.len() == PIECE {
                break;
            }
        }
        self.at += piece.octets.len() as u64;
        Ok((!piece.octets.is_empty()).then_some(piece))
    }
}
