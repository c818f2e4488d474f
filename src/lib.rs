//! mailshot sends a personal e-mail to every row of a spreadsheet.

pub mod campaign;
pub mod check;
pub mod delivery;
pub mod ledger;
pub mod message;
pub mod recipients;
pub mod render;
pub mod report;
pub mod sandbox;
pub mod smtp;
pub mod table;
