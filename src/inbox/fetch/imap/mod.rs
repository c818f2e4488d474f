//! IMAP (RFC 3501): reads, and changes only what was asked for.
//!
//! Only commands that every server answers rightly are used: EXAMINE, UID FETCH of sizes and pieces,
//! LIST. Servers get ENVELOPE, BODYSTRUCTURE and searches wrong in many ways, and none is needed.
//! Answers are cut into frames first (`frame`), whose literals and lines are bounded, so an answer
//! that cannot be parsed costs one mail and not the conversation.

mod answer;
mod client;
mod command;
mod folders;
mod frame;
mod login;
mod names;
mod reading;
mod refusals;
mod values;

pub(super) use client::Imap;
