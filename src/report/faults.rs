//! `faults.csv`: everything that keeps rows from being messages, one line each.
//!
//! The screen shows the first twenty; a person who corrects a list of a thousand needs all of them,
//! beside the spreadsheet. UTF-8 with a byte order mark and CRLF, as Excel needs it; no cell is a
//! formula.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use csv::{Terminator, Writer, WriterBuilder};

use crate::campaign::{CellPlace, Problem};
use crate::storage::{Replacement, private_folder};
use crate::table::{Header, Row};

use super::csv::guarded;
use super::failure::ReportError;

const COLUMNS: [&str; 9] = [
    "file", "sheet", "row", "cell", "column", "value", "problem", "mend", "place",
];

/// Characters of a value that are shown.
const SHOWN: usize = 60;

/// The file being written; nothing is made before the first fault.
pub struct FaultsFile {
    path: PathBuf,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    writer: Option<Writer<BufWriter<Replacement>>>,
    /// Why no more can be written.
    failed: Option<io::Error>,
}

impl FaultsFile {
    /// `faults.csv` in `folder`, which is made when there is something to tell.
    pub fn new(folder: &Path) -> Self {
        Self {
            path: folder.join("faults.csv"),
            state: Mutex::default(),
        }
    }

    /// Takes down what is wrong with a row.
    pub fn note(&self, header: &Header, row: &Row, problem: &Problem) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.failed.is_none()
            && let Err(error) = self.write(&mut state, header, row, problem)
        {
            state.failed = Some(error);
        }
    }

    fn write(&self, state: &mut State, header: &Header, row: &Row, problem: &Problem) -> io::Result<()> {
        let writer = match &mut state.writer {
            Some(writer) => writer,
            none => none.insert(self.open()?),
        };
        let place = problem.place.as_ref();
        let cell = place.and_then(|place| place.cell.as_deref());
        let number = place
            .filter(|place| place.cell.is_some())
            .map_or_else(|| row.number.to_string(), |place| place.line().to_string());
        let of = |text: fn(&CellPlace) -> &str| cell.map_or("", text);
        let letter = of(|cell| &cell.letter);
        let name = if letter.is_empty() {
            String::new()
        } else {
            format!("{letter}{number}")
        };
        let help: Vec<_> = problem.help.iter().map(ToString::to_string).collect();
        let mend = help.join("; ");
        let shown: String = of(|cell| &cell.value).chars().take(SHOWN).collect();
        let place = place.map(ToString::to_string).unwrap_or_default();
        let cells = [
            &*header.file,
            header.sheet.as_deref().unwrap_or_default(),
            &number,
            &name,
            of(|cell| &cell.header),
            &shown,
            &problem.what.to_string(),
            &mend,
            &place,
        ];
        writer.write_record(cells.map(|cell| guarded(cell).into_owned()))?;
        Ok(())
    }

    fn open(&self) -> io::Result<Writer<BufWriter<Replacement>>> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        private_folder(folder).map_err(io::Error::other)?;
        let mut file = BufWriter::new(Replacement::of(&self.path)?);
        file.write_all("\u{feff}".as_bytes())?;
        let mut writer = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .from_writer(file);
        writer.write_record(COLUMNS)?;
        Ok(writer)
    }

    /// Puts the file in its place, or takes an earlier one away when there was no fault; its path
    /// when it was written.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn finish(self) -> Result<Option<PathBuf>, ReportError> {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        let path = self.path;
        let failed = |error: io::Error| ReportError::at(&path, error);
        if let Some(error) = state.failed {
            return Err(failed(error));
        }
        let Some(writer) = state.writer else {
            // For corrected rows.
            return match std::fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound && path.exists() => Err(failed(error)),
                Ok(()) | Err(_) => Ok(None),
            };
        };
        let file = writer
            .into_inner()
            .map_err(|error| failed(io::Error::other(error.to_string())))?;
        let file = file.into_inner().map_err(|error| failed(error.into_error()))?;
        file.keep().map_err(failed)?;
        Ok(Some(path))
    }
}
