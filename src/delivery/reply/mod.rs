//! What a relay's reply means, and what came of an attempt.

mod classify;
mod outcome;

pub(crate) use classify::{At, Verdict, judge, judge_after};
pub use outcome::Outcome;
