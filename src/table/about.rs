//! What kind of file a recipients file is.

use std::borrow::Cow;
use std::fmt;

use crate::campaign::{Place, Problem, RecipientsSource};

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
    pub encoding: Option<Cow<'static, str>>,
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

/// Warns about settings of the campaign that have no effect on a file of this kind.
pub(super) fn ignored(source: &RecipientsSource, keys: &[&str], kind: &str) -> Vec<Problem> {
    let said = |key: &&&str| match **key {
        "sheet" => source.sheet.is_some(),
        "delimiter" => source.delimiter.is_some(),
        "encoding" => source
            .encoding
            .is_some_and(|encoding| encoding != encoding_rs::UTF_8.into()),
        "header_row" => source.header_row.is_some(),
        _ => false,
    };
    let warning = |key: &&str| {
        Problem::warning(format!("`{key}` means nothing for {kind} and is left aside"))
            .code("recipients-file")
            .at(Place::whole(source.shown.as_str()))
            .help("take it out of [recipients]")
    };
    keys.iter().filter(said).map(warning).collect()
}
