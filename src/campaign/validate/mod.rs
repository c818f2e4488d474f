//! A draft -> a valid campaign: one file for each of its tables.
//!
//! Here keys get their defaults, and what does not go together, or is missing,
//! becomes a problem. A problem is only a value of [`Problems`]: everything
//! goes on to the end, so that all of them are found in one go.

mod campaign;
mod dkim;
mod headers;
mod message;
mod missing;
mod oauth2;
mod recipients;
mod relay;
#[cfg(test)]
mod tests;

pub(crate) use campaign::{campaign, name};
pub(crate) use recipients::recipients;
pub(crate) use relay::relays;

#[cfg(doc)]
use super::values::Problems;
