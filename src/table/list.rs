//! A list of people: one per line, kept by hand, or a spreadsheet.

use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::campaign::{Charset, Place, Problem, RecipientsSource};
use crate::words::{Arg, Said, say};

use super::encoding::decoded;
use super::excerpt::{self, Excerpt, Layout};
use super::failure::{TableError, record_error};
use super::header::letter;
use super::records::Records;
use super::source::{Record, Source};
use super::text::{Input, input};
use super::workbook::{self, Sheeted};
use super::{delimiter, detect, foreign};

/// An open list: its lines as cells, possibly without a header. Blank lines of a text, and those
/// that begin with `#`, are not lines of it, but are counted.
pub struct List {
    shown: String,
    layout: Layout,
    lines: Lines,
}

/// A line of a list.
pub struct ListLine {
    /// Its number in the file.
    pub number: u64,
    /// Its cells.
    pub cells: Vec<String>,
    /// The line itself, where it is not the result of the cells.
    written: Option<Box<str>>,
}

impl ListLine {
    /// The place of a cell of it in the list that is called `file`, or of all of it.
    pub fn place(&self, file: &Arc<str>, layout: Layout, cell: Option<usize>) -> Place {
        let (text, span) = Excerpt::of(self.written.as_deref(), &self.cells, layout).around(cell);
        Place {
            path: Arc::clone(file),
            first_line: usize::try_from(self.number).unwrap_or(usize::MAX),
            span,
            text: text.into(),
            cell: None,
        }
    }
}

/// Where the lines come from.
enum Lines {
    Text {
        charset: Charset,
        /// The line that it begins with.
        first: u64,
        records: Box<Records<Input>>,
    },
    Sheet {
        rows: Box<dyn Source>,
        /// The cells of the longest row so far: a workbook leaves out what is empty at the end.
        width: usize,
    },
}

impl List {
    /// Opens the list that messages call `shown`.
    ///
    /// # Errors
    /// The file cannot be read; within: it is a workbook that is damaged, or of several lists.
    pub fn open(path: &Path, shown: &str) -> io::Result<Result<Self, TableError>> {
        let start = detect::beginning(path)?;
        // Its first row is its first line, whatever it looks like.
        let source = RecipientsSource {
            file: path.to_owned(),
            shown: shown.to_owned(),
            header_row: Some(1),
            ..RecipientsSource::default()
        };
        match workbook::open(&source, &start) {
            Ok(None) => {}
            Ok(Some(sheet)) => return Ok(Self::of_sheet(sheet, shown)),
            Err(error) => return Ok(Err(error)),
        }
        if let Err(error) = foreign::refuse(&start, shown) {
            return Ok(Err(error));
        }
        // Which of several it is makes no difference to addresses.
        let charset = detect::charset(path, &start, None)?.charset;
        let start = decoded(&start, charset);
        let prologue = delimiter::prologue(&start);
        let detected = || delimiter::detect(prologue.rest, 1, b',');
        let delimiter = prologue.separator.unwrap_or_else(detected);
        let records = Records::new(input(path, charset)?, delimiter).without_comments_before(u64::MAX);
        Ok(Ok(Self {
            shown: shown.to_owned(),
            layout: Layout {
                delimiter: char::from(delimiter),
                quotes: true,
            },
            lines: Lines::Text {
                charset,
                first: prologue.first,
                records: Box::new(records),
            },
        }))
    }

    fn of_sheet(sheet: Sheeted, shown: &str) -> Result<Self, TableError> {
        // People on another sheet would get mail.
        let several = sheet.about.warnings.into_iter();
        let several = several.filter(|warning| warning.code == "several-sheets").last();
        if let Some(Problem { what, .. }) = several {
            return Err(Problem::error(what)
                .code("recipients-file")
                .at(Place::whole(shown))
                .help(say!("table-list-one-sheet"))
                .into());
        }
        Ok(Self {
            shown: shown.to_owned(),
            layout: sheet.header.layout(),
            lines: Lines::Sheet {
                rows: sheet.rows,
                width: 0,
            },
        })
    }

    /// The next line; `None` at the end.
    ///
    /// # Errors
    /// A quotation mark too many, cells that cannot be read, a failing disk.
    pub fn next_line(&mut self) -> Result<Option<ListLine>, TableError> {
        match &mut self.lines {
            Lines::Text {
                charset,
                first,
                records,
            } => text_line(&self.shown, records, *first, *charset, self.layout),
            Lines::Sheet { rows, width } => sheet_row(&self.shown, rows.as_mut(), width),
        }
    }

    /// How the cells of a line are shown.
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// SHA-256 of what was read.
    pub fn digest(&self) -> [u8; 32] {
        match &self.lines {
            Lines::Text { records, .. } => records.input().input().get_ref().digest(),
            Lines::Sheet { rows, .. } => rows.digest(),
        }
    }
}

fn text_line(
    shown: &str,
    records: &mut Records<Input>,
    first: u64,
    charset: Charset,
    layout: Layout,
) -> Result<Option<ListLine>, TableError> {
    let mut cells = Vec::new();
    let number = loop {
        let next = records.next(&mut cells);
        match next.map_err(|error| record_error(shown, &error))? {
            None => return Ok(None),
            Some(number) if number < first => {}
            Some(number) => break number,
        }
    };
    let Some(cell) = records.strange().first() else {
        let written = excerpt::written(records.line(), &cells, layout);
        return Ok(Some(ListLine {
            number,
            cells,
            written,
        }));
    };
    let what = say!(
        "table-list-not-text",
        row = Arg::plain(number),
        cell = Arg::plain(cell + 1),
        encoding = charset.name().into_owned()
    );
    Err(unreadable(shown, what, say!("table-save-as-utf-8")))
}

fn sheet_row(shown: &str, rows: &mut dyn Source, width: &mut usize) -> Result<Option<ListLine>, TableError> {
    let mut record = Record::default();
    loop {
        record.clear();
        if !rows.next(&mut record)? {
            return Ok(None);
        }
        if !record.faults.is_empty() {
            let fault = record.faults.swap_remove(0);
            let cell = fault.cell.map(letter).unwrap_or_default();
            let cell = format!("{cell}{}", record.number);
            let what = say!("table-list-cell", cell = cell, what = fault.what);
            return Err(unreadable(shown, what, fault.help));
        }
        if record.cells.iter().any(|cell| !cell.trim().is_empty()) {
            break;
        }
    }
    *width = record.cells.len().max(*width);
    record.cells.resize(*width, String::new());
    Ok(Some(ListLine {
        number: record.number,
        cells: record.cells,
        written: None,
    }))
}

fn unreadable(shown: &str, what: Said, help: Said) -> TableError {
    Problem::error(what)
        .code("recipients-file")
        .at(Place::whole(shown))
        .help(help)
        .into()
}
