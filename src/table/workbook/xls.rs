//! .xls, Excel's format from before 2007: the cells by calamine, their formats from the file.
//!
//! calamine holds every sheet as a full rectangle, so the records of the file (MS-XLS §2.4) are
//! read first: how large those would be, and which cell has which style.

use std::collections::HashMap;
use std::io::Read;

use calamine::{Data, Reader, SheetVisible, Xls, XlsError};

use crate::words::say;

use super::super::about::Format;
use super::super::failure::TableError;
use super::super::source::{Feed, Record};
use super::book::{Book, Hidden, Opened, Sheet};
use super::bounds::{MOST_CELLS, count_sheets};
use super::codes;
use super::failure::{locked, too_large, wrong};
use super::merged::Merged;
use super::shown::{PLAIN, Shown, Style};

pub(super) fn open(book: &Book<'_>) -> Result<Opened, TableError> {
    let styles = Styles::of(book)?;
    let mut file = Xls::new(book.octets()).map_err(|error| {
        if matches!(error, XlsError::Password) {
            locked(book.shown())
        } else {
            book.damaged(&error)
        }
    })?;
    let known: Vec<_> = file
        .sheets_metadata()
        .iter()
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    count_sheets(book.shown(), known.len())?;
    let mut sheets = Vec::new();
    for (name, hidden) in known {
        // A damaged one is reported when it is read.
        let empty = file.worksheet_range(&name).is_ok_and(|range| range.is_empty());
        sheets.push(Sheet {
            name,
            hidden,
            filled: !empty,
        });
    }
    let (at, warnings) = book.choose(&sheets)?;
    let names: Vec<String> = sheets.into_iter().map(|sheet| sheet.name).collect();
    let sheet = names.get(at).cloned().unwrap_or_default();
    let range = file
        .worksheet_range(&sheet)
        .map_err(|error| book.damaged(&error))?;
    // A list of them that cannot be read counts as empty.
    let regions = file.merge_cells_by_sheet_name(&sheet).unwrap_or_default();
    let merged = regions.into_iter().map(Merged::from).collect();
    let filled = |row: &u32| {
        let cells = row.checked_sub(range.start().unwrap_or_default().0);
        let mut cells = cells
            .and_then(|row| range.rows().nth(row as usize))
            .into_iter()
            .flatten();
        cells.any(|cell| *cell != Data::Empty)
    };
    let hidden = styles
        .hidden
        .iter()
        .filter(|(sheet, _)| *sheet == at)
        .map(|(_, row)| *row);
    let hidden = Hidden {
        rows: hidden.filter(filled).map(|row| u64::from(row) + 1).collect(),
        columns: styles
            .hidden_columns
            .iter()
            .filter(|(sheet, _)| *sheet == at)
            .map(|(_, columns)| *columns)
            .collect(),
    };
    let since_1904 = file.has_1904_epoch();
    drop(file);
    let rows = Feed::start(move |sink| {
        let (top, left) = range.start().unwrap_or_default();
        for (row, cells) in (top..).zip(range.rows()) {
            let mut record = Record {
                number: u64::from(row) + 1,
                cells: vec![String::new(); left as usize],
                ..Record::default()
            };
            for (column, cell) in (left..).zip(cells) {
                let style = styles
                    .of
                    .get(&(at, row, column))
                    .and_then(|style| styles.all.get(style));
                let Shown { text, plain, unsure } = show(cell, style.unwrap_or(&PLAIN), since_1904);
                if unsure {
                    record.unsure.push(column as usize);
                }
                record.plain.extend(plain.map(|plain| (column as usize, plain)));
                record.cells.push(text);
            }
            if !sink.put(record) {
                break;
            }
        }
        Ok(())
    })
    .map_err(|error| book.damaged(&error))?;
    Ok(Opened {
        format: Format::Xls,
        sheet,
        sheets: names,
        warnings,
        merged,
        hidden,
        rows,
    })
}

fn show(cell: &Data, style: &Style, since_1904: bool) -> Shown {
    let number = |number: f64| style.show(number, since_1904);
    match cell {
        Data::Empty => Shown::default(),
        Data::String(text) => style.text(text),
        Data::DateTimeIso(text) => style.date(text, since_1904),
        Data::DurationIso(text) => Shown::text(text.as_str()),
        Data::Bool(yes) => style.yes_or_no(*yes),
        Data::Error(error) => Shown::text(error.to_string()),
        #[expect(clippy::cast_precision_loss, reason = "a spreadsheet has no other numbers")]
        Data::Int(value) => number(*value as f64),
        Data::Float(value) => number(*value),
        Data::DateTime(moment) => number(moment.as_f64()),
    }
}

/// The styles of a workbook, and which cells have one.
#[derive(Default)]
struct Styles {
    /// By the number of the extended format (XF).
    all: HashMap<u16, Style>,
    /// By sheet, row and column: those that are not General.
    of: HashMap<(usize, u32, u32), u16>,
    /// Rows that are hidden, by sheet.
    hidden: Vec<(usize, u32)>,
    /// Columns that are, by sheet: the first and the last.
    hidden_columns: Vec<(usize, (usize, usize))>,
}

// Types of records.
const ROW: u16 = 0x0208;
const COLINFO: u16 = 0x007d;
const FORMAT: u16 = 0x041e;
const XF: u16 = 0x00e0;
const BOUND_SHEET: u16 = 0x0085;
const BOF: u16 = 0x0809;
const EOF: u16 = 0x000a;
const FILEPASS: u16 = 0x002f;
const NUMBER: u16 = 0x0203;
const RK: u16 = 0x027e;
const FORMULA: u16 = 0x0006;
const MULRK: u16 = 0x00bd;
const LABEL: u16 = 0x0204;
const LABELSST: u16 = 0x00fd;
const BOOLERR: u16 = 0x0205;

impl Styles {
    fn of(book: &Book<'_>) -> Result<Self, TableError> {
        let mut container = cfb::CompoundFile::open(book.octets()).map_err(|error| book.damaged(&error))?;
        if container.exists("EncryptedPackage") {
            return Err(locked(book.shown()));
        }
        let mut octets = Vec::new();
        let name = ["Workbook", "Book"]
            .into_iter()
            .find(|name| container.exists(name));
        let Some(name) = name else {
            return Err(wrong(book.shown(), say!("table-workbook-not-excel")));
        };
        container
            .open_stream(name)
            .and_then(|mut stream| stream.read_to_end(&mut octets))
            .map_err(|error| book.damaged(&error))?;
        let mut walk = Walk::default();
        let mut rest = octets.as_slice();
        while let Some((kind, data, further)) = record(rest) {
            walk.take(kind, data, octets.len() - rest.len());
            if kind == FILEPASS {
                return Err(locked(book.shown()));
            }
            rest = further;
            if walk.cells() > MOST_CELLS {
                let why = say!("table-workbook-all-cells", most = MOST_CELLS);
                return Err(too_large(book.shown(), why));
            }
        }
        Ok(walk.styles())
    }
}

/// The next record: its type, its content, what follows.
fn record(octets: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let kind = number(octets, 0)?;
    let length = usize::from(number(octets, 2)?);
    Some((kind, octets.get(4..4 + length)?, octets.get(4 + length..)?))
}

fn number(octets: &[u8], at: usize) -> Option<u16> {
    let pair = octets.get(at..at + 2)?;
    Some(u16::from_le_bytes([*pair.first()?, *pair.get(1)?]))
}

/// What is found on the way through the records.
#[derive(Default)]
struct Walk {
    codes: HashMap<u16, String>,
    /// The number format of each extended format, in their order.
    formats: Vec<u16>,
    /// The sheets, by where their substreams begin.
    sheets: HashMap<usize, usize>,
    /// The sheet at hand.
    sheet: Option<usize>,
    /// Substreams that are open: a chart has one within that of its sheet.
    open: usize,
    /// The rectangle of the current sheet, and the cells of the sheets before.
    rectangle: Option<(u16, u16, u16, u16)>,
    before: u64,
    of: HashMap<(usize, u32, u32), u16>,
    hidden: Vec<(usize, u32)>,
    hidden_columns: Vec<(usize, (usize, usize))>,
}

impl Walk {
    /// Takes the record that begins at this octet.
    fn take(&mut self, kind: u16, data: &[u8], at: usize) {
        match kind {
            BOUND_SHEET => {
                if let (Some(low), Some(high)) = (number(data, 0), number(data, 2)) {
                    let next = self.sheets.len();
                    self.sheets
                        .insert(usize::from(low) | usize::from(high) << 16, next);
                }
            }
            BOF => match self.sheets.get(&at) {
                Some(sheet) => {
                    (self.sheet, self.open) = (Some(*sheet), 1);
                    self.before = self.cells();
                    self.rectangle = None;
                }
                None => self.open += 1,
            },
            EOF => self.open = self.open.saturating_sub(1),
            FORMAT => {
                if let Some(code) = format_code(data) {
                    self.codes.insert(number(data, 0).unwrap_or_default(), code);
                }
            }
            // Its flags (MS-XLS §2.4.221): fDyZero, of no height.
            ROW if number(data, 12).is_some_and(|flags| flags & 0x20 != 0) => {
                let row = u32::from(number(data, 0).unwrap_or_default());
                self.hidden.extend(self.sheet.map(|sheet| (sheet, row)));
            }
            // Its flags (MS-XLS §2.4.53): fHidden.
            COLINFO if number(data, 8).is_some_and(|flags| flags & 1 != 0) => {
                let column = |at| usize::from(number(data, at).unwrap_or_default());
                let columns = (column(0), column(2));
                self.hidden_columns
                    .extend(self.sheet.map(|sheet| (sheet, columns)));
            }
            XF => self.formats.extend(number(data, 2)),
            NUMBER | RK | FORMULA | LABEL | LABELSST | BOOLERR => {
                if let (Some(row), Some(column), Some(style)) =
                    (number(data, 0), number(data, 2), number(data, 4))
                {
                    self.cell(row, column, style);
                }
            }
            MULRK => {
                let (row, first) = (number(data, 0), number(data, 2));
                if let (Some(row), Some(first)) = (row, first) {
                    let styles = data.get(4..).unwrap_or_default().chunks_exact(6);
                    for (column, cell) in (first..).zip(styles) {
                        self.cell(row, column, number(cell, 0).unwrap_or_default());
                    }
                }
            }
            _ => {}
        }
    }

    fn cell(&mut self, row: u16, column: u16, style: u16) {
        // The values of a chart are not cells.
        let Some(sheet) = self.sheet.filter(|_| self.open == 1) else {
            return;
        };
        let (top, left, bottom, right) = self.rectangle.unwrap_or((row, column, row, column));
        self.rectangle = Some((top.min(row), left.min(column), bottom.max(row), right.max(column)));
        if self
            .formats
            .get(usize::from(style))
            .is_some_and(|format| *format != 0)
        {
            self.of.insert((sheet, u32::from(row), u32::from(column)), style);
        }
    }

    /// Cells of the rectangles that the sheets are.
    fn cells(&self) -> u64 {
        let area = |(top, left, bottom, right): (u16, u16, u16, u16)| {
            (u64::from(bottom - top) + 1) * (u64::from(right - left) + 1)
        };
        self.before + self.rectangle.map_or(0, area)
    }

    fn styles(self) -> Styles {
        let code = |format: &u16| match self.codes.get(format) {
            Some(code) => Style::new(code),
            None => Style::new(codes::of_number(u32::from(*format))),
        };
        Styles {
            all: (0..).zip(self.formats.iter().map(code)).collect(),
            of: self.of,
            hidden: self.hidden,
            hidden_columns: self.hidden_columns,
        }
    }
}

/// The code of a format (MS-XLS §2.5.294): its length in characters, how they are written, they.
fn format_code(data: &[u8]) -> Option<String> {
    let length = usize::from(number(data, 2)?);
    let text = data.get(5..)?;
    if data.get(4)? & 1 == 0 {
        return Some(
            text.get(..length)?
                .iter()
                .map(|octet| char::from(*octet))
                .collect(),
        );
    }
    let units = text.get(..2 * length)?.chunks_exact(2);
    let units: Vec<u16> = units.filter_map(|pair| number(pair, 0)).collect();
    String::from_utf16(&units).ok()
}
