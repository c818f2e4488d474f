//! A worker: one task, one session, one message after the other.

mod handoff;
mod pipeline;
mod report;
mod session;

pub(crate) use handoff::Desk;
pub(crate) use report::{Report, Settled, Shared, Unsent};
pub(crate) use session::run;
