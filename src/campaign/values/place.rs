//! The place of something that the user wrote: in a file, a flag, a cell.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::words::{Lang, Said, say};

/// A span in something the user wrote, with the text around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What the user calls it: a path as they gave it, or `--subject`.
    pub path: Arc<str>,
    /// The number of the first line of `text` in that file; 1 for a whole file.
    pub first_line: usize,
    /// The text of the span: a whole file, or one row of a spreadsheet.
    pub text: Arc<str>,
    /// Octets of `text`; an empty span points at one character.
    pub span: Range<usize>,
    /// The cell it is, where it is one.
    pub cell: Option<Arc<CellPlace>>,
}

/// A cell (or a row) of a spreadsheet, as the spreadsheet names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellPlace {
    /// The sheet, in a workbook.
    pub sheet: Option<Arc<str>>,
    /// The column's letter (A, B, … AA), where the file has columns; empty for a whole row.
    pub letter: String,
    /// The column's name; empty for a whole row.
    pub header: String,
    /// What the cell holds.
    pub value: String,
}

impl CellPlace {
    /// How a reader finds it: `email, cell B17 of sheet Week 9`; none of a row that has a number only.
    pub(super) fn label(&self, row: usize) -> Option<Said> {
        let header = (!self.header.is_empty()).then_some(self.header.as_str());
        let cell = (!self.letter.is_empty()).then(|| format!("{}{row}", self.letter));
        match (header, cell, self.sheet.as_deref()) {
            (Some(column), Some(cell), Some(sheet)) => Some(say!(
                "table-cell-column-sheet",
                column = column,
                cell = cell,
                sheet = sheet
            )),
            (Some(column), Some(cell), None) => Some(say!("table-cell-column", column = column, cell = cell)),
            (Some(column), None, Some(sheet)) => {
                Some(say!("table-column-sheet", column = column, sheet = sheet))
            }
            (Some(column), None, None) => Some(Said::verbatim(column)),
            (None, Some(cell), Some(sheet)) => Some(say!("table-cell-sheet", cell = cell, sheet = sheet)),
            (None, Some(cell), None) => Some(say!("table-cell", cell = cell)),
            (None, None, Some(sheet)) => Some(say!("table-sheet", sheet = sheet)),
            (None, None, None) => None,
        }
    }
}

impl Place {
    /// What a campaign without a file is called.
    pub(crate) const COMMAND_LINE: &'static str = "command line";

    /// What is called so that a variable set.
    pub(crate) const ENVIRONMENT: &'static str = "environment";

    /// What a reader of this language calls it.
    pub(super) fn path_in(&self, lang: Lang) -> String {
        match &*self.path {
            Self::COMMAND_LINE => say!("campaign-place-command-line").in_lang(lang),
            Self::ENVIRONMENT => say!("campaign-place-environment").in_lang(lang),
            path => path.to_owned(),
        }
    }

    /// A span in a file whose text is at hand.
    pub fn in_file(path: impl Into<Arc<str>>, text: Arc<str>, span: Range<usize>) -> Self {
        Self {
            path: path.into(),
            first_line: 1,
            text,
            span,
            cell: None,
        }
    }

    /// The file as a whole: there is no line to show.
    pub fn whole(path: impl Into<Arc<str>>) -> Self {
        Self::in_file(path, Arc::from(""), 0..0)
    }

    /// Line of the span's start, as an editor (or the spreadsheet) counts it.
    pub fn line(&self) -> usize {
        self.first_line + self.before().matches('\n').count()
    }

    /// Column of the span's start in characters, from 1.
    pub fn column(&self) -> usize {
        let before = self.before();
        let line = before.rsplit('\n').next().unwrap_or(before);
        line.chars().count() + 1
    }

    /// The same file, another span.
    pub fn at(&self, span: Range<usize>) -> Self {
        Self { span, ..self.clone() }
    }

    fn before(&self) -> &str {
        self.text.get(..self.span.start).unwrap_or(&self.text)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.text.is_empty() {
            return f.write_str(&self.path);
        }
        write!(f, "{}:{}:{}", self.path, self.line(), self.column())
    }
}

impl Place {
    /// The line (or lines) of the span alone, so that a large file is not
    /// walked again for each problem.
    pub(super) fn excerpt(&self) -> (&str, usize, Range<usize>) {
        let start = self.span.start.min(self.text.len());
        let end = self.span.end.clamp(start, self.text.len());
        let from = self
            .text
            .get(..start)
            .and_then(|t| t.rfind('\n'))
            .map_or(0, |i| i + 1);
        let to = self
            .text
            .get(end..)
            .and_then(|t| t.find('\n'))
            .map_or(self.text.len(), |i| end + i);
        let text = self.text.get(from..to).unwrap_or_default();
        (text, self.line(), start - from..end - from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn a_place_counts_lines_and_characters() {
        let text: Arc<str> = Arc::from("name = \"x\"\nsubjet = \"教室\"\n");
        let place = Place::in_file("mailshot.toml", text, 11..17);
        assert_eq!(place.to_string(), "mailshot.toml:2:1");
        assert_eq!(place.at(24..27).to_string(), "mailshot.toml:2:12");
    }
}
