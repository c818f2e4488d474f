//! What a relay's reply means, and the outcome of an attempt.

mod classify;
mod likeness;
mod outcome;
mod words;

pub(crate) use classify::{At, Verdict, judge, judge_after, verdict_of_words};
pub(crate) use likeness::Likeness;
pub use outcome::Outcome;
