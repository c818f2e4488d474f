//! Where the rows come from, and which of them are wanted.

use std::path::PathBuf;

use super::charset::Said;
use super::place::Place;
use super::text::Text;

/// Where the rows come from, and which of them are wanted.
#[derive(Debug, Clone, Default)]
pub struct RecipientsSource {
    /// The file; for stdin, the copy kept in `.mailshot/`.
    pub file: PathBuf,
    /// What the user called it (`students.csv`, `-`).
    pub shown: String,
    /// Whether `file` must first be filled from stdin.
    pub stdin: bool,
    /// There is no list and no file, and the one message goes to this mailbox.
    pub only: Option<Text>,
    /// The delimiter, when it is not to be detected.
    pub delimiter: Option<u8>,
    /// The encoding of its text, when it is not to be detected.
    pub encoding: Option<Said>,
    /// The sheet of a workbook; the first one that is not hidden when absent.
    pub sheet: Option<SheetChoice>,
    /// The row that names the columns, as the spreadsheet counts, when it is not the first.
    pub header_row: Option<u64>,
    /// The columns that messages are addressed by, as templates name them, once the header was
    /// read: what is below the table has nothing in them.
    pub addressed_by: Vec<String>,
    /// What to ask a database for.
    pub query: Option<Text>,
    /// Which rows are wanted: a Tera expression.
    pub filter: Option<Text>,
    /// Columns by which rows are combined into one message.
    pub group_by: Vec<Text>,
    /// Columns by which they are sorted; `-` in front of one: the largest first.
    pub sort: Vec<Text>,
    /// Columns whose values together say who is the same recipient; empty
    /// means the To address.
    pub key: Vec<Text>,
    /// Lists of people who are not to be written to.
    pub suppress: Vec<ListFile>,
}

/// A sheet of a workbook, as the campaign names it.
#[derive(Debug, Clone)]
pub enum SheetChoice {
    /// By its name.
    Named(Text),
    /// By its number, from 1, hidden ones included.
    Numbered(usize, Place),
}

/// A list that the campaign names.
#[derive(Debug, Clone)]
pub struct ListFile {
    /// The file.
    pub path: PathBuf,
    /// What the user called it.
    pub shown: String,
    /// Where it was named.
    pub place: Place,
}
