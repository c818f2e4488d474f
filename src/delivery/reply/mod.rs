//! What a relay's reply means, and what came of an attempt.

mod classify;
mod outcome;

pub(crate) use classify::{At, Verdict, judge};
pub(crate) use outcome::of_unsuitable;
pub use outcome::{Outcome, Words};
