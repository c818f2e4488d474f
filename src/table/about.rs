//! What kind of file a recipients file is.

use std::borrow::Cow;

use crate::campaign::{Place, Problem, RecipientsSource};
use crate::words::{Said, Speak, say, spoken};

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

impl Speak for Format {
    fn said(&self) -> Said {
        match self {
            Self::Text => say!("table-format-text"),
            Self::JsonLines => say!("table-format-json-lines"),
            Self::Json => say!("table-format-json"),
            Self::Sqlite => say!("table-format-sqlite"),
            Self::Xlsx => say!("table-format-xlsx"),
            Self::Xls => say!("table-format-xls"),
            Self::Ods => say!("table-format-ods"),
        }
    }
}

spoken!(Format);

/// Warns about settings of the campaign that have no effect on a file of this kind.
pub(super) fn ignored(source: &RecipientsSource, keys: &[&str], format: Format) -> Vec<Problem> {
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
        Problem::warning(say!("table-key-ignored", key = *key, format = &format))
            .code("recipients-file")
            .at(Place::whole(source.shown.as_str()))
            .help(say!("table-key-ignored-help", key = *key))
    };
    keys.iter().filter(said).map(warning).collect()
}
