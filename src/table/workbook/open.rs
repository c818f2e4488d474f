//! Opening a workbook: its kind, whether it is small enough, which of its rows names the columns.

use std::collections::VecDeque;
use std::io::Read;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::campaign::RecipientsSource;
use crate::storage::open_regular;
use crate::words::{Arg, Said, say};

use super::super::about::About;
use super::super::failure::{TableError, cannot_read};
use super::super::header::Header;
use super::super::source::{Feed, Record, Source, caught};
use super::super::titles;
use super::book::Book;
use super::bounds::{self, LARGEST_FILE};
use super::failure::too_large;
use super::{hidden, merged, ods, slashes, xls, xlsx};

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

/// The kind of a file with this beginning, if it is neither text nor a database.
enum Kind {
    Zip,
    /// Microsoft's container of before 2007.
    Compound,
}

/// The rows of a sheet, which of them names the columns, and what the file is.
pub(in crate::table) struct Sheeted {
    pub(in crate::table) rows: Box<dyn Source>,
    pub(in crate::table) header: Header,
    /// Where that is known: the first otherwise.
    pub(in crate::table) header_row: Option<u64>,
    pub(in crate::table) about: About,
}

/// Opens the sheet that is wanted, where the file is a workbook.
///
/// # Errors
/// It is damaged, has a password, is too large, or has no such sheet.
pub(in crate::table) fn open(source: &RecipientsSource, start: &[u8]) -> Result<Option<Sheeted>, TableError> {
    let kind = match start {
        [b'P', b'K', 3 | 5, 4 | 6, ..] => Kind::Zip,
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Kind::Compound,
        _ => return Ok(None),
    };
    let (mut octets, digest) = read(source)?;
    if matches!(kind, Kind::Zip) {
        slashes::straighten(&mut octets);
    }
    let octets: Arc<[u8]> = octets.into();
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
    warnings.extend(hidden::told(shown, sheet, &opened.hidden.rows, below));
    warnings.extend(merged::in_header(shown, &opened.merged, below));
    warnings.extend(merged::told(shown, sheet, &opened.merged, below));
    let header = Header {
        sheet: Some(opened.sheet.as_str().into()),
        delimiter: '|',
        ragged: false,
        hidden: opened.hidden.columns,
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
    /// The row that names the columns, if titles are above it.
    fn below_titles(&mut self, shown: &str, notes: &mut Vec<Said>) -> Result<Option<u64>, TableError> {
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

fn read(source: &RecipientsSource) -> Result<(Vec<u8>, [u8; 32]), TableError> {
    let failed = |error: &std::io::Error| cannot_read(&source.shown, error);
    let file = open_regular(&source.file).map_err(|e| failed(&e))?;
    let mut octets = Vec::new();
    file.take(LARGEST_FILE + 1)
        .read_to_end(&mut octets)
        .map_err(|e| failed(&e))?;
    if octets.len() as u64 > LARGEST_FILE {
        let most = Arg::plain(LARGEST_FILE >> 20);
        return Err(too_large(
            &source.shown,
            say!("table-workbook-octets", most = most),
        ));
    }
    let digest = Sha256::digest(&octets).into();
    Ok((octets, digest))
}
