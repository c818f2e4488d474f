//! .xlsx (and .xlsm) by calamine, cell by cell: never a sheet as a whole.

use std::collections::HashSet;

use calamine::{DataRef, NumberFormat, Reader, SheetType, SheetVisible, Xlsx, XlsxCellReader, XlsxError};

use crate::words::say;

use super::super::about::Format;
use super::super::failure::TableError;
use super::super::source::{CellFault, Feed, Record, Sink};
use super::book::{Book, Hidden, Octets, Opened, Sheet};
use super::bounds::{Counted, Marks, count_sheets};
use super::failure::{damaged, locked, wrong};
use super::merged::Merged;
use super::shown::{PLAIN, Shown, Style};
use super::{codes, hidden};

/// Formulas without a value that are kept track of.
const MOST_FORMULAS: usize = 1_000_000;

pub(super) fn open(book: &Book<'_>, marks: Marks) -> Result<Opened, TableError> {
    let mut file = Xlsx::new(book.octets()).map_err(|error| {
        if matches!(error, XlsxError::Password) {
            locked(book.shown())
        } else {
            book.damaged(&error)
        }
    })?;
    let choosing = book.source.sheet.is_none();
    let known: Vec<_> = file
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    count_sheets(book.shown(), known.len())?;
    let mut sheets = Vec::new();
    for (name, hidden) in known {
        let filled = choosing && !hidden && has_cells(&mut file, &name);
        sheets.push(Sheet { name, hidden, filled });
    }
    let (at, warnings) = book.choose(&sheets)?;
    let sheets: Vec<String> = sheets.into_iter().map(|sheet| sheet.name).collect();
    let sheet = sheets.get(at).cloned().unwrap_or_default();
    let merged = if marks.merged {
        merged_cells(book, &mut file, &sheet)?
    } else {
        Vec::new()
    };
    let hidden = if marks.hidden {
        hidden::of_xlsx(book, &sheet)
    } else {
        Hidden::default()
    };
    let uncalculated = uncalculated(book, &mut file, &sheet)?;
    let (shown, name) = (book.shown().to_owned(), sheet.clone());
    let rows = Feed::start(move |sink| {
        let mut rows = Rows {
            shown: &shown,
            since_1904: file.has_1904_epoch(),
            styles: Vec::new(),
            uncalculated,
        };
        let mut cells = file
            .worksheet_cells_reader(&name)
            .map_err(|error| damaged(&shown, &error))?;
        rows.read(&mut cells, sink)
    })
    .map_err(|error| book.damaged(&error))?;
    Ok(Opened {
        format: Format::Xlsx,
        sheet,
        sheets,
        warnings,
        merged,
        hidden,
        rows,
    })
}

/// Whether a sheet contains anything, even if it is damaged: that is reported when it is read.
fn has_cells(file: &mut Xlsx<Octets>, sheet: &str) -> bool {
    let Ok(mut cells) = file.worksheet_cells_reader(sheet) else {
        return true;
    };
    loop {
        match cells.next_cell() {
            Ok(Some(cell)) if *cell.get_value() == DataRef::Empty => {}
            Ok(None) => return false,
            Ok(Some(_)) | Err(_) => return true,
        }
    }
}

fn merged_cells(book: &Book<'_>, file: &mut Xlsx<Octets>, sheet: &str) -> Result<Vec<Merged>, TableError> {
    let regions = file
        .merge_cells_by_sheet_name(sheet)
        .map_err(|error| book.damaged(&error))?;
    Ok(regions.into_iter().map(Merged::from).collect())
}

/// Where formulas stand whose values nobody has calculated: programs that only write workbooks
/// leave them so. On the way the cells are counted.
fn uncalculated(
    book: &Book<'_>,
    file: &mut Xlsx<Octets>,
    sheet: &str,
) -> Result<HashSet<(u32, u32)>, TableError> {
    let failed = |error: XlsxError| book.damaged(&error);
    let (mut found, mut counted) = (HashSet::new(), Counted::new(book.shown()));
    // The row, and how many columns it has.
    let (mut row, mut columns) = (0, 0);
    let mut cells = file.worksheet_cells_reader(sheet).map_err(failed)?;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(failed)? {
        if cell.pos.0 != row {
            (row, columns) = (cell.pos.0, 0);
        }
        let needed = u64::from(cell.pos.1) + 1;
        counted.add(needed.saturating_sub(columns), needed)?;
        columns = columns.max(needed);
        if cell.formula.is_some() && cell.value == DataRef::Empty && found.len() < MOST_FORMULAS {
            found.insert(cell.pos);
        }
    }
    Ok(found)
}

struct Rows<'s> {
    shown: &'s str,
    since_1904: bool,
    /// By their number in the workbook.
    styles: Vec<Style>,
    uncalculated: HashSet<(u32, u32)>,
}

impl Rows<'_> {
    fn read(&mut self, cells: &mut XlsxCellReader<'_, Octets>, sink: &mut Sink) -> Result<(), TableError> {
        let formats = cells.styles().iter().map(|style| style.number_format.as_ref());
        self.styles = formats.map(style_of).collect();
        let mut record = Record::default();
        while let Some((cell, style)) = cells
            .next_cell_with_style_id()
            .map_err(|error| damaged(self.shown, &error))?
        {
            let (row, column) = cell.get_position();
            let number = u64::from(row) + 1;
            if number < record.number {
                return Err(wrong(self.shown, say!("table-workbook-row-order")));
            }
            if number > record.number && record.number > 0 && !sink.put(std::mem::take(&mut record)) {
                return Ok(());
            }
            record.number = number;
            let column = column as usize;
            if self.uncalculated.contains(&(row, cell.get_position().1)) {
                record.faults.push(never_calculated(column));
            }
            let Shown { text, plain, unsure } = self.show(cell.get_value(), style);
            if text.is_empty() {
                continue;
            }
            if unsure {
                record.unsure.push(column);
            }
            if record.cells.len() <= column {
                record.cells.resize(column + 1, String::new());
            }
            if let Some(place) = record.cells.get_mut(column) {
                *place = text;
            }
            record.plain.extend(plain.map(|plain| (column, plain)));
        }
        if record.number > 0 {
            sink.put(record);
        }
        Ok(())
    }

    fn show(&self, value: &DataRef<'_>, style: usize) -> Shown {
        let style = self.styles.get(style).unwrap_or(&PLAIN);
        let number = |number: f64| style.show(number, self.since_1904);
        match value {
            DataRef::Empty => Shown::default(),
            DataRef::String(text) => style.text(text),
            DataRef::SharedString(text) => style.text(text),
            DataRef::DateTimeIso(text) => style.date(text, self.since_1904),
            DataRef::DurationIso(text) => Shown::text(text.as_str()),
            DataRef::Bool(yes) => style.yes_or_no(*yes),
            DataRef::Error(error) => Shown::text(error.to_string()),
            #[expect(clippy::cast_precision_loss, reason = "a spreadsheet has no other numbers")]
            DataRef::Int(value) => number(*value as f64),
            DataRef::Float(value) => number(*value),
            DataRef::DateTime(moment) => number(moment.as_f64()),
        }
    }
}

/// Formats that each computer shows in its own way, as the library's codes for them begin.
const OF_THE_COMPUTER: [(u32, &str); 4] = [
    (14, "mm-dd-yy"),
    (22, "m/d/yy h:mm"),
    (42, "_($* #,##0_)"),
    (44, "_($* #,##0.00_)"),
];

fn style_of(format: Option<&NumberFormat>) -> Style {
    let Some(format) = format else {
        return Style::default();
    };
    let (code, number) = (format.format_code.as_str(), format.format_id.unwrap_or(0));
    // What the library does not know is General to it.
    let unknown = code == "General" && number != 0;
    let own = OF_THE_COMPUTER
        .iter()
        .any(|(id, begin)| *id == number && code.starts_with(begin));
    if unknown || own {
        Style::new(codes::of_number(number))
    } else {
        Style::new(code)
    }
}

fn never_calculated(column: usize) -> CellFault {
    CellFault {
        cell: Some(column),
        code: "formula-without-value",
        what: say!("table-never-calculated"),
        help: say!("table-never-calculated-help"),
    }
}
