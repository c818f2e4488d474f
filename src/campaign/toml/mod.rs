//! `mailshot.toml`, or the user's settings, -> a draft: one file for each of its tables.
//!
//! It checks the type and form of each key. Whether the keys together make a campaign is not
//! checked here.

mod file;
mod inbox;
mod masking;
mod message;
mod reader;
mod recipients;
mod relay;
mod secret;
mod settings;
mod syntax;
mod wanted;

pub(crate) use file::{read, read_inbox, read_relays};
pub(crate) use settings::{SettingsDraft, read_settings};
