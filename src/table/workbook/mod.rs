//! Workbooks: .xlsx, .ods and .xls, row by row, as the sheet shows them.
//!
//! The file is read into memory once, and inflated once to see how large it gets ([`bounds`]): what
//! it says of its own size is anybody's word. After that its rows come one at a time. Only .xls,
//! which is never large, is taken apart as a whole.

mod bounds;
mod codes;
mod hidden;
mod merged;
mod number;
mod ods;
mod shown;
mod xls;
mod xlsx;
mod xml;

use std::collections::VecDeque;
use std::fmt;
use std::io::{Cursor, Read};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::campaign::{Place, Problem, RecipientsSource, SheetChoice, nearest};

use super::about::{About, Format};
use super::failure::{TableError, cannot_read};
use super::header::Header;
use super::source::{Feed, Record, Source, caught};
use super::titles;

use bounds::LARGEST_FILE;
use merged::Merged;

/// The octets of a workbook, shared by whoever reads in it.
type Octets = Cursor<Arc<[u8]>>;

/// An open workbook of which one sheet is read.
struct Workbook {
    /// Rows that were looked at already.
    seen: VecDeque<Record>,
    rows: Feed,
    digest: [u8; 32],
}

impl Source for Workbook {
    fn next(&mut self, record: &mut Record) -> Result<bool, TableError> {
        match self.seen.pop_front() {
            Some(seen) => *record = seen,
            None => return self.rows.next(record),
        }
        Ok(true)
    }

    fn digest(&self) -> [u8; 32] {
        self.digest
    }
}

/// What a file that begins so is, when that is no text and no database.
enum Kind {
    Zip,
    /// Microsoft's container of before 2007.
    Compound,
}

/// The rows of a sheet, which of them names the columns, and what the file is.
pub(super) struct Sheeted {
    pub(super) rows: Box<dyn Source>,
    pub(super) header: Header,
    /// Where that is known: the first otherwise.
    pub(super) header_row: Option<u64>,
    pub(super) about: About,
}

/// Opens the sheet that is wanted, where the file is a workbook.
///
/// # Errors
/// It is damaged, has a password, is too large, or has no such sheet.
pub(super) fn open(source: &RecipientsSource, start: &[u8]) -> Result<Option<Sheeted>, TableError> {
    let kind = match start {
        [b'P', b'K', 3 | 5, 4 | 6, ..] => Kind::Zip,
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Kind::Compound,
        _ => return Ok(None),
    };
    let (octets, digest) = read(source)?;
    let book = Book { source, octets };
    let open = || match kind {
        Kind::Zip => match bounds::look(&book)? {
            bounds::Inside::Xlsx(marks) => xlsx::open(&book, marks),
            bounds::Inside::Ods => ods::open(&book),
        },
        Kind::Compound => xls::open(&book),
    };
    let opened = caught(open)?;
    let mut rows = Workbook {
        seen: VecDeque::new(),
        rows: opened.rows,
        digest,
    };
    let mut notes = Vec::new();
    let header_row = match source.header_row {
        Some(row) => Some(row),
        None => rows.below_titles(&source.shown, &mut notes)?,
    };
    let mut warnings = opened.warnings;
    let (shown, sheet, below) = (&source.shown, &opened.sheet, header_row.unwrap_or(1));
    warnings.extend(hidden::told(shown, sheet, &opened.hidden, below));
    warnings.extend(merged::in_header(shown, &opened.merged, below));
    warnings.extend(merged::told(shown, sheet, &opened.merged, below));
    let header = Header {
        sheet: Some(opened.sheet.as_str().into()),
        delimiter: '|',
        ragged: false,
        notes,
        ..Header::unknown(&source.shown)
    };
    let about = About {
        format: opened.format,
        sheet: Some(opened.sheet),
        sheets: opened.sheets,
        warnings,
        ..About::default()
    };
    Ok(Some(Sheeted {
        rows: Box::new(rows),
        header,
        header_row,
        about,
    }))
}

impl Workbook {
    /// The row that names the columns, where titles stand above it.
    fn below_titles(&mut self, shown: &str, notes: &mut Vec<String>) -> Result<Option<u64>, TableError> {
        while self.seen.len() < titles::LOOKED_AT {
            let mut record = Record::default();
            if !self.rows.next(&mut record)? {
                break;
            }
            self.seen.push_back(record);
        }
        titles::header_below(
            shown,
            self.seen
                .iter()
                .map(|record| (record.number, record.cells.as_slice())),
            notes,
        )
    }
}

/// A sheet whose rows are coming.
struct Opened {
    format: Format,
    sheet: String,
    sheets: Vec<String>,
    warnings: Vec<Problem>,
    merged: Vec<Merged>,
    /// The numbers of rows that are hidden and have something in them.
    hidden: Vec<u64>,
    rows: Feed,
}

fn read(source: &RecipientsSource) -> Result<(Arc<[u8]>, [u8; 32]), TableError> {
    let failed = |error: &std::io::Error| cannot_read(&source.shown, error);
    let file = std::fs::File::open(&source.file).map_err(|e| failed(&e))?;
    let mut octets = Vec::new();
    file.take(LARGEST_FILE + 1)
        .read_to_end(&mut octets)
        .map_err(|e| failed(&e))?;
    if octets.len() as u64 > LARGEST_FILE {
        return Err(too_large(
            &source.shown,
            &format!("it is larger than {} MiB", LARGEST_FILE >> 20),
        ));
    }
    let digest = Sha256::digest(&octets).into();
    Ok((octets.into(), digest))
}

/// A workbook's octets, and what the campaign says of it.
struct Book<'s> {
    source: &'s RecipientsSource,
    octets: Arc<[u8]>,
}

/// A sheet of a workbook.
struct Sheet {
    name: String,
    hidden: bool,
    /// Whether there is anything in it; asked for only where nobody has chosen.
    filled: bool,
}

impl Book<'_> {
    fn octets(&self) -> Octets {
        Cursor::new(Arc::clone(&self.octets))
    }

    fn shown(&self) -> &str {
        &self.source.shown
    }

    /// Which sheet is wanted, and what is to be said of the choice.
    fn choose(&self, sheets: &[Sheet]) -> Result<(usize, Vec<Problem>), TableError> {
        let names = || sheets.iter().map(|sheet| sheet.name.as_str());
        let unknown = |what: String, place: &Place, near: Option<&str>| -> TableError {
            let mut problem = Problem::error(what).code("sheet").at(place.clone());
            if let Some(near) = near {
                problem = problem.help(format!("did you mean \"{near}\"?"));
            }
            let list: Vec<_> = names().map(|name| format!("\"{name}\"")).collect();
            problem
                .help(format!("its sheets are: {}", list.join(", ")))
                .into()
        };
        match &self.source.sheet {
            Some(SheetChoice::Numbered(number, place)) => {
                let found = number.checked_sub(1).filter(|at| *at < sheets.len());
                let what = || format!("{} has no sheet {number}: it has {}", self.shown(), sheets.len());
                Ok((found.ok_or_else(|| unknown(what(), place, None))?, Vec::new()))
            }
            Some(SheetChoice::Named(name)) => {
                let folded = |name: &str| name.trim().to_lowercase();
                let exact = names().position(|sheet| sheet == name.value);
                let alike = || names().position(|sheet| folded(sheet) == folded(&name.value));
                let what = || format!("{} has no sheet `{}`", self.shown(), name.value);
                let near = nearest(&name.value, names());
                let found = exact.or_else(alike);
                Ok((
                    found.ok_or_else(|| unknown(what(), &name.place, near))?,
                    Vec::new(),
                ))
            }
            None => self.only(sheets),
        }
    }

    /// The first sheet that is seen and has something in it.
    fn only(&self, sheets: &[Sheet]) -> Result<(usize, Vec<Problem>), TableError> {
        let mut filled = sheets
            .iter()
            .enumerate()
            .filter(|(_, sheet)| !sheet.hidden && sheet.filled);
        let Some((at, first)) = filled.next() else {
            return Err(Problem::error("no sheet of this workbook has anything in it")
                .code("recipients-file")
                .at(Place::whole(self.shown()))
                .help("a row of a sheet must name the columns; hidden sheets are read by their name: sheet = \"…\"")
                .into());
        };
        let others: Vec<_> = filled.map(|(_, sheet)| format!("\"{}\"", sheet.name)).collect();
        let mut warnings = Vec::new();
        if !others.is_empty() {
            warnings.push(
                Problem::warning(format!(
                    "the sheet \"{}\" is read; there is something in {}, too",
                    first.name,
                    others.join(", ")
                ))
                .code("several-sheets")
                .at(Place::whole(self.shown()))
                .help(format!(
                    "say which one is meant: sheet = \"{}\" below [recipients]",
                    first.name
                )),
            );
        }
        Ok((at, warnings))
    }

    fn damaged(&self, error: &dyn fmt::Display) -> TableError {
        damaged(self.shown(), error)
    }
}

fn damaged(shown: &str, error: &dyn fmt::Display) -> TableError {
    Problem::error(format!("this workbook cannot be read: {error}"))
        .code("recipients-file")
        .at(Place::whole(shown))
        .help("open it in the spreadsheet program and save it again, as .xlsx or .ods")
        .into()
}

fn locked(shown: &str) -> TableError {
    Problem::error("this workbook is protected by a password")
        .code("recipients-file")
        .at(Place::whole(shown))
        .help("save it without a password to open it (File, Save as, Tools or Options), or as \"CSV UTF-8\"")
        .into()
}

fn too_large(shown: &str, why: &str) -> TableError {
    Problem::error(format!("this workbook is too large: {why}"))
        .code("recipients-file")
        .at(Place::whole(shown))
        .help("save the sheet as \"CSV UTF-8\": such a file may have any size")
        .into()
}

#[cfg(test)]
mod tests;
