//! The header: which columns there are, and what templates call them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use crate::campaign::{CellPlace, Place, Problem};
use crate::storage::composed;
use crate::words::{Arg, Said, say};

use super::excerpt::{Excerpt, Layout};
use super::failure::TableError;
use super::row::Row;
use super::words::is_invisible;

/// Columns whose names begin so are ours, written into reports; they are
/// dropped on reading, so that `failed.csv` is a recipients file again.
pub const OWN_PREFIX: &str = "mailshot_";

/// The columns that reports have behind the user's own, and that conditions may ask for.
pub const OWN_COLUMNS: [&str; 7] = [
    "mailshot_status",
    "mailshot_code",
    "mailshot_reply",
    "mailshot_attempts",
    "mailshot_message_id",
    "mailshot_relay",
    "mailshot_at",
];

/// The header: which columns there are, and where the table came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// What the user calls the file.
    pub file: Arc<str>,
    /// What templates call the columns: their names, trimmed. One without a name, or with that of
    /// another, is known by its letter: `column_B`.
    pub columns: Vec<String>,
    /// The columns' names as the file has them.
    pub names: Vec<String>,
    /// What separates the cells, where something does.
    pub delimiter: char,
    /// What text files were read as.
    pub encoding: Cow<'static, str>,
    /// What was made out of the file that its owner should know.
    pub notes: Vec<Said>,
    /// The sheet of a workbook.
    pub sheet: Option<Arc<str>>,
    /// Whether a row with more or fewer cells than this one is a fault: not where cells have places.
    pub(super) ragged: bool,
    /// Whether cells with a delimiter or a line break are in quotation marks.
    pub(super) quotes: bool,
    /// Whether columns have letters: not where each row names its own values.
    pub lettered: bool,
    /// Nothing is filled in from them: a text is what it says, braces included.
    pub literal: bool,
    /// The row that names them, where one does.
    pub row: Option<u64>,
    /// The columns as the file has them: `columns[i]` is cell `kept[i]`.
    pub(super) kept: Vec<usize>,
    /// How many cells a line of the file has.
    pub(super) width: usize,
    /// Cells that the sheet does not show: the first and the last of those side by side.
    pub(super) hidden: Vec<(usize, usize)>,
}

impl Header {
    /// The header of a file that could not be read: no columns.
    pub fn unknown(file: &str) -> Self {
        Self {
            file: file.into(),
            columns: Vec::new(),
            names: Vec::new(),
            delimiter: ',',
            encoding: "UTF-8".into(),
            notes: Vec::new(),
            sheet: None,
            ragged: true,
            quotes: false,
            lettered: true,
            literal: false,
            row: None,
            kept: Vec::new(),
            width: 0,
            hidden: Vec::new(),
        }
    }

    /// The same with our own columns behind those of the file.
    #[must_use]
    pub fn with_own(&self) -> Self {
        let mut all = self.clone();
        // They have no letters: the file does not hold them.
        all.columns.extend(OWN_COLUMNS.map(str::to_owned));
        all.names.extend(OWN_COLUMNS.map(str::to_owned));
        all
    }

    /// Names the columns by the cells of the header row.
    pub(super) fn named(self, row: u64, cells: &[String]) -> Result<Self, TableError> {
        let names: Vec<String> = cells.iter().map(|cell| one_line(cell)).collect();
        // Two that differ in how their accents are written are one to the eye.
        let called: Vec<Cow<'_, str>> = names.iter().map(|name| composed(name)).collect();
        // Cells to the right of the last name are not columns: a spreadsheet leaves empty cells
        // there.
        let width = names
            .iter()
            .rposition(|name| !name.is_empty())
            .map_or(0, |i| i + 1);
        let mut occurrences: HashMap<&str, usize> = HashMap::new();
        for name in called.iter().take(width) {
            *occurrences.entry(name).or_default() += 1;
        }
        let mut kept: Vec<usize> = (0..width)
            .filter(|i| !names[*i].starts_with(OWN_PREFIX))
            .collect();
        while kept.last().is_some_and(|i| names[*i].is_empty()) {
            kept.pop();
        }
        let columns = kept
            .iter()
            .map(|i| match occurrences.get(&*called[*i]) {
                Some(1) if !names[*i].is_empty() => called[*i].clone().into_owned(),
                _ => unnamed(*i, &names),
            })
            .collect();
        if kept.is_empty() {
            return Err(
                Problem::error(say!("table-header-without-names", row = Arg::plain(row)))
                    .code("header")
                    .at(Place::whole(Arc::clone(&self.file)))
                    .help(say!("table-header-without-names-help"))
                    .into(),
            );
        }
        Ok(Self {
            columns,
            names: kept.iter().map(|i| names[*i].clone()).collect(),
            row: self.lettered.then_some(row),
            kept,
            width,
            ..self
        })
    }

    /// The place of one cell of a row (or of the whole row), for messages: the
    /// row's number stands for the line.
    pub fn place(&self, row: &Row, column: Option<usize>) -> Place {
        // A line of the file has all of its cells, a row those of the columns.
        let cell = match row.line {
            Some(_) => column.and_then(|column| self.kept.get(column).copied()),
            None => column,
        };
        let excerpt = Excerpt::of(row.line.as_deref(), &row.fields, self.layout());
        let (text, span) = excerpt.around(cell);
        Place {
            path: Arc::clone(&self.file),
            first_line: usize::try_from(row.number).unwrap_or(usize::MAX),
            text: text.into(),
            span,
            cell: Some(Arc::new(self.cell(row, column))),
        }
    }

    /// The columns with a name that the sheet does not show, and their letters.
    pub(super) fn hidden_columns(&self) -> impl Iterator<Item = (&str, String)> {
        let named = self.kept.iter().zip(&self.names).zip(&self.columns);
        let hidden = named.filter(|((at, name), _)| {
            let within = |(first, last): &(usize, usize)| first <= *at && *at <= last;
            !name.is_empty() && self.hidden.iter().any(within)
        });
        hidden.map(|((at, _), column)| (column.as_str(), letter(*at)))
    }

    /// How the cells of a row are written on one line.
    pub(super) fn layout(&self) -> Layout {
        Layout {
            delimiter: self.delimiter,
            quotes: self.quotes,
        }
    }

    /// A column's letter, where columns have some.
    pub fn letter_of(&self, column: usize) -> Option<String> {
        self.kept
            .get(column)
            .filter(|_| self.lettered)
            .map(|at| letter(*at))
    }

    fn cell(&self, row: &Row, column: Option<usize>) -> CellPlace {
        let of = |texts: &[String]| column.and_then(|i| texts.get(i)).cloned().unwrap_or_default();
        CellPlace {
            sheet: self.sheet.clone(),
            letter: column.and_then(|i| self.letter_of(i)).unwrap_or_default(),
            header: of(&self.names),
            value: of(&row.fields),
        }
    }

    /// The position of a column, by what templates call it.
    pub fn position(&self, column: &str) -> Option<usize> {
        let column = composed(column);
        let exact = self.columns.iter().position(|c| *c == column);
        exact.or_else(|| self.of_alias(&column))
    }

    /// A name of a column that can be written anywhere, whatever its own is: by its letter, `column_B`.
    pub fn alias(&self, column: usize) -> String {
        let at = self.kept.get(column).copied().unwrap_or(column);
        let mut name = format!("column_{}", letter(at));
        while self.columns.contains(&name) {
            name.push('_');
        }
        name
    }

    /// The column of which this is the [alias](Self::alias).
    pub fn of_alias(&self, name: &str) -> Option<usize> {
        let letters = name.strip_prefix("column_")?.trim_end_matches('_');
        if letters.is_empty() || !letters.bytes().all(|octet| octet.is_ascii_uppercase()) {
            return None;
        }
        (0..self.columns.len()).find(|column| self.alias(*column) == name)
    }

    /// The columns that have this name, where they are several: what templates call them instead.
    pub fn ambiguous(&self, name: &str) -> Vec<&str> {
        let name = composed(name);
        let alike = self.names.iter().zip(&self.columns);
        alike
            .filter(|(named, column)| composed(named) == name && **column != name)
            .map(|(_, column)| column.as_str())
            .collect()
    }
}

/// What a column is called that has no name of its own.
fn unnamed(index: usize, names: &[String]) -> String {
    let mut name = format!("column_{}", letter(index));
    while names.contains(&name) {
        name.push('_');
    }
    name
}

/// A name as one line that can be typed: Excel's wrapped headers hold line breaks, and copied ones
/// blanks that do not break and characters that nobody sees.
fn one_line(cell: &str) -> String {
    let lines = cell.split(char::is_control);
    let lines = lines.map(|line| line.trim_matches(|c: char| c.is_whitespace() || is_invisible(c)));
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    lines.join(" ").replace(['\u{a0}', '\u{202f}'], " ")
}

/// The header, not read yet, of a file whose columns have names and no letters.
pub(super) fn unlettered(file: &str) -> Header {
    Header {
        lettered: false,
        // Between the cells of a row in a message.
        delimiter: '\u{2502}',
        ..Header::unknown(file)
    }
}

/// The names of columns that are not in a row: an empty name gets a name, because at the end of a
/// row it would not be a column.
pub(super) fn all_named(names: Vec<String>) -> Vec<String> {
    let nameless: Vec<bool> = names.iter().map(|name| one_line(name).is_empty()).collect();
    let name = |at: usize| {
        if nameless[at] {
            self::unnamed(at, &names)
        } else {
            names[at].clone()
        }
    };
    (0..names.len()).map(name).collect()
}

/// A column as a spreadsheet letters it: A, B, … Z, AA.
pub fn letter(mut index: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(index % 26).unwrap_or(0)));
        if index < 26 {
            break;
        }
        index = index / 26 - 1;
    }
    letters.iter().rev().collect()
}
