//! A workbook in memory: its sheets, and the one that is read.

use std::fmt;
use std::io::Cursor;
use std::sync::Arc;

use crate::campaign::{Place, Problem, RecipientsSource, SheetChoice, nearest};

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

fn and_more(count: usize) -> String {
    match count.saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
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
        let unknown = |what: String, place: &Place, near: Option<&str>| -> TableError {
            let mut problem = Problem::error(what).code("sheet").at(place.clone());
            if let Some(near) = near {
                problem = problem.help(format!("did you mean \"{near}\"?"));
            }
            let list: Vec<_> = names().take(NAMED).map(|name| format!("\"{name}\"")).collect();
            problem
                .help(format!(
                    "its sheets are: {}{}",
                    list.join(", "),
                    and_more(sheets.len())
                ))
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
        let more = and_more(others.len());
        let named = others.get(..NAMED).unwrap_or(&others);
        let mut warnings = Vec::new();
        if !others.is_empty() {
            warnings.push(
                Problem::warning(format!(
                    "the sheet \"{}\" is read; there is something in {}{more}, too",
                    first.name,
                    named.join(", ")
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

    pub(super) fn damaged(&self, error: &dyn fmt::Display) -> TableError {
        damaged(self.shown(), error)
    }
}
