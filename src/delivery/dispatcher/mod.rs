//! The dispatcher: one loop that owns every decision of a run.
//!
//! It waits for the next event (a worker's report, composed messages, the account store, a stop,
//! the clock), changes its state, and hands out what may be sent.

mod assign;
mod copies;
mod doubts;
mod event_loop;
mod relay_trouble;
mod replies;
mod sessions;
mod state;
mod weigh;
mod workers;

pub use event_loop::run;
