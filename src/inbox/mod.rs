//! What comes back: bounces, complaints, automatic answers, replies, requests to leave.
//!
//! [`fetch`] reads mailboxes on mail servers.

pub mod fetch;
