//! The size of a workbook, found by inflating it once without keeping the result.

use std::io::Read;

use memchr::memmem;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::campaign::{Place, Problem};
use crate::words::{Arg, Said, say};

use super::super::failure::TableError;
use super::book::{Book, Octets};
use super::failure::{locked, too_large};

/// Octets of the file.
pub(super) const LARGEST_FILE: u64 = 128 << 20;

/// Octets of its parts that are read, inflated.
const LARGEST: u64 = 1 << 30;

/// Octets of a part that is in memory as a whole: the texts of all cells, the styles.
const LARGEST_WHOLE: u64 = 192 << 20;

/// Octets between two tags: the longest text of a cell has 32,767 characters.
const LONGEST_TEXT: u64 = 16 << 20;

/// Sheets of a workbook.
const MOST_SHEETS: usize = 1_000;

/// Refuses a workbook with more sheets than anybody looks through.
pub(super) fn count_sheets(shown: &str, sheets: usize) -> Result<(), TableError> {
    if sheets > MOST_SHEETS {
        let why = say!("table-workbook-sheets", sheets = sheets, most = MOST_SHEETS);
        return Err(too_large(shown, why));
    }
    Ok(())
}

/// Cells of a sheet.
pub(super) const MOST_CELLS: u64 = 30_000_000;

/// Columns of a sheet, as Excel has them.
const MOST_COLUMNS: u64 = 16_384;

/// The cells of a sheet, counted before the first is used: each row up to its last.
pub(super) struct Counted<'s> {
    shown: &'s str,
    cells: u64,
}

impl<'s> Counted<'s> {
    pub(super) fn new(shown: &'s str) -> Self {
        Self { shown, cells: 0 }
    }

    /// Adds this many cells, of rows with this many columns.
    ///
    /// # Errors
    /// They are too many.
    pub(super) fn add(&mut self, cells: u64, columns: u64) -> Result<(), TableError> {
        self.cells = self.cells.saturating_add(cells);
        if self.cells > MOST_CELLS {
            return Err(too_large(
                self.shown,
                say!("table-workbook-cells", most = MOST_CELLS),
            ));
        }
        if columns > MOST_COLUMNS {
            let why = say!("table-workbook-columns", most = MOST_COLUMNS);
            return Err(too_large(self.shown, why));
        }
        Ok(())
    }
}

/// What a zip file turned out to be.
pub(super) enum Inside {
    Xlsx(Marks),
    Ods,
}

/// What some part holds, and is worth looking for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Marks {
    /// Merged cells.
    pub(super) merged: bool,
    /// Something hidden: rows, columns.
    pub(super) hidden: bool,
}

impl Marks {
    fn look(&mut self, octets: &[u8]) {
        let holds = |mark: &[u8]| memmem::find(octets, mark).is_some();
        self.merged = self.merged || holds(b"mergeCell ");
        self.hidden = self.hidden || holds(b"hidden=\"1\"") || holds(b"hidden=\"true\"");
    }

    /// The length of the longest of them.
    const LONGEST: usize = 13;
}

/// Looks at every part that would be read.
pub(super) fn look(book: &Book<'_>) -> Result<Inside, TableError> {
    let mut archive = ZipArchive::new(book.octets()).map_err(|error| book.damaged(&error))?;
    let has = |archive: &ZipArchive<Octets>, name: &str| archive.index_for_name(name).is_some();
    if has(&archive, "content.xml") {
        let mut kind = String::new();
        if let Ok(mut part) = archive.by_name("mimetype") {
            let _ = (&mut part).take(200).read_to_string(&mut kind);
        }
        if !kind.is_empty() && !kind.contains("spreadsheet") {
            return Err(other(book, say!("table-other-open-document")));
        }
        if encrypted_ods(&mut archive) {
            return Err(locked(book.shown()));
        }
        measure(
            book,
            &mut archive,
            "content.xml",
            LARGEST,
            &mut 0,
            &mut Marks::default(),
        )?;
        return Ok(Inside::Ods);
    }
    let names: Vec<String> = archive
        .file_names()
        .filter_map(|name| Some(name.ok()?.into_owned()))
        .collect();
    if !has(&archive, "xl/workbook.xml") && !has(&archive, "[Content_Types].xml") {
        let what = if names.iter().any(|name| name.ends_with(".iwa")) {
            say!("table-other-numbers")
        } else {
            say!("table-other-zip")
        };
        return Err(other(book, what));
    }
    if !names
        .iter()
        .any(|name| name.to_ascii_lowercase().starts_with("xl/"))
    {
        let what = if names.iter().any(|name| name.starts_with("word/")) {
            say!("table-other-word")
        } else {
            say!("table-other-office")
        };
        return Err(other(book, what));
    }
    if names
        .iter()
        .any(|name| name.ends_with(".bin") && name.starts_with("xl/workbook"))
    {
        return Err(other(book, say!("table-other-xlsb")));
    }
    let (mut total, mut marks) = (0, Marks::default());
    for name in names {
        let lower = name.to_ascii_lowercase();
        if !(lower.ends_with(".xml") || lower.ends_with(".rels")) {
            continue;
        }
        // Sheets are streamed, everything else is held.
        let most = if lower.starts_with("xl/worksheets/") {
            LARGEST
        } else {
            LARGEST_WHOLE
        };
        measure(book, &mut archive, &name, most, &mut total, &mut marks)?;
    }
    Ok(Inside::Xlsx(marks))
}

/// Inflates a part, and looks for marks in it.
fn measure(
    book: &Book<'_>,
    archive: &mut ZipArchive<Octets>,
    name: &str,
    most: u64,
    total: &mut u64,
    marks: &mut Marks,
) -> Result<(), TableError> {
    let mut part = archive.by_name(name).map_err(|error| {
        if matches!(error, ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) {
            locked(book.shown())
        } else {
            book.damaged(&error)
        }
    })?;
    let mut buffer = vec![0; 1 << 16];
    let (mut kept, mut octets) = (0, 0_u64);
    let mut since_tag = 0_u64;
    loop {
        let read = part
            .read(buffer.get_mut(kept..).unwrap_or_default())
            .map_err(|error| book.damaged(&error))?;
        if read == 0 {
            return Ok(());
        }
        octets += read as u64;
        *total += read as u64;
        if octets > most || *total > LARGEST {
            let most = Arg::plain(most.min(LARGEST) >> 20);
            let why = say!("table-workbook-part", part = name, most = most);
            return Err(too_large(book.shown(), why));
        }
        let filled = kept + read;
        let new = buffer.get(kept..filled).unwrap_or_default();
        let to_tag = memchr::memchr(b'<', new).unwrap_or(new.len());
        if since_tag + to_tag as u64 > LONGEST_TEXT {
            let most = Arg::plain(LONGEST_TEXT >> 20);
            let why = say!("table-workbook-text", part = name, most = most);
            return Err(too_large(book.shown(), why));
        }
        since_tag = match memchr::memrchr(b'<', new) {
            Some(last) => (new.len() - last) as u64,
            None => since_tag + new.len() as u64,
        };
        marks.look(buffer.get(..filled).unwrap_or_default());
        // What is looked for may lie across two reads.
        let tail = Marks::LONGEST.min(filled);
        buffer.copy_within(filled - tail..filled, 0);
        kept = tail;
    }
}

/// LibreOffice lists the key of each part that is encrypted.
fn encrypted_ods(archive: &mut ZipArchive<Octets>) -> bool {
    let mut manifest = Vec::new();
    let Ok(part) = archive.by_name("META-INF/manifest.xml") else {
        return false;
    };
    // A manifest that cannot be read says nothing.
    let _ = part.take(1 << 20).read_to_end(&mut manifest);
    memmem::find(&manifest, b"encryption-data").is_some()
}

fn other(book: &Book<'_>, what: Said) -> TableError {
    Problem::error(what)
        .code("recipients-file")
        .at(Place::whole(book.shown()))
        .help(say!("table-other-help"))
        .into()
}
