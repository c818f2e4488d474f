//! A draft -> a valid campaign: one file for each of its tables.

mod campaign;
mod message;
mod oauth2;
mod recipients;
mod relay;

pub(in crate::campaign) use campaign::Validation;
