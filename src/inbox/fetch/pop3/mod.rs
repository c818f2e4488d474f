//! POP3 (RFC 1939, 2449, 2595, 5034): reads, and never deletes.
//!
//! A small client of its own: others take no connection of ours, and none reads the beginning of a mail
//! with a bound on its octets.

mod client;
mod login;
mod talk;

pub(super) use client::Pop3;
