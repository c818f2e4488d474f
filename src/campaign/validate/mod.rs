//! A draft -> a valid campaign: one file for each of its tables.
//!
//! Keys get their defaults here; a missing key, or keys that do not fit together, become a problem.
//! A problem is a value in `Problems` and stops nothing: every table is checked to its end, so that
//! all problems are found at once.

mod campaign;
mod dkim;
mod headers;
mod inbox;
mod mail;
mod message;
mod missing;
mod oauth2;
mod recipients;
mod relay;
#[cfg(test)]
mod tests;
mod unsubscribe;

pub(crate) use campaign::{campaign, name, renamed};
pub(crate) use inbox::{inbox, inbox_by_flags, inbox_of_relay};
pub(crate) use recipients::recipients;
pub(crate) use relay::relays;
