//! Workbooks: .xlsx, .ods and .xls, row by row, as the sheet shows them.
//!
//! The file is read into memory once, and inflated once to see its size ([`bounds`]), because its
//! own statement about its size cannot be trusted. After that its rows come one at a time. Only
//! .xls, which is never large, is parsed as a whole.

mod book;
mod bounds;
mod codes;
mod failure;
mod format;
mod hidden;
mod merged;
mod number;
mod ods;
mod open;
mod shown;
mod slashes;
#[cfg(test)]
mod tests;
mod xls;
mod xlsx;
mod xml;

pub(super) use hidden::told_columns;
pub(super) use open::{Sheeted, open};
