//! Other programs' campaigns: a folder of mailmerge's files -> a campaign.
//!
//! mailmerge (PyPI `mailmerge`) keeps a message's headers and body in one
//! Jinja2 template, beside a database and the settings of one server. All of
//! it is read and translated before anything is written, and nothing is
//! printed; what has no match is a warning with its place and stays as it is,
//! so that `mailshot check` stops at it.

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

pub use convert::convert;

#[cfg(test)]
mod tests;
