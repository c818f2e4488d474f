//! `mailshot.toml` -> a draft: one file for each of its tables.
//!
//! It says of each key whether it is what was wanted by type and form. Whether
//! the keys together make a campaign is not asked here.

mod file;
mod masking;
mod message;
mod reader;
mod recipients;
mod relay;
mod secret;

pub(crate) use file::{read, read_relays};
