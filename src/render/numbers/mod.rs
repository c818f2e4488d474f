//! Cells that a template calculates with.
//!
//! A cell is text, as the sheet shows it: `007` stays that, and `group == "2"` is true for a cell
//! 2. If an expression calculates with a cell, compares it or tests it, it uses the value that the
//! sheet has. The template engine knows nothing about cells, so those places are rewritten before
//! it compiles the template: `score >= 60` becomes `_compare(a=score, …, op=">=", b=60)`, `a * b` a
//! call of `_calculate`, `{% if active %}` becomes `{% if active | _truth(…) %}`. Everything that
//! was inserted or replaced is recorded ([`Rewritten`]), so that every message points to what the
//! user wrote.

mod compared;
mod expression;
mod guards;
mod lines;
mod operands;
mod origins;
mod parser;
mod rewritten;
mod tables;
mod tokens;
mod writing;

pub use compared::compared_with;
pub(super) use guards::{BOUNDED, TICK, guarded};
pub(super) use lines::numbered;
pub(super) use rewritten::{Asks, CALCULATE, CELLS, COMPARE, PLAIN, Rewritten, Source, TRUTH, calls};
pub(super) use tables::{AS_TEXT, VISIBLE, suspect, taken};
pub(super) use writing::{condition, only_conditions, template};

#[cfg(test)]
mod tests;
