//! What a recipients file turned out to be.

use std::fmt;

use crate::campaign::Problem;

/// What a file was read as.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// What kind of file it is.
    pub format: Format,
    /// The sheet of a workbook, or the table of a database, that is read.
    pub sheet: Option<String>,
    /// All sheets, or all tables and views.
    pub sheets: Vec<String>,
    /// The encoding of its text, where that was to be found out.
    pub encoding: Option<&'static str>,
    /// What separates the cells of its lines.
    pub delimiter: Option<char>,
    /// What is worth knowing about it and stops nothing.
    pub warnings: Vec<Problem>,
}

/// The kinds of files that hold recipients.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values and their kin.
    #[default]
    Text,
    /// One JSON object a line.
    JsonLines,
    /// A JSON array of objects.
    Json,
    /// An SQLite database.
    Sqlite,
    /// A workbook of Excel, as it has been since 2007.
    Xlsx,
    /// A workbook of Excel of before that.
    Xls,
    /// A workbook of LibreOffice and others.
    Ods,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text (CSV)",
            Self::JsonLines => "JSON, one object a line",
            Self::Json => "JSON, a list of objects",
            Self::Sqlite => "SQLite database",
            Self::Xlsx => "Excel workbook (.xlsx)",
            Self::Xls => "Excel workbook of before 2007 (.xls)",
            Self::Ods => "OpenDocument spreadsheet (.ods)",
        })
    }
}
