//! A worker: one task, one session at a time, one message after the other. It
//! opens a session on the dispatcher's order and gets messages once that is open.
//!
//! While the content of a message is under way, the envelope of the next may go with it, in the
//! same flight; then each message costs one round trip. The order of records stays the same: the
//! intent of a message is in the journal after its 354 and before the first octet of its content is
//! sent, together with the outcome of the message before it.

mod context;
mod envelope;
mod halting;
mod handoff;
mod joint;
mod learning;
mod limit;
mod offers;
mod opening;
mod pipeline;
mod report;
mod session;
mod work;

pub(crate) use context::Context;
pub(crate) use handoff::Handoff;
pub(crate) use report::{Decided, Lesson, Report, Settled, Unsent};
pub(crate) use work::run;
