//! A worker: one task, one session at a time, one message after the other. It
//! opens a session on the dispatcher's order and gets messages once that is open.
//!
//! While a message's content is under way the next one's envelope may go with
//! it, in the same flight; then one round trip is one message. The order of
//! records stays the same: a message's intent is in the journal when its 354
//! is there and before the first octet of its content leaves, the outcome of
//! the one before goes with it.

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
