//! Other programs' campaigns: a folder of mailmerge's files -> a campaign.
//!
//! mailmerge (PyPI `mailmerge`) keeps the headers and body of a message in one Jinja2 template,
//! beside a database and the settings of one server. All of it is read and translated before
//! anything is written, and nothing is printed. What has no equivalent is a warning with its place
//! and stays unchanged, so that `mailshot check` reports it.

mod attachments;
mod bodies;
mod campaign_file;
mod convert;
mod database;
mod expression;
mod folder;
mod header;
mod jinja;
mod markdown;
mod names;
mod pictures;
mod python;
mod scope;
mod server;
mod source;
mod written;

pub use campaign_file::quoted as toml_text;
pub use convert::convert;

#[cfg(test)]
mod tests;
