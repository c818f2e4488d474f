//! CSV records off a stream, numbered as a spreadsheet numbers its rows.
//!
//! `csv-core` parses the quoting. `csv`'s own reader skips blank lines silently, counts lines
//! differently for LF and CRLF, and lets a quote that is never closed read the whole file into
//! memory. So blank lines are counted here, before the parser sees them, and a record has an upper
//! limit.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder, Terminator};
use sha2::{Digest, Sha256};

use super::encoding::Decoding;
use super::marks::Mark;

/// No row is longer than this; a longer one is an unclosed quote.
pub(super) const LONGEST: usize = 16 << 20;

/// Cells of a row: four times what a sheet can have.
pub(super) const MOST_CELLS: usize = 1 << 16;

/// What DOS programs write behind the last row (Ctrl-Z): nothing that anybody sees.
const END_OF_DOS: u8 = 0x1a;

/// Why there is no next record.
#[derive(Debug)]
pub(super) enum RecordError {
    Read(io::Error),
    TooLong {
        row: u64,
    },
    /// It has more than [`MOST_CELLS`].
    TooWide {
        row: u64,
    },
    /// A quotation mark is opened and never closed: what follows is swallowed.
    Unclosed {
        row: u64,
    },
    /// Something follows a closing quotation mark: likely the end of one opened rows before.
    AfterQuote {
        row: u64,
    },
}

/// Hashes what is read through it, so that a file which changes between two
/// passes is noticed without a third.
pub(super) struct Hashing<R> {
    inner: R,
    hash: Sha256,
}

impl<R> Hashing<R> {
    pub(super) fn new(inner: R) -> Self {
        Self {
            inner,
            hash: Sha256::new(),
        }
    }

    pub(super) fn digest(&self) -> [u8; 32] {
        self.hash.clone().finalize().into()
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        if let Some(read) = buffer.get(..n) {
            self.hash.update(read);
        }
        Ok(n)
    }
}

/// Where a record's quotation marks are (RFC 4180 §2.5-2.7). The parser accepts anything; but one
/// mark too many swallows the rows up to the next one, and the people in them would get nothing and
/// be reported nowhere.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Quotes {
    /// At the start of a cell.
    #[default]
    Start,
    /// In a cell that does not begin with a mark: there they are text.
    Bare,
    Open,
    /// After a mark that closes the cell, or is the first of a doubled one.
    Closed,
    /// A cell goes on after its closing mark.
    Wrong,
}

impl Quotes {
    fn follow(&mut self, octets: &[u8], delimiter: u8, bare_cr: bool) {
        for octet in octets {
            let ends_cell = *octet == delimiter || *octet == b'\r' || (*octet == b'\n' && !bare_cr);
            *self = match (*self, octet) {
                (Self::Wrong, _) => return,
                (Self::Start, b'"') | (Self::Closed, b'"') => Self::Open,
                (Self::Open, b'"') => Self::Closed,
                (Self::Open, _) => Self::Open,
                (Self::Start | Self::Bare | Self::Closed, _) if ends_cell => Self::Start,
                (Self::Closed, b' ' | b'\t' | &END_OF_DOS) => Self::Closed,
                (Self::Closed, _) => Self::Wrong,
                (Self::Start | Self::Bare, _) => Self::Bare,
            };
        }
    }
}

/// The records of a CSV stream.
pub(super) struct Records<R> {
    input: R,
    core: Reader,
    delimiter: u8,
    /// Unquoted octets of the current record, and where its cells end.
    octets: Vec<u8>,
    /// The current record as it is in the file.
    line: Vec<u8>,
    ends: Vec<usize>,
    row: u64,
    /// Before this row, lines that begin with `#` count as blank.
    comments_before: u64,
    /// Rows end with CR alone, and an LF is text.
    bare_cr: bool,
    /// Cells of the current record that are not text.
    strange: Vec<usize>,
    /// The last octet taken was CR: an LF next belongs to it.
    after_cr: bool,
}

impl<R: BufRead> Records<R> {
    pub(super) fn new(input: R, delimiter: u8) -> Self {
        Self {
            input,
            core: ReaderBuilder::new().delimiter(delimiter).build(),
            delimiter,
            octets: vec![0; 4096],
            line: Vec::new(),
            ends: vec![0; 64],
            row: 0,
            comments_before: 0,
            bare_cr: false,
            strange: Vec::new(),
            after_cr: false,
        }
    }

    /// The same, without the lines before that row that begin with `#`.
    pub(super) fn without_comments_before(self, row: u64) -> Self {
        Self {
            comments_before: row,
            ..self
        }
    }

    /// The same, where only CR ends a row.
    pub(super) fn ended_by_cr(self) -> Self {
        let mut core = ReaderBuilder::new();
        core.delimiter(self.delimiter).terminator(Terminator::Any(b'\r'));
        Self {
            core: core.build(),
            bare_cr: true,
            ..self
        }
    }

    /// The same behind the rows that are before this place.
    pub(super) fn behind(mut self, mark: &Mark) -> Self {
        // The parser takes a byte order mark off the first octets that it sees: not in the middle.
        let line_end = if self.bare_cr { b"\r" } else { b"\n" };
        let _ = self.core.read_record(line_end, &mut self.octets, &mut self.ends);
        self.row = mark.rows;
        self.after_cr = mark.after_cr;
        self
    }

    /// The cells of the last record that are not text; they show U+FFFD where they are not.
    pub(super) fn strange(&self) -> &[usize] {
        &self.strange
    }

    /// The last record as it is in the file, without its end.
    pub(super) fn line(&self) -> &[u8] {
        let line = match self.line.strip_suffix(b"\n") {
            Some(line) if !self.bare_cr => line,
            Some(_) | None => &self.line,
        };
        line.strip_suffix(b"\r").unwrap_or(line)
    }

    pub(super) fn input(&self) -> &R {
        &self.input
    }

    /// The next record's cells, and its row number; `None` at the end.
    pub(super) fn next(&mut self, cells: &mut Vec<String>) -> Result<Option<u64>, RecordError> {
        loop {
            let row = self.record(cells)?;
            // In front of a cell the same octet is a part of it.
            let blank = !self.line().is_empty() && self.line().iter().all(|octet| *octet == END_OF_DOS);
            if row.is_none() || !blank {
                return Ok(row);
            }
        }
    }

    /// The record that begins here, blank lines left out.
    fn record(&mut self, cells: &mut Vec<String>) -> Result<Option<u64>, RecordError> {
        cells.clear();
        if self.row == 0 {
            self.skip_byte_order_mark().map_err(RecordError::Read)?;
        }
        if self.skip_blank().map_err(RecordError::Read)? {
            return Ok(None);
        }
        self.row += 1;
        let (mut octets, mut ends) = (0, 0);
        let mut quotes = Quotes::default();
        self.line.clear();
        loop {
            let input = self.input.fill_buf().map_err(RecordError::Read)?;
            let (result, taken, written, ended) =
                self.core
                    .read_record(input, &mut self.octets[octets..], &mut self.ends[ends..]);
            let octets_taken = input.get(..taken).unwrap_or_default();
            quotes.follow(octets_taken, self.delimiter, self.bare_cr);
            self.line.extend_from_slice(octets_taken);
            if let Some(last) = taken.checked_sub(1).and_then(|i| input.get(i)) {
                self.after_cr = *last == b'\r';
            }
            self.input.consume(taken);
            octets += written;
            ends += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.octets.len() >= LONGEST => {
                    return Err(RecordError::TooLong { row: self.row });
                }
                ReadRecordResult::OutputFull => self.octets.resize(self.octets.len() * 2, 0),
                ReadRecordResult::OutputEndsFull if self.ends.len() >= MOST_CELLS => {
                    return Err(RecordError::TooWide { row: self.row });
                }
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return Ok(None),
            }
        }
        self.split(ends, cells);
        match quotes {
            Quotes::Open => Err(RecordError::Unclosed { row: self.row }),
            Quotes::Wrong => Err(RecordError::AfterQuote { row: self.row }),
            Quotes::Start | Quotes::Bare | Quotes::Closed => Ok(Some(self.row)),
        }
    }

    fn split(&mut self, ends: usize, cells: &mut Vec<String>) {
        self.strange.clear();
        // Inside quotes it is a part of the cell.
        let marks = self
            .line()
            .iter()
            .rev()
            .take_while(|octet| **octet == END_OF_DOS)
            .count();
        let mut start = 0;
        for (i, end) in self.ends.iter().take(ends).enumerate() {
            let mut octets = self.octets.get(start..*end).unwrap_or_default();
            if i + 1 == ends {
                octets = octets
                    .get(..octets.len().saturating_sub(marks))
                    .unwrap_or_default();
            }
            let cell = String::from_utf8_lossy(octets);
            if matches!(cell, Cow::Owned(_)) {
                self.strange.push(i);
            }
            cells.push(cell.into_owned());
            start = *end;
        }
    }

    /// Takes the mark that Excel writes in front of the first name, or several, which programs
    /// that join files leave. Behind it a quotation mark opens a cell; with it in front of the
    /// quote, `"Name, first"` would be two cells.
    fn skip_byte_order_mark(&mut self) -> io::Result<()> {
        while self.input.fill_buf()?.starts_with("\u{feff}".as_bytes()) {
            self.input.consume("\u{feff}".len());
        }
        Ok(())
    }

    /// Takes blank lines, counting each as a row; true at the end of the file.
    fn skip_blank(&mut self) -> io::Result<bool> {
        loop {
            let Some(next) = self.input.fill_buf()?.first().copied() else {
                return Ok(true);
            };
            match next {
                b'\n' if self.after_cr && !self.bare_cr => self.after_cr = false,
                b'\n' if !self.bare_cr => self.row += 1,
                b'\r' => {
                    self.row += 1;
                    self.after_cr = true;
                }
                b'#' if self.row + 1 < self.comments_before => {
                    self.after_cr = false;
                    self.skip_line()?;
                    continue;
                }
                _ => {
                    self.after_cr = false;
                    return Ok(false);
                }
            }
            self.input.consume(1);
        }
    }

    /// Takes the octets up to the line's end, which is a blank line then.
    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let input = self.input.fill_buf()?;
            let end = memchr::memchr2(b'\r', b'\n', input);
            let length = end.unwrap_or(input.len());
            let over = end.is_some() || input.is_empty();
            self.input.consume(length);
            if over {
                return Ok(());
            }
        }
    }
}

impl<R: BufRead> Records<Decoding<R>> {
    /// Where the next record can be read again.
    pub(super) fn mark(&self) -> Mark {
        let place = self.input.place();
        Mark {
            rows: self.row,
            octet: place.octet,
            made: place.made,
            after_cr: self.after_cr,
            ..Mark::default()
        }
    }
}
