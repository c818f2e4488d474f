//! A spreadsheet -> an iterator of rows, one at a time.
//!
//! The file is streamed: memory does not grow with its rows, although a workbook is held in its
//! packed form, with the texts of its cells. A row that does not fit its header is a [`RowFault`],
//! a value that is listed with the others; only a file that cannot be read, or whose header makes
//! no sense, is a [`TableError`]. Rows are numbered as the spreadsheet shows them, header included,
//! blank lines included, a cell with line breaks counted once.
//!
//! This module knows nothing about addresses or templates: a row is text.

mod about;
mod address_names;
mod below;
pub mod broken;
pub mod cell;
mod columns;
mod converter;
mod database;
pub mod dated;
mod delimiter;
mod detect;
mod encoding;
mod excerpt;
mod failure;
mod foreign;
mod guess;
mod header;
mod index;
mod json;
mod list;
mod marks;
mod months;
mod names;
mod one;
mod person_names;
mod plausible;
mod prose;
mod reading;
mod records;
mod row;
mod rows;
mod source;
pub mod spelled;
mod spelled_time;
mod stamp;
mod tally;
mod text;
mod titles;
mod words;
mod workbook;
mod yes_no;

pub use about::About;
#[cfg(test)]
use about::Format;
pub use address_names::{Naming, names_somebody_else, naming};
pub use columns::{Answer, Columns};
pub use excerpt::Layout;
pub use failure::TableError;
#[cfg(test)]
use header::letter;
pub use header::{Header, OWN_COLUMNS, OWN_PREFIX};
pub use index::RowIndex;
pub use list::{List, ListLine};
pub use person_names::{PersonColumns, person_columns};
pub use prose::{Prose, Unreadable, prose};
pub use row::{Row, RowFault};
pub use rows::Table;
pub use tally::{Seen, Tally};
pub use words::is_invisible;

#[cfg(test)]
mod tests;
