//! The report: a summary of the ledger for a person or a program.
//!
//! Everything here is recomputed from the ledger, row by row, so a report is correct after a crash,
//! too. A new format is a file beside this one and a line in format.rs.

mod csv;
mod failure;
mod faults;
mod files;
mod format;
mod json;
mod remains;
mod rows;
mod summary;

pub use failure::ReportError;
pub use faults::FaultsFile;
pub use files::{make_room, write_files};
pub use format::Format;
pub use remains::{Reported, SummaryRead, reported_in, summary_in};
pub use rows::Rows;
pub use summary::{Summary, ThisRun, count_anew};
