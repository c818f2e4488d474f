//! The dispatcher: one loop that owns every decision of a run.

mod assign;
mod replies;
mod state;

pub(crate) use state::run;
