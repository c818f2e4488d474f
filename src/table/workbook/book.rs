//! A workbook in memory: its sheets, and the one that is read.

use std::fmt;
use std::io::Cursor;
use std::sync::Arc;

use crate::campaign::{Place, Problem, RecipientsSource, SheetChoice, nearest};
use crate::words::{Arg, Said, say};

use super::super::about::Format;
use super::super::failure::TableError;
use super::super::source::Feed;
use super::failure::damaged;
use super::merged::Merged;

/// The octets of a workbook, shared by all its readers.
pub(super) type Octets = Cursor<Arc<[u8]>>;

/// A sheet whose rows are coming.
pub(super) struct Opened {
    pub(super) format: Format,
    pub(super) sheet: String,
    pub(super) sheets: Vec<String>,
    pub(super) warnings: Vec<Problem>,
    pub(super) merged: Vec<Merged>,
    pub(super) hidden: Hidden,
    pub(super) rows: Feed,
}

/// What is hidden in a sheet.
#[derive(Debug, Default)]
pub(super) struct Hidden {
    /// The numbers of rows that have something in them.
    pub(super) rows: Vec<u64>,
    /// Columns, from 0: the first and the last of those side by side.
    pub(super) columns: Vec<(usize, usize)>,
}

/// A workbook's octets, and what the campaign says of it.
pub(super) struct Book<'s> {
    pub(super) source: &'s RecipientsSource,
    pub(super) octets: Arc<[u8]>,
}

/// A sheet of a workbook.
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) hidden: bool,
    /// Whether there is anything in it; asked for only where nobody has chosen.
    pub(super) filled: bool,
}

/// Sheets that are listed by name.
const NAMED: usize = 20;

/// The names of sheets in quotation marks, the first of many.
fn listed<'n>(names: impl ExactSizeIterator<Item = &'n str>) -> Arg {
    let more = names.len().saturating_sub(NAMED);
    let list = Arg::commas(names.take(NAMED).map(|name| format!("\"{name}\"")));
    match more {
        0 => list,
        more => say!("table-and-more", list = list, more = more).into(),
    }
}

impl Book<'_> {
    pub(super) fn octets(&self) -> Octets {
        Cursor::new(Arc::clone(&self.octets))
    }

    pub(super) fn shown(&self) -> &str {
        &self.source.shown
    }

    /// Which sheet is wanted, and what is to be said of the choice.
    pub(super) fn choose(&self, sheets: &[Sheet]) -> Result<(usize, Vec<Problem>), TableError> {
        let names = || sheets.iter().map(|sheet| sheet.name.as_str());
        let unknown = |what: Said, place: &Place, near: Option<&str>| -> TableError {
            let mut problem = Problem::error(what).code("sheet").at(place.clone());
            if let Some(near) = near {
                problem = problem.help(say!("table-sheet-near", sheet = near));
            }
            problem
                .help(say!("table-sheets", sheets = listed(names())))
                .into()
        };
        match &self.source.sheet {
            Some(SheetChoice::Numbered(number, place)) => {
                let found = number.checked_sub(1).filter(|at| *at < sheets.len());
                let what = || {
                    say!(
                        "table-no-sheet-number",
                        file = self.shown(),
                        number = Arg::plain(number),
                        sheets = sheets.len()
                    )
                };
                Ok((found.ok_or_else(|| unknown(what(), place, None))?, Vec::new()))
            }
            Some(SheetChoice::Named(name)) => {
                let folded = |name: &str| name.trim().to_lowercase();
                let exact = names().position(|sheet| sheet == name.value);
                let alike = || names().position(|sheet| folded(sheet) == folded(&name.value));
                let what = || say!("table-no-sheet", file = self.shown(), sheet = &name.value);
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
            return Err(Problem::error(say!("table-workbook-empty"))
                .code("recipients-file")
                .at(Place::whole(self.shown()))
                .help(say!("table-workbook-empty-help"))
                .into());
        };
        let others: Vec<_> = filled.map(|(_, sheet)| sheet.name.as_str()).collect();
        let mut warnings = Vec::new();
        if !others.is_empty() {
            let what = say!(
                "table-several-sheets",
                sheet = &first.name,
                count = others.len(),
                others = listed(others.into_iter())
            );
            warnings.push(
                Problem::warning(what)
                    .code("several-sheets")
                    .at(Place::whole(self.shown()))
                    .help(say!("table-several-sheets-help", sheet = &first.name)),
            );
        }
        Ok((at, warnings))
    }

    pub(super) fn damaged(&self, error: &dyn fmt::Display) -> TableError {
        damaged(self.shown(), error)
    }
}
