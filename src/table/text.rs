//! Text files: CSV and similar formats.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufReader, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use crate::campaign::{Charset, Place, Problem, RecipientsSource, Said};
use crate::storage::open_regular;
use crate::words::{self, say};

use super::delimiter::{self, Prologue};
use super::detect::Found;
use super::encoding::{Decoding, decoded};
use super::failure::{TableError, cannot_read, record_error};
use super::marks::Mark;
use super::records::{Hashing, Records};
use super::source::{CellFault, Record, Reopen, Source};
use super::{detect, titles};

/// Text as it comes from a file: hashed as it is there, read as UTF-8.
pub(super) type Input = Decoding<BufReader<Hashing<File>>>;

/// Opens a file of text that is in this encoding.
pub(super) fn input(path: &Path, charset: Charset) -> io::Result<Input> {
    Ok(Decoding::new(buffered(open_regular(path)?), charset))
}

fn buffered(file: File) -> BufReader<Hashing<File>> {
    BufReader::with_capacity(1 << 16, Hashing::new(file))
}

/// An open text file.
pub(super) struct TextFile {
    text: Text,
    records: Records<Input>,
    notes: Vec<words::Said>,
}

/// How a text file is read.
#[derive(Debug, Clone)]
struct Text {
    file: PathBuf,
    shown: String,
    charset: Charset,
    delimiter: u8,
    /// Rows before this one are a title, comments, `sep=;`.
    first: u64,
    /// Rows end with CR alone, and an LF is text.
    bare_cr: bool,
}

impl Text {
    fn records(&self, input: Input) -> Records<Input> {
        let records = Records::new(input, self.delimiter).without_comments_before(self.first);
        if self.bare_cr {
            records.ended_by_cr()
        } else {
            records
        }
    }
}

impl Reopen for Text {
    fn at(&self, mark: &Mark) -> io::Result<Box<dyn Source>> {
        let mut file = open_regular(&self.file)?;
        file.seek(SeekFrom::Start(mark.octet))?;
        let mut input = Decoding::at(mark.octet, buffered(file), self.charset);
        input.skip(mark.made)?;
        Ok(Box::new(TextFile {
            records: self.records(input).behind(mark),
            text: self.clone(),
            notes: Vec::new(),
        }))
    }
}

impl TextFile {
    /// Opens the file that begins with `start`.
    ///
    /// # Errors
    /// It cannot be read; a title stands where the header should.
    pub(super) fn open(source: &RecipientsSource, start: &[u8]) -> Result<Self, TableError> {
        let shown = source.shown.as_str();
        let failed = |error: io::Error| cannot_read(shown, &error);
        let mut notes = Vec::new();
        let found = match source.encoding {
            Some(said) => detect::named(&source.file, said, start),
            None => detect::charset(&source.file, start, None),
        };
        let Found { charset, doubt } = found.map_err(failed)?;
        if !doubt.is_empty() {
            return Err(doubtful(shown, &doubt).into());
        }
        if !matches!(source.encoding, Some(Said::One(_))) {
            notes.extend(read_as(shown, charset));
        }
        let start = decoded(start, charset);
        let prologue = delimiter::prologue(&start);
        let named = source.delimiter.or(prologue.separator);
        let delimiter = named.unwrap_or_else(|| match source.header_row {
            Some(row) => delimiter::detect(&start, row, usual(shown)),
            None => delimiter::detect(prologue.rest, 1, usual(shown)),
        });
        let first = match source.header_row {
            Some(row) => row,
            None => first_row(shown, &start, &prologue, delimiter, &mut notes)?,
        };
        let text = Text {
            file: source.file.clone(),
            shown: shown.to_owned(),
            charset,
            delimiter,
            first,
            bare_cr: delimiter::is_ended_by_cr(&start, delimiter, first),
        };
        Ok(Self {
            records: text.records(input(&source.file, charset).map_err(failed)?),
            text,
            notes,
        })
    }

    /// What separates the cells.
    pub(super) fn delimiter(&self) -> char {
        char::from(self.text.delimiter)
    }

    /// What its text was read as.
    pub(super) fn encoding(&self) -> Cow<'static, str> {
        self.text.charset.name()
    }

    /// What was made out of the file that its owner should know.
    pub(super) fn notes(&mut self) -> Vec<words::Said> {
        std::mem::take(&mut self.notes)
    }
}

/// What a file of this name has between its cells.
fn usual(shown: &str) -> u8 {
    let tabbed = Path::new(shown).extension().is_some_and(|extension| {
        extension.eq_ignore_ascii_case("tsv") || extension.eq_ignore_ascii_case("tab")
    });
    if tabbed { b'\t' } else { b',' }
}

/// The sentence about text that is not UTF-8.
fn read_as(shown: &str, charset: Charset) -> Option<words::Said> {
    match charset {
        charset if charset.is_utf_8() => None,
        Charset::Mixed(other) => {
            let other = other.name();
            Some(say!("table-read-as-mixed", file = shown, encoding = other))
        }
        Charset::One(_) | Charset::Utf32 { .. } => {
            let name = charset.name().into_owned();
            Some(say!("table-read-as", file = shown, encoding = name))
        }
    }
}

/// What is asked where several encodings make words of the file.
fn doubtful(shown: &str, doubt: &[(Charset, String)]) -> Problem {
    let problem = Problem::error(say!("table-encoding-unclear"))
        .code("encoding")
        .at(Place::whole(shown));
    let problem = doubt.iter().fold(problem, |problem, (charset, words)| {
        let name = charset.name().into_owned();
        problem.help(say!("table-encoding-reads", encoding = name, words = words))
    });
    problem.help(say!("table-or-save-as-utf-8"))
}

/// The row that names the columns, where nobody says which.
fn first_row(
    shown: &str,
    start: &[u8],
    prologue: &Prologue<'_>,
    delimiter: u8,
    notes: &mut Vec<words::Said>,
) -> Result<u64, TableError> {
    if let Some(row) = marked_header(prologue, delimiter) {
        return Ok(row);
    }
    let (rows, _) = delimiter::rows(start, delimiter, prologue.first);
    let rows = rows.iter().map(|(number, cells)| (*number, cells.as_slice()));
    let below = titles::header_below(shown, rows, notes)?;
    Ok(below.unwrap_or(prologue.first))
}

/// The row of a header that begins with `#` and is not a comment: `#,name,email`.
fn marked_header(prologue: &Prologue<'_>, delimiter: u8) -> Option<u64> {
    let (number, line) = prologue.comment?;
    let (below, _) = delimiter::rows(prologue.rest, delimiter, 1);
    let (_, below) = below.first()?;
    // Without comments before row 1: as a row.
    let (row, _) = delimiter::rows(line, delimiter, 1);
    let (_, cells) = row.first()?;
    let fits = cells.len() > 1 && cells.len() == below.len() && cells.iter().all(|cell| !cell.contains('@'));
    let named = line.get(1) == Some(&delimiter) || below.iter().any(|cell| cell.contains('@'));
    (fits && named).then_some(number)
}

/// The fault of a cell that cannot be decoded in the encoding of its file.
fn strange_cell(cell: usize, charset: Charset) -> CellFault {
    let (name, is_utf_8) = match charset {
        Charset::Mixed(_) => (Cow::Borrowed("UTF-8"), true),
        Charset::One(_) | Charset::Utf32 { .. } => (charset.name(), charset.is_utf_8()),
    };
    let other = if is_utf_8 { "gb18030" } else { "utf-8" };
    CellFault {
        cell: Some(cell),
        code: "not-text",
        what: say!("table-cell-not-text", encoding = name.into_owned()),
        help: say!("table-cell-not-text-help", other = other),
    }
}

impl Source for TextFile {
    fn next(&mut self, record: &mut Record) -> Result<bool, TableError> {
        loop {
            let mark = self.records.mark();
            let next = self.records.next(&mut record.cells);
            let Some(number) = next.map_err(|error| record_error(&self.text.shown, &error))? else {
                return Ok(false);
            };
            if number < self.text.first {
                continue;
            }
            record.number = number;
            record.mark = Some(mark);
            record.line.extend_from_slice(self.records.line());
            let strange = self.records.strange().iter();
            record
                .faults
                .extend(strange.map(|cell| strange_cell(*cell, self.text.charset)));
            return Ok(true);
        }
    }

    fn digest(&self) -> [u8; 32] {
        self.records.input().input().get_ref().digest()
    }

    fn reopen(&self) -> Option<Box<dyn Reopen>> {
        Some(Box::new(self.text.clone()))
    }
}
