//! A row: the cells of one recipient, or what is wrong with them.

use unicode_normalization::UnicodeNormalization;

use crate::campaign::Problems;

/// One line of the recipients file, or several that make one message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The row as the spreadsheet counts it; the header is row 1.
    pub number: u64,
    /// One value a column, in the header's order, as the sheet shows them.
    pub fields: Vec<String>,
    /// Cells that show something else than what they are, by column: `2026-03-09` for one that
    /// shows `9 March`, `0.85` for one that shows `85%`.
    pub plain: Vec<(usize, String)>,
    /// Its line in a text file, if it does not follow from the cells: quotation marks that are not
    /// needed, cells that belong to no column.
    pub line: Option<Box<str>>,
    /// The further rows of the same message, where rows are grouped.
    pub others: Vec<Row>,
}

impl Row {
    /// A row of cells that show what they are.
    pub fn new(number: u64, fields: Vec<String>) -> Self {
        Self {
            number,
            fields,
            ..Self::default()
        }
    }

    /// What the column shows in all rows of the message; `None` where they differ. Blanks around
    /// a cell, the case of an address and the way accents are encoded make no difference.
    pub fn shared(&self, column: usize) -> Option<&str> {
        let cell = self.fields.get(column).map_or("", String::as_str);
        let same = |other: &Row| alike(other.fields.get(column).map_or("", String::as_str), cell);
        self.others.iter().all(same).then_some(cell)
    }

    /// What the cell of a column is, whatever it shows.
    pub fn value(&self, column: usize) -> &str {
        let plain = self.plain.iter().find(|(at, _)| *at == column);
        plain
            .map(|(_, plain)| plain)
            .or_else(|| self.fields.get(column))
            .map_or("", String::as_str)
    }

    /// The rows of the message: this one and those grouped with it.
    pub fn members(&self) -> impl Iterator<Item = &Row> {
        std::iter::once(self).chain(&self.others)
    }
}

fn alike(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let (one, other) = (one.trim().nfc(), other.trim().nfc());
    let address = one.clone().any(|c| c == '@');
    if address {
        one.flat_map(char::to_lowercase)
            .eq(other.flat_map(char::to_lowercase))
    } else {
        one.eq(other)
    }
}

/// A row that is not a recipient, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// What could be read of it, fitted to the header for the report.
    pub row: Row,
    /// What is wrong, where, and what to do.
    pub problems: Problems,
}
