//! What comes back: bounces, complaints, automatic answers, replies, requests to leave.
//!
//! [`sort`] says what a mail is, from its octets alone.

mod sort;

pub use sort::{Action, Class, Kind, Reason, Reported, Sorted, sort};
