//! .ods (OpenDocument 1.3, part 3) as a stream.
//!
//! Not by calamine: it leaves out the shown text of a cell, which is in the file beside its value,
//! and holds everything in memory at once, with repeated rows as often as they are repeated.

use std::io::{BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::words::say;

use super::super::about::Format;
use super::super::failure::TableError;
use super::super::source::{Feed, Record, Sink};
use super::book::{Book, Hidden, Octets, Opened, Sheet};
use super::bounds::{Counted, count_sheets};
use super::failure::{damaged, too_large};
use super::merged::Merged;
use super::xml::attribute;

mod cell;

use cell::{Cell, OpenCell, count};

/// Merged cells of a sheet that are kept.
const MOST_MERGED: usize = 10_000;

/// Hidden rows of a file that are kept.
const MOST_HIDDEN: usize = 1_048_576;

/// Octets that one cell shows.
const LONGEST: usize = 16 << 20;

pub(super) fn open(book: &Book<'_>) -> Result<Opened, TableError> {
    let mut tables = Tables::default();
    read(book.shown(), book.octets(), &mut tables)?;
    let sheets = tables.sheets;
    count_sheets(book.shown(), sheets.len())?;
    let (at, warnings) = book.choose(&sheets)?;
    let (cells, columns) = tables.sizes.get(at).copied().unwrap_or_default();
    Counted::new(book.shown()).add(cells, columns)?;
    let names: Vec<String> = sheets.into_iter().map(|sheet| sheet.name).collect();
    let sheet = names.get(at).cloned().unwrap_or_default();
    let merged = tables
        .merged
        .into_iter()
        .filter(|(of, _)| *of == at)
        .map(|(_, region)| region)
        .collect();
    let rows = tables.hidden.into_iter().filter(|(of, _)| *of == at);
    let columns = tables.hidden_columns.into_iter().filter(|(of, _)| *of == at);
    let hidden = Hidden {
        rows: rows.map(|(_, row)| row).collect(),
        columns: columns.map(|(_, columns)| columns).collect(),
    };
    let (shown, octets) = (book.shown().to_owned(), book.octets());
    let rows = Feed::start(move |sink| {
        let mut rows = Rows { wanted: at, sink };
        read(&shown, octets, &mut rows)
    })
    .map_err(|error| book.damaged(&error))?;
    Ok(Opened {
        format: Format::Ods,
        sheet,
        sheets: names,
        warnings,
        merged,
        hidden,
        rows,
    })
}

/// Who looks at the tables of a document.
trait Look {
    /// A table begins; whether its rows are wanted.
    fn table(&mut self, name: String, hidden: bool) -> bool;
    /// Columns of it are hidden, the first and the last of these.
    fn hidden_columns(&mut self, _: (usize, usize)) {}
    /// A row of it, and how often it is repeated; whether more is wanted.
    fn row(&mut self, row: &Line, times: u64) -> Result<bool, TableError>;
}

/// A row as it is in the file.
#[derive(Default)]
struct Line {
    /// Its number, from 1.
    number: u64,
    hidden: bool,
    /// Each with the number of columns it fills, and what it is merged with.
    cells: Vec<Cell>,
}

/// First pass: which tables there are.
#[derive(Default)]
struct Tables {
    sheets: Vec<Sheet>,
    /// Their cells, and the columns of their widest row.
    sizes: Vec<(u64, u64)>,
    merged: Vec<(usize, Merged)>,
    /// Hidden rows that have something in them, by the table.
    hidden: Vec<(usize, u64)>,
    /// Hidden columns.
    hidden_columns: Vec<(usize, (usize, usize))>,
}

impl Look for Tables {
    fn table(&mut self, name: String, hidden: bool) -> bool {
        self.sheets.push(Sheet {
            name,
            hidden,
            filled: false,
        });
        self.sizes.push((0, 0));
        true
    }

    fn hidden_columns(&mut self, columns: (usize, usize)) {
        if self.hidden_columns.len() < MOST_MERGED {
            self.hidden_columns
                .push((self.sheets.len().saturating_sub(1), columns));
        }
    }

    fn row(&mut self, row: &Line, times: u64) -> Result<bool, TableError> {
        let at = self.sheets.len().saturating_sub(1);
        let mut column = 0_u32;
        let mut width = 0;
        for cell in &row.cells {
            if !cell.shown.text.is_empty() {
                width = u64::from(column) + cell.columns as u64;
            }
            let (rows, columns) = cell.spans;
            if (rows > 1 || columns > 1) && self.merged.len() < MOST_MERGED {
                let first = (u32::try_from(row.number - 1).unwrap_or(u32::MAX), column);
                let last = (
                    first.0.saturating_add(rows.max(1) - 1),
                    column.saturating_add(columns.max(1) - 1),
                );
                self.merged.push((at, Merged { first, last }));
            }
            column = column.saturating_add(u32::try_from(cell.columns).unwrap_or(u32::MAX));
        }
        if let (Some(sheet), Some((cells, widest))) = (self.sheets.last_mut(), self.sizes.last_mut()) {
            sheet.filled |= width > 0;
            *cells = cells.saturating_add(width.saturating_mul(times));
            *widest = width.max(*widest);
            if row.hidden && width > 0 {
                let rows = row.number..row.number.saturating_add(times);
                let room = MOST_HIDDEN.saturating_sub(self.hidden.len());
                self.hidden.extend(rows.take(room).map(|row| (at, row)));
            }
        }
        Ok(true)
    }
}

/// Second pass: the rows of the one that is wanted.
struct Rows<'s> {
    wanted: usize,
    sink: &'s mut Sink,
}

impl Look for Rows<'_> {
    fn table(&mut self, _: String, _: bool) -> bool {
        let wanted = self.wanted == 0;
        self.wanted = self.wanted.wrapping_sub(1);
        wanted
    }

    fn row(&mut self, row: &Line, times: u64) -> Result<bool, TableError> {
        let last = row.cells.iter().rposition(|cell| !cell.shown.text.is_empty());
        let Some(last) = last else { return Ok(true) };
        for number in row.number..row.number.saturating_add(times) {
            let mut record = Record {
                number,
                ..Record::default()
            };
            for cell in row.cells.iter().take(last + 1) {
                for _ in 0..cell.columns {
                    let plain = cell.shown.plain.iter();
                    record
                        .plain
                        .extend(plain.map(|plain| (record.cells.len(), plain.clone())));
                    record.cells.push(cell.shown.text.clone());
                }
            }
            if !self.sink.put(record) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

fn read(shown: &str, octets: Octets, look: &mut dyn Look) -> Result<(), TableError> {
    let mut archive = ZipArchive::new(octets).map_err(|error| damaged(shown, &error))?;
    let part = archive
        .by_name("content.xml")
        .map_err(|error| damaged(shown, &error))?;
    let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, part));
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    Document {
        shown,
        look,
        reader,
        buffer: Vec::new(),
    }
    .read()
}

struct Document<'d, R: Read> {
    shown: &'d str,
    look: &'d mut dyn Look,
    reader: Reader<BufReader<R>>,
    buffer: Vec<u8>,
}

/// What the reader is in.
#[derive(Default)]
struct State {
    /// Styles of tables that are hidden.
    hidden: Vec<String>,
    /// The style whose properties are read.
    style: Option<String>,
    /// Tables the reader is in; those within a cell are not sheets.
    tables: usize,
    /// The rows of this one are wanted.
    wanted: bool,
    /// The number of the next row.
    next: u64,
    /// The next column that is described.
    column: usize,
    line: Option<(Line, u64)>,
    cell: Option<OpenCell>,
    /// Inside something that is not text of the cell: a note, a drawing.
    aside: usize,
}

impl<R: Read> Document<'_, R> {
    fn read(&mut self) -> Result<(), TableError> {
        let mut state = State::default();
        loop {
            self.buffer.clear();
            let event = self
                .reader
                .read_event_into(&mut self.buffer)
                .map_err(|error| damaged(self.shown, &error))?;
            match event {
                Event::Start(element) => state.start(&element, self.look),
                Event::End(element) => {
                    if !state.end(element.name().as_ref(), self.look)? {
                        return Ok(());
                    }
                }
                Event::Text(text) => state.text(&text),
                Event::CData(text) => state.text(&text),
                Event::GeneralRef(reference) => {
                    let character = match reference.resolve_char_ref() {
                        Ok(Some(character)) => Some(character.to_string()),
                        _ => quick_xml::escape::resolve_predefined_entity(&reference).map(str::to_owned),
                    };
                    state.text(&character.unwrap_or_default());
                }
                Event::Eof => return Ok(()),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
            if state.cell.as_ref().is_some_and(|cell| cell.text.len() > LONGEST) {
                return Err(too_large(self.shown, say!("table-workbook-cell")));
            }
        }
    }
}

impl State {
    fn start(&mut self, element: &BytesStart<'_>, look: &mut dyn Look) {
        let name = element.name();
        if self.aside > 0 {
            self.aside += 1;
            return;
        }
        match name.as_ref() {
            "style:style" => self.style = attribute(element, "style:name"),
            "style:table-properties" => {
                if attribute(element, "table:display").as_deref() == Some("false") {
                    self.hidden.extend(self.style.clone());
                }
            }
            "table:table" => {
                self.tables += 1;
                if self.tables == 1 {
                    let style = attribute(element, "table:style-name").unwrap_or_default();
                    let name = attribute(element, "table:name").unwrap_or_default();
                    self.wanted = look.table(name, self.hidden.contains(&style));
                    self.next = 1;
                    self.column = 0;
                }
            }
            // Rows of a table within a cell do not belong to the sheet.
            _ if self.tables != 1 || !self.wanted => {}
            "table:table-column" => {
                let times = count(element, "table:number-columns-repeated");
                let first = self.column;
                self.column = first.saturating_add(usize::try_from(times).unwrap_or(usize::MAX));
                if attribute(element, "table:visibility").is_some_and(|seen| seen != "visible") {
                    look.hidden_columns((first, self.column.saturating_sub(1)));
                }
            }
            "table:table-row" => {
                let times = count(element, "table:number-rows-repeated");
                let visibility = attribute(element, "table:visibility");
                let line = Line {
                    number: self.next,
                    hidden: visibility.is_some_and(|visibility| visibility != "visible"),
                    cells: Vec::new(),
                };
                self.next = self.next.saturating_add(times);
                self.line = Some((line, times));
            }
            covered @ ("table:table-cell" | "table:covered-table-cell") if self.line.is_some() => {
                self.cell = Some(OpenCell::new(element, covered == "table:covered-table-cell"));
            }
            "office:annotation" | "draw:frame" | "table:shapes" | "office:forms" => self.aside = 1,
            inside => {
                if let Some(cell) = &mut self.cell {
                    cell.start(inside, element);
                }
            }
        }
    }

    fn end(&mut self, name: &str, look: &mut dyn Look) -> Result<bool, TableError> {
        if self.aside > 0 {
            self.aside -= 1;
            return Ok(true);
        }
        match name {
            "style:style" => self.style = None,
            "table:table" => self.tables = self.tables.saturating_sub(1),
            _ if self.tables != 1 => {}
            "table:table-cell" | "table:covered-table-cell" => {
                if let (Some(cell), Some((line, _))) = (self.cell.take(), &mut self.line) {
                    line.cells.push(cell.close());
                }
            }
            "table:table-row" => {
                if let Some((line, times)) = self.line.take() {
                    return look.row(&line, times);
                }
            }
            "text:p" | "text:h" => {
                if let Some(cell) = &mut self.cell {
                    cell.in_paragraph = cell.in_paragraph.saturating_sub(1);
                }
            }
            _ => {}
        }
        Ok(true)
    }

    fn text(&mut self, text: &str) {
        if self.aside == 0
            && self.tables == 1
            && let Some(cell) = &mut self.cell
            && cell.in_paragraph > 0
        {
            // Line breaks of the file are not line breaks of the cell.
            cell.text.extend(
                text.chars()
                    .map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }),
            );
        }
    }
}
